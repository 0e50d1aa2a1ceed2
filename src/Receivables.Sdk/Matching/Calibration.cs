namespace Receivables.Sdk.Matching;

/// <summary>Kinds of hypotheses whose odds are right to different degrees.</summary>
internal enum CalibrationClass : byte
{
    /// <summary>Named in full, the amount fits.</summary>
    NamedExact,

    /// <summary>Named weakly, the amount fits.</summary>
    WeakExact,

    /// <summary>Not named, the amount fits.</summary>
    UnnamedExact,

    /// <summary>Named in full, in part paid, the payer is sure.</summary>
    NamedPart,

    /// <summary>Named, in part paid, and the payer is not sure or the name weak.</summary>
    LoosePart,

    /// <summary>Named in full, paid with more, the payer is sure.</summary>
    NamedExcess,

    /// <summary>Paid with more, and the payer is not sure or the name weak.</summary>
    LooseExcess,

    /// <summary>Not named, the amount does not fit or so do others.</summary>
    Unnamed,

    /// <summary>On account.</summary>
    OnAccount,

    /// <summary>A second payment of a document named in full, by a payer who is sure.</summary>
    Second,

    /// <summary>Money of recorded payments.</summary>
    Clearing,

    /// <summary>Not named, the amount fits, and the payer is not sure or the text names something else.</summary>
    UnnamedUnsure,

    /// <summary>A second payment, less sure.</summary>
    LooseSecond,

    /// <summary>A provider's payout, explained by recorded payments and its fees.</summary>
    Payout,
}

/// <summary>From the odds among the hypotheses that were thought of to the share of such answers that proved right.</summary>
internal static class Calibration
{
    internal const int Bins = 20;

    // The lowest odds, in bits, of each bin after the first.
    private static ReadOnlySpan<sbyte> Edges => [-2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17, 20, 24];

    // Right answers in ten thousand, by class and bin, over some 60,000 answers to generated payments of the three mixes with fitting seeds and
    // parameters, made by "--matching-quality fit 60" of the benchmarks: neighbours that do not rise are pooled, r of n then counts as (r + 1/2) of (n + 1),
    // an empty bin takes the value of the one below, and the empty ones at the start half of the one above. Nothing is set by hand; nothing is certain.
    private static ReadOnlySpan<ushort> Table =>
    [
        /* NamedExact    */ 1248, 2496, 4992, 9984, 9984, 9984, 9984, 9984, 9984, 9984, 9984, 9984, 9984, 9984, 9984, 9984, 9984, 9984, 9999, 9999,
        /* WeakExact     */ 1562, 3125, 6250, 6250, 6250, 6250, 6250, 7500, 8437, 8437, 9998, 9998, 9998, 9998, 9998, 9998, 9998, 9998, 9998, 9998,
        /* UnnamedExact  */ 1769, 3539, 5952, 9839, 9839, 9839, 9839, 9839, 9839, 9839, 9989, 9989, 9989, 9989, 9997, 9997, 9997, 9997, 9997, 9997,
        /* NamedPart     */ 2491, 4983, 9967, 9967, 9967, 9967, 9967, 9967, 9967, 9967, 9967, 9967, 9967, 9967, 9967, 9967, 9967, 9995, 9995, 9995,
        /* LoosePart     */ 1634, 3269, 3995, 3995, 3995, 5324, 5324, 5324, 5324, 5324, 5324, 5540, 9697, 9697, 9697, 9945, 9945, 9987, 9987, 9987,
        /* NamedExcess   */ 2, 4, 9, 19, 39, 78, 156, 312, 624, 1249, 2498, 4997, 9994, 9994, 9994, 9994, 9994, 9994, 9994, 9994,
        /* LooseExcess   */ 1, 3, 6, 13, 26, 53, 106, 212, 424, 848, 1696, 3392, 6785, 6785, 8050, 9150, 9150, 9150, 9150, 9150,
        /* Unnamed       */ 1500, 6722, 6722, 6722, 6722, 9125, 9125, 9125, 9477, 9477, 9477, 9477, 9905, 9905, 9905, 9905, 9905, 9905, 9905, 9905,
        /* OnAccount     */ 961, 4088, 4704, 4704, 5659, 8938, 8938, 9924, 9937, 9937, 9937, 9937, 9937, 9937, 9937, 9937, 9937, 9937, 9937, 9937,
        /* Second        */ 1, 1, 1, 1, 2, 4, 9, 19, 39, 78, 156, 312, 624, 1249, 2498, 4997, 9995, 9995, 9995, 9995,
        /* Clearing      */ 83, 166, 332, 664, 1328, 2656, 5312, 5312, 6333, 9435, 9435, 9899, 9963, 9963, 9963, 9963, 9963, 9963, 9821, 9821,
        /* UnnamedUnsure */ 1985, 3970, 7000, 7459, 7459, 7459, 7459, 8783, 9311, 9311, 9311, 9958, 9958, 9958, 9958, 9958, 9958, 9958, 9958, 9958,
        /* LooseSecond   */ 1, 3, 6, 13, 27, 55, 110, 220, 441, 882, 6041, 6041, 6041, 9822, 9822, 9822, 9822, 9822, 9822, 9829,
        /* Payout        */ 614, 1228, 2457, 4915, 9830, 9830, 9830, 9830, 8750, 8750, 8750, 8750, 8750, 8750, 8750, 8750, 8750, 8750, 8750, 8750,
    ];

