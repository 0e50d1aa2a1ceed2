using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Storage;
using Receivables.Sdk.Workflows;
using Xunit;

namespace Receivables.Sdk.Tests.Workflows;

/// <summary>Commands that come again, late, or on a ledger that moved on: nothing is posted twice, and nothing is said to be posted that is not.</summary>
public class InterruptionTests
{
    private static readonly LedgerId Main = new("main");
    private static readonly LocalDate Today = new(2026, 3, 31);

    private static readonly ReminderPolicy Policy = PolicyFile.Parse("""
        {"version":1,"levels":[{"daysAfterDue":3,"channel":"email"},{"daysAfterPrevious":7}]}
        """);

    internal static DocumentIssued Invoice(int number, decimal amount) => new()
    {
        Id = new DocumentId("I" + number),
        Number = "2026-10" + number,
        Kind = DocumentKind.Invoice,
        Customer = new CustomerId("C" + number),
        Issued = new LocalDate(2026, 2, 1),
        Due = new LocalDate(2026, 3, 1),
        Amount = amount,
    };

    internal static BankTransaction[] Payments(params (LocalDate Day, decimal Amount, string Text)[] lines)
    {
        var keys = new ImportKeyScope();
        keys.Begin(new StatementHeader { Format = default, Account = new StatementAccount { Number = "1000200030" } });
        return [.. lines.Select(l =>
        {
            var transaction = new BankTransaction { Amount = new Money(l.Amount, Currency.EUR), BookingDate = l.Day, Remittance = l.Text, Counterparty = new Counterparty { Name = "Bakkerij Jansen" } };
            keys.Assign(transaction);
            return transaction;
        })];
    }

    private static async Task<InMemoryStore> Opened(int invoices)
    {
        var store = new InMemoryStore();
        List<LedgerEvent> events = [new LedgerOpened { Currency = Currency.EUR }];
        for (var i = 1; i <= invoices; i++)
        {
            events.Add(new CustomerRecorded { Customer = new Customer { Id = new CustomerId("C" + i), Name = "Bakkerij Jansen", Email = "a@example.org" } });
            events.Add(Invoice(i, 100m + i));
        }

        Assert.IsType<ChangeResult.Stored>(await store.AppendAsync(new LedgerChange { Ledger = Main, IdempotencyKey = "opening", Events = events }, default));
        return store;
    }

