using System.Runtime.InteropServices;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>What the ledger's rows say about one invoice. Made only for invoices that a row names.</summary>
internal sealed class InvoiceHistory
{
    internal List<Dispute>? Disputes { get; set; }

    internal List<PaymentPromise>? Promises { get; set; }

    internal List<PaymentPlan>? Plans { get; set; }

    internal List<AnnouncedDirectDebit>? DirectDebits { get; set; }

    internal List<Handover>? Handovers { get; set; }

    internal List<HandoverRecall>? Recalls { get; set; }

    internal List<SentReminder>? Reminders { get; set; }

    internal List<StandingAllocation>? Allocations { get; set; }

    internal List<RefundWindow>? RefundWindows { get; set; }

    internal bool IsHandedOver(LocalDate asOf)
    {
        LocalDate? given = null;
        foreach (var handover in CollectionsMarshal.AsSpan(Handovers))
        {
            given = handover.On <= asOf && (given is null || handover.On > given) ? handover.On : given;
        }

        return given is { } day && !IsRecalled(day, asOf);
    }

    /// <summary>Whether what was handed over on a day came back by another.</summary>
    internal bool IsRecalled(LocalDate given, LocalDate asOf)
    {
        foreach (var recall in CollectionsMarshal.AsSpan(Recalls))
        {
            if (recall.On <= asOf && recall.On >= given)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How much of what is open is disputed on a day.</summary>
    internal Money Disputed(OpenItem item, LocalDate asOf)
    {
        var disputed = Money.Zero(item.Open.Currency);
        foreach (var dispute in CollectionsMarshal.AsSpan(Disputes))
        {
            if (IsActive(dispute, asOf))
            {
                disputed += dispute.Amount is { } amount && amount.Currency == item.Open.Currency ? amount : item.Open;
            }
        }

        return Money.Min(disputed, item.Open);
    }

    /// <summary>The last day of the disputes that stand, and the words of the latest.</summary>
    internal (LocalDate? Until, string? Note) DisputeEnd(LocalDate asOf)
    {
        var until = LocalDate.MinIsoValue;
        Dispute? latest = null;
        foreach (var dispute in CollectionsMarshal.AsSpan(Disputes))
        {
            if (IsActive(dispute, asOf))
            {
                var end = dispute.Resolved is { } resolved ? resolved.PlusDays(-1) : LocalDate.MaxIsoValue;
                until = LocalDate.Max(until, end);
                latest = latest is null || (dispute.Opened, dispute.Reason ?? "").CompareTo((latest.Opened, latest.Reason ?? "")) > 0 ? dispute : latest;
            }
        }

        return (until == LocalDate.MaxIsoValue || until == LocalDate.MinIsoValue ? null : until, latest?.Reason);
    }

    /// <summary>The first day on which a dispute that stands no longer does.</summary>
    internal LocalDate? NextDisputeEnd(LocalDate asOf)
    {
        LocalDate? next = null;
        foreach (var dispute in CollectionsMarshal.AsSpan(Disputes))
        {
            next = IsActive(dispute, asOf) && dispute.Resolved is { } resolved && !(next < resolved) ? resolved : next;
        }

        return next;
    }

    internal LocalDate? PromisedUntil(LocalDate asOf)
    {
        LocalDate? until = null;
        foreach (var promise in CollectionsMarshal.AsSpan(Promises))
        {
            if (promise.Made <= asOf && asOf <= promise.Until && (until is null || promise.Until > until))
            {
                until = promise.Until;
            }
        }

        return until;
    }

    /// <summary>The last day of the promise that ends first.</summary>
    internal LocalDate? FirstPromiseEnd(LocalDate asOf)
    {
        LocalDate? first = null;
        foreach (var promise in CollectionsMarshal.AsSpan(Promises))
        {
            first = promise.Made <= asOf && asOf <= promise.Until && !(first <= promise.Until) ? promise.Until : first;
        }

        return first;
    }

    /// <summary>The last day of the refund window that ends first.</summary>
    internal LocalDate? FirstRefundEnd(LocalDate asOf)
    {
        LocalDate? first = null;
        foreach (var window in CollectionsMarshal.AsSpan(RefundWindows))
        {
            first = asOf <= window.Until && !(first <= window.Until) ? window.Until : first;
        }

        return first;
    }

    /// <summary>How much of what is open is promised on a day, less what was paid since the earliest of the promises.</summary>
    internal Money Promised(OpenItem item, LocalDate asOf)
    {
        var promised = Money.Zero(item.Open.Currency);
        LocalDate? made = null;
        foreach (var promise in CollectionsMarshal.AsSpan(Promises))
        {
            if (promise.Made > asOf || asOf > promise.Until)
            {
                continue;
            }

            if (promise.Amount is not { } amount || amount.Currency != item.Open.Currency)
            {
                return item.Open;
            }

            promised += amount;
            made = made < promise.Made ? made : promise.Made;
        }

        var left = made is { } since ? promised - PaidSince(item, since, asOf) : promised;
        return left.IsPositive ? Money.Min(left, item.Open) : Money.Zero(item.Open.Currency);
    }

    /// <summary>How much of what is open can still be taken back on a day, and until when; zero for nothing.</summary>
    internal (Money Amount, LocalDate Until) Refundable(OpenItem item, LocalDate asOf)
    {
        var amount = Money.Zero(item.Open.Currency);
        var until = LocalDate.MinIsoValue;
        foreach (var window in CollectionsMarshal.AsSpan(RefundWindows))
        {
            if (asOf <= window.Until)
            {
                amount += window.Amount is { } part && part.Currency == item.Open.Currency ? part : item.Open;
                until = LocalDate.Max(until, window.Until);
            }
        }

        return (Money.Min(amount, item.Open), until);
    }

    internal LocalDate? DebitUntil(LocalDate asOf)
    {
        LocalDate? until = null;
        foreach (var debit in CollectionsMarshal.AsSpan(DirectDebits))
        {
            var last = Days.Add(debit.CollectOn, 1);
            if (asOf <= last && (until is null || last > until))
            {
                until = last;
            }
        }

        return until;
    }

    /// <summary>The last day of a plan that runs. A plan runs to its last date, or to the day a missed instalment ends it.</summary>
    internal LocalDate? PlanUntil(OpenItem item, LocalDate asOf, int? breachDays)
    {
        LocalDate? until = null;
        foreach (var plan in CollectionsMarshal.AsSpan(Plans))
        {
            if (plan.Agreed > asOf || plan.Instalments.Count == 0)
            {
                continue;
            }

            var last = plan.Instalments.Max(i => i.Due);
            if (breachDays is { } days && Breach(item, plan, asOf, days) is { } breach)
            {
                last = LocalDate.Min(last, breach);
            }

            if (asOf <= last && (until is null || last > until))
            {
                until = last;
            }
        }

        return until;
    }

    private static bool IsActive(Dispute dispute, LocalDate asOf) => dispute.Opened <= asOf && (dispute.Resolved is null || asOf < dispute.Resolved);

    private Money PaidSince(OpenItem item, LocalDate day, LocalDate asOf)
    {
        var paid = Money.Zero(item.Open.Currency);
        foreach (var allocation in CollectionsMarshal.AsSpan(Allocations))
        {
            if (allocation.On > day && allocation.On <= asOf && allocation.Amount.Currency == item.Open.Currency)
            {
                paid += allocation.Amount;
            }
        }

        return paid;
    }

    // The last day before the first part that is not paid ends the plan, whether it has come or not.
    private LocalDate? Breach(OpenItem item, PaymentPlan plan, LocalDate asOf, int days)
    {
        var paidSince = PaidSince(item, plan.Agreed, asOf);
        var expected = Money.Zero(item.Open.Currency);
        foreach (var part in plan.Instalments.OrderBy(i => i.Due))
        {
            expected += part.Amount.Currency == item.Open.Currency ? part.Amount : Money.Zero(item.Open.Currency);
            var ends = Days.Add(part.Due, days);
            if (paidSince < expected)
            {
                return ends;
            }
        }

        return null;
    }
}
