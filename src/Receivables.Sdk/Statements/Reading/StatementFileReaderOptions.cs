using Receivables.Sdk.Statements.Csv;

namespace Receivables.Sdk.Statements.Reading;

/// <summary>How <see cref="StatementFileReader"/> reads.</summary>
/// <remarks>Limits on archives stand between a hostile file and the host's memory. Checked by the reader's constructor. Immutable and safe to share between threads.</remarks>
public sealed record StatementFileReaderOptions
{
    /// <summary>Every format, tolerant, with the default limits.</summary>
    public static StatementFileReaderOptions Default => new();

    /// <summary>The only format that is accepted; null (the default) recognises each file by its content.</summary>
    public StatementFormat? Format { get; init; }

    /// <summary>Mode and limits of the readers. Default <see cref="StatementReaderOptions.Default"/>.</summary>
    public StatementReaderOptions Reading { get; init; } = StatementReaderOptions.Default;

    /// <summary>The one CSV profile to read by; null (the default) recognises the layout.</summary>
    public CsvProfile? CsvProfile { get; init; }

    /// <summary>CSV profiles of the host's own, tried before the built-in ones. Default none.</summary>
    public IReadOnlyList<CsvProfile> CsvProfiles { get; init; } = [];

    /// <summary>Readers of the host's own, asked before the built-in ones. Default none.</summary>
    public IReadOnlyList<IStatementReader> HostReaders { get; init; } = [];

    /// <summary>The most entries in an archive, at least 1. Default 10,000.</summary>
    public int MaxArchiveEntries { get; init; } = 10_000;

    /// <summary>The largest entry of an archive when expanded, in bytes, at least 1. Default 4 GiB.</summary>
    public long MaxEntryBytes { get; init; } = 4L << 30;

    /// <summary>How many times its packed size an entry may expand to, at least 2; guards against archive bombs. Default 200.</summary>
    public int MaxExpansion { get; init; } = 200;
}
