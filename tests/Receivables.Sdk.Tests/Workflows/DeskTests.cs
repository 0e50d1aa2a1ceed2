using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Reporting;
using Receivables.Sdk.Storage;
using Receivables.Sdk.TestKit.Matching;
using Receivables.Sdk.Workflows;
using Xunit;

namespace Receivables.Sdk.Tests.Workflows;

/// <summary>What people ask a ledger to record: four eyes, drafts, replies to statements, reconciliation.</summary>
public class DeskTests
{
    private static readonly LedgerId Main = new("main");
    private static readonly LocalDate Today = new(2026, 3, 31);
    private static readonly DocumentId I1 = new("I1");
    private readonly InMemoryStore _store = new();

    private LedgerDesk Desk(ApprovalSubjects subjects = ApprovalSubjects.All) => new(_store, _store, new FourEyes { Subjects = subjects });

    private async Task Open(params LedgerEvent[] more) => Assert.IsType<ChangeResult.Stored>(await _store.AppendAsync(
        new LedgerChange
        {
            Ledger = Main,
            IdempotencyKey = "opening",
            Events =
            [
                new LedgerOpened { Currency = Currency.EUR },
                new CustomerRecorded { Customer = new Customer { Id = new CustomerId("C1"), Group = "members" } },
                new CustomerRecorded { Customer = new Customer { Id = new CustomerId("C2"), Group = "members" } },
                new CustomerRecorded { Customer = new Customer { Id = new CustomerId("C3") } },
                new DocumentIssued { Id = I1, Kind = DocumentKind.Invoice, Customer = new CustomerId("C1"), Number = "2026-001", Issued = new LocalDate(2026, 1, 10), Amount = 100m },
                .. more,
            ],
        },
        default));

    private static AllocationMade WriteOff(string id, decimal amount, string to = "I1") =>
        new() { Id = new AllocationId(id), To = new DocumentId(to), Amount = amount, On = Today, Kind = AllocationKind.WriteOff, By = "anna", Reason = "small" };

    private async Task<decimal> OpenOf(DocumentId document) => (await _store.ReadBookAsync(Main)).Book.Open(document, Today).Amount;

    private static IEnumerable<string> Codes(DeskResult result) => Assert.IsType<DeskResult.Refused>(result).Problems.Select(p => p.Code);

    [Fact]
    public async Task A_write_off_waits_for_a_second_person_and_is_recorded_once()
    {
        await Open();
        var desk = Desk();
        var waits = Assert.IsType<DeskResult.Waits>(await desk.RecordAsync(Main, "w1", "anna", Today, [WriteOff("A1", 4m)]));
        Assert.Equal(ApprovalSubjects.WriteOff, waits.Subjects);
        Assert.Equal(waits, await desk.RecordAsync(Main, "w1", "anna", Today, [WriteOff("A1", 4m)]));
        Assert.Equal(100m, await OpenOf(I1));
        var work = Assert.Single(new ActionListEngine().Create((await _store.ReadBookAsync(Main)).Book.Snapshot(Today), await desk.WorkAsync(Main)), w => w.Kind == WorkKind.Approval);
        Assert.Equal(("Approval:w1", Today), (work.Key, work.Due));

        Assert.Equal(["makerIsChecker"], Codes(await desk.ApproveAsync(Main, "w1", "Anna")));
        Assert.Equal(["noSuchChange"], Codes(await desk.ApproveAsync(Main, "w9", "bert")));
        var recorded = await desk.ApproveAsync(Main, "w1", "bert");
        Assert.Equal(96m, await OpenOf(I1));

        // Whoever asks again, for whatever step, gets what came of it.
        Assert.Equal(recorded, await desk.ApproveAsync(Main, "w1", "carl"));
        Assert.Equal(recorded, await desk.RecordAsync(Main, "w1", "anna", Today, [WriteOff("A1", 4m)]));
        Assert.False(await desk.DeclineAsync(Main, "w1", "bert"));
        Assert.Empty(await desk.WorkAsync(Main));
        Assert.Equal(96m, await OpenOf(I1));
    }

