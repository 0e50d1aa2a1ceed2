using System.Buffers;
using System.Text.Json;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Reminders;
using Receivables.Sdk.Validation;
using Xunit;

namespace Receivables.Sdk.Tests.Reminders;

public class PolicyToolsTests
{
    private static LocalDate Today => new(2026, 3, 2);

    [Fact]
    public void Presets_can_be_used_and_describe_themselves()
    {
        foreach (var preset in PolicyPresets.All)
        {
            Assert.Empty(preset.Check());
            Assert.DoesNotContain(PolicyLint.Check(preset, Today), f => f.Code != "POL105");
            _ = new ReminderEngine(preset);
            Assert.Equal(preset.Levels.Count, PolicyDescription.ToText(preset).Split("\n  ").Length - 1);
            Assert.Contains("level1: 1 ", PolicyDescription.ToMermaid(preset), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_policy_tells_everything_that_it_says()
    {
        var policy = PolicyFile.Parse("""
            {"version":1,"name":"all","revision":2,"effectiveFrom":"2026-01-01","migrate":true,"graceDays":3,"bankLatencyDays":1,"quietDays":4,"pressure":{"max":2,"days":30},"minimumAmount":{"EUR":"5.00"},
             "minimumPercent":"10","unappliedCredit":"ignore","promise":"amount","planBreachDays":6,"calendar":"recipient","window":{"zone":"Europe/Paris"},"freshness":{},"feeCap":{"EUR":"50.00"},"law":"ignore","clause":true,
             "levels":[{"fallback":["letter"],"deadlineDays":7,"mandatory":true},{"minimumAmount":{"EUR":"20.00"},"repeatEveryDays":9,"repeatMax":3}],
             "profiles":{"p":{"graceDays":8}},"groups":{"g":{"extends":"p","levels":[{"kind":"task"}]}},"customers":{"C":{"levels":[]}},"invoices":{"I":{"minimumAmount":{"EUR":"1.00"}}},"entities":{"E":{"quietDays":2}}}
            """);
        Assert.Equal(
            """
            Policy all, revision 2: grouped by customer, 3 days of grace, from 2026-01-01, for what began before, too, 1 more days for the bank, 4 days between contacts, at most 2 contacts in 30 days, nothing below 5.00 EUR, nothing of which less than 10% is open, a promise holds its amount, a payment plan ends 6 days after a missed part, on the working days of the customer's country, from 08:00 to 20:00 by the customer's clock (else Europe/Paris), only while bank data is at most 1 import days old, fees never above 50.00 EUR, without regard to what the law allows, under contracts that provide interest and costs.
              1. reminder by email, 14 days after the due date, 7 days to pay, else by letter, required by law
              2. reminder by email, 14 days after the previous level, nothing below 20.00 EUR, again every 9 days, 3 times in all
            Company E, 2 days between contacts.
            Profile p, 8 days of grace.
            Group g, as profile p:
              1. task by phone, 14 days after the due date
            Customer C, never reminded.
            Invoice I, nothing below 1.00 EUR.

            """,
            PolicyDescription.ToText(policy));
    }

    [Fact]
    public void The_validator_tells_what_the_check_tells()
    {
        var policy = new ReminderPolicy { GraceDays = -1, Levels = [new ReminderLevel { Level = 2, DaysAfterDue = -1 }] };
        var failures = new ReminderPolicyValidator().Validate(policy).Errors;
        Assert.Equal(policy.Check().Select(p => (p.Path, p.Code)), failures.Select(f => (f.PropertyName, f.ErrorCode)));
        Assert.Equal(3, failures.Count);
        Assert.Throws<ArgumentException>(() => new ReminderEngine(policy));
    }

    [Fact]
    public void Lint_finds_what_is_probably_not_meant()
    {
        var policy = PolicyFile.Parse("""
            {"version":1,"languages":["nl","fi"],"levels":[
              {"daysAfterDue":90,"fee":{"EUR":"50.00"}},
              {"daysAfterPrevious":0,"when":{"customerKind":"consumer","all":[]}},
              {"daysAfterPrevious":7,"when":{"all":[{"customerKind":"consumer"},{"customerKind":"business"}]}},
              {"kind":"handover","interest":"statutory"},
              {"kind":"writeOffProposal"}]}
            """);
        var findings = PolicyLint.Check(policy, new LocalDate(2026, 12, 1)).Select(f => f.Code + " " + f.Path).Distinct().ToList();
        Assert.Contains("POL102 $.levels[0]", findings);
        Assert.Contains("POL103 $.levels[0].fee", findings);
        Assert.Contains("POL104 $.levels[0].fee", findings);
        Assert.Contains("POL106 $.levels[1].daysAfterPrevious", findings);
        Assert.Contains("POL101 $.levels[2].when", findings);
        Assert.Contains("POL101 $.levels[4]", findings);
        Assert.Contains("POL105 $", findings);
        Assert.Contains("POL107 $.levels[0].template", findings);
    }

    [Fact]
    public void Policies_are_compared_customer_by_customer() => Law.ForAll(ReminderWorlds.World, w =>
    {
        var engine = new ReminderEngine(w.Policy);
        var same = PolicyComparison.Rehearse(engine, engine, w.Snapshot, w.AsOf.PlusDays(30));
        Assert.Empty(same.Differences);
        var none = PolicyComparison.Of(same.First, new PolicyTrial("none", []));
        Assert.Equal(same.First.Actions.Select(a => a.Customer).Distinct().Order(), none.Differences.Select(d => d.Customer));

        // A history in which nothing is paid is a rehearsal.
        var past = w.Snapshot with { Reminders = [], Handovers = [] };
        var test = PolicyComparison.BackTest(engine, _ => past, w.AsOf, w.AsOf.PlusDays(30));
        Assert.Equal(engine.Simulate(past, w.AsOf, w.AsOf.PlusDays(30)).Actions.Select(a => a.Id), test.Actions.Select(a => a.Id));
    }, 30);

    [Fact]
    public void A_package_for_collection_holds_claims_evidence_and_dossier()
    {
        var id = new DocumentId("I1");
        var sent = new ActionId("a1");
        var snapshot = new LedgerSnapshot
        {
            AsOf = Today,
            Name = "Voorbeeld B.V.",
            Customers = [new Customer { Id = new CustomerId("C"), Name = "Jansen", Kind = PartyKind.Business, Country = "NL", Contacts = [new Contact { Name = "Piet", Role = "director", Phone = "+31 6 1" }] }],
            OpenItems = [new OpenItem { Id = id, Kind = DocumentKind.Invoice, Customer = new CustomerId("C"), Number = "2026-1", Issued = Today.PlusDays(-90), Due = Today.PlusDays(-60), Amount = new Money(1000m, Currency.EUR), Open = new Money(1000m, Currency.EUR) }],
            Reminders = [new SentReminder(id, 1, 1, Today.PlusDays(-30), "email", sent)],
            Notes =
            [
                new DossierNote(id, Instant.FromUtc(2026, 2, 2, 9, 0), null, "the order") { Kind = NoteKind.Attachment, Reference = "file-7" },
                new DossierNote(id, Instant.FromUtc(2026, 2, 1, 9, 0), "anna", "called") { Kind = NoteKind.Call },
            ],
            Deliveries = [new DocumentDelivery(id, Today.PlusDays(-89), DeliveryOutcome.Delivered, "peppol")],
        };
        var engine = new ReminderEngine(PolicyFile.Parse("""{"version":1,"levels":[{},{"kind":"handover","interest":"statutory"}]}"""));
        var action = Assert.Single(engine.Plan(snapshot).Actions);
        var package = HandoverPackage.Of(action, snapshot, new ReminderFacts { Deliveries = [new DeliveryReport(sent, "email", DeliveryStatus.Delivered, Today.PlusDays(-30), "msg-1")] });
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            package.WriteTo(writer);
        }

        using var json = JsonDocument.Parse(buffer.WrittenMemory);
        var claim = json.RootElement.GetProperty("claims")[0];
        Assert.Equal("""[{"name":"Piet","role":"director","phone":"\u002B31 6 1"}]""", json.RootElement.GetProperty("debtor").GetProperty("contacts").GetRawText());
        Assert.Equal("16.41", claim.GetProperty("interest").GetString());
        Assert.Equal("10.15%", claim.GetProperty("sheet")[0].GetProperty("percent").GetString());
        Assert.Equal("msg-1", json.RootElement.GetProperty("evidence")[0].GetProperty("proof").GetString());
        Assert.Equal(("delivered", "peppol"), (claim.GetProperty("deliveries")[0].GetProperty("outcome").GetString(), claim.GetProperty("deliveries")[0].GetProperty("channel").GetString()));
        Assert.Equal(
            ["call called -", "attachment the order file-7"],
            claim.GetProperty("dossier").EnumerateArray().Select(n => $"{n.GetProperty("kind").GetString()} {n.GetProperty("text").GetString()} {(n.TryGetProperty("reference", out var r) ? r.GetString() : "-")}"));
    }
}