    private static async Task<List<string>> Booked(InMemoryStore store)
    {
        var book = (await store.ReadBookAsync(Main)).Book;
        Assert.Empty(book.Faults);
        return [.. book.Snapshot(LocalDate.MaxIsoValue).Payments.Select(p => p.Transaction!.Value.Value).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task A_command_that_posted_says_of_nothing_else_that_it_is_posted()
    {
        var (store, payments) = (await Opened(2), Payments((Today, 101m, "factuur 2026-101"), (Today, 102m, "factuur 2026-102")));
        var cash = new CashApplication(store, store);
        await cash.RunAsync(Main, "upload", payments[..1], Today);
        Assert.Single(await Booked(store));

        // The same command, on more: it posts nothing more, and a person sees what it did not post.
        var again = await cash.RunAsync(Main, "upload", payments, Today);
        Assert.Equal(0, again.PostedCount);
        Assert.Single(await Booked(store));
        await cash.RunAsync(Main, "next upload", payments, Today);
        Assert.Equal(2, (await Booked(store)).Count);
        Assert.Equal(2, (await ((IMatchStore)store).ReadAsync(Main, MatchReview.Posted, default)).Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-20)]
    [InlineData(0)]
    public async Task A_payment_of_a_later_day_than_the_run_is_posted_once(int days)
    {
        var (store, payments) = (await Opened(1), Payments((Today, 101m, "factuur 2026-101")));
        var cash = new CashApplication(store, store);
        await cash.RunAsync(Main, "1", payments, Today.PlusDays(days));
        var second = await cash.RunAsync(Main, "2", payments, Today.PlusDays(days));
        Assert.Equal(0, second.PostedCount);
        Assert.Single(await Booked(store));
        Assert.Equal("alreadyPosted", Assert.Single(Assert.IsType<DeskResult.Refused>(await cash.ConfirmAsync(Main, second.Matches[0], "anna", Today.PlusDays(days))).Problems).Code);
        Assert.Single(await Booked(store));
    }

    [Fact]
    public async Task Nobody_is_reminded_of_what_was_paid_since_the_plan()
    {
        var store = await Opened(3);
        var round = new ReminderRound(new ReminderEngine(Policy), store, store, store);
        var (plan, version) = await round.PlanAsync(Main, Today);
        Assert.Equal(3, plan.Actions.Count);
        var payments = Payments((Today, 101m, "factuur 2026-101"));
        await new CashApplication(store, store).RunAsync(Main, "1", payments, Today);
        LedgerEvent[] others = [new DisputeOpened { Invoice = new DocumentId("I2"), Opened = Today }];
        await store.AppendAsync(new LedgerChange { Ledger = Main, IdempotencyKey = "dispute", Events = others }, default);

        var sent = new List<string>();
        foreach (var action in plan.Actions)
        {
            if (await round.SendAsync(Main, "w-" + action.Id, action, new CommitEvidence(Today), version))
            {
                sent.Add(action.Customer.Value);
            }
        }

        Assert.Equal(["C3"], sent);
    }

    private static async Task<ImportResult> Import(InMemoryStore store, string key)
    {
        var bytes = await File.ReadAllBytesAsync(Architecture.Repository.Path("samples/data/bank-2026-03.xml"));
        return await new StatementImporter(store).ImportAsync(Main, key, [new("day.xml", new MemoryStream(bytes))]);
    }

    [Fact]
    public async Task An_import_that_comes_again_has_what_it_brought_and_nobody_else_has_it()
    {
        var store = new InMemoryStore();
        var first = await Import(store, "upload");
        Assert.NotEmpty(first.New);
        var again = await Import(store, "upload");
        Assert.Equal(first.New.Select(t => t.Id), again.New.Select(t => t.Id));
        Assert.Equal((first.KnownCount, first.Doubtful.Count), (again.KnownCount, again.Doubtful.Count));
        var other = await Import(store, "other upload");
        Assert.Equal((0, first.New.Count), (other.New.Count, other.KnownCount));
        Assert.Empty((await Import(store, "other upload")).New);
    }

    [Fact]
    public async Task What_was_paid_otherwise_meanwhile_is_not_posted_by_a_confirmation()
    {
        var (store, payments) = (await Opened(1), Payments((Today, 101m, "betaling"), (Today, 101m, "factuur 2026-101")));
        var cash = new CashApplication(store, store, learning: store);
        var match = new MatchResult
        {
            Transaction = payments[0],
            Residual = Money.Zero(Currency.EUR),
            Decision = MatchDecision.Suggested,
            Outcome = MatchOutcome.Exact,
            Customer = new CustomerId("C1"),
            Allocations = [new MatchAllocation(new DocumentId("I1"), new Money(101m, Currency.EUR), AllocationKind.Payment)],
        };
        await cash.RunAsync(Main, "2", payments[1..], Today);
        Assert.Single(await Booked(store));

        Assert.NotEmpty(Assert.IsType<DeskResult.Refused>(await cash.ConfirmAsync(Main, match, "anna", Today)).Problems);
        Assert.Single(await Booked(store));
        Assert.Empty(await ((ILearningStore)store).ReadAsync(Main, default));
        Assert.Single(await ((IMatchStore)store).ReadAsync(Main, MatchReview.Posted, default));
    }

    [Fact]
    public async Task An_answer_that_says_nothing_cannot_be_confirmed()
    {
        var (store, payments) = (await Opened(1), Payments((Today, 7.77m, "iets anders")));
        var cash = new CashApplication(store, store);
        var match = (await cash.RunAsync(Main, "1", payments, Today)).Matches[0] with { Outcome = MatchOutcome.None, Decision = MatchDecision.Unmatched };
        Assert.Equal("nothingToPost", Assert.Single(Assert.IsType<DeskResult.Refused>(await cash.ConfirmAsync(Main, match, "anna", Today)).Problems).Code);
        Assert.Empty(await ((IMatchStore)store).ReadAsync(Main, MatchReview.Posted, default));
    }
}
