using System.Collections.Immutable;
using NodaTime;

namespace Receivables.Sdk.Aging;

/// <summary>Who owes how much since when: rows of a group and a currency, and a total for each currency.</summary>
/// <remarks>
/// Every row adds up to the open balance of its group, every column to the total's, and every cell knows its items. Rows stand in order of
/// group, then currency, both ordinal; the order in which the items were given plays no part. A row whose every cell is zero is left out;
/// a total stands for every currency that an item had, settled items counted. Immutable and safe to share between threads.
/// </remarks>
public sealed class AgingReport
{
    internal AgingReport(LocalDate asOf, Instant? knownAt, AgingOptions options, ImmutableArray<AgingColumn> columns, ImmutableArray<AgingRow> rows, ImmutableArray<AgingRow> totals) =>
        (AsOf, KnownAt, Options, Columns, Rows, Totals) = (asOf, knownAt, options, columns, rows, totals);

    /// <summary>The date of the report.</summary>
    public LocalDate AsOf { get; }

    /// <summary>As known at this instant; null is as known when it was made.</summary>
    public Instant? KnownAt { get; }

    /// <summary>How it was made.</summary>
    public AgingOptions Options { get; }

    /// <summary>The columns: those of the scheme, then unapplied money, then disputed where it has a column of its own.</summary>
    public ImmutableArray<AgingColumn> Columns { get; }

    /// <summary>The rows; none where the dimension is <see cref="AgingDimension.None"/>.</summary>
    public ImmutableArray<AgingRow> Rows { get; }

    /// <summary>The totals, in order of currency.</summary>
    public ImmutableArray<AgingRow> Totals { get; }

    /// <summary>The row of a group and a currency, or null where nothing is open.</summary>
    /// <param name="group">The group.</param>
    /// <param name="currency">The currency.</param>
    public AgingRow? Find(string group, Currency currency)
    {
        int low = 0, high = Rows.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(Rows[middle].Group, group);
            order = order != 0 ? order : Rows[middle].Currency.CompareTo(currency);
            if (order == 0)
            {
                return Rows[middle];
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    /// <summary>The total of a currency, or null where no item has it.</summary>
    /// <param name="currency">The currency.</param>
    public AgingRow? TotalOf(Currency currency) => Totals.FirstOrDefault(t => t.Currency == currency);
}
