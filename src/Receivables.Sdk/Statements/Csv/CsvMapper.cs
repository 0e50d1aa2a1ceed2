using System.Globalization;
using System.Runtime.CompilerServices;
using NodaTime;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Turns rows into transactions: signs, dates, currencies, statements by account, and everything that banks write around them.</summary>
internal sealed class CsvMapper
{
    private readonly CsvLayout _layout;
    private readonly CsvReaderOptions _options;
    private readonly CsvValueReader _values;
    private readonly CsvMetadataReader _metadata;
    private readonly CsvStatements _statements;
    private readonly DiagnosticBag _diagnostics;
    private readonly CsvSignReader _signs;
    private readonly CsvTextReader _texts;
    private readonly CsvDraft _draft;
    private readonly CsvPlainRows? _plainRows;
    private readonly CsvPlaces _places;
    private bool _hasToldCurrency;
    private bool _hasNegative;
    private bool _isWhole;
    private long _transactions;
    private int _passedOver;

    internal CsvMapper(CsvLayout layout, CsvReaderOptions options, CsvValueReader values, CsvMetadataReader metadata, CsvStatements statements, DiagnosticBag diagnostics, bool readsPlainRows)
    {
        (_layout, _options, _values, _metadata, _statements, _diagnostics) = (layout, options, values, metadata, statements, diagnostics);
        _signs = new CsvSignReader(layout, values, diagnostics);
        var pool = new TextPool();
        _draft = new CsvDraft(pool);
        _texts = new CsvTextReader(layout, values, diagnostics, pool);
        _places = new CsvPlaces(layout.ColumnCount);
        _plainRows = readsPlainRows && layout.OtherCurrency < 0 && layout.OtherAmount < 0 && !values.IsOpposite ? CsvPlainRows.Create(layout, options, values, _signs, _texts) : null;
        values.Years.SetPeriod(metadata.From, metadata.To, metadata.Day);
        metadata.BeginTable();
    }

    /// <summary>Adds a row behind the header.</summary>
    /// <param name="row">The row.</param>
    /// <param name="location">Its place.</param>
    /// <param name="isCut">Whether the file ends within it.</param>
    /// <returns>False where it is none of this section's, but begins the next one.</returns>
    internal bool Add(in CsvRow row, in SourceLocation location, bool isCut) =>
        (_plainRows is not null && !isCut && row.Margin < 0 && row.IsSimple && row.Count <= _layout.ColumnCount && TryAddPlain(row.PlainFields(_places), location)) || AddAny(row, location, isCut);

    /// <summary>Whether any row is plain.</summary>
    internal bool TakesPlainRows => _plainRows is not null;

