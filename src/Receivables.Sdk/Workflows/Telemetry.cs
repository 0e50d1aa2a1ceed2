using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Receivables.Sdk.Workflows;

/// <summary>Traces and meters of the workflows, under the name <c>Receivables.Sdk</c>.</summary>
/// <remarks>Tags name ledgers and counts, never a person, an account or an amount.</remarks>
public static class Telemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Receivables.Sdk";

    internal static ActivitySource Activities { get; } = new(Name);

    internal static Meter Meter { get; } = new(Name);

    internal static Counter<long> Imported { get; } = Meter.CreateCounter<long>("receivables.transactions.imported", "{transaction}", "Bank transactions imported.");

    internal static Counter<long> Matched { get; } = Meter.CreateCounter<long>("receivables.transactions.matched", "{transaction}", "Bank transactions matched, by decision.");

    internal static Counter<long> Posted { get; } = Meter.CreateCounter<long>("receivables.events.posted", "{event}", "Ledger events posted.");

    internal static Counter<long> Planned { get; } = Meter.CreateCounter<long>("receivables.reminders.planned", "{reminder}", "Reminders planned.");

    internal static Counter<long> Sent { get; } = Meter.CreateCounter<long>("receivables.reminders.sent", "{reminder}", "Reminders recorded as sent.");

    internal static Activity? Start(string step, LedgerId ledger)
    {
        var activity = Activities.StartActivity(step);
        activity?.SetTag("receivables.ledger", ledger.Value);
        return activity;
    }
}
