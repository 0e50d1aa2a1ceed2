using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.LatePayment;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Reminders;
using Xunit;

namespace Receivables.Sdk.Tests.Reminders;

/// <summary>What a debtor is charged, over the whole life of a claim.</summary>
public class ReminderChargeLaws
{
    // Months of planning and carrying out, with gaps as a host may leave them, and no hold in the way.
    private static IEnumerable<ReminderAction> Life(ReminderWorld world, int[] gaps, LedgerSnapshot snapshot)
    {
        var now = world with { Snapshot = snapshot with { Reminders = [], Handovers = [], Holds = [], Promises = [], Plans = [], Disputes = [], Insolvencies = [], DirectDebits = [] } };
        foreach (var gap in gaps)
        {
            var actions = now.Plan().Actions;
            foreach (var action in actions)
            {
                yield return action;
            }

            now = now.Carrying(actions) with { AsOf = now.AsOf.PlusDays(gap) };
        }
    }

    private static Gen<(ReminderWorld World, int[] Gaps)> Lives { get; } = from w in ReminderWorlds.World from gaps in Gen.Choose(1, 30).ArrayOf(12) select (w, gaps);

    [Fact]
    public void Fees_stay_below_the_cap_and_none_is_charged_twice() => Law.ForAll(
        from x in Lives from cap in Gen.Choose(5, 40) from times in Gen.Choose(1, 3) select (x.World, x.Gaps, cap, times),
        x =>
        {
            var limit = new Money(x.cap, Currency.EUR);
            var policy = x.World.Policy with
            {
                Grouping = ReminderGrouping.Invoice,
                FeeCap = new CurrencyAmounts(limit),
                Levels = [.. x.World.Policy.Levels.Select(l => l.RepeatEveryDays is null ? l : l with { RepeatMax = x.times, Fee = new CurrencyAmounts(new Money(9m, Currency.EUR)) })],
            };
            if (policy.Check().Count > 0)
            {
                return;
            }

            var whole = x.World.Snapshot with { OpenItems = [.. x.World.Snapshot.OpenItems.Select(i => i with { Instalments = [] })] };
            var actions = Life(x.World with { Policy = policy }, x.Gaps, whole).ToList();
            Assert.All(actions.Where(a => a.Amount.Currency == Currency.EUR).GroupBy(a => a.Lines[0].Invoice), i => Assert.True(i.Sum(a => a.Fees.Amount) <= limit.Amount));
            Assert.Equal(actions.Count, actions.DistinctBy(a => (a.Lines[0].Invoice, a.Level, a.Lines[0].Cycle)).Count());
        });

    [Fact]
    public void The_fixed_sum_is_claimed_once_for_a_late_invoice() => Law.ForAll(from x in Lives from apart in Gen.Choose(0, 45) from claiming in Gen.Elements(true, false).ArrayOf(5) from young in Gen.Elements(true, false).ArrayOf(5) select (x.World, x.Gaps, apart, claiming, young), x =>
    {
        var claims = x.World.Policy.Levels.Select((l, i) => l with
        {
            Fee = CurrencyAmounts.None,
            FixedSum = l.Kind != ReminderKind.PreDueNotice && x.claiming[i] ? StatutoryClaim.Statutory : StatutoryClaim.None,
            When = x.young[i] ? new PolicyCondition.Not(new PolicyCondition.OverdueAtLeast(30)) : null,
        });
        var customers = x.World.Snapshot.Customers.Select(c => c with { Kind = PartyKind.Business, Country = "NL" }).ToList();
        var world = x.World with { Policy = x.World.Policy with { Levels = [.. claims] } };
        foreach (var item in x.World.Snapshot.OpenItems.Where(i => !i.IsCredit && i.Open.Currency == Currency.EUR))
        {
            // Alone, and in two parts that reach their levels on days of their own: two of them may stand in two actions of one day.
            var half = Money.FromMinorUnits(item.Open.ToMinorUnits() / 2, Currency.EUR);
            var parts = item with { Amount = item.Open, Instalments = [new OpenInstalment(1, item.Due, half, half), new OpenInstalment(2, item.Due.PlusDays(x.apart), item.Open - half, item.Open - half)] };
            Assert.True(Life(world, x.Gaps, x.World.Snapshot with { Customers = customers, OpenItems = [parts] }).Sum(a => a.Fees.Amount) is 0m or 40m);
        }
    }, cases: 500);