    /// <summary>Adds a row behind the header where it is plain: nearly every one.</summary>
    /// <param name="span">The span that the tokenizer reads.</param>
    /// <param name="bounds">The bounds of the row's fields in it.</param>
    /// <param name="margin">How many bytes stand on both sides of every field.</param>
    /// <param name="location">The place of the row.</param>
    internal bool TryAddPlain(ReadOnlySpan<byte> span, ReadOnlySpan<int> bounds, int margin, in SourceLocation location)
    {
        var count = bounds.Length - 1;
        if (count > _layout.ColumnCount)
        {
            return false;
        }

        _places.TakeEvenly(bounds, margin);
        return TryAddPlain(new CsvPlainFields(span, _places, count, margin), location);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryAddPlain(in CsvPlainFields fields, in SourceLocation location)
    {
        if (_isPendingSection || _statements.FindOpen(fields[_layout.Account], fields[_layout.Currency]) is not { Currency: not null } statement)
        {
            return false;
        }

        Flush();
        if (_plainRows!.Read(fields, location, statement, out var texts) is not { } transaction)
        {
            return false;
        }

        _hasNegative = _hasNegative || transaction.Exact.IsNegative;
        _lastStatus = null;
        _transactions++;
        _statements.Add(statement, transaction, texts);
        return true;
    }

    private bool AddAny(in CsvRow row, SourceLocation location, bool isCut)
    {
        var date = _values.ReadDate(row[_layout.BookingDate], out var bookingDate);
        var valueDate = default(LocalDate);
        var value = CsvDateResult.Empty;
        if (_layout.ValueDate >= 0)
        {
            value = _values.ReadDate(row[_layout.ValueDate], out valueDate);
        }

        if (_values.MayLackYears)
        {
            FindYear(row, ref date, ref bookingDate, value, valueDate);
        }

        // Beside a booking date that is none, a value date proves nothing: closing balances have one, too.
        var isDated = date == CsvDateResult.Ok || (date == CsvDateResult.Empty && value == CsvDateResult.Ok);
        if (!isDated && !IsTransactionWithoutDate(row, location, date, value, out var isNextSection))
        {
            return !isNextSection;
        }

        if (isCut && !TakesCut(row, location))
        {
            return true;
        }

        var result = _signs.Read(row, location, out var amount, out var glued, out var isInformation);
        if (result == CsvNumberResult.Empty)
        {
            AddRowWithoutAmount(row, location);
            return true;
        }

        Flush();
        var statement = _statements.Find(row, location, _metadata, glued);
        if (result != CsvNumberResult.Ok)
        {
            // What the row says is not known, so nothing around it can be proved either.
            statement.NotVerifiable = "unreadableEntry";
            return true;
        }

        Begin(row, location, statement, amount);
        _draft.Status = isInformation ? TransactionStatus.Information : _draft.Status;
        TakeDate(row, location, _layout.BookingDate, date, bookingDate, isBooking: true);
        TakeDate(row, location, _layout.ValueDate, value, valueDate, isBooking: false);
        _texts.Read(row, location, _draft);
        if (row.Count > _layout.ColumnCount)
        {
            KeepSurplus(row, location);
        }

        AddBalance(row, statement, location);
        _isWhole = true;
        return true;
    }

    // What is missing of the last row may be a digit, its sign or a charge.
    private bool TakesCut(in CsvRow row, SourceLocation location)
    {
        if (_layout.LastOfMoney < row.Count - 1)
        {
            _diagnostics.Warning(CsvCodes.CutRow, "The file ends within a row, which may be cut.", location);
            return true;
        }

        Flush();
        _diagnostics.Error(CsvCodes.CutRow, "The file ends within a row, whose amount may be cut; it is left out.", location);
        _statements.Open?.NotVerifiable = "unreadableEntry";
        return false;
    }

    // The other date of the row has the year, or the row before, or the file's period.
    private void FindYear(in CsvRow row, ref CsvDateResult date, ref LocalDate bookingDate, CsvDateResult value, LocalDate valueDate)
    {
        if (date == CsvDateResult.NoYear && value == CsvDateResult.Ok)
        {
            _values.Years.See(valueDate);
            date = _values.ReadDate(row[_layout.BookingDate], out bookingDate);
        }

        if (date == CsvDateResult.Ok || value == CsvDateResult.Ok)
        {
            _values.Years.See(date == CsvDateResult.Ok ? bookingDate : valueDate);
        }
    }

    /// <summary>The section is read.</summary>
    internal void Finish()
    {
        Flush();
        if (_transactions > 1 && !_hasNegative && _layout.Profile.IsGeneric && _layout.Sign == CsvSignModel.Signed)
        {
            _diagnostics.Warning(CsvCodes.NothingNegative, "No amount of the file is negative: whether they are credits was not proved.", SourceLocation.Start);
        }

        // Balances prove the signs, or show that they are wrong.
        if (_values.IsSignTaken && _transactions > 0 && !_statements.AreProved && (_metadata.Opening is null || _metadata.Closing is null))
        {
            _diagnostics.Warning(
                CsvCodes.SignNotProved, "Nothing in the file proves what its signs mean; amounts were taken as they are written, those with a minus as money that went out.", SourceLocation.Start);
        }

        if (_passedOver >= 3 && _passedOver > _transactions)
        {
            _diagnostics.Error(CsvCodes.NoTransaction, $"More rows were taken for no transaction than for one ({_passedOver} against {_transactions}): the columns are not where the header says.", SourceLocation.Start);
        }

        _statements.Finish(_metadata);
    }

    /// <summary>Hands over what was read before a fault: the transaction that is still open, unless the fault lies in it.</summary>
    internal void Stop()
    {
        if (_isWhole)
        {
            Flush();
        }
    }

    private void Begin(in CsvRow row, SourceLocation location, CsvAccountStatement statement, decimal amount)
    {
        _isWhole = false;
        _draft.Begin();
        _draft.Statement = statement;
        _draft.Offset = location.Offset;
        _draft.EndOffset = location.Offset + location.Length;
        _draft.Line = location.Line;
        _hasNegative |= amount < 0;
        if (_layout.Charges >= 0 && _values.ReadAmount(row[_layout.Charges], out var charges, out _) == CsvNumberResult.Ok && charges != 0m
            && (amount < 0m || !_layout.IsChosenByMark))
        {
            _draft.Charges = Math.Abs(charges);
            amount -= Math.Abs(charges);
        }

        _draft.Amount = new Money(amount, statement.Currency ?? Currency.None);
        if (statement.Currency is null && !_hasToldCurrency)
        {
            _hasToldCurrency = true;
            _diagnostics.Warning(CsvCodes.NoCurrency, "Nothing in the file names a currency; the amounts have none (XXX).", location);
        }

        if (_layout.Status >= 0)
        {
            ReadStatus(row, location);
        }
        else if (_isPendingSection)
        {
            _draft.Status = TransactionStatus.Pending;
        }

        if (_options.RawText == RawText.Entry)
        {
            _draft.RawText = _values.Decoder.Decode(row.Bytes);
        }
    }

    // A delimiter in a text that is not quoted moves all columns behind it.
    private void KeepSurplus(in CsvRow row, SourceLocation location)
    {
        for (var i = _layout.ColumnCount; i < row.Count; i++)
        {
            if (!row[i].IsEmpty)
            {
                _diagnostics.Warning(CsvCodes.ColumnCount, "The row has more fields than the header; a text may hold a delimiter.", At(row, location, i));
                _draft.AddOther(string.Create(CultureInfo.InvariantCulture, $"field {i + 1}"), _values.Decoder.Decode(row[i]));
            }
        }
    }

    private void AddBalance(in CsvRow row, CsvAccountStatement statement, SourceLocation location)
    {
        statement.See(_draft.BookingDate ?? _draft.ValueDate, location);
        if (_draft.Status != TransactionStatus.Booked)
        {
            return;
        }

        decimal? balance = null;
        if (_layout.Balance >= 0)
        {
            var result = _values.ReadAmount(row[_layout.Balance], out var stated, out _);
            balance = result == CsvNumberResult.Ok ? stated : null;
            if (result is CsvNumberResult.Invalid or CsvNumberResult.Ambiguous)
            {
                _diagnostics.Warning(CsvCodes.BadAmount, "The balance of the row cannot be read.", At(row, location, _layout.Balance));
            }
        }

        statement.Balance.Add(_draft.Amount.Amount, balance);
    }

    // Whether a row without a date is a transaction all the same; what it is else has been dealt with.
    private bool IsTransactionWithoutDate(in CsvRow row, SourceLocation location, CsvDateResult date, CsvDateResult value, out bool isNextSection)
    {
        var fields = _values.ToTexts(row);
        isNextSection = _metadata.BeginsSection(fields);
        if (isNextSection || _metadata.TryRead(fields) || Array.TrueForAll(fields, f => f.Length == 0))
        {
            return false;
        }

        if (date is CsvDateResult.Ambiguous or CsvDateResult.NoYear || value is CsvDateResult.Ambiguous or CsvDateResult.NoYear)
        {
            return true;
        }

        if (BeginsStatus(fields))
        {
            return false;
        }

        if (_metadata.HasEnded && !IsPending(row))
        {
            _diagnostics.Info(CsvCodes.NoTransaction, "A row without a date behind the end of the table; it was taken for a part of its summary.", location);
            return false;
        }

        var text = _layout.BookingDate >= 0 && _layout.BookingDate < fields.Length ? fields[_layout.BookingDate] : "";
        if (text.Any(char.IsAsciiDigit) || IsPending(row) || CsvWordList.Contains(_layout.Profile.Statuses.Pending, text))
        {
            return true;
        }

        if (_layout.Profile.HasContinuationRows && _draft.IsOpen)
        {
            GoOn(row, location);
            return false;
        }

        PassOver(fields);
        var hasAmount = _signs.HasOneAmount(row);
        var message = hasAmount ? "A row with an amount has no date; it was taken for no transaction." : "A row holds neither a date nor an amount; it was taken for no transaction.";
        if (hasAmount)
        {
            _diagnostics.Error(CsvCodes.NoTransaction, message, location);
            _statements.Open?.NotVerifiable = "unreadableEntry";
        }
        else
        {
            _diagnostics.Warning(CsvCodes.NoTransaction, message, location);
        }

        return false;
    }

    // A row that is nothing but a word for pending or booked is the title of the rows behind it.
    private bool BeginsStatus(string[] fields)
    {
        if (_layout.Status >= 0 || fields.Count(f => f.Length > 0) != 1)
        {
            return false;
        }

        var title = fields.First(f => f.Length > 0);
        var isPending = CsvWordList.Contains(_layout.Profile.Statuses.Pending, title);
        if (!isPending && !CsvWordList.Contains(_layout.Profile.Statuses.Booked, title))
        {
            return false;
        }

        _isPendingSection = isPending;
        return true;
    }

    // Lines of a summary have a field or two; rows that have more were meant to be some.
    private void PassOver(string[] fields) => _passedOver += fields.Count(f => f.Length > 0) > 2 ? 1 : 0;

    private void AddRowWithoutAmount(in CsvRow row, SourceLocation location)
    {
        if (_layout.Profile.HasContinuationRows && _draft.IsOpen)
        {
            GoOn(row, location);
            return;
        }

        var fields = _values.ToTexts(row);
        if (!_metadata.TryRead(fields))
        {
            PassOver(fields);
            _diagnostics.Warning(CsvCodes.NoTransaction, "A row has no amount; it was taken for no transaction.", location);
        }
    }

    private void GoOn(in CsvRow row, SourceLocation location)
    {
        _texts.GoOn(row, _draft);
        _draft.EndOffset = location.Offset + location.Length;
        if (_draft.RawText is not null)
        {
            _draft.RawText += "\n" + _values.Decoder.Decode(row.Bytes);
        }
    }

    private void TakeDate(in CsvRow row, SourceLocation location, int column, CsvDateResult result, LocalDate date, bool isBooking)
    {
        switch (result)
        {
            case CsvDateResult.Ok when isBooking:
                _draft.BookingDate = date;
                break;
            case CsvDateResult.Ok:
                _draft.ValueDate = date;
                break;
            case CsvDateResult.Ambiguous:
                _diagnostics.Error(CsvCodes.AmbiguousDate, "The date can be read in two ways and nothing in the file says which is meant; it is left out.", At(row, location, column));
                break;
            case CsvDateResult.NoYear:
                _diagnostics.Error(CsvCodes.NoYear, "The date has no year, and neither the file nor the rows around it say which is meant; it is left out.", At(row, location, column), _values.Decoder.Decode(row[column]));
                break;
            case CsvDateResult.Invalid when _draft.Status == TransactionStatus.Booked && !IsPendingDate(row, column):
                _diagnostics.Error(CsvCodes.BadDate, "The date cannot be read or does not exist; it is left out.", At(row, location, column), _values.Decoder.Decode(row[column]));
                break;
            default:
                break;
        }
    }

    private bool IsPendingDate(in CsvRow row, int column)
    {
        var isPending = CsvWordList.Contains(_layout.Profile.Statuses.Pending, _values.Decoder.Decode(row[column]));
        _draft.Status = isPending ? TransactionStatus.Pending : _draft.Status;
        return isPending;
    }

    private bool IsPending(in CsvRow row) =>
        _layout.Status >= 0 && CsvWordList.Contains(_layout.Profile.Statuses.Pending, _values.Decoder.Decode(row[_layout.Status]));

    private bool _isPendingSection;
    private string? _lastStatus;
    private TransactionStatus _lastStatusMeans;

    private void ReadStatus(in CsvRow row, SourceLocation location)
    {
        var text = _values.Decoder.Decode(row[_layout.Status]);
        if (text != _lastStatus)
        {
            var words = _layout.Profile.Statuses;
            // Where a profile names no word for booked, every other text is one.
            var isKnown = text.Length == 0 || CsvWordList.Contains(words.Booked, text);
            _lastStatus = text;
            _lastStatusMeans = isKnown ? TransactionStatus.Booked
                : CsvWordList.Contains(words.Pending, text) ? TransactionStatus.Pending
                : CsvWordList.Contains(words.Information, text) ? TransactionStatus.Information
                : TransactionStatus.Booked;
            if (!isKnown && _lastStatusMeans == TransactionStatus.Booked && words.Booked.Count > 0)
            {
                _diagnostics.Warning(CsvCodes.UnknownStatus, "The profile does not know this status; the row was taken for booked.", At(row, location, _layout.Status), text);
            }
        }

        _draft.Status = _lastStatusMeans;
    }

    private void Flush()
    {
        if (_draft.IsOpen)
        {
            _transactions++;
            _statements.Add(_draft.Statement!, _draft.Finish());
        }
    }

    /// <summary>The place of a field.</summary>
    internal static SourceLocation At(in CsvRow row, SourceLocation location, int column)
    {
        var offset = row.OffsetOf(column);
        return location with { Offset = location.Offset + offset, Column = offset + 1, Length = row.LengthOf(column) };
    }
}
