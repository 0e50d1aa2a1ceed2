using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Reminders;
using Xunit;

namespace Receivables.Sdk.Tests.Reminders;

/// <summary>What holds for every policy, ledger and day.</summary>
public class ReminderLaws
{
    private static string Text(ReminderPlan plan) => string.Join(
        '\n',
        plan.Actions.Select(a => $"{a} {a.On} {a.Customer} {a.Channel} {a.Amount} {a.Fees} {string.Join(',', a.Lines)}").Concat(plan.Held.Select(h => $"{h} {h.Until} {h.Note}")));

    [Fact]
    public void Every_open_instalment_is_in_exactly_one_place() => Law.ForAll(ReminderWorlds.Rich, w =>
    {
        var plan = w.Plan();
        var told = plan.Actions.SelectMany(a => a.Lines.Select(l => (l.Invoice, l.Instalment))).Concat(plan.Held.Select(h => (h.Invoice, h.Instalment)));
        var open = w.Snapshot.OpenItems.Where(i => !i.IsCredit).SelectMany(i => i.Parts.Where(p => p.Open.IsPositive).Select(p => (i.Id, p.Number)));
        Assert.Equal(open.Order(), told.Order());
    }, cases: 1000);

    [Fact]
    public void Planning_again_after_carrying_out_gives_nothing_more() => Law.ForAll(ReminderWorlds.Rich, w =>
        Assert.Empty(w.Carrying(w.Plan().Actions).Plan().Actions));

    [Fact]
    public void The_order_of_the_rows_plays_no_part() => Law.ForAll(ReminderWorlds.Rich.Select(WithEquals), w =>
        Assert.Equal(Text(w.Plan()), Text((w with
        {
            Snapshot = w.Snapshot with
            {
                Customers = [.. w.Snapshot.Customers.Reverse()],
                OpenItems = [.. w.Snapshot.OpenItems.Reverse()],
                Disputes = [.. w.Snapshot.Disputes.Reverse()],
                Holds = [.. w.Snapshot.Holds.Reverse()],
                Promises = [.. w.Snapshot.Promises.Reverse()],
                Reminders = [.. w.Snapshot.Reminders.Reverse()],
                Plans = [.. w.Snapshot.Plans.Reverse()],
                Allocations = [.. w.Snapshot.Allocations.Reverse()],
            },
            Facts = w.Facts with { Deliveries = [.. w.Facts.Deliveries.Reverse()], RefundWindows = [.. w.Facts.RefundWindows.Reverse()], Recalls = [.. w.Facts.Recalls.Reverse()] },
        }).Plan())));

    // Rows that differ in nothing but their words: which of them is told must not hang on their order.
    private static ReminderWorld WithEquals(ReminderWorld w) => w with
    {
        Snapshot = w.Snapshot with
        {
            Disputes = [.. w.Snapshot.Disputes, .. new[] { "b", "c", "a" }.Select(r => new Dispute(w.Snapshot.OpenItems[0].Id, w.AsOf, null, null, r))],
            Holds = [.. w.Snapshot.Holds, .. new[] { "b", "c", "a" }.Select(r => new ReminderHold(new CustomerId("C1"), w.AsOf, w.AsOf, r))],
        },
    };

    [Fact]
    public void A_rehearsal_is_planning_and_carrying_out_day_by_day() => Law.ForAll(ReminderWorlds.Rich, w =>
    {
        var until = w.AsOf.PlusDays(40);
        var (daily, held, acted) = (new List<ActionId>(), Enumerable.Empty<HeldItem>(), new HashSet<(DocumentId, int)>());
        for (var (world, day) = (w, w.AsOf); day <= until; day = day.PlusDays(1))
        {
            world = world with { AsOf = day };
            var plan = world.Plan();
            daily.AddRange(plan.Actions.Select(a => a.Id));
            acted.UnionWith(plan.Actions.SelectMany(a => a.Lines).Select(l => (l.Invoice, l.Instalment)));
            (held, world) = (plan.Held, world.Carrying(plan.Actions));
        }

        var rehearsal = new ReminderEngine(w.Policy).Simulate(w.Snapshot, w.AsOf, until, w.Facts);
        Assert.Equal(daily, rehearsal.Actions.Select(a => a.Id));
        Assert.Equal(held.Where(h => !acted.Contains((h.Invoice, h.Instalment))), rehearsal.Held);
    }, cases: 1000);

