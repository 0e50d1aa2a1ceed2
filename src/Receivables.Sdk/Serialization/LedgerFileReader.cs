using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Serialization;

/// <summary>Reads ledger files: JSON Lines, one event a line, in any order.</summary>
/// <remarks>
/// A line that is wrong loses only itself and is told with its place; the one exception is a ledger record of an unknown version, which refuses the
/// file. Reading streams: memory holds the ledger, never the file. What is read does not depend on where the bytes are cut.
/// Safe to use from several threads.
/// </remarks>
public sealed class LedgerFileReader
{
    private readonly LedgerFileOptions _options;

    /// <summary>A reader.</summary>
    /// <param name="options">Limits; null for <see cref="LedgerFileOptions.Default"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
    public LedgerFileReader(LedgerFileOptions? options = null)
    {
        _options = options ?? LedgerFileOptions.Default;
        _options.Check();
    }

    /// <summary>Reads a file into a ledger.</summary>
    /// <param name="reader">The bytes; read to the end, not completed.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="OperationCanceledException">The read was cancelled.</exception>
    public async Task<LedgerFileResult> ReadBookAsync(PipeReader reader, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var loader = new LedgerBookLoader(reader, _options);
        while (await loader.ReadSomeAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        loader.Release();
        return loader.Finish();
    }

    /// <inheritdoc cref="ReadBookAsync(PipeReader, CancellationToken)"/>
    /// <param name="stream">The bytes; read to the end, not closed.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<LedgerFileResult> ReadBookAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        var pipe = Pipe(stream);
        var result = await ReadBookAsync(pipe, cancellationToken).ConfigureAwait(false);
        await pipe.CompleteAsync().ConfigureAwait(false);
        return result;
    }

    /// <summary>Reads a file that is in memory into a ledger.</summary>
    /// <param name="bytes">The file.</param>
    public LedgerFileResult ReadBook(ReadOnlyMemory<byte> bytes)
    {
        // Everything is there, so nothing ever waits.
        return ReadBookAsync(PipeReader.Create(new ReadOnlySequence<byte>(bytes))).GetAwaiter().GetResult();
    }

    /// <summary>Reads a file line by line, as events: for copying, converting, or filling a store.</summary>
    /// <param name="reader">The bytes; read to the end, not completed.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Every line that is not blank, in order; after a version that is not known, or too many faults, none.</returns>
    /// <exception cref="OperationCanceledException">The read was cancelled.</exception>
    public async IAsyncEnumerable<LedgerFileLine> ReadAsync(PipeReader reader, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var lines = new LedgerLineReader(reader, _options);
        bool hasMore;
        do
        {
            hasMore = await lines.ReadSomeAsync(cancellationToken).ConfigureAwait(false);
            foreach (var line in lines.Take())
            {
                yield return line;
            }
        }
        while (hasMore);
        lines.Release();
    }

    /// <inheritdoc cref="ReadAsync(PipeReader, CancellationToken)"/>
    /// <param name="stream">The bytes; read to the end, not closed.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public IAsyncEnumerable<LedgerFileLine> ReadAsync(Stream stream, CancellationToken cancellationToken = default) => ReadAsync(Pipe(stream), cancellationToken);

    private static PipeReader Pipe(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true));
    }
}
