using System.Text;
using NodaTime;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>The transaction that is being read: it is done when the next one begins, as rows that go on with its text may follow.</summary>
internal sealed class CsvDraft(TextPool pool)
{
    private readonly StringBuilder _more = new();
    private List<KeyValuePair<string, string>>? _others;
    private TransactionDetails? _plain;

    internal bool IsOpen { get; private set; }

    internal CsvAccountStatement? Statement { get; set; }

    internal Money Amount { get; set; }

    internal LocalDate? BookingDate { get; set; }

    internal LocalDate? ValueDate { get; set; }

    internal TransactionStatus Status { get; set; }

    internal string? Name { get; set; }

    internal string? Payer { get; set; }

    internal string? Payee { get; set; }

    internal string? Account { get; set; }

    internal string? PayerAccount { get; set; }

    internal string? PayeeAccount { get; set; }

    internal Iban? Iban { get; set; }

    internal string? BankCode { get; set; }

    internal string? Bic { get; set; }

    internal string? Address { get; set; }

    internal string? UltimateName { get; set; }

    internal string? Remittance { get; set; }

    internal string? BookingText { get; set; }

    internal BankTransactionCode? Code { get; set; }

    internal string? StructuredReference { get; set; }

    internal string? EndToEndId { get; set; }

    internal string? MandateId { get; set; }

    internal string? CreditorId { get; set; }

    internal string? BankReference { get; set; }

    internal string? CustomerReference { get; set; }

    internal string? Batch { get; set; }

    internal string? ReturnReason { get; set; }

    internal decimal? Charges { get; set; }

    internal decimal? OriginalAmount { get; set; }

    internal Currency? OriginalCurrency { get; set; }

    internal decimal? Rate { get; set; }

    internal long Offset { get; set; }

    internal long EndOffset { get; set; }

    internal int Line { get; set; }

    internal string? RawText { get; set; }

    internal void Begin()
    {
        IsOpen = true;
        Status = TransactionStatus.Booked;
        Statement = null;
        BookingDate = ValueDate = null;
        Name = Payer = Payee = Account = PayerAccount = PayeeAccount = BankCode = Bic = Address = UltimateName = null;
        Remittance = BookingText = StructuredReference = EndToEndId = MandateId = CreditorId = null;
        BankReference = CustomerReference = Batch = ReturnReason = RawText = null;
        Code = null;
        Iban = null;
        Charges = OriginalAmount = Rate = null;
        OriginalCurrency = null;
        _others = null;
        _more.Clear();
    }

    internal void AddOther(string name, string value) => (_others ??= []).Add(new KeyValuePair<string, string>(name, value));

    /// <summary>Adds text of a following row.</summary>
    internal void GoOn(string text) => (_more.Length > 0 ? _more.Append(' ') : _more).Append(text);

    /// <summary>The transaction.</summary>
    internal BankTransaction Finish()
    {
        IsOpen = false;
        if (_more.Length > 0)
        {
            Remittance = Remittance is null ? _more.ToString() : $"{Remittance} {_more}";
        }

        return new BankTransaction
        {
            Amount = Amount,
            BookingDate = BookingDate ?? ValueDate,
            IsBookingDateFromValueDate = BookingDate is null && ValueDate is not null,
            ValueDate = ValueDate,
            Status = Status,
            Counterparty = ToCounterparty(),
            Remittance = Remittance,
            StructuredReference = StructuredReference,
            EndToEndId = EndToEndId,
            BankReference = BankReference,
            CustomerReference = CustomerReference,
            Code = Code,
            Details = ToDetails(),
            Offset = Offset,
            Length = (int)Math.Min(int.MaxValue, EndOffset - Offset),
            Line = Line,
            RawText = RawText,
        };
    }

    private Counterparty? ToCounterparty()
    {
        // Where both sides are named, the other one is the payer of a credit and the payee of a debit.
        var name = Name ?? (Amount.IsNegative ? Payee : Payer);
        if (Iban is null && Account is null && (Amount.IsNegative ? PayeeAccount : PayerAccount) is { } theirs)
        {
            Iban = pool.TryIban(theirs, out var found) ? found : null;
            Account = Iban is null ? theirs : null;
        }

        if (name is null && Iban is null && Account is null && Bic is null && Address is null && UltimateName is null)
        {
            return null;
        }

        if (Iban is { } iban && Address is null && UltimateName is null)
        {
            return pool.Party(name, iban, Bic);
        }

        return new Counterparty
        {
            Name = name,
            Iban = Iban,
            Account = Iban is not null ? null : BankCode is null || Account is null ? Account : $"{BankCode}/{Account}",
            Bic = Bic,
            UltimateName = UltimateName,
            Address = Address,
        };
    }

    private TransactionDetails? ToDetails()
    {
        if (MandateId is null && CreditorId is null && ReturnReason is null && Charges is null && OriginalAmount is null && Batch is null && BookingText is null && _others is null)
        {
            return null;
        }

        // Booking texts alone repeat from row to row, and so do details that hold nothing else.
        var isPlain = MandateId is null && CreditorId is null && ReturnReason is null && Charges is null && OriginalAmount is null && Batch is null && _others is null;
        if (isPlain && _plain is not null && ReferenceEquals(_plain.BookingText, BookingText))
        {
            return _plain;
        }

        var details = new TransactionDetails
        {
            MandateId = MandateId,
            CreditorId = CreditorId,
            ReturnReason = ReturnReason,
            Charges = Charges is { } charges ? new Money(charges, Amount.Currency) : null,
            Original = OriginalAmount is { } original && OriginalCurrency is { } currency && currency != Amount.Currency ? new OriginalAmount(new Money(Math.Abs(original), currency), Rate) : null,
            Batch = Batch is null ? null : new TransactionBatch(Batch),
            BookingText = BookingText,
            OtherFields = _others is null ? [] : _others,
        };
        _plain = isPlain ? details : _plain;
        return details;
    }
}
