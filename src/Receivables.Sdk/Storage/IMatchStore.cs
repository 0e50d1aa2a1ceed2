using Receivables.Sdk.Matching;

namespace Receivables.Sdk.Storage;

/// <summary>What was decided about a match.</summary>
public enum MatchReview
{
    /// <summary>Nothing yet: it waits for a person.</summary>
    Waiting,

    /// <summary>It was posted.</summary>
    Posted,

    /// <summary>A person turned it down.</summary>
    Declined,

    /// <summary>It was posted, and a person undid that.</summary>
    Undone,
}

/// <summary>A match with what was decided about it.</summary>
/// <param name="Match">The match.</param>
/// <param name="Review">What was decided.</param>
/// <param name="By">Who decided; null for the engine.</param>
public sealed record ReviewedMatch(MatchResult Match, MatchReview Review, string? By);

/// <summary>Matches and decisions as one value; a match replaces an earlier one of the same transaction that still waits or was undone.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record MatchChange
{
    /// <summary>Which ledger.</summary>
    public required LedgerId Ledger { get; init; }

    /// <summary>The id of the command; the same key again stores nothing.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The matches.</summary>
    public required IReadOnlyList<ReviewedMatch> Matches { get; init; }
}

/// <summary>Where a host keeps matches that wait for a person, and what became of them.</summary>
/// <remarks>Ledgers are kept apart. Every member may be called from several threads.</remarks>
public interface IMatchStore
{
    /// <summary>Stores matches and decisions.</summary>
    /// <param name="change">The change; a match that was declined is never changed again, and one that was posted only by being undone.</param>
    /// <param name="cancellationToken">Gives up before anything is stored.</param>
    /// <returns>How many were stored; a repeated command gets the first answer.</returns>
    ValueTask<int> SaveAsync(MatchChange change, CancellationToken cancellationToken);

    /// <summary>Reads the matches of a ledger, in order of transaction id.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="review">Only those with this decision; null reads all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<ReviewedMatch>> ReadAsync(LedgerId ledger, MatchReview? review, CancellationToken cancellationToken);
}
