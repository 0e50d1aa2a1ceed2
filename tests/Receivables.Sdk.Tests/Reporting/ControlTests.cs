using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reporting;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Ledger;
using Xunit;
using static Receivables.Sdk.Tests.Reporting.Sample;

namespace Receivables.Sdk.Tests.Reporting;

public class ControlTests
{
    private static readonly LedgerSnapshot Snapshot = new()
    {
        AsOf = AsOf,
        Customers = [new Customer { Id = new("C1"), CreditLimit = Eur(50m) }],
        OpenItems = [Invoice("I1", "C1", 100m, -70), Invoice("I2", "C2", 80m, -70) with { Disputed = Eur(30m) }, Invoice("I3", "C3", 60m, -70), Credit("P1", null, 5m, -40), Invoice("I4", "C4", 10m, -5)],
        Disputes = [new(new("I2"), Day(-65), null, Eur(30m), "damaged"), new(new("I1"), Day(-50), Day(-40), null, "price"), new(new("I4"), Day(-3), null, null, null)],
        Promises = [new(new("I3"), Day(-20), Day(-10), Eur(60m))],
        Plans = [new(new("I4"), Day(-4), [new(Day(-2), Eur(5m)), new(Day(30), Eur(5m))])],
        Holds = [new(new("C4"), Day(-40), null, null)],
        BankData = [new("A", Day(-9)), new("B", Day(-1))],
    };

    [Fact]
    public void The_register_of_disputes_says_what_stands_how_long_and_what_is_late()
    {
        var register = DisputeRegister.Create(Snapshot, owner: d => d.Invoice.Value == "I2" ? "anna" : null);
        Assert.Equal(
            ["I2 30.00 65 True anna", "I4 10.00 3 False ", "I1 0.00 10 False "],
            register.Lines.Select(l => $"{l.Dispute.Invoice} {l.Amount!.Value.ToAmountString()} {l.Days} {l.IsLate} {l.Owner}"));
        Assert.Equal([Eur(30m)], register.Disputed.ToArray());
    }

    [Fact]
    public void The_action_list_is_in_order_and_each_thing_stands_once()
    {
        var approval = new WorkItem { Kind = WorkKind.Approval, Key = "approval:1", Due = AsOf, Text = "A write-off waits." };
        var list = new ActionListEngine(new() { Owner = c => "owner of " + c }).Create(Snapshot, [approval, approval]);
        Assert.Equal(
            ["PromiseBroken I3", "PlanBreached I4", "DisputeDue I2", "Approval ", "Call I1", "Call I3", "UnappliedMoney P1", "HoldToReview "],
            list.Select(w => $"{w.Kind} {w.Document}"));
        Assert.Equal("owner of C3", list[0].Owner);

        // The next day the same things have the same keys.
        var next = new ActionListEngine().Create(Snapshot with { AsOf = Day(1) }).Select(w => w.Key);
        Assert.Superset(list.Select(w => w.Key).Where(k => k != "approval:1").ToHashSet(), next.ToHashSet());
    }

    [Fact]
    public void The_health_check_finds_what_was_forgotten()
    {
        var findings = HealthCheck.Run(Snapshot).ToDictionary(f => f.Code);
        Assert.Equal(["bankDataStale", "brokenPromises", "nobodysMoney", "notReminded", "oldUnappliedMoney", "overLimit", "staleDisputes"], findings.Keys);
        Assert.Equal(["I1", "I3"], findings["notReminded"].Documents.Select(d => d.Value));
        Assert.Equal([Eur(160m)], findings["notReminded"].Amounts.ToArray());
        Assert.Equal([Eur(50m)], findings["overLimit"].Amounts.ToArray());
        Assert.Equal(1, findings["bankDataStale"].Count);
        Assert.Empty(HealthCheck.Run(new LedgerSnapshot { AsOf = AsOf }));
    }

    [Fact]
    public void Any_ledger_can_be_controlled() => Law.ForAll(LedgerGenerator.Snapshots, snapshot =>
    {
        _ = HealthCheck.Run(snapshot);
        var list = new ActionListEngine().Create(snapshot);
        Assert.Equal(list.Count, list.Select(w => w.Key).Distinct().Count());
        Assert.All(snapshot.OpenItems, i => Assert.Equal(Dossier.Create(snapshot, i.Id).Entries.OrderBy(e => e.Date), Dossier.Create(snapshot, i.Id).Entries));
    });

