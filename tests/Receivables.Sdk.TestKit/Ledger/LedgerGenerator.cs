using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.TestKit.Ledger;

/// <summary>Generates small ledgers that lean to the edges: month ends, equal dates, single minor units, amounts that just fit or just do not.</summary>
/// <remarks>
/// A ledger has up to five customers and a few dozen events within a quarter of a year, in currencies of 0, 2 and 3 decimals.
/// The same FsCheck seed gives the same ledger.
/// </remarks>
public static class LedgerGenerator
{
    /// <summary>The first day of the generated ledgers.</summary>
    public static LocalDate FirstDay { get; } = new(2026, 1, 15);

    /// <summary>How many days the generated ledgers span.</summary>
    public const int Days = 90;

    /// <summary>Events in the order they came to mind, some of them at fault.</summary>
    public static Gen<IReadOnlyList<LedgerEvent>> Events { get; } =
        from seed in Gen.Choose(0, int.MaxValue)
        from size in Gen.Choose(1, 16)
        select new LedgerSource(seed, size).Events();

    /// <summary>Events without a fault.</summary>
    public static Gen<IReadOnlyList<LedgerEvent>> ValidEvents { get; } = Events.Select(WithoutFaults);

    /// <summary>A date from a little before the first event to a little after the last.</summary>
    public static Gen<LocalDate> Dates { get; } = Gen.Choose(-3, Days + 30).Select(d => FirstDay.PlusDays(d));

    /// <summary>An instant within the same time, or null for no cut.</summary>
    public static Gen<Instant?> KnowledgeCuts { get; } =
        from hours in Gen.Choose(-24, (Days + 10) * 24)
        from isCut in Gen.Choose(0, 2)
        select isCut == 0 ? (Instant?)null : FirstDay.AtMidnight().InUtc().ToInstant() + Duration.FromHours(hours);

    /// <summary>A ledger without a fault, as seen at a date.</summary>
    public static Gen<LedgerSnapshot> Snapshots { get; } =
        from events in ValidEvents
        from date in Dates
        select LedgerBook.Create(events).Snapshot(date);

    /// <summary>The same events in another order.</summary>
    /// <param name="events">The events.</param>
    public static Gen<IReadOnlyList<LedgerEvent>> Shuffled(IReadOnlyList<LedgerEvent> events) =>
        Gen.Choose(0, int.MaxValue).Select(seed => (IReadOnlyList<LedgerEvent>)Shuffle(events, seed));

    private static LedgerEvent[] Shuffle(IReadOnlyList<LedgerEvent> events, int seed)
    {
        LedgerEvent[] shuffled = [.. events];
        new Random(seed).Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>The events that a book does not find at fault.</summary>
    /// <param name="events">The events.</param>
    public static IReadOnlyList<LedgerEvent> WithoutFaults(IReadOnlyList<LedgerEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var faulty = LedgerBook.Create(events).Faults.Select(f => f.Line - 1).ToHashSet();
        return faulty.Count == 0 ? events : WithoutFaults([.. events.Where((_, i) => !faulty.Contains(i))]);
    }
}
