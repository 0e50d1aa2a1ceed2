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

    // Right answers in ten thousand, by class and bin: made monotone (pool adjacent violators) over 70,000 answers to generated payments of the
    // three mixes with fitting seeds and parameters. Never 10,000: nothing is certain.
    // Set by hand, not fitted: the whole row of clearings; the round figures of the lowest bins, which hold too few answers; the last four of LooseSecond.
    private static ReadOnlySpan<ushort> Table =>
    [
        /* NamedExact    */ 3000, 4000, 5000, 7000, 9630, 9787, 9852, 9852, 9932, 9979, 9979, 9991, 9991, 9991, 9991, 9991, 9991, 9991, 9999, 9999,
        /* WeakExact     */ 3000, 5000, 7557, 7557, 7557, 8014, 8014, 8014, 8877, 9498, 9498, 9954, 9954, 9954, 9991, 9991, 9997, 9997, 9997, 9997,
        /* UnnamedExact  */ 2000, 2942, 6359, 9843, 9843, 9843, 9849, 9849, 9974, 9974, 9974, 9974, 9992, 9992, 9995, 9995, 9995, 9995, 9995, 9995,
        /* NamedPart     */ 1000, 2000, 2861, 2861, 2861, 2861, 2861, 2861, 2861, 5532, 9569, 9569, 9962, 9993, 9993, 9993, 9993, 9993, 9993, 9993,
        /* LoosePart     */ 2000, 3608, 4885, 4899, 5865, 5865, 5865, 5865, 5865, 5865, 7106, 7910, 9040, 9232, 9527, 9527, 9896, 9961, 9985, 9985,
        /* NamedExcess   */ 500, 900, 1650, 1690, 1690, 1690, 1690, 1690, 1690, 1690, 2540, 7660, 7660, 9851, 9960, 9960, 9990, 9993, 9998, 9999,
        /* LooseExcess   */ 500, 899, 1652, 1689, 1689, 1689, 1689, 1689, 1689, 1689, 2542, 3788, 5903, 7292, 8335, 8401, 9138, 9138, 9138, 9138,
        /* Unnamed       */ 2000, 4749, 4749, 6344, 6344, 7160, 7939, 8586, 8586, 9601, 9601, 9601, 9601, 9601, 9630, 9787, 9787, 9787, 9787, 9787,
        /* OnAccount     */ 3961, 4802, 5514, 5514, 5514, 9357, 9805, 9901, 9943, 9943, 9943, 9943, 9943, 9943, 9947, 9947, 9947, 9992, 9992, 9992,
        /* Second        */ 100, 134, 861, 861, 861, 861, 861, 861, 1053, 1632, 4570, 4570, 6911, 9213, 9238, 9238, 9990, 9990, 9992, 9995,
        /* Clearing      */ 500, 1000, 3000, 4000, 5000, 6000, 7000, 8000, 8500, 9000, 9300, 9500, 9700, 9800, 9900, 9900, 9990, 9990, 9990, 9990,
        /* UnnamedUnsure */ 2000, 3941, 5358, 6955, 6955, 6955, 6955, 9113, 9113, 9797, 9797, 9853, 9853, 9916, 9951, 9951, 9951, 9951, 9951, 9951,
        /* LooseSecond   */ 100, 134, 861, 861, 861, 861, 861, 861, 1053, 1632, 4570, 4570, 6911, 9213, 9238, 9238, 9300, 9300, 9300, 9300,
        /* Payout        */ 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000,
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
