namespace Receivables.Sdk.Matching;

/// <summary>What one thread needs to read and explain transactions, lent from run to run: what it remembers of names stays, and nothing is made anew.</summary>
internal sealed class MatchingWorkspace(LedgerIndex index)
{
    internal EvidenceReader Reader { get; } = new(index);

    internal ClaimLists Claims { get; } = new();

    internal HypothesisPool Hypotheses { get; } = new();
}
