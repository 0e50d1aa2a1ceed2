using System.Collections.Concurrent;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>What an indexed item can do in an answer.</summary>
internal enum ItemRole : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Owed to us: it can be paid.</summary>
    Debit,

    /// <summary>A credit note with something open: it can be netted in, or paid back.</summary>
    Credit,

    /// <summary>A document of which nothing is open.</summary>
    Settled,
}

/// <summary>The numbers of an item that matching asks for most.</summary>
internal struct ItemCell
{
    internal long Open;
    internal int Customer;
    internal int NextOfCustomer;

    /// <summary>The version from which it is gone; the largest number while it stands.</summary>
    internal int RemovedAt;

    /// <summary>The day on which it is due, counted as <see cref="Days"/> counts.</summary>
    internal int Due;
    internal LocalDate Issued;
    internal Currency Currency;
    internal ItemRole Role;

    /// <summary>The most that a cash discount may take off; 0 for none.</summary>
    internal long MostDiscount;
    internal bool HasInstalments;
    internal NumberDigits Number;
}

/// <summary>The ledger's items under every key by which a payment may name them, of all versions: items are appended, and marked when they go.</summary>
/// <remarks>One thread writes; any number read through a <see cref="LedgerIndex"/>, which sees one version.</remarks>
internal sealed class ItemStore
{
    private readonly ItemForms _forms = new();
    private ItemCell[] _cells;
    private OpenItem[] _items;
    private readonly int[] _firstOfCustomer;
    private int _live;
    private int _removed;
    private int _debits;
    private LedgerIndex? _view;
    private readonly NumberShapes _shapes = new();
    private KeyTable _keys;

    internal ItemStore(LedgerSnapshot snapshot)
    {
        Snapshot = snapshot;
        Seller = new SellerName(snapshot.Name);
        Directory = new CustomerDirectory(snapshot, out var customers);
        // With some room, so that the first changes need not copy all.
        var size = customers.Length + (customers.Length / 16) + 16;
        _cells = new ItemCell[size];
        _items = new OpenItem[size];
        _firstOfCustomer = new int[Directory.Count];
        Array.Fill(_firstOfCustomer, -1);
        _keys = new KeyTable(EstimateKeys(snapshot));
        var places = Places(customers);
        AddAll(snapshot.OpenItems, customers, places, 0, isOpen: true);
        AddAll(snapshot.SettledItems, customers, places, snapshot.OpenItems.Count, isOpen: false);
        _keys.Pack();
        Count = customers.Length;
        Payments = new PaymentIndex(snapshot, Directory);
        OwnAccounts = [.. snapshot.OwnAccounts.Where(a => a.Length > 4).Select(CustomerDirectory.AccountKey)];
    }

    internal LedgerSnapshot Snapshot { get; }

    /// <summary>The keys of the seller's own accounts.</summary>
    internal HashSet<ulong> OwnAccounts { get; }

    /// <summary>What threads worked with, for the next that needs it.</summary>
    internal ConcurrentStack<MatchingWorkspace> Workspaces { get; } = [];

    internal SellerName Seller { get; }

    /// <summary>What keys there are.</summary>
    internal KeySketch Sketch { get; } = new();

    internal CustomerDirectory Directory { get; }

    internal PaymentIndex Payments { get; }

    internal KeyTable Keys => Volatile.Read(ref _keys);

    internal ItemCell[] Cells => Volatile.Read(ref _cells);

    internal OpenItem[] Items => Volatile.Read(ref _items);

    internal int Count { get; private set; }

    internal int Version { get; private set; }

    /// <summary>Whether so much was removed that a new store is worth its making.</summary>
    internal bool IsWorn => _removed > 1024 + (_live / 2);

    internal int FirstOfCustomer(int customer) => Volatile.Read(ref _firstOfCustomer[customer]);

    /// <summary>The ledger as it stands now; stays as it is whatever is written afterwards.</summary>
    internal LedgerIndex View() => _view ??= new LedgerIndex(this, Count, Version, _debits, _removed == 0, _shapes.Publish());

    /// <summary>The items that stand.</summary>
    internal IEnumerable<OpenItem> Standing()
    {
        for (var i = 0; i < Count; i++)
        {
            if (_cells[i].RemovedAt == int.MaxValue)
            {
                yield return _items[i];
            }
        }
    }

    /// <summary>Adds an item, or puts it in the place of the one with its id; false for one whose customer is not in the directory.</summary>
    internal bool TryPut(OpenItem item)
    {
        if (item.Customer is { } id && !Directory.Index.ContainsKey(id))
        {
            return false;
        }

        Remove(item.Id);
        if (RoleOf(item) is var role and not ItemRole.None)
        {
            _forms.Read(item, role);
            if (Count == _cells.Length)
            {
                Grow(Count * 2);
            }

            var customer = item.Customer is { } customerId && Directory.Index.TryGetValue(customerId, out var known) ? known : -1;
            Put(Count, customer, item, role, _forms);
            Count++;
        }

        Changed();
        return true;
    }

    internal bool Remove(DocumentId id)
    {
        var index = Find(id);
        if (index < 0)
        {
            return false;
        }

        // The version that comes next does not see it any more.
        Volatile.Write(ref _cells[index].RemovedAt, Version + 1);
        _live--;
        _removed++;
        _debits -= _cells[index].Role == ItemRole.Debit ? 1 : 0;
        _forms.Read(_items[index], _cells[index].Role);
        _shapes.Add(_forms, -1);
        Changed();
        return true;
    }

