using System.Buffers;
using System.Buffers.Binary;
using NodaTime;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>Turns an entry, <c>:61:</c> with the fields that belong to it, into a transaction.</summary>
/// <remarks>Not thread-safe; its buffers are used again for the next entry.</remarks>
internal sealed class MtEntryMapper(StatementReaderOptions options, SourceText source, TextPool pool, Action<DiagnosticSeverity, string, string, SourceLocation, string?> report)
{
    private static readonly SearchValues<char> Number = SearchValues.Create("0123456789.,");
    private const int DateBits = 4;

    private readonly Narrative _narrative = new(pool);
    private readonly MtPlainDialects _dialects = new(pool);
    private readonly NarrativeLines _text = new(source.Decoder);
    private readonly NarrativeLines _supplement = new(source.Decoder);
    private readonly (UInt128 Key, LocalDate Value, LocalDate Booking)[] _knownDates = new (UInt128, LocalDate, LocalDate)[1 << DateBits];
    private LocalDate? _valueDate;
    private LocalDate? _bookingDate;
    private bool _isBookingDateFromValue;

    /// <summary>Whether the amount of the last entry has no decimal sign.</summary>
    internal bool HasNoDecimalSign { get; private set; }

    /// <summary>The hashes of the texts of the last entry, as far as they are known.</summary>
    internal TextHashes Hashes { get; private set; }