    [Fact]
    public void A_consumer_is_charged_nothing_before_the_term_of_the_notice_is_over() => Law.ForAll(
        from x in Lives from country in Gen.Elements("NL", "BE") from clause in Gen.Elements(true, false) select (x.World, x.Gaps, country, clause),
        x =>
        {
            var preset = x.country == "NL" ? PolicyPresets.ConsumerNetherlands : PolicyPresets.ConsumerBelgium;
            var policy = preset with
            {
                Freshness = null,
                HasClause = x.clause,
                Levels = [.. preset.Levels.Select(l => l with { DaysAfterPrevious = l.DaysAfterPrevious is null ? null : 1, Fee = new CurrencyAmounts(new Money(7.50m, Currency.EUR)), Interest = StatutoryClaim.Statutory, Costs = StatutoryClaim.Statutory })],
            };
            var customers = x.World.Snapshot.Customers.Select(c => c with { Kind = PartyKind.Consumer, Country = x.country, Email = "a@example.org" }).ToList();
            var calculator = new LatePaymentCalculator();
            var notice = calculator.NoticeFor(x.country, PartyKind.Consumer)!;
            var terms = new Dictionary<(DocumentId, int), LocalDate>();
            foreach (var action in Life(x.World with { Policy = policy }, x.Gaps, x.World.Snapshot with { Customers = customers }))
            {
                Assert.True(action.Fees.IsZero || action.Lines.Any(l => terms.TryGetValue((l.Invoice, l.Instalment), out var from) && from <= action.On));
                Assert.All(action.Lines, l => Assert.True(x.country == "NL" || l.Interest.IsZero || (x.clause && terms.TryGetValue((l.Invoice, l.Instalment), out var from) && from <= action.On)));
                if (action.Kind == ReminderKind.StatutoryNotice)
                {
                    foreach (var line in action.Lines)
                    {
                        terms[(line.Invoice, line.Instalment)] = calculator.Term(notice, action.On, action.Channel).ValueOrDefault!.ChargeableFrom;
                    }
                }
            }
        });

    [Fact]
    public void All_that_collection_costs_a_consumer_is_within_the_scale() => Law.ForAll(
        from x in Lives from country in Gen.Elements("NL", "BE") from fees in Gen.Choose(0, 30).ArrayOf(4) from costs in Gen.Elements(true, false).ArrayOf(4) select (x.World, x.Gaps, country, fees, costs),
        x =>
        {
            var preset = x.country == "NL" ? PolicyPresets.ConsumerNetherlands : PolicyPresets.ConsumerBelgium;
            var policy = preset with
            {
                Freshness = null,
                Levels =
                [
                    .. preset.Levels.Select((l, i) => l with
                    {
                        DaysAfterPrevious = l.DaysAfterPrevious is null ? null : 5,
                        Fee = l.Kind == ReminderKind.StatutoryNotice ? CurrencyAmounts.None : new CurrencyAmounts(new Money(x.fees[i], Currency.EUR)),
                        Costs = x.costs[i] ? StatutoryClaim.Statutory : StatutoryClaim.None,
                    }),
                ],
            };
            var customers = x.World.Snapshot.Customers.Select(c => c with { Kind = PartyKind.Consumer, Country = x.country, Email = "a@example.org" }).ToList();
            var scale = LatePaymentTables.BuiltIn.Countries.Single(c => c.Country == x.country).Rules.Last(r => r.Costs is not null).Costs!;
            foreach (var item in x.World.Snapshot.OpenItems.Where(i => !i.IsCredit && i.Open.Currency == Currency.EUR))
            {
                var alone = item with { Amount = item.Open, Instalments = [] };
                var charged = Life(x.World with { Policy = policy }, x.Gaps, x.World.Snapshot with { Customers = customers, OpenItems = [alone] }).Sum(a => a.Fees.Amount);
                Assert.True(charged <= scale.Of(item.Open).Amount, $"{charged} charged on {item.Open}");
            }
        });

    private static Dictionary<(DocumentId, int), ReminderLine> Lines(ReminderPlan plan) => plan.Actions.SelectMany(a => a.Lines).ToDictionary(l => (l.Invoice, l.Instalment));

