using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Reads the CSV exports of banks, by profiles that are data: see <see cref="CsvProfile"/>.</summary>
/// <remarks>
/// <para>The encoding, the delimiter, where the header begins and whose layout it is are told from the first 64 KiB. Rows of several accounts or
/// currencies become several statements. A running balance proves the rows, and gives the opening and closing balance
/// of files that state none.</para>
/// <para>Thread-safe: every read has its own state. Memory is flat, apart from rows of other accounts that wait for their turn, at most 10,000.</para>
/// </remarks>
public sealed class CsvStatementReader : IStatementReader
{
    private readonly CsvReaderOptions _options;
    private readonly CsvProfileIndex _own;

    /// <summary>A reader.</summary>
    /// <param name="options">Its options; null is <see cref="CsvReaderOptions.Default"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
    /// <exception cref="ArgumentException">A profile has problems; the message lists all of them.</exception>
    public CsvStatementReader(CsvReaderOptions? options = null)
    {
        _options = options ?? CsvReaderOptions.Default;
        _options.Check();
        IReadOnlyList<CsvProfile> own = _options.Profile is { } only ? [only] : _options.Profiles;
        var problems = own.SelectMany(p => p.FindProblems().Select(f => $"{p.Name} {f}")).ToList();
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", problems), nameof(options));
        }

