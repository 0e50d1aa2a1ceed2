using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Reminders;
using Xunit;

namespace Receivables.Sdk.Tests.Reminders;

/// <summary>What payments, holds, evidence and time may and may not do to a plan.</summary>
public class ReminderHoldLaws
{
    private static IEnumerable<(DocumentId, int)> Lines(ReminderPlan plan) => plan.Actions.SelectMany(a => a.Lines.Select(l => (l.Invoice, l.Instalment)));

    private static ReminderWorld With(ReminderWorld w, Func<LedgerSnapshot, LedgerSnapshot> change) => w with { Snapshot = change(w.Snapshot) };

    [Fact]
    public void What_is_settled_handed_over_disputed_promised_on_hold_in_a_plan_or_debited_is_in_no_action() => Law.ForAll(ReminderWorlds.Rich, w =>
    {
        var (s, day) = (w.Snapshot, w.AsOf);
        foreach (var line in w.Plan().Actions.SelectMany(a => a.Lines))
        {
            var item = s.OpenItems.Single(i => i.Id == line.Invoice);
            Assert.True(line.Open.IsPositive && line.Open <= item.Parts.Single(p => p.Number == line.Instalment).Open);
            Assert.DoesNotContain(s.Handovers, h => h.Invoice == line.Invoice && h.On <= day && !w.Facts.Recalls.Any(r => r.Invoice == h.Invoice && r.On >= h.On && r.On <= day));
            Assert.DoesNotContain(s.Disputes, d => d.Invoice == line.Invoice && d.Amount is null && d.Opened <= day && !(d.Resolved <= day));
            Assert.DoesNotContain(s.Promises, p => p.Invoice == line.Invoice && p.Made <= day && day <= p.Until && (w.Policy.Promise == PromiseScope.Invoice || p.Amount is null));
            Assert.DoesNotContain(s.Insolvencies, i => i.Customer == item.Customer && i.On <= day);
            Assert.DoesNotContain(s.Holds, h => h.Customer == item.Customer && h.From <= day && !(h.Until < day));
            Assert.DoesNotContain(s.Plans, p => p.Invoice == line.Invoice && p.Agreed <= day && day <= p.Instalments.Max(i => i.Due) && (w.Policy.PlanBreachDays is null || day <= p.Instalments.Min(i => i.Due)));
            Assert.DoesNotContain(s.DirectDebits, d => d.Invoice == line.Invoice && day <= d.CollectOn.PlusDays(1));
        }
    });

    [Fact]
    public void A_payment_only_takes_away() => Law.ForAll(from w in ReminderWorlds.World from at in Gen.Choose(0, 7) select (w, at), x =>
    {
        var target = x.w.Snapshot.OpenItems[x.at % x.w.Snapshot.OpenItems.Count];
        if (target.IsCredit || target.Instalments.Count > 0)
        {
            return;
        }

        // Credits that cover less than everything may cover what is left: so it is with the option off, too.
        var paid = With(x.w, s => s with { OpenItems = [.. s.OpenItems.Where(i => i.Id != target.Id)] });
        var (before, after) = (x.w.Plan(), paid.Plan());
        if (x.w.Policy.QuietDays == 0)
        {
            Assert.Empty(Lines(after).Except(Lines(before)));
        }

        foreach (var action in after.Actions)
        {
            Assert.All(action.Lines, l => Assert.True(x.w.Policy.QuietDays > 0 || before.Actions.Any(a => a.Lines.Any(b => b.Invoice == l.Invoice && b.Instalment == l.Instalment && b.Level >= l.Level))));
        }
    }, cases: 1000);

