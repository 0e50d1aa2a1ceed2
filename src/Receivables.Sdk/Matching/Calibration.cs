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
    // parameters, made by "--matching-quality fit 60" of the benchmarks: r of n counts as (r + 1/2) of (n + 1), neighbours that fall are pooled, an
    // empty bin takes the value of the one below, and the empty ones at the start half of the one above. Nothing is set by hand; nothing is certain.
    private static ReadOnlySpan<ushort> Table =>
    [
        /* NamedExact    */ 1041, 2083, 4166, 8333, 8333, 8888, 8888, 8888, 9000, 9565, 9565, 9954, 9954, 9954, 9954, 9954, 9954, 9954, 9996, 9999,
        /* WeakExact     */ 1458, 2916, 5833, 5833, 5833, 5833, 5833, 7500, 8235, 8235, 9545, 9878, 9878, 9878, 9878, 9878, 9935, 9953, 9986, 9997,
        /* UnnamedExact  */ 1747, 3494, 5952, 9714, 9714, 9714, 9714, 9714, 9714, 9714, 9968, 9980, 9980, 9980, 9997, 9997, 9997, 9997, 9997, 9997,
        /* NamedPart     */ 1875, 3750, 7500, 7500, 7500, 7500, 7500, 8125, 8125, 8125, 8125, 8333, 9923, 9923, 9923, 9923, 9923, 9975, 9989, 9994,
        /* LoosePart     */ 1613, 3227, 3986, 3986, 3986, 5346, 5346, 5346, 5346, 5346, 5346, 5607, 9698, 9698, 9698, 9935, 9935, 9982, 9982, 9982,
        /* NamedExcess   */ 2, 4, 8, 16, 32, 65, 130, 260, 520, 1041, 2083, 4166, 8333, 8333, 9000, 9285, 9864, 9884, 9884, 9992,
        /* LooseExcess   */ 1, 1, 3, 7, 14, 29, 58, 116, 232, 464, 928, 1961, 6590, 6590, 8189, 9006, 9006, 9006, 9006, 9006,
        /* Unnamed       */ 3296, 6593, 6593, 6593, 6593, 8333, 8846, 9038, 9317, 9317, 9317, 9317, 9642, 9642, 9642, 9642, 9642, 9642, 9642, 9642,
        /* OnAccount     */ 197, 4088, 4704, 4704, 5667, 8928, 8928, 9912, 9912, 9912, 9912, 9912, 9912, 9912, 9912, 9912, 9912, 9912, 9912, 9912,
        /* Second        */ 1, 1, 1, 1, 1, 3, 7, 14, 29, 58, 117, 234, 468, 937, 1875, 3750, 7500, 8750, 9772, 9995,
        /* Clearing      */ 312, 625, 1250, 1250, 1250, 1666, 5294, 5294, 6333, 9455, 9455, 9892, 9892, 9892, 9892, 9892, 9911, 9911, 9911, 9911,
        /* UnnamedUnsure */ 2003, 4006, 7000, 7419, 7419, 7419, 7419, 8750, 9276, 9276, 9276, 9923, 9923, 9923, 9923, 9923, 9923, 9923, 9923, 9923,
        /* LooseSecond   */ 6, 12, 24, 48, 96, 193, 387, 775, 1550, 3100, 6200, 6200, 6200, 8888, 8888, 9000, 9562, 9562, 9562, 9562,
        /* Payout        */ 566, 1132, 2265, 4531, 9062, 9710, 9710, 9710, 9710, 9710, 9710, 9710, 9710, 9710, 9710, 9710, 9710, 9710, 9710, 9710,
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