    /// <summary>The transaction, or null when its sign or amount cannot be read (which is reported).</summary>
    internal BankTransaction? Map(in MtPlace place, MtContext context, in MtRecord record, Currency currency, bool isInterim, LocalDate? statementDate)
    {
        var fields = context.Fields;
        var first = fields[0];
        var content = place.Data[first.Content..first.End];
        var fault = MtStatementLine.Read(content, context.HasDoubleAt, out var line);
        if (fault != MtLineFault.None || line.Type.IsEmpty || line.EntryDate.Length is not (4 or 0))
        {
            ReadJoined(ref fault, ref line, content, context, place, first);
        }

        if (fault != MtLineFault.None)
        {
            report(
                DiagnosticSeverity.Error, MtCodes.EntryUnreadable,
                fault == MtLineFault.Mark ? "The entry has no debit or credit mark before an amount; it is left out." : "The entry's amount cannot be read in exactly one way; the entry is left out.",
                place.At(first.Start, record.End - record.Start), source.Decoder.Decode(content[..Math.Min(64, content.Length)]));
            return null;
        }

        if (line.Type.IsEmpty && line.CustomerReference.IsEmpty && IsCut(place.Data, record, fields))
        {
            report(DiagnosticSeverity.Error, MtCodes.EntryUnreadable, "The file ends within the entry, whose amount may be cut; it is left out.", place.At(first.Start, record.End - record.Start), source.Decoder.Decode(content[..Math.Min(64, content.Length)]));
            return null;
        }

        HasNoDecimalSign = line.Oddity.HasFlag(MtAmountOddity.NoComma);
        ReportOddities(line, place, first, currency);
        FindDates(line, place, first, statementDate);
        ReadTexts(place, context, line);
        var n = _narrative;
        n.ChooseParty(isDebit: line.Amount.Value < 0m != line.IsReversal);
        var swift = line.Type.IsEmpty ? null : pool.GetAscii(line.Type);
        var gvc = n.Gvc ?? (line.Type.Length == 4 && !line.Type[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9') ? pool.GetAscii(line.Type[1..]) : null);
        var texts = new EntryTexts
        {
            Counterparty = Party(n),
            Remittance = n.Remittance,
            StructuredReference = n.StructuredReference ?? (n.MayHoldReference ? RemittanceReferences.Find(n.Remittance) : null),
            EndToEndId = TextBlanks.IsFiller(n.EndToEndId) ? null : n.EndToEndId,
            BankReference = Reference(line.BankReference, out var bankHash),
            CustomerReference = TextBlanks.IsFiller(n.CustomerReference) ? Reference(line.CustomerReference, out _) : n.CustomerReference,
            Code = pool.Code(swift, gvc, n.Proprietary),
            Details = Details(n, currency),
            RawText = options.RawText == RawText.Entry ? source.Decoder.Decode(place.Data[record.Start..record.End]) : null,
        };
        Hashes = new TextHashes(
            0, 0, texts.Remittance is null ? OccurrenceHash.OfNothing : n.RemittanceHash, bankHash, texts.EndToEndId is null ? OccurrenceHash.OfNoReference : n.EndToEndHash);
        return new BankTransaction(
            line.Amount, currency, _bookingDate, _valueDate, texts, new SourceLocation(place.Offset, place.LengthOf(record.Start, record.End), place.Line, 1),
            line.IsExpected ? TransactionStatus.Expected : isInterim ? TransactionStatus.Pending : TransactionStatus.Booked, _isBookingDateFromValue, line.IsReversal);
    }

    // A line that was cut in its dates or its amount, where only the two parts together are of the standard's form.
    private void ReadJoined(ref MtLineFault fault, ref MtStatementLine line, ReadOnlySpan<byte> content, MtContext context, in MtPlace place, in MtField field)
    {
        var joined = MtLines.Join(content, out var isNumberCut);
        if (joined.Length == 0 || !(isNumberCut || fault != MtLineFault.None || line.EntryDate.Length is not (4 or 0)) || !MtStatementLine.IsStrict(joined)
            || MtStatementLine.Read(joined, context.HasDoubleAt, out var whole) != MtLineFault.None)
        {
            return;
        }

        fault = MtLineFault.None;
        line = whole;
        report(DiagnosticSeverity.Warning, MtCodes.LineCut, "A line end stands within the first line of an entry; it was read without it.", place.At(field.Start, 0), null);
    }

    // The last record of a file without a line end behind it.
    private static bool IsCut(ReadOnlySpan<byte> data, in MtRecord record, List<MtField> fields) =>
        fields.Count == 1 && record.Next == data.Length && record.End == record.Next;

    private void ReadTexts(in MtPlace place, MtContext context, in MtStatementLine line)
    {
        _narrative.Clear();
        var supplement = default(ReadOnlySpan<char>);
        var isCode = SlashCodes.IsCodeAlone(line.Supplement, out var code);
        if (!line.Supplement.IsEmpty && !isCode)
        {
            _supplement.Clear();
            _supplement.Add(line.Supplement, context.HasDoubleAt);
            _supplement.Join('/');
            supplement = _supplement.Joined;
        }

        if (!TryReadPlain(place, context, line, supplement))
        {
            ReadAnyText(place, context, line, supplement);
        }

        if (isCode)
        {
            _narrative.Proprietary ??= pool.GetAscii(code);
        }
        else if (!supplement.IsEmpty)
        {
            ReadSupplement(supplement, isWholeText: _narrative.IsEmpty && line.Supplement.Trim("\r\n"u8).IndexOfAny((byte)'\n', (byte)'\r') > 0);
        }

        ReadPartyInReference(line);
    }

    // Nearly every entry: one text, in bytes that are characters.
    private bool TryReadPlain(in MtPlace place, MtContext context, in MtStatementLine line, ReadOnlySpan<char> supplement)
    {
        var fields = context.Fields;
        if (fields.Count != 2 || fields[1].Tag != MtTag.Information86 || context.HasDoubleAt)
        {
            return false;
        }

        var (start, end) = (fields[1].Content, fields[1].End);
        return !(MayHavePartyLine(line, supplement) && place.Data[start..end].StartsWith(line.CustomerReference))
            && _dialects.TryReadPlain(place.Data, start, end, _narrative);
    }

    private void ReadAnyText(in MtPlace place, MtContext context, in MtStatementLine line, ReadOnlySpan<char> supplement)
    {
        var fields = context.Fields;
        _text.Clear();
        var hasNonSwift = false;
        for (var i = 1; i < fields.Count; i++)
        {
            if (fields[i].Tag == MtTag.Information86)
            {
                _text.Add(place.Data[fields[i].Content..fields[i].End], context.HasDoubleAt);
            }

            hasNonSwift |= fields[i].Tag == MtTag.NonSwift;
        }

        if (_text.LineCount >= 2 && MayHavePartyLine(line, supplement))
        {
            DropPartyLine(line, supplement);
        }

        if (_text.LineCount > 0)
        {
            _dialects.Read(_text, _narrative);
        }

        if (hasNonSwift)
        {
            ReadNonSwift(place, context);
        }
    }

    private static bool MayHavePartyLine(in MtStatementLine line, ReadOnlySpan<char> supplement) =>
        !supplement.IsEmpty && supplement[0] != '/' && line.CustomerReference.Length >= 8;

    // SNS and ASN put the other account in the reference, the name below, and both again before the text.
    private void DropPartyLine(in MtStatementLine line, ReadOnlySpan<char> supplement)
    {
        var reference = source.Decoder.Decode(line.CustomerReference);
        var top = _text.Line(0);
        if (top.StartsWith(reference, StringComparison.Ordinal) && top[reference.Length..].Trim().StartsWith(supplement.Trim(), StringComparison.Ordinal))
        {
            _narrative.SetAccount(reference);
            _narrative.Name = TextBlanks.Collapse(top[reference.Length..]);
            _text.DropFirstLine();
        }
    }

    private void ReadNonSwift(in MtPlace place, MtContext context)
    {
        _text.Clear();
        foreach (var field in context.Fields)
        {
            if (field.Tag == MtTag.NonSwift)
            {
                _text.Add(place.Data[field.Content..field.End], context.HasDoubleAt);
            }
        }

        if (_text.LineCount > 0)
        {
            MtNonSwift.Read(_text, _narrative);
        }
    }

    // The second line of :61: codes, the other account, or a booking text. Several lines, and no text of the entry's own: these are it.
    private void ReadSupplement(ReadOnlySpan<char> text, bool isWholeText)
    {
        if (text[0] == '/' && SlashCodes.TryReadSupplement(text, _narrative))
        {
            return;
        }

        if (isWholeText)
        {
            _narrative.Remittance = TextBlanks.Collapse(text);
            return;
        }

        if (!_narrative.HasAccount && (IsIbanLike(text) || (_narrative.Name is not null && IsDutchNumber(text))))
        {
            _narrative.SetAccount(text);
        }
        else if (_narrative.BookingText is null)
        {
            _narrative.BookingText = TextBlanks.Collapse(text) is { } collapsed ? pool.Get(collapsed) : null;
        }
        else
        {
            _narrative.AddOther("61", text);
        }
    }

    // Rabobank before 2013: sixteen columns of account or reference, then the name.
    private void ReadPartyInReference(in MtStatementLine line)
    {
        var reference = line.CustomerReference;
        if (reference.Length > 16 && reference[..16].IndexOf("  "u8) > 0 && reference[15] == ' ')
        {
            var account = reference[..16].Trim((byte)' ');
            if (!_narrative.HasAccount && IsDutchNumber(source.Decoder.Decode(account)))
            {
                _narrative.SetAccount(source.Decoder.Decode(account));
            }

            _narrative.Name ??= TextBlanks.Collapse(source.Decoder.Decode(reference[16..]));
        }
    }

    private static bool IsIbanLike(ReadOnlySpan<char> text) =>
        text.Length is >= 15 and <= 34 && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]) && char.IsAsciiDigit(text[2]) && char.IsAsciiDigit(text[3])
        && text[4..].IndexOf(' ') < 0;

