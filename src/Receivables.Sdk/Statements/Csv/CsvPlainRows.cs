using NodaTime;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>
/// Reads the rows that are as plain as nearly all are: a booked transaction, dates and amounts that can be read in one way, texts in the columns that most
/// banks have. What is odd in any way is left to <see cref="CsvMapper"/>, which reads plain rows just the same.
/// </summary>
/// <remarks>Nothing is said and nothing is kept of a row that is left, so the mapper can begin with it anew.</remarks>
internal sealed class CsvPlainRows
{
    private readonly CsvLayout _layout;
    private readonly CsvValueReader _values;
    private readonly CsvSignReader _signs;
    private readonly CsvTextReader _texts;
    private readonly int _name;
    private readonly int _account;
    private readonly int _bic;
    private readonly int _code;
    private readonly int _bookingText;
    private readonly int _remittance;
    private readonly CsvTextColumn[] _others;
    private readonly int _partyFrom = -1;
    private readonly int _partyTo = -1;
    private readonly CsvFieldCache<bool> _isBooked = new(16);

    private CsvPlainRows(CsvLayout layout, CsvValueReader values, CsvSignReader signs, CsvTextReader texts)
    {
        (_layout, _values, _signs, _texts) = (layout, values, signs, texts);
        var others = layout.Texts.ToList();
        _name = TakeFirst(CsvColumnRole.CounterpartyName, others);
        _account = TakeFirst(CsvColumnRole.CounterpartyAccount, others);
        _bic = TakeFirst(CsvColumnRole.CounterpartyBic, others);
        _code = TakeFirst(CsvColumnRole.TransactionCode, others);
        _bookingText = TakeFirst(CsvColumnRole.BookingText, others);
        _remittance = TakeFirst(CsvColumnRole.Remittance, others);
        _others = [.. others];
        if (others.TrueForAll(o => o.Role is not (CsvColumnRole.CounterpartyName or CsvColumnRole.CounterpartyAccount or CsvColumnRole.CounterpartyBic)))
        {
            (_partyFrom, _partyTo) = PartyStretch();
        }
    }

    // The columns of a party with those between them, where nothing stands there that differs from row to row of a party; else none.
    private (int From, int To) PartyStretch()
    {
        int[] columns = [.. new[] { _name, _account, _bic }.Where(c => c >= 0)];
        if (columns.Length == 0)
        {
            return (-1, -1);
        }

        var (from, to) = (columns.Min(), columns.Max());
        return Enumerable.Range(from, to - from).All(c => columns.Contains(c) || c == _layout.Account || c == _layout.Currency) ? (from, to) : (-1, -1);
    }

    // The first column of a role that most banks have, which is not looked for among the others; -1 where there is none.
    private static int TakeFirst(CsvColumnRole role, List<CsvTextColumn> columns)
    {
        var at = columns.FindIndex(c => c.Role == role);
        var index = at < 0 ? -1 : columns[at].Index;
        columns.RemoveRange(Math.Max(at, 0), at < 0 ? 0 : 1);
        return index;
    }

    /// <summary>A reader of the plain rows of a layout; null where no row of it is plain.</summary>
    internal static CsvPlainRows? Create(CsvLayout layout, CsvReaderOptions options, CsvValueReader values, CsvSignReader signs, CsvTextReader texts)
    {
        var isOdd = options.RawText != RawText.None || layout.Profile.HasContinuationRows || values.MayLackYears
            || layout.Texts.Any(t => t.Role is CsvColumnRole.PayerName or CsvColumnRole.PayeeName or CsvColumnRole.PayerAccount or CsvColumnRole.PayeeAccount);
        return isOdd ? null : new CsvPlainRows(layout, values, signs, texts);
    }

