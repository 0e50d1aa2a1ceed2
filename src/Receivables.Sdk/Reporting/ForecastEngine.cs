using System.Collections.Immutable;
using NodaTime;
using Receivables.Sdk.Aging;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>How long a period of a forecast is.</summary>
public enum ForecastStep
{
    /// <summary>Seven days, the first beginning on the day after the date of the forecast.</summary>
    Week,

    /// <summary>A calendar month; the first is what is left of the current one.</summary>
    Month,
}

/// <summary>How a forecast is made.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record ForecastOptions
{
    /// <summary>Thirteen weeks, all methods, six back-tests.</summary>
    public static ForecastOptions Default => new();

    /// <summary>How long a period is; a week by default.</summary>
    public ForecastStep Step { get; init; }

    /// <summary>How many periods, 1 to 520; 13 by default.</summary>
    public int Periods { get; init; } = 13;

    /// <summary>How many payments of its own weigh as much as its group, above 0; 5 by default.</summary>
    public decimal ShrinkageStrength { get; init; } = 5m;

    /// <summary>How many days later than the method says disputed money is expected, 0 or more; 60 by default.</summary>
    public int DisputedDelayDays { get; init; } = 60;

    /// <summary>What will not come at all, by age; null takes nothing off.</summary>
    public ProvisionMatrix? Losses { get; init; }

    /// <summary>How many past days the methods are tried on, a period apart, 0 or more; 6 by default.</summary>
    public int BackTests { get; init; } = 6;
}

/// <summary>Forecasts receipts from open items and from how items like them were paid.</summary>
/// <remarks>Built once with its options; pure, and safe to use from several threads at once.</remarks>
public sealed class ForecastEngine
{
    private readonly ForecastOptions _options;

    /// <summary>An engine.</summary>
    /// <param name="options">How forecasts are made; <see cref="ForecastOptions.Default"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ForecastEngine(ForecastOptions? options = null)
    {
        _options = options ?? ForecastOptions.Default;
        if (_options.Periods is < 1 or > 520 || _options.ShrinkageStrength <= 0m || _options.DisputedDelayDays < 0 || _options.BackTests < 0 || !Enum.IsDefined(_options.Step))
        {
            throw new ArgumentOutOfRangeException(nameof(options), "An option of the forecast is out of its range.");
        }
    }

    /// <summary>Forecasts from a snapshot, with the history that the snapshot holds.</summary>
    /// <param name="snapshot">The snapshot.</param>
    public ReceiptsForecast Forecast(LedgerSnapshot snapshot) => Forecast(snapshot, ReceivablesHistory.Of(snapshot));

    /// <summary>Forecasts from a snapshot and a history.</summary>
    /// <param name="snapshot">What is open, promised, planned, disputed and announced.</param>
    /// <param name="history">How such items were paid before.</param>
    public ReceiptsForecast Forecast(LedgerSnapshot snapshot, ReceivablesHistory history)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(history);
        var periods = PeriodsAfter(snapshot.AsOf);
        var timelines = DocumentTimeline.Of(history).ToLookup(t => t.Document.Amount.Currency);
        var schedule = new PaymentSchedule(snapshot, _options.DisputedDelayDays);
        return new ReceiptsForecast(snapshot.AsOf, periods,
        [
            .. from item in snapshot.OpenItems
               where !item.Open.IsZero
               group item by item.Open.Currency into book
               orderby book.Key
               select OfCurrency(snapshot, book.Key, [.. book], [.. timelines[book.Key]], history, periods, schedule),
        ]);
    }

    private CurrencyForecast OfCurrency(
        LedgerSnapshot snapshot, Currency currency, List<OpenItem> book, IReadOnlyList<DocumentTimeline> timelines, ReceivablesHistory history, ImmutableArray<ForecastPeriod> periods, PaymentSchedule schedule)
    {
        var owed = book.Where(i => !i.IsCredit).OrderBy(i => i.Id).ToList();
        var net = owed.ConvertAll(i => (Item: i, Loss: LossOf(i, snapshot.AsOf)));
        var model = new DelayModel(timelines, history.Customers, snapshot.AsOf, _options.ShrinkageStrength);
        var tests = new BackTester(_options, history, timelines, currency);
        return new CurrencyForecast
        {
            Currency = currency,
            Open = owed.Aggregate(Money.Zero(currency), (sum, i) => sum + i.Open),
            Loss = net.Aggregate(Money.Zero(currency), (sum, i) => sum + i.Loss),
            Unapplied = book.Where(i => i.IsCredit).Aggregate(Money.Zero(currency), (sum, i) => sum - i.Open),
            Lines =
            [
                .. Enum.GetValues<ForecastMethod>().Select(method =>
                {
                    var items = net.SelectMany(i => schedule.Schedule(i.Item, i.Loss, method, model)).ToImmutableArray();
                    var amounts = Spread(items, periods, currency);
                    return new ForecastLine
                    {
                        Method = method,
                        Items = items,
                        Amounts = amounts,
                        Tail = items.Aggregate(Money.Zero(currency), (sum, i) => sum + i.Amount) - amounts.Aggregate(Money.Zero(currency), (sum, a) => sum + a),
                        BackTest = tests.Try(method),
                    };
                }),
            ],
        };
    }

    /// <summary>The sum of items in each period.</summary>
    internal static ImmutableArray<Money> Spread(IEnumerable<ForecastItem> items, ImmutableArray<ForecastPeriod> periods, Currency currency)
    {
        var amounts = new decimal[periods.Length];
        foreach (var item in items)
        {
            for (var i = 0; i < amounts.Length; i++)
            {
                if (item.On >= periods[i].From && item.On <= periods[i].To)
                {
                    amounts[i] += item.Amount.Amount;
                }
            }
        }

        return [.. amounts.Select(a => new Money(a, currency))];
    }

    private ImmutableArray<ForecastPeriod> PeriodsAfter(LocalDate asOf)
    {
        var periods = ImmutableArray.CreateBuilder<ForecastPeriod>(_options.Periods);
        for (var day = asOf; periods.Count < _options.Periods && NextPeriod(day, _options.Step) is { } period; day = period.To)
        {
            periods.Add(period);
        }

        return periods.ToImmutable();
    }

    /// <summary>The period that begins after a day; null after the calendar's last.</summary>
    internal static ForecastPeriod? NextPeriod(LocalDate day, ForecastStep step)
    {
        if (day == LocalDate.MaxIsoValue)
        {
            return null;
        }

        var from = day.PlusDays(1);
        return new ForecastPeriod(from, step == ForecastStep.Week ? Days.Add(from, 6) : from.With(DateAdjusters.EndOfMonth));
    }

    private Money LossOf(OpenItem item, LocalDate asOf)
    {
        var loss = Money.Zero(item.Open.Currency);
        return _options.Losses is not { } matrix ? loss : item.Parts.Aggregate(loss, (sum, part) =>
            sum + Money.Min(part.Open, matrix.EffectiveRate(matrix.Scheme.ColumnOf(part.Due, asOf)).Of(part.Open)));
    }
}
