using System.Buffers;
using System.Text;
using Receivables.Sdk.References;

namespace Receivables.Sdk.Statements.Csv;

// The texts of plain rows: what comes again is found by its bytes, before any text is made of it.
internal sealed partial class CsvTextReader
{
    private const int Kinds = 256;
    private const int Parties = 4096;

    private readonly CsvFieldCache<(BankTransactionCode Code, ulong Hash)> _knownCodes = new(Kinds);
    private readonly CsvFieldCache<TransactionDetails> _knownDetails = new(Kinds);
    private readonly KnownParty?[] _knownParties = new KnownParty?[Parties];

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
            case CsvColumnRole.BookingText when texts.Details is null:
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
        (texts.Code, texts.CodeHash) = (known.Code, known.Hash);
    }

    /// <summary>Takes the first booking text.</summary>
    internal void TakeBookingText(ReadOnlySpan<byte> field, ref CsvPlainTexts texts) =>
        texts.Details = _knownDetails.TryGet(field, out var details) ? details : _knownDetails.Add(field, new TransactionDetails { BookingText = _pool.Get(field) });

    /// <summary>Takes a part of the remittance.</summary>
    internal bool TryTakeRemittance(ReadOnlySpan<byte> field, ref CsvPlainTexts texts)
    {
        // Bytes of ASCII are hashed and looked through faster than the text made of them.
        var hash = OccurrenceHash.OfRemittance(field);
        if (hash != 0 && texts.Remittance is null)
        {
            texts.RemittanceHash = hash;
            texts.MayHoldReference = ReferenceFinder.MayHold(field);
            texts.Remittance = Encoding.Latin1.GetString(field);
            return true;
        }

        if (!TryDecode(field, out var text))
        {
            return false;
        }

        // A reference may stand in two columns.
        texts.RemittanceHash = 0;
        texts.MayHoldReference |= texts.Remittance is not null || text.Length != field.Length || ReferenceFinder.MayHold(field);
        texts.Remittance = texts.Remittance is null ? text : $"{texts.Remittance} {text}";
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
                texts.EndToEndId = UnlessFiller(text);
                return true;
            case CsvColumnRole.BankReference:
                texts.BankReference = UnlessFiller(WithoutGuard(text));
                return true;
            case CsvColumnRole.CustomerReference:
                texts.CustomerReference = UnlessFiller(text);
                return true;
            case CsvColumnRole.MandateId:
                texts.MandateId = UnlessFiller(text);
                return true;
            case CsvColumnRole.CreditorId:
                texts.CreditorId = UnlessFiller(text);
                return true;
            case CsvColumnRole.StructuredReference:
                texts.StructuredReference = CsvReferences.Canonical(text, layout.Profile.Country);
                return true;
            case CsvColumnRole.Other:
                (texts.Others ??= []).Add(new KeyValuePair<string, string>(column.Name, text));
                return true;
            default:
                return false;
        }
    }

    /// <summary>The counterparty of a row; false where its texts are none that a plain row has.</summary>
    /// <param name="texts">The texts of the row.</param>
    /// <param name="party">The counterparty; null where the row names none.</param>
    /// <param name="hash">Its hash, by which equals are counted.</param>
    internal bool TryFindParty(in CsvPlainTexts texts, out Counterparty? party, out ulong hash)
    {
        // Two places for each party: who shares the one with another need not drive it out.
        var place = (CsvFieldHash.Of(texts.Account) ^ (CsvFieldHash.Of(texts.Name) >> 3)) & (Parties - 1);
        ref var known = ref _knownParties[place];
        if (known is not null && known.Is(texts))
        {
            (party, hash) = (known.Party, known.Hash);
            return true;
        }

        ref var other = ref _knownParties[place ^ 1];
        if (other is not null && other.Is(texts))
        {
            (party, hash) = (other.Party, other.Hash);
            return true;
        }

        hash = 0;
        if (!TryMakeParty(texts, out party))
        {
            return false;
        }

        hash = OccurrenceHash.OfParty(party);

        (other, known) = (known, new KnownParty(texts, party, hash));
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
