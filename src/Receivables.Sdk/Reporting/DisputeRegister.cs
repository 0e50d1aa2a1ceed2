using System.Collections.Immutable;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>A dispute with what hangs on it.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record DisputeLine
{
    /// <summary>The dispute.</summary>
    public required Dispute Dispute { get; init; }

    /// <summary>The invoice; null where the host gave none.</summary>
    public OpenItem? Item { get; init; }

    /// <summary>Whether it stands on the date of the register.</summary>
    public required bool IsActive { get; init; }

    /// <summary>How much is disputed: what was stated, at most what is open; zero once it is resolved.</summary>
    public required Money? Amount { get; init; }

    /// <summary>Days from its opening to its end, or to the date of the register.</summary>
    public required int Days { get; init; }

    /// <summary>The day by which we want it answered.</summary>
    public required LocalDate Deadline { get; init; }

    /// <summary>Whether it stands and the deadline has passed.</summary>
    public required bool IsLate { get; init; }

    /// <summary>Who works on it, as the host says.</summary>
    public string? Owner { get; init; }
}

/// <summary>All disputes, and what of the receivables they hold up.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
/// <param name="AsOf">The date.</param>
/// <param name="Lines">Active ones first, oldest first, then those that were resolved, latest first.</param>
/// <param name="Disputed">What is disputed by currency, as the aging report has it.</param>
public sealed record DisputeRegister(LocalDate AsOf, ImmutableArray<DisputeLine> Lines, ImmutableArray<Money> Disputed)
{
    /// <summary>Makes the register of a snapshot.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="deadlineDays">Within how many days a dispute should be answered, 1 or more.</param>
    /// <param name="owner">Who works on a dispute; may be null.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="deadlineDays"/> is below 1.</exception>
    public static DisputeRegister Create(LedgerSnapshot snapshot, int deadlineDays = 30, Func<Dispute, string?>? owner = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentOutOfRangeException.ThrowIfLessThan(deadlineDays, 1);
        var items = snapshot.OpenItems.Concat(snapshot.SettledItems).DistinctBy(i => i.Id).ToDictionary(i => i.Id);
        var lines = snapshot.Disputes.Where(d => d.Opened <= snapshot.AsOf).Select(d => Line(snapshot.AsOf, d, items.GetValueOrDefault(d.Invoice), deadlineDays, owner));
        var disputed = from item in snapshot.OpenItems
                       where item.Disputed is { IsPositive: true }
                       group Money.Min(item.Disputed!.Value, item.Open) by item.Open.Currency into currency
                       orderby currency.Key
                       select currency.Aggregate((a, b) => a + b);
        return new DisputeRegister(
            snapshot.AsOf,
            [.. lines.OrderByDescending(l => l.IsActive).ThenByDescending(l => l.IsActive ? l.Days : 0).ThenByDescending(l => l.Dispute.Resolved).ThenBy(l => l.Dispute.Invoice).ThenBy(l => l.Dispute.Opened)],
            [.. disputed]);
    }

    private static DisputeLine Line(LocalDate asOf, Dispute dispute, OpenItem? item, int deadlineDays, Func<Dispute, string?>? owner)
    {
        var active = SnapshotFacts.IsActive(dispute, asOf);
        var deadline = Days.Add(dispute.Opened, deadlineDays);
        return new DisputeLine
        {
            Dispute = dispute,
            Item = item,
            IsActive = active,
            Amount = item is null ? dispute.Amount : !active ? Money.Zero(item.Open.Currency) : dispute.Amount is { } stated ? Money.Min(stated, item.Open) : item.Open,
            Days = Period.DaysBetween(dispute.Opened, active ? asOf : LocalDate.Min(dispute.Resolved ?? asOf, asOf)),
            Deadline = deadline,
            IsLate = active && asOf > deadline,
            Owner = owner?.Invoke(dispute),
        };
    }
}
