namespace Receivables.Sdk.Matching;

/// <summary>Kinds of hypotheses whose odds are right to different degrees: what names the documents, how the amount fits, who pays.</summary>
internal enum CalibrationClass : byte
{
    /// <summary>Named in full, the amount fits, the payer is sure.</summary>
    NamedSure,

    /// <summary>Named in full, the amount fits, nothing is known of the payer.</summary>
    NamedPlain,

    /// <summary>Named in full, the amount fits, the payer seems to be somebody else.</summary>
    NamedOther,

    /// <summary>Named in full, the amount fits, and another customer's account paid or something else speaks against it.</summary>
    NamedLoose,

    /// <summary>Named in full, less credit notes that make the amount fit, the payer is not somebody else.</summary>
    NamedNet,

    /// <summary>Named by the end of a number or a short one, the amount fits, the payer is sure.</summary>
    EndSure,

    /// <summary>Named by a number with an error, the amount fits, the payer is sure.</summary>
    ErrorSure,

    /// <summary>Named by the end of a number or one with an error, the amount fits and is rare, nothing is known of the payer.</summary>
    WeakPlain,

    /// <summary>Named weakly, the amount fits, the payer is not sure or something else speaks against it.</summary>
    WeakLoose,

    /// <summary>Not named, the amount of one document, from the customer's own account.</summary>
    UnnamedAccount,

    /// <summary>Not named, the amount of one document, the payer is sure by name.</summary>
    UnnamedName,

    /// <summary>Not named, the amount of one document, from the customer's own account, but the text has a number that names nothing.</summary>
    UnnamedUnread,

    /// <summary>Not named, the amount of several documents, from the customer's own account.</summary>
    SumAccount,

    /// <summary>Not named, the amount of several documents, the payer is sure by name.</summary>
    SumName,

    /// <summary>Not named, the amount fits, and the payer is not sure or the text names something else.</summary>
    UnnamedLoose,

    /// <summary>Not named, the amount does not fit or so do others.</summary>
    Unnamed,

    /// <summary>One document named in full, in part paid, the payer is sure.</summary>
    PartSure,

    /// <summary>Several documents named in full, the last in part paid, the payer is sure.</summary>
    PartOfSeveral,

    /// <summary>Named by the end of a number, in part paid, the payer is sure.</summary>
    PartEnd,

    /// <summary>In part paid, and the payer is not sure, the number has an error, or something else speaks against it.</summary>
    PartLoose,

    /// <summary>Named in full, paid with more, the payer is sure.</summary>
    ExcessSure,

    /// <summary>Named in full, paid with more, the payer is sure, but the text has a number that names nothing.</summary>
    ExcessUnread,

    /// <summary>Named by the end of a number, paid with more, the payer is sure.</summary>
    ExcessEnd,

    /// <summary>Paid with more, and the payer is not sure, the number has an error, or something else speaks against it.</summary>
    ExcessLoose,

    /// <summary>A second payment of a document named in full, by a payer who is sure.</summary>
    SecondSure,

    /// <summary>A second payment of a document named in full, by a payer of whom nothing is known.</summary>
    SecondPlain,

    /// <summary>A second payment, less sure.</summary>
    SecondLoose,

    /// <summary>The money of one recorded payment, whose payer is sure; no number speaks of a second payment of its document.</summary>
    ClearingSure,

    /// <summary>The money of one recorded payment, whose document the text names: or that document is paid again.</summary>
    ClearingNamed,

    /// <summary>The money of recorded payments, less sure.</summary>
    Clearing,

    /// <summary>A provider's payout, explained by recorded payments and its fees.</summary>
    Payout,

    /// <summary>On account.</summary>
    OnAccount,
}

/// <summary>From the odds among the hypotheses that were thought of to the share of such answers that proved right.</summary>
internal static class Calibration
{
    internal const int Bins = 20;

    // The lowest odds, in bits, of each bin after the first.
    private static ReadOnlySpan<sbyte> Edges => [-2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17, 20, 24];

