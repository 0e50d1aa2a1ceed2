using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>What an indexed item can do in an answer.</summary>
internal enum ItemRole : byte
{
    /// <summary>Removed.</summary>
    None,

    /// <summary>Owed to us: it can be paid.</summary>
    Debit,

    /// <summary>A credit note with something open: it can be netted in, or paid back.</summary>
    Credit,

    /// <summary>A document of which nothing is open.</summary>
    Settled,

    /// <summary>A payment.</summary>
    Payment,
}

/// <summary>The ledger's items under every key by which a payment may name them. Written by one thread; many read while nobody writes.</summary>
internal sealed class LedgerIndex
{
    private readonly KeyTable _keys;
    private readonly Dictionary<DocumentId, int> _byId;
    private readonly Stack<int> _vacant = new();
    private OpenItem?[] _items;
    private long[] _open;
    private ItemRole[] _roles;
    private int[] _customerOf;
    private int[] _nextOfCustomer;
    private int _count;

    internal LedgerIndex(LedgerSnapshot snapshot)
    {
        Snapshot = snapshot;
        Directory = new CustomerDirectory(snapshot);
        var size = Math.Max(16, snapshot.OpenItems.Count + snapshot.SettledItems.Count + snapshot.Payments.Count);
        _keys = new KeyTable(size * 4);
        _byId = new Dictionary<DocumentId, int>(size);
        _items = new OpenItem?[size];
        _open = new long[size];
        _roles = new ItemRole[size];
        _customerOf = new int[size];
        _nextOfCustomer = new int[size];
        foreach (var item in snapshot.OpenItems)
        {
            if (item.Kind != DocumentKind.Payment)
            {
                Add(item, item.IsCredit ? ItemRole.Credit : ItemRole.Debit);
            }
        }

        foreach (var item in snapshot.SettledItems)
        {
            if (item.Kind != DocumentKind.Payment)
            {
                Add(item, ItemRole.Settled);
            }
        }

        Payments = new PaymentIndex(snapshot, this);
    }

    internal LedgerSnapshot Snapshot { get; }

    internal CustomerDirectory Directory { get; }

    internal PaymentIndex Payments { get; }

    internal KeyTable Keys => _keys;

    internal NumberMasks Masks { get; } = new();

    /// <summary>How many documents can be paid.</summary>
    internal int DebitCount { get; private set; }

    internal OpenItem Item(int index) => _items[index]!;

    internal long Open(int index) => _open[index];

    internal ItemRole Role(int index) => _roles[index];

    internal int CustomerOf(int index) => _customerOf[index];

    internal int Find(DocumentId id) => _byId.GetValueOrDefault(id, -1);

    /// <summary>The items of a customer, in no order.</summary>
    internal IEnumerable<int> ItemsOf(int customer)
    {
        for (var i = Directory.FirstItem[customer]; i >= 0; i = _nextOfCustomer[i])
        {
            yield return i;
        }
    }

    internal void Add(OpenItem item, ItemRole role)
    {
        if (!Amounts.TryGet(item.Open, out var open) || !Amounts.TryGet(item.Amount, out var whole) || !_byId.TryAdd(item.Id, _vacant.Count > 0 ? _vacant.Peek() : _count))
        {
            return;
        }

        if (!_vacant.TryPop(out var index))
        {
            index = _count++;
            if (index == _items.Length)
            {
                Grow(index * 2);
            }
        }

        _items[index] = item;
        _open[index] = open;
        _roles[index] = role;
        var customer = item.Customer is { } id ? Directory.GetOrAdd(id) : -1;
        _customerOf[index] = customer;
        if (customer >= 0)
        {
            _nextOfCustomer[index] = Directory.FirstItem[customer];
            Directory.FirstItem[customer] = index;
        }

        EachKey(item, (key, field) => _keys.Add(key, index, field));
        Masks.Add(item.Number, 1);
        if (role == ItemRole.Debit)
        {
            DebitCount++;
            _keys.Add(KeyHash.OfAmount(open, item.Open.Currency), index, 0);
        }
        else if (role == ItemRole.Settled)
        {
            _keys.Add(KeyHash.OfAmount(-whole, item.Amount.Currency), index, 0);
        }
    }

    internal bool Remove(DocumentId id)
    {
        if (!_byId.Remove(id, out var index))
        {
            return false;
        }

        var item = _items[index]!;
        EachKey(item, (key, field) => _keys.Remove(key, index, field));
        Masks.Add(item.Number, -1);
        if (_roles[index] == ItemRole.Debit)
        {
            DebitCount--;
            _keys.Remove(KeyHash.OfAmount(_open[index], item.Open.Currency), index, 0);
        }
        else if (_roles[index] == ItemRole.Settled && Amounts.TryGet(item.Amount, out var whole))
        {
            _keys.Remove(KeyHash.OfAmount(-whole, item.Amount.Currency), index, 0);
        }

        Unlink(index);
        _items[index] = null;
        _roles[index] = ItemRole.None;
        _vacant.Push(index);
        return true;
    }

    private static void EachKey(OpenItem item, Action<ulong, byte> use)
    {
        if (item.Number is { } number)
        {
            NumberKeys.Each(number, KeyField.Number, use);
        }

        if (item.Reference is { } reference)
        {
            NumberKeys.Each(reference, KeyField.Reference, use);
        }

        if (item.OrderNumber is { } order)
        {
            NumberKeys.Each(order, KeyField.Order, use);
        }

        if (item.ContractNumber is { } contract)
        {
            NumberKeys.Each(contract, KeyField.Contract, use);
        }

        foreach (var other in item.OtherNumbers)
        {
            NumberKeys.Each(other, KeyField.Other, use);
        }
    }

    private void Unlink(int index)
    {
        var customer = _customerOf[index];
        if (customer < 0)
        {
            return;
        }

        if (Directory.FirstItem[customer] == index)
        {
            Directory.FirstItem[customer] = _nextOfCustomer[index];
            return;
        }

        for (var i = Directory.FirstItem[customer]; i >= 0; i = _nextOfCustomer[i])
        {
            if (_nextOfCustomer[i] == index)
            {
                _nextOfCustomer[i] = _nextOfCustomer[index];
                return;
            }
        }
    }

    private void Grow(int size)
    {
        Array.Resize(ref _items, size);
        Array.Resize(ref _open, size);
        Array.Resize(ref _roles, size);
        Array.Resize(ref _customerOf, size);
        Array.Resize(ref _nextOfCustomer, size);
    }
}