    // Nine or ten digits, or a giro number: P and digits.
    private static bool IsDutchNumber(ReadOnlySpan<char> text)
    {
        text = text.TrimStart('P');
        return text.Length is 9 or 10 && !text.ContainsAnyExceptInRange('0', '9');
    }

    private string? Reference(ReadOnlySpan<byte> text, out ulong hash)
    {
        hash = OccurrenceHash.OfNoReference;
        if (text.Length <= 6 && (text.IsEmpty || text.SequenceEqual("NONREF"u8) || text.SequenceEqual("EREF"u8) || text.SequenceEqual("KREF+"u8)))
        {
            return null;
        }

        if (text.Length > 16 && text[15] == ' ' && text[..16].IndexOf("  "u8) > 0)
        {
            text = text[..16].Trim((byte)' ');
        }

        // What is hashed is ASCII.
        var known = OccurrenceHash.OfReference(text);
        if (known != 0 || System.Text.Ascii.IsValid(text))
        {
            if (TextBlanks.IsFiller(text))
            {
                return null;
            }

            hash = known;
            return AsciiText.ToText(text);
        }

        var reference = source.Decoder.Decode(text);
        if (TextBlanks.IsFiller(reference))
        {
            return null;
        }

        hash = 0;
        return reference;
    }

    private Counterparty? Party(Narrative n) =>
        n.Name is null && !n.HasAccount && n.Bic is null && n.UltimateName is null && n.Address is null ? null
        : n.UltimateName is not null || n.Address is not null || n.Account is not null || n.Iban is not { } iban
            ? new Counterparty { Name = n.Name, Iban = n.Iban, Account = n.Account, Bic = n.Bic, UltimateName = n.UltimateName, Address = n.Address }
        : n.Known is { } known && ReferenceEquals(n.Name, known.Name) && ReferenceEquals(n.Bic, known.Bic) && iban == known.Iban ? known
        : pool.Party(n.Name, iban, n.Bic);