    /// <summary>What an item can do; nothing for a payment and for an amount that cannot be reckoned with. One that the ledger lists as settled is.</summary>
    internal static ItemRole RoleOf(OpenItem item, bool isOpen = true) =>
        item.Kind == DocumentKind.Payment || !Amounts.TryGet(item.Open, out var open) || !Amounts.TryGet(item.Amount, out _) ? ItemRole.None
        : open == 0 || !isOpen ? ItemRole.Settled
        : item.IsCredit ? ItemRole.Credit : ItemRole.Debit;

    private void Changed()
    {
        Version++;
        _view = null;
    }

    private int Find(DocumentId id)
    {
        for (var p = Keys.First(KeyHash.Of(KeyForm.Document, id.Value)); p != KeyTable.Nothing; p = Keys.Next(p))
        {
            if (_cells[Keys.Item(p)].RemovedAt == int.MaxValue && _items[Keys.Item(p)].Id == id)
            {
                return Keys.Item(p);
            }
        }

        return -1;
    }

    // How many different keys there will be, after a sample of the items: all but the ends of numbers and the amounts are an item's own.
    private static int EstimateKeys(LedgerSnapshot snapshot)
    {
        var forms = new ItemForms();
        var keys = 0;
        var (sampled, all) = (0, snapshot.OpenItems.Count + snapshot.SettledItems.Count);
        foreach (var items in new[] { snapshot.OpenItems, snapshot.SettledItems })
        {
            var step = Math.Max(1, items.Count / 64);
            for (var i = 0; i < items.Count; i += step, sampled++)
            {
                forms.Read(items[i], ItemRole.Debit);
                keys += forms.Keys.Length;
            }
        }

        return sampled == 0 ? 16 : (int)Math.Min(int.MaxValue / 4, ((long)all * keys / sampled * 7 / 8) + 16);
    }

    // Where each item comes to stand: beside the others of its customer, so that they are looked at together.
    private int[] Places(int[] customers)
    {
        var next = new int[Directory.Count + 2];
        foreach (var customer in customers)
        {
            next[customer + 2]++;
        }

        for (var i = 1; i < next.Length; i++)
        {
            next[i] += next[i - 1];
        }

        var places = new int[customers.Length];
        for (var i = 0; i < customers.Length; i++)
        {
            places[i] = next[customers[i] + 1]++;
        }

        return places;
    }

    // The places of an item's keys are fetched while those of the item before are filled.
    private void AddAll(IReadOnlyList<OpenItem> items, int[] customers, int[] places, int first, bool isOpen)
    {
        var (forms, next) = (new ItemForms(), new ItemForms());
        OpenItem? waiting = null;
        var role = ItemRole.None;
        for (var i = 0; i <= items.Count; i++)
        {
            var item = i < items.Count ? items[i] : null;
            var itsRole = item is null ? ItemRole.None : RoleOf(item, isOpen);
            if (itsRole != ItemRole.None)
            {
                next.Read(item!, itsRole);
                foreach (var key in next.Keys)
                {
                    Keys.Prefetch(key.Key);
                }

                CacheLine.Fetch(ref _cells[places[first + i]]);
                CacheLine.Fetch(ref _items[places[first + i]]);
            }

            if (waiting is not null && Find(waiting.Id) < 0)
            {
                Put(places[first + i - 1], customers[first + i - 1], waiting, role, forms);
            }

            (waiting, role) = (itsRole == ItemRole.None ? null : item, itsRole);
            (forms, next) = (next, forms);
        }
    }

    private void Put(int index, int customer, OpenItem item, ItemRole role, ItemForms forms)
    {
        _ = Amounts.TryGet(item.Open, out var open);
        _items[index] = item;
        _cells[index] = new ItemCell
        {
            Open = open,
            Customer = customer,
            NextOfCustomer = customer < 0 ? -1 : _firstOfCustomer[customer],
            RemovedAt = int.MaxValue,
            Due = Days.Of(item.Due),
            Issued = item.Issued,
            Currency = item.Open.Currency,
            Role = role,
            MostDiscount = item.CashDiscounts.Count > 0 ? MostDiscountOf(item) : 0,
            HasInstalments = item.Instalments.Count > 0,
            Number = forms.Number,
        };
        if (customer >= 0)
        {
            Volatile.Write(ref _firstOfCustomer[customer], index);
        }

        if (_keys.IsFull)
        {
            Enlarge();
        }

        foreach (var key in forms.Keys)
        {
            _keys.Add(key.Key, index, key.Field);
            Sketch.Add(key.Place);
        }

        _shapes.Add(forms, 1);
        _debits += role == ItemRole.Debit ? 1 : 0;
        _live++;
    }

    private static long MostDiscountOf(OpenItem item)
    {
        var most = 0L;
        foreach (var step in item.CashDiscounts)
        {
            most = Amounts.TryGet(step.Percent.Of(item.Amount), out var discount) ? Math.Max(most, discount) : most;
        }

        return most;
    }

    // A table twice as large with all that was added before; a reader keeps the one it has begun with.
    private void Enlarge()
    {
        var larger = new KeyTable(_keys.Capacity * 2);
        var forms = new ItemForms();
        for (var i = 0; i < _items.Length; i++)
        {
            // Places may be empty: of documents that are listed twice, or that nobody can pay.
            if (_items[i] is null)
            {
                continue;
            }

            forms.Read(_items[i], _cells[i].Role);
            foreach (var key in forms.Keys)
            {
                larger.Add(key.Key, i, key.Field);
            }
        }

        Volatile.Write(ref _keys, larger);
    }

    private void Grow(int size)
    {
        var (cells, items) = (new ItemCell[size], new OpenItem[size]);
        _cells.CopyTo(cells, 0);
        _items.CopyTo(items, 0);
        Volatile.Write(ref _items, items);
        Volatile.Write(ref _cells, cells);
    }
}
