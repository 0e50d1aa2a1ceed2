using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Reads ISO 20022 bank messages: camt.052 (account report), camt.053 (statement), camt.054 (debit and credit notification).</summary>
/// <remarks>
/// <para>Versions .001.01 to .001.14, told by the local names of their elements, whatever the namespace, prefix or envelope; several messages and
/// documents in one file; UTF-8, UTF-16 and the single-byte encodings an XML declaration names.</para>
/// <para>An entry is one transaction, or one for each of its details when these add up to it (with charges, in the entry's currency). XML that is
/// not well-formed is an error and costs the entry it stands in; the others are read. A document type declaration, and what passes a limit,
/// ends the read.</para>
/// <para>Immutable and safe to share between threads; each read has its own state. Memory: one entry with its details, and some bytes for each transaction
/// for counting equals.</para>
/// </remarks>
public sealed class CamtStatementReader : IStatementReader
{
    private static readonly CamtTree Tree = CamtPaths.Build();

    private readonly StatementReaderOptions _options;

    /// <summary>A reader.</summary>
    /// <param name="options">Mode and limits; null takes <see cref="StatementReaderOptions.Default"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
    public CamtStatementReader(StatementReaderOptions? options = null)
    {
        _options = options ?? StatementReaderOptions.Default;
        _options.Check();
    }

    /// <inheritdoc/>
    public string Name => "camt";

    /// <inheritdoc/>
    public FormatMatch Detect(ReadOnlySpan<byte> start) => CamtSignature.Detect(start, Tree);

    /// <inheritdoc/>
    public IAsyncEnumerable<StatementPart> ReadPartsAsync(PipeReader input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new PartStream(ReadBatchesAsync(input, cancellationToken));
    }

    private async IAsyncEnumerable<List<StatementPart>> ReadBatchesAsync(PipeReader input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (start, isWhole) = await SourceText.PeekAsync(input, cancellationToken).ConfigureAwait(false);
        if (start.Length == 0)
        {
            throw new StatementFormatException(new Diagnostic(DiagnosticSeverity.Error, StatementCodes.EmptyFile, "The file is empty.", SourceLocation.Start));
        }

        var hint = CamtSignature.DeclaredEncoding(start);
        var evidence = CamtSignature.EvidenceLength(start, hint);
        var text = await SourceText.OpenAsync(
            input, start.AsMemory(0, evidence), isWhole && evidence == start.Length, hint, transcodesSingleByte: true, cancellationToken).ConfigureAwait(false);
        var wrapping = CamtWrapping.Find(SourceText.Readable(start, new DetectedEncoding(text.Encoding, text.MarkLength)));
        var unwrapper = wrapping is null ? null : new CamtUnwrapper(text.Reader, wrapping);
        var window = new PipeWindow(unwrapper ?? text.Reader);
        var reader = new CamtRecordReader(Tree, _options, text, unwrapper?.Prefix);
        try
        {
            var parts = reader.Assembler.Parts;
            while (!reader.IsDone)
            {
                var fault = Drain(reader, window, out var needsMore);
                yield return reader.Assembler.SettledParts(fault);
                parts.Clear();
                if (fault is not null)
                {
                    throw fault;
                }

                if (needsMore)
                {
                    _ = await window.FillAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            window.Release();
            reader.Assembler.Release();
        }
    }

    // What was read before a fault is handed over first, so that it does not matter where the chunks fall.
    private static StatementFormatException? Drain(CamtRecordReader reader, PipeWindow window, out bool needsMore)
    {
        try
        {
            window.Consume(reader.Read(window.Span, window.IsAtEnd, out needsMore));
            return null;
        }
        catch (StatementFormatException e)
        {
            needsMore = false;
            return e;
        }
    }
}
