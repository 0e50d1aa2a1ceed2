using System.Runtime.InteropServices;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>What of an item is held by amount: disputed, promised, or collected and not final. It lies on the instalment due earliest, as a payment would.</summary>
internal struct HeldAmounts
{
    private Money _disputed;
    private Money _other;

    /// <summary>The last day of the hold that ends first, of those other than disputes; null where there is none.</summary>
    internal LocalDate? FirstEnd { get; private set; }

    internal static HeldAmounts Of(OpenItem item, InvoiceHistory? history, ReminderPolicy policy, LocalDate asOf)
    {
        var none = Money.Zero(item.Open.Currency);
        var held = new HeldAmounts { _disputed = history?.Disputes is null ? Money.Min(item.Disputed ?? none, item.Open) : history.Disputed(item, asOf), _other = none };
        if (policy.Promise == PromiseScope.Amount && history?.Promises is not null && history.Promised(item, asOf) is { IsPositive: true } promised)
        {
            held._other += promised;
            held.FirstEnd = history.FirstPromiseEnd(asOf);
        }

        if (history?.RefundWindows is not null && history.Refundable(item, asOf) is { Amount.IsPositive: true } window)
        {
            held._other += window.Amount;
            held.FirstEnd = history.FirstRefundEnd(asOf) is var first && held.FirstEnd < first ? held.FirstEnd : first;
        }

        return held;
    }

    /// <summary>Takes the share of one instalment: what of it is undisputed, and what may be reminded of.</summary>
    internal (Money Undisputed, Money Free) Take(Money open)
    {
        if (_disputed.IsZero && _other.IsZero)
        {
            return (open, open);
        }

        var disputed = Money.Min(_disputed, open);
        _disputed -= disputed;
        var undisputed = open - disputed;
        var other = Money.Min(_other, undisputed);
        _other -= other;
        return (undisputed, undisputed - other);
    }
}

/// <summary>What one customer is overdue with in one currency towards one company of the seller, undisputed and not handed over.</summary>
internal readonly record struct Overdue(Money Amount, string? Entity, LocalDate Oldest)
{
    internal static Overdue? Of(List<Overdue> sums, Currency currency, string? entity)
    {
        foreach (var sum in CollectionsMarshal.AsSpan(sums))
        {
            if (sum.Amount.Currency == currency && sum.Entity == entity)
            {
                return sum;
            }
        }

        return null;
    }

    internal static void Add(List<Overdue> sums, Money amount, string? entity, LocalDate due)
    {
        foreach (ref var sum in CollectionsMarshal.AsSpan(sums))
        {
            if (sum.Amount.Currency == amount.Currency && sum.Entity == entity)
            {
                sum = new Overdue(sum.Amount + amount, entity, LocalDate.Min(sum.Oldest, due));
                return;
            }
        }

        sums.Add(new Overdue(amount, entity, due));
    }
}
