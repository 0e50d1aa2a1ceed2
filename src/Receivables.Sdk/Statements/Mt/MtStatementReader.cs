using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>Reads SWIFT MT940 and MT942, and MT941 and MT950, which share their fields — as banks really send them.</summary>
/// <remarks>
/// <para>Field grammar: SWIFT user handbook, category 9, as of the standards release of November 2025; the German <c>:86:</c> after the DFÜ
/// agreement, annex 3; other manners of <c>:86:</c> as the banks document them. What departs from that is read where there is exactly one way to
/// read it, and reported.</para>
/// <para>Memory does not grow with the file, apart from the counts of equal transactions. Thread-safe: each call has its own state.</para>
/// </remarks>
public sealed class MtStatementReader : IStatementReader
{
    // What waits to be yielded stays in the caches near the core.
    private const int PartsAtOnce = 64;

    private readonly StatementReaderOptions _options;

    /// <summary>A reader.</summary>
    /// <param name="options">Mode and limits; null takes the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public MtStatementReader(StatementReaderOptions? options = null)
    {
        _options = options ?? StatementReaderOptions.Default;
        _options.Check();
    }

    /// <inheritdoc/>
    public string Name => "mt940";

    /// <inheritdoc/>
    public FormatMatch Detect(ReadOnlySpan<byte> start) => MtSignature.Detect(start);

    /// <inheritdoc/>
    public IAsyncEnumerable<StatementPart> ReadPartsAsync(PipeReader input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new PartStream(ReadBatchesAsync(input, cancellationToken));
    }

    private async IAsyncEnumerable<List<StatementPart>> ReadBatchesAsync(PipeReader input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (start, isWhole) = await SourceText.PeekAsync(input, cancellationToken).ConfigureAwait(false);
        if (isWhole && MtLines.IsBlank(start))
        {
            throw new StatementFormatException(new Diagnostic(DiagnosticSeverity.Error, StatementCodes.EmptyFile, "The file is empty.", SourceLocation.Start));
        }

        var source = await SourceText.OpenAsync(input, start, isWhole, hint: null, transcodesSingleByte: false, cancellationToken).ConfigureAwait(false);
        var diagnostics = new DiagnosticBag(_options);
        var assembler = new StatementAssembler(_options, diagnostics);
        var mapper = new MtMapper(_options, source, diagnostics, assembler);
        var unwrapper = MtWrapping.Find(SourceText.Readable(start, EncodingDetector.Detect(start, isWhole))) is { } wrapping ? new MtUnwrapper(source.Reader, wrapping, source) : null;
        var records = new MtRecordReader(_options, source, mapper, unwrapper);
        var window = new PipeWindow(unwrapper ?? source.Reader);
        if (unwrapper is not null)
        {
            mapper.Unwrapped();
        }

        try
        {
            var isDone = false;
            while (!isDone)
            {
                var fault = Drain(window, records, mapper, assembler, out isDone);
                var isFull = assembler.Parts.Count >= PartsAtOnce;
                yield return assembler.SettledParts(fault);
                assembler.Parts.Clear();
                if (fault is not null)
                {
                    throw fault;
                }

                if (isFull)
                {
                    continue;
                }

                // A record that is not there as a whole is looked at again when there is a good deal more of it, not with every byte.
                var wanted = window.Span.Length + (window.Span.Length / 4);
                while (!isDone && await window.FillAsync(cancellationToken).ConfigureAwait(false) && window.Span.Length < wanted)
                {
                }
            }
        }
        finally
        {
            window.Release();
            assembler.Release();
        }
    }

    // What was read before a fault is handed over first, so that it does not matter where the chunks fall.
    private static StatementFormatException? Drain(PipeWindow window, MtRecordReader records, MtMapper mapper, StatementAssembler assembler, out bool isDone)
    {
        isDone = false;
        try
        {
            int consumed;
            do
            {
                consumed = records.Drain(window.Span, window.IsAtEnd, assembler.Parts, PartsAtOnce);
                window.Consume(consumed);
            }
            while (consumed > 0 && !window.Span.IsEmpty && assembler.Parts.Count < PartsAtOnce);

            if (window.IsAtEnd && window.Span.IsEmpty)
            {
                isDone = true;
                if (!mapper.HasFields)
                {
                    throw NotMt();
                }

                mapper.Finish(records.Location);
            }

            return null;
        }
        catch (StatementFormatException e)
        {
            isDone = true;
            return e;
        }
    }

    private static StatementFormatException NotMt() => new(new Diagnostic(
        DiagnosticSeverity.Error, MtCodes.NotMt, "The file is no MT940 or MT942: it has none of their fields.", SourceLocation.Start));
}
