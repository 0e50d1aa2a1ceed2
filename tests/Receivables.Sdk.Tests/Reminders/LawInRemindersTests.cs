using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reminders;
using Xunit;

namespace Receivables.Sdk.Tests.Reminders;

public class LawInRemindersTests
{
    private static LocalDate Due => new(2023, 6, 15);

    private static LedgerSnapshot Ledger(PartyKind kind, string? country, decimal amount = 1000m) => new()
    {
        AsOf = Due,
        Customers = [new Customer { Id = new CustomerId("C"), Kind = kind, Country = country }],
        OpenItems =
        [
            new OpenItem
            {
                Id = new DocumentId("I"), Kind = DocumentKind.Invoice, Customer = new CustomerId("C"), Issued = Due.PlusDays(-30), Due = Due,
                Amount = new Money(amount, Currency.EUR), Open = new Money(amount, Currency.EUR),
            },
        ],
    };

    private static SentReminder Sent(int level, LocalDate on, string channel = "email") => new(new DocumentId("I"), 1, level, on, channel, null);

    private static ReminderPlan Plan(LedgerSnapshot ledger, LocalDate asOf, string levels) =>
        new ReminderEngine(PolicyFile.Parse("{\"version\":1,\"levels\":[" + levels + "]}")).Plan(ledger, asOf);

    private const string Interest = """{"kind":"formalNotice","daysAfterDue":14,"interest":"statutory","fixedSum":"statutory"}""";

    [Fact]
    public void Interest_and_fixed_sum_are_those_of_the_tables()
    {
        var action = Plan(Ledger(PartyKind.Business, "NL"), new LocalDate(2023, 8, 15), Interest).Actions.Single();
        Assert.Equal(("19.11", "40.00", "1059.11"), (action.Interest.ToAmountString(), action.Fees.ToAmountString(), action.Total.ToAmountString()));
        Assert.Equal(2, action.Lines[0].Sheet!.Segments.Count);
    }

    [Fact]
    public void What_was_paid_bore_interest_until_it_was()
    {
        var ledger = Ledger(PartyKind.Business, "NL");
        var paid = new StandingAllocation(new AllocationId("A"), null, new DocumentId("I"), new Money(400m, Currency.EUR), new LocalDate(2023, 7, 1), AllocationKind.Payment);
        ledger = ledger with { OpenItems = [ledger.OpenItems[0] with { Open = new Money(600m, Currency.EUR) }], Allocations = [paid] };
        var action = Plan(ledger, new LocalDate(2023, 8, 15), Interest).Actions.Single();
        // 1,000 for 15 days at 10.5 %, then 600 for 45 days at 12 %.
        Assert.Equal("13.19", action.Interest.ToAmountString());
    }

    [Theory]
    [InlineData(PartyKind.Unknown, "NL", "partyUnknown")]
    [InlineData(PartyKind.Business, null, "countryUnknown")]
    [InlineData(PartyKind.Business, "US", "countryUnknown")]
    public void Without_the_facts_nothing_is_claimed_and_the_plan_says_why(PartyKind kind, string? country, string because)
    {
        var action = Plan(Ledger(kind, country), new LocalDate(2023, 8, 15), Interest).Actions.Single();
        Assert.True(action.Interest.IsZero && action.Fees.IsZero);
        var refused = action.Reasons.Single(r => r.Code == "interestRefused");
        Assert.Contains(refused.Args, a => a.Name == "because" && a.Value == because);
    }

    [Fact]
    public void A_consumer_pays_no_fee_before_the_statutory_letter_and_never_more_than_the_scale()
    {
        const string Levels = """
            {"daysAfterDue":14,"fee":{"EUR":"5.00"}},
            {"kind":"statutoryNotice","daysAfterPrevious":14},
            {"daysAfterPrevious":14,"fee":{"EUR":"500.00"}}
            """;
        var consumer = Ledger(PartyKind.Consumer, "NL");
        var first = Plan(consumer, Due.PlusDays(14), Levels).Actions.Single();
        Assert.True(first.Fees.IsZero);
        Assert.Contains(first.Reasons, r => r.Code == "feeNotLawful");
        Assert.Equal("5.00", Plan(Ledger(PartyKind.Business, "NL"), Due.PlusDays(14), Levels).Actions.Single().Fees.ToAmountString());

        var reminded = consumer with { Reminders = [Sent(1, Due.PlusDays(14))] };
        var notice = Plan(reminded, Due.PlusDays(28), Levels).Actions.Single();
        Assert.Equal("150.00", notice.AnnouncedCosts!.Value.ToAmountString());
        var noticed = reminded with { Reminders = [.. reminded.Reminders, Sent(2, Due.PlusDays(28), "email")] };
        Assert.True(Plan(noticed, Due.PlusDays(42), Levels).Actions.Single().Fees.IsZero);
        Assert.Equal("150.00", Plan(noticed, Due.PlusDays(43), Levels).Actions.Single().Fees.ToAmountString());
    }

