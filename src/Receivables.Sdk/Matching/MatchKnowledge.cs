namespace Receivables.Sdk.Matching;

/// <summary>What the matcher knows besides the ledger: what people taught it, and the host's own evidence.</summary>
/// <remarks>Both belong to one ledger. Immutable and safe to share between threads.</remarks>
public sealed record MatchKnowledge
{
    /// <summary>What people taught. Default nothing.</summary>
    public MatchMemory Memory { get; init; } = MatchMemory.Empty;

    /// <summary>The host's own evidence, asked in this order. Default none.</summary>
    public IReadOnlyList<IMatchSignal> Signals { get; init; } = [];
}