    [Fact]
    public void A_hold_or_dispute_adds_nothing_and_lifting_it_restores_the_plan() => Law.ForAll(from w in ReminderWorlds.World from at in Gen.Choose(0, 7) from covered in Gen.Elements(true, false) select (w, at, covered), x =>
    {
        var target = x.w.Snapshot.OpenItems[x.at % x.w.Snapshot.OpenItems.Count];
        if (x.covered && !target.IsCredit)
        {
            // A credit that covers just what the customer is overdue with.
            var overdue = x.w.Snapshot.OpenItems.Where(i => !i.IsCredit && i.Customer == target.Customer && i.Entity == target.Entity && i.Open.Currency == target.Open.Currency)
                .SelectMany(i => i.Parts).Where(p => p.Due < x.w.AsOf).Aggregate(Money.Zero(target.Open.Currency), (sum, p) => sum + p.Open);
            var credit = target with { Id = new DocumentId("CREDIT"), Kind = DocumentKind.CreditNote, Amount = overdue, Open = overdue, Instalments = [] };
            x = x with { w = With(x.w, s => s with { OpenItems = [.. s.OpenItems, credit] }) };
        }

        var disputed = With(x.w, s => s with { Disputes = [.. s.Disputes, new Dispute(target.Id, x.w.AsOf.PlusDays(-1), null, null, null)] });
        var lifted = With(x.w, s => s with { Disputes = [.. s.Disputes, new Dispute(target.Id, x.w.AsOf.PlusDays(-1), x.w.AsOf, null, null)] });
        Assert.True(x.w.Policy.QuietDays > 0 || !Lines(disputed.Plan()).Except(Lines(x.w.Plan())).Any());
        Assert.Equal(x.w.Plan().Actions.Select(a => (a.Id, a.Total)), lifted.Plan().Actions.Select(a => (a.Id, a.Total)));
    }, cases: 1000);

    [Fact]
    public void Contacts_keep_the_quiet_days_and_levels_their_wait() => Law.ForAll(ReminderWorlds.World, w =>
    {
        var clean = With(w, s => s with { Reminders = [] });
        var actions = new ReminderEngine(w.Policy).Simulate(clean.Snapshot, w.AsOf, w.AsOf.PlusDays(90)).Actions;
        foreach (var customer in actions.Where(a => a.Channel != "agency").GroupBy(a => a.Customer))
        {
            var days = customer.Select(a => a.On).ToList();
            for (var i = 1; i < days.Count && w.Policy.QuietDays > 0; i++)
            {
                Assert.True(Period.DaysBetween(days[i - 1], days[i]) >= w.Policy.QuietDays);
            }
        }

        foreach (var item in actions.SelectMany(a => a.Lines.Select(l => (l, a.On))).GroupBy(x => (x.l.Invoice, x.l.Instalment)))
        {
            var steps = item.OrderBy(x => x.On).ToList();
            for (var i = 1; i < steps.Count; i++)
            {
                var wait = steps[i].l.Cycle > 1 ? w.Policy.Levels[steps[i].l.Level - 1].RepeatEveryDays : w.Policy.Levels[steps[i].l.Level - 1].DaysAfterPrevious;
                Assert.True(Period.DaysBetween(steps[i - 1].On, steps[i].On) >= (wait ?? 1));
            }
        }
    });

    [Fact]
    public void Fees_are_charged_once_for_a_level_and_cycle() => Law.ForAll(ReminderWorlds.Rich, w =>
    {
        var actions = new ReminderEngine(w.Policy).Simulate(w.Snapshot, w.AsOf, w.AsOf.PlusDays(120), w.Facts).Actions;
        Assert.Equal(actions.Count, actions.Select(a => a.Id).Distinct().Count());
        var lines = actions.SelectMany(a => a.Lines.Select(l => (l.Invoice, l.Instalment, l.Level, l.Cycle))).ToList();
        Assert.Equal(lines.Count, lines.Distinct().Count());
    });

    [Fact]
    public void An_instalment_open_again_goes_on_where_it_stood() => Law.ForAll(ReminderWorlds.World, w =>
    {
        // The payment of every action's lines comes in and is taken back: between the two nothing is planned, afterwards the next level.
        var first = w.Plan();
        var sent = w.Carrying(first.Actions);
        var later = sent with { AsOf = w.AsOf.PlusDays(60) };
        var again = later.Plan().Actions.SelectMany(a => a.Lines).ToList();
        foreach (var line in first.Actions.SelectMany(a => a.Lines))
        {
            Assert.DoesNotContain(again, l => l.Invoice == line.Invoice && l.Instalment == line.Instalment && (l.Level < line.Level || (l.Level == line.Level && l.Cycle == line.Cycle)));
        }
    });

