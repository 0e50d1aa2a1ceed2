using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Receivables.Sdk.Statements;

/// <summary>Whole statements, streams and memory, for every <see cref="IStatementReader"/>.</summary>
public static class StatementReaderExtensions
{
    // The default of 4 KiB costs four to five times the time.
    private const int BufferSize = 64 * 1024;

    /// <summary>Reads a file statement by statement: each is held in memory as a whole.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="input">The bytes; the caller completes the pipe.</param>
    /// <param name="onFileDiagnostic">Receives what belongs to no statement; null drops it.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="StatementFormatException">The file is not of the reader's format, a limit was passed, or strict mode met an error.</exception>
    public static async IAsyncEnumerable<BankStatement> ReadAsync(
        this IStatementReader reader,
        PipeReader input,
        Action<Diagnostic>? onFileDiagnostic = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(input);
        StatementHeader? header = null;
        var transactions = new List<BankTransaction>();
        await foreach (var part in reader.ReadPartsAsync(input, cancellationToken).ConfigureAwait(false))
        {
            switch (part.Kind)
            {
                case StatementPartKind.Header:
                    header = part.Header;
                    transactions = [];
                    break;
                case StatementPartKind.Transaction:
                    transactions.Add(part.Transaction!);
                    break;
                case StatementPartKind.Closing:
                    yield return new BankStatement { Header = header!, Transactions = transactions, Closing = part.Closing! };
                    break;
                default:
                    onFileDiagnostic?.Invoke(part.Diagnostic!);
                    break;
            }
        }
    }

    /// <summary>Reads a stream statement by statement; the stream stays open.</summary>
    /// <inheritdoc cref="ReadAsync(IStatementReader, PipeReader, Action{Diagnostic}?, CancellationToken)"/>
    public static async IAsyncEnumerable<BankStatement> ReadAsync(
        this IStatementReader reader,
        Stream input,
        Action<Diagnostic>? onFileDiagnostic = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var pipe = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true));
        try
        {
            await foreach (var statement in reader.ReadAsync(pipe, onFileDiagnostic, cancellationToken).ConfigureAwait(false))
            {
                yield return statement;
            }
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Reads bytes that are in memory, without waiting for anything.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="onFileDiagnostic">Receives what belongs to no statement; null drops it.</param>
    /// <exception cref="StatementFormatException">The file is not of the reader's format, a limit was passed, or strict mode met an error.</exception>
    public static IReadOnlyList<BankStatement> Read(this IStatementReader reader, ReadOnlyMemory<byte> file, Action<Diagnostic>? onFileDiagnostic = null)
    {
        var read = Collect(reader, file, onFileDiagnostic);

        // Nothing waits when all bytes are there; a host's reader that does wait is waited for.
        return read.IsCompleted ? read.Result : read.AsTask().GetAwaiter().GetResult();
    }

    private static async ValueTask<IReadOnlyList<BankStatement>> Collect(IStatementReader reader, ReadOnlyMemory<byte> file, Action<Diagnostic>? onFileDiagnostic)
    {
        var statements = new List<BankStatement>();
        var pipe = PipeReader.Create(new ReadOnlySequence<byte>(file));
        await foreach (var statement in reader.ReadAsync(pipe, onFileDiagnostic).ConfigureAwait(false))
        {
            statements.Add(statement);
        }

        return statements;
    }
}
