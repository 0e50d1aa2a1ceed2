namespace Receivables.Sdk.Reporting;

/// <summary>
/// What a person should see first of an item, from which a host takes its colours. The order is the precedence: of all that is true of an
/// item, the highest is its signal, and of all items of a customer, the highest is the customer's.
/// </summary>
/// <remarks>
/// The same order holds in every list and report. Facts that change who acts (an agency, a dispute, an agreement) stand above the mere
/// passing of days, because a colour that says "call" would be wrong there; <see cref="ItemStatus.All"/> keeps what is hidden.
/// </remarks>
public enum ItemSignal
{
    /// <summary>Nothing is open.</summary>
    Settled,

    /// <summary>Open, and due later than "soon".</summary>
    NotDue,

    /// <summary>Due today or within <see cref="SignalOptions.DueSoonDays"/>.</summary>
    DueSoon,

    /// <summary>One day or more past due.</summary>
    Overdue,

    /// <summary>More than <see cref="SignalOptions.SeverelyOverdueDays"/> past due.</summary>
    SeverelyOverdue,

    /// <summary>A promise to pay still runs.</summary>
    Promised,

    /// <summary>A payment plan still runs.</summary>
    InPlan,

    /// <summary>The customer is on hold.</summary>
    OnHold,

    /// <summary>Something of it is disputed.</summary>
    Disputed,

    /// <summary>An agency or bailiff has it.</summary>
    HandedOver,
}

/// <summary>Where "soon" and "severely" begin.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record SignalOptions
{
    /// <summary>Seven days ahead, sixty days past due.</summary>
    public static SignalOptions Default => new();

    /// <summary>How many days ahead a due date is soon, 0 or more; 7 by default.</summary>
    public int DueSoonDays { get; init; } = 7;

    /// <summary>After how many days past due an item is severely overdue, 1 or more; 60 by default.</summary>
    public int SeverelyOverdueDays { get; init; } = 60;
}