    // Right answers in ten thousand, by class and bin, over some 711,000 answers to generated payments of the three mixes with fitting seeds and
    // parameters, made by "--matching-quality fit 900" of the benchmarks: the greatest, over all bins at or below, of the least share of all runs from
    // there to a bin at or above, r of n counting as (r + 1/2) of (n + 1); the empty bins at the start have half the odds of the one above for each
    // step down. Nothing is set by hand; nothing is certain.
    private static ReadOnlySpan<ushort> Table =>
    [
        /* NamedSure      */ 1515, 2631, 4166, 4166, 7500, 8333, 8333, 8750, 9000, 9000, 9375, 9687, 9843, 9880, 9907, 9927, 9962, 9979, 9997, 9999,
        /* NamedPlain     */ 400, 769, 1428, 2500, 5000, 5000, 5000, 5000, 5000, 5000, 8333, 9375, 9827, 9923, 9956, 9979, 9995, 9997, 9998, 9998,
        /* NamedOther     */ 400, 769, 1428, 2500, 5000, 5000, 6250, 6250, 9444, 9687, 9687, 9898, 9898, 9898, 9973, 9973, 9973, 9980, 9995, 9998,
        /* NamedLoose     */ 191, 375, 724, 1351, 2380, 3846, 5555, 7142, 8333, 8333, 8333, 8750, 8928, 9642, 9897, 9903, 9921, 9941, 9980, 9998,
        /* NamedNet       */ 2380, 3846, 5555, 7142, 8333, 9444, 9722, 9861, 9885, 9885, 9885, 9898, 9972, 9972, 9972, 9972, 9972, 9991, 9999, 9999,
        /* EndSure        */ 2941, 4545, 6250, 6250, 6250, 8333, 9375, 9583, 9705, 9800, 9878, 9955, 9971, 9986, 9993, 9994, 9995, 9997, 9999, 9999,
        /* ErrorSure      */ 434, 833, 1000, 5000, 5000, 7500, 9375, 9705, 9829, 9829, 9829, 9939, 9962, 9982, 9988, 9988, 9988, 9988, 9998, 9998,
        /* WeakPlain      */ 172, 339, 656, 1232, 2195, 3600, 5294, 6923, 8181, 9000, 9166, 9583, 9791, 9929, 9954, 9963, 9984, 9988, 9991, 9993,
        /* WeakLoose      */ 3333, 5000, 5000, 7500, 7857, 8636, 8804, 8804, 9296, 9296, 9296, 9659, 9736, 9887, 9887, 9887, 9887, 9887, 9887, 9887,
        /* UnnamedAccount */ 1888, 3176, 3888, 9895, 9895, 9900, 9900, 9901, 9903, 9955, 9984, 9988, 9998, 9999, 9999, 9999, 9999, 9999, 9999, 9999,
        /* UnnamedName    */ 2220, 3633, 4402, 9934, 9934, 9935, 9938, 9940, 9951, 9988, 9990, 9990, 9991, 9994, 9999, 9999, 9999, 9999, 9999, 9999,
        /* UnnamedUnread  */ 1764, 3000, 7500, 8500, 8500, 8500, 8500, 8500, 8500, 8500, 9318, 9358, 9660, 9660, 9935, 9935, 9935, 9935, 9935, 9935,
        /* SumAccount     */ 769, 1428, 2500, 5000, 5000, 5000, 5000, 7500, 9750, 9772, 9972, 9988, 9992, 9998, 9998, 9998, 9998, 9998, 9998, 9998,
        /* SumName        */ 1578, 2727, 4285, 6000, 7500, 7500, 8333, 9166, 9754, 9754, 9979, 9991, 9996, 9999, 9999, 9999, 9999, 9999, 9999, 9999,
        /* UnnamedLoose   */ 895, 4113, 5918, 5918, 6759, 6759, 6759, 7657, 8818, 9172, 9354, 9632, 9828, 9964, 9968, 9968, 9968, 9968, 9968, 9968,
        /* Unnamed        */ 272, 5701, 5701, 5701, 5701, 8017, 8017, 8222, 8568, 8711, 9186, 9767, 9767, 9768, 9900, 9900, 9920, 9920, 9920, 9920,
        /* PartSure       */ 6363, 7777, 8750, 9375, 9583, 9705, 9722, 9736, 9736, 9736, 9782, 9878, 9933, 9967, 9985, 9988, 9988, 9992, 9994, 9997,
        /* PartOfSeveral  */ 138, 273, 532, 1011, 1011, 1011, 1011, 1011, 6111, 7500, 8333, 9800, 9996, 9996, 9996, 9996, 9996, 9996, 9996, 9996,
        /* PartEnd        */ 3267, 4925, 6600, 6600, 6600, 6600, 6600, 6600, 9615, 9821, 9875, 9947, 9973, 9979, 9986, 9991, 9994, 9996, 9996, 9997,
        /* PartLoose      */ 1763, 3823, 4977, 6336, 6336, 6638, 6638, 6638, 6638, 6638, 6638, 6638, 9304, 9304, 9483, 9826, 9908, 9982, 9987, 9987,
        /* ExcessSure     */ 5555, 7142, 8333, 8750, 9000, 9000, 9000, 9000, 9000, 9000, 9500, 9615, 9814, 9878, 9904, 9904, 9987, 9994, 9997, 9998,
        /* ExcessUnread   */ 993, 1807, 3061, 4687, 4687, 4687, 4687, 4687, 4687, 4687, 4687, 4687, 4687, 4687, 8750, 9500, 9960, 9981, 9991, 9998,
        /* ExcessEnd      */ 2727, 4285, 6000, 7500, 7500, 7500, 8333, 8333, 9285, 9705, 9750, 9833, 9923, 9936, 9959, 9975, 9984, 9988, 9990, 9993,
        /* ExcessLoose    */ 325, 1055, 1527, 2128, 2128, 2128, 2350, 2350, 2350, 2350, 2350, 2350, 5743, 5743, 7652, 8322, 8789, 8789, 8789, 8789,
        /* SecondSure     */ 1, 3, 7, 15, 31, 63, 125, 247, 483, 921, 1688, 2888, 4482, 6190, 7647, 8666, 9285, 9891, 9983, 9999,
        /* SecondPlain    */ 115, 229, 447, 857, 1578, 2727, 4285, 6000, 7500, 8333, 9285, 9500, 9761, 9852, 9909, 9934, 9959, 9973, 9989, 9991,
        /* SecondLoose    */ 35, 108, 111, 117, 1136, 1136, 1136, 1136, 1136, 1136, 5538, 5538, 6358, 8970, 8970, 9528, 9772, 9918, 9918, 9918,
        /* ClearingSure   */ 115, 229, 447, 857, 1578, 2727, 4285, 6000, 7500, 7500, 7500, 8333, 9375, 9800, 9900, 9958, 9994, 9994, 9994, 9994,
        /* ClearingNamed  */ 37, 75, 149, 295, 573, 1084, 1956, 3272, 4931, 6605, 7955, 8861, 9396, 9688, 9841, 9920, 9960, 9960, 9960, 9960,
        /* Clearing       */ 13, 13, 14, 15, 16, 19, 24, 2639, 6641, 9630, 9885, 9990, 9990, 9990, 9990, 9990, 9990, 9990, 9990, 9990,
        /* Payout         */ 3193, 4841, 5000, 5000, 9863, 9869, 9869, 9869, 9957, 9967, 9967, 9967, 9967, 9967, 9967, 9967, 9967, 9967, 9967, 9967,
        /* OnAccount      */ 150, 4418, 5545, 5545, 7708, 9171, 9325, 9956, 9975, 9975, 9994, 9994, 9994, 9994, 9994, 9994, 9994, 9994, 9994, 9994,
    ];

