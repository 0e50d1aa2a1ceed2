using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>Gives every part of an open item a date: what was agreed comes before what habit says. Dates are overridden, totals never.</summary>
internal sealed class PaymentSchedule
{
    private readonly LocalDate _asOf;
    private readonly int _disputedDelay;
    private readonly ILookup<DocumentId, (LocalDate On, decimal Amount, ForecastBasis Basis)> _agreed;

    internal PaymentSchedule(LedgerSnapshot snapshot, int disputedDelay)
    {
        (_asOf, _disputedDelay) = (snapshot.AsOf, disputedDelay);
        var debits = snapshot.DirectDebits.Where(d => d.CollectOn > _asOf).Select(d => (d.Invoice, d.CollectOn, decimal.MaxValue, ForecastBasis.DirectDebit));
        var plans = snapshot.Plans.Where(p => p.Agreed <= _asOf).SelectMany(p => p.Instalments.Where(i => i.Due > _asOf).Select(i => (p.Invoice, i.Due, i.Amount.Amount, ForecastBasis.Plan)));
        var promises = snapshot.Promises.Where(p => p.Made <= _asOf && p.Until > _asOf).Select(p => (p.Invoice, p.Until, p.Amount?.Amount ?? decimal.MaxValue, ForecastBasis.Promise));
        _agreed = debits.Concat(plans).Concat(promises).ToLookup(a => a.Invoice, a => (a.Item2, a.Item3, a.Item4));
    }

    internal IEnumerable<ForecastItem> Schedule(OpenItem item, Money loss, ForecastMethod method, DelayModel model)
    {
        var left = item.Open - loss;
        foreach (var (on, amount, basis) in _agreed[item.Id].OrderBy(a => a.Basis).ThenBy(a => a.On).ThenBy(a => a.Amount))
        {
            var taken = Money.Min(left, new Money(amount, left.Currency));
            if (taken.IsPositive)
            {
                left -= taken;
                yield return new ForecastItem(item.Id, item.Customer, taken, on, basis);
            }
        }

        // What agreements and losses take is what is due earliest; a dispute lies on the rest, from the last part on.
        var disputed = item.Disputed is { } part ? Money.Min(part, left) : Money.Zero(left.Currency);
        foreach (var open in item.Parts.Where(p => !p.Open.IsZero).OrderByDescending(p => p.Due).ThenByDescending(p => p.Number))
        {
            var amount = Money.Min(left, open.Open);
            left -= amount;
            var held = Money.Min(disputed, amount);
            disputed -= held;
            var on = DateOf(open.Due, item.Customer, method, model);
            if (held.IsPositive)
            {
                yield return new ForecastItem(item.Id, item.Customer, held, on is { } day ? Days.Add(day, _disputedDelay) : null, ForecastBasis.Disputed);
            }

            if (amount > held)
            {
                yield return new ForecastItem(item.Id, item.Customer, amount - held, on, ForecastBasis.Method);
            }
        }
    }

    private LocalDate? DateOf(LocalDate due, CustomerId? customer, ForecastMethod method, DelayModel model)
    {
        var first = Days.Add(_asOf, 1);
        if (method is ForecastMethod.DueDate or ForecastMethod.Habit)
        {
            return LocalDate.Max(first, Days.Add(due, method == ForecastMethod.Habit ? model.MeanDelay(customer) : 0));
        }

        var days = model.Quantile(customer, Period.DaysBetween(due, _asOf), method == ForecastMethod.P50 ? 0.5 : 0.8);
        return days is { } delay ? LocalDate.Max(first, Days.Add(due, delay)) : null;
    }
}