    [Fact]
    public void Old_bank_data_or_a_likely_payment_stops_letters() => Law.ForAll(ReminderWorlds.World, w =>
    {
        var engine = new ReminderEngine(w.Policy with { Freshness = new FreshnessRule { MaxImportDays = 2 } });
        Assert.DoesNotContain(engine.Plan(w.Snapshot, w.AsOf, new ReminderFacts { BankDataAsOf = w.AsOf.PlusDays(-9) }).Actions, a => a.Kind != ReminderKind.Task);
        Assert.Equal(w.Plan().Actions.Select(a => a.Id), engine.Plan(w.Snapshot, w.AsOf, new ReminderFacts { BankDataAsOf = w.AsOf }).Actions.Select(a => a.Id));
        var pending = new ReminderFacts { PendingPayments = [.. w.Snapshot.Customers.Select(c => new PendingPayment(c.Id))] };
        Assert.Empty(new ReminderEngine(w.Policy).Plan(w.Snapshot, w.AsOf, pending).Actions);
    });

    [Fact]
    public void The_age_of_bank_data_is_counted_in_the_links_own_days() => Law.ForAll(
        from w in ReminderWorlds.World
        from weekdays in Gen.Choose(1, 127)
        from covered in Gen.Choose(-2, 20)
        from most in Gen.Choose(0, 8)
        select (w, weekdays, covered, most),
        x =>
        {
            var days = Enum.GetValues<IsoDayOfWeek>().Where(d => d != IsoDayOfWeek.None && (x.weekdays & (1 << ((int)d - 1))) != 0).ToList();
            // Without quiet days: what is held back could make room for a task.
            var w = x.w with { Policy = x.w.Policy with { QuietDays = 0 } };
            var until = w.AsOf.PlusDays(-x.covered);

            // The slow twin: one day after the other, from the day after the last that is covered to the day before the plan.
            var age = 0;
            for (var day = until.PlusDays(1); day < w.AsOf; day = day.PlusDays(1))
            {
                age += days.Contains(day.DayOfWeek) ? 1 : 0;
            }

            var engine = new ReminderEngine(w.Policy with { Freshness = new FreshnessRule { MaxImportDays = x.most, ImportDays = [.. days] } });
            var free = w.Plan().Actions;
            var expected = age <= x.most ? free : free.Where(a => a.Kind is ReminderKind.Task or ReminderKind.WriteOffProposal);
            Assert.Equal(expected.Select(a => a.Id), engine.Plan(w.Snapshot, w.AsOf, new ReminderFacts { BankDataAsOf = until }).Actions.Select(a => a.Id));

            // Of several accounts the one that is covered least counts; of no account at all nothing is known.
            BankCoverage[] rows = [new("A", until), new("A", until.PlusDays(-30)), new("B", w.AsOf)];
            Assert.Equal(expected.Select(a => a.Id), engine.Plan(w.Snapshot with { BankData = rows }, w.AsOf).Actions.Select(a => a.Id));
            Assert.DoesNotContain(engine.Plan(w.Snapshot with { BankData = [] }, w.AsOf).Actions, a => a.Kind is not (ReminderKind.Task or ReminderKind.WriteOffProposal));
        });

    [Fact]
    public void What_comes_later_is_not_looked_at() => Law.ForAll(ReminderWorlds.Rich, w =>
    {
        var past = With(w, s => s with
        {
            Reminders = [.. s.Reminders.Where(r => r.Sent <= w.AsOf)],
            Disputes = [.. s.Disputes.Where(d => d.Opened <= w.AsOf)],
            Promises = [.. s.Promises.Where(p => p.Made <= w.AsOf)],
            Holds = [.. s.Holds.Where(h => h.From <= w.AsOf)],
            Insolvencies = [.. s.Insolvencies.Where(i => i.On <= w.AsOf)],
            Plans = [.. s.Plans.Where(p => p.Agreed <= w.AsOf)],
            Handovers = [.. s.Handovers.Where(h => h.On <= w.AsOf)],
            Allocations = [.. s.Allocations.Where(a => a.On <= w.AsOf)],
        }) with
        {
            Facts = w.Facts with { Deliveries = [.. w.Facts.Deliveries.Where(f => f.On <= w.AsOf)], Recalls = [.. w.Facts.Recalls.Where(f => f.On <= w.AsOf)] },
        };

        // Whatever becomes of the messages tomorrow.
        w = w with { Facts = w.Facts with { Deliveries = [.. w.Facts.Deliveries, .. w.Snapshot.Reminders.Where(r => r.Action is not null).Select(r => new DeliveryReport(r.Action!.Value, r.Channel!, DeliveryStatus.Bounced, w.AsOf.PlusDays(1)))] } };
        Assert.Equal(w.Plan().Actions.Select(a => (a.Id, a.Fees, a.Interest, a.Channel)), past.Plan().Actions.Select(a => (a.Id, a.Fees, a.Interest, a.Channel)));
        Assert.Equal(w.Plan().Held, past.Plan().Held);
    }, cases: 1000);

