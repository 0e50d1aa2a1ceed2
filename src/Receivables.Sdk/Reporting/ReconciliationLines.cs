using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>The ledger's side of a reconciliation.</summary>
/// <remarks>Pure and thread-safe.</remarks>
public static class ReconciliationLines
{
    /// <summary>What was booked of bank transactions up to the snapshot's date: one line for each transaction, with its sum.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="from">The first day.</param>
    /// <returns>Money in is positive, money that was taken back or paid out negative. Payments whose money has not reached the bank are not in it.</returns>
    public static IReadOnlyList<ReconciliationLine> OfBank(LedgerSnapshot snapshot, LocalDate from)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var entries = snapshot.Payments.Where(p => p.Transaction is not null).Select(p => (Transaction: p.Transaction!.Value, On: p.ClearedOn ?? p.Item.Issued, p.Item.Amount))
            .Concat(snapshot.Outflows.Where(o => o.Transaction is not null).Select(o => (Transaction: o.Transaction!.Value, o.On, Amount: -o.Amount)));
        return
        [
            .. from entry in entries
               where entry.On >= @from
               group entry by (entry.Transaction, entry.Amount.Currency) into booked
               orderby booked.Key.Transaction, booked.Key.Currency
               select new ReconciliationLine(booked.Key.Transaction.Value, booked.Min(e => e.On), booked.Aggregate(Money.Zero(booked.Key.Currency), (sum, e) => sum + e.Amount)),
        ];
    }

    /// <summary>A customer's open items by number, for a comparison with the customer's own list: what is owed is positive, credits are negative.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="customer">The customer; for one that was merged into another, that one.</param>
    public static IReadOnlyList<ReconciliationLine> OfCustomer(LedgerSnapshot snapshot, CustomerId customer)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var owner = snapshot.Surviving(customer);
        return [.. snapshot.OpenItems.Where(i => i.Customer == owner).OrderBy(i => i.Id).Select(i => new ReconciliationLine(i.Number ?? "", i.Issued, i.SignedOpen, i.Id.Value))];
    }

    /// <summary>What is open in all, by currency, for a comparison with a control account.</summary>
    /// <param name="snapshot">The snapshot.</param>
    public static IReadOnlyList<Money> Balances(LedgerSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return [.. snapshot.OpenItems.GroupBy(i => i.Open.Currency).OrderBy(g => g.Key).Select(g => g.Aggregate(Money.Zero(g.Key), (sum, i) => sum + i.SignedOpen))];
    }
}