    /// <summary>The probability that the hypothesis is right, to four decimals.</summary>
    internal static decimal Confidence(Hypothesis h)
    {
        return new decimal(Table[((int)ClassOf(h) * Bins) + BinOf(h.Odds)], 0, 0, false, 4);
    }

    internal static int BinOf(int odds)
    {
        var bin = 0;
        while (bin < Edges.Length && odds >= Edges[bin] * Bits.One)
        {
            bin++;
        }

        return bin;
    }

    /// <summary>The probability of a hypothesis that is not the first: its share of what the first leaves.</summary>
    internal static decimal Confidence(Hypothesis h, Hypothesis first)
    {
        var rest = 1 - first.Probability;
        var share = rest <= 0 ? 0m : Math.Min(1m, (decimal)(h.Probability / rest));
        return Math.Min(Confidence(first), decimal.Round((1m - Confidence(first)) * share, 4, MidpointRounding.ToZero));
    }

    internal static CalibrationClass ClassOf(Hypothesis h)
    {
        switch (h.Outcome)
        {
            case MatchOutcome.OnAccount:
                return CalibrationClass.OnAccount;
            case MatchOutcome.DoublePayment:
                return h.Named >= HitStrength.Strong && h.IsPartySure && h.Fit == AmountFit.Exact && !h.IsHeld ? CalibrationClass.Second : CalibrationClass.LooseSecond;
            case MatchOutcome.Clearing:
                return CalibrationClass.Clearing;
            case MatchOutcome.Payout:
                return CalibrationClass.Payout;
        }

        if (h.Fit == AmountFit.Exact)
        {
            return h.Named switch { null => h.IsPartySure && !h.IsHeld && !h.IsAccountOther ? CalibrationClass.UnnamedExact : CalibrationClass.UnnamedUnsure, HitStrength.Weak => CalibrationClass.WeakExact, _ => CalibrationClass.NamedExact };
        }

        if (h.Named is null)
        {
            return CalibrationClass.Unnamed;
        }

        var isSure = h.Named >= HitStrength.Strong && Guards.IsPayerSure(h);
        return h.Residual > 0
            ? isSure && !h.IsHeld ? CalibrationClass.NamedExcess : CalibrationClass.LooseExcess
            : isSure && !h.IsHeld ? CalibrationClass.NamedPart : CalibrationClass.LoosePart;
    }
}
