using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Receivables.Sdk.References;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Csv;

// The texts of plain rows: what comes again is found by its bytes, before any text is made of it.
internal sealed partial class CsvTextReader
{
    private const int Kinds = 256;
    private const int Parties = 4096;

    private readonly CsvFieldCache<(BankTransactionCode Code, ulong Hash)> _knownCodes = new(Kinds);
    private readonly CsvFieldCache<TransactionDetails> _knownDetails = new(Kinds);
    private readonly KnownParty?[] _knownParties = new KnownParty?[Parties];
    private readonly StretchCache<(Counterparty? Party, ulong Hash)> _knownStretches = new(Parties);

    /// <summary>Takes a field, unless its column is one that few banks have, or another one of its role was taken.</summary>
    internal bool TryTake(in CsvTextColumn column, ReadOnlySpan<byte> field, ref CsvPlainTexts texts)
    {
        switch (column.Role)
        {
            case CsvColumnRole.Remittance:
                return TryTakeRemittance(field, ref texts);
            case CsvColumnRole.CounterpartyName when texts.Name.IsEmpty:
                texts.Name = field;
                return true;
            case CsvColumnRole.CounterpartyAccount when texts.Account.IsEmpty:
                texts.Account = field;
                return true;
            case CsvColumnRole.CounterpartyBic when texts.Bic.IsEmpty:
                texts.Bic = field;
                return true;
            case CsvColumnRole.TransactionCode:
                TakeCode(field, ref texts);
                return true;
            case CsvColumnRole.BookingText when texts.Entry.Details is null:
                TakeBookingText(field, ref texts);
                return true;
            case CsvColumnRole.AccountBic or CsvColumnRole.AccountOwner or CsvColumnRole.StatementNumber:
                return Ascii.IsValid(field);
            default:
                return TryTakeMore(column, field, ref texts);
        }
    }

    /// <summary>Takes a code.</summary>
    internal void TakeCode(ReadOnlySpan<byte> field, ref CsvPlainTexts texts)
    {
        var known = _knownCodes.TryGet(field, out var seen) ? seen : _knownCodes.Add(field, CodeAndHash(field));
        (texts.Entry.Code, texts.CodeHash) = (known.Code, known.Hash);
    }

    /// <summary>Takes the first booking text.</summary>
    internal void TakeBookingText(ReadOnlySpan<byte> field, ref CsvPlainTexts texts) =>
        texts.Entry.Details = _knownDetails.TryGet(field, out var details) ? details : _knownDetails.Add(field, new TransactionDetails { BookingText = _pool.Get(field) });

    /// <summary>Takes a part of the remittance.</summary>
    internal bool TryTakeRemittance(ReadOnlySpan<byte> field, ref CsvPlainTexts texts)
    {
        if (CsvSepaKeywords.MayHold(field))
        {
            return false;
        }

        // Bytes of ASCII are hashed and looked through faster than the text made of them.
        var hash = OccurrenceHash.OfRemittance(field);
        if (hash != 0 && texts.Entry.Remittance is null)
        {
            texts.RemittanceHash = hash;
            texts.MayHoldReference = ReferenceFinder.MayHold(field);
            texts.Entry.Remittance = AsciiText.ToText(field);
            return true;
        }

        if (!TryDecode(field, out var text))
        {
            return false;
        }

        // A reference may stand in two columns.
        texts.RemittanceHash = 0;
        texts.MayHoldReference |= texts.Entry.Remittance is not null || text.Length != field.Length || ReferenceFinder.MayHold(field);
        texts.Entry.Remittance = texts.Entry.Remittance is null ? text : $"{texts.Entry.Remittance} {text}";
        return true;
    }

    private (BankTransactionCode Code, ulong Hash) CodeAndHash(ReadOnlySpan<byte> field)
    {
        var code = CodeOf(_pool.Get(field));
        return (code, OccurrenceHash.OfCode(code));
    }

