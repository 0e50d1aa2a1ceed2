using System.Collections.Frozen;

namespace Receivables.Sdk.Matching;

/// <summary>How cautious and how tolerant matching is.</summary>
/// <remarks>Checked by the constructor of <see cref="PaymentMatcher"/>. Immutable and safe to share between threads.</remarks>
public sealed record MatchingOptions
{
    /// <summary>The defaults.</summary>
    public static MatchingOptions Default => new();

    /// <summary>The expected share of wrong answers among the automatic ones, above 0 and below 1. Default 0.001: right at least 999 times in 1,000.</summary>
    public decimal AutomaticErrorTarget { get; init; } = 0.001m;

    /// <summary>For how many days after its last day a cash discount still counts as taken in time, 0 to 366. Default 3: transfers take time.</summary>
    public int DiscountGraceDays { get; init; } = 3;

    /// <summary>Up to which shortfall a difference may be a bank's charge, by currency; a currency that is missing allows none. Default 15.00 in EUR, USD, GBP and CHF.</summary>
    public IReadOnlyDictionary<Currency, decimal> FeeTolerance { get; init; } = Tolerances(15.00m);

    /// <summary>Up to which difference an amount counts as rounded, by currency; a currency that is missing allows none. Default 0.05 in EUR, USD, GBP and CHF.</summary>
    public IReadOnlyDictionary<Currency, decimal> AmountTolerance { get; init; } = Tolerances(0.05m);

    /// <summary>Up to which share of what is open, in percent from 0 to 100, a shortfall that no word explains is held for a person. Default 0: the payment settles what it pays, and the rest stays open; at 10 what may be a deduction waits for somebody to accept or claim it.</summary>
    /// <remarks>Held whatever this says: a shortfall that the text gives a reason for, that keeps back a discount that has ended, or that a bank's charge may be; in a currency without a <see cref="FeeTolerance"/> one of a fiftieth or less.</remarks>
    public decimal HeldShortfallPercent { get; init; }

    /// <summary>On how many threads a batch is matched, 0 to 1,024; 0 takes one for each processor. The answers do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>How many other answers are given, 0 to 5. Default 5.</summary>
    public int MaxAlternatives { get; init; } = 5;

    /// <summary>Among how many open documents of a customer every sum is searched, 2 to 40. Default 24. The time doubles with every two more. Among more, sums of two to four documents are, and only shown.</summary>
    public int MaxSumDocuments { get; init; } = 24;

    /// <summary>How many documents a sum that no text names may have, 2 to 12. Default 6.</summary>
    public int MaxSumSize { get; init; } = 6;

    /// <summary>What is wrong with the options, in English, each with the option's name; empty when nothing is.</summary>
    public IEnumerable<KeyValuePair<string, string>> Check()
    {
        if (AutomaticErrorTarget is <= 0m or >= 1m)
        {
            yield return new(nameof(AutomaticErrorTarget), "The target must lie above 0 and below 1.");
        }

        if (DiscountGraceDays is < 0 or > 366)
        {
            yield return new(nameof(DiscountGraceDays), "The days of grace must be 0 to 366.");
        }

        if (FeeTolerance is null || FeeTolerance.Values.Any(v => v < 0m))
        {
            yield return new(nameof(FeeTolerance), "A tolerance must not be negative.");
        }

        if (AmountTolerance is null || AmountTolerance.Values.Any(v => v < 0m))
        {
            yield return new(nameof(AmountTolerance), "A tolerance must not be negative.");
        }

        if (HeldShortfallPercent is < 0m or > 100m)
        {
            yield return new(nameof(HeldShortfallPercent), "The share of a shortfall must be 0 to 100 percent.");
        }

        if (Threads is < 0 or > 1024)
        {
            yield return new(nameof(Threads), "The number of threads must be 0 to 1,024.");
        }

        if (MaxAlternatives is < 0 or > 5)
        {
            yield return new(nameof(MaxAlternatives), "The number of alternatives must be 0 to 5.");
        }

        if (MaxSumDocuments is < 2 or > 40)
        {
            yield return new(nameof(MaxSumDocuments), "The number of documents among which a sum is searched must be 2 to 40.");
        }

        if (MaxSumSize is < 2 or > 12)
        {
            yield return new(nameof(MaxSumSize), "The number of documents of a sum must be 2 to 12.");
        }
    }

    private static FrozenDictionary<Currency, decimal> Tolerances(decimal amount) =>
        new[] { Currency.EUR, Currency.USD, Currency.GBP, Currency.CHF }.ToFrozenDictionary(c => c, _ => amount);
}