    [Fact]
    public void A_late_run_sends_no_more_and_reaches_no_further_than_daily_runs() => Law.ForAll(ReminderWorlds.World, w =>
    {
        // Nothing but time passes: every instalment that the late run reminds was reminded by the daily ones, at that level or a higher one.
        var clean = With(w, s => s with { Reminders = [], Promises = [], Plans = [], Holds = [], DirectDebits = [], Disputes = [], Insolvencies = [], Handovers = [] });
        clean = clean with { Policy = w.Policy with { QuietDays = 0, MinimumAmount = CurrencyAmounts.None, UnappliedCredit = UnappliedCreditTreatment.Ignore } };
        var daily = new ReminderEngine(clean.Policy).Simulate(clean.Snapshot, w.AsOf, w.AsOf.PlusDays(30)).Actions.SelectMany(a => a.Lines).ToList();
        var late = (clean with { AsOf = w.AsOf.PlusDays(30) }).Plan().Actions.SelectMany(a => a.Lines).ToList();
        Assert.All(late, l => Assert.Contains(daily, d => d.Invoice == l.Invoice && d.Instalment == l.Instalment && d.Level >= l.Level));
        Assert.Equal(late.Count, late.DistinctBy(l => (l.Invoice, l.Instalment)).Count());

        // Nothing is lost: what daily runs reminded of is reminded of late.
        var reminded = daily.Where(d => clean.Policy.Levels[d.Level - 1].Kind != ReminderKind.PreDueNotice).Select(d => (d.Invoice, d.Instalment)).Distinct();
        Assert.Empty(reminded.Except(late.Select(l => (l.Invoice, l.Instalment))));

        // Never leaps: the first that a late run sends is the first that daily runs sent (a notice before the due date aside, whose time is over).
        Assert.All(late.Where(l => clean.Policy.Levels[l.Level - 1].Kind != ReminderKind.PreDueNotice), l => Assert.Equal(l.Level, daily.Where(d => d.Invoice == l.Invoice && d.Instalment == l.Instalment && clean.Policy.Levels[d.Level - 1].Kind != ReminderKind.PreDueNotice).Min(d => d.Level)));
    });

    [Fact]
    public void A_hold_lasts_through_its_last_day_and_no_longer() => Law.ForAll(from w in ReminderWorlds.World from at in Gen.Choose(0, 7) select (w, at), x =>
    {
        var (w, day) = (x.w with { Policy = x.w.Policy with { QuietDays = 0, Promise = PromiseScope.Invoice } }, x.w.AsOf);
        var item = w.Snapshot.OpenItems[x.at % w.Snapshot.OpenItems.Count];
        if (item.Customer is not { } customer)
        {
            return;
        }

        // Each with its last day as given.
        Func<LocalDate, LedgerSnapshot, LedgerSnapshot>[] holds =
        [
            (last, s) => s with { Promises = [.. s.Promises, new PaymentPromise(item.Id, last.PlusDays(-3), last, null)] },
            (last, s) => s with { Holds = [.. s.Holds, new ReminderHold(customer, last.PlusDays(-3), last, null)] },
            (last, s) => s with { Plans = [.. s.Plans, new PaymentPlan(item.Id, last.PlusDays(-3), [new PlanInstalment(last, item.Open)])] },
            (last, s) => s with { DirectDebits = [.. s.DirectDebits, new AnnouncedDirectDebit(item.Id, last.PlusDays(-1))] },
            (last, s) => s with { Disputes = [.. s.Disputes, new Dispute(item.Id, last.PlusDays(-3), last.PlusDays(1), null, null)] },
        ];
        var free = w.Plan();
        foreach (var hold in holds)
        {
            Assert.DoesNotContain(With(w, s => hold(day, s)).Plan().Actions.SelectMany(a => a.Lines), l => l.Invoice == item.Id);
            Assert.Equal(free.Actions.Select(a => (a.Id, a.Total)), With(w, s => hold(day.PlusDays(-1), s)).Plan().Actions.Select(a => (a.Id, a.Total)));
        }
    });

