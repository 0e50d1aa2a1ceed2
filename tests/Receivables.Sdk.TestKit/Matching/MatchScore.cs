using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;

namespace Receivables.Sdk.TestKit.Matching;

/// <summary>How right answers are.</summary>
public sealed class MatchScore
{
    private readonly List<(decimal Confidence, bool IsRight)> _told = [];

    /// <summary>Payments that the ledger has an answer for: documents, or a document paid before.</summary>
    public int Answerable { get; private set; }

    /// <summary>Answers posted unseen.</summary>
    public int Automatic { get; private set; }

    /// <summary>Answers posted unseen that were wrong.</summary>
    public int WrongAutomatic { get; private set; }

    /// <summary>Automatic answers among the answerable payments.</summary>
    public int AutomaticAnswerable { get; private set; }

    /// <summary>Answerable payments whose first answer was right.</summary>
    public int First { get; private set; }

    /// <summary>Answerable payments with the right answer among the first three, the answer itself counted where there is one.</summary>
    public int AmongThree { get; private set; }

    /// <summary>All payments.</summary>
    public int All { get; private set; }

    /// <summary>What was wrong, for reading.</summary>
    public List<(MatchResult Result, Truth Truth)> Wrong { get; } = [];

    /// <summary>Answerable payments that were not automatic.</summary>
    public List<(MatchResult Result, Truth Truth)> Held { get; } = [];

    /// <summary>Confidence and rightness of every answer that has a confidence.</summary>
    public IReadOnlyList<(decimal Confidence, bool IsRight)> Told => _told;

    /// <summary>Adds the answers of a market.</summary>
    public void Add(Market market, IReadOnlyList<MatchResult> results)
    {
        for (var i = 0; i < results.Count; i++)
        {
            Add(results[i], market.Truths[i]);
        }
    }

    /// <summary>The mean distance between confidence and share of right answers over ten bins of equally many answers.</summary>
    public double CalibrationError()
    {
        var sorted = _told.OrderBy(t => t.Confidence).ToList();
        var error = 0.0;
        for (var bin = 0; bin < 10; bin++)
        {
            var part = sorted.Skip(bin * sorted.Count / 10).Take(((bin + 1) * sorted.Count / 10) - (bin * sorted.Count / 10)).ToList();
            if (part.Count > 0)
            {
                error += Math.Abs((double)part.Average(p => p.Confidence) - part.Average(p => p.IsRight ? 1.0 : 0.0)) * part.Count / sorted.Count;
            }
        }

        return error;
    }

    /// <summary>Whether the ledger has an answer for a payment that needs no person: documents, a document paid before, recorded payments that are cleared, returned or refunded.</summary>
    public static bool IsAnswerable(Truth truth) =>
        !truth.IsDisputed && (truth.Parts.Count > 0 || truth.Outcome == MatchOutcome.DoublePayment || (truth.Moves.Count > 0 && truth.Outcome != MatchOutcome.Payout));

    /// <summary>Whether an answer posts exactly what is right.</summary>
    public static bool IsRight(MatchResult result, Truth truth)
    {
        if (truth.Moves.Count == 0)
        {
            return IsRight(result.Customer, result.Outcome, result.Allocations, truth) && result.Clears.Count + result.Reverses.Count + result.Refunds.Count == 0;
        }

        return result.Allocations.Count == 0 && result.Outcome == truth.Outcome && result.Clears.Concat(result.Reverses).Concat(result.Refunds.Select(r => r.From)).Order().SequenceEqual(truth.Moves.Order());
    }

    /// <summary>Whether customer and allocations are exactly what is right.</summary>
    public static bool IsRight(CustomerId? customer, MatchOutcome outcome, IReadOnlyList<MatchAllocation> allocations, Truth truth)
    {
        if (truth.Customer is null || customer is null || allocations.Count(a => a.Kind != AllocationKind.Credit) + allocations.Where(a => a.Kind == AllocationKind.Credit).Select(a => a.Document).Distinct().Count() != truth.Parts.Count)
        {
            return false;
        }

        if (truth.Parts.Count == 0)
        {
            return customer == truth.Customer && (outcome == truth.Outcome || outcome == MatchOutcome.OnAccount);
        }

        return truth.Parts.All(p => allocations.Where(a => a.Document == p.Document && a.Kind == p.Kind).Sum(a => a.Amount.Amount) == p.Amount.Amount);
    }

    /// <summary>Whether one of the alternatives that make three with the answer, or that are shown where there is none, posts exactly what is right.</summary>
    public static bool IsShown(MatchResult result, Truth truth) =>
        result.Alternatives.Take(result.Outcome == MatchOutcome.None ? 3 : 2).Any(a => IsRight(a.Customer, a.Outcome, a.Allocations, truth));

    private void Add(MatchResult result, Truth truth)
    {
        All++;
        var isRight = IsRight(result, truth);
        if (result.Confidence is { } confidence && result.Outcome != MatchOutcome.AlreadyPosted)
        {
            _told.Add((confidence, isRight));
        }

        var isAnswerable = IsAnswerable(truth);
        if (result.Decision == MatchDecision.Automatic)
        {
            Automatic++;
            AutomaticAnswerable += isAnswerable ? 1 : 0;
            if (!isRight)
            {
                WrongAutomatic++;
                Wrong.Add((result, truth));
            }
        }
        else if (isAnswerable)
        {
            Held.Add((result, truth));
        }

        if (isAnswerable)
        {
            Answerable++;
            First += isRight ? 1 : 0;
            AmongThree += isRight || IsShown(result, truth) ? 1 : 0;
        }
    }
}
