using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reporting;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Aging;
using Xunit;
using static Receivables.Sdk.Tests.Reporting.Sample;

namespace Receivables.Sdk.Tests.Reporting;

public class OverviewTests
{
    [Theory]
    [InlineData(8, ItemSignal.NotDue)]
    [InlineData(7, ItemSignal.DueSoon)]
    [InlineData(0, ItemSignal.DueSoon)]
    [InlineData(-1, ItemSignal.Overdue)]
    [InlineData(-60, ItemSignal.Overdue)]
    [InlineData(-61, ItemSignal.SeverelyOverdue)]
    public void Days_give_the_plain_signals(int due, ItemSignal expected) =>
        Assert.Equal(expected, new OverviewEngine().Items(new LedgerSnapshot { AsOf = AsOf, OpenItems = [Invoice("I1", "C1", 10m, due)] })[0].Signal);

    [Fact]
    public void The_highest_signal_is_shown_and_the_others_are_kept()
    {
        var snapshot = new LedgerSnapshot
        {
            AsOf = AsOf,
            OpenItems = [Invoice("I1", "C1", 10m, -70)],
            Promises = [new(new("I1"), Day(-3), Day(3), null)],
            Disputes = [new(new("I1"), Day(-9), Day(1), null, "damaged")],
            Plans = [new(new("I1"), Day(-3), [new(Day(9), Eur(10m))])],
            Holds = [new(new("C1"), Day(-3), null, null)],
        };
        Assert.Equal(
            [ItemSignal.Disputed, ItemSignal.OnHold, ItemSignal.InPlan, ItemSignal.Promised, ItemSignal.SeverelyOverdue, ItemSignal.Overdue],
            new OverviewEngine().Items(snapshot)[0].All.ToArray());
        var handed = snapshot with { Handovers = [new(new("I1"), AsOf, "agency")] };
        Assert.Equal(ItemSignal.HandedOver, new OverviewEngine().Customers(handed)[0].Signal);

        // The day on which a dispute is resolved it no longer stands.
        Assert.DoesNotContain(ItemSignal.Disputed, new OverviewEngine().Items(snapshot with { AsOf = Day(1) })[0].All);
    }

    [Fact]
    public void A_customers_line_has_balance_limit_and_last_payment()
    {
        var snapshot = new LedgerSnapshot
        {
            AsOf = AsOf,
            Customers = [new Customer { Id = new("C1"), Name = "Bakkerij", CreditLimit = Eur(100m), InsuredLimit = Eur(70m) }, new Customer { Id = new("C2"), CreditLimit = Eur(10m), InsuredLimit = new Money(5m, Currency.USD) }],
            OpenItems = [Invoice("I1", "C1", 60m, -5) with { Disputed = Eur(20m) }, Invoice("I2", "C1", 50m, 20), Credit("P1", "C1", 30m, -2), Invoice("I3", "C2", 11m, 3)],
            Payments = [Paid(Credit("P1", "C1", 30m, -2)), Paid(Credit("P0", "C1", 12m, -90, open: 0m))],
            Reminders = [new(new("I1"), 1, 1, Day(-1), null, null)],
        };
        var lines = new OverviewEngine().Customers(snapshot);
        var line = lines[0];
        Assert.Equal((Eur(80m), Eur(60m), Eur(20m), Eur(-30m)), (line.Balance, line.Overdue, line.Disputed, line.Unapplied));
        Assert.Equal((Eur(20m), LimitStatus.Near, "Bakkerij"), (line.Headroom!.Value, line.LimitStatus, line.Name));
        Assert.Equal((Day(-2), Eur(30m), Day(-5)), (line.LastPaymentOn!.Value, line.LastPayment!.Value, line.OldestDue!.Value));
        Assert.Equal((1, Day(-1), ItemSignal.Disputed), (line.Reminders, line.LastReminder!.Value, line.Signal));
        Assert.Equal((Eur(70m), Eur(10m)), (line.InsuredLimit!.Value, line.Uninsured!.Value));
        Assert.Equal((null, null), (lines[1].InsuredLimit, lines[1].Uninsured));
        Assert.Equal((Eur(-1m), LimitStatus.Exceeded), (lines[1].Headroom!.Value, lines[1].LimitStatus));
    }

    [Fact]
    public void Balances_are_those_of_the_aging_report() => Law.ForAll(OpenItemGenerators.Books, book =>
    {
        var snapshot = new LedgerSnapshot { AsOf = book.AsOf, OpenItems = book.Items, Customers = book.Customers };
        var report = new Receivables.Sdk.Aging.AgingEngine().Age(snapshot);
        foreach (var line in new OverviewEngine().Customers(snapshot))
        {
            var row = report.Find(line.Customer?.Value ?? "", line.Currency);
            Assert.Equal(row is null, line.Balance.IsZero && line.Unapplied.IsZero);
            if (row is not null)
            {
                Assert.Equal((row.Total, row.Overdue, row.Unapplied, row.Disputed), (line.Balance, line.Overdue, line.Unapplied, line.Disputed));
            }
        }
    });
}
