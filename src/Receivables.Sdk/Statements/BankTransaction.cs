using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using NodaTime;

namespace Receivables.Sdk.Statements;

/// <summary>Where a transaction stands at the bank.</summary>
public enum TransactionStatus
{
    /// <summary>Booked: it counts in the balances.</summary>
    Booked,

    /// <summary>Announced, not yet booked (camt <c>PDNG</c>, MT942).</summary>
    Pending,

    /// <summary>Expected (MT942 marks <c>EC</c> and <c>ED</c>, camt <c>FUTR</c>).</summary>
    Expected,

    /// <summary>For information only (camt <c>INFO</c>): no money moves.</summary>
    Information,
}

/// <summary>One movement on a bank account, in no format: what a payment engine needs to know, signed from the account holder's side.</summary>
/// <remarks>
/// Every reader fills the same model, and so can a host from its bank's or payment provider's API. What is rare stands in
/// <see cref="Details"/>. Immutable, apart from the import key that an <see cref="ImportKeyScope"/> assigns once; safe to share between threads
/// after that.
/// </remarks>
public sealed class BankTransaction
{
    // One for each line of a statement: kept small. The amount is kept in its numbers, which are what it is added and hashed by.
    private ulong _low;
    private uint _high;
    private Currency _currency;
    private readonly LocalDate _bookingDate;
    private readonly LocalDate _valueDate;
    private byte _scale;
    private readonly byte _status;
    private Flags _flags;

    /// <summary>A transaction that is to be filled.</summary>
    public BankTransaction()
    {
    }

    /// <summary>What readers make of each line. What is not there is not written: storing a reference costs more than asking for it.</summary>
    [SetsRequiredMembers]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal BankTransaction(
        in ExactAmount amount, Currency currency, LocalDate? bookingDate, LocalDate? valueDate, in EntryTexts texts, in SourceLocation location,
        TransactionStatus status = TransactionStatus.Booked, bool isBookingDateFromValueDate = false, bool isReversal = false)
    {
        _status = (byte)status;
        (_low, _high, _scale, _currency) = (amount.Low, amount.High, amount.Scale, currency);
        (_bookingDate, _valueDate) = (bookingDate.GetValueOrDefault(), valueDate.GetValueOrDefault());
        _flags = (bookingDate.HasValue ? Flags.BookingDate : 0) | (valueDate.HasValue ? Flags.ValueDate : 0) | (amount.IsMinus ? Flags.Minus : 0)
            | (isBookingDateFromValueDate ? Flags.BookingDateFromValue : 0) | (isReversal ? Flags.Reversal : 0);
        (Offset, Length, Line) = (location.Offset, location.Length, location.Line);
        if (texts.Counterparty is not null)
        {
            Counterparty = texts.Counterparty;
        }

        if (texts.Remittance is not null)
        {
            Remittance = texts.Remittance;
        }

        if (texts.StructuredReference is not null)
        {
            StructuredReference = texts.StructuredReference;
        }

        if (texts.EndToEndId is not null)
        {
            EndToEndId = texts.EndToEndId;
        }

        if (texts.BankReference is not null)
        {
            BankReference = texts.BankReference;
        }

        if (texts.CustomerReference is not null)
        {
            CustomerReference = texts.CustomerReference;
        }

        if (texts.Code is not null)
        {
            Code = texts.Code;
        }

        if (texts.Details is not null)
        {
            Details = texts.Details;
        }

        if (texts.RawText is not null)
        {
            RawText = texts.RawText;
        }
    }

    /// <summary>The signed amount in the account's currency: a credit is positive.</summary>
    public required Money Amount
    {
        get => new(Exact.Value, _currency);
        init => SetAmount(value);
    }

    /// <summary>The amount in its numbers.</summary>
    internal ExactAmount Exact => new(_low, _high, _scale, Has(Flags.Minus));

    /// <summary>The currency of the amount.</summary>
    internal Currency Currency => _currency;

