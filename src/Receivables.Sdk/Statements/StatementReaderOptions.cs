namespace Receivables.Sdk.Statements;

/// <summary>Whether a reader keeps the source text of each transaction.</summary>
public enum RawText
{
    /// <summary>Offset and length only.</summary>
    None,

    /// <summary>The slice of each entry as text, in <see cref="BankTransaction.RawText"/>.</summary>
    Entry,
}

/// <summary>What all statement readers have in common: mode and limits.</summary>
/// <remarks>
/// Limits end a read in both modes, with a <see cref="StatementFormatException"/>: they stand between a hostile file and the host's memory.
/// Checked by the reader that consumes them. Immutable and safe to share between threads.
/// </remarks>
public record StatementReaderOptions
{
    /// <summary>Tolerant, without raw text, with the default limits.</summary>
    public static StatementReaderOptions Default => new();

    /// <summary>Whether the first error throws instead of being recorded. Default false.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Whether the source text of each transaction is kept. Default <see cref="RawText.None"/>.</summary>
    public RawText RawText { get; init; }

    /// <summary>The longest record in bytes (an MT field, an XML token, a CSV row), 1 KiB to 64 MiB; guards against a line without end. Default 1 MiB.</summary>
    public int MaxRecordBytes { get; init; } = 1 << 20;

    /// <summary>The deepest nesting, 8 to 1,024; guards against XML that nests without end. Default 64 (the deepest bank file seen has 13).</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>The most transactions in one file, at least 1; guards against a file that expands without end. Default 50,000,000.</summary>
    public long MaxTransactions { get; init; } = 50_000_000;

    /// <summary>The most diagnostics in one file, at least 1; guards against a file in which everything is wrong. Default 10,000.</summary>
    public int MaxDiagnostics { get; init; } = 10_000;

    /// <summary>Throws when a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRecordBytes, 1 << 10, nameof(MaxRecordBytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxRecordBytes, 1 << 26, nameof(MaxRecordBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDepth, 8, nameof(MaxDepth));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxDepth, 1024, nameof(MaxDepth));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTransactions, 1, nameof(MaxTransactions));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDiagnostics, 1, nameof(MaxDiagnostics));
    }
}
