using System.Runtime.InteropServices;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching.Similarity;

namespace Receivables.Sdk.Matching;

/// <summary>The customers: their accounts, names, ids and families, by an index that follows the order of their ids.</summary>
internal sealed class CustomerDirectory
{
    private readonly List<CustomerId> _ids = [];
    private readonly List<Customer?> _customers = [];
    private readonly KeyTable _keys;
    private readonly KeySketch _numbers = new();
    private readonly List<int> _parents = [];
    // All customers, each followed by those below it; of each where it stands there, and how many it and those below it are.
    private int[] _members = [];
    private (int At, int Count)[] _places = [];
    private int[] _roots = [];
    // Looked up when first asked for: by whichever thread, since it is the same for all.
    private readonly string?[] _legalForms;

    /// <summary>The customers of a ledger, and of each of its items, the open ones first, whose it is; negative for nobody's.</summary>
    internal CustomerDirectory(LedgerSnapshot snapshot, out int[] ofItems)
    {
        Index = new Dictionary<CustomerId, int>(snapshot.Customers.Count);
        // In order of id, so that nothing depends on the order in which a host lists them. Of two with one id the first stays.
        foreach (var customer in InOrder(snapshot.Customers))
        {
            if (!Index.ContainsKey(customer.Id))
            {
                Append(customer.Id, customer);
            }
        }

        Registered = _ids.Count;
        ofItems = new int[snapshot.OpenItems.Count + snapshot.SettledItems.Count];
        foreach (var id in Strangers(snapshot, ofItems))
        {
            Append(id, null);
        }

        if (_ids.Count > Registered)
        {
            Resolve(snapshot.OpenItems, ofItems.AsSpan(0, snapshot.OpenItems.Count));
            Resolve(snapshot.SettledItems, ofItems.AsSpan(snapshot.OpenItems.Count));
        }

        Relate();
        _legalForms = new string?[_ids.Count];
        _keys = new KeyTable(_ids.Count + snapshot.Customers.Sum(c => c.Ibans.Count + c.BankAccounts.Count));
        for (var i = 0; i < _customers.Count; i++)
        {
            Register(i);
        }

        Names.Seal();
    }

    internal Dictionary<CustomerId, int> Index { get; }

    internal NameIndex Names { get; } = new();

    internal int Count => _ids.Count;

    /// <summary>How many of the customers are the ledger's own; the others are known by a document or payment alone.</summary>
    internal int Registered { get; }

    internal CustomerId Id(int customer) => _ids[customer];

    internal Customer? Customer(int customer) => _customers[customer];

    /// <summary>The group of the legal form in a customer's name; empty for none.</summary>
    internal string LegalFormOf(int customer) => _legalForms[customer] ??= LegalForms.GroupOf(_customers[customer]?.Name);

    /// <summary>The top of the chain of parents; negative for nobody's.</summary>
    internal int Root(int customer) => customer >= 0 ? _roots[customer] : -1;

    internal bool IsParent(int customer) => _places[customer].Count > 1;

    internal bool IsAncestor(int ancestor, int customer) => ancestor >= 0 && customer >= 0 && _places[ancestor] is var (at, count) && _places[customer].At is var place && place >= at && place < at + count;

    /// <summary>The customer and all below it.</summary>
    internal ReadOnlySpan<int> Family(int customer) => _members.AsSpan(_places[customer].At, _places[customer].Count);

    /// <summary>The customers that an account is registered for.</summary>
    internal int[] ByAccount(string account) => ByKey(AccountKey(account));

    /// <summary>Whether some customer's id may be this number.</summary>
    internal bool MayHave(KeyForm form, ReadOnlySpan<char> text) => _numbers.MayHave(form, text);

    /// <summary>The customers whose id a number is.</summary>
    internal int[] ByNumber(ulong key) => ByKey(key);

    internal bool HasAccounts(int customer) => _customers[customer] is { } c && (c.Ibans.Count > 0 || c.BankAccounts.Count > 0);

    internal static ulong AccountKey(string account)
    {
        Span<char> full = stackalloc char[NumberKeys.MaxLength];
        Span<char> digits = stackalloc char[NumberKeys.MaxLength];
        var (length, _) = NumberKeys.Split(account, full, digits);
        return KeyHash.Of(KeyForm.Account, full[..length].TrimStart('0'));
    }

    // Customers that only a document or payment names, in order of id.
    private SortedSet<CustomerId> Strangers(LedgerSnapshot snapshot, Span<int> ofItems)
    {
        var strangers = new SortedSet<CustomerId>();
        (string? Id, int Customer) last = (null, -1);
        var at = 0;
        foreach (var items in new[] { snapshot.OpenItems, snapshot.SettledItems })
        {
            for (var i = 0; i < items.Count; i++)
            {
                ofItems[at++] = Find(items[i].Customer);
            }
        }

        foreach (var payment in snapshot.Payments)
        {
            _ = Find(payment.Item.Customer);
        }

        return strangers;

        int Find(CustomerId? customer)
        {
            if (customer is not { } id)
            {
                return -1;
            }

            // Hosts often list the items of a customer together, and share its id.
            if (ReferenceEquals(id.Value, last.Id))
            {
                return last.Customer;
            }

            if (Index.TryGetValue(id, out var known))
            {
                last = (id.Value, known);
                return known;
            }

            strangers.Add(id);
            return -1;
        }
    }

