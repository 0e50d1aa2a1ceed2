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

    /// <summary>Named in full, less credit notes that make the amount fit, the payer is sure.</summary>
    NamedNet,

    /// <summary>Named in full, less credit notes that the text names or that credit these very invoices, the payer is not somebody else.</summary>
    NetSure,

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

    /// <summary>Not named, the amount of several documents and rarer than a whole one, the payer is sure by name.</summary>
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

    /// <summary>A second payment of a document named by a short number or the end of one, by a payer who is sure.</summary>
    SecondEnd,

    /// <summary>A second payment, less sure.</summary>
    SecondLoose,

    /// <summary>The money of one recorded payment, whose payer is sure; no number speaks of a second payment of its document.</summary>
    ClearingSure,

    /// <summary>The money of one recorded payment, whose document the text names: or that document is paid again.</summary>
    ClearingNamed,

    /// <summary>The money of all payments recorded on one day in one way.</summary>
    ClearingDay,

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

    // Right answers in ten thousand, by class and bin, over some 700,000 answers to generated payments of the three mixes with fitting seeds and
    // parameters, made by "--matching-quality fit 900" of the benchmarks: the greatest, over all bins at or below, of the least share of all runs from
    // there to a bin at or above, r of n counting as (r + 1/2) of (n + 1); the empty bins at the start have half the odds of the one above for each
    // step down. Nothing is set by hand; nothing is certain.
    private static ReadOnlySpan<ushort> Table =>
    [
        /* NamedSure      */ 1219, 2173, 3571, 3571, 7500, 8333, 8333, 9000, 9166, 9375, 9545, 9814, 9893, 9915, 9931, 9944, 9970, 9982, 9997, 9999,
        /* NamedPlain     */ 48, 96, 191, 375, 724, 1351, 2380, 3846, 5555, 7142, 8333, 8750, 9583, 9864, 9923, 9962, 9994, 9997, 9998, 9998,
        /* NamedOther     */ 400, 769, 1428, 2500, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 7500, 7500, 8750, 8750, 9166, 9910, 9972, 9995, 9998,
        /* NamedLoose     */ 1578, 2727, 4285, 6000, 7500, 7500, 8636, 8636, 9658, 9658, 9658, 9658, 9826, 9826, 9909, 9909, 9909, 9978, 9993, 9998,
        /* NamedNet       */ 2380, 3846, 5555, 7142, 8333, 9444, 9705, 9857, 9932, 9936, 9958, 9970, 9979, 9990, 9990, 9990, 9991, 9991, 9991, 9991,
        /* NetSure        */ 24, 48, 96, 191, 375, 724, 1351, 2380, 3846, 5555, 7142, 8333, 8333, 9444, 9900, 9900, 9969, 9993, 9999, 9999,
        /* EndSure        */ 3684, 5384, 7000, 7000, 7000, 8750, 9375, 9615, 9722, 9782, 9864, 9953, 9970, 9986, 9993, 9994, 9995, 9997, 9999, 9999,
        /* ErrorSure      */ 1428, 2500, 3571, 9000, 9285, 9772, 9861, 9918, 9952, 9962, 9970, 9979, 9983, 9989, 9994, 9994, 9997, 9998, 9999, 9999,
        /* WeakPlain      */ 2380, 3846, 5555, 7142, 8333, 9500, 9615, 9666, 9666, 9772, 9800, 9800, 9827, 9901, 9932, 9945, 9970, 9977, 9986, 9990,
        /* WeakLoose      */ 4166, 8437, 8700, 8700, 8942, 8942, 9450, 9450, 9450, 9450, 9536, 9556, 9884, 9885, 9885, 9885, 9885, 9885, 9885, 9885,
        /* UnnamedAccount */ 2022, 3364, 3836, 9865, 9865, 9865, 9865, 9965, 9966, 9985, 9997, 9998, 9999, 9999, 9999, 9999, 9999, 9999, 9999, 9999,
        /* UnnamedName    */ 2171, 3567, 5000, 9817, 9817, 9918, 9926, 9947, 9957, 9990, 9994, 9994, 9996, 9997, 9999, 9999, 9999, 9999, 9999, 9999,
        /* UnnamedUnread  */ 909, 1666, 7500, 9000, 9000, 9444, 9444, 9500, 9545, 9583, 9583, 9583, 9765, 9765, 9954, 9954, 9954, 9954, 9954, 9954,
        /* SumAccount     */ 769, 1428, 2500, 5000, 5000, 5000, 5000, 7500, 9800, 9814, 9979, 9991, 9995, 9998, 9998, 9998, 9998, 9998, 9998, 9998,
        /* SumName        */ 58, 115, 229, 447, 857, 1578, 2727, 4285, 6000, 7500, 9285, 9907, 9993, 9998, 9999, 9999, 9999, 9999, 9999, 9999,
        /* UnnamedLoose   */ 704, 3011, 4980, 4980, 5036, 5036, 5036, 6300, 8796, 8796, 9643, 9742, 9812, 9957, 9957, 9957, 9957, 9957, 9957, 9957,
        /* Unnamed        */ 38, 5708, 5708, 6043, 6043, 7380, 8479, 8517, 8737, 8978, 9179, 9745, 9745, 9761, 9907, 9929, 9929, 9929, 9929, 9929,
        /* PartSure       */ 8095, 8947, 9444, 9705, 9807, 9833, 9838, 9843, 9843, 9848, 9868, 9929, 9953, 9974, 9986, 9994, 9998, 9999, 9999, 9999,
        /* PartOfSeveral  */ 38, 76, 152, 300, 584, 1103, 1103, 1103, 4473, 5000, 5000, 7500, 9994, 9994, 9994, 9994, 9994, 9994, 9994, 9997,
        /* PartEnd        */ 7834, 8785, 8785, 8785, 8785, 8785, 8785, 8785, 9583, 9878, 9924, 9955, 9975, 9981, 9987, 9993, 9996, 9997, 9998, 9998,
        /* PartLoose      */ 2161, 3381, 4378, 5740, 5740, 6315, 6315, 6315, 6315, 6315, 6315, 6315, 9085, 9085, 9469, 9693, 9887, 9968, 9968, 9968,
        /* ExcessSure     */ 5555, 7142, 8333, 9000, 9166, 9166, 9166, 9285, 9375, 9375, 9615, 9687, 9782, 9868, 9915, 9958, 9986, 9994, 9997, 9999,
        /* ExcessUnread   */ 2727, 4285, 6000, 7500, 7500, 7500, 7500, 7500, 7500, 7500, 7500, 9000, 9166, 9285, 9500, 9687, 9915, 9946, 9986, 9997,
        /* ExcessEnd      */ 6000, 7500, 9166, 9285, 9444, 9545, 9642, 9666, 9705, 9827, 9848, 9864, 9912, 9926, 9947, 9961, 9975, 9980, 9987, 9993,
        /* ExcessLoose    */ 420, 845, 1349, 1702, 1893, 1893, 2069, 2069, 2069, 2069, 2069, 2069, 5327, 6123, 7572, 7991, 9110, 9110, 9110, 9110,
        /* SecondSure     */ 2380, 3846, 5555, 7142, 8333, 9000, 9444, 9500, 9687, 9782, 9880, 9928, 9957, 9966, 9974, 9979, 9988, 9994, 9997, 9999,
        /* SecondPlain    */ 67, 134, 266, 518, 985, 1794, 3043, 4666, 6363, 7777, 8750, 8750, 9166, 9545, 9736, 9814, 9880, 9913, 9957, 9971,
        /* SecondEnd      */ 447, 857, 1578, 2727, 4285, 6000, 7500, 7500, 7500, 7500, 9583, 9666, 9666, 9666, 9722, 9736, 9875, 9976, 9991, 9992,
        /* SecondLoose    */ 80, 80, 535, 892, 892, 892, 892, 892, 1146, 1352, 5000, 5000, 6578, 9493, 9493, 9493, 9705, 9760, 9760, 9816,
        /* ClearingSure   */ 24, 48, 96, 191, 375, 724, 1351, 2380, 3846, 5555, 7142, 8333, 9375, 9782, 9880, 9954, 9994, 9997, 9998, 9998,
        /* ClearingNamed  */ 6, 13, 25, 51, 103, 204, 400, 769, 1428, 2500, 5000, 5000, 5000, 5000, 5000, 5000, 9997, 9998, 9998, 9998,
        /* ClearingDay    */ 2727, 4285, 6000, 7500, 9000, 9375, 9761, 9895, 9970, 9990, 9994, 9998, 9999, 9999, 9999, 9999, 9999, 9999, 9999, 9999,
        /* Clearing       */ 11, 11, 12, 13, 14, 14, 16, 30, 79, 6714, 8750, 9552, 9552, 9552, 9552, 9552, 9552, 9552, 9554, 9554,
        /* Payout         */ 3056, 4682, 5000, 5000, 9866, 9931, 9946, 9985, 9989, 9990, 9990, 9990, 9990, 9990, 9990, 9990, 9990, 9990, 9990, 9990,
        /* OnAccount      */ 120, 3302, 6048, 6048, 8137, 9357, 9357, 9962, 9982, 9982, 9995, 9995, 9995, 9995, 9995, 9995, 9995, 9995, 9995, 9995,
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
        MatchOutcome.DoublePayment => h.IsRepeat && h.Fit == AmountFit.Exact && !h.IsHeld ? CalibrationClass.SecondSure
            : h.Fit != AmountFit.Exact || h.IsHeld ? CalibrationClass.SecondLoose
            : h.Named < HitStrength.Strong ? Guards.IsPayerSure(h) && !h.HasNumberError ? CalibrationClass.SecondEnd : CalibrationClass.SecondLoose
            : h.IsPartySure ? CalibrationClass.SecondSure : h.IsPartyOther ? CalibrationClass.SecondLoose : CalibrationClass.SecondPlain,
        MatchOutcome.Clearing => h.IsWholeDay && !h.IsHeld ? CalibrationClass.ClearingDay : h.Clears.Count != 1 || h.IsHeld ? CalibrationClass.Clearing : h.Named is not null ? CalibrationClass.ClearingNamed : h.IsPartySure ? CalibrationClass.ClearingSure : CalibrationClass.Clearing,
        MatchOutcome.Payout => CalibrationClass.Payout,
        _ when h.Fit == AmountFit.Exact => h.Named switch
        {
            null => OfUnnamed(h),
            HitStrength.Weak => h.IsAccountOther || h.IsPayerDoubted || h.IsHeld || !h.IsPartySure ? Guards.IsNamedAndRare(h) && !h.IsHeld ? CalibrationClass.WeakPlain : CalibrationClass.WeakLoose : h.HasNumberError ? CalibrationClass.ErrorSure : CalibrationClass.EndSure,
            _ => OfNamed(h),
        },
        _ when h.Named is null => CalibrationClass.Unnamed,
        _ => OfLoose(h),
    };

    private static CalibrationClass OfUnnamed(Hypothesis h)
    {
        if (!h.IsPartySure || h.IsAccountOther || h.IsPayerDoubted || h.IsHeld || !(h.IsOwnAccount || IsOne(h) || Guards.IsRare(h)))
        {
            return CalibrationClass.UnnamedLoose;
        }

        return IsOne(h)
            ? h.HasUnread ? CalibrationClass.UnnamedUnread : h.IsOwnAccount ? CalibrationClass.UnnamedAccount : CalibrationClass.UnnamedName
            : h.IsOwnAccount ? CalibrationClass.SumAccount : CalibrationClass.SumName;
    }

    private static bool IsOne(Hypothesis h) => h.Parts.Count == 1 || h.Outcome == MatchOutcome.Discount;

    private static CalibrationClass OfNamed(Hypothesis h) =>
        h.IsAccountOther || h.IsHeld ? CalibrationClass.NamedLoose
        : h.Credits > 0 && !h.IsPartyOther && h.CreditsNamed == h.Credits ? CalibrationClass.NetSure
        : h.Credits > 0 ? h.IsPartySure && h.NamedInFull == 1 ? CalibrationClass.NamedNet : CalibrationClass.NamedLoose
        : h.IsPartySure ? CalibrationClass.NamedSure
        : !h.IsPartyOther ? CalibrationClass.NamedPlain
        : Guards.IsNamedInFullAndRare(h) ? CalibrationClass.NamedOther : CalibrationClass.NamedLoose;

    // A part or an excess: the amount does not say that the number was read right, so the payer must.
    private static CalibrationClass OfLoose(Hypothesis h)
    {
        var isPart = h.Residual == 0;
        if (h.IsHeld || !Guards.IsPayerSure(h) || (isPart && h.IsOfFamily) || (h.Named == HitStrength.Weak && !Guards.IsNamedByEnd(h)))
        {
            return isPart ? CalibrationClass.PartLoose : CalibrationClass.ExcessLoose;
        }

        if (h.Named == HitStrength.Weak)
        {
            return isPart ? CalibrationClass.PartEnd : CalibrationClass.ExcessEnd;
        }

        return !isPart ? h.HasUnread ? CalibrationClass.ExcessUnread : CalibrationClass.ExcessSure
            : h.NamedInFull > 1 ? CalibrationClass.PartOfSeveral : CalibrationClass.PartSure;
    }
}
