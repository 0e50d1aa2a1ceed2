namespace Receivables.Sdk.Serialization;

/// <summary>Limits of reading a ledger file.</summary>
/// <remarks>Checked by the reader that consumes them. Immutable and safe to share between threads.</remarks>
public sealed record LedgerFileOptions
{
    /// <summary>The default limits.</summary>
    public static LedgerFileOptions Default => new();

    /// <summary>The longest line in bytes, without its end, 1 KiB to 1 MiB; a longer one is left out and never held. Default 1 MiB.</summary>
    public int MaxLineBytes { get; init; } = 1 << 20;

    /// <summary>The most faults of lines before the file is refused, at least 1; guards against a file in which everything is wrong. Default 100,000.</summary>
    public int MaxFaults { get; init; } = 100_000;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLineBytes, 1 << 10, nameof(MaxLineBytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxLineBytes, 1 << 20, nameof(MaxLineBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFaults, 1, nameof(MaxFaults));
    }
}
