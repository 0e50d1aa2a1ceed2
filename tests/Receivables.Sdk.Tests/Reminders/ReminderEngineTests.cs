using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reminders;
using Xunit;

namespace Receivables.Sdk.Tests.Reminders;

public class ReminderEngineTests
{
    private static LocalDate Due => new(2026, 2, 9);

    private static LedgerSnapshot Ledger(params OpenItem[] items) => new()
    {
        AsOf = new LocalDate(2026, 12, 31),
        Customers = [new Customer { Id = new CustomerId("C100"), Language = "nl", Kind = PartyKind.Business }, new Customer { Id = new CustomerId("C7"), Profile = "strategic" }],
        OpenItems = items,
    };

    private static OpenItem Invoice(string id, decimal open, LocalDate? due = null, string customer = "C100") => new()
    {
        Id = new DocumentId(id),
        Kind = DocumentKind.Invoice,
        Customer = new CustomerId(customer),
        Issued = (due ?? Due).PlusDays(-30),
        Due = due ?? Due,
        Amount = new Money(Math.Max(open, 121m), Currency.EUR),
        Open = new Money(open, Currency.EUR),
    };

    private static SentReminder Sent(string invoice, int level, LocalDate on) => new(new DocumentId(invoice), 1, level, on, "email", null);

    private static ReminderPlan Plan(LedgerSnapshot ledger, LocalDate asOf, string policy = PolicyFileTests.Standard) => new ReminderEngine(PolicyFile.Parse(policy)).Plan(ledger, asOf);

    [Fact]
    public void The_first_level_comes_fourteen_days_after_the_due_date_or_later()
    {
        var ledger = Ledger(Invoice("I1", 60.50m));
        Assert.Equal("notOverdue", Plan(ledger, Due).Held.Single().Code);
        var early = Plan(ledger, Due.PlusDays(13)).Held.Single();
        Assert.Equal(("cadence", Due.PlusDays(13)), (early.Code, early.Until));
        foreach (var days in new[] { 14, 21, 300 })
        {
            var action = Assert.Single(Plan(ledger, Due.PlusDays(days)).Actions);
            Assert.Equal((1, "reminder", "email", "nl", "friendly"), (action.Level, action.KindCode, action.Channel, action.Language, action.Template));
            Assert.Equal(days, action.Lines[0].DaysOverdue);
            Assert.Equal("60.50", action.Total.ToAmountString());
            Assert.Equal("firstReminderDue", action.Reasons[0].Code);
        }
    }

    [Fact]
    public void A_notice_before_the_due_date_is_not_repeated_after_it()
    {
        const string Policy = """{"version":1,"levels":[{"kind":"preDueNotice","daysBeforeDue":7,"repeatEveryDays":10}]}""";
        var ledger = Ledger(Invoice("I1", 60.50m)) with { Reminders = [Sent("I1", 1, Due.PlusDays(-7))] };
        Assert.Equal("levelsExhausted", Plan(ledger, Due.PlusDays(73), Policy).Held.Single().Code);
    }

    [Fact]
    public void A_rehearsal_looks_again_when_a_part_of_an_invoice_is_no_longer_disputed()
    {
        const string Policy = """{"version":1,"minimumAmount":{"EUR":"60.00"},"levels":[{"daysAfterDue":14}]}""";
        var ledger = Ledger(Invoice("I1", 100m)) with { Disputes = [new Dispute(new DocumentId("I1"), Due, Due.PlusDays(20), new Money(50m, Currency.EUR), "goods damaged")] };
        var plan = Plan(ledger, Due.PlusDays(14), Policy);
        Assert.Equal(("belowMinimum", Due.PlusDays(20)), (plan.Held.Single().Code, plan.LookAgain));
        Assert.Equal(Due.PlusDays(20), Assert.Single(new ReminderEngine(PolicyFile.Parse(Policy)).Simulate(ledger, Due, Due.PlusDays(40)).Actions).On);
    }

    [Fact]
    public void Grace_is_told_before_cadence()
    {
        var policy = PolicyFileTests.Standard.Replace("\"graceDays\":0", "\"graceDays\":5", StringComparison.Ordinal);
        var ledger = Ledger(Invoice("I1", 60.50m));
        Assert.Equal(("inGrace", Due.PlusDays(5)), (Plan(ledger, Due.PlusDays(1), policy).Held.Single().Code, Plan(ledger, Due.PlusDays(5), policy).Held.Single().Until));
        Assert.Equal("cadence", Plan(ledger, Due.PlusDays(18), policy).Held.Single().Code);
        Assert.Single(Plan(ledger, Due.PlusDays(19), policy).Actions);
    }

