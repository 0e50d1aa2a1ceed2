using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>Something about the ledger that a person should look at.</summary>
/// <param name="Code">The stable code of the check.</param>
/// <param name="Count">How many it found.</param>
/// <param name="Amounts">How much they are, by currency, in order of currency.</param>
/// <param name="Documents">The documents, in order of id.</param>
/// <param name="Customers">The customers, in order of id, where it is about customers.</param>
/// <param name="Text">What was found, in English.</param>
public sealed record HealthFinding(string Code, int Count, ImmutableArray<Money> Amounts, ImmutableArray<DocumentId> Documents, ImmutableArray<CustomerId> Customers, string Text);

/// <summary>From when on something is unhealthy.</summary>
/// <remarks>The numbers are conventions of this library. Immutable and safe to share between threads.</remarks>
public sealed record HealthOptions
{
    /// <summary>The defaults.</summary>
    public static HealthOptions Default => new();

    /// <summary>After how many days unapplied money is old, 0 or more; 30 by default.</summary>
    public int UnappliedDays { get; init; } = 30;

    /// <summary>After how many days past due an item without any reminder was forgotten, 0 or more; 30 by default.</summary>
    public int UnremindedDays { get; init; } = 30;

    /// <summary>After how many days a dispute is stale, 0 or more; 60 by default.</summary>
    public int DisputeDays { get; init; } = 60;

    /// <summary>How many days bank data may lag behind, 0 or more; 4 by default, a weekend and a working day on each side.</summary>
    public int BankDataDays { get; init; } = 4;
}

/// <summary>Periodic control of the ledger itself: nothing forgotten, nothing lying about.</summary>
/// <remarks>Pure and thread-safe.</remarks>
public static class HealthCheck
{
    /// <summary>Runs all checks; those that find nothing are left out.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="options">From when on something is unhealthy; <see cref="HealthOptions.Default"/> when null.</param>
    /// <returns>Findings in order of code.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of days is negative.</exception>
    public static IReadOnlyList<HealthFinding> Run(LedgerSnapshot snapshot, HealthOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var o = options ?? HealthOptions.Default;
        if (o.UnappliedDays < 0 || o.UnremindedDays < 0 || o.DisputeDays < 0 || o.BankDataDays < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(options), "Numbers of days are 0 or more.");
        }

        var asOf = snapshot.AsOf;
        var statuses = new OverviewEngine().Items(snapshot);
        var stale = snapshot.Disputes.Where(d => SnapshotFacts.IsActive(d, asOf) && Period.DaysBetween(d.Opened, asOf) > o.DisputeDays).Select(d => d.Invoice).ToHashSet();
        var timelines = DocumentTimeline.Of(ReceivablesHistory.Of(snapshot)).ToDictionary(t => t.Document.Id);
        var broken = snapshot.Promises
            .Where(p => p.Until < asOf && timelines.TryGetValue(p.Invoice, out var t) && BehaviourEngine.IsBroken(p, t)).Select(p => p.Invoice)
            .Concat(snapshot.EndedPromises.Where(e => e.Outcome == AgreementOutcome.Broken && !ActionListEngine.HasNewer(snapshot, e.Promise.Invoice, e.On)).Select(e => e.Promise.Invoice)).ToHashSet();
        var open = snapshot.OpenItems.Where(i => !i.Open.IsZero).ToList();
        var findings = new List<HealthFinding?>
        {
            Items("brokenPromises", open.Where(i => broken.Contains(i.Id)), "Promises to pay were not kept."),
            Items("nobodysMoney", open.Where(i => i.Customer is null), "Money is booked to no customer."),
            Items("notReminded", statuses.Where(s => s.Reminders == 0 && s.DaysOverdue > o.UnremindedDays && s.Signal <= ItemSignal.SeverelyOverdue).Select(s => s.Item), "Overdue items were never reminded, and nothing stands against it."),
            Items("oldUnappliedMoney", open.Where(i => i.IsCredit && Period.DaysBetween(i.Issued, asOf) > o.UnappliedDays), "Money or credit notes lie unapplied."),
            Items("staleDisputes", open.Where(i => stale.Contains(i.Id)), "Disputes stand unanswered."),
            OverLimit(snapshot),
            BankData(snapshot, o.BankDataDays),
        };
        return [.. findings.OfType<HealthFinding>().OrderBy(f => f.Code, StringComparer.Ordinal)];
    }

    private static HealthFinding? Items(string code, IEnumerable<OpenItem> items, string text)
    {
        var found = items.OrderBy(i => i.Id).ToList();
        var amounts = found.GroupBy(i => i.Open.Currency).OrderBy(g => g.Key).Select(g => g.Aggregate(Money.Zero(g.Key), (sum, i) => sum + i.Open));
        return found.Count == 0 ? null : new HealthFinding(code, found.Count, [.. amounts], [.. found.Select(i => i.Id)], [], text);
    }

    private static HealthFinding? OverLimit(LedgerSnapshot snapshot)
    {
        var over = new OverviewEngine().Customers(snapshot).Where(c => c.LimitStatus == LimitStatus.Exceeded).ToList();
        var amounts = over.GroupBy(c => c.Currency).OrderBy(g => g.Key).Select(g => g.Aggregate(Money.Zero(g.Key), (sum, c) => sum - c.Headroom!.Value));
        return over.Count == 0 ? null : new HealthFinding("overLimit", over.Count, [.. amounts], [], [.. over.Select(c => c.Customer!.Value)], "Customers owe more than their credit limit.");
    }

    private static HealthFinding? BankData(LedgerSnapshot snapshot, int days)
    {
        var last = snapshot.BankData.GroupBy(b => b.Account, StringComparer.Ordinal).Select(g => g.Max(b => b.Until));
        var old = last.Count(until => Period.DaysBetween(until, snapshot.AsOf) > days);
        return old == 0 ? null : new HealthFinding(
            "bankDataStale", old, [], [], [], $"The bank data of {old.ToString(CultureInfo.InvariantCulture)} accounts is more than {days.ToString(CultureInfo.InvariantCulture)} days old.");
    }
}