    [Fact]
    public async Task What_was_turned_down_stays_so()
    {
        await Open();
        var desk = Desk();
        await desk.RecordAsync(Main, "w1", "anna", Today, [WriteOff("A1", 4m)]);
        Assert.True(await desk.DeclineAsync(Main, "w1", "bert"));
        Assert.Equal(["declined"], Codes(await desk.ApproveAsync(Main, "w1", "carl")));
        Assert.Equal(["declined"], Codes(await desk.RecordAsync(Main, "w1", "anna", Today, [WriteOff("A1", 4m)])));
        Assert.Equal(100m, await OpenOf(I1));
    }

    [Fact]
    public async Task A_change_that_the_ledger_does_not_take_is_refused_then_or_when_it_is_approved()
    {
        await Open();
        var desk = Desk();
        Assert.Equal(["LED026"], Codes(await desk.RecordAsync(Main, "w1", "anna", Today, [WriteOff("A1", 101m)])));
        await desk.RecordAsync(Main, "w2", "anna", Today, [WriteOff("A1", 60m)]);
        await desk.RecordAsync(Main, "w3", "anna", Today, [WriteOff("A2", 60m)]);
        Assert.IsType<DeskResult.Recorded>(await desk.ApproveAsync(Main, "w2", "bert"));
        Assert.Equal(["LED026"], Codes(await desk.ApproveAsync(Main, "w3", "bert")));

        // A write-off that is dated back may not make unlawful what stands.
        Assert.NotEmpty(Codes(await desk.RecordAsync(Main, "w4", "anna", Today, [WriteOff("A0", 50m) with { On = Today.PlusDays(-9) }])));
        Assert.Equal(40m, await OpenOf(I1));
    }

    [Theory]
    [InlineData(ApprovalSubjects.NewDocument)]
    [InlineData(ApprovalSubjects.BankDetails)]
    [InlineData(ApprovalSubjects.WriteOff)]
    [InlineData(ApprovalSubjects.Waiver)]
    [InlineData(ApprovalSubjects.ManualAllocation)]
    [InlineData(ApprovalSubjects.Refund)]
    public async Task Each_subject_waits_where_the_rule_says_so_and_only_there(ApprovalSubjects subject)
    {
        await Open(
            new PaymentReceived { Id = new DocumentId("P1"), Customer = new CustomerId("C1"), Received = Today, Amount = 20m },
            new DocumentIssued { Id = new DocumentId("F1"), Kind = DocumentKind.FeeClaim, Customer = new CustomerId("C1"), Issued = Today, Amount = 5m, RelatedTo = I1 });
        LedgerEvent item = subject switch
        {
            ApprovalSubjects.NewDocument => new DocumentIssued { Id = new DocumentId("I2"), Kind = DocumentKind.Invoice, Customer = new CustomerId("C1"), Issued = Today, Amount = 1m },
            ApprovalSubjects.BankDetails => new CustomerChanged { On = Today, Customer = new Customer { Id = new CustomerId("C1"), BankAccounts = ["12345"] } },
            ApprovalSubjects.WriteOff => WriteOff("A1", 1m),
            ApprovalSubjects.Waiver => WriteOff("A1", 5m, "F1"),
            ApprovalSubjects.ManualAllocation => new AllocationMade { Id = new AllocationId("A1"), From = new DocumentId("P1"), To = I1, Amount = 1m, On = Today, Kind = AllocationKind.Payment },
            _ => new MoneyRefunded { From = new DocumentId("P1"), On = Today, Amount = 1m },
        };
        Assert.Equal(new DeskResult.Waits("k1", subject), await Desk(subject).RecordAsync(Main, "k1", "anna", Today, [item]));
        Assert.IsType<DeskResult.Recorded>(await Desk(ApprovalSubjects.All & ~subject).RecordAsync(Main, "k2", "anna", Today, [item]));
    }

    [Fact]
    public async Task Events_say_when_they_became_known()
    {
        await Open();
        var now = Instant.FromUtc(2026, 4, 2, 8, 0);
        var desk = new LedgerDesk(_store, _store, new FourEyes { Subjects = ApprovalSubjects.None }, new StoppedClock(now));
        await desk.RecordAsync(Main, "w1", "anna", Today, [WriteOff("A1", 4m)]);
        var (book, _) = await _store.ReadBookAsync(Main);
        Assert.Equal(100m, book.Open(I1, Today, now - Duration.FromSeconds(1)).Amount);
        Assert.Equal(96m, book.Open(I1, Today, now).Amount);
    }

