using System.IO.Pipelines;

namespace Receivables.Sdk.Statements;

/// <summary>How sure a reader is that a file is of its format.</summary>
public enum FormatMatch
{
    /// <summary>It is not.</summary>
    No,

    /// <summary>It may be: taken when no other reader is surer.</summary>
    Possible,

    /// <summary>It bears the format's own signature.</summary>
    Certain,
}

/// <summary>A reader of one family of formats. A host implements it for a format of its own (CODA, BAI2 …) and joins detection, verdict and keys.</summary>
/// <remarks>
/// An implementation is thread-safe: each call of <see cref="ReadPartsAsync"/> has its own state. It yields the parts of each statement in
/// order — header, transactions, closing — and throws only <see cref="StatementFormatException"/> for what stands in the file. Each call
/// gives its transactions their import keys with one <see cref="ImportKeyScope"/>.
/// </remarks>
public interface IStatementReader
{
    /// <summary>The family's name in options and messages, such as <c>mt940</c>, <c>camt</c>, <c>csv</c>.</summary>
    string Name { get; }

    /// <summary>Tells from its first bytes whether a file is of this reader's format.</summary>
    /// <param name="start">The start of the file: up to 64 KiB, less only when the file is shorter.</param>
    FormatMatch Detect(ReadOnlySpan<byte> start);

    /// <summary>Reads a file part by part.</summary>
    /// <remarks>
    /// The readers of this package yield each transaction when it was read, but for one case: from the first entry on whose sign or decimals a bank's
    /// habit leaves open, up to 10,000 transactions of the statement wait for its closing balance, which tells the reading.
    /// </remarks>
    /// <param name="input">The bytes. The reader consumes them; the caller completes the pipe.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="StatementFormatException">The file is not of this format, a limit was passed, or strict mode met an error.</exception>
    IAsyncEnumerable<StatementPart> ReadPartsAsync(PipeReader input, CancellationToken cancellationToken = default);
}
