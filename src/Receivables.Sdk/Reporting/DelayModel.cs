using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>How late parts of documents are paid, the unpaid counted too (Kaplan and Meier 1958), weighted by amount.</summary>
/// <remarks>
/// A part that is still open tells that it was not paid up to now, not that it never will be. Leaving the unpaid out would make every forecast
/// too early. Probabilities are doubles; no amount passes through them.
/// </remarks>
internal sealed class DelayCurve
{
    private readonly int[] _days;
    private readonly double[] _survival;

    private DelayCurve(int[] days, double[] survival, int payments) => (_days, _survival, Payments) = (days, survival, payments);

    /// <summary>How many payments it stands on.</summary>
    internal int Payments { get; }

    internal static DelayCurve Of(IEnumerable<DocumentTimeline> timelines, LocalDate asOf)
    {
        var events = new SortedDictionary<int, (double Paid, double Left)>();
        var payments = 0;
        foreach (var timeline in timelines.Where(t => !t.IsRecovery))
        {
            foreach (var s in timeline.Settlements.Where(s => s.On <= asOf && s.Amount > 0m))
            {
                // What was credited or written off was not paid: it leaves the risk set like the unpaid.
                Add(s.DaysLate, (double)s.Amount, s.IsPaid);
                payments += s.IsPaid ? 1 : 0;
            }

            foreach (var part in timeline.PartsAt(asOf))
            {
                Add(Period.DaysBetween(part.Due, asOf), (double)part.Open.Amount, false);
            }
        }

        var atRisk = events.Values.Sum(e => e.Paid + e.Left);
        var (days, survival) = (new List<int>(), new List<double>());
        var alive = 1.0;
        foreach (var (day, (paid, left)) in events)
        {
            if (paid > 0 && atRisk > 0)
            {
                alive *= Math.Max(0, 1 - (paid / atRisk));
                days.Add(day);
                survival.Add(alive < 1e-9 ? 0 : alive);
            }

            atRisk -= paid + left;
        }

        return new DelayCurve([.. days], [.. survival], payments);

        void Add(int day, double amount, bool isPaid)
        {
            var (paid, left) = events.GetValueOrDefault(day);
            events[day] = isPaid ? (paid + amount, left) : (paid, left + amount);
        }
    }

    /// <summary>The chance of being unpaid more than so many days after the due date.</summary>
    internal double Survival(int days)
    {
        var index = Array.BinarySearch(_days, days);
        index = index >= 0 ? index : ~index - 1;
        return index < 0 ? 1 : _survival[index];
    }

    /// <summary>The days on which somebody paid, rising.</summary>
    internal ReadOnlySpan<int> Days => _days;
}

/// <summary>A customer's own habit, drawn towards that of its group and of all where it has paid little.</summary>
internal sealed class DelayModel
{
    private readonly Dictionary<CustomerId, (DelayCurve Curve, decimal? Mean)> _own = [];
    private readonly Dictionary<string, (DelayCurve Curve, decimal? Mean)> _groups = [];
    private readonly Dictionary<CustomerId, string> _groupOf = [];
    private readonly (DelayCurve Curve, decimal? Mean) _all;
    private readonly decimal _strength;

    internal DelayModel(IReadOnlyList<DocumentTimeline> timelines, IReadOnlyList<Customer> customers, LocalDate asOf, decimal strength)
    {
        _strength = strength;
        foreach (var customer in customers)
        {
            _groupOf.TryAdd(customer.Id, customer.Group ?? "");
        }

        _all = Of(timelines, asOf);
        foreach (var own in timelines.Where(t => t.Document.Customer is not null).GroupBy(t => t.Document.Customer!.Value))
        {
            _own.Add(own.Key, Of([.. own], asOf));
        }

        foreach (var group in timelines.GroupBy(t => GroupOf(t.Document.Customer)))
        {
            _groups.Add(group.Key, Of([.. group], asOf));
        }
    }

    /// <summary>Days between due date and payment to expect; zero where nobody ever paid.</summary>
    internal int MeanDelay(CustomerId? customer)
    {
        var mean = _all.Mean ?? 0m;
        mean = Shrink(_groups.GetValueOrDefault(GroupOf(customer)), mean);
        mean = customer is { } id ? Shrink(_own.GetValueOrDefault(id), mean) : mean;
        return (int)Math.Round(mean, MidpointRounding.AwayFromZero);

        decimal Shrink((DelayCurve Curve, decimal? Mean) level, decimal above) =>
            level.Mean is { } own ? ((level.Curve.Payments * own) + (_strength * above)) / (level.Curve.Payments + _strength) : above;
    }

    /// <summary>The first day past due by which a part that is unpaid after <paramref name="survived"/> days is paid with the probability given; null where history never got that far.</summary>
    internal int? Quantile(CustomerId? customer, int survived, double probability)
    {
        var now = Survival(customer, survived);
        if (now <= 0)
        {
            return null;
        }

        // The curves are falling steps: only a day on which somebody paid can be the answer, and the first one is found by halving.
        var days = _all.Curve.Days;
        var (low, high) = (0, days.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var isPaid = days[middle] > survived && Survival(customer, days[middle]) / now <= 1 - probability + 1e-9;
            (low, high) = isPaid ? (low, middle) : (middle + 1, high);
        }

        return low < days.Length ? days[low] : null;
    }

    private double Survival(CustomerId? customer, int days)
    {
        var survival = _all.Curve.Survival(days);
        survival = Shrink(_groups.GetValueOrDefault(GroupOf(customer)).Curve, survival);
        return customer is { } id ? Shrink(_own.GetValueOrDefault(id).Curve, survival) : survival;

        double Shrink(DelayCurve? curve, double above) =>
            curve is null ? above : ((curve.Payments * curve.Survival(days)) + ((double)_strength * above)) / (curve.Payments + (double)_strength);
    }

    private string GroupOf(CustomerId? customer) => customer is { } id ? _groupOf.GetValueOrDefault(id, "") : "";

    private static (DelayCurve, decimal?) Of(IReadOnlyList<DocumentTimeline> timelines, LocalDate asOf) =>
        (DelayCurve.Of(timelines, asOf), BehaviourEngine.Habit(timelines, asOf).Mean);
}
