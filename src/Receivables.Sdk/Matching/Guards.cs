using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Matching;

/// <summary>What must hold before an answer is posted unseen, whatever its probability.</summary>
internal static class Guards
{
    /// <summary>How much likelier than the runner-up an automatic answer must be.</summary>
    private const int Margin = 7 * Bits.One;

    // A number that one text in a hundred thousand would name by chance.
    private const int LongNumber = 17 * Bits.One;

    // A whole amount, and half a common word of the name.
    private const int RareWithName = 11 * Bits.One;

    internal static bool IsAutomatic(BankTransaction transaction, List<Hypothesis> ranked, MatchingOptions options) => Obstacles(transaction, ranked, options) == AutomaticObstacles.None;

    /// <summary>What keeps the likeliest hypothesis from being posted unseen.</summary>
    internal static AutomaticObstacles Obstacles(BankTransaction transaction, List<Hypothesis> ranked, MatchingOptions options)
    {
        var obstacles = transaction.Status == TransactionStatus.Booked ? AutomaticObstacles.None : AutomaticObstacles.NotBooked;
        obstacles |= transaction.IsReversal || transaction.ReturnReason is not null ? AutomaticObstacles.Reversal : 0;
        if (ranked.Count == 0)
        {
            return obstacles | AutomaticObstacles.NoCandidate;
        }

        var top = ranked[0];
        obstacles |= top.IsHeld ? AutomaticObstacles.Held : 0;
        obstacles |= Calibration.Confidence(top) >= 1m - options.AutomaticErrorTarget ? 0 : AutomaticObstacles.BelowTarget;
        obstacles |= ranked.Count == 1 || top.Score - ranked[1].Score >= Margin ? 0 : AutomaticObstacles.TooClose;
        return obstacles | (IsProven(top) ? 0 : AutomaticObstacles.NotProven);
    }

    // Never on the amount alone; never on a number of fewer than five digits without party and amount; never on the party alone;
    // never on several documents that nothing names, but from the customer's own account or by a sum that is rarer than a whole amount.
    private static bool IsProven(Hypothesis h) => h.Outcome switch
    {
        MatchOutcome.OnAccount or MatchOutcome.None or MatchOutcome.Payout => false,
        MatchOutcome.DoublePayment => h.Fit == AmountFit.Exact && (h.IsRepeat || (h.Named >= HitStrength.Strong ? IsPayerPlausible(h) : IsPayerSure(h) && !h.HasNumberError)),
        // A number that nothing explains may be another matter's, which only has a whole amount in common.
        MatchOutcome.Clearing => (h.IsWholeDay && (!h.HasUnread || IsRare(h))) || (h.Clears.Count == 1 && (h.Named >= HitStrength.Strong || h.IsPartySure)),
        MatchOutcome.Fee when h.Fit != AmountFit.Exact => false,
        _ => h.Named switch
        {
            HitStrength.Exact or HitStrength.Strong => h.Fit == AmountFit.Exact ? IsPayerPlausible(h) : IsPayerSure(h) && h.Fit >= AmountFit.Loose,
            HitStrength.Weak when h.Fit != AmountFit.Exact => h.Fit == AmountFit.Loose && IsNamedByEnd(h) && IsPayerSure(h),
            HitStrength.Weak when IsNamedAndRare(h) => true,
            _ => h.Fit == AmountFit.Exact && h.IsPartySure && !h.IsAccountOther && !h.IsPayerDoubted && (h.Named is not null || ((h.Parts.Count == 1 || h.IsOwnAccount || IsRare(h)) && !IsLikeAnyPayers(h))),
        },
    };

    // With number and amount in agreement the payer may be a third party, where neither is likely by chance.
    private static bool IsPayerPlausible(Hypothesis h) =>
        h.IsPartySure || !h.IsPartyOther || (!h.IsAccountOther && IsNamedInFullAndRare(h));

    /// <summary>Named by a long number, and the amount is rarer than a whole one, or it and what the payer's name shares with the customer's are together: a stranger who names a document by chance hardly has its amount, too.</summary>
    internal static bool IsNamedInFullAndRare(Hypothesis h) => h.NumberWeight >= LongNumber && (IsRare(h) || h.AmountWeight + h.NameWeight >= RareWithName);

    // Van Dijk is not Dijkstra, nor Lindberg the firm of that name: by an amount that many documents have nothing tells them apart.
    private static bool IsLikeAnyPayers(Hypothesis h) => !h.IsOwnAccount && !h.IsNameWhole && h.IsAmountShared;

    /// <summary>Whether the amount is rarer than a whole one.</summary>
    internal static bool IsRare(Hypothesis h) => h.AmountWeight > 10 * Bits.One;

    /// <summary>Named by five digits or more of a number, or by all of them but for an error, by a payer of whom nothing is known, and the amount is hardly any other document's.</summary>
    internal static bool IsNamedAndRare(Hypothesis h) =>
        h.Named == HitStrength.Weak && h.Fit == AmountFit.Exact && !h.HasShortNumber && !h.IsPartyOther && h.AmountWeight >= 10 * Bits.One;

    // By the end of the number as it stands, of five digits or more.
    internal static bool IsNamedByEnd(Hypothesis h) => h.Named == HitStrength.Weak && !h.HasNumberError && !h.HasShortNumber && h.IsPartySure && !h.IsPayerDoubted;

    // Several numbers of one customer say who pays, too.
    internal static bool IsPayerSure(Hypothesis h) => !h.IsAccountOther && ((h.IsPartySure && !h.IsPayerDoubted) || (h.NamedInFull >= 2 && !h.IsPartyOther));
}
