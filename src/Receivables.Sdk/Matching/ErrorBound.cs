namespace Receivables.Sdk.Matching;

/// <summary>What people's confirmations prove of the true error rate of one kind of answer.</summary>
/// <param name="Decision">Automatic or suggested answers.</param>
/// <param name="Judged">How many of them a person judged.</param>
/// <param name="Wrong">How many of these were turned down or confirmed otherwise.</param>
/// <param name="Upper">The true rate of wrong answers is no higher than this, at <paramref name="Confidence"/>; 1 where none was judged. To six decimals, rounded up.</param>
/// <param name="Confidence">How sure that is.</param>
/// <remarks>It holds for answers like those judged: where people look only at the doubtful ones, it tells nothing of the others. Judge a random sample of the automatic answers.</remarks>
public sealed record ErrorBound(MatchDecision Decision, int Judged, int Wrong, decimal Upper, decimal Confidence)
{
    /// <summary>The share of wrong answers among those judged; null where none was.</summary>
    public decimal? Rate => Judged == 0 ? null : decimal.Round((decimal)Wrong / Judged, 6);
}