    private bool TryTakeMore(in CsvTextColumn column, ReadOnlySpan<byte> field, ref CsvPlainTexts texts)
    {
        if (!TryDecode(field, out var text))
        {
            return false;
        }

        switch (column.Role)
        {
            case CsvColumnRole.EndToEndId:
                texts.Entry.EndToEndId = UnlessFiller(text);
                return true;
            case CsvColumnRole.BankReference:
                texts.Entry.BankReference = UnlessFiller(WithoutGuard(text));
                return true;
            case CsvColumnRole.CustomerReference:
                texts.Entry.CustomerReference = UnlessFiller(text);
                return true;
            case CsvColumnRole.MandateId:
                texts.MandateId = UnlessFiller(text);
                return true;
            case CsvColumnRole.CreditorId:
                texts.CreditorId = UnlessFiller(text);
                return true;
            case CsvColumnRole.StructuredReference:
                texts.Entry.StructuredReference = CsvReferences.Canonical(text, layout.Profile.Country);
                return true;
            case CsvColumnRole.Other:
                (texts.Others ??= []).Add(new KeyValuePair<string, string>(column.Name, text));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Says that a counterparty will be asked for, so that it is near when it is.</summary>
    /// <param name="stretch">The bytes of all its columns, with what stands between them; empty where something else stands there.</param>
    /// <returns>Its place.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint Expect(ReadOnlySpan<byte> stretch) => _knownStretches.Expect(stretch);

    /// <summary>Takes a counterparty that was read from the same bytes before.</summary>
    /// <param name="stretch">The bytes of all its columns, with what stands between them.</param>
    /// <param name="place">Its place.</param>
    /// <param name="margin">What stands on both sides of every field.</param>
    /// <param name="texts">The texts of the row.</param>
    /// <param name="hash">Its hash, by which equals are counted; 0 where none was read.</param>
    /// <returns>Whether there is one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryTakeKnownParty(ReadOnlySpan<byte> stretch, uint place, int margin, ref CsvPlainTexts texts, out ulong hash)
    {
        var isKnown = _knownStretches.TryGet(stretch, place, margin, out var known);
        (texts.Entry.Counterparty, hash) = (known.Party, known.Hash);
        return isKnown;
    }

    /// <summary>Takes the counterparty of a row; false where its texts are none that a plain row has.</summary>
    /// <param name="stretch">The bytes of all its columns, where they stand side by side; else empty.</param>
    /// <param name="margin">What stands on both sides of every field.</param>
    /// <param name="texts">The texts of the row.</param>
    /// <param name="hash">Its hash, by which equals are counted.</param>
    internal bool TryTakeParty(ReadOnlySpan<byte> stretch, int margin, ref CsvPlainTexts texts, out ulong hash)
    {
        // Two places for each party: who shares the one with another need not drive it out.
        var place = (StretchHash.Of(texts.Account) ^ (StretchHash.Of(texts.Name) >> 3)) & (Parties - 1);
        ref var known = ref _knownParties[place];
        ref var other = ref _knownParties[place ^ 1];
        hash = 0;
        if (known is null || !known.Is(texts))
        {
            (other, known) = (known, other);
            if (known is null || !known.Is(texts))
            {
                if (!TryMakeParty(texts, out var party))
                {
                    return false;
                }

                known = new KnownParty(texts, party, OccurrenceHash.OfParty(party));
            }
        }

        (texts.Entry.Counterparty, hash) = (known.Party, known.Hash);
        if (!stretch.IsEmpty)
        {
            _knownStretches.Add(stretch, margin, (known.Party, hash));
        }

        return true;
    }

    private bool TryMakeParty(in CsvPlainTexts texts, out Counterparty? party)
    {
        party = null;
        string? name = null, account = null;
        var iban = default(Iban);
        if ((!texts.Name.IsEmpty && !TryDecode(texts.Name, out name)) || (!texts.Account.IsEmpty && !TryReadAccount(texts.Account, out iban, out account)))
        {
            return false;
        }

        // Digits are an older national code.
        var hasBic = texts.Bic.IndexOfAnyExcept((byte)'-') >= 0;
        if (hasBic && texts.Bic.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
        {
            return false;
        }

        var bic = hasBic ? _pool.Get(texts.Bic) : null;
        party = iban.Value.Length > 0 ? parties.Party(name, iban, bic)
            : name is null && account is null && bic is null ? null
            : new Counterparty { Name = name, Account = account, Bic = bic };
        return true;
    }

    private bool TryReadAccount(ReadOnlySpan<byte> field, out Iban iban, out string? account)
    {
        (iban, account) = (default, null);
        Span<char> text = stackalloc char[MaxIbanLength];
        if (field.Length > MaxIbanLength || Ascii.ToUtf16(field, text, out var length) != OperationStatus.Done)
        {
            return false;
        }

        if (!parties.TryIban(text[..length], out iban))
        {
            account = UnlessFiller(WithoutGuard(text[..length].ToString()));
        }

        return true;
    }

    private bool TryDecode(ReadOnlySpan<byte> field, out string text)
    {
        text = values.Decoder.Decode(field, out var isFallback);
        return !isFallback;
    }

    // A party by the bytes that it was read from.
    private sealed class KnownParty
    {
        private readonly byte[] _texts;
        private readonly int _account;
        private readonly int _name;

        internal KnownParty(in CsvPlainTexts texts, Counterparty? party, ulong hash)
        {
            (_account, _name, Party, Hash) = (texts.Account.Length, texts.Name.Length, party, hash);
            _texts = [.. texts.Account, .. texts.Name, .. texts.Bic];
        }

        internal Counterparty? Party { get; }

        internal ulong Hash { get; }

        internal bool Is(in CsvPlainTexts texts) =>
            texts.Account.Length == _account && texts.Name.Length == _name && texts.Account.Length + texts.Name.Length + texts.Bic.Length == _texts.Length
            && texts.Account.SequenceEqual(_texts.AsSpan(0, _account))
            && texts.Name.SequenceEqual(_texts.AsSpan(_account, _name))
            && texts.Bic.SequenceEqual(_texts.AsSpan(_account + _name));
    }
}