    [Fact]
    public void A_claim_is_not_handed_over_while_the_term_of_a_notice_runs()
    {
        const string Levels = """{"kind":"statutoryNotice","daysAfterDue":14},{"kind":"handover","daysAfterPrevious":1}""";
        var ledger = Ledger(PartyKind.Consumer, "NL") with { Reminders = [Sent(1, Due.PlusDays(14), "email")] };
        var held = Plan(ledger, Due.PlusDays(20), Levels).Held.Single();
        Assert.Equal(("lawRequires", Due.PlusDays(28)), (held.Code, held.Until));
        Assert.Single(Plan(ledger, Due.PlusDays(29), Levels).Actions);
    }

    [Fact]
    public void Costs_count_once_and_on_the_principal_of_all_lines()
    {
        const string Levels = """{"daysAfterDue":14,"costs":"statutory"},{"daysAfterPrevious":14,"costs":"statutory"}""";
        var ledger = Ledger(PartyKind.Business, "NL", 2000m);
        ledger = ledger with { OpenItems = [ledger.OpenItems[0], ledger.OpenItems[0] with { Id = new DocumentId("J") }] };
        Assert.Equal("525.00", Plan(ledger, Due.PlusDays(14), Levels).Actions.Single().Fees.ToAmountString());
        var again = Plan(ledger with { Reminders = [Sent(1, Due.PlusDays(14)), Sent(1, Due.PlusDays(14)) with { Invoice = new DocumentId("J") }] }, Due.PlusDays(28), Levels);
        Assert.True(again.Actions.Single().Fees.IsZero);
    }

    [Fact]
    public void What_is_a_claim_for_being_late_bears_no_fixed_sum_no_costs_and_no_interest()
    {
        const string Levels = """{"kind":"formalNotice","daysAfterDue":14,"interest":"statutory","fixedSum":"statutory","costs":"statutory"}""";
        foreach (var kind in new[] { DocumentKind.FeeClaim, DocumentKind.InterestClaim })
        {
            var ledger = Ledger(PartyKind.Business, "NL", 40m);
            ledger = ledger with { OpenItems = [ledger.OpenItems[0] with { Kind = kind }] };
            Assert.Equal("40.00", Plan(ledger, Due.PlusDays(60), Levels).Actions.Single().Total.ToAmountString());
        }
    }

    [Fact]
    public void A_revision_does_not_make_an_old_message_a_notice_of_the_law()
    {
        // Level 1 was a plain reminder; the revision puts the statutory letter at its place. Nobody has had that letter.
        var first = PolicyFile.Parse("""{"version":1,"levels":[{},{}]}""");
        var second = PolicyFile.Parse("""{"version":1,"revision":2,"effectiveFrom":"2023-08-01","migrate":true,"levels":[{"kind":"statutoryNotice"},{"fee":{"EUR":"15.00"},"daysAfterPrevious":1}]}""");
        var ledger = Ledger(PartyKind.Consumer, "NL") with { Reminders = [Sent(1, Due.PlusDays(14))] };
        var action = new ReminderEngine([first, second]).Plan(ledger, new LocalDate(2023, 9, 1)).Actions.Single();
        Assert.True(action.Fees.IsZero);
        Assert.Contains(action.Reasons, r => r.Code == "feeNotLawful");
    }