    [Fact]
    public void A_reconciliation_names_what_is_only_here_only_there_and_different()
    {
        ReconciliationLine[] ours = [new("2026-001", Day(-5), Eur(10m)), new("2026-002", Day(-4), Eur(20m)), new("2026-003", Day(-3), Eur(30m)), new("", Day(-2), Eur(7m))];
        ReconciliationLine[] theirs = [new("2026/001", Day(-5), Eur(10m)), new("2026 002", Day(-1), Eur(21m)), new("2026-009", Day(-3), Eur(90m)), new("X", Day(-2), Eur(7m))];
        var report = Reconciliation.Compare(ours, theirs);
        Assert.Equal(["2026-003"], report.OnlyHere.Select(l => l.Key));
        Assert.Equal(["2026-009"], report.OnlyThere.Select(l => l.Key));
        Assert.Equal(["amount 20.00 21.00", "date 2026-03-27 2026-03-30"], Assert.Single(report.Different).Differences.Select(d => $"{d.Field} {d.Here} {d.There}"));
        Assert.Equal(2, report.Pairs.Count(p => p.IsAgreed));
        Assert.Equal(new ReconciliationTotal(Eur(67m), Eur(128m), Eur(30m), Eur(90m), Eur(-1m)), Assert.Single(report.Totals));
        Assert.True(Reconciliation.CompareBalances([Eur(5m)], [Eur(5m)]).IsAgreed);
    }

    [Fact]
    public void Both_sums_are_explained_to_the_cent() => Law.ForAll(
        from here in Lines()
        from there in Lines()
        select (here, there),
        x =>
        {
            var report = Reconciliation.Compare(x.here, x.there);
            Assert.Equal(x.here.Length, report.Pairs.Count(p => p.Here is not null));
            Assert.Equal(x.there.Length, report.Pairs.Count(p => p.There is not null));
            Assert.All(report.Totals, t => Assert.Equal(t.Here - t.There, t.OnlyHere - t.OnlyThere + t.Different));
            ReconciliationLine[] named = [.. x.here.Where(l => l.Key.Length > 0)];
            Assert.True(Reconciliation.Compare(named, named).IsAgreed);
            Assert.Equal(report.Pairs, Reconciliation.Compare([.. x.here.Reverse()], [.. x.there.Reverse()]).Pairs, (a, b) => a.Here == b.Here && a.There == b.There);
        });

    private static Gen<ReconciliationLine[]> Lines() => (
        from key in Gen.Elements("", "1", "01", "2", "3-4", "34")
        from day in Gen.Choose(0, 3)
        from amount in Gen.Choose(-3, 3)
        select new ReconciliationLine(key, day == 0 ? null : Day(day), Eur(amount))).ArrayOf();

    [Fact]
    public void A_period_is_signed_by_a_second_person_when_all_is_explained()
    {
        var period = new ReconciliationPeriod { From = Day(-30), To = AsOf, Owner = "anna", Report = Reconciliation.Compare([new("1", null, Eur(1m))], []) };
        Assert.Equal(SignOffRefusal.Unexplained, Assert.IsType<SignOffResult.Refused>(period.SignOff("bert")).Reason);
        var explained = period with { Exceptions = [new("1", "anna", "in transit")] };
        Assert.Equal(SignOffRefusal.NeedsSecondPerson, Assert.IsType<SignOffResult.Refused>(explained.SignOff("anna")).Reason);
        var signed = Assert.IsType<SignOffResult.Signed>(explained.SignOff("bert")).Period;
        Assert.Equal(SignOffRefusal.AlreadySigned, Assert.IsType<SignOffResult.Refused>(signed.SignOff("carl")).Reason);
    }

    [Fact]
    public void A_customers_own_list_is_read_and_never_guessed()
    {
        var list = CustomerList.FromCsv(
            "Rechnung;Datum;Betrag\r\n\"2026-001\";05.03.2026;1.234,50\r\nX;31.02.2026;1,00\r\n\r\n\"a \"\"b\"\"\nc\";06.03.2026;-3,00\r\nY;06.03.2026;abc",
            new("Rechnung", "Datum", "Betrag") { Separator = ';', DecimalMark = ',', DatePattern = "dd.MM.uuuu", IsNegated = true },
            Currency.EUR);
        Assert.Equal([3, 7], list.Faults.ToArray());
        Assert.Equal(["2026-001 -1234.50", "a \"b\"\nc 3.00"], list.Lines.Select(l => $"{l.Key} {l.Amount.ToAmountString()}"));
        Assert.Equal([1], CustomerList.FromCsv("a,b", new("Number", null, "Amount"), Currency.EUR).Faults.ToArray());
    }

    [Fact]
    public void A_dossier_is_in_order_keeps_a_mail_once_and_hides_notes()
    {
        var snapshot = Snapshot with { Notes = [new(new("I3"), Instant.FromUtc(2026, 3, 15, 9, 30), "anna", "will pay on Friday")], Reminders = [new(new("I3"), 1, 1, Day(-30), "email", null)] };
        DossierEntry Mail(int day, string id) => new() { Date = Day(day), Kind = DossierKind.MailIn, Reference = id };
        var dossier = Dossier.Create(snapshot, new("I3"), [Mail(-12, "<1@x>"), Mail(-11, "1@x"), Mail(-9, "2@x")]);
        Assert.Equal([DossierKind.Issued, DossierKind.Reminder, DossierKind.Promise, DossierKind.MailIn, DossierKind.MailIn, DossierKind.Note], dossier.Entries.OrderBy(e => e.Kind == DossierKind.Note).Select(e => e.Kind));
        Assert.DoesNotContain(dossier.ForCustomer().Entries, e => e.Kind == DossierKind.Note);
    }

