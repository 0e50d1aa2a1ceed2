using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>Makes the list of customers and the list of items, with one precedence of signals for both.</summary>
/// <remarks>Built once with its options; pure, and safe to use from several threads at once.</remarks>
public sealed class OverviewEngine
{
    private readonly OverviewOptions _options;

    /// <summary>An engine.</summary>
    /// <param name="options">How lists are made; <see cref="OverviewOptions.Default"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public OverviewEngine(OverviewOptions? options = null)
    {
        _options = options ?? OverviewOptions.Default;
        if (_options.NearLimit.Percent is <= 0m or > 100m)
        {
            throw new ArgumentOutOfRangeException(nameof(options), "The share of a limit that is near it is above 0 and up to 100 percent.");
        }

        _ = new SnapshotFacts(new LedgerSnapshot { AsOf = default }, _options.Signals);
    }

    /// <summary>The open items with their signals, in order of id.</summary>
    /// <param name="snapshot">The snapshot.</param>
    public IReadOnlyList<ItemStatus> Items(LedgerSnapshot snapshot)
    {
        var facts = new SnapshotFacts(snapshot, _options.Signals);
        return [.. snapshot.OpenItems.OrderBy(i => i.Id).Select(facts.StatusOf)];
    }

    /// <summary>A line for each customer and currency with an item, open or settled, in order of id, then currency; money of nobody first.</summary>
    /// <param name="snapshot">The snapshot.</param>
    public IReadOnlyList<CustomerOverview> Customers(LedgerSnapshot snapshot)
    {
        var facts = new SnapshotFacts(snapshot, _options.Signals);
        var customers = snapshot.Customers.DistinctBy(c => c.Id).ToDictionary(c => c.Id);
        var payments = snapshot.Payments.Select(p => p.Item).ToLookup(p => (p.Customer, p.Amount.Currency));
        return
        [
            .. from item in snapshot.OpenItems.Concat(snapshot.SettledItems).Concat(snapshot.Payments.Where(p => p.Item.Open.IsZero).Select(p => p.Item)).DistinctBy(i => i.Id)
               group item by (item.Customer, item.Open.Currency) into account
               orderby account.Key.Customer ?? default, account.Key.Currency
               select Line(snapshot.AsOf, account.Key.Customer, account.Key.Currency, [.. account.Select(facts.StatusOf)], payments[account.Key], account.Key.Customer is { } id ? customers.GetValueOrDefault(id) : null),
        ];
    }

    private CustomerOverview Line(LocalDate asOf, CustomerId? id, Currency currency, List<ItemStatus> items, IEnumerable<OpenItem> payments, Customer? customer)
    {
        var zero = Money.Zero(currency);
        var balance = items.Aggregate(zero, (sum, i) => sum + i.Item.SignedOpen);
        var open = items.Where(i => !i.Item.Open.IsZero).ToList();
        var limit = In(customer?.CreditLimit, currency);
        var insured = In(customer?.InsuredLimit, currency);
        LocalDate? lastOn = payments.Select(p => (LocalDate?)p.Issued).Max();
        return new CustomerOverview
        {
            Customer = id,
            Name = customer?.Name,
            Currency = currency,
            Balance = balance,
            Overdue = open.Where(i => !i.Item.IsCredit).SelectMany(i => i.Item.Parts).Where(p => p.Due < asOf).Aggregate(zero, (sum, p) => sum + p.Open),
            Disputed = open.Aggregate(zero, (sum, i) => sum + (i.Item.Disputed is { } part ? Money.Min(part, i.Item.Open) : zero)),
            Unapplied = open.Where(i => i.Item.IsCredit).Aggregate(zero, (sum, i) => sum + i.Item.SignedOpen),
            CreditLimit = limit,
            Headroom = limit - balance,
            InsuredLimit = insured,
            Uninsured = insured is { } covered ? Money.Max(zero, balance - covered) : null,
            LimitStatus = limit is not { } of ? LimitStatus.None
                : balance > of ? LimitStatus.Exceeded
                : balance.Amount >= of.Amount * _options.NearLimit.Factor ? LimitStatus.Near
                : LimitStatus.Within,
            OldestDue = open.Where(i => !i.Item.IsCredit).Select(i => (LocalDate?)i.Due).Min(),
            LastPaymentOn = lastOn,
            LastPayment = lastOn is null ? null : payments.Where(p => p.Issued == lastOn).Aggregate(zero, (sum, p) => sum + p.Amount),
            Reminders = open.Sum(i => i.Reminders),
            LastReminder = open.Select(i => i.LastReminder).Max(),
            Signal = items.Max(i => i.Signal),
        };
    }

    private static Money? In(Money? limit, Currency currency) => limit is { } known && known.Currency == currency ? known : null;
}