    [Fact]
    public void A_hold_begins_on_its_first_day_and_no_sooner() => Law.ForAll(from w in ReminderWorlds.World from at in Gen.Choose(0, 7) select (w, at), x =>
    {
        var (w, day) = (x.w with { Policy = x.w.Policy with { QuietDays = 0, Promise = PromiseScope.Invoice } }, x.w.AsOf);
        var item = w.Snapshot.OpenItems[x.at % w.Snapshot.OpenItems.Count];
        if (item.Customer is not { } customer)
        {
            return;
        }

        // Each with its first day as given.
        Func<LocalDate, LedgerSnapshot, LedgerSnapshot>[] holds =
        [
            (first, s) => s with { Promises = [.. s.Promises, new PaymentPromise(item.Id, first, first.PlusDays(9), null)] },
            (first, s) => s with { Holds = [.. s.Holds, new ReminderHold(customer, first, null, null)] },
            (first, s) => s with { Plans = [.. s.Plans, new PaymentPlan(item.Id, first, [new PlanInstalment(first.PlusDays(9), item.Open)])] },
            (first, s) => s with { Disputes = [.. s.Disputes, new Dispute(item.Id, first, null, null, null)] },
            (first, s) => s with { Handovers = [.. s.Handovers, new Handover(item.Id, first, "agency")] },
            (first, s) => s with { Insolvencies = [.. s.Insolvencies, new Insolvency(customer, first, null)] },
        ];
        var free = w.Plan();
        foreach (var hold in holds)
        {
            Assert.DoesNotContain(With(w, s => hold(day, s)).Plan().Actions.SelectMany(a => a.Lines), l => l.Invoice == item.Id);
            Assert.Equal(free.Actions.Select(a => (a.Id, a.Total)), With(w, s => hold(day.PlusDays(1), s)).Plan().Actions.Select(a => (a.Id, a.Total)));
        }
    });

    [Fact]
    public void A_claim_is_handed_over_once_and_a_recall_lets_reminders_go_on() => Law.ForAll(ReminderWorlds.World, w =>
    {
        // Levels above a hand-over are for what comes back.
        var last = w.Policy.Levels[^1];
        var above = new ReminderLevel { Level = last.Level + 1, DaysAfterPrevious = 1 };
        var policy = w.Policy with { Levels = [.. w.Policy.Levels.Take(last.Level - 1), last with { Kind = ReminderKind.Handover, RepeatEveryDays = null, DaysBeforeDue = null }, above] };
        var engine = new ReminderEngine(policy);
        var actions = engine.Simulate(w.Snapshot, w.AsOf, w.AsOf.PlusDays(150)).Actions;
        foreach (var handover in actions.Where(a => a.Kind == ReminderKind.Handover))
        {
            Assert.DoesNotContain(actions, a => a.On > handover.On && a.Lines.Any(l => handover.Lines.Any(h => h.Invoice == l.Invoice && h.Instalment == l.Instalment)));
        }

        var recalls = new ReminderFacts { Recalls = [.. w.Snapshot.OpenItems.Select(i => new HandoverRecall(i.Id, w.AsOf))] };
        Assert.DoesNotContain(engine.Plan(w.Snapshot, w.AsOf, recalls).Held, h => h.Reason == HeldReason.HandedOver);
        var never = engine.Plan(w.Snapshot with { Handovers = [] }, w.AsOf, recalls);
        var today = w.Snapshot.OpenItems.Select(i => new Handover(i.Id, w.AsOf, "agency")).ToList();
        Assert.Equal(never.Actions.Select(a => a.Id), engine.Plan(w.Snapshot with { Handovers = today }, w.AsOf, recalls).Actions.Select(a => a.Id));
        Assert.Equal(never.Actions.Select(a => a.Id), engine.Plan(w.Snapshot with { Handovers = [.. w.Snapshot.Handovers.Where(h => h.On <= w.AsOf)] }, w.AsOf, recalls).Actions.Select(a => a.Id));
    });

    [Fact]
    public void Without_the_approval_that_a_level_asks_for_nothing_is_recorded() => Law.ForAll(ReminderWorlds.World, w =>
    {
        var policy = w.Policy with { Levels = [.. w.Policy.Levels.Select(l => l with { Approval = l.Level % 2 == 0 ? ApprovalRule.Required : ApprovalRule.FourEyes })] };
        foreach (var action in (w with { Policy = policy }).Plan().Actions)
        {
            Assert.Throws<InvalidOperationException>(() => ReminderEngine.Commit(action, new CommitEvidence(w.AsOf, null, "a")));
            Assert.Equal(action.Approval == ApprovalRule.FourEyes, Record.Exception(() => ReminderEngine.Commit(action, new CommitEvidence(w.AsOf, null, "a", "a"))) is InvalidOperationException);
            Assert.All(ReminderEngine.Commit(action, new CommitEvidence(w.AsOf, null, "a", "b")).Reminders, r => Assert.Equal(action.Id, r.Action));
        }
    });