        _own = new CsvProfileIndex(own);
    }

    /// <summary>Whether plain rows are read in the short way; the long one reads them just the same.</summary>
    internal bool ReadsPlainRows { get; init; } = true;

    /// <summary>The family's name, <c>csv</c>.</summary>
    public string Name => "csv";

    /// <inheritdoc/>
    public FormatMatch Detect(ReadOnlySpan<byte> start)
    {
        var isWhole = start.Length < SourceText.PeekLength;
        var detected = EncodingDetector.Detect(start, isWhole, EncodingHint);
        var bytes = SourceText.Readable(start, detected);
        var decoder = new TextDecoder(detected.Encoding);
        if (bytes.IsEmpty || IsOfAnotherFamily(bytes))
        {
            return FormatMatch.No;
        }

        if (Recognize(bytes, isWhole, decoder) is { } layout)
        {
            return layout.Profile.HasHeader && !layout.Profile.IsGeneric ? FormatMatch.Certain : FormatMatch.Possible;
        }

        return CsvRecognizer.LooksDelimited(bytes, isWhole, decoder) ? FormatMatch.Possible : FormatMatch.No;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StatementPart> ReadPartsAsync(PipeReader input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new PartStream(ReadBatchesAsync(input, cancellationToken));
    }

    private async IAsyncEnumerable<List<StatementPart>> ReadBatchesAsync(PipeReader input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (start, isWhole) = await SourceText.PeekAsync(input, cancellationToken).ConfigureAwait(false);
        var source = await SourceText.OpenAsync(input, start, isWhole, EncodingHint, transcodesSingleByte: false, cancellationToken).ConfigureAwait(false);
        var diagnostics = new DiagnosticBag(_options);
        var assembler = new StatementAssembler(_options, diagnostics);
        var (rows, sections) = Open(start, isWhole, source, assembler, diagnostics);
        var window = new PipeWindow(source.Reader);
        try
        {
            bool hasMore;
            do
            {
                hasMore = await window.FillAsync(cancellationToken).ConfigureAwait(false);
                var fault = Drain(rows, sections, window, isLast: !hasMore) ?? (hasMore ? null : Finish(source, sections, assembler, diagnostics));
                yield return assembler.SettledParts(fault);
                assembler.Parts.Clear();
                if (fault is not null)
                {
                    throw fault;
                }
            }
            while (hasMore);
        }
        finally
        {
            window.Release();
            assembler.Release();
        }
    }

    // What was read before a fault is handed over first, so that it does not matter where the chunks fall.
    private static StatementFormatException? Drain(CsvRowReader rows, CsvSections sections, PipeWindow window, bool isLast)
    {
        try
        {
            window.Consume(rows.Drain(window.Span, isLast));
            return null;
        }
        catch (StatementFormatException e)
        {
            sections.Stop();
            return e;
        }
    }

    private static StatementFormatException? Finish(SourceText source, CsvSections sections, StatementAssembler assembler, DiagnosticBag diagnostics)
    {
        try
        {
            if (source.UndecodableCount > 0)
            {
                diagnostics.Error(CsvCodes.MixedEncoding, $"{source.UndecodableCount} characters of the file are none of its encoding; they stand as U+FFFD.", SourceLocation.Start);
            }

            sections.Finish();
            assembler.FlushFileDiagnostics();
            return null;
        }
        catch (StatementFormatException e)
        {
            return e;
        }
    }

    // Loaded when the first CSV file comes, not when a reader is made.
    private CsvProfileIndex? BuiltIn => _options.Profile is null ? CsvProfileCatalog.Index : null;

    private TextEncoding? EncodingHint =>
        _options.Profile?.Encoding is { } name && TextEncoding.TryParse(name, out var encoding) ? encoding : null;

    private (CsvRowReader Rows, CsvSections Sections) Open(byte[] start, bool isWhole, SourceText source, StatementAssembler assembler, DiagnosticBag diagnostics)
    {
        var bytes = SourceText.Readable(start, new DetectedEncoding(source.Encoding, source.MarkLength));
        if (bytes.IsEmpty || bytes.IndexOfAnyExcept(" \t\r\n\0"u8) < 0)
        {
            throw Refuse(StatementCodes.EmptyFile, "The file is empty.");
        }

        var layout = Recognize(bytes, isWhole, source.Decoder) ?? throw RefuseUnknown(bytes, source.Decoder);
        if (layout.Profile.IsGeneric)
        {
            diagnostics.Info(CsvCodes.KnownByNames, $"The layout is of no known bank; the names of its columns told what they hold ({layout.Profile.Name}).", SourceLocation.Start);
        }

        var values = CsvEvidence.Weigh(layout, bytes, isWhole, source.Decoder, diagnostics);

        var sections = new CsvSections(layout, _options, values, assembler, diagnostics, ReadsPlainRows);
        return (new CsvRowReader(source, layout, _options, sections, diagnostics), sections);
    }

    private CsvLayout? Recognize(ReadOnlySpan<byte> bytes, bool isWhole, TextDecoder decoder) => CsvRecognizer.Find(bytes, isWhole, decoder, _own, BuiltIn);

    private StatementFormatException RefuseUnknown(ReadOnlySpan<byte> bytes, TextDecoder decoder)
    {
        var seen = CsvProfileSkeleton.Describe(bytes, decoder);
        return _options.Profile is { } profile
            ? Refuse(CsvCodes.ProfileDoesNotFit, $"The file does not have the columns of the profile {profile.Name}. {seen}")
            : Refuse(CsvCodes.UnknownLayout, $"No CSV profile knows the layout of the file. {seen} A profile of your own can describe it; this one is to be filled in: {CsvProfileSkeleton.Write(bytes, decoder, isIndented: false)}");
    }

    private static StatementFormatException Refuse(string code, string message) =>
        new(new Diagnostic(DiagnosticSeverity.Error, code, message, SourceLocation.Start));

    // SWIFT messages begin with a block or a tag, XML with a bracket.
    private static bool IsOfAnotherFamily(ReadOnlySpan<byte> bytes)
    {
        var text = bytes.TrimStart(" \t\r\n\0"u8);
        return text.IsEmpty || text[0] == '<' || text.StartsWith("{1:"u8) || bytes.IndexOf("\n:61:"u8) >= 0 || bytes.IndexOf("\r:61:"u8) >= 0
            || ((text.StartsWith(":20:"u8) || bytes.IndexOf("\n:20:"u8) >= 0) && bytes.IndexOf(":25"u8) >= 0);
    }
}
