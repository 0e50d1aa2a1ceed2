using Receivables.Sdk.Ledger;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Matching;

/// <summary>What an answer is written from.</summary>
internal enum AnswerKind : byte
{
    /// <summary>Nothing fits; the candidates are shown.</summary>
    None,

    /// <summary>The first hypothesis.</summary>
    Hypothesis,

    /// <summary>A provider's payout.</summary>
    Payout,
}

/// <summary>A decision that is not written down yet.</summary>
/// <param name="Kind">What the answer is written from.</param>
/// <param name="Decision">What is to be done.</param>
/// <param name="Confidence">The probability that it is right.</param>
internal readonly record struct Verdict(AnswerKind Kind, MatchDecision Decision, decimal? Confidence);

/// <summary>Turns hypotheses into answers.</summary>
internal static class Results
{
    /// <summary>Below this a guess is only shown.</summary>
    private const decimal LeastSuggestion = 0.25m;

    internal static MatchResult None(BankTransaction transaction, MatchDecision decision) => new()
    {
        Transaction = transaction,
        Decision = decision,
        Outcome = MatchOutcome.None,
        Residual = transaction.Amount,
    };

    /// <summary>What is to be done, before anything is written down.</summary>
    internal static Verdict Decide(MatchingOptions options, PaymentEvidence payment, List<Hypothesis> ranked)
    {
        var transaction = payment.Transaction;
        if ((ranked.Count == 0 || ranked[0].Named is null or HitStrength.Weak && ranked[0].Clears.Count == 0) && Providers.IsPayout(transaction))
        {
            return new Verdict(AnswerKind.Payout, MatchDecision.NotReceivable, null);
        }

        var top = ranked.Count > 0 ? ranked[0] : null;
        var confidence = top is null ? 0m : Calibration.Confidence(top);
        var isWorthIt = top is not null && (confidence >= LeastSuggestion || (top.Outcome == MatchOutcome.OnAccount && top.IsPartySure));
        if (!isWorthIt || (transaction.IsReversal && top!.Named is null))
        {
            return new Verdict(AnswerKind.None, transaction.IsReversal ? MatchDecision.NotReceivable : MatchDecision.Unmatched, null);
        }

        return new Verdict(AnswerKind.Hypothesis, Guards.IsAutomatic(transaction, ranked, options) ? MatchDecision.Automatic : MatchDecision.Suggested, confidence);
    }

    /// <summary>The answer in full.</summary>
    internal static MatchResult Create(LedgerIndex index, MatchingOptions options, PaymentEvidence payment, List<Hypothesis> ranked, Verdict verdict)
    {
        var transaction = payment.Transaction;
        if (verdict.Kind == AnswerKind.Payout)
        {
            return None(transaction, MatchDecision.NotReceivable) with
            {
                Outcome = MatchOutcome.Payout,
                Explanation = [new MatchEvidence(EvidenceCode.NotACustomer, 0, transaction.Counterparty?.Name ?? transaction.Remittance)],
                Alternatives = Alternatives(index, options, payment, ranked, 0),
            };
        }

        if (verdict.Kind == AnswerKind.None)
        {
            return None(transaction, verdict.Decision) with
            {
                Alternatives = Alternatives(index, options, payment, ranked, 0),
                Calibrated = ranked.Count > 0 ? (Calibration.ClassOf(ranked[0]), ranked[0].Odds) : null,
            };
        }

        var top = ranked[0];
        var allocations = Allocations(index, payment, top);
        return new MatchResult
        {
            Transaction = transaction,
            Decision = verdict.Decision,
            Customer = top.Customer >= 0 ? index.Directory.Id(top.Customer) : null,
            Confidence = verdict.Confidence,
            Calibrated = (Calibration.ClassOf(top), top.Odds),
            Allocations = allocations,
            Residual = Residual(transaction, top, allocations),
            Outcome = top.Outcome,
            Explanation = Order(top.Terms),
            Alternatives = Alternatives(index, options, payment, ranked, 1),
            Clears = top.Clears.Count == 0 ? [] : top.Clears.ConvertAll(static c => c.Id),
        };
    }

