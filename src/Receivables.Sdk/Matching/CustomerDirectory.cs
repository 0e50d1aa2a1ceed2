using System.Runtime.InteropServices;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>The customers: their accounts, names, ids and families, by an index that follows the order of their ids.</summary>
internal sealed class CustomerDirectory
{
    private readonly List<CustomerId> _ids = [];
    private readonly List<Customer?> _customers = [];
    private readonly Dictionary<ulong, List<int>> _accounts = [];
    private readonly Dictionary<ulong, List<int>> _numbers = [];
    private readonly List<int> _parents = [];
    private readonly List<List<int>?> _children = [];

    internal CustomerDirectory(LedgerSnapshot snapshot)
    {
        // In order of id, so that nothing depends on the order in which a host lists them. Of two with one id the first stays.
        foreach (var customer in snapshot.Customers.OrderBy(c => c.Id))
        {
            if (!Index.ContainsKey(customer.Id))
            {
                Append(customer.Id, customer);
            }
        }

        foreach (var id in snapshot.OpenItems.Concat(snapshot.SettledItems).Concat(snapshot.Payments.Select(p => p.Item))
            .Select(i => i.Customer).OfType<CustomerId>().Where(id => !Index.ContainsKey(id)).Distinct().Order().ToList())
        {
            Append(id, null);
        }

        Relate();
        for (var i = 0; i < _customers.Count; i++)
        {
            Register(i);
        }
    }

    internal Dictionary<CustomerId, int> Index { get; } = [];

    internal List<int> FirstItem { get; } = [];

    internal NameIndex Names { get; } = new();

    internal int Count => _ids.Count;

    internal CustomerId Id(int customer) => _ids[customer];

    internal Customer? Customer(int customer) => _customers[customer];

    /// <summary>The top of the chain of parents.</summary>
    internal int Root(int customer)
    {
        // A circle of parents is cut when the directory is made.
        while (_parents[customer] >= 0)
        {
            customer = _parents[customer];
        }

        return customer;
    }

    internal bool IsParent(int customer) => _children[customer] is not null;

    internal bool IsAncestor(int ancestor, int customer)
    {
        for (var c = customer; c >= 0; c = _parents[c])
        {
            if (c == ancestor)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The customer and all below it.</summary>
    internal void AddFamily(int customer, List<int> family)
    {
        family.Add(customer);
        foreach (var child in _children[customer] ?? [])
        {
            AddFamily(child, family);
        }
    }

    internal IReadOnlyList<int> ByAccount(string account) => _accounts.GetValueOrDefault(AccountKey(account)) ?? (IReadOnlyList<int>)[];

    internal IReadOnlyList<int> ByNumber(ulong key) => _numbers.GetValueOrDefault(key) ?? (IReadOnlyList<int>)[];

    internal bool HasAccounts(int customer) => _customers[customer] is { } c && (c.Ibans.Count > 0 || c.BankAccounts.Count > 0);

    internal int GetOrAdd(CustomerId id)
    {
        if (!Index.TryGetValue(id, out var index))
        {
            index = Append(id, null);
            Register(index);
        }

        return index;
    }

    internal static ulong AccountKey(string account)
    {
        Span<char> full = stackalloc char[NumberKeys.MaxLength];
        Span<char> digits = stackalloc char[NumberKeys.MaxLength];
        var (length, _) = NumberKeys.Split(account, full, digits);
        return KeyHash.Of(KeyForm.Account, full[..length].TrimStart('0'));
    }

    private int Append(CustomerId id, Customer? customer)
    {
        var index = _ids.Count;
        Index.Add(id, index);
        _ids.Add(id);
        _customers.Add(customer);
        _parents.Add(-1);
        _children.Add(null);
        FirstItem.Add(-1);
        return index;
    }

    private void Relate()
    {
        for (var i = 0; i < _customers.Count; i++)
        {
            if (_customers[i]?.Parent is { } parent && Index.TryGetValue(parent, out var p) && p != i && !IsAncestor(i, p))
            {
                _parents[i] = p;
                (_children[p] ??= []).Add(i);
            }
        }
    }

    private void Register(int index)
    {
        Span<char> full = stackalloc char[NumberKeys.MaxLength];
        Span<char> digits = stackalloc char[NumberKeys.MaxLength];
        var (length, digitCount) = NumberKeys.Split(_ids[index].Value, full, digits);
        if (digitCount > 0 && length >= 3)
        {
            Put(_numbers, KeyHash.Of(length == digitCount ? KeyForm.Digits : KeyForm.Full, length == digitCount ? digits[..digitCount].TrimStart('0') : full[..length]), index);
        }

        if (_customers[index] is not { } customer)
        {
            return;
        }

        Names.Add(index, customer.Name);
        foreach (var alias in customer.Aliases)
        {
            Names.Add(index, alias);
        }

        foreach (var account in customer.Ibans.Select(i => i.Value).Concat(customer.BankAccounts).Where(a => a.Length > 4))
        {
            Put(_accounts, AccountKey(account), index);
        }
    }

    private static void Put(Dictionary<ulong, List<int>> map, ulong key, int customer)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(map, key, out _);
        list ??= [];
        if (!list.Contains(customer))
        {
            list.Add(customer);
        }
    }
}
