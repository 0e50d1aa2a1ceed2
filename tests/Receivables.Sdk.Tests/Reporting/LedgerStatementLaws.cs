using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Aging;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reporting;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Ledger;
using Receivables.Sdk.Tests.Aging;
using Xunit;

namespace Receivables.Sdk.Tests.Reporting;

/// <summary>Statements and aging over whole ledgers: part payments, reversals, returns, refunds, several currencies.</summary>
public class LedgerStatementLaws
{
    private static readonly StatementEngine Engine = new();

    // G2, for each customer and currency.
    [Fact]
    public void A_statement_closes_on_what_is_open_and_opens_on_what_the_day_before_closed() => Law.ForAll(
        from events in LedgerGenerator.ValidEvents
        from to in LedgerGenerator.Dates
        from length in Gen.Choose(0, 60)
        select (Book: LedgerBook.Create(events), Unmerged: LedgerBook.Create(events.Where(e => e is not (CustomersMerged or MergeUndone))), to, length),
        x =>
        {
            var snapshot = x.Book.Snapshot(x.to);
            var from = x.to.PlusDays(-x.length);
            // A statement shows the past of all who are one on its last day, whenever they became one.
            var before = x.Unmerged.Snapshot(from.PlusDays(-1));
            foreach (var customer in snapshot.Customers)
            {
                foreach (var account in Engine.Create(snapshot, customer.Id, from).Accounts)
                {
                    Assert.Equal(Money.Zero(account.Currency), account.Difference);
                    Assert.Equal(account.Closing, account.Movements.Count == 0 ? account.Opening : account.Movements[^1].Balance);
                    var opened = before.OpenItems.Where(i => i.Customer is { } whose && snapshot.Surviving(whose) == customer.Id && i.Open.Currency == account.Currency);
                    Assert.Equal(account.Opening, opened.Aggregate(Money.Zero(account.Currency), (sum, i) => sum + i.SignedOpen));
                }
            }
        });

    [Fact]
    public void Movements_read_off_a_snapshot_lead_to_the_same_balance() => Law.ForAll(LedgerGenerator.Snapshots, snapshot =>
    {
        // Refunds are in no plain value, so a customer who had one is left out.
        var refunded = snapshot.Movements.Where(m => m.Kind == MovementKind.Refund).Select(m => m.Customer).ToHashSet();
        foreach (var customer in snapshot.Customers.Where(c => !refunded.Contains(c.Id)))
        {
            Assert.All(Engine.Create(snapshot with { Movements = [] }, customer.Id, snapshot.AsOf).Accounts, a => Assert.True(a.Difference.IsZero));
        }
    });

    [Fact]
    public void Aging_a_ledger_is_the_plain_twins_and_adds_up_to_its_movements() => Law.ForAll(
        from snapshot in LedgerGenerator.Snapshots
        from basis in Gen.Elements(AgingBasis.Due, AgingBasis.Issued)
        select (snapshot, basis),
        x =>
        {
            var report = new AgingEngine(new() { Basis = x.basis }).Age(x.snapshot);
            Assert.Equal(PlainAging.Age(x.snapshot.AsOf, x.snapshot.OpenItems, i => i.Customer?.Value ?? "", x.basis, [30, 60, 90]), PlainAging.Flatten(report.Rows));
            foreach (var total in report.Totals)
            {
                Assert.Equal(total.Total.Amount, x.snapshot.Movements.Where(m => m.Amount.Currency == total.Currency).Sum(m => m.Amount.Amount));
            }

            Assert.Equal(x.snapshot.Movements.Select(m => m.Amount.Currency).Distinct().Order(), report.Totals.Select(t => t.Currency));
        });
}