    [Fact]
    public void Reminders_of_one_customer_go_out_together_and_formal_notices_apart()
    {
        var ledger = Ledger(Invoice("I1", 50m), Invoice("I2", 60m), Invoice("I3", 70m)) with
        {
            Reminders = [Sent("I2", 1, Due.PlusDays(14)), Sent("I3", 1, Due.PlusDays(14)), Sent("I3", 2, Due.PlusDays(28))],
        };
        var plan = Plan(ledger, Due.PlusDays(60));
        Assert.Equal(["formalNotice 3 I3", "reminder 2 I1,I2"], plan.Actions.Select(a => $"{a.KindCode} {a.Level} {string.Join(',', a.Lines.Select(l => l.Invoice))}"));
        Assert.Equal([1, 2], plan.Actions[1].Lines.Select(l => l.Level));
        Assert.Equal(("110.00", "5.00", "115.00"), (plan.Actions[1].Amount.ToAmountString(), plan.Actions[1].Fees.ToAmountString(), plan.Actions[1].Total.ToAmountString()));
    }

    [Fact]
    public void A_profile_replaces_the_levels()
    {
        var ledger = Ledger(Invoice("I1", 50m, null, "C7"));
        Assert.Equal("cadence", Plan(ledger, Due.PlusDays(20)).Held.Single().Code);
        Assert.Equal("task", Plan(ledger, Due.PlusDays(21)).Actions.Single().KindCode);
        Assert.Equal("levelsExhausted", Plan(ledger with { Reminders = [Sent("I1", 1, Due.PlusDays(21))] }, Due.PlusDays(99)).Held.Single().Code);
    }

    [Fact]
    public void Holds_are_told_in_order_and_end_when_they_say()
    {
        var asOf = Due.PlusDays(30);
        var id = new DocumentId("I1");
        var ledger = Ledger(Invoice("I1", 100m));
        void Held(string code, LocalDate? until, LedgerSnapshot with)
        {
            var held = Plan(with, asOf).Held.Single();
            Assert.Equal((code, until), (held.Code, held.Until));
            if (until is { } last)
            {
                Assert.Single(Plan(with, last.PlusDays(1)).Actions);
            }
        }

        var dispute = ledger with { Disputes = [new Dispute(id, Due, asOf.PlusDays(9), null, "damaged goods")] };
        Held("dispute", asOf.PlusDays(8), dispute);
        Assert.Equal("damaged goods", Plan(dispute, asOf).Held.Single().Text);
        Held("promise", asOf.PlusDays(3), ledger with { Promises = [new PaymentPromise(id, Due, asOf.PlusDays(3), null)] });
        Held("hold", asOf, ledger with { Holds = [new ReminderHold(new CustomerId("C100"), Due, asOf, "key account")] });
        Held("hold", null, ledger with { Holds = [new ReminderHold(new CustomerId("C100"), Due, null, null)] });
        Held("plan", asOf.PlusDays(2), ledger with { Plans = [new PaymentPlan(id, Due, [new PlanInstalment(asOf.PlusDays(2), new Money(100m, Currency.EUR))])] });
        Held("directDebit", asOf.PlusDays(1), ledger with { DirectDebits = [new AnnouncedDirectDebit(id, asOf)] });
        Held("handedOver", null, dispute with { Handovers = [new Handover(id, asOf, "agency")] });
    }

    [Fact]
    public void Only_what_is_undisputed_is_reminded()
    {
        var ledger = Ledger(Invoice("I1", 121m)) with { Disputes = [new Dispute(new DocumentId("I1"), Due, null, new Money(40m, Currency.EUR), null)] };
        Assert.Equal("81.00", Plan(ledger, Due.PlusDays(30)).Actions.Single().Amount.ToAmountString());
    }

    [Fact]
    public void Credits_that_cover_stop_a_reminder_and_less_does_not()
    {
        OpenItem Credit(decimal amount) => Invoice("N1", amount) with { Kind = DocumentKind.CreditNote };
        var covered = Plan(Ledger(Invoice("I1", 100m), Credit(100m)), Due.PlusDays(30));
        Assert.Equal("unappliedCredit", covered.Held.Single().Code);
        Assert.Equal("99.99", Plan(Ledger(Invoice("I1", 100m), Credit(99.99m)), Due.PlusDays(30)).Actions.Single().OpenCredits.ToAmountString());
    }

    [Fact]
    public void The_minimum_is_compared_with_the_amount_of_the_action()
    {
        Assert.Equal("belowMinimum", Plan(Ledger(Invoice("I1", 4.99m)), Due.PlusDays(30)).Held.Single().Code);
        Assert.Single(Plan(Ledger(Invoice("I1", 2.50m), Invoice("I2", 2.50m)), Due.PlusDays(30)).Actions);
    }

