using System.Collections.Immutable;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Aging;

/// <summary>One posting of an item, or a part of it, into a cell. Sixteen bytes: date and amount are read off the item when a cell is opened.</summary>
internal struct AgingEntry
{
    internal OpenItem Item;
    internal int Cell;

    /// <summary>The place of the instalment in the item's list; -1 for the whole.</summary>
    internal int Part;
}

/// <summary>What all rows of a report share: the columns, and the way from a cell back to its items.</summary>
internal sealed class AgingTable
{
    internal const int Shares = 5;

    private readonly Currency[] _currencies;
    private readonly AgingEntry[] _entries;
    private readonly int _count;
    private readonly Dictionary<int, decimal> _amounts;
    private readonly AgingBasis _basis;
    private readonly Lazy<(int[] Start, int[] Order)> _index;

    /// <param name="columns">The columns.</param>
    /// <param name="currencies">The currency of each row by number.</param>
    /// <param name="entries">The postings.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="amounts">The amounts of postings that are not the whole of what is open: disputed in part, or netted.</param>
    /// <param name="basis">From which date was counted.</param>
    internal AgingTable(ImmutableArray<AgingColumn> columns, Currency[] currencies, AgingEntry[] entries, int count, Dictionary<int, decimal> amounts, AgingBasis basis)
    {
        (Columns, _currencies, _entries, _count, _amounts, _basis) = (columns, currencies, entries, count, amounts, basis);
        _index = new Lazy<(int[], int[])>(SortIntoCells);
    }

    internal ImmutableArray<AgingColumn> Columns { get; }

    /// <summary>Values of a row: its cells, then its shares.</summary>
    internal int Width => Columns.Length + Shares;

    /// <summary>The items of a cell; a total gathers the cells of all rows of its currency.</summary>
    internal IReadOnlyList<AgedItem> ItemsOf(AgingRow row, int number, int column)
    {
        var items = new List<AgedItem>();
        if (!row.IsTotal)
        {
            Gather(items, number, column, row.Currency);
        }
        else
        {
            for (var i = 0; i < _currencies.Length; i++)
            {
                if (_currencies[i] == row.Currency)
                {
                    Gather(items, i, column, row.Currency);
                }
            }
        }

        items.Sort(static (a, b) =>
        {
            var byId = a.Item.Id.CompareTo(b.Item.Id);
            return byId != 0 ? byId : a.Instalment.CompareTo(b.Instalment);
        });
        return items;
    }

    private void Gather(List<AgedItem> items, int row, int column, Currency currency)
    {
        var (start, order) = _index.Value;
        var cell = (row * Columns.Length) + column;
        for (var i = start[cell]; i < start[cell + 1]; i++)
        {
            ref readonly var entry = ref _entries[order[i]];
            var (item, part) = (entry.Item, entry.Part < 0 ? null : entry.Item.Instalments[entry.Part]);
            var date = part?.Due ?? (item.IsCredit || _basis == AgingBasis.Issued ? item.Issued : item.Due);
            var amount = _amounts.TryGetValue(order[i], out var own) ? own : part?.Open.Amount ?? item.SignedOpen.Amount;
            items.Add(new AgedItem(item, part?.Number ?? 1, date, new Money(amount, currency)));
        }
    }

    // A counting sort: linear, however many items there are.
    private (int[] Start, int[] Order) SortIntoCells()
    {
        var start = new int[(_currencies.Length * Columns.Length) + 1];
        for (var i = 0; i < _count; i++)
        {
            start[_entries[i].Cell + 1]++;
        }

        for (var i = 1; i < start.Length; i++)
        {
            start[i] += start[i - 1];
        }

        var next = start.AsSpan(0, start.Length - 1).ToArray();
        var order = new int[_count];
        for (var i = 0; i < _count; i++)
        {
            order[next[_entries[i].Cell]++] = i;
        }

        return (start, order);
    }
}