    [Fact]
    public void A_revision_does_not_claim_the_fixed_sum_again()
    {
        var first = PolicyFile.Parse("""{"version":1,"levels":[{"fixedSum":"statutory"},{}]}""");
        var second = PolicyFile.Parse("""{"version":1,"revision":2,"effectiveFrom":"2023-08-01","migrate":true,"levels":[{},{"fixedSum":"statutory"}]}""");
        var ledger = Ledger(PartyKind.Business, "NL") with { Reminders = [Sent(1, Due.PlusDays(14))] };
        Assert.True(new ReminderEngine([first, second]).Plan(ledger, new LocalDate(2023, 9, 1)).Actions.Single().Fees.IsZero);
    }

    [Fact]
    public void A_formal_notice_that_came_back_puts_nobody_in_default()
    {
        const string Levels = """{"kind":"formalNotice","channel":"letter"},{"daysAfterPrevious":1,"interest":"statutory"}""";
        var sent = new SentReminder(new DocumentId("I"), 1, 1, Due.PlusDays(14), "letter", new ActionId("a"));
        var ledger = Ledger(PartyKind.Consumer, "FR") with { Reminders = [sent] };
        var engine = new ReminderEngine(PolicyFile.Parse("{\"version\":1,\"levels\":[" + Levels + "]}"));
        var came = new ReminderFacts { Deliveries = [new DeliveryReport(new ActionId("a"), "letter", DeliveryStatus.Bounced, Due.PlusDays(16))] };
        Assert.Contains(engine.Plan(ledger, Due.PlusDays(60), came).Actions.Single().Reasons, r => r.Code == "interestRefused" && r.Args.Any(a => a.Value == "noticeMissing"));
        Assert.DoesNotContain(engine.Plan(ledger, Due.PlusDays(60)).Actions.Single().Reasons, r => r.Args.Any(a => a.Value == "noticeMissing"));
    }

    [Fact]
    public void A_message_sent_again_on_another_channel_charges_what_it_charged_and_never_twice()
    {
        const string Levels = """{"channel":"email","fallback":["letter"],"fee":{"EUR":"15.00"},"fixedSum":"statutory"}""";
        var engine = new ReminderEngine(PolicyFile.Parse("{\"version\":1,\"levels\":[" + Levels + "]}"));
        var ledger = Ledger(PartyKind.Business, "NL");
        ledger = ledger with { Customers = [ledger.Customers[0] with { Email = "a@example.org" }] };
        var first = engine.Plan(ledger, Due.PlusDays(14)).Actions.Single();
        ledger = ledger with { Reminders = ReminderEngine.Commit(first, new CommitEvidence(first.On)).Reminders };
        var facts = new ReminderFacts { Deliveries = [new DeliveryReport(first.Id, "email", DeliveryStatus.Bounced, first.On)] };
        var again = engine.Plan(ledger, Due.PlusDays(15), facts).Actions.Single();
        Assert.Equal((first.Id, "letter", "55.00"), (again.Id, again.Channel, again.Fees.ToAmountString()));

        // With another invoice beside it the message is another one, and its fee is charged once, for both; the fixed sum only for the new one.
        var other = ledger.OpenItems[0] with { Id = new DocumentId("J") };
        var both = engine.Plan(ledger with { OpenItems = [.. ledger.OpenItems, other] }, Due.PlusDays(15), facts).Actions.Single();
        Assert.Equal((2, "55.00"), (both.Lines.Count, both.Fees.ToAmountString()));
    }

    [Theory]
    [InlineData("""{"kind":"formalNotice","daysAfterDue":14,"fixedSum":"statutory","costs":"statutory"}""", "150.00")]
    [InlineData("""{"daysAfterDue":14,"costs":"statutory"},{"daysAfterPrevious":1,"fixedSum":"statutory"}""", "0.00")]
    [InlineData("""{"daysAfterDue":14,"fixedSum":"statutory"},{"daysAfterPrevious":1,"costs":"statutory"}""", "110.00")]
    public void The_fixed_sum_is_the_least_of_the_costs_and_not_beside_them(string levels, string fees)
    {
        // 15 % of 1,000 is 150: the 40 of BW 6:96 lid 4 is part of it.
        var ledger = Ledger(PartyKind.Business, "NL");
        ledger = levels.Contains("Previous", StringComparison.Ordinal) ? ledger with { Reminders = [Sent(1, Due.PlusDays(14))] } : ledger;
        Assert.Equal(fees, Plan(ledger, Due.PlusDays(30), levels).Actions.Single().Fees.ToAmountString());
    }
}
