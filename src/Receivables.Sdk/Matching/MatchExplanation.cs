namespace Receivables.Sdk.Matching;

/// <summary>What keeps an answer from being posted unseen.</summary>
[Flags]
public enum AutomaticObstacles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Nothing in the ledger explains the transaction.</summary>
    NoCandidate = 1,

    /// <summary>The bank has not booked the transaction.</summary>
    NotBooked = 2,

    /// <summary>The transaction is a reversal or came back.</summary>
    Reversal = 4,

    /// <summary>A term of the explanation asks for a person: a dispute, a reservation, an advance, a number elsewhere, what a person confirmed otherwise.</summary>
    Held = 8,

    /// <summary>The confidence is below 1 − <see cref="MatchingOptions.AutomaticErrorTarget"/>.</summary>
    BelowTarget = 16,

    /// <summary>The next candidate is less than 2⁷ times less likely.</summary>
    TooClose = 32,

    /// <summary>Number, amount and payer together do not prove it: the amount alone, the payer alone, a short number, a payer that is somebody else.</summary>
    NotProven = 64,
}

/// <summary>Everything the matcher thought of for one transaction.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record MatchExplanation
{
    /// <summary>The answer.</summary>
    public required MatchResult Result { get; init; }

    /// <summary>Every candidate, the answer's own first, each with its terms and where it differs from the bank's data field by field; none for debits and for what needs no search.</summary>
    public required IReadOnlyList<MatchAlternative> Candidates { get; init; }

    /// <summary>What keeps the answer from being posted unseen.</summary>
    public required AutomaticObstacles Obstacles { get; init; }
}
