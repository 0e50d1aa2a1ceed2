namespace Receivables.Sdk.Statements.Csv;

/// <summary>Options of <see cref="CsvStatementReader"/>.</summary>
/// <remarks>Checked by the reader that consumes them. Immutable and safe to share between threads.</remarks>
public sealed record CsvReaderOptions : StatementReaderOptions
{
    /// <summary>The defaults.</summary>
    public CsvReaderOptions()
    {
    }

    /// <summary>Mode and limits of options that all readers share.</summary>
    /// <param name="common">The shared options.</param>
    public CsvReaderOptions(StatementReaderOptions common)
        : base(common)
    {
    }

    /// <summary>Tolerant, any built-in profile, with the default limits.</summary>
    public static new CsvReaderOptions Default { get; } = new();

    /// <summary>The one profile to read by; null recognises it among <see cref="Profiles"/> and the built-in ones.</summary>
    public CsvProfile? Profile { get; init; }

    /// <summary>Profiles of the host, tried before the built-in ones.</summary>
    public IReadOnlyList<CsvProfile> Profiles { get; init; } = [];
}
