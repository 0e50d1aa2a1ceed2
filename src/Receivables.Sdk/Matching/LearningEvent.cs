using NodaTime;

namespace Receivables.Sdk.Matching;

/// <summary>What a person said about an answer: a line of the log that the matcher learns from.</summary>
/// <remarks>
/// The log is only ever added to, and what was learnt is derived from it (<see cref="MatchMemory"/>). It holds names and accounts of payers: a host keeps it as carefully as its customers,
/// and may take a person's lines out of it. The hierarchy is closed. Immutable and safe to share between threads.
/// </remarks>
public abstract record LearningEvent
{
    private protected LearningEvent()
    {
    }

    /// <summary>The business date on which it was said; what was learnt fades with it.</summary>
    public required LocalDate On { get; init; }

    /// <summary>Who said it.</summary>
    public string? By { get; init; }
}

/// <summary>A person said what a transaction pays: the answer that was proposed, or another.</summary>
/// <remarks>The last word on a transaction counts.</remarks>
public sealed record MatchConfirmed : LearningEvent
{
    /// <summary>The transaction.</summary>
    public required TransactionId Transaction { get; init; }

    /// <summary>What it pays.</summary>
    public required MatchAnswer Answer { get; init; }

    /// <summary>The payer's account as the bank gives it.</summary>
    public string? Account { get; init; }

    /// <summary>The payer's name as the bank gives it.</summary>
    public string? Name { get; init; }

    /// <summary>The customer whose account or name it is by the ledger, where that is another than the answer's: it pays for them.</summary>
    public CustomerId? Payer { get; init; }

    /// <summary>How the answer that was proposed was rated; null where none was.</summary>
    public MatchDecision? Proposed { get; init; }

    /// <summary>Whether the answer that was proposed is the one confirmed.</summary>
    public bool IsAsProposed { get; init; }

    /// <summary>What the payer left out before the end of a document's number; null for nothing.</summary>
    public string? DroppedPrefix { get; init; }

    /// <summary>How many days after its last day a cash discount was taken that was let pass; null for none.</summary>
    public int? DiscountDaysLate { get; init; }
}

/// <summary>A person turned a proposed answer down: it is not proposed again for this transaction.</summary>
public sealed record MatchRejected : LearningEvent
{
    /// <summary>The transaction.</summary>
    public required TransactionId Transaction { get; init; }

    /// <summary>What it does not pay.</summary>
    public required MatchAnswer Answer { get; init; }

    /// <summary>The payer's account as the bank gives it.</summary>
    public string? Account { get; init; }

    /// <summary>The payer's name as the bank gives it.</summary>
    public string? Name { get; init; }

    /// <summary>How the answer was rated; null where it was an alternative.</summary>
    public MatchDecision? Proposed { get; init; }
}

/// <summary>A person took back what was learnt: nothing said before counts for this alias any more.</summary>
public sealed record AliasRevoked : LearningEvent
{
    /// <summary>The alias, <see cref="LearnedAlias.Id"/>.</summary>
    public required string Alias { get; init; }
}
