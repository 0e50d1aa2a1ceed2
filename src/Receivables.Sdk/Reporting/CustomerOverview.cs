using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>How a customer's balance stands to its credit limit.</summary>
public enum LimitStatus
{
    /// <summary>There is no limit in this currency.</summary>
    None,

    /// <summary>Within the limit.</summary>
    Within,

    /// <summary>Within the limit, and at or above <see cref="OverviewOptions.NearLimit"/> of it.</summary>
    Near,

    /// <summary>Above the limit.</summary>
    Exceeded,
}

/// <summary>One line of the list of customers: a customer in one currency.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record CustomerOverview
{
    /// <summary>The customer; null for money of nobody yet known.</summary>
    public required CustomerId? Customer { get; init; }

    /// <summary>The customer's name.</summary>
    public string? Name { get; init; }

    /// <summary>The currency of all amounts of the line.</summary>
    public required Currency Currency { get; init; }

    /// <summary>What is open, unapplied money taken off.</summary>
    public required Money Balance { get; init; }

    /// <summary>What is past due, each instalment by its own date.</summary>
    public required Money Overdue { get; init; }

    /// <summary>What is disputed.</summary>
    public required Money Disputed { get; init; }

    /// <summary>Open credit notes and payments, negative or zero.</summary>
    public required Money Unapplied { get; init; }

    /// <summary>The credit limit, where the customer has one in this currency.</summary>
    public Money? CreditLimit { get; init; }

    /// <summary>What is left of the limit, negative when it is exceeded.</summary>
    public Money? Headroom { get; init; }

    /// <summary>How much of the limit a credit insurer covers, where it is known in this currency.</summary>
    public Money? InsuredLimit { get; init; }

    /// <summary>How much of the balance the insurer does not cover, zero or more; null without an insured limit.</summary>
    public Money? Uninsured { get; init; }

    /// <summary>How the balance stands to the limit.</summary>
    public LimitStatus LimitStatus { get; init; }

    /// <summary>The earliest due date of which something is open.</summary>
    public LocalDate? OldestDue { get; init; }

    /// <summary>When the customer last paid in this currency.</summary>
    public LocalDate? LastPaymentOn { get; init; }

    /// <summary>How much the customer paid that day in this currency.</summary>
    public Money? LastPayment { get; init; }

    /// <summary>How many reminders its open items had.</summary>
    public required int Reminders { get; init; }

    /// <summary>When one of its open items was last reminded.</summary>
    public LocalDate? LastReminder { get; init; }

    /// <summary>The highest signal of its items; see <see cref="ItemSignal"/>.</summary>
    public required ItemSignal Signal { get; init; }
}

/// <summary>How the list of customers is made.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record OverviewOptions
{
    /// <summary>The defaults.</summary>
    public static OverviewOptions Default => new();

    /// <summary>Where "soon" and "severely" begin.</summary>
    public SignalOptions Signals { get; init; } = SignalOptions.Default;

    /// <summary>From which part of the limit on a customer is near it, above 0 and up to 100; 80 percent by default.</summary>
    public Percentage NearLimit { get; init; } = new(80m);
}
