using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>How behaviour is judged.</summary>
/// <remarks>The numbers are conventions of this library, not of any law. Immutable and safe to share between threads.</remarks>
public sealed record BehaviourOptions
{
    /// <summary>The defaults.</summary>
    public static BehaviourOptions Default => new();

    /// <summary>How many days back a payment is recent, 1 or more; 90 by default.</summary>
    public int RecentDays { get; init; } = 90;

    /// <summary>How many days of change are a trend, above 0; 5 by default.</summary>
    public decimal TrendDays { get; init; } = 5m;

    /// <summary>How many payments it takes to judge, 1 or more; 3 by default.</summary>
    public int MinimumPayments { get; init; } = 3;

    /// <summary>After how many days without any payment an overdue customer has fallen silent, 1 or more; 45 by default.</summary>
    public int SilentDays { get; init; } = 45;
}

/// <summary>Judges how customers pay.</summary>
/// <remarks>Built once with its options; pure, and safe to use from several threads at once.</remarks>
public sealed class BehaviourEngine
{
    private readonly BehaviourOptions _options;

    /// <summary>An engine.</summary>
    /// <param name="options">How behaviour is judged; <see cref="BehaviourOptions.Default"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public BehaviourEngine(BehaviourOptions? options = null)
    {
        _options = options ?? BehaviourOptions.Default;
        if (_options.RecentDays < 1 || _options.TrendDays <= 0m || _options.MinimumPayments < 1 || _options.SilentDays < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), "Numbers of days and payments are above 0.");
        }
    }

    /// <summary>A line for each customer and currency with a document, in order of id, then currency.</summary>
    /// <param name="history">What was issued and how it was closed.</param>
    public IReadOnlyList<PaymentBehaviour> Judge(ReceivablesHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var customers = history.Customers.DistinctBy(c => c.Id).ToDictionary(c => c.Id);
        return
        [
            .. from timeline in DocumentTimeline.Of(history)
               where timeline.Document.Customer is not null
               group timeline by (Customer: timeline.Document.Customer!.Value, timeline.Document.Amount.Currency) into account
               orderby account.Key.Customer, account.Key.Currency
               select Line(history, account.Key.Customer, account.Key.Currency, [.. account], customers.GetValueOrDefault(account.Key.Customer)),
        ];
    }

    /// <summary>Days late by amount, and how many days each payment was late; from payments on or before a date.</summary>
    internal static (decimal? Mean, List<DocumentTimeline.Settlement> Payments) Habit(IEnumerable<DocumentTimeline> timelines, LocalDate until)
    {
        var payments = timelines.Where(t => !t.IsRecovery).SelectMany(t => t.Settlements).Where(s => s.IsPaid && s.On <= until).OrderBy(s => s.DaysLate).ToList();
        return (Mean(payments), payments);
    }

    private static decimal? Mean(IEnumerable<DocumentTimeline.Settlement> payments)
    {
        decimal days = 0m, amounts = 0m;
        foreach (var payment in payments)
        {
            days += payment.Amount * payment.DaysLate;
            amounts += payment.Amount;
        }

        return amounts == 0m ? null : days / amounts;
    }

    private PaymentBehaviour Line(ReceivablesHistory history, CustomerId id, Currency currency, List<DocumentTimeline> timelines, Customer? customer)
    {
        var asOf = history.AsOf;
        var (mean, payments) = Habit(timelines, asOf);
        var recentFrom = Days.Add(asOf, 1 - _options.RecentDays);
        var change = Mean(payments.Where(p => p.On >= recentFrom)) - Mean(payments.Where(p => p.On < recentFrom));
        var late = payments.Count(p => p.DaysLate > 0);
        var enough = payments.Count >= _options.MinimumPayments;
        var line = new PaymentBehaviour
        {
            Customer = id,
            Currency = currency,
            Payments = payments.Count,
            DaysLate = mean,
            MedianDaysLate = payments.Count == 0 ? null : payments[(payments.Count - 1) / 2].DaysLate,
            LateShare = payments.Count == 0 ? null : 100m * late / payments.Count,
            Change = change,
            Pattern = !enough ? LatenessPattern.Unknown : late == 0 ? LatenessPattern.Punctual : late * 2 < payments.Count ? LatenessPattern.Incidental : LatenessPattern.Lasting,
            Trend = !enough || change is not { } by ? BehaviourTrend.Unknown
                : by >= _options.TrendDays ? BehaviourTrend.Worsening
                : by <= -_options.TrendDays ? BehaviourTrend.Improving
                : BehaviourTrend.Steady,
            LastPayment = payments.Count == 0 ? null : payments.Max(p => p.On),
            Open = new Money(timelines.Sum(t => Math.Max(0m, t.OpenAt(asOf))), currency),
            Overdue = new Money(timelines.Sum(t => t.OverdueAt(asOf)), currency),
            Signals = [],
        };
        return line with { Signals = [.. Signals(history, line, timelines, customer).OrderBy(s => s.Code, StringComparer.Ordinal)] };
    }

    private IEnumerable<BehaviourSignal> Signals(ReceivablesHistory history, PaymentBehaviour line, List<DocumentTimeline> timelines, Customer? customer)
    {
        if (line.Pattern == LatenessPattern.Lasting)
        {
            yield return Signal("lateAsARule", $"Half of the payments or more were late, by {Text(line.DaysLate)} days on average.", SuggestedAction.ShortenTerms, ("lateShare", line.LateShare!.Value), ("daysLate", line.DaysLate!.Value));
        }

        if (line.Trend == BehaviourTrend.Worsening)
        {
            yield return Signal("worsening", $"Recent payments came {Text(line.Change)} days later than earlier ones.", SuggestedAction.LowerLimit, ("change", line.Change!.Value));
        }

        if (customer?.CreditLimit is { } limit && limit.Currency == line.Currency && line.Open > limit)
        {
            yield return Signal("overLimit", "What is open exceeds the credit limit.", SuggestedAction.RequirePrepayment, ("open", line.Open.Amount), ("limit", limit.Amount));
        }

        var since = line.LastPayment ?? timelines.Min(t => t.Document.Issued);
        var silent = Period.DaysBetween(since, history.AsOf);
        if (line.Overdue.IsPositive && silent >= _options.SilentDays)
        {
            yield return Signal("silent", $"Something is overdue and nothing was paid for {silent.ToString(CultureInfo.InvariantCulture)} days.", SuggestedAction.Call, ("days", silent), ("overdue", line.Overdue.Amount));
        }

        var broken = history.Promises.Count(p => p.Until < history.AsOf && timelines.FirstOrDefault(t => t.Document.Id == p.Invoice) is { } timeline && IsBroken(p, timeline));
        if (broken > 0)
        {
            yield return Signal("promisesBroken", $"{broken.ToString(CultureInfo.InvariantCulture)} promises were not kept.", SuggestedAction.OfferPlan, ("count", broken));
        }
    }

    /// <summary>Whether less than what was promised, or than all that was open, was paid by the promise's day.</summary>
    internal static bool IsBroken(PaymentPromise promise, DocumentTimeline timeline)
    {
        var before = timeline.OpenAt(Days.Add(promise.Made, -1));
        var promised = Math.Min(promise.Amount?.Amount ?? before, before);
        return before - timeline.OpenAt(promise.Until) < promised;
    }

    private static BehaviourSignal Signal(string code, string text, SuggestedAction action, params ReadOnlySpan<(string Name, decimal Value)> args)
    {
        var map = ImmutableSortedDictionary.CreateBuilder<string, decimal>(StringComparer.Ordinal);
        foreach (var (name, value) in args)
        {
            map[name] = value;
        }

        return new BehaviourSignal(code, map.ToImmutable(), text, action);
    }

    private static string Text(decimal? days) => Math.Round(days ?? 0m, 1, MidpointRounding.AwayFromZero).ToString("0.#", CultureInfo.InvariantCulture);
}