    [Fact]
    public void Levels_rise_by_one_and_never_twice_on_a_day() => Law.ForAll(ReminderWorlds.World, w =>
    {
        var clean = w with { Snapshot = w.Snapshot with { Reminders = [] } };
        var sent = new ReminderEngine(w.Policy).Simulate(clean.Snapshot, w.AsOf, w.AsOf.PlusDays(200)).Actions
            .SelectMany(a => a.Lines.Select(l => (l.Invoice, l.Instalment, l.Level, l.Cycle, a.On)));
        foreach (var item in sent.GroupBy(s => (s.Invoice, s.Instalment)))
        {
            var steps = item.OrderBy(s => s.On).ToList();
            for (var i = 1; i < steps.Count; i++)
            {
                Assert.True(steps[i].On > steps[i - 1].On);
                Assert.True(Follows(w.Policy, steps[i - 1].Level, steps[i].Level) || (steps[i].Level == steps[i - 1].Level && steps[i].Cycle == steps[i - 1].Cycle + 1));
            }
        }
    });

    // Only a notice before the due date is passed over, when its time is over.
    private static bool Follows(ReminderPolicy policy, int before, int after) =>
        after > before && policy.Levels.Where(l => l.Level > before && l.Level < after).All(l => l.Kind == ReminderKind.PreDueNotice);

    [Fact]
    public void A_due_action_stays_due_until_it_is_carried_out() => Law.ForAll(ReminderWorlds.World, w =>
    {
        // Only the passing of time: facts that begin or end, and quiet days, are left out.
        var still = w with
        {
            Policy = w.Policy with { QuietDays = 0 },
            Snapshot = w.Snapshot with { Disputes = [], Promises = [], Holds = [], Plans = [], DirectDebits = [], Handovers = [], Insolvencies = [], Reminders = [.. w.Snapshot.Reminders.Where(r => r.Sent <= w.AsOf)] },
        };
        var today = still.Plan().Actions.Where(a => a.Kind != ReminderKind.PreDueNotice).ToList();
        var later = (still with { AsOf = still.AsOf.PlusDays(9) }).Plan().Actions;
        Assert.Empty(today.SelectMany(a => a.Lines).Select(l => (l.Invoice, l.Instalment)).Except(later.SelectMany(a => a.Lines).Select(l => (l.Invoice, l.Instalment))));

        // Until it is sent it keeps its id, unless another line has joined it.
        static string Of(ReminderAction a) => string.Join(' ', a.Lines.Select(l => (l.Invoice, l.Instalment, l.Level, l.Cycle)).Prepend((default, 0, (int)a.Kind, 0)));
        Assert.All(today, a => Assert.DoesNotContain(later, b => Of(a) == Of(b) && a.Id != b.Id));
    });

    [Fact]
    public void Lines_make_the_amount_and_the_level() => Law.ForAll(from w in ReminderWorlds.World from at in Gen.Choose(-8, 7) select (w, at), x =>
    {
        // Often on a due date.
        var w = x.at < 0 ? x.w : x.w with { AsOf = x.w.Snapshot.OpenItems[x.at % x.w.Snapshot.OpenItems.Count].Due };
        foreach (var action in w.Plan().Actions)
        {
            Assert.Equal(action.Amount, action.Lines.Aggregate(Money.Zero(action.Amount.Currency), (s, l) => s + l.Open));
            Assert.Equal(action.Level, action.Lines.Max(l => l.Level));
            Assert.True(action.Amount >= (w.Policy.MinimumAmount.In(action.Amount.Currency) ?? Money.Zero(action.Amount.Currency)));
            Assert.All(action.Lines, l => Assert.True(action.Kind == ReminderKind.PreDueNotice ? w.AsOf < l.Due : w.AsOf > l.Due));
            Assert.Equal(w.Policy.Levels[action.Level - 1].TemplateOrDefault, action.Template);
            Assert.All(action.Lines, l => Assert.Equal(action.Entity, w.Snapshot.OpenItems.Single(i => i.Id == l.Invoice).Entity));
            var credits = w.Snapshot.OpenItems.Where(i => i.IsCredit && i.Customer == action.Customer && i.Open.Currency == action.Amount.Currency && i.Entity == action.Entity);
            Assert.Equal(credits.Sum(c => c.Open.Amount), action.OpenCredits.Amount);
        }
    }, cases: 1000);
}
