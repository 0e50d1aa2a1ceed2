using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>Which customer stands for which: the merges of a ledger, judged in order of date, then customer, then merges before their undoing.</summary>
internal sealed class CustomerMerges
{
    private readonly LedgerRowStore _rows;
    private readonly List<Step> _steps;

    /// <summary>Takes the merges known at an instant.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="others">The resolved other events.</param>
    /// <param name="knownAt">Only what was known then; null is everything.</param>
    /// <param name="faults">Where merges that cannot be are told; null keeps silent.</param>
    internal CustomerMerges(LedgerRowStore rows, IReadOnlyList<PlacedEvent> others, Instant? knownAt, LedgerFaultList? faults = null)
    {
        _rows = rows;
        _steps = [];
        foreach (var placed in others)
        {
            Step? step = placed.Event switch
            {
                CustomersMerged e => new Step(e.On, rows.CustomerIds.Find(e.Customer.Value), rows.CustomerIds.Find(e.Into.Value), placed.Line),
                MergeUndone e => new Step(e.On, rows.CustomerIds.Find(e.Customer.Value), -1, placed.Line),
                _ => null,
            };

            // Whether a customer exists is no matter of time, here as for documents; when it was merged is.
            if (step is { } known && (knownAt is not { } at || placed.Event.KnownFrom <= at))
            {
                _steps.Add(known);
            }
        }

        _steps.Sort(Compare);
        if (faults is not null && _steps.Count > 0)
        {
            Walk(LocalDate.MaxIsoValue, faults);
        }
    }

    /// <summary>A merge, or without <see cref="Into"/> its undoing.</summary>
    private readonly record struct Step(LocalDate On, int Customer, int Into, int Line);

    /// <summary>Whether there are none: then every customer stands for itself.</summary>
    internal bool IsEmpty => _steps.Count == 0;

    /// <summary>The customer that stands for each on a day, by number; for one that is not merged, itself.</summary>
    internal int[] At(LocalDate date)
    {
        var into = Walk(date, null);
        for (var id = 0; id < into.Length; id++)
        {
            into[id] = Last(into, id);
        }

        return into;
    }

    // A merge that is no circle ends at a customer that is not merged, so following always ends.
    private static int Last(int[] into, int customer)
    {
        while (into[customer] != customer)
        {
            customer = into[customer];
        }

        return customer;
    }

    private int[] Walk(LocalDate date, LedgerFaultList? faults)
    {
        var into = new int[_rows.CustomerIds.Count];
        for (var id = 0; id < into.Length; id++)
        {
            into[id] = id;
        }

        foreach (var step in _steps)
        {
            if (step.On > date)
            {
                break;
            }

            var isMerged = into[step.Customer] != step.Customer;
            if (step.Into < 0)
            {
                into[step.Customer] = step.Customer;
                if (!isMerged)
                {
                    faults?.Error(LedgerCodes.NotMerged, "The customer is not merged into another.", step.Line);
                }
            }
            else if (isMerged || Last(into, step.Into) == step.Customer)
            {
                faults?.Error(
                    LedgerCodes.CannotMerge, isMerged ? "The customer is merged into another already." : "The customer would be merged into itself.", step.Line);
            }
            else
            {
                into[step.Customer] = step.Into;
            }
        }

        return into;
    }

    private int Compare(Step a, Step b)
    {
        var byDate = a.On.CompareTo(b.On);
        if (byDate != 0)
        {
            return byDate;
        }

        var byCustomer = _rows.CustomerIds.Compare(a.Customer, b.Customer);
        if (byCustomer != 0)
        {
            return byCustomer;
        }

        return a.Into < 0 || b.Into < 0 ? (a.Into < 0).CompareTo(b.Into < 0) : _rows.CustomerIds.Compare(a.Into, b.Into) is var byInto and not 0 ? byInto : a.Line - b.Line;
    }
}