    /// <summary>The day that it is of, as a number; 0 where it has none.</summary>
    internal uint DayNumber => (uint)(Has(Flags.BookingDate) ? _bookingDate : _valueDate).GetHashCode();

    /// <summary>Both dates as one number.</summary>
    internal ulong DateNumbers => ((ulong)(uint)_bookingDate.GetHashCode() << 32) | (uint)_valueDate.GetHashCode();

    /// <summary>When the bank booked it; null where the source has no date that exists.</summary>
    public LocalDate? BookingDate
    {
        get => Has(Flags.BookingDate) ? _bookingDate : null;
        init
        {
            _bookingDate = value ?? default;
            Set(Flags.BookingDate, value is not null);
        }
    }

    /// <summary>Whether <see cref="BookingDate"/> was taken from the value date, since the source has no booking date.</summary>
    public bool IsBookingDateFromValueDate
    {
        get => Has(Flags.BookingDateFromValue);
        init => Set(Flags.BookingDateFromValue, value);
    }

    /// <summary>When it counts for interest; null where the source has no date that exists.</summary>
    public LocalDate? ValueDate
    {
        get => Has(Flags.ValueDate) ? _valueDate : null;
        init
        {
            _valueDate = value ?? default;
            Set(Flags.ValueDate, value is not null);
        }
    }

    /// <summary>Where it stands at the bank.</summary>
    public TransactionStatus Status
    {
        get => (TransactionStatus)_status;
        init => _status = (byte)value;
    }

    /// <summary>Whether the bank marks it as the reversal of an earlier one (MT <c>RC</c> and <c>RD</c>, camt <c>RvslInd</c>).</summary>
    public bool IsReversal
    {
        get => Has(Flags.Reversal);
        init => Set(Flags.Reversal, value);
    }

    /// <summary>Who paid (a credit) or was paid (a debit); null when the source does not say.</summary>
    public Counterparty? Counterparty { get; init; }

    /// <summary>The unstructured remittance text, put together again where the bank broke it at fixed widths; null when there is none.</summary>
    public string? Remittance { get; init; }

    /// <summary>The structured payment reference in canonical form (ISO 11649, OGM, QRR …); null when there is none.</summary>
    public string? StructuredReference { get; init; }

    /// <summary>The payer's end-to-end id; fillers such as <c>NOTPROVIDED</c> are left out.</summary>
    public string? EndToEndId { get; init; }

    /// <summary>What the bank calls the transaction (MT <c>:61:</c> after <c>//</c>, camt <c>AcctSvcrRef</c>); fillers are left out.</summary>
    public string? BankReference { get; init; }

    /// <summary>What the payer or we called it (MT <c>:61:</c> before <c>//</c>, camt <c>InstrId</c> or <c>PmtInfId</c>); fillers are left out.</summary>
    public string? CustomerReference { get; init; }

    /// <summary>The bank's code for the kind of transaction; null when there is none.</summary>
    public BankTransactionCode? Code { get; init; }

    /// <summary>What only some transactions have: charges, original amount, return reason, batch, mandate …; null when there is nothing.</summary>
    public TransactionDetails? Details { get; init; }

    /// <summary>Bytes before the transaction in its source, as given; -1 when it came from no file.</summary>
    public long Offset { get; init; } = -1;

    /// <summary>How many bytes of the source belong to it.</summary>
    public int Length { get; init; }

    /// <summary>The line of the source where it starts, from 1; 0 when it came from no file.</summary>
    public int Line { get; init; }

    /// <summary>The slice of the source as text, when the reader was asked to keep it.</summary>
    public string? RawText { get; init; }

    /// <summary>The import key, or <c>default</c> before an <see cref="ImportKeyScope"/> assigned one.</summary>
    public TransactionId Id => Identity.IsAssigned ? Identity.ToTransactionId(this) : default;