    /// <summary>Reads a row.</summary>
    /// <param name="row">The fields of a simple row, no more than the header has.</param>
    /// <param name="location">Its place.</param>
    /// <param name="statement">Its statement, which has a currency: it takes note of the row's date and balance.</param>
    /// <param name="hashes">The hashes of its texts, where they are known.</param>
    /// <returns>The transaction; null where the row is not plain.</returns>
    internal BankTransaction? Read(in CsvPlainFields row, in SourceLocation location, CsvAccountStatement statement, out TextHashes hashes)
    {
        hashes = default;

        // By the bytes of all its columns at once where they stand side by side; else by its texts, which may stand in other columns, too.
        var party = _partyFrom >= 0 && row.Margin >= 0 ? row.Stretch(_partyFrom, _partyTo) : default;
        var place = _texts.Expect(party);
        if (!row[_layout.Charges].IsEmpty || !IsBooked(row[_layout.Status])
            || !TryReadDates(row, out var bookingDate, out var valueDate) || !_signs.TryReadPlainly(row, out var amount))
        {
            return null;
        }

        var hasBalance = _values.TryReadPlainAmount(row.UpTo(_layout.Balance, out var statedLength), statedLength, out var balance);
        if (!hasBalance && statedLength > 0)
        {
            return null;
        }

        scoped var texts = default(CsvPlainTexts);
        var isKnown = _texts.TryTakeKnownParty(party, place, row.Margin, ref texts, out var partyHash);
        if (!isKnown)
        {
            texts.Name = row[_name];
            texts.Account = row[_account];
            texts.Bic = row[_bic];
        }

        if (!TryTakeTexts(row, ref texts) || (!isKnown && !_texts.TryTakeParty(party, row.Margin, ref texts, out partyHash)))
        {
            return null;
        }

        hashes = new TextHashes(partyHash, texts.Entry.Code is null ? OccurrenceHash.OfNoCode : texts.CodeHash, texts.Entry.Remittance is null ? OccurrenceHash.OfNothing : texts.RemittanceHash);
        statement.See(bookingDate, location);
        if (hasBalance && balance.Scale == amount.Scale)
        {
            statement.Balance.Add(amount.Units, balance.Units, amount.Scale);
        }
        else
        {
            statement.Balance.Add(amount.Value, hasBalance ? balance.Value : null);
        }

        if (texts.MayHoldReference && texts.Entry.StructuredReference is null)
        {
            texts.Entry.StructuredReference = CsvReferences.Find(texts.Entry.Remittance!);
        }

        texts.TakeDetails();
        return new BankTransaction(new ExactAmount((ulong)amount.Magnitude, 0, (byte)amount.Scale, amount.IsNegative), statement.Currency.GetValueOrDefault(), bookingDate, valueDate, texts.Entry, location);
    }

    private bool TryTakeTexts(in CsvPlainFields row, ref CsvPlainTexts texts)
    {
        if (row[_remittance] is { IsEmpty: false } remittance && !_texts.TryTakeRemittance(remittance, ref texts))
        {
            return false;
        }

        if (row[_code] is { IsEmpty: false } code)
        {
            _texts.TakeCode(code, ref texts);
        }

        if (row[_bookingText] is { IsEmpty: false } bookingText)
        {
            _texts.TakeBookingText(bookingText, ref texts);
        }

        foreach (ref readonly var column in _others.AsSpan())
        {
            var field = row[column.Index];
            if (!field.IsEmpty && !_texts.TryTake(column, field, ref texts))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadDates(in CsvPlainFields row, out LocalDate bookingDate, out LocalDate? valueDate)
    {
        valueDate = null;
        if (_values.ReadDate(row[_layout.BookingDate], out bookingDate) != CsvDateResult.Ok)
        {
            return false;
        }

        if (_layout.ValueDate < 0)
        {
            return true;
        }

        var result = _values.ReadDate(row[_layout.ValueDate], out var date);
        valueDate = result == CsvDateResult.Ok ? date : null;
        return result is CsvDateResult.Ok or CsvDateResult.Empty;
    }

    private bool IsBooked(ReadOnlySpan<byte> status) =>
        status.IsEmpty || (_isBooked.TryGet(status, out var isBooked) ? isBooked : _isBooked.Add(status, CsvWordList.Contains(_layout.Profile.Statuses.Booked, _values.Decoder.Decode(status))));
}

/// <summary>The texts of a plain row.</summary>
internal ref struct CsvPlainTexts
{
    internal ReadOnlySpan<byte> Name;
    internal ReadOnlySpan<byte> Account;
    internal ReadOnlySpan<byte> Bic;
    internal EntryTexts Entry;
    internal ulong RemittanceHash;
    internal bool MayHoldReference;
    internal ulong CodeHash;
    internal string? MandateId;
    internal string? CreditorId;
    internal List<KeyValuePair<string, string>>? Others;

    /// <summary>Makes the details: those that hold a booking text alone are shared.</summary>
    internal void TakeDetails()
    {
        if (MandateId is not null || CreditorId is not null || Others is not null)
        {
            Entry.Details = new TransactionDetails { BookingText = Entry.Details?.BookingText, MandateId = MandateId, CreditorId = CreditorId, OtherFields = Others is null ? [] : Others };
        }
    }
}
