using System.Collections.Frozen;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Reminders;
using Xunit;

namespace Receivables.Sdk.Tests.Reminders;

/// <summary>What is held by amount, what may not be passed over, when on a day something may be sent, and who is kept apart.</summary>
public class ReminderScopeLaws
{
    private static Gen<(ReminderWorld World, OpenItem Item, int Cents)> Targeted { get; } =
        from w in ReminderWorlds.World
        from at in Gen.Choose(0, 7)
        from cents in Gen.Choose(1, 20_000)
        select (w with { Policy = w.Policy with { QuietDays = 0 } }, w.Snapshot.OpenItems[at % w.Snapshot.OpenItems.Count], cents);

    private static Dictionary<(DocumentId, int), Money> Reminded(ReminderPlan plan) => plan.Actions.SelectMany(a => a.Lines).ToDictionary(l => (l.Invoice, l.Instalment), l => l.Open);

    [Fact]
    public void A_promise_by_amount_and_a_refund_window_hold_their_amount_and_no_more() => Law.ForAll(Targeted, x =>
    {
        // Without a least amount and without credits the rest of an instalment goes out as it would have.
        var day = x.World.AsOf;
        var world = x.World with
        {
            Policy = x.World.Policy with { Promise = PromiseScope.Amount, MinimumAmount = CurrencyAmounts.None, UnappliedCredit = UnappliedCreditTreatment.Ignore },
            Snapshot = x.World.Snapshot with { Promises = [], Disputes = [.. x.World.Snapshot.Disputes.Where(d => d.Invoice != x.Item.Id)] },
        };
        var amount = Money.FromMinorUnits(x.Cents, x.Item.Open.Currency);
        var before = Reminded(world.Plan());
        var promised = Reminded((world with { Snapshot = world.Snapshot with { Promises = [new PaymentPromise(x.Item.Id, day, day, amount)] } }).Plan());
        var collected = Reminded(new ReminderEngine(world.Policy).Plan(world.Snapshot, day, new ReminderFacts { RefundWindows = [new RefundWindow(x.Item.Id, day, amount)] }));
        Assert.Equal(promised.OrderBy(p => p.Key), collected.OrderBy(p => p.Key));
        var over = new ReminderFacts { RefundWindows = [new RefundWindow(x.Item.Id, day.PlusDays(-1), amount)] };
        Assert.Equal(before.OrderBy(p => p.Key), Reminded(new ReminderEngine(world.Policy).Plan(world.Snapshot, day, over)).OrderBy(p => p.Key));
        var left = amount;
        foreach (var part in x.Item.Parts.OrderBy(p => p.Due).ThenBy(p => p.Number))
        {
            var share = Money.Min(left, part.Open);
            left -= share;
            var key = (x.Item.Id, part.Number);
            Assert.Equal(before.TryGetValue(key, out var open) && open > share ? open - share : null, promised.TryGetValue(key, out var rest) ? rest : (Money?)null);
        }

        Assert.Equal(before.Where(b => b.Key.Item1 != x.Item.Id).OrderBy(p => p.Key), promised.Where(b => b.Key.Item1 != x.Item.Id).OrderBy(p => p.Key));
    });

    [Fact]
    public void What_was_paid_since_frees_a_promise() => Law.ForAll(Targeted, x =>
    {
        var day = x.World.AsOf;
        var world = x.World with { Policy = x.World.Policy with { Promise = PromiseScope.Amount } };
        var promise = new PaymentPromise(x.Item.Id, day.PlusDays(-5), day, Money.FromMinorUnits(x.Cents, x.Item.Open.Currency));
        var kept = new StandingAllocation(new AllocationId("A"), null, x.Item.Id, promise.Amount!.Value, day, AllocationKind.Payment);
        var none = world with { Snapshot = world.Snapshot with { Promises = [] } };
        var paid = world with { Snapshot = world.Snapshot with { Promises = [promise], Allocations = [kept] } };
        Assert.Equal(Reminded(none.Plan()).OrderBy(p => p.Key), Reminded(paid.Plan()).OrderBy(p => p.Key));
    });