    /// <summary>The same answer when it is no longer sure.</summary>
    internal static MatchResult Hold(MatchResult result, (decimal Confidence, CalibrationClass Class) held) => result with
    {
        Decision = MatchDecision.Suggested,
        Confidence = held.Confidence,
        Calibrated = result.Calibrated is var (_, odds) ? (held.Class, odds) : null,
        Alternatives = [.. result.Alternatives.Select(a => a with { Confidence = Calibration.Confidence(a.Share, held.Confidence) })],
    };

    /// <summary>The same answer with those of its alternatives that are still possible.</summary>
    internal static MatchResult KeepAlternatives(MatchResult result, Func<int, bool> isPossible)
    {
        var kept = new List<MatchAlternative>(result.Alternatives.Count);
        for (var i = 0; i < result.Alternatives.Count; i++)
        {
            if (isPossible(i))
            {
                kept.Add(result.Alternatives[i]);
            }
        }

        return kept.Count == result.Alternatives.Count ? result : result with { Alternatives = kept.ToArray() };
    }

    internal static IReadOnlyList<MatchEvidence> Order(List<MatchEvidence> terms) => Sorted(terms);

    // Heaviest first; of equals the one found first.
    private static MatchEvidence[] Sorted(List<MatchEvidence> terms)
    {
        var sorted = terms.ToArray();
        for (var i = 1; i < sorted.Length; i++)
        {
            var term = sorted[i];
            var at = i;
            for (; at > 0 && Math.Abs(sorted[at - 1].Units) < Math.Abs(term.Units); at--)
            {
                sorted[at] = sorted[at - 1];
            }

            sorted[at] = term;
        }

        return sorted;
    }

    private static Money Residual(BankTransaction transaction, Hypothesis h, MatchAllocation[] allocations)
    {
        if (h.Clears.Count > 0)
        {
            return Money.Zero(transaction.Amount.Currency);
        }

        var left = transaction.Amount;
        foreach (var allocation in allocations)
        {
            if (allocation.Kind == AllocationKind.Payment)
            {
                left -= allocation.Paid ?? allocation.Amount;
            }
        }

        return left;
    }

    private static MatchAllocation[] Allocations(LedgerIndex index, PaymentEvidence payment, Hypothesis h)
    {
        if (h.Parts.Count == 0)
        {
            return [];
        }

        var allocations = new MatchAllocation[h.Parts.Count];
        for (var i = 0; i < allocations.Length; i++)
        {
            var part = h.Parts[i];
            var item = index.Item(part.Item);
            var amount = Amounts.ToMoney(part.Amount, item.Open.Currency);
            var isForeign = part.Kind == AllocationKind.Payment && item.Open.Currency != payment.Currency;
            allocations[i] = new MatchAllocation(item.Id, amount, part.Kind)
            {
                To = part.To >= 0 ? index.Item(part.To).Id : null,
                Customer = index.CustomerOf(part.Item) != h.Customer ? item.Customer : null,
                Paid = isForeign ? payment.Transaction.Amount : null,
                Rate = isForeign ? decimal.Round(payment.Transaction.Amount.Amount / amount.Amount, 10) : null,
            };
        }

        return allocations;
    }

    internal static MatchAlternative[] Alternatives(LedgerIndex index, MatchingOptions options, PaymentEvidence payment, List<Hypothesis> ranked, int from)
    {
        var count = Math.Min(options.MaxAlternatives, ranked.Count - from);
        if (count <= 0)
        {
            return [];
        }

        var alternatives = new MatchAlternative[count];
        for (var i = from; i < from + count; i++)
        {
            var h = ranked[i];
            var allocations = Allocations(index, payment, h);
            alternatives[i - from] = new MatchAlternative
            {
                Customer = h.Customer >= 0 ? index.Directory.Id(h.Customer) : null,
                Confidence = i == 0 ? Calibration.Confidence(h) : Calibration.Confidence(Calibration.Share(h, ranked[0]), Calibration.Confidence(ranked[0])),
                Share = i == 0 ? 1m : Calibration.Share(h, ranked[0]),
                Allocations = allocations,
                Outcome = h.Outcome,
                Explanation = Order(h.Terms),
                Differing = new Differences(index, payment, h),
            };
        }

        return alternatives;
    }
}