    [Fact]
    public void Instalments_have_levels_of_their_own()
    {
        var half = new Money(60.50m, Currency.EUR);
        var item = Invoice("I1", 121m) with { Instalments = [new OpenInstalment(1, Due, half, half), new OpenInstalment(2, Due.PlusDays(28), half, half)] };
        var plan = Plan(Ledger(item) with { Reminders = [Sent("I1", 1, Due.PlusDays(14))] }, Due.PlusDays(42));
        Assert.Equal([(1, 2), (2, 1)], plan.Actions.Single().Lines.Select(l => (l.Instalment, l.Level)));
    }

    [Fact]
    public void A_rehearsal_goes_through_the_levels_on_their_days()
    {
        var ledger = Ledger(Invoice("I1", 100m), Invoice("I9", 1m, Due.PlusDays(400)));
        var run = new ReminderEngine(PolicyFile.Parse(PolicyFileTests.Standard)).Simulate(ledger, Due, Due.PlusDays(100));
        Assert.Equal([(14, 1), (28, 2), (42, 3), (56, 4)], run.Actions.Select(a => (Period.DaysBetween(Due, a.On), a.Level)));
        Assert.Equal("I9", run.Held.Single().Invoice.Value);
    }

    [Fact]
    public void The_last_date_there_is_breaks_nothing()
    {
        var policy = """{"version":1,"levels":[{"daysAfterDue":36500},{"daysAfterPrevious":36500}]}""";
        var ledger = Ledger(Invoice("I1", 100m, LocalDate.MaxIsoValue), Invoice("I2", 100m, new LocalDate(9990, 1, 1))) with { DirectDebits = [new AnnouncedDirectDebit(new DocumentId("I2"), LocalDate.MaxIsoValue)] };
        Assert.Equal(["notOverdue", "directDebit"], Plan(ledger, LocalDate.MaxIsoValue, policy).Held.Select(h => h.Code));
    }

    [Fact]
    public void The_least_amount_of_one_invoice_does_not_hold_the_others()
    {
        const string Policy = """{"version":1,"levels":[{"daysAfterDue":14}],"invoices":{"I1":{"minimumAmount":{"EUR":"500.00"}}}}""";
        var plan = Plan(Ledger(Invoice("I1", 100m), Invoice("I2", 100m)), Due.PlusDays(14), Policy);
        Assert.Equal("I2", plan.Actions.Single().Lines.Single().Invoice.Value);
        Assert.Equal(("I1", "belowMinimum"), (plan.Held.Single().Invoice.Value, plan.Held.Single().Code));
    }

    [Fact]
    public void Quiet_days_of_one_company_do_not_silence_the_other()
    {
        const string Policy = """{"version":1,"levels":[{"daysAfterDue":14}],"entities":{"B":{"quietDays":5}}}""";
        var ledger = Ledger(Invoice("I1", 100m), Invoice("I2", 100m) with { Entity = "B" }, Invoice("I3", 100m) with { Entity = "C" });
        var plan = Plan(ledger, Due.PlusDays(14), Policy);
        Assert.Equal(2, plan.Actions.Count(a => a.Entity != "B"));
        Assert.Equal(plan.Actions.Count == 3 ? [] : ["I2"], plan.Held.Select(h => h.Invoice.Value));
    }

    [Fact]
    public void A_plan_that_is_not_kept_is_told_to_end_when_it_will()
    {
        const string Policy = """{"version":1,"planBreachDays":3,"levels":[{"daysAfterDue":14}]}""";
        var parts = new[] { new PlanInstalment(Due.PlusDays(20), new Money(50m, Currency.EUR)), new PlanInstalment(Due.PlusDays(60), new Money(50m, Currency.EUR)) };
        var ledger = Ledger(Invoice("I1", 100m)) with { Plans = [new PaymentPlan(new DocumentId("I1"), Due.PlusDays(1), parts)] };
        Assert.Equal(("plan", Due.PlusDays(23)), (Plan(ledger, Due.PlusDays(15), Policy).Held.Single().Code, Plan(ledger, Due.PlusDays(15), Policy).Held.Single().Until));
        Assert.Equal(Due.PlusDays(24), new ReminderEngine(PolicyFile.Parse(Policy)).Simulate(ledger, Due, Due.PlusDays(90)).Actions.Single().On);
    }