    private TransactionDetails? Details(Narrative n, Currency currency)
    {
        if (n.MandateId is null && n.CreditorId is null && n.ReturnReason is null && n.Purpose is null && n.Original is null && n.Charges is null && n.Others is null)
        {
            return n.BookingText is null ? null : pool.Details(n.BookingText);
        }

        var original = Amount(n.Original, currency);
        if (n.Original is not null && original is null)
        {
            n.AddOther("OCMT", n.Original);
        }

        var charges = Amount(n.Charges, currency);
        if (n.Charges is not null && charges is null)
        {
            n.AddOther("CHGS", n.Charges);
        }

        return new TransactionDetails
        {
            MandateId = TextBlanks.IsFiller(n.MandateId) ? null : n.MandateId,
            CreditorId = n.CreditorId,
            ReturnReason = n.ReturnReason,
            Purpose = n.Purpose,
            BookingText = n.BookingText,
            Original = original is { } amount ? new OriginalAmount(amount, Rate(n.Rate)) : null,
            Charges = charges,
            OtherFields = n.Others is { } others ? others : [],
        };
    }

    // USD12,50 or USD/12,50; a bare amount is in the account's currency.
    private static Money? Amount(string? text, Currency currency)
    {
        if (text is null)
        {
            return null;
        }

        var rest = text.AsSpan().Trim();
        if (rest.Length > 3 && Currency.TryParse(rest[..3], out var own))
        {
            currency = own;
            rest = rest[3..].TrimStart(" /");
        }

        return TryNumber(rest, out var value) ? new Money(value, currency) : null;
    }

    private static decimal? Rate(string? text) => TryNumber(text.AsSpan().Trim(), out var rate) ? rate : null;

    private static bool TryNumber(ReadOnlySpan<char> text, out decimal value)
    {
        value = 0m;
        if (text.Length is 0 or > 40 || text.ContainsAnyExcept(Number))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[text.Length];
        System.Text.Encoding.Latin1.GetBytes(text, bytes);
        var at = 0;
        return MtAmount.TryRead(bytes, ref at, joinsBlanks: false, out value, out _);
    }

    // The entries of a day have few pairs of dates: those that were read are kept, by the bytes of both.
    private void FindDates(in MtStatementLine line, in MtPlace place, in MtField field, LocalDate? statementDate)
    {
        if (line.ValueDate.Length != 6 || line.EntryDate.Length != 4)
        {
            (_valueDate, _bookingDate, _isBookingDateFromValue) = ReadDates(line, place, field, statementDate);
            return;
        }

        var day = BinaryPrimitives.ReadUInt32LittleEndian(line.EntryDate);
        var key = new UInt128(BinaryPrimitives.ReadUInt32LittleEndian(line.ValueDate) | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(line.ValueDate[4..]) << 32), day);
        ref var known = ref _knownDates[(int)((((ulong)key ^ (ulong)(key >> 64)) * 0x9E3779B97F4A7C15) >> (64 - DateBits))];
        if (known.Key == key && day != 0)
        {
            (_valueDate, _bookingDate, _isBookingDateFromValue) = (known.Value, known.Booking, false);
            return;
        }

