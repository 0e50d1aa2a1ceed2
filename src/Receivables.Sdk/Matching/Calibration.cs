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
        /* NamedSure      */ 1515, 2631, 4166, 4166, 7500, 8333, 8333, 8750, 9000, 9000, 9375, 9705, 9852, 9886, 9909, 9929, 9963, 9979, 9997, 9999,
        /* NamedPlain     */ 400, 769, 1428, 2500, 5000, 5000, 5000, 5000, 5000, 5000, 8750, 9444, 9821, 9923, 9958, 9980, 9995, 9997, 9998, 9998,
        /* NamedOther     */ 400, 769, 1428, 2500, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 7500, 7500, 8333, 8333, 9000, 9907, 9974, 9995, 9998,
        /* NamedLoose     */ 943, 1724, 2941, 4545, 6250, 6250, 8636, 8636, 9423, 9668, 9668, 9668, 9851, 9851, 9913, 9913, 9913, 9981, 9994, 9999,
        /* NamedNet       */ 1578, 2727, 4285, 6000, 7500, 9375, 9687, 9848, 9928, 9933, 9957, 9970, 9979, 9993, 9993, 9993, 9993, 9993, 9993, 9993,
        /* NetSure        */ 24, 48, 96, 191, 375, 724, 1351, 2380, 3846, 5555, 7142, 8333, 8333, 9444, 9900, 9900, 9969, 9993, 9999, 9999,
        /* EndSure        */ 3684, 5384, 7000, 7000, 7000, 8750, 9444, 9615, 9722, 9807, 9880, 9955, 9971, 9986, 9993, 9994, 9995, 9997, 9998, 9999,
        /* ErrorSure      */ 1200, 2142, 2500, 5000, 5000, 7500, 9285, 9687, 9871, 9901, 9942, 9970, 9976, 9986, 9992, 9993, 9995, 9997, 9998, 9998,
        /* WeakPlain      */ 172, 339, 656, 1232, 2195, 3600, 5294, 6923, 8181, 9000, 9000, 9444, 9791, 9919, 9955, 9963, 9984, 9988, 9991, 9993,
        /* WeakLoose      */ 1428, 2500, 5000, 8055, 8055, 8055, 8142, 9267, 9267, 9267, 9644, 9644, 9787, 9874, 9874, 9874, 9874, 9874, 9874, 9874,
        /* UnnamedAccount */ 1869, 3149, 4083, 9874, 9874, 9874, 9874, 9923, 9927, 9975, 9990, 9996, 9998, 9999, 9999, 9999, 9999, 9999, 9999, 9999,
        /* UnnamedName    */ 2157, 3548, 4602, 9863, 9863, 9863, 9872, 9961, 9970, 9990, 9994, 9994, 9996, 9997, 9999, 9999, 9999, 9999, 9999, 9999,
        /* UnnamedUnread  */ 1764, 3000, 7500, 9000, 9000, 9285, 9285, 9375, 9375, 9583, 9687, 9687, 9695, 9695, 9935, 9935, 9935, 9935, 9935, 9935,
        /* SumAccount     */ 769, 1428, 2500, 5000, 5000, 5000, 5000, 7500, 9750, 9772, 9972, 9988, 9992, 9998, 9998, 9998, 9998, 9998, 9998, 9998,
        /* SumName        */ 115, 229, 447, 857, 1578, 2727, 4285, 6000, 7500, 8333, 9444, 9949, 9993, 9998, 9999, 9999, 9999, 9999, 9999, 9999,
        /* UnnamedLoose   */ 1572, 3911, 6258, 6258, 6928, 6928, 6928, 7670, 9233, 9233, 9688, 9744, 9897, 9978, 9979, 9979, 9979, 9979, 9979, 9979,
        /* Unnamed        */ 189, 5886, 5886, 6083, 6083, 7676, 8137, 8137, 8534, 8808, 9149, 9762, 9763, 9763, 9877, 9877, 9916, 9916, 9916, 9916,
        /* PartSure       */ 6363, 7777, 8750, 9375, 9583, 9705, 9722, 9722, 9722, 9736, 9782, 9878, 9933, 9967, 9985, 9991, 9993, 9994, 9994, 9997,
        /* PartOfSeveral  */ 138, 273, 532, 1011, 1011, 1011, 1011, 1011, 6111, 7500, 8333, 9800, 9996, 9996, 9996, 9996, 9996, 9996, 9996, 9997,
        /* PartEnd        */ 3267, 4925, 6600, 6600, 6600, 6600, 6600, 6600, 9500, 9800, 9868, 9938, 9971, 9978, 9986, 9991, 9994, 9996, 9996, 9997,
        /* PartLoose      */ 2038, 3709, 4764, 6021, 6200, 6626, 6626, 6626, 6626, 6626, 6759, 6759, 9302, 9302, 9659, 9842, 9935, 9987, 9987, 9987,
        /* ExcessSure     */ 5555, 7142, 8333, 8750, 9000, 9000, 9000, 9000, 9000, 9000, 9500, 9615, 9814, 9878, 9903, 9903, 9987, 9994, 9997, 9999,
        /* ExcessUnread   */ 2727, 4285, 6000, 7500, 7500, 7500, 7500, 7500, 7500, 7500, 7500, 8750, 9166, 9375, 9722, 9814, 9965, 9982, 9991, 9998,
        /* ExcessEnd      */ 2727, 4285, 6000, 7500, 7500, 7500, 8333, 8333, 9166, 9705, 9736, 9821, 9918, 9933, 9959, 9974, 9984, 9988, 9990, 9993,
        /* ExcessLoose    */ 392, 995, 1501, 1824, 2129, 2285, 2285, 2285, 2285, 2285, 2453, 2453, 5944, 6370, 8269, 8566, 8844, 8844, 8844, 8844,
        /* SecondSure     */ 2727, 4285, 6000, 7500, 9000, 9285, 9615, 9642, 9761, 9833, 9895, 9934, 9956, 9964, 9971, 9977, 9987, 9994, 9997, 9999,
        /* SecondPlain    */ 67, 134, 266, 518, 985, 1794, 3043, 4666, 6363, 7777, 8750, 8750, 9444, 9705, 9833, 9875, 9920, 9947, 9974, 9982,
        /* SecondEnd      */ 447, 857, 1578, 2727, 4285, 6000, 7500, 7500, 7500, 7500, 9285, 9500, 9500, 9500, 9583, 9583, 9864, 9976, 9991, 9992,
        /* SecondLoose    */ 27, 81, 81, 406, 510, 543, 543, 868, 1000, 1216, 4094, 4094, 5865, 9324, 9324, 9324, 9670, 9809, 9809, 9884,
        /* ClearingSure   */ 24, 48, 96, 191, 375, 724, 1351, 2380, 3846, 5555, 7142, 8333, 9375, 9782, 9891, 9954, 9994, 9997, 9998, 9998,
        /* ClearingNamed  */ 1, 1, 3, 7, 14, 29, 58, 115, 229, 447, 857, 1578, 2727, 4285, 6000, 7500, 9997, 9998, 9998, 9998,
        /* ClearingDay    */ 2727, 4285, 6000, 7500, 9000, 9375, 9750, 9895, 9970, 9990, 9994, 9998, 9999, 9999, 9999, 9999, 9999, 9999, 9999, 9999,
        /* Clearing       */ 10, 10, 10, 11, 12, 12, 14, 25, 60, 6707, 9035, 9603, 9603, 9603, 9603, 9603, 9603, 9603, 9606, 9606,
        /* Payout         */ 2994, 4609, 5000, 5000, 9864, 9931, 9946, 9985, 9989, 9990, 9990, 9990, 9990, 9990, 9990, 9990, 9990, 9990, 9990, 9990,
        /* OnAccount      */ 164, 4177, 5843, 6356, 8211, 9483, 9483, 9969, 9986, 9986, 9994, 9994, 9994, 9994, 9994, 9994, 9994, 9994, 9994, 9994,
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