    /// <summary>The probability that the hypothesis is right, to four decimals.</summary>
    internal static decimal Confidence(Hypothesis h)
    {
        return new decimal(Table[((int)ClassOf(h) * Bins) + BinOf(h.Odds)], 0, 0, false, 4);
    }

    /// <summary>The same where it must not be posted unseen, and the class that says so.</summary>
    internal static (decimal Confidence, CalibrationClass Class) IfHeld(Hypothesis h)
    {
        var isHeld = h.IsHeld;
        h.IsHeld = true;
        var held = (Confidence(h), ClassOf(h));
        h.IsHeld = isHeld;
        return held;
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

    /// <summary>The share of a hypothesis that is not the first in what the first leaves.</summary>
    internal static decimal Share(Hypothesis h, Hypothesis first)
    {
        var rest = 1 - first.Probability;
        return rest <= 0 ? 0m : Math.Min(1m, (decimal)(h.Probability / rest));
    }

    /// <summary>The probability of a hypothesis that is not the first: its share of what the first leaves.</summary>
    internal static decimal Confidence(decimal share, decimal first) => Math.Min(first, decimal.Round((1m - first) * share, 4, MidpointRounding.ToZero));

    internal static CalibrationClass ClassOf(Hypothesis h) => h.Outcome switch
    {
        MatchOutcome.OnAccount => CalibrationClass.OnAccount,
        MatchOutcome.DoublePayment => h.Named < HitStrength.Strong || h.Fit != AmountFit.Exact || h.IsHeld ? CalibrationClass.SecondLoose
            : h.IsPartySure ? CalibrationClass.SecondSure : h.IsPartyOther ? CalibrationClass.SecondLoose : CalibrationClass.SecondPlain,
        MatchOutcome.Clearing => h.Clears.Count != 1 || h.IsHeld ? CalibrationClass.Clearing : h.Named is not null ? CalibrationClass.ClearingNamed : h.IsPartySure ? CalibrationClass.ClearingSure : CalibrationClass.Clearing,
        MatchOutcome.Payout => CalibrationClass.Payout,
        _ when h.Fit == AmountFit.Exact => h.Named switch
        {
            null => OfUnnamed(h),
            HitStrength.Weak => h.IsAccountOther || h.IsHeld || !h.IsPartySure ? Guards.IsNamedAndRare(h) && !h.IsHeld ? CalibrationClass.WeakPlain : CalibrationClass.WeakLoose : h.HasNumberError ? CalibrationClass.ErrorSure : CalibrationClass.EndSure,
            _ => OfNamed(h),
        },
        _ when h.Named is null => CalibrationClass.Unnamed,
        _ => OfLoose(h, h.Named >= HitStrength.Strong && Guards.IsPayerSure(h) && !h.IsHeld, Guards.IsNamedByEnd(h) && h.IsPartySure && !h.IsAccountOther && !h.IsHeld),
    };

    private static CalibrationClass OfUnnamed(Hypothesis h)
    {
        if (!h.IsPartySure || h.IsAccountOther || h.IsHeld)
        {
            return CalibrationClass.UnnamedLoose;
        }

        return h.Parts.Count == 1 || h.Outcome == MatchOutcome.Discount
            ? h.HasUnread ? CalibrationClass.UnnamedUnread : h.IsOwnAccount ? CalibrationClass.UnnamedAccount : CalibrationClass.UnnamedName
            : h.IsOwnAccount ? CalibrationClass.SumAccount : CalibrationClass.SumName;
    }

    private static CalibrationClass OfNamed(Hypothesis h) =>
        h.HasCredits && !h.IsPartyOther && !h.IsHeld ? CalibrationClass.NamedNet
        : h.IsAccountOther || h.IsHeld ? CalibrationClass.NamedLoose
        : h.IsPartySure ? CalibrationClass.NamedSure
        : h.IsPartyOther ? CalibrationClass.NamedOther : CalibrationClass.NamedPlain;

    private static CalibrationClass OfLoose(Hypothesis h, bool isSure, bool isByEnd) =>
        h.Residual > 0 ? isSure ? h.HasUnread ? CalibrationClass.ExcessUnread : CalibrationClass.ExcessSure : isByEnd ? CalibrationClass.ExcessEnd : CalibrationClass.ExcessLoose
        : !isSure ? isByEnd ? CalibrationClass.PartEnd : CalibrationClass.PartLoose
        : h.NamedInFull > 1 ? CalibrationClass.PartOfSeveral : CalibrationClass.PartSure;
}