        (_valueDate, _bookingDate, _isBookingDateFromValue) = ReadDates(line, place, field, statementDate);
        if (_valueDate is { } value && _bookingDate is { } booking && !_isBookingDateFromValue)
        {
            // A date that does not exist is told each time.
            known = (key, value, booking);
        }
    }

    private (LocalDate? Value, LocalDate? Booking, bool IsFromValue) ReadDates(in MtStatementLine line, in MtPlace place, in MtField field, LocalDate? statementDate)
    {
        LocalDate? value = null;
        if (MtDates.TryRead(line.ValueDate, out var valueDate))
        {
            value = valueDate;
        }
        else
        {
            ReportDate("value date", place, field, line.ValueDate);
        }

        if (line.EntryDate.IsEmpty)
        {
            return (value, value, value is not null);
        }

        // An impossible value date still tells year and month.
        var year = value?.Year ?? (line.ValueDate.Length >= 4 && MtDates.TryTwo(line.ValueDate, 0, out var yy) ? MtDates.Year(yy) : statementDate?.Year ?? 0);
        var month = value?.Month ?? (line.ValueDate.Length >= 4 && MtDates.TryTwo(line.ValueDate, 2, out var mm) && mm is >= 1 and <= 12 ? mm : statementDate?.Month ?? 6);
        if (year > 0 && line.EntryDate.Length == 4 && MtDates.TryReadEntry(line.EntryDate, year, month, out var booking))
        {
            return (value, booking, false);
        }

        ReportDate("entry date", place, field, line.EntryDate);
        return (value, value, value is not null);
    }

    // The third letter of the currency, says the standard: R for EUR, D for USD.
    private void ReportFundsCode(ReadOnlySpan<byte> code, in MtPlace place, in MtField field, Currency currency)
    {
        code = code.Trim(" \t\r\n@+-"u8);
        if (code is [(byte)'C' or (byte)'D' or (byte)'c' or (byte)'d'] && !(currency.Code is [_, _, var third] && (code[0] & ~0x20) == third))
        {
            report(DiagnosticSeverity.Warning, MtCodes.OddMark, "A second debit or credit mark stands behind the first one; the first one counts.", place.At(field.Content, 0), null);
        }
        else if (code.Length == 3 && Currency.TryParse(code, out var named) && named != currency && currency != default)
        {
            report(DiagnosticSeverity.Warning, MtCodes.OddMark, "An entry names another currency than that of its statement, in which it was read.", place.At(field.Content, 0), null);
        }
    }

    private void ReportDate(string what, in MtPlace place, in MtField field, ReadOnlySpan<byte> text) => report(
        DiagnosticSeverity.Error, MtCodes.NoSuchDate, $"The {what} is no date that exists; it is left out.", place.At(field.Content, text.Length), source.Decoder.Decode(text));

    private void ReportOddities(in MtStatementLine line, in MtPlace place, in MtField field, Currency currency)
    {
        if (line.FundsCode.Length > 0)
        {
            ReportFundsCode(line.FundsCode, place, field, currency);
        }

        if (line.Amount.Scale > 2 && line.Amount.Scale > currency.MinorUnitDigits && currency != default && (line.Amount.Scale == 3 || decimal.Round(line.Amount.Value, currency.MinorUnitDigits) != line.Amount.Value))
        {
            report(DiagnosticSeverity.Warning, MtCodes.OddAmount, "An amount has more decimals than its currency: what was taken for the decimal sign may group thousands.", place.At(field.Content, 0), null);
        }

        if (line.Oddity != MtAmountOddity.None)
        {
            var severity = (line.Oddity & (MtAmountOddity.Grouped | MtAmountOddity.Minus)) != 0 ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info;
            report(severity, MtCodes.OddAmount, "An amount is not written as the standard says: digits and one comma.", place.At(field.Content, 0), null);
        }

        if (line.Type.Length != 4)
        {
            report(DiagnosticSeverity.Info, MtCodes.OddType, "An entry has no transaction type of four characters.", place.At(field.Content, 0), null);
        }
    }
}