    [Fact]
    public void Replies_to_a_statement_lead_to_notes_disputes_and_a_search_for_money()
    {
        var statement = new StatementEngine().Create(Snapshot, new("C1"), Day(-90));
        var proposals = StatementReplies.Read(
            statement,
            [new StatementReply.Agreed(new("I1")), new StatementReply.Differs(new("I1"), Eur(90m), "short delivery"), new StatementReply.AlreadyPaid(new("I1"), Day(-3), "RF18"), new StatementReply.Agreed(new("zz"))],
            AsOf);
        Assert.Equal(6, proposals.Count);
        Assert.Equal(Eur(10m), proposals.OfType<ReplyProposal.OpenDispute>().Single().Dispute.Amount);
        Assert.Equal("RF18", proposals.OfType<ReplyProposal.LookForPayment>().Single().Reference);
        Assert.IsType<ReplyProposal.Unknown>(proposals[^1]);
    }

    [Fact]
    public void A_dossier_tells_all_that_happened_to_an_invoice_and_a_mail_once()
    {
        LedgerEvent[] events =
        [
            new LedgerOpened { Currency = Currency.EUR },
            new CustomerRecorded { Customer = new Customer { Id = new("C1") } },
            new DocumentIssued { Id = new("I1"), Kind = DocumentKind.Invoice, Customer = new("C1"), Number = "2026-001", Issued = Day(-30), Amount = 100m },
            new DocumentTransmitted { Invoice = new("I1"), On = Day(-29), Outcome = DeliveryOutcome.Sent, Channel = "email" },
            new PaymentReceived { Id = new("P1"), Customer = new("C1"), Received = Day(-20), Amount = 60m },
            new AllocationMade { Id = new("A1"), From = new("P1"), To = new("I1"), Amount = 60m, On = Day(-20), Kind = AllocationKind.Payment },
            new PaymentReturned { Payment = new("P1"), On = Day(-18), Reason = "MD06" },
            new NoteWritten { Invoice = new("I1"), At = Instant.FromUtc(2026, 3, 15, 9, 0), Kind = NoteKind.MailIn, Text = "please wait", Reference = "<m1@example.org>" },
            new NoteWritten { Invoice = new("I1"), At = Instant.FromUtc(2026, 3, 15, 9, 5), Kind = NoteKind.MailIn, Text = "please wait", Reference = "m1@example.org" },
            new NoteWritten { Invoice = new("I1"), At = Instant.FromUtc(2026, 3, 16, 9, 0), Kind = NoteKind.Call, Text = "angry" },
            new PromiseMade { Invoice = new("I1"), Made = Day(-12), Until = Day(-6) },
            new PromiseEnded { Invoice = new("I1"), On = Day(-5), Outcome = AgreementOutcome.Broken },
            new PlanAgreed { Invoice = new("I1"), Agreed = Day(-4), Instalments = [new InstalmentTerm(Day(-3), 100m)] },
            new PlanEnded { Invoice = new("I1"), On = Day(-2), Outcome = AgreementOutcome.Broken },
            new DisputeOpened { Invoice = new("I1"), Opened = Day(-1), Amount = 40m, Reason = "damaged" },
            new DisputePartlyAccepted { Invoice = new("I1"), On = AsOf, Accepted = 15m, Reason = "one of three" },
        ];
        var book = LedgerBook.Create(events);
        Assert.Empty(book.Faults);
        var snapshot = book.Snapshot(AsOf);
        var dossier = Dossier.Create(snapshot, new("I1"));
        Assert.Equal(
            ["Issued", "Delivery", "Closed", "Reopened", "MailIn", "Call", "Promise", "PromiseEnded", "Plan", "PlanEnded", "DisputeOpened"],
            dossier.Entries.Select(e => e.Kind.ToString()));
        Assert.Equal("MD06", dossier.Entries[3].Text);
        Assert.Equal(Eur(40m), dossier.Entries[^1].Amount);
        Assert.DoesNotContain(dossier.ForCustomer().Entries, e => e.Kind == DossierKind.Call);

        // What was recorded as broken is a task, until something newer is agreed.
        Assert.Equal([WorkKind.PlanBreached, WorkKind.UnappliedMoney], Tasks(snapshot).Where(k => k != WorkKind.UnappliedMoney).Append(WorkKind.UnappliedMoney));
        Assert.Contains(WorkKind.PromiseBroken, Tasks(book.Snapshot(Day(-5))));
        Assert.DoesNotContain(WorkKind.PromiseBroken, Tasks(book.Snapshot(Day(-4))));
        Assert.Contains(HealthCheck.Run(book.Snapshot(Day(-5))), f => f.Code == "brokenPromises");

        static IEnumerable<WorkKind> Tasks(LedgerSnapshot snapshot) => new ActionListEngine().Create(snapshot).Select(w => w.Kind);
    }
}