    [Fact]
    public async Task Many_who_write_at_once_lose_nothing()
    {
        await Open();
        var desk = Desk(ApprovalSubjects.None);
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => desk.RecordAsync(Main, "w" + i, "anna", Today, [WriteOff("A" + i, 1m)]))));
        Assert.All(results, r => Assert.IsType<DeskResult.Recorded>(r));
        Assert.Equal(96m, await OpenOf(I1));
    }

    private static DocumentDraft Draft(string? number, decimal amount = 10m) =>
        new() { Customer = new CustomerId("C1"), Issued = Today, Amount = amount, Currency = Currency.EUR, Number = number };

    [Fact]
    public async Task Drafts_are_issued_together_or_not_at_all_and_every_problem_is_named()
    {
        await Open();
        var desk = new DocumentDesk(Desk());
        var refused = await desk.IssueAsync(
            Main, "d1", "anna", Today, [new(new DocumentId("I2"), Draft("2026-002")), new(new DocumentId("I3"), Draft("2026-001", -1m)), new(new DocumentId("I4"), Draft("2026-002"))]);
        Assert.Equal(["2 Number numberInUse", "2 Amount amountNotPositive", "3 Number numberInUse"], Assert.IsType<DeskResult.Refused>(refused).Problems.Select(p => $"{p.Item} {p.Field} {p.Code}"));

        Assert.IsType<DeskResult.Waits>(await desk.IssueAsync(Main, "d2", "anna", Today, [new(new DocumentId("I2"), Draft("2026-002")), new(new DocumentId("I3"), Draft("2026-003"))]));
        Assert.Equal(["numberInUse"], Codes(await desk.IssueAsync(Main, "d3", "carl", Today, [new(new DocumentId("I5"), Draft("2026-003"))])));
        Assert.IsType<DeskResult.Recorded>(await Desk().ApproveAsync(Main, "d2", "bert"));
        Assert.Equal(10m, await OpenOf(new DocumentId("I3")));
    }

    [Fact]
    public async Task A_plan_for_a_group_issues_each_occurrence_once_however_often_it_runs()
    {
        await Open();
        var desk = new DocumentDesk(Desk(ApprovalSubjects.None));
        var plan = new RecurringDocument
        {
            Id = "fee",
            Recurrence = new Recurrence(new LocalDate(2026, 1, 31), RecurrenceUnit.Month),
            Customers = [new CustomerId("C3")],
            Group = "members",
            Template = Draft("never taken over", 25m),
        };
        var next = 100;
        Task<DeskResult> Run(string key, int month) => desk.IssueRecurringAsync(
            Main, key, "scheduler", plan, new LocalDate(2026, 1, 1), new LocalDate(2026, month, 1).With(DateAdjusters.EndOfMonth), _ => "R-" + next++);
        Assert.IsType<DeskResult.Recorded>(await Run("jan", 1));
        Assert.IsType<DeskResult.Recorded>(await Run("mar", 3));
        Assert.IsType<DeskResult.Recorded>(await Run("mar again", 3));
        var issued = (await _store.ReadBookAsync(Main)).Book.Snapshot(Today).OpenItems.Where(i => i.Id != I1).ToList();
        Assert.Equal(9, issued.Count);
        Assert.Equal(9, issued.Select(i => i.Number).Distinct().Count());
        Assert.Equal([new LocalDate(2026, 1, 31), new LocalDate(2026, 2, 28), new LocalDate(2026, 3, 31)], issued.Select(i => i.Issued).Distinct().Order());
        Assert.Equal(["C1", "C2", "C3"], issued.Select(i => i.Customer!.Value.Value).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_dispute_is_opened_accepted_in_part_with_a_credit_note_and_resolved()
    {
        await Open();
        var desk = new DisputeDesk(Desk(ApprovalSubjects.None));
        Assert.Equal(["nothingOpen"], Codes(await desk.OpenAsync(Main, "o0", "anna", Today, new DocumentId("I9"), null, null)));
        Assert.Equal(["notDisputed"], Codes(await desk.ResolveAsync(Main, "r0", "anna", Today, I1, null, null)));
        await desk.OpenAsync(Main, "o1", "anna", Today.PlusDays(-9), I1, 40m, "damaged");
        Assert.Equal(["beyondWhatIsDisputed"], Codes(await desk.AcceptPartAsync(Main, "a0", "bert", Today, I1, new AcceptedPart(41m, new DocumentId("CN0"), null), null)));
        Assert.IsType<DeskResult.Recorded>(await desk.AcceptPartAsync(Main, "a1", "bert", Today.PlusDays(-2), I1, new AcceptedPart(15m, new DocumentId("CN1"), "C-1"), "one of three"));
        var (book, _) = await _store.ReadBookAsync(Main);
        Assert.Equal(["100.00 40.00", "85.00 25.00"], new[] { -3, -2 }.Select(d => book.Snapshot(Today.PlusDays(d)).OpenItems.Single(i => i.Id == I1)).Select(i => $"{i.Open.ToAmountString()} {i.Disputed!.Value.ToAmountString()}"));

        Assert.IsType<DeskResult.Recorded>(await desk.ResolveAsync(Main, "r1", "bert", Today, I1, null, "the rest was fine"));
        var snapshot = (await _store.ReadBookAsync(Main)).Book.Snapshot(Today);
        Assert.Null(snapshot.OpenItems.Single(i => i.Id == I1).Disputed);
        Assert.Equal((new Money(15m, Currency.EUR), "the rest was fine"), snapshot.Disputes.Select(d => (d.Accepted!.Value, d.Decision)).Single());
        var allocation = Assert.Single(snapshot.Allocations);
        Assert.Equal((AllocationOrigin.Manual, "bert", "one of three"), (allocation.Origin!.Value, allocation.By, allocation.Reason));
    }

    [Fact]
    public async Task Replies_to_a_statement_go_to_dossier_dispute_and_matcher()
    {
        await Open(new DocumentIssued { Id = new DocumentId("I2"), Kind = DocumentKind.Invoice, Customer = new CustomerId("C1"), Number = "2026-002", Issued = new LocalDate(2026, 2, 1), Amount = 80m });
        var desk = new StatementDesk(_store, Desk(), _store);
        var statement = await desk.CreateAsync(Main, new CustomerId("C1"), new LocalDate(2026, 1, 1), Today);
        StatementReply[] replies =
        [
            new StatementReply.Differs(I1, new Money(60m, Currency.EUR), "two pieces were missing"),
            new StatementReply.AlreadyPaid(new DocumentId("I2"), new LocalDate(2026, 3, 30), "ours 77/1234"),
            new StatementReply.Agreed(new DocumentId("I9")),
        ];
        var received = Instant.FromUtc(2026, 3, 31, 9, 0);
        var result = await desk.ReplyAsync(Main, "mail-1", "anna", statement, replies, received);
        Assert.IsType<DeskResult.Recorded>(result.Result);
        Assert.Equal(["I9"], result.Unknown.Select(d => d.Value));
        Assert.IsType<DeskResult.Recorded>((await desk.ReplyAsync(Main, "mail-1", "anna", statement, replies, received)).Result);

        var snapshot = (await _store.ReadBookAsync(Main)).Book.Snapshot(Today);
        Assert.Equal(new Money(40m, Currency.EUR), snapshot.OpenItems.Single(i => i.Id == I1).Disputed);
        Assert.Contains(Dossier.Create(snapshot, I1).Entries, e => e.Text == "differs: two pieces were missing");
        var announced = Assert.Single(await ((ILearningStore)_store).ReadAsync(Main, default));

        // The payment is found by what was announced, and says so.
        var ledger = new SampleLedger();
        var transaction = ledger.Transaction(80m, "betaling OURS 77 / 12 34", null);
        var knowledge = new MatchKnowledge { Memory = MatchMemory.Replay([announced]) };
        Assert.DoesNotContain(new PaymentMatcher(snapshot).Match(transaction).Explanation, e => e.Code == EvidenceCode.Signal);
        Assert.Contains(new PaymentMatcher(snapshot, null, knowledge).Match(transaction).Explanation, e => e.Code == EvidenceCode.Signal);
    }

    [Fact]
    public async Task A_period_is_opened_explained_compared_again_and_signed_by_a_second_person()
    {
        await Open(
            new PaymentReceived { Id = new DocumentId("P1"), Customer = new CustomerId("C1"), Received = new LocalDate(2026, 3, 5), Amount = 20m, Transaction = new TransactionId("T1") },
            new PaymentReceived { Id = new DocumentId("P2"), Customer = new CustomerId("C1"), Received = new LocalDate(2026, 3, 6), Amount = 30m, Transaction = new TransactionId("T2") },
            new MoneyRefunded { From = new DocumentId("P2"), On = new LocalDate(2026, 3, 9), Amount = 5m, Transaction = new TransactionId("T3") });
        var desk = new ReconciliationDesk(_store, _store);
        var report = await desk.AgainstBankAsync(Main, [], new LocalDate(2026, 3, 1), Today);
        Assert.Equal(["T1 20.00", "T2 30.00", "T3 -5.00"], report.OnlyHere.Select(l => $"{l.Key} {l.Amount.ToAmountString()}"));
        Assert.True((await desk.AgainstControlAccountAsync(Main, [new Money(55m, Currency.EUR)], Today)).IsAgreed);
        var list = CustomerList.FromCsv("nr,amount\n2026/001,90.00\n", new CustomerListColumns("nr", null, "amount"), Currency.EUR);
        Assert.Single((await desk.AgainstCustomerAsync(Main, new CustomerId("C1"), list, Today)).Different);

        var period = new ReconciliationPeriod { Subject = "bank", From = new LocalDate(2026, 3, 1), To = Today, Owner = "anna", Report = report };
        Assert.Equal(1, Assert.IsType<ReconciliationResult.Stored>(await desk.OpenAsync(Main, "r1", "2026-03", period)).Period.Version);
        Assert.IsType<ReconciliationResult.Stored>(await desk.OpenAsync(Main, "r1", "2026-03", period));
        Assert.Equal(new ReconciliationResult.Refused("idInUse"), await desk.OpenAsync(Main, "r2", "2026-03", period));
        Assert.Equal(SignOffRefusal.Unexplained, Assert.IsType<ReconciliationResult.NotSigned>(await desk.SignOffAsync(Main, "s1", "2026-03", "bert")).Refusal.Reason);

        await desk.ExplainAsync(Main, "e1", "2026-03", [new("T1", "anna", "in transit"), new("T2", "anna", "in transit"), new("T3", "anna", "in transit")]);
        var agreed = Reconciliation.Compare([new("T1", null, new Money(20m, Currency.EUR))], []);
        var again = Assert.IsType<ReconciliationResult.Stored>(await desk.CompareAgainAsync(Main, "c1", "2026-03", agreed)).Period;
        Assert.Equal(["T1"], again.Period.Exceptions.Select(e => e.Key));
        Assert.Equal(SignOffRefusal.NeedsSecondPerson, Assert.IsType<ReconciliationResult.NotSigned>(await desk.SignOffAsync(Main, "s2", "2026-03", "ANNA")).Refusal.Reason);
        Assert.Equal("bert", Assert.IsType<ReconciliationResult.Stored>(await desk.SignOffAsync(Main, "s3", "2026-03", "bert")).Period.Period.SignedBy);
        Assert.Equal("bert", Assert.IsType<ReconciliationResult.Stored>(await desk.SignOffAsync(Main, "s3", "2026-03", "bert")).Period.Period.SignedBy);
        Assert.Equal(new ReconciliationResult.Refused("signed"), await desk.ExplainAsync(Main, "e2", "2026-03", []));
        Assert.Equal(new ReconciliationResult.Refused("noSuchPeriod"), await desk.SignOffAsync(Main, "s4", "2026-04", "bert"));
    }

    internal sealed class StoppedClock(Instant now) : IClock
    {
        public Instant GetCurrentInstant() => now;
    }
}
