using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>Plan and commit, day by day. Days on which nothing can change are passed over.</summary>
internal static class Rehearsal
{
    internal static ReminderSimulation Run(ReminderEngine engine, LedgerSnapshot snapshot, LocalDate from, LocalDate until, ReminderFacts facts)
    {
        var actions = new List<ReminderAction>();
        var acted = new HashSet<(DocumentId, int)>();
        var reminders = new List<SentReminder>(snapshot.Reminders);
        var handovers = new List<Handover>(snapshot.Handovers);
        var beginnings = Beginnings(snapshot, facts);
        beginnings.UnionWith(engine.Revisions.Select(r => r.EffectiveFrom ?? from));
        var day = from;
        while (true)
        {
            var today = snapshot with { AsOf = day, Reminders = reminders, Handovers = handovers };
            var plan = engine.Plan(today, day, Shifted(engine, snapshot, facts, from, day));
            foreach (var action in plan.Actions)
            {
                actions.Add(action);
                var committed = ReminderEngine.Commit(action, new CommitEvidence(day, null, "rehearsal", "rehearsal approval"));
                reminders.AddRange(committed.Reminders);
                handovers.AddRange(committed.Handovers);
                acted.UnionWith(action.Lines.Select(l => (l.Invoice, l.Instalment)));
            }

            var next = plan.Actions.Count > 0 || engine.Revisions.Any(LooksEveryDay) ? Days.Add(day, 1) : plan.LookAgain ?? LocalDate.MaxIsoValue;
            if (beginnings.GetViewBetween(Days.Add(day, 1), LocalDate.MaxIsoValue) is { Count: > 0 } coming)
            {
                next = LocalDate.Min(next, coming.Min);
            }

            if (next > until || next <= day)
            {
                // The last day of the range tells why the others are held.
                var last = day == until ? plan : engine.Plan(today with { AsOf = until, Reminders = reminders, Handovers = handovers }, until, Shifted(engine, snapshot, facts, from, until));
                return new ReminderSimulation(actions, [.. last.Held.Where(h => !acted.Contains((h.Invoice, h.Instalment)))]);
            }

            day = next;
        }
    }

    // A condition may begin to hold on any day.
    private static bool LooksEveryDay(ReminderPolicy policy) => policy.AllLevels.Any(l => l.When is not null);

    // The days on which a row of the snapshot begins to count.
    private static SortedSet<LocalDate> Beginnings(LedgerSnapshot snapshot, ReminderFacts facts) =>
    [
        .. snapshot.Disputes.Select(d => d.Opened),
        .. snapshot.Promises.Select(p => p.Made),
        .. snapshot.Holds.Select(h => h.From),
        .. snapshot.Plans.Select(p => p.Agreed),
        .. snapshot.Handovers.Select(h => h.On),
        .. snapshot.Reminders.Select(r => r.Sent),
        .. snapshot.ReminderResults.Select(r => r.On),
        .. snapshot.Allocations.Select(a => a.On),
        .. snapshot.Insolvencies.Select(i => i.On),
        .. facts.Recalls.Concat(snapshot.Recalls).Select(r => r.On),
        .. facts.Deliveries.Select(d => d.On),
    ];

    // The bank link goes on working: data that is fresh enough for a day's rule on the first day is so on that day, whatever the day of the week; data that is not never becomes so.
    private static ReminderFacts Shifted(ReminderEngine engine, LedgerSnapshot snapshot, ReminderFacts facts, LocalDate from, LocalDate day)
    {
        if (day == from)
        {
            return facts;
        }

        var isStale = ReminderRun.IsStale(engine.On(day).Freshness, facts.BankDataAsOf, snapshot, from);
        return facts with { Now = null, BankDataAsOf = isStale ? facts.BankDataAsOf : day };
    }
}