    [Fact]
    public void A_part_payment_only_lowers() => Law.ForAll(
        from w in ReminderWorlds.World from at in Gen.Choose(0, 7) from cents in Gen.Choose(1, 20_000) from plain in Gen.Elements(true, false) select (w, at, cents, plain),
        x =>
        {
            var target = x.w.Snapshot.OpenItems[x.at % x.w.Snapshot.OpenItems.Count];
            if (target.IsCredit)
            {
                return;
            }

            // Everybody owes interest. Half of the worlds have nothing that keeps the rest of a line back once a part is paid.
            var policy = x.w.Policy with { QuietDays = 0, Levels = [.. x.w.Policy.Levels.Select(l => l with { Interest = l.Kind == ReminderKind.PreDueNotice ? StatutoryClaim.None : StatutoryClaim.Statutory })] };
            // What is paid of a promise by amount is asked for, with its interest, from that day on: no promise of the target's.
            var s = x.w.Snapshot with
            {
                Customers = [.. x.w.Snapshot.Customers.Select(c => c with { Kind = PartyKind.Business, Country = "NL" })],
                Promises = [.. x.w.Snapshot.Promises.Where(p => p.Invoice != target.Id)],
            };
            var world = !x.plain ? x.w with { Policy = policy, Snapshot = s } : x.w with
            {
                Policy = policy with { MinimumAmount = CurrencyAmounts.None, UnappliedCredit = UnappliedCreditTreatment.Ignore },
                Snapshot = s with { Disputes = [.. s.Disputes.Where(d => d.Invoice != target.Id)] },
            };
            var paid = Money.Min(Money.FromMinorUnits(x.cents, target.Open.Currency), target.Open);
            var shares = Shares(target, paid);
            var rest = target with
            {
                Open = target.Open - paid,
                Instalments = [.. target.Instalments.Select(p => p with { Open = p.Open - shares[p.Number] })],
            };
            var row = new StandingAllocation(new AllocationId("A"), null, target.Id, paid, world.AsOf, AllocationKind.Payment);
            var later = world with { Snapshot = world.Snapshot with { OpenItems = [.. world.Snapshot.OpenItems.Select(i => i == target ? rest : i)], Allocations = [row] } };
            var (before, after) = (Lines(world.Plan()), Lines(later.Plan()));
            foreach (var (key, line) in after)
            {
                Assert.True(before.TryGetValue(key, out var was) && line.Open <= was.Open && line.Interest <= was.Interest);
                Assert.Equal((was.Level, was.Cycle), (line.Level, line.Cycle));
                Assert.True(line.Invoice == target.Id || (line.Open == was.Open && line.Interest == was.Interest));
            }

            foreach (var (key, was) in x.plain ? before : [])
            {
                // What was paid today bore interest until today, and is asked for no more.
                var open = was.Invoice == target.Id ? was.Open - shares[was.Instalment] : was.Open;
                Assert.Equal(open.IsPositive ? (open, was.Interest) : null, after.TryGetValue(key, out var line) ? (line.Open, line.Interest) : ((Money, Money)?)null);
            }
        });

    // A payment goes to the instalment due earliest.
    private static Dictionary<int, Money> Shares(OpenItem item, Money paid)
    {
        var shares = new Dictionary<int, Money>();
        foreach (var part in item.Parts.OrderBy(p => p.Due).ThenBy(p => p.Number))
        {
            shares[part.Number] = Money.Min(paid, part.Open);
            paid -= shares[part.Number];
        }

        return shares;
    }

