using System.Collections.Immutable;
using NodaTime;

namespace Receivables.Sdk.Reporting;

/// <summary>What a person has to do.</summary>
public enum WorkKind
{
    /// <summary>A promise was not kept: call.</summary>
    PromiseBroken,

    /// <summary>A part of a payment plan was not paid.</summary>
    PlanBreached,

    /// <summary>A dispute has passed its deadline.</summary>
    DisputeDue,

    /// <summary>Something waits for a second person's approval; the host or another engine gives these.</summary>
    Approval,

    /// <summary>Something is severely overdue: call.</summary>
    Call,

    /// <summary>Money lies unapplied for long.</summary>
    UnappliedMoney,

    /// <summary>A hold has run for long.</summary>
    HoldToReview,

    /// <summary>Anything else that a host adds.</summary>
    Other,
}

/// <summary>One thing to do: who is it about, why, and by when. Engines and hosts make them, the action list puts them in order.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record WorkItem
{
    /// <summary>What to do.</summary>
    public required WorkKind Kind { get; init; }

    /// <summary>A stable key: the same thing has the same key on every day, so that a host can tell what is new.</summary>
    public required string Key { get; init; }

    /// <summary>About which customer.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>About which document.</summary>
    public DocumentId? Document { get; init; }

    /// <summary>Since when it is due.</summary>
    public required LocalDate Due { get; init; }

    /// <summary>How much it is about.</summary>
    public Money? Amount { get; init; }

    /// <summary>Whose task it is, as the host says.</summary>
    public string? Owner { get; init; }

    /// <summary>The numbers and dates behind it, by name.</summary>
    public ImmutableSortedDictionary<string, string> Args { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The reason in English, without personal data.</summary>
    public required string Text { get; init; }
}