    [Fact]
    public void Nothing_is_sent_on_a_day_that_the_calendar_closes() => Law.ForAll(ReminderWorlds.World, w =>
    {
        var engine = new ReminderEngine(w.Policy with { Calendar = "NL" });
        var actions = engine.Simulate(w.Snapshot, w.AsOf, w.AsOf.PlusDays(40)).Actions;
        Assert.All(actions, a => Assert.True(Receivables.Sdk.Calendars.BusinessCalendar.Of("NL").IsBusinessDay(a.On)));
        Assert.All(actions.SelectMany(a => a.Lines.Select(l => (l, a.On))).GroupBy(x => (x.l.Invoice, x.l.Instalment)), i =>
            Assert.Equal(i.OrderBy(x => x.On).Select(x => (x.l.Level, x.l.Cycle)), i.Select(x => (x.l.Level, x.l.Cycle)).Order()));
    });

    [Fact]
    public void A_bounce_falls_back_without_using_up_the_level() => Law.ForAll(ReminderWorlds.World, w =>
    {
        var world = w with { Policy = w.Policy with { QuietDays = 0, Levels = [.. w.Policy.Levels.Select(l => l with { Channel = "portal", Fallback = ["letter"] })] } };
        var first = world.Plan();
        var bounces = new ReminderFacts { Deliveries = [.. first.Actions.Select(a => new DeliveryReport(a.Id, "portal", DeliveryStatus.Bounced, w.AsOf))] };
        var sent = world.Carrying(first.Actions.Where(a => a.Kind != ReminderKind.Handover));
        var second = new ReminderEngine(world.Policy).Plan(sent.Snapshot, w.AsOf, bounces).Actions.Where(a => a.Kind != ReminderKind.Handover).ToList();
        Assert.Equal(first.Actions.Where(a => a.Kind != ReminderKind.Handover).Select(a => a.Id), second.Select(a => a.Id));
        Assert.All(second, a => Assert.Equal("letter", a.Channel));
    });

    [Fact]
    public void A_new_revision_leaves_what_began_alone_unless_it_moves_it() => Law.ForAll(from w in ReminderWorlds.World from move in Gen.Elements(true, false) from ago in Gen.Choose(0, 40) select (w, move, ago), x =>
    {
        var from = x.w.AsOf.PlusDays(-x.ago);
        var next = new ReminderPolicy { Name = x.w.Policy.Name, Revision = 2, EffectiveFrom = from, Migrate = x.move, Levels = [new ReminderLevel { Level = 1, DaysAfterDue = 1 }], Grouping = ReminderGrouping.Invoice };
        var old = x.w.Policy with { QuietDays = 0, MinimumAmount = CurrencyAmounts.None, Grouping = ReminderGrouping.Invoice, UnappliedCredit = next.UnappliedCredit, Promise = next.Promise };
        var began = x.w.Snapshot.Reminders.Where(r => r.Sent < from).Select(r => (r.Invoice, r.Instalment)).ToHashSet();

        // The first of several reminders tells under which revision it began.
        var again = began.Where(_ => x.ago > 0).Select(b => new SentReminder(b.Invoice, b.Instalment, 1, x.w.AsOf.PlusDays(-1), "email", null));
        var rows = x.w.Snapshot with { Reminders = [.. x.w.Snapshot.Reminders, .. again] };
        var plan = new ReminderEngine([old, next]).Plan(rows, x.w.AsOf).Actions.SelectMany(a => a.Lines).Where(l => began.Contains((l.Invoice, l.Instalment))).Select(l => (l.Invoice, l.Instalment, l.Level));
        if (x.move)
        {
            Assert.Empty(plan);
        }
        else
        {
            var alone = new ReminderEngine(old).Plan(rows, x.w.AsOf).Actions.SelectMany(a => a.Lines).Where(l => began.Contains((l.Invoice, l.Instalment))).Select(l => (l.Invoice, l.Instalment, l.Level));
            Assert.Equal(alone.Order(), plan.Order());
        }
    }, cases: 1000);
}
