namespace Receivables.Sdk.Statements.Csv;

/// <summary>
/// The sections of a file: rows about the account, a header, transactions. Most files have one; where a row begins the next one
/// (<c>section</c> among the metadata of a profile), all of it begins anew, and its header may have other columns of the profile.
/// </summary>
internal sealed class CsvSections(CsvLayout first, CsvReaderOptions options, CsvValueReader values, StatementAssembler assembler, DiagnosticBag diagnostics, bool readsPlainRows)
{
    private readonly CsvProfileMatcher _matcher = new(first.Profile);
    private CsvLayout _layout = first;
    private CsvMetadataReader _metadata = new(first.Profile, values);
    private CsvMapper? _mapper;
    private int _ahead;

    /// <summary>Whether the header of the next section has not come yet.</summary>
    internal bool IsBetween { get; private set; }

    /// <summary>Adds a row before the header.</summary>
    internal void AddPreamble(in CsvRow row)
    {
        var fields = values.ToTexts(row);
        if (!_metadata.TryRead(fields))
        {
            _metadata.LookForIban(fields);
            CountTransactionsAhead(row, fields);
        }
    }

    // A row above the header may state a balance of a day; several are transactions that would be lost.
    private void CountTransactionsAhead(in CsvRow row, string[] fields)
    {
        if (_mapper is null && fields.Length >= _layout.ColumnCount && values.ReadDate(row[_layout.BookingDate], out _) == CsvDateResult.Ok
            && ((ReadOnlySpan<int>)[_layout.Amount, _layout.Debit, _layout.Credit]).ToArray().Any(c => c >= 0 && c < fields.Length && values.ReadAmount(fields[c], out var amount, out _) == CsvNumberResult.Ok && amount != 0m)
            && ++_ahead == 2)
        {
            diagnostics.Error(CsvCodes.NoTransaction, "Rows above the header look like transactions; they are not read.", SourceLocation.Start);
        }
    }

    /// <summary>Whether the file ends within the row that is added next.</summary>
    internal bool IsCut { get; set; }

    /// <summary>Whether rows can be tried in the short way.</summary>
    internal bool TakesPlainRows => !IsBetween && _mapper is { TakesPlainRows: true };

    /// <summary>How many fields the next row is expected to have; 0 where that is not known.</summary>
    internal int ExpectedCount => IsBetween || !_layout.Profile.HasHeader ? 0 : _layout.ColumnCount;

    /// <summary>Adds a row of the open section in the short way, where it is plain and the same stands around all its fields.</summary>
    internal bool TryAddPlain(ReadOnlySpan<byte> span, ReadOnlySpan<int> bounds, int margin, in SourceLocation location) => _mapper!.TryAddPlain(span, bounds, margin, location);

    /// <summary>Adds a row behind the first header.</summary>
    /// <returns>How many fields the next row is expected to have; 0 where that is not known.</returns>
    internal int Add(in CsvRow row, in SourceLocation location)
    {
        if ((!IsBetween || IsTransaction(row)) && !(_mapper ??= NewMapper()).Add(row, location, IsCut))
        {
            BeginNext(row);
        }

        return ExpectedCount;
    }

    // Between two sections: the next header, lines about the account, or transactions without a header of their own.
    private bool IsTransaction(in CsvRow row)
    {
        var fields = values.ToTexts(row);
        if (_matcher.MatchHeader(fields, Array.ConvertAll(fields, CsvLabel.Fold), _layout.Delimiter, 0) is { } layout)
        {
            (_layout, IsBetween) = (layout, false);
            return false;
        }

        if (_metadata.BeginsSection(fields))
        {
            BeginNext(row);
            return false;
        }

        AddPreamble(row);
        IsBetween = values.ReadDate(row[_layout.BookingDate], out _) != CsvDateResult.Ok;
        return !IsBetween;
    }

    private void BeginNext(in CsvRow row)
    {
        Finish();
        (_mapper, _metadata, IsBetween) = (null, new CsvMetadataReader(_layout.Profile, values), true);
        AddPreamble(row);
    }

    /// <summary>Ends the last section.</summary>
    internal void Finish() => (_mapper ?? NewMapper()).Finish();

    /// <summary>Hands over what was read before a fault.</summary>
    internal void Stop() => _mapper?.Stop();

    private CsvMapper NewMapper() => new(_layout, options, values, _metadata, new CsvStatements(_layout, values, assembler, diagnostics), diagnostics, readsPlainRows);
}
