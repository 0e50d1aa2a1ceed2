using System.Collections.Immutable;

namespace Receivables.Sdk.Aging;

/// <summary>A row of a report in one currency for all.</summary>
/// <param name="Group">The group; empty for what belongs to none, and for the total.</param>
/// <param name="Cells">The amounts, one for each column of the report.</param>
/// <param name="Total">Their exact sum.</param>
public sealed record BaseCurrencyRow(string Group, ImmutableArray<Money> Cells, Money Total);

/// <summary>A report in one currency for all, with one set of rates.</summary>
/// <remarks>
/// Rows and columns add up exactly as shown, and the grand total is the exact value rounded once. For that each column's total is rounded by
/// largest remainder against the grand total, and the cells of a column against the column's total: no cell is a minor unit or more away from its
/// exact value, ties go to the smaller group. A row's total is the sum of its cells. What rates changed since booking is no part of a cell: see
/// <see cref="Revaluation"/>. Immutable and safe to share between threads.
/// </remarks>
public sealed class BaseCurrencyView
{
    private BaseCurrencyView(Currency currency, ImmutableArray<BaseCurrencyRow> rows, BaseCurrencyRow total) => (Currency, Rows, Total) = (currency, rows, total);

    /// <summary>The currency.</summary>
    public Currency Currency { get; }

    /// <summary>A row for each group, in order of group.</summary>
    public ImmutableArray<BaseCurrencyRow> Rows { get; }

    /// <summary>The totals of the columns, and of all.</summary>
    public BaseCurrencyRow Total { get; }

    /// <summary>Converts a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="currency">The currency to show.</param>
    /// <param name="rates">Units of <paramref name="currency"/> for one unit of each other currency of the report, above 0; the rates of one moment.</param>
    /// <exception cref="ArgumentException">A rate is missing or not above 0.</exception>
    public static BaseCurrencyView Of(AgingReport report, Currency currency, IReadOnlyDictionary<Currency, decimal> rates)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(rates);
        var unit = Money.PowerOfTen(currency.MinorUnitDigits);
        var source = report.Rows.IsEmpty ? report.Totals : report.Rows;
        var groups = source.Select(r => r.Group).Distinct().Order(StringComparer.Ordinal).ToList();
        var number = groups.Select((g, i) => (g, i)).ToDictionary(x => x.g, x => x.i, StringComparer.Ordinal);
        var columns = report.Columns.Length;

        // Exact values in minor units of the target, by column and group.
        var exact = new decimal[columns, groups.Count];
        foreach (var row in source)
        {
            var rate = RateOf(row.Currency, currency, rates) * unit;
            foreach (var cell in row.Cells)
            {
                exact[cell.Column.Index, number[row.Group]] += cell.Amount.Amount * rate;
            }
        }

        var columnSums = Enumerable.Range(0, columns).Select(c => Enumerable.Range(0, groups.Count).Sum(g => exact[c, g])).ToArray();
        var columnTotals = Round(columnSums, decimal.Round(columnSums.Sum(), MidpointRounding.AwayFromZero));
        var cells = Enumerable.Range(0, columns).Select(c => Round([.. Enumerable.Range(0, groups.Count).Select(g => exact[c, g])], columnTotals[c])).ToArray();
        var rows = groups.Select((group, g) => Row(group, [.. cells.Select(c => new Money(c[g] / unit, currency))], currency));
        return new BaseCurrencyView(currency, [.. rows], Row("", [.. columnTotals.Select(t => new Money(t / unit, currency))], currency));
    }

    /// <summary>What changes of rates since booking make of what is open: value at today's rates less value at the rates it was booked at.</summary>
    /// <param name="report">The report.</param>
    /// <param name="currency">The currency to show.</param>
    /// <param name="rates">Today's rates, as for <see cref="Of"/>.</param>
    /// <param name="bookedRate">The rate at which a document was booked, above 0.</param>
    /// <returns>The difference, rounded once.</returns>
    /// <exception cref="ArgumentException">A rate is missing or not above 0.</exception>
    public static Money Revaluation(AgingReport report, Currency currency, IReadOnlyDictionary<Currency, decimal> rates, Func<Ledger.OpenItem, decimal> bookedRate)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(bookedRate);
        var difference = 0m;
        foreach (var total in report.Totals.Where(t => t.Currency != currency))
        {
            var rate = RateOf(total.Currency, currency, rates);
            difference += total.Cells.SelectMany(c => c.Items).Sum(i => i.Amount.Amount * (rate - Checked(bookedRate(i.Item))));
        }

        return new Money(difference, currency).RoundToMinorUnits();
    }

    private static BaseCurrencyRow Row(string group, ImmutableArray<Money> cells, Currency currency) =>
        new(group, cells, cells.Aggregate(Money.Zero(currency), (sum, c) => sum + c));

    /// <summary>Whole numbers next to the values that add up to the whole: cut down, then one more for the largest remainders, ties to the first.</summary>
    private static decimal[] Round(decimal[] values, decimal whole)
    {
        var rounded = Array.ConvertAll(values, decimal.Floor);
        var left = (int)(whole - rounded.Sum());
        foreach (var i in Enumerable.Range(0, values.Length).OrderByDescending(i => values[i] - rounded[i]).ThenBy(i => i).Take(left))
        {
            rounded[i] += 1m;
        }

        return rounded;
    }

    private static decimal RateOf(Currency from, Currency to, IReadOnlyDictionary<Currency, decimal> rates) =>
        from == to ? 1m : rates.TryGetValue(from, out var rate) ? Checked(rate) : throw new ArgumentException($"There is no rate for {from}.", nameof(rates));

    private static decimal Checked(decimal rate) => rate > 0m ? rate : throw new ArgumentException("A rate is above 0.");
}