    [Fact]
    public void A_late_or_broken_run_never_passes_over_what_the_law_requires() => Law.ForAll(
        from w in ReminderWorlds.World from marks in Gen.Elements(true, false).ArrayOf(5) from gaps in Gen.Choose(1, 50).ArrayOf(8) select (w, marks, gaps),
        x =>
        {
            var policy = x.w.Policy with { Levels = [.. x.w.Policy.Levels.Select((l, i) => l with { Mandatory = x.marks[i] && l.Kind != ReminderKind.PreDueNotice })] };
            var world = x.w with { Policy = policy, Snapshot = x.w.Snapshot with { Reminders = [] } };
            var sent = new List<(DocumentId, int, int Level)>();
            foreach (var gap in x.gaps)
            {
                var plan = world.Plan();
                foreach (var line in plan.Actions.SelectMany(a => a.Lines))
                {
                    Assert.All(policy.Levels.Where(l => l.Mandatory && l.Level < line.Level), l => Assert.Contains((line.Invoice, line.Instalment, l.Level), sent));
                    sent.Add((line.Invoice, line.Instalment, line.Level));
                }

                world = world.Carrying(plan.Actions) with { AsOf = world.AsOf.PlusDays(gap) };
            }
        });

    [Fact]
    public void A_move_never_lowers_a_level_and_never_passes_over_what_the_law_requires() => Law.ForAll(
        from w in ReminderWorlds.World from maps in Gen.Choose(0, 2).ArrayOf(6) from required in Gen.Choose(0, 4) select (w, maps, required),
        x =>
        {
            var map = Enumerable.Range(1, 5).Where(l => x.maps[l] > 0).ToFrozenDictionary(l => l, l => Math.Min(6, l + x.maps[l] - 1));
            ReminderPolicy Next(bool isMandatory) => new()
            {
                Name = x.w.Policy.Name,
                Revision = 2,
                EffectiveFrom = x.w.AsOf,
                Migrate = true,
                LevelMap = map,
                Grouping = ReminderGrouping.Invoice,
                Levels = [.. Enumerable.Range(1, 6).Select(i => new ReminderLevel { Level = i, DaysAfterDue = 0, Mandatory = isMandatory && i == x.required + 1 })],
            };

            var sent = x.w.Snapshot.Reminders.Where(r => r.Sent < x.w.AsOf).ToLookup(r => (r.Invoice, r.Instalment));
            int Counts(SentReminder r) => map.GetValueOrDefault(r.Level, r.Level);
            foreach (var line in new ReminderEngine([x.w.Policy, Next(false)]).Plan(x.w.Snapshot, x.w.AsOf).Actions.SelectMany(a => a.Lines))
            {
                Assert.All(sent[(line.Invoice, line.Instalment)], r => Assert.True(line.Level > Math.Max(r.Level, Counts(r))));
            }

            foreach (var line in new ReminderEngine([x.w.Policy, Next(true)]).Plan(x.w.Snapshot, x.w.AsOf).Actions.SelectMany(a => a.Lines))
            {
                var before = sent[(line.Invoice, line.Instalment)].ToList();
                Assert.True(line.Level <= x.required + 1 || before.Exists(r => map.ContainsKey(r.Level) && Counts(r) == x.required + 1));
            }
        });

    [Fact]
    public void A_required_notice_that_came_back_everywhere_stops_what_follows() => Law.ForAll(ReminderWorlds.World, w =>
    {
        var world = w with
        {
            Policy = w.Policy with { QuietDays = 0, Levels = [.. w.Policy.Levels.Select(l => l with { Mandatory = l.Kind != ReminderKind.PreDueNotice, Channel = "letter" })] },
            Snapshot = w.Snapshot with { Reminders = [.. w.Snapshot.Reminders.Where(r => r.Sent <= w.AsOf)] },
        };
        var first = world.Plan().Actions.Where(a => a.Kind is not (ReminderKind.PreDueNotice or ReminderKind.Handover)).ToList();
        var facts = new ReminderFacts { Deliveries = [.. first.Select(a => new DeliveryReport(a.Id, "letter", DeliveryStatus.Bounced, w.AsOf))] };
        var later = new ReminderEngine(world.Policy).Plan(world.Carrying(first).Snapshot, w.AsOf.PlusDays(60), facts);
        var lost = first.SelectMany(a => a.Lines).ToDictionary(l => (l.Invoice, l.Instalment), l => l.Level);
        Assert.All(later.Actions.SelectMany(a => a.Lines), l => Assert.True(!lost.TryGetValue((l.Invoice, l.Instalment), out var level) || l.Level <= level));
    });

