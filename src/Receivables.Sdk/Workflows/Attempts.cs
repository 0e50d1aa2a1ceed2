using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Workflows;

/// <summary>What the workflows that append to a ledger have in common.</summary>
internal static class Attempts
{
    /// <summary>How often a decision is made again when others write to the same ledger.</summary>
    internal const int Most = 5;

    internal static InvalidOperationException Exhausted() => new("The ledger changed under every attempt to record.");

    /// <summary>The events with the instant when they became known, where they do not say it themselves and there is a clock.</summary>
    internal static IReadOnlyList<LedgerEvent> KnownAt(this IReadOnlyList<LedgerEvent> events, IClock? clock) =>
        clock?.GetCurrentInstant() is { } now ? [.. events.Select(e => e.RecordedAt is null ? e with { RecordedAt = now } : e)] : events;
}
