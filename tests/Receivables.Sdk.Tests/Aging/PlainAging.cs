using NodaTime;
using Receivables.Sdk.Aging;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Tests.Aging;

/// <summary>The slow plain twin of the engine: counts days, one item at a time, with nothing shared.</summary>
internal static class PlainAging
{
    internal static SortedDictionary<string, decimal[]> Age(LocalDate asOf, IEnumerable<OpenItem> items, Func<OpenItem, string> groupOf, AgingBasis basis, int[] lastDays)
    {
        var rows = new SortedDictionary<string, decimal[]>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            foreach (var (date, amount) in PartsOf(item, basis))
            {
                var key = groupOf(item) + "\u0001" + item.Open.Currency.Code;
                if (!rows.TryGetValue(key, out var row))
                {
                    rows[key] = row = new decimal[lastDays.Length + 4];
                }

                if (item.IsCredit)
                {
                    row[^2] -= amount;
                    continue;
                }

                var days = Period.DaysBetween(date, asOf);
                var column = days < 1 ? 0 : 1;
                while (column > 0 && column <= lastDays.Length && days > lastDays[column - 1])
                {
                    column++;
                }

                row[column] += amount;
            }

            if (!item.IsCredit && item.Disputed is { } disputed && !item.Open.IsZero)
            {
                rows[groupOf(item) + "\u0001" + item.Open.Currency.Code][^1] += Math.Min(disputed.Amount, item.Open.Amount);
            }
        }

        foreach (var key in rows.Where(r => r.Value.All(v => v == 0m)).Select(r => r.Key).ToList())
        {
            rows.Remove(key);
        }

        return rows;
    }

    /// <summary>The rows of a report in the same form.</summary>
    internal static SortedDictionary<string, decimal[]> Flatten(IEnumerable<AgingRow> rows)
    {
        var flat = new SortedDictionary<string, decimal[]>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            flat.Add(row.Group + "\u0001" + row.Currency.Code, [row.NotDue.Amount, .. row.Buckets.Select(b => b.Amount.Amount), row.Unapplied.Amount, row.Disputed.Amount]);
        }

        return flat;
    }

    private static IEnumerable<(LocalDate, decimal)> PartsOf(OpenItem item, AgingBasis basis) =>
        item.Open.IsZero ? []
        : basis == AgingBasis.Issued ? [(item.Issued, item.Open.Amount)]
        : item.Parts.Select(p => (p.Due, p.Open.Amount));
}