    // Whose the items of customers are that the ledger does not list.
    private void Resolve(IReadOnlyList<OpenItem> items, Span<int> ofItems)
    {
        for (var i = 0; i < ofItems.Length; i++)
        {
            ofItems[i] = ofItems[i] < 0 && items[i].Customer is { } id ? Index[id] : ofItems[i];
        }
    }

    // Hosts mostly list them so.
    private static IEnumerable<Customer> InOrder(IReadOnlyList<Customer> customers)
    {
        for (var i = 1; i < customers.Count; i++)
        {
            if (customers[i].Id < customers[i - 1].Id)
            {
                return customers.OrderBy(c => c.Id);
            }
        }

        return customers;
    }

    private int Append(CustomerId id, Customer? customer)
    {
        var index = _ids.Count;
        Index.Add(id, index);
        _ids.Add(id);
        _customers.Add(customer);
        _parents.Add(-1);
        return index;
    }

    private void Relate()
    {
        for (var i = 0; i < _customers.Count; i++)
        {
            // A circle of parents is cut.
            if (_customers[i]?.Parent is { } parent && Index.TryGetValue(parent, out var p) && p != i && !IsAbove(i, p))
            {
                _parents[i] = p;
            }
        }

        // The children of each, the last first: so they leave a stack in order.
        var (last, previous) = (new int[_customers.Count], new int[_customers.Count]);
        Array.Fill(last, -1);
        for (var i = 0; i < _customers.Count; i++)
        {
            if (_parents[i] is var p and >= 0)
            {
                (previous[i], last[p]) = (last[p], i);
            }
        }

        _roots = new int[_customers.Count];
        _members = new int[_customers.Count];
        _places = new (int, int)[_customers.Count];
        var count = 0;
        var waiting = new Stack<int>();
        for (var root = 0; root < _customers.Count; root++)
        {
            if (_parents[root] < 0)
            {
                PlaceFamily(root, last, previous, waiting, ref count);
            }
        }

        // The last members come first: each adds its family to its parent's.
        for (var i = count - 1; i >= 0; i--)
        {
            if (_parents[_members[i]] is var p and >= 0)
            {
                _places[p].Count += _places[_members[i]].Count;
            }
        }
    }

    private void PlaceFamily(int root, int[] last, int[] previous, Stack<int> waiting, ref int count)
    {
        waiting.Push(root);
        while (waiting.TryPop(out var member))
        {
            _roots[member] = root;
            _places[member] = (count, 1);
            _members[count++] = member;
            for (var child = last[member]; child >= 0; child = previous[child])
            {
                waiting.Push(child);
            }
        }
    }

    private bool IsAbove(int ancestor, int customer)
    {
        var c = customer;
        while (c >= 0 && c != ancestor)
        {
            c = _parents[c];
        }

        return c >= 0;
    }

    private void Register(int index)
    {
        Span<char> full = stackalloc char[NumberKeys.MaxLength];
        Span<char> digits = stackalloc char[NumberKeys.MaxLength];
        var (length, digitCount) = NumberKeys.Split(_ids[index].Value, full, digits);
        if (digitCount > 0 && length >= 3)
        {
            var form = length == digitCount ? KeyForm.Digits : KeyForm.Full;
            ReadOnlySpan<char> text = length == digitCount ? digits[..digitCount].TrimStart('0') : full[..length];
            _numbers.Add(KeySketch.PlaceOf(form, text));
            Put(KeyHash.Of(form, text), index);
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

        foreach (var iban in customer.Ibans)
        {
            Put(AccountKey(iban.Value), index);
        }

        foreach (var account in customer.BankAccounts)
        {
            if (account.Length > 4)
            {
                Put(AccountKey(account), index);
            }
        }
    }

    // A customer's account that is listed twice is registered once.
    private void Put(ulong key, int customer)
    {
        if (!ByKey(key).Contains(customer))
        {
            _keys.Add(key, customer, 0);
        }
    }

    private int[] ByKey(ulong key)
    {
        var first = _keys.First(key);
        if (first == KeyTable.Nothing)
        {
            return [];
        }

        if (_keys.Next(first) == KeyTable.Nothing)
        {
            return [_keys.Item(first)];
        }

        var found = new List<int>();
        for (var p = first; p != KeyTable.Nothing; p = _keys.Next(p))
        {
            found.Add(_keys.Item(p));
        }

        found.Sort();
        return found.ToArray();
    }
}
