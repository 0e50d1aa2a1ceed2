namespace Receivables.Sdk.Matching;

/// <summary>From the probability among the hypotheses that were thought of to the share of such answers that proved right.</summary>
internal static class Calibration
{
    private const decimal Most = 0.9999m;

    internal static decimal Confidence(Hypothesis h) => Math.Min(Most, decimal.Round((decimal)h.Probability, 4, MidpointRounding.ToZero));
}