    [Fact]
    public void What_may_be_sent_keeps_to_the_hours_of_the_customers_clock() => Law.ForAll(
        from w in ReminderWorlds.World
        from zones in Gen.Elements("NL", "JP", "US", "RU", "BR", "XX", null).ArrayOf(4)
        from hours in Gen.Choose(0, 22)
        from length in Gen.Choose(1, 12)
        from late in Gen.Choose(0, 48)
        select (w, zones, hours, length, late),
        x =>
        {
            var window = new ContactWindow { From = new LocalTime(x.hours, 15), To = new LocalTime(Math.Min(23, x.hours + x.length), 30), Zone = "Europe/Amsterdam" };
            var customers = x.w.Snapshot.Customers.Select((c, i) => c with { Country = x.zones[i] }).ToList();
            var world = x.w with { Policy = x.w.Policy with { Window = window, QuietDays = 0 }, Snapshot = x.w.Snapshot with { Customers = customers } };
            var plan = world.Plan();
            Assert.Equal((x.w with { Policy = x.w.Policy with { QuietDays = 0 }, Snapshot = world.Snapshot }).Plan().Actions.Select(a => a.Id), plan.Actions.Select(a => a.Id));
            foreach (var action in plan.Actions)
            {
                Assert.Equal(action.Channel is "agency" or "internal", action.Window is null);
                if (action.Window is not { } hours)
                {
                    continue;
                }

                var country = customers.FirstOrDefault(c => c.Id == action.Customer)?.Country;
                var zones = NodaTime.TimeZones.TzdbDateTimeZoneSource.Default.ZoneLocations!.Where(z => z.CountryCode == country).Select(z => z.ZoneId).DefaultIfEmpty(window.Zone).ToList();
                bool IsInside(string zone) => hours.Start.InZone(DateTimeZoneProviders.Tzdb[zone]) is var from && (hours.End - Duration.Epsilon).InZone(DateTimeZoneProviders.Tzdb[zone]) is var to
                    && from.Date == world.AsOf && to.Date == world.AsOf && from.TimeOfDay >= window.From && to.TimeOfDay < window.To;
                Assert.True(hours.Start < hours.End);

                // The hours of the policy's own zone only where the country's zones have no quarter of an hour in common.
                bool IsOpen(Instant moment, string zone) => moment.InZone(DateTimeZoneProviders.Tzdb[zone]) is var at && at.Date == world.AsOf && at.TimeOfDay >= window.From && at.TimeOfDay < window.To;
                var midnight = world.AsOf.AtMidnight().InUtc().ToInstant();
                var isCommon = Enumerable.Range(-60, 60 + (40 * 4)).Select(q => midnight + Duration.FromMinutes(15 * q)).Any(m => zones.TrueForAll(z => IsOpen(m, z)));
                Assert.True(isCommon ? zones.TrueForAll(IsInside) : IsInside(window.Zone));
            }

            // At a moment of the day: what is past its hours waits, and is told.
            var now = world.AsOf.AtMidnight().InUtc().ToInstant() + Duration.FromHours(x.late - 12);
            var then = new ReminderEngine(world.Policy).Plan(world.Snapshot, world.AsOf, new ReminderFacts { Now = now });
            Assert.Equal(plan.Actions.Where(a => !(a.Window?.End <= now)).Select(a => a.Id), then.Actions.Select(a => a.Id));
            Assert.True(then.Actions.Count == plan.Actions.Count || then.LookAgain == world.AsOf.PlusDays(1));
        });