    [Fact]
    public void A_rehearsal_keeps_bank_data_as_fresh_as_it_is_whatever_the_day_of_the_week()
    {
        // A Monday with data up to Friday; on Tuesday the same age must not count the Monday between.
        const string Policy = """{"version":1,"freshness":{"maxImportDays":0},"levels":[{"daysAfterDue":15}]}""";
        var ledger = Ledger(Invoice("I1", 100m)) with { BankData = [new BankCoverage("NL", Due.PlusDays(11))] };
        Assert.Equal(IsoDayOfWeek.Monday, Due.PlusDays(14).DayOfWeek);
        Assert.Equal(Due.PlusDays(15), Assert.Single(new ReminderEngine(PolicyFile.Parse(Policy)).Simulate(ledger, Due.PlusDays(14), Due.PlusDays(40)).Actions).On);
        Assert.Empty(new ReminderEngine(PolicyFile.Parse(Policy)).Simulate(ledger, Due.PlusDays(16), Due.PlusDays(40)).Actions);
    }

    [Fact]
    public void Hours_that_the_clock_passes_over_put_a_letter_off_by_a_day()
    {
        // On 29 March 2026 the clocks of the Netherlands go from 02:00 to 03:00.
        const string Policy = """{"version":1,"window":{"from":"02:15","to":"02:45","zone":"Europe/Amsterdam"},"levels":[{"daysAfterDue":0}]}""";
        var ledger = Ledger(Invoice("I1", 100m));
        var held = Plan(ledger, new LocalDate(2026, 3, 29), Policy);
        Assert.Equal(("cadence", new LocalDate(2026, 3, 30)), (held.Held.Single().Code, held.LookAgain));
        Assert.All(new[] { new LocalDate(2026, 3, 28), new LocalDate(2026, 3, 30) }, d => Assert.Equal(Duration.FromMinutes(30), Plan(ledger, d, Policy).Actions.Single().Window!.Value.Duration));
    }

    [Fact]
    public void Of_two_letters_on_one_day_the_one_due_longest_goes_first()
    {
        const string Policy = """{"version":1,"grouping":"invoice","quietDays":2,"levels":[{"daysAfterDue":1}]}""";
        for (var i = 0; i < 10; i++)
        {
            var ledger = Ledger(Invoice("A" + i, 100m, Due.PlusDays(1)), Invoice("B" + i, 100m), Invoice("C" + i, 100m, Due.PlusDays(2)));
            Assert.Equal("B" + i, Plan(ledger, Due.PlusDays(9), Policy).Actions.Single().Lines[0].Invoice.Value);
        }
    }

    [Fact]
    public void A_customer_for_whom_no_level_is_meant_is_told_so()
    {
        const string Policy = """{"version":1,"levels":[{"when":{"customerKind":"consumer"}}]}""";
        var held = Plan(Ledger(Invoice("I1", 100m)), Due.PlusDays(30), Policy).Held.Single();
        Assert.Equal(("levelsExhausted", "No level that is left is meant for it."), (held.Code, held.Text));
    }

    [Fact]
    public void A_part_that_was_handed_over_waits_for_what_comes_back()
    {
        var policy = new ReminderPolicy
        {
            Grouping = ReminderGrouping.Invoice,
            Levels = [new ReminderLevel { Level = 1, Kind = ReminderKind.Handover, DaysAfterDue = 5 }, new ReminderLevel { Level = 2, DaysAfterPrevious = 3 }],
        };
        var (due, id) = (new LocalDate(2026, 1, 5), new DocumentId("I"));
        LedgerEvent[] events =
        [
            new LedgerOpened { Currency = Currency.EUR },
            new CustomerRecorded { Customer = new Customer { Id = new CustomerId("C") } },
            new DocumentIssued
            {
                Id = id, Kind = DocumentKind.Invoice, Customer = new CustomerId("C"), Issued = due.PlusDays(-14), Due = due, Amount = 100m,
                Instalments = [new InstalmentTerm(due, 50m), new InstalmentTerm(due.PlusDays(90), 50m)],
            },
        ];
        ReminderPlan On(int days, params LedgerEvent[] more) => new ReminderEngine(policy).Plan(LedgerBook.Create([.. events, .. more]).Snapshot(due.PlusDays(days)));
        var action = Assert.Single(On(5).Actions);
        Assert.Empty(ReminderEngine.Commit(action, new CommitEvidence(due.PlusDays(5))).Handovers);
        var sent = new ReminderSent { Invoice = id, Level = 1, Sent = due.PlusDays(5), Channel = "agency", Action = action.Id };
        Assert.Equal(HeldReason.HandedOver, On(20, sent).Held[0].Reason);
        var back = On(20, sent, new HandoverRecalled { Invoice = id, On = due.PlusDays(15) });
        Assert.Equal(2, Assert.Single(back.Actions).Level);
    }
}
