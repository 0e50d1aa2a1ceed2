using System.Collections.Immutable;

namespace Receivables.Sdk.Reporting;

/// <summary>Sales of a month, for counting back.</summary>
/// <param name="Sales">Credit sales including VAT.</param>
/// <param name="Days">Days of the month, or of the part of it that counts; above 0.</param>
public readonly record struct MonthlySales(decimal Sales, int Days);

/// <summary>
/// The formulas, on plain numbers. Receivables and sales must both include VAT or both exclude it, be of one currency, and be zero or above.
/// </summary>
/// <remarks>Pure and thread-safe. Undefined is a result, not an exception; a negative input is the caller's fault.</remarks>
public static class MetricFormulas
{
    /// <summary>DSO simple: receivables at the end ÷ sales × days. Zero where nothing is owed.</summary>
    /// <param name="receivables">Open at the end of the period.</param>
    /// <param name="sales">Credit sales of the period.</param>
    /// <param name="days">Days of the period, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative, or <paramref name="days"/> is not above 0.</exception>
    public static Metric DsoSimple(decimal receivables, decimal sales, int days) => DaysOf(MetricDefinitions.DsoSimple, "receivables", receivables, sales, days);

    /// <summary>Best possible DSO: receivables that are not overdue ÷ sales × days.</summary>
    /// <param name="notOverdue">Open and not overdue at the end of the period.</param>
    /// <param name="sales">Credit sales of the period.</param>
    /// <param name="days">Days of the period, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative, or <paramref name="days"/> is not above 0.</exception>
    public static Metric DsoBestPossible(decimal notOverdue, decimal sales, int days) => DaysOf(MetricDefinitions.DsoBestPossible, "notOverdue", notOverdue, sales, days);

    /// <summary>Average days delinquent of the whole book: overdue ÷ sales × days, which is DSO less best possible DSO.</summary>
    /// <param name="overdue">Overdue at the end of the period.</param>
    /// <param name="sales">Credit sales of the period.</param>
    /// <param name="days">Days of the period, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative, or <paramref name="days"/> is not above 0.</exception>
    public static Metric AverageDaysDelinquent(decimal overdue, decimal sales, int days) => DaysOf(MetricDefinitions.AverageDaysDelinquent, "overdue", overdue, sales, days);

    /// <summary>DSO by counting back: whole months of sales are taken off what is open, newest first, until it is used up.</summary>
    /// <param name="receivables">Open at the end.</param>
    /// <param name="monthsNewestFirst">Sales by month, the newest first.</param>
    /// <returns>Undefined where the months end before what is open is used up.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative, or a month has no days.</exception>
    public static Metric DsoCountBack(decimal receivables, IReadOnlyList<MonthlySales> monthsNewestFirst)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(receivables);
        ArgumentNullException.ThrowIfNull(monthsNewestFirst);
        ImmutableArray<MetricInput> inputs = [new("receivables", receivables), .. monthsNewestFirst.Select((m, i) => new MetricInput($"sales[-{i}]", m.Sales))];
        var (left, days) = (receivables, 0m);
        foreach (var month in monthsNewestFirst)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(month.Sales);
            ArgumentOutOfRangeException.ThrowIfLessThan(month.Days, 1);
            if (left == 0m)
            {
                break;
            }

            var part = left >= month.Sales ? 1m : left / month.Sales;
            days += part * month.Days;
            left = part == 1m ? left - month.Sales : 0m;
        }

        return left > 0m
            ? new UndefinedMetric(MetricDefinitions.DsoCountBack, MetricGap.HistoryTooShort, inputs)
            : new MeasuredMetric(MetricDefinitions.DsoCountBack, days, inputs);
    }

    /// <summary>The average collection period as Business Central defines it: days × net change of receivables ÷ revenue. It is no DSO.</summary>
    /// <param name="netChange">Receivables at the end less those at the beginning; may be negative.</param>
    /// <param name="revenue">Revenue of the period.</param>
    /// <param name="days">Days of the period, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="revenue"/> is negative, or <paramref name="days"/> is not above 0.</exception>
    public static Metric AverageCollectionPeriod(decimal netChange, decimal revenue, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(revenue);
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        return Ratio(MetricDefinitions.AverageCollectionPeriod, netChange * days, revenue, MetricGap.NoSales, [new("netChange", netChange), new("revenue", revenue), new("days", days)]);
    }

    /// <summary>Collection effectiveness index of one month: (begin + sales − end) ÷ (begin + sales − end not overdue) × 100.</summary>
    /// <returns>Below zero where more payments came back than were made; undefined where nothing was to be collected, or what came back exceeds it.</returns>
    /// <param name="begin">Receivables at the beginning.</param>
    /// <param name="sales">Credit sales of the month.</param>
    /// <param name="endTotal">Receivables at the end.</param>
    /// <param name="endCurrent">Of these, not overdue.</param>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static Metric CollectionEffectiveness(decimal begin, decimal sales, decimal endTotal, decimal endCurrent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(begin);
        ArgumentOutOfRangeException.ThrowIfNegative(sales);
        ArgumentOutOfRangeException.ThrowIfNegative(endTotal);
        ArgumentOutOfRangeException.ThrowIfNegative(endCurrent);
        return CollectionEffectiveness(begin + sales - endTotal, begin + sales - endCurrent);
    }

    /// <summary>Receivables turnover: sales ÷ mean of receivables at both ends.</summary>
    /// <param name="sales">Credit sales of the period.</param>
    /// <param name="begin">Receivables at the beginning.</param>
    /// <param name="end">Receivables at the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static Metric Turnover(decimal sales, decimal begin, decimal end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sales);
        ArgumentOutOfRangeException.ThrowIfNegative(begin);
        ArgumentOutOfRangeException.ThrowIfNegative(end);
        return Ratio(MetricDefinitions.Turnover, sales, (begin + end) / 2m, MetricGap.NoReceivables, [new("sales", sales), new("begin", begin), new("end", end)]);
    }

    /// <summary>The share of a whole in percent.</summary>
    internal static Metric Share(MetricDefinition definition, decimal part, decimal whole, MetricGap gap) =>
        Ratio(definition, part * 100m, whole, gap, [new("part", part), new("whole", whole)]);

    internal static Metric CollectionEffectiveness(decimal collected, decimal collectable) =>
        Ratio(MetricDefinitions.CollectionEffectiveness, collected * 100m, Math.Max(0m, collectable), MetricGap.NothingDue, [new("collected", collected), new("collectable", collectable)]);

    internal static Metric Ratio(MetricDefinition definition, decimal dividend, decimal divisor, MetricGap gap, ImmutableArray<MetricInput> inputs) =>
        divisor == 0m ? new UndefinedMetric(definition, gap, inputs) : new MeasuredMetric(definition, dividend / divisor, inputs);

    private static Metric DaysOf(MetricDefinition definition, string name, decimal amount, decimal sales, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount, name);
        ArgumentOutOfRangeException.ThrowIfNegative(sales);
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ImmutableArray<MetricInput> inputs = [new(name, amount), new("sales", sales), new("days", days)];
        return amount == 0m ? new MeasuredMetric(definition, 0m, inputs) : Ratio(definition, amount * days, sales, MetricGap.NoSales, inputs);
    }
}