    /// <summary>Further keys under which the same transaction may be known; empty before an <see cref="ImportKeyScope"/> assigned them.</summary>
    public IReadOnlyList<ImportKey> Keys => Identity.IsAssigned ? Identity.ToKeys(this) : [];

    /// <summary>The one of the <see cref="Keys"/> that the bank gave; null for none.</summary>
    internal ImportKey? BankKey => Identity.AccountKey is { } account ? ImportKeyScope.BankKey(account, this) : null;

    /// <summary>The direct-debit mandate; null when there is none.</summary>
    public string? MandateId => Details?.MandateId;

    /// <summary>Why a payment came back (ISO external code, such as <c>AC04</c>); null when it is no return.</summary>
    public string? ReturnReason => Details?.ReturnReason;

    /// <summary>The batch it was booked in; null when it stands alone.</summary>
    public TransactionBatch? Batch => Details?.Batch;

    [JsonInclude]
    internal ImportIdentity Identity { get; set; }

    /// <summary>The same transaction with another amount, before it has keys.</summary>
    internal BankTransaction WithAmount(Money amount)
    {
        var copy = (BankTransaction)MemberwiseClone();
        copy.SetAmount(amount);
        return copy;
    }

    private void SetAmount(Money amount)
    {
        var exact = ExactAmount.Of(amount.Amount);
        (_low, _high, _scale, _currency) = (exact.Low, exact.High, exact.Scale, amount.Currency);
        Set(Flags.Minus, exact.IsMinus);
    }

    private bool Has(Flags flag) => (_flags & flag) != 0;

    private void Set(Flags flag, bool value) => _flags = value ? _flags | flag : _flags & ~flag;

    [Flags]
    private enum Flags : byte
    {
        BookingDate = 1,
        ValueDate = 2,
        BookingDateFromValue = 4,
        Reversal = 8,
        Minus = 16,
    }
}

/// <summary>The texts of a transaction, and what stands for texts, while a reader puts them together.</summary>
internal struct EntryTexts
{
    internal Counterparty? Counterparty;
    internal string? Remittance;
    internal string? StructuredReference;
    internal string? EndToEndId;
    internal string? BankReference;
    internal string? CustomerReference;
    internal BankTransactionCode? Code;
    internal TransactionDetails? Details;
    internal string? RawText;
}

/// <summary>The other side of a transaction, as far as the source says.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record Counterparty
{
    private readonly Iban _iban;

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The account as an IBAN.</summary>
    public Iban? Iban
    {
        get => _iban.Value.Length == 0 ? null : _iban;
        init => _iban = value ?? default;
    }

    /// <summary>The text of the IBAN; empty when there is none.</summary>
    internal string IbanText => _iban.Value;

    /// <summary>The account as the source writes it, when it is no IBAN.</summary>
    public string? Account { get; init; }

    /// <summary>The bank, as the source writes its BIC.</summary>
    public string? Bic { get; init; }

    /// <summary>The ultimate debtor or creditor, on whose behalf was paid.</summary>
    public string? UltimateName { get; init; }

    /// <summary>The postal address, in one line.</summary>
    public string? Address { get; init; }

    /// <summary>The IBAN's text, else the account as written, else null.</summary>
    public string? AccountText => Iban is { } iban ? iban.Value : Account;
}

/// <summary>How a bank codes the kind of a transaction; each part is null where the source has none.</summary>
/// <remarks>Readers share instances. Immutable and safe to share between threads.</remarks>
public sealed record BankTransactionCode
{
    /// <summary>The SWIFT type of <c>:61:</c>, <c>NTRF</c>; also what <c>parse</c> prints when there is no other.</summary>
    public string? Swift { get; init; }

    /// <summary>The German business transaction code (GVC), three digits.</summary>
    public string? Gvc { get; init; }

    /// <summary>The ISO 20022 domain, <c>PMNT</c>.</summary>
    public string? Domain { get; init; }

