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

    // Right answers in ten thousand, by class and bin, over some 646,000 answers to generated payments of the three mixes with fitting seeds and
    // parameters, made by "--matching-quality fit 600" of the benchmarks: neighbours that do not rise are pooled, r of n then counts as (r + 1/2) of
    // (n + 1) and as no less than the pool below, an empty bin takes the value of the one below, and the empty ones at the start half of the one
    // above. Nothing is set by hand; nothing is certain.
    private static ReadOnlySpan<ushort> Table =>
    [
        /* NamedExact    */ 2352, 4704, 9408, 9408, 9408, 9408, 9408, 9408, 9916, 9916, 9916, 9971, 9971, 9971, 9992, 9992, 9992, 9992, 9998, 9999,
        /* WeakExact     */ 1562, 3125, 7857, 8636, 9044, 9044, 9044, 9044, 9285, 9341, 9722, 9938, 9946, 9981, 9981, 9981, 9981, 9999, 9999, 9999,
        /* UnnamedExact  */ 1665, 3331, 6789, 9931, 9931, 9931, 9931, 9931, 9931, 9933, 9980, 9990, 9990, 9993, 9995, 9995, 9995, 9995, 9995, 9995,
        /* NamedPart     */ 2414, 4829, 9659, 9659, 9659, 9659, 9659, 9659, 9659, 9659, 9659, 9991, 9991, 9991, 9991, 9991, 9991, 9991, 9994, 9994,
        /* LoosePart     */ 1577, 3154, 3773, 4501, 4549, 5629, 5629, 5629, 5629, 5629, 5629, 5629, 9652, 9652, 9652, 9933, 9933, 9987, 9987, 9987,
        /* NamedExcess   */ 4, 9, 19, 39, 78, 156, 312, 625, 1250, 2500, 9992, 9992, 9992, 9992, 9992, 9992, 9992, 9992, 9992, 9996,
        /* LooseExcess   */ 1, 1, 3, 6, 13, 26, 52, 104, 209, 418, 837, 1675, 6651, 6651, 7652, 9217, 9217, 9217, 9217, 9217,
        /* Unnamed       */ 2984, 5968, 6045, 6346, 6346, 8368, 8471, 9061, 9061, 9492, 9492, 9733, 9733, 9903, 9903, 9903, 9903, 9903, 9903, 9903,
        /* OnAccount     */ 597, 4071, 4854, 4854, 5706, 8940, 8940, 9955, 9966, 9966, 9966, 9966, 9966, 9966, 9966, 9966, 9966, 9966, 9966, 9966,
        /* Second        */ 1, 1, 1, 1, 2, 4, 9, 19, 39, 78, 156, 312, 624, 1249, 2499, 4999, 9999, 9999, 9999, 9999,
        /* Clearing      */ 86, 172, 345, 690, 1381, 2763, 3765, 3789, 6785, 9352, 9352, 9865, 9971, 9971, 9971, 9971, 9971, 9971, 9971, 9971,
        /* UnnamedUnsure */ 2209, 4419, 6689, 6689, 7281, 7281, 7281, 8863, 9322, 9485, 9599, 9860, 9892, 9957, 9957, 9957, 9957, 9957, 9957, 9957,
        /* LooseSecond   */ 6, 12, 25, 50, 100, 201, 402, 804, 1609, 3219, 6438, 6438, 6438, 9368, 9368, 9500, 9770, 9770, 9770, 9770,
        /* Payout        */ 1200, 2400, 4801, 9603, 9603, 9808, 9840, 9840, 9840, 9840, 9840, 9840, 9840, 9840, 9840, 9840, 9840, 9840, 9840, 9840,
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
