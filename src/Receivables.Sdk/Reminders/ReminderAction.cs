using System.Globalization;
using NodaTime;
using Receivables.Sdk.LatePayment;

namespace Receivables.Sdk.Reminders;

/// <summary>An instalment in an action.</summary>
/// <param name="Invoice">The document.</param>
/// <param name="Instalment">The instalment, from 1.</param>
/// <param name="Customer">Whose it is; with grouping by parent this may be a child of the action's customer.</param>
/// <param name="Number">The number printed on the document; null where there is none.</param>
/// <param name="Due">When it was due.</param>
/// <param name="Open">What is open and undisputed.</param>
/// <param name="DaysOverdue">Days since the due date; negative before it.</param>
/// <param name="Level">The level this line reaches.</param>
/// <param name="Cycle">The how-manieth time that this level is sent, from 1.</param>
/// <param name="Interest">Statutory interest to the day of the action; zero where none is claimed.</param>
public sealed record ReminderLine(DocumentId Invoice, int Instalment, CustomerId Customer, string? Number, LocalDate Due, Money Open, int DaysOverdue, int Level, int Cycle, Money Interest)
{
    /// <summary>Whether the action holds all that is open and undisputed of the document; of one with instalments it may hold a part.</summary>
    public bool IsWhole { get; init; }

    /// <summary>How the interest was worked out; null where none is claimed.</summary>
    public InterestSheet? Sheet { get; init; }

    /// <summary>The level that was sent before; 0 for none.</summary>
    public int PreviousLevel { get; init; }

    /// <summary>When that was sent; null where nothing was.</summary>
    public LocalDate? PreviousSent { get; init; }

    /// <summary>The days that the policy waited before this level.</summary>
    internal int WaitDays { get; init; }
}

/// <summary>One thing to do: a letter, a mail, a task, a hand-over.</summary>
/// <remarks>
/// <see cref="Id"/> depends on policy, customer, currency, kind and the (instalment, level, cycle) of the lines, not on the date: the same
/// reminder keeps its id until it was sent. Immutable and safe to share between threads.
/// </remarks>
public sealed record ReminderAction
{
    /// <summary>The id; a good idempotency key for whatever carries the action out.</summary>
    public required ActionId Id { get; init; }

    /// <summary>The day it is due to be carried out: the day of the plan.</summary>
    public required LocalDate On { get; init; }

    /// <summary>To whom.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>The level: the highest of the lines'.</summary>
    public required int Level { get; init; }

    /// <summary>What it is.</summary>
    public required ReminderKind Kind { get; init; }

    /// <summary>How it is sent.</summary>
    public required string Channel { get; init; }

    /// <summary>The channels left where that one fails, in order.</summary>
    public IReadOnlyList<string> Fallback { get; init; } = [];

    /// <summary>The seller's company whose claims these are; null where the rows know only one.</summary>
    public string? Entity { get; init; }

    /// <summary>When on its day it may be carried out, by the policy's hours and the customer's clock; null for the whole day.</summary>
    public Interval? Window { get; init; }

    /// <summary>In which language, BCP 47.</summary>
    public required string Language { get; init; }

    /// <summary>The name of the text.</summary>
    public required string Template { get; init; }

    /// <summary>The instalments, in order of document and instalment.</summary>
    public required IReadOnlyList<ReminderLine> Lines { get; init; }

    /// <summary>What is open on all lines.</summary>
    public required Money Amount { get; init; }

    /// <summary>The policy's fee, the statutory fixed sum and statutory costs together.</summary>
    public required Money Fees { get; init; }

    /// <summary>Statutory interest to the day of the action.</summary>
    public required Money Interest { get; init; }

    /// <summary>The statutory costs that a statutory notice announces, owed if its term passes unpaid; null for other kinds and where the law has no scale.</summary>
    public Money? AnnouncedCosts { get; init; }

    /// <summary>Amount, fees and interest.</summary>
    public Money Total => Amount + Fees + Interest;

    /// <summary>The customer's open credits in that currency, for the letter to show; zero for none.</summary>
    public required Money OpenCredits { get; init; }

    /// <summary>The last day to pay that the message gives; null for none.</summary>
    public LocalDate? Deadline { get; init; }

    /// <summary>Who must agree first.</summary>
    public ApprovalRule Approval { get; init; }

    /// <summary>Why: one reason for each line, then what was left out and why.</summary>
    public required IReadOnlyList<CodedReason> Reasons { get; init; }

    /// <summary>The word of the policy file for the kind.</summary>
    public string KindCode => ReminderWords.Of(Kind);

    /// <summary>Id, kind and level.</summary>
    public override string ToString() => $"{Id} {KindCode} {Level.ToString(CultureInfo.InvariantCulture)}";
}

/// <summary>What to do on a day, and what not to do and why. Every open instalment is in exactly one action or one held item.</summary>
/// <param name="AsOf">The day.</param>
/// <param name="Actions">In order of customer, currency, kind and level.</param>
/// <param name="Held">In order of customer, document and instalment.</param>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record ReminderPlan(LocalDate AsOf, IReadOnlyList<ReminderAction> Actions, IReadOnlyList<HeldItem> Held)
{
    /// <summary>The first day on which the plan may differ though no new fact comes in; null where none is known.</summary>
    public LocalDate? LookAgain { get; init; }
}

/// <summary>The actions of a range of days, each as if carried out on its day while nothing is paid.</summary>
/// <param name="Actions">In order of day, then as in a plan.</param>
/// <param name="Held">The instalments that are in no action of the range, with the reason on the last day.</param>
public sealed record ReminderSimulation(IReadOnlyList<ReminderAction> Actions, IReadOnlyList<HeldItem> Held);
