using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Aging;

/// <summary>Posts items into cells, one pass over the items.</summary>
internal sealed class AgingBuilder
{
    private readonly AgingOptions _options;
    private readonly LocalDate _asOf;
    private readonly AgingBasis _basis;
    private readonly LocalDate[] _latest;
    private readonly ImmutableArray<AgingColumn> _columns;
    private readonly int _width;
    private readonly int _todayColumn;
    private readonly int _unappliedColumn;
    private readonly Dictionary<string, Customer>? _customers;
    private readonly ShareIndex? _shares;
    private readonly VirtualNetting? _netting;

    private readonly Dictionary<string, Slot> _slots = [];
    private readonly Dictionary<(string, Currency), int> _rowNumbers = [];
    private readonly List<(string Group, Currency Currency)> _rows = [];
    private readonly SortedSet<Currency> _currencies = [];
    private Currency _lastSeen;
    private decimal[] _values = [];
    private AgingEntry[] _entries = [];
    private int _count;
    private readonly Dictionary<int, decimal> _amounts = [];

    internal AgingBuilder(AgingOptions options, LocalDate asOf, IReadOnlyList<Customer> customers, ShareIndex? shares)
    {
        (_options, _asOf, _basis, _shares) = (options, asOf, options.Basis, shares);
        _latest = options.Scheme.LatestDates(asOf);
        _todayColumn = AgingScheme.IndexOf(_latest, asOf);
        _unappliedColumn = _latest.Length;
        _columns = options.Scheme.Columns.Add(new AgingColumn(_unappliedColumn, AgingColumnKind.Unapplied, "unapplied", null, null));
        if (options.Disputed == DisputedTreatment.OwnColumn)
        {
            _columns = _columns.Add(new AgingColumn(_unappliedColumn + 1, AgingColumnKind.Disputed, "disputed", null, null));
        }

        _width = _columns.Length + AgingTable.Shares;
        _netting = options.Unapplied == UnappliedTreatment.NettedOldestFirst ? new VirtualNetting() : null;
        if (options.GroupBy.NeedsCustomers)
        {
            _customers = new Dictionary<string, Customer>(customers.Count);
            foreach (var customer in customers)
            {
                _customers.TryAdd(customer.Id.Value, customer);
            }
        }
    }

    internal void AddAll(IEnumerable<OpenItem> items)
    {
        if (items.TryGetNonEnumeratedCount(out var count))
        {
            _entries = new AgingEntry[count + (count / 8)];
        }

        if (items is OpenItem[] array)
        {
            foreach (var item in array)
            {
                Add(item);
            }

            return;
        }

        foreach (var item in items)
        {
            Add(item);
        }
    }

    /// <summary>Notes that a currency occurs.</summary>
    internal void See(Currency currency)
    {
        if (currency != _lastSeen || _currencies.Count == 0)
        {
            _lastSeen = currency;
            _currencies.Add(currency);
        }
    }

    internal AgingReport Build(Instant? knownAt)
    {
        _netting?.Apply(PostNetted, _unappliedColumn);
        var table = new AgingTable(_columns, [.. _rows.Select(r => r.Currency)], _entries, _count, _amounts, _options.Basis);
        var rows = new List<AgingRow>(_rows.Count);
        var totals = _currencies.ToDictionary(c => c, _ => new decimal[_width]);
        for (var i = 0; i < _rows.Count; i++)
        {
            var row = new AgingRow(table, i, _rows[i].Group, _rows[i].Currency, false, _values, i * _width);
            var total = totals[row.Currency];
            for (var v = 0; v < _width; v++)
            {
                total[v] += _values[(i * _width) + v];
            }

            if (!row.IsAllZero && !_options.GroupBy.IsNone)
            {
                rows.Add(row);
            }
        }

        rows.Sort(static (a, b) =>
        {
            var byGroup = string.CompareOrdinal(a.Group, b.Group);
            return byGroup != 0 ? byGroup : a.Currency.CompareTo(b.Currency);
        });
        return new AgingReport(
            _asOf, knownAt, _options, _columns, [.. rows], [.. _currencies.Select(c => new AgingRow(table, -1, "", c, true, totals[c], 0))]);
    }

    private void Add(OpenItem item)
    {
        var currency = item.Open.Currency;
        See(currency);
        var open = item.Open.Amount;
        if (open == 0m)
        {
            return;
        }

        var row = RowOf(item, currency);
        if (item.IsCredit)
        {
            AddCredit(item, row, -open);
            return;
        }

        // Most items have no share: their row's line of memory is then left alone.
        var disputed = item.Disputed is { } part ? Math.Min(part.Amount, open) : 0m;
        if (disputed != 0m || _shares is not null)
        {
            var shares = _values.AsSpan((row * _width) + _columns.Length, AgingTable.Shares);
            shares[(int)AgingShare.Disputed] += disputed;
            _shares?.AddTo(shares, item);
        }

        disputed = _options.Disputed == DisputedTreatment.OwnColumn ? disputed : 0m;
        if (_basis == AgingBasis.Due && item.Instalments.Count != 0)
        {
            AddInstalments(item, row, open, disputed);
            return;
        }

        var date = _basis == AgingBasis.Due ? item.Due : item.Issued;
        if (disputed == 0m)
        {
            PostDated(item, row, -1, date, open);
        }
        else
        {
            AddPart(item, row, -1, date, open, ref disputed);
        }
    }

