using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reporting;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Aging;
using Xunit;
using static Receivables.Sdk.Tests.Reporting.Sample;

namespace Receivables.Sdk.Tests.Reporting;

public class StatementTests
{
    private static readonly CustomerId C1 = new("C1");

    private static readonly LedgerSnapshot Snapshot = new()
    {
        AsOf = AsOf,
        Customers = [new Customer { Id = C1, Name = "Bakkerij" }],
        OpenItems = [Invoice("I2", "C1", 50m, -10, term: 20), Invoice("I3", "C2", 7m, 0), Credit("P2", "C1", 30m, -5, open: 10m)],
        SettledItems = [Invoice("I1", "C1", 100m, -60)],
        Payments = [Paid(Credit("P1", "C1", 98m, -55, open: 0m)), Paid(Credit("P2", "C1", 30m, -5, open: 10m), returned: 20m)],
        Allocations =
        [
            new(new("A1"), new("P1"), new("I1"), Eur(98m), Day(-55), AllocationKind.Payment),
            new(new("A2"), null, new("I1"), Eur(2m), Day(-20), AllocationKind.WriteOff),
        ],
        Reminders = [new(new("I2"), 1, 1, Day(-7), "email", null), new(new("I2"), 1, 2, Day(-1), "email", null)],
    };

    [Fact]
    public void A_statement_runs_from_opening_to_closing_and_lists_what_is_open()
    {
        var statement = new StatementEngine().Create(Snapshot, C1, Day(-31));
        var account = Assert.Single(statement.Accounts);
        Assert.Equal(Eur(2m), account.Opening);
        Assert.Equal(
            ["2026-03-01 I2 Invoice 50.00 52.00", "2026-03-11 I1 WriteOff -2.00 50.00", "2026-03-26 P2 Payment -30.00 20.00", "2026-03-26 P2 PaymentReturn 20.00 40.00"],
            account.Movements.Select(m => $"{m.Date:uuuu-MM-dd} {m.Document} {m.Kind} {m.Amount.ToAmountString()} {m.Balance.ToAmountString()}"));
        Assert.Equal(Eur(40m), account.Closing);
        Assert.True(account.Difference.IsZero);
        Assert.Equal(["I2 2026-03-21 50.00 2", "P2 2026-03-26 -10.00 0"], account.OpenItems.Select(i => $"{i.Document} {i.Due:uuuu-MM-dd} {i.Open.ToAmountString()} {i.Reminders}"));
        Assert.Equal(Day(-1), account.OpenItems[0].LastReminder);
        Assert.Equal(account.Closing, account.Aging!.Total);
    }

    [Fact]
    public void A_ledgers_own_movements_are_shown_as_they_are_and_a_gap_shows()
    {
        AccountMovement[] movements = [new(C1, Day(-40), new("I2"), "n", MovementKind.Invoice, Eur(50m)), new(new("C2"), Day(0), new("I3"), "n", MovementKind.Invoice, Eur(7m))];
        var account = new StatementEngine().Create(Snapshot with { Movements = movements }, C1, Day(-31)).Accounts[0];
        Assert.Equal(Eur(50m), account.Opening);
        Assert.Equal(Eur(10m), account.Difference);
    }

    [Fact]
    public void Later_payments_stand_apart()
    {
        AccountMovement[] later = [new(C1, Day(2), new("P9"), null, MovementKind.Payment, Eur(-15m)), new(C1, Day(2), new("I9"), null, MovementKind.Invoice, Eur(99m))];
        var without = new StatementEngine().Create(Snapshot, C1, Day(-31), later).Accounts[0];
        var with = new StatementEngine(new() { IncludeLaterPayments = true }).Create(Snapshot, C1, Day(-31), later).Accounts[0];
        Assert.Equal((Eur(40m), Eur(40m), 0), (without.Closing, without.Outstanding, without.LaterPayments.Count));
        Assert.Equal((Eur(40m), Eur(25m), 1), (with.Closing, with.Outstanding, with.LaterPayments.Count));
    }

    [Fact]
    public void The_customers_copy_holds_nothing_of_colleagues()
    {
        var statement = new StatementEngine().Create(Snapshot, C1, Day(-31));
        Assert.NotNull(statement.Accounts[0].OpenItems[0].Signal);
        Assert.All(statement.ForCustomer().Accounts[0].OpenItems, i => Assert.True(i.Signal is null && i.Level is null));
    }

    [Fact]
    public void All_at_once_are_the_same_as_one_by_one()
    {
        var all = new StatementEngine().CreateAll(Snapshot, Day(-31)).ToList();
        Assert.Equal(["C1", "C2"], all.Select(s => s.Customer.Value));
        Assert.Equal(new StatementEngine().Create(Snapshot, C1, Day(-31)).Accounts[0].Movements, all[0].Accounts[0].Movements);
    }

    [Fact]
    public void An_unknown_customer_has_no_account_and_a_period_is_not_turned_round()
    {
        Assert.Empty(new StatementEngine().Create(Snapshot, new CustomerId("none"), Day(-31)).Accounts);
        Assert.Throws<ArgumentOutOfRangeException>(() => new StatementEngine().Create(Snapshot, C1, Day(1)));
    }

    [Fact]
    public void Closing_is_the_opening_of_the_day_after_and_the_sum_of_what_is_open() => Law.ForAll(OpenItemGenerators.Books, book =>
    {
        // Every item is as it was issued: what is open of it is its amount.
        var items = book.Items.Select(i => i with { Open = i.Amount, Instalments = [], Issued = LocalDate.Min(i.Issued, book.AsOf) }).ToList();
        var snapshot = new LedgerSnapshot
        {
            AsOf = book.AsOf,
            OpenItems = items,
            Payments = [.. items.Where(i => i.Kind == DocumentKind.Payment).Select(i => new RecordedPayment(i, null, null, Money.Zero(i.Amount.Currency), []))],
        };
        foreach (var customer in book.Customers)
        {
            foreach (var account in new StatementEngine().Create(snapshot, customer.Id, book.AsOf.PlusDays(-40)).Accounts)
            {
                Assert.True(account.Difference.IsZero);
                Assert.Equal(account.Closing, account.Movements.Aggregate(account.Opening, (sum, m) => sum + m.Amount));
                Assert.Equal(account.Closing, account.Aging!.Total is var total && account.OpenItems.Count > 0 ? total : account.Closing);
            }
        }
    });
}