    [Fact]
    public void Two_companies_of_the_seller_are_as_two_ledgers_to_a_customer() => Law.ForAll(ReminderWorlds.World, w =>
    {
        // Quiet days and pressure are the customer's over all companies; with them off each company's plan is its own.
        var world = w with { Policy = w.Policy with { QuietDays = 0 } };
        var both = world.Plan();
        var apart = new[] { null, "B" }.SelectMany(e => (world with { Snapshot = world.Snapshot with { OpenItems = [.. world.Snapshot.OpenItems.Where(i => i.Entity == e)] } }).Plan().Actions);
        Assert.Equal(apart.Select(a => (a.Id, a.Amount.Amount, a.OpenCredits.Amount)).Order(), both.Actions.Select(a => (a.Id, a.Amount.Amount, a.OpenCredits.Amount)).Order());
    }, cases: 2000);

    [Fact]
    public void Credits_that_cover_stop_letters_and_are_shown_where_they_do_not() => Law.ForAll(ReminderWorlds.World, w =>
    {
        var covers = w with { Policy = w.Policy with { UnappliedCredit = UnappliedCreditTreatment.Covers } };
        foreach (var action in covers.Plan().Actions.Where(a => a.Kind != ReminderKind.PreDueNotice && w.Policy.Grouping != ReminderGrouping.Parent))
        {
            var mine = w.Snapshot.OpenItems.Where(i => i.Customer == action.Customer && i.Entity == action.Entity && i.Open.Currency == action.Amount.Currency).ToList();
            var credits = mine.Where(i => i.IsCredit).Sum(i => i.Open.Amount);
            Assert.True(credits == 0m || credits < mine.Where(i => !i.IsCredit).Sum(i => i.Parts.Where(p => p.Due < w.AsOf).Sum(p => p.Open.Amount)));
        }
    });

    [Fact]
    public void Credits_cover_to_the_cent() => Law.ForAll(ReminderWorlds.World, w =>
    {
        // One customer, without disputes and hand-overs, so that all that is overdue counts.
        var items = w.Snapshot.OpenItems.Where(i => !i.IsCredit && i.Entity is null && i.Customer == w.Snapshot.Customers[0].Id && i.Open.Currency == Currency.EUR).ToList();
        var overdue = items.SelectMany(i => i.Parts).Where(p => p.Due < w.AsOf).Aggregate(Money.Zero(Currency.EUR), (sum, p) => sum + p.Open);
        var world = w with { Policy = w.Policy with { UnappliedCredit = UnappliedCreditTreatment.Covers, MinimumAmount = CurrencyAmounts.None }, Snapshot = w.Snapshot with { OpenItems = items, Disputes = [], Handovers = [] } };
        if (!overdue.IsPositive)
        {
            return;
        }

        ReminderPlan With(Money credit) => (world with
        {
            Snapshot = world.Snapshot with { OpenItems = [.. items, items[0] with { Id = new DocumentId("CREDIT"), Kind = DocumentKind.CreditNote, Amount = credit, Open = credit, Instalments = [] }] },
        }).Plan();
        Assert.DoesNotContain(With(overdue).Actions, a => a.Kind != ReminderKind.PreDueNotice);
        Assert.Equal(world.Plan().Actions.Select(a => (a.Id, a.Amount)), With(overdue - new Money(0.01m, Currency.EUR)).Actions.Select(a => (a.Id, a.Amount)));
    });

    [Fact]
    public void A_thousand_plans_a_day_are_one() => Law.ForAll(
        ReminderWorlds.World,
        w =>
        {
            var engine = new ReminderEngine(w.Policy);
            var first = engine.Plan(w.Snapshot, w.AsOf);
            var sent = w.Carrying(first.Actions);
            for (var i = 0; i < 1000; i++)
            {
                Assert.Equal(first.Actions.Select(a => a.Id), engine.Plan(w.Snapshot, w.AsOf).Actions.Select(a => a.Id));
                Assert.Empty(engine.Plan(sent.Snapshot, w.AsOf).Actions);
            }
        },
        cases: 4);
}