    private void AddInstalments(OpenItem item, int row, decimal open, decimal disputed)
    {
        var parts = item.Instalments;
        var left = open;
        for (var i = 0; i < parts.Count; i++)
        {
            left -= parts[i].Open.Amount;
        }

        if (left != 0m)
        {
            throw new ArgumentException($"The open parts of document {item.Id} do not add up to what is open of it.");
        }

        if (disputed == 0m)
        {
            for (var i = 0; i < parts.Count; i++)
            {
                AddPart(item, row, i, parts[i].Due, parts[i].Open.Amount, ref disputed);
            }

            return;
        }

        // A dispute of a part lies on what is due earliest.
        foreach (var i in Enumerable.Range(0, parts.Count).OrderBy(i => parts[i].Due).ThenBy(i => parts[i].Number))
        {
            AddPart(item, row, i, parts[i].Due, parts[i].Open.Amount, ref disputed);
        }
    }

    private void AddPart(OpenItem item, int row, int part, LocalDate date, decimal amount, ref decimal disputed)
    {
        var taken = Math.Min(disputed, amount);
        if (taken > 0m)
        {
            disputed -= taken;
            amount -= taken;
            Post(item, row, _unappliedColumn + 1, part, taken);
            _amounts.Add(_count - 1, taken);
        }

        if (amount == 0m)
        {
            return;
        }

        PostDated(item, row, part, date, amount);
        if (taken > 0m && _netting is null)
        {
            _amounts.Add(_count - 1, amount);
        }
    }

    private void AddCredit(OpenItem item, int row, decimal amount)
    {
        switch (_options.Unapplied)
        {
            case UnappliedTreatment.ByOwnDate:
                Post(item, row, AgingScheme.IndexOf(_latest, item.Issued), -1, amount);
                break;
            case UnappliedTreatment.InNotDue:
                Post(item, row, _todayColumn, -1, amount);
                break;
            case UnappliedTreatment.NettedOldestFirst:
                _netting!.Add(item, row, _unappliedColumn, -1, item.Issued, amount);
                break;
            default:
                Post(item, row, _unappliedColumn, -1, amount);
                break;
        }
    }

    private void PostDated(OpenItem item, int row, int part, LocalDate date, decimal amount)
    {
        var column = AgingScheme.IndexOf(_latest, date);
        if (_netting is { } netting)
        {
            netting.Add(item, row, column, part, date, amount);
        }
        else
        {
            Post(item, row, column, part, amount);
        }
    }

    private void PostNetted(OpenItem item, int row, int column, int part, decimal amount)
    {
        Post(item, row, column, part, amount);
        _amounts.Add(_count - 1, amount);
    }

    private void Post(OpenItem item, int row, int column, int part, decimal amount)
    {
        _values[(row * _width) + column] += amount;
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, Math.Max(16, _count + (_count / 2)));
        }

        ref var entry = ref _entries[_count++];
        entry.Item = item;
        entry.Cell = (row * _columns.Length) + column;
        entry.Part = part;
    }

    private int RowOf(OpenItem item, Currency currency)
    {
        var key = item.Customer is { } id ? id.Value : "";
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_slots, key, out var known);
        if (!known)
        {
            slot.Customer = _customers?.GetValueOrDefault(key);
            slot.Group = GroupOf(item.Customer, slot.Customer);
            slot.Row = -1;
        }

        if (_options.GroupBy.OfItemKey is { } ofItem)
        {
            return RowOf(ofItem(item, slot.Customer) ?? "", currency);
        }

        if (slot.Row < 0 || slot.Currency != currency)
        {
            slot.Row = RowOf(slot.Group, currency);
            slot.Currency = currency;
        }

        return slot.Row;
    }

    private int RowOf(string group, Currency currency)
    {
        if (!_rowNumbers.TryGetValue((group, currency), out var row))
        {
            row = _rows.Count;
            _rowNumbers.Add((group, currency), row);
            _rows.Add((group, currency));
            if ((row + 1) * _width > _values.Length)
            {
                Array.Resize(ref _values, Math.Max(16 * _width, _values.Length * 2));
            }
        }

        return row;
    }

    private string GroupOf(CustomerId? id, Customer? customer)
    {
        if (_options.GroupBy.IsParent)
        {
            return id is { } start ? ParentChain.Top(start, _customers!).Value : "";
        }

        return _options.GroupBy.OfCustomerKey?.Invoke(id, customer) ?? "";
    }

    /// <summary>What is known of a customer once its first item was seen, and the row of its last one.</summary>
    private struct Slot
    {
        internal Customer? Customer;
        internal string Group;
        internal Currency Currency;
        internal int Row;
    }
}