    // Through the ledger's own events: an invoice, its reminders, a payment, its return.
    [Fact]
    public void A_payment_that_is_taken_back_goes_on_at_its_level_and_charges_nothing_again() => Law.ForAll(
        from policy in ReminderWorlds.Policy from sent in Gen.Choose(0, 5) from paid in Gen.Choose(1, 20) from back in Gen.Choose(1, 40) from later in Gen.Choose(0, 30) select (policy, sent, paid, back, later),
        x =>
        {
            var (due, id, payment) = (new LocalDate(2026, 1, 5), new DocumentId("I"), new DocumentId("P"));
            var policy = x.policy with { MinimumAmount = CurrencyAmounts.None };
            List<LedgerEvent> events =
            [
                new LedgerOpened { Currency = Currency.EUR },
                new CustomerRecorded { Customer = new Customer { Id = new CustomerId("C"), Kind = PartyKind.Business, Country = "NL" } },
                new DocumentIssued { Id = id, Kind = DocumentKind.Invoice, Customer = new CustomerId("C"), Issued = due.PlusDays(-30), Due = due, Amount = 100m },
            ];

            // Some levels go out first, each on its day.
            var day = due.PlusDays(-20);
            foreach (var action in new ReminderEngine(policy).Simulate(LedgerBook.Create(events).Snapshot(day), day, day.PlusDays(300)).Actions.Where(a => a.Kind != ReminderKind.Handover).Take(x.sent))
            {
                events.AddRange(action.Lines.Select(l => new ReminderSent { Invoice = l.Invoice, Level = l.Level, Sent = action.On, Channel = action.Channel, Action = action.Id }));
                day = action.On;
            }

            var (paid, back) = (day.PlusDays(x.paid), day.PlusDays(x.paid + x.back));
            LedgerEvent[] round =
            [
                new PaymentReceived { Id = payment, Customer = new CustomerId("C"), Received = paid, Amount = 100m },
                new AllocationMade { Id = new AllocationId("A"), From = payment, To = id, Amount = 100m, On = paid, Kind = AllocationKind.Payment },
                new PaymentReturned { Payment = payment, On = back },
            ];
            var (never, returned) = (LedgerBook.Create(events), LedgerBook.Create([.. events, .. round]));
            Assert.Empty(returned.Faults);
            var engine = new ReminderEngine(policy);
            for (var between = paid; between < back; between = between.PlusDays(7))
            {
                Assert.Empty(engine.Plan(returned.Snapshot(between)).Actions);
            }

            var (plain, again) = (engine.Plan(never.Snapshot(back.PlusDays(x.later))), engine.Plan(returned.Snapshot(back.PlusDays(x.later))));
            Assert.Equal(plain.Actions.Select(a => (a.Id, a.Level, a.Fees)), again.Actions.Select(a => (a.Id, a.Level, a.Fees)));
            Assert.Equal(plain.Held, again.Held);
            Assert.All(again.Actions.SelectMany(a => a.Lines), l => Assert.DoesNotContain(events.OfType<ReminderSent>(), r => r.Level > l.Level || (r.Level == l.Level && l.Cycle == 1)));
        });

    [Fact]
    public void The_text_of_a_request_is_the_same_whatever_the_order_of_the_texts() => Law.ForAll(
        from rows in Gen.Choose(0, 242).ArrayOf(12) from asked in Gen.Choose(0, 242) from language in Gen.Elements("nl", "nl-BE", "fr", "pl", "xx") select (rows, asked, language),
        x =>
        {
            var entries = x.rows.DistinctBy(r => (r % 2, r % 81)).Select(r => new TextEntry("own", r % 2 == 0 ? "nl" : "fr", new ReminderText("", "text " + r))
            {
                Profile = Digit(r, 0, "strategic", "difficult"),
                Channel = Digit(r, 1, "sms", "letter"),
                Country = Digit(r, 2, "NL", "BE"),
                Level = r / 27 % 3 is > 0 and var level ? level : null,
            }).ToList();
            var request = new TextRequest("own", x.language, ReminderKind.Reminder) { Profile = Digit(x.asked, 0, "strategic", "difficult"), Channel = Digit(x.asked, 1, "sms", "letter"), Country = Digit(x.asked, 2, "NL", "BE"), Level = x.asked / 27 % 3 };
            var chosen = ReminderTexts.BuiltIn.With(entries).Select(request).Entry;
            Assert.Equal(chosen, ReminderTexts.BuiltIn.With(Enumerable.Reverse(entries).ToList()).Select(request).Entry);

            // The slow twin: of the texts of the first language that has one that fits, the one that states the first of profile, channel, country and level that any states.
            var fitting = entries.Where(e => (e.Profile is null || e.Profile == request.Profile) && (e.Channel is null || e.Channel == request.Channel) && (e.Country is null || e.Country == request.Country) && (e.Level is null || e.Level == request.Level)).ToList();
            var first = new[] { x.language, x.language.Split('-')[0] }.Select(l => fitting.Where(e => e.Language == l).ToList()).FirstOrDefault(l => l.Count > 0);
            Assert.True(first is null || chosen == first.OrderBy(e => e.Profile is null).ThenBy(e => e.Channel is null).ThenBy(e => e.Country is null).ThenBy(e => e.Level is null).First());
            Assert.True((chosen.Profile is null || chosen.Profile == request.Profile) && (chosen.Channel is null || chosen.Channel == request.Channel) && (chosen.Country is null || chosen.Country == request.Country) && (chosen.Level is null || chosen.Level == request.Level));
        });

    private static string? Digit(int number, int place, string one, string two) => (number / (int)Math.Pow(3, place) % 3) switch { 1 => one, 2 => two, _ => null };
}