    /// <summary>The ISO 20022 family, <c>RCDT</c>.</summary>
    public string? Family { get; init; }

    /// <summary>The ISO 20022 sub-family, <c>ESCT</c>.</summary>
    public string? SubFamily { get; init; }

    /// <summary>The bank's own code or booking text.</summary>
    public string? Proprietary { get; init; }

    /// <summary>The most telling part: SWIFT type, else <c>domain/family/sub-family</c>, else GVC, else the bank's own code.</summary>
    public override string ToString() =>
        Swift ?? (Domain is null ? Gvc ?? Proprietary ?? "" : string.Join('/', new[] { Domain, Family, SubFamily }.Where(p => p is not null)));
}

/// <summary>What only some transactions carry.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record TransactionDetails
{
    /// <summary>The direct-debit mandate.</summary>
    public string? MandateId { get; init; }

    /// <summary>The creditor identifier of a direct debit.</summary>
    public string? CreditorId { get; init; }

    /// <summary>Why a payment came back (ISO external code, such as <c>AC04</c>).</summary>
    public string? ReturnReason { get; init; }

    /// <summary>Charges the bank took out of this transaction, in <see cref="Money"/>; positive is a cost.</summary>
    public Money? Charges
    {
        get => _charges?.Amount;
        init => _charges = value is { } amount ? new Charge(amount) : null;
    }

    /// <summary>What was instructed in another currency.</summary>
    public OriginalAmount? Original { get; init; }

    /// <summary>The batch it was booked in.</summary>
    public TransactionBatch? Batch { get; init; }

    /// <summary>The unique end-to-end transaction reference (UETR).</summary>
    public string? Uetr { get; init; }

    /// <summary>Why it was paid (ISO purpose code, such as <c>SALA</c>).</summary>
    public string? Purpose { get; init; }

    /// <summary>The bank's own booking text, where it is more than the remittance.</summary>
    public string? BookingText { get; init; }

    /// <summary>Structured references beyond <see cref="BankTransaction.StructuredReference"/>, and documents that the remittance names.</summary>
    public IReadOnlyList<RemittanceDocument> Documents { get; init; } = [];

    /// <summary>Fields of the source that have no place of their own, by the source's names; nothing is lost.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> OtherFields { get; init; } = [];

    /// <summary>
    /// What the source says the booking is made of, where that does not add up to it, so that it stays one transaction (camt details); mostly empty.
    /// The amount of a part is <c>default</c> where the source gives none. Parts have no import keys.
    /// </summary>
    public IReadOnlyList<BankTransaction> Parts { get; init; } = [];

    // Apart, since few transactions have charges and many have details.
    private readonly Charge? _charges;

    private sealed record Charge(Money Amount);
}

/// <summary>An amount instructed in another currency than the account's.</summary>
/// <param name="Amount">The amount, positive.</param>
/// <param name="Rate">The rate as the source gives it; null when it gives none.</param>
public sealed record OriginalAmount(Money Amount, decimal? Rate);

/// <summary>A batch booking that a transaction is a part of.</summary>
/// <param name="Id">How the bank or the sender calls the batch.</param>
public sealed record TransactionBatch(string Id)
{
    /// <summary>The number of transactions that the source states.</summary>
    public int? Count { get; init; }

    /// <summary>The signed total of the booking.</summary>
    public Money? Total { get; init; }
}

/// <summary>A document or reference that a structured remittance names.</summary>
/// <param name="Kind">The kind as the source codes it (<c>CINV</c>, <c>SCOR</c>, <c>QRR</c> …); empty when it says none.</param>
/// <param name="Number">The number or reference.</param>
public sealed record RemittanceDocument(string Kind, string Number)
{
    /// <summary>The document's date.</summary>
    public LocalDate? Date { get; init; }

    /// <summary>The amount remitted for it, positive; a credit note's is negative.</summary>
    public Money? Amount { get; init; }
}
