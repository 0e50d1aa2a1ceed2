namespace Receivables.Sdk.Matching;

/// <summary>In what two answers to one transaction differ.</summary>
[Flags]
public enum MatchChanges
{
    /// <summary>In nothing.</summary>
    None = 0,

    /// <summary>One side has no answer to the transaction.</summary>
    Presence = 1,

    /// <summary>What is to be done with it.</summary>
    Decision = 2,

    /// <summary>Whose account is settled.</summary>
    Customer = 4,

    /// <summary>What is closed, cleared, taken back or paid back.</summary>
    Allocations = 8,

    /// <summary>How the money relates to what was open.</summary>
    Outcome = 16,
}

/// <summary>A transaction that is answered differently.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Changes">In what the answers differ.</param>
/// <param name="Before">The answer before; null for none.</param>
/// <param name="After">The answer after; null for none.</param>
public sealed record MatchDifference(TransactionId Transaction, MatchChanges Changes, PostableMatch? Before, PostableMatch? After);

/// <summary>Compares the answers of two runs on the same transactions: two versions of the model, two settings, with and without what was learnt.</summary>
/// <remarks>
/// Answers of an earlier version are read from where they were kept (<see cref="PostableMatch.TryRead"/>); each kept answer carries the version in <c>model</c>. Immutable and safe to share between threads.
/// </remarks>
public sealed record MatchComparison
{
    private MatchComparison()
    {
    }

    /// <summary>How many transactions were compared.</summary>
    public required int Count { get; init; }

    /// <summary>Those answered differently, by id.</summary>
    public required IReadOnlyList<MatchDifference> Differences { get; init; }

    /// <summary>How many would be posted unseen after, and were not before.</summary>
    public int NewlyAutomatic => Differences.Count(d => d.After?.Decision == MatchDecision.Automatic && d.Before?.Decision != MatchDecision.Automatic);

    /// <summary>How many were posted unseen before, and would wait for a person after.</summary>
    public int NoLongerAutomatic => Differences.Count(d => d.Before?.Decision == MatchDecision.Automatic && d.After?.Decision != MatchDecision.Automatic);

    /// <summary>How many would be posted unseen on both sides, but otherwise: look at these first.</summary>
    public int PostedOtherwise => Differences.Count(d => d is { Before.Decision: MatchDecision.Automatic, After.Decision: MatchDecision.Automatic } && (d.Changes & (MatchChanges.Customer | MatchChanges.Allocations)) != 0);

    /// <summary>Compares two runs. Of several answers to one transaction the first counts.</summary>
    /// <param name="before">The answers before.</param>
    /// <param name="after">The answers after.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static MatchComparison Compare(IEnumerable<PostableMatch> before, IEnumerable<PostableMatch> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (left, right) = (First(before), First(after));
        var transactions = left.Keys.Union(right.Keys).Order().ToList();
        return new MatchComparison
        {
            Count = transactions.Count,
            Differences = [.. transactions.Select(t => Compare(t, left.GetValueOrDefault(t), right.GetValueOrDefault(t))).Where(d => d.Changes != MatchChanges.None)],
        };
    }

    private static Dictionary<TransactionId, PostableMatch> First(IEnumerable<PostableMatch> matches)
    {
        var first = new Dictionary<TransactionId, PostableMatch>();
        foreach (var match in matches)
        {
            first.TryAdd(match.Transaction, match);
        }

        return first;
    }

    private static MatchDifference Compare(TransactionId transaction, PostableMatch? before, PostableMatch? after)
    {
        if (before is null || after is null)
        {
            return new MatchDifference(transaction, MatchChanges.Presence, before, after);
        }

        var changes = MatchChanges.None;
        changes |= before.Decision != after.Decision ? MatchChanges.Decision : 0;
        changes |= before.Customer != after.Customer ? MatchChanges.Customer : 0;
        changes |= before.Outcome != after.Outcome ? MatchChanges.Outcome : 0;
        changes |= Posts(before).Equals(Posts(after)) ? 0 : MatchChanges.Allocations;
        return new MatchDifference(transaction, changes, before, after);
    }

    // What is posted, whoever's and however it is called.
    private static MatchAnswer Posts(PostableMatch match) => new(
        null, MatchOutcome.None, match.Allocations.Select(a => new AnswerPart(a.Document, a.Amount, a.Kind, a.To)), match.Clears.Concat(match.Reverses).Concat(match.Refunds.Select(r => r.From)));
}
