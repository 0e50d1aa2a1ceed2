using System.Collections.Immutable;
using NodaTime;

namespace Receivables.Sdk.Reporting;

/// <summary>Whether a customer pays late as a rule.</summary>
public enum LatenessPattern
{
    /// <summary>Too few payments to say.</summary>
    Unknown,

    /// <summary>Never late.</summary>
    Punctual,

    /// <summary>Late now and then: less than half of the payments.</summary>
    Incidental,

    /// <summary>Late as a rule: half of the payments or more.</summary>
    Lasting,
}

/// <summary>Where a habit is going.</summary>
public enum BehaviourTrend
{
    /// <summary>Too few payments to say.</summary>
    Unknown,

    /// <summary>Much as before.</summary>
    Steady,

    /// <summary>Earlier than before.</summary>
    Improving,

    /// <summary>Later than before.</summary>
    Worsening,
}

/// <summary>What a signal suggests to do.</summary>
public enum SuggestedAction
{
    /// <summary>Call the customer.</summary>
    Call,

    /// <summary>Agree on shorter terms.</summary>
    ShortenTerms,

    /// <summary>Ask for payment in advance.</summary>
    RequirePrepayment,

    /// <summary>Offer to pay in instalments.</summary>
    OfferPlan,

    /// <summary>Lower the credit limit.</summary>
    LowerLimit,
}

/// <summary>An early warning, with the rule that raised it.</summary>
/// <param name="Code">The stable code of the rule.</param>
/// <param name="Args">The numbers that the rule saw, by name.</param>
/// <param name="Text">The same in English.</param>
/// <param name="Suggested">What to do.</param>
public sealed record BehaviourSignal(string Code, ImmutableSortedDictionary<string, decimal> Args, string Text, SuggestedAction Suggested);

/// <summary>How a customer pays in one currency.</summary>
/// <remarks>Days are counted from the due date, early payments negative; averages are weighted by amount. Immutable and safe to share between threads.</remarks>
public sealed record PaymentBehaviour
{
    /// <summary>The customer.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>The currency.</summary>
    public required Currency Currency { get; init; }

    /// <summary>How many payments of parts of documents were seen.</summary>
    public required int Payments { get; init; }

    /// <summary>Days late by amount: the habit; null without payments.</summary>
    public required decimal? DaysLate { get; init; }

    /// <summary>Days late of the middle payment; null without payments.</summary>
    public required int? MedianDaysLate { get; init; }

    /// <summary>The share of the payments that were late, in percent by number; null without payments.</summary>
    public required decimal? LateShare { get; init; }

    /// <summary>Days late by amount of recent payments less that of the earlier ones; null where one of the two is missing.</summary>
    public required decimal? Change { get; init; }

    /// <summary>Whether lateness is the rule.</summary>
    public required LatenessPattern Pattern { get; init; }

    /// <summary>Where it is going.</summary>
    public required BehaviourTrend Trend { get; init; }

    /// <summary>When the customer last paid; null for never.</summary>
    public required LocalDate? LastPayment { get; init; }

    /// <summary>What is open at the end of the history.</summary>
    public required Money Open { get; init; }

    /// <summary>What of it is overdue.</summary>
    public required Money Overdue { get; init; }

    /// <summary>Early warnings, in order of code.</summary>
    public required ImmutableArray<BehaviourSignal> Signals { get; init; }
}
