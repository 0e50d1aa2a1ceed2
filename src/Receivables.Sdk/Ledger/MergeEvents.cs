using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>Two records of one customer were made one: everything of <see cref="Customer"/> is shown under <see cref="Into"/> from <see cref="DatedLedgerEvent.On"/>.</summary>
/// <remarks>
/// Nothing is rewritten. A report as of an earlier day, or as known earlier, shows two customers; one as of a later day shows one, with its whole past.
/// The names and accounts of both belong to the one that stays; its language, profile, group, parent and limit are its own.
/// </remarks>
public sealed record CustomersMerged : DatedLedgerEvent
{
    /// <summary>The customer that is no longer used.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>The customer that stays; where it is merged itself, the one that stays in the end.</summary>
    public required CustomerId Into { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}

/// <summary>A merge was taken back: from <see cref="DatedLedgerEvent.On"/> the customers are two again, each with what was recorded under its own id.</summary>
public sealed record MergeUndone : DatedLedgerEvent
{
    /// <summary>The customer that had been merged into another.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}
