using System.Runtime.InteropServices;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>A payment of the ledger as matching sees it.</summary>
/// <param name="Payment">The payment.</param>
/// <param name="Customer">Whose it is, or a negative number.</param>
/// <param name="Amount">What of it was not returned.</param>
/// <param name="Unapplied">What of it is unapplied.</param>
internal sealed record IndexedPayment(RecordedPayment Payment, int Customer, long Amount, long Unapplied)
{
    internal DocumentId Id => Payment.Item.Id;
}

/// <summary>A payment or credit note on which the ledger has booked a transaction.</summary>
/// <param name="Id">The document.</param>
/// <param name="Customer">Whose it is.</param>
internal readonly record struct PostedDocument(DocumentId Id, CustomerId? Customer);

/// <summary>The uncleared payments of one method and currency, by the day on which they were recorded.</summary>
internal sealed class UnclearedPayments(IEnumerable<IndexedPayment> payments)
{
    private readonly IndexedPayment[] _byDay = [.. payments.OrderBy(p => p.Payment.Item.Issued).ThenBy(p => p.Id)];

    /// <summary>Those recorded at most so many days before or after a day of which a condition holds, in order of id.</summary>
    internal List<IndexedPayment> Near(LocalDate day, int before, int after, Func<IndexedPayment, bool> isWanted)
    {
        int low = 0, high = _byDay.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Period.DaysBetween(_byDay[middle].Payment.Item.Issued, day) > before ? (middle + 1, high) : (low, middle);
        }

        List<IndexedPayment> found = [];
        for (; low < _byDay.Length && Period.DaysBetween(_byDay[low].Payment.Item.Issued, day) >= -after; low++)
        {
            if (isWanted(_byDay[low]))
            {
                found.Add(_byDay[low]);
            }
        }

        found.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        return found;
    }
}

/// <summary>The ledger's payments: by transaction, by amount, by what is unapplied. For recognising what is posted, cleared, returned or refunded.</summary>
internal sealed class PaymentIndex
{
    private const byte Paid = 0;
    private const byte Free = 1;
    private readonly List<(string Transaction, PostedDocument Document)> _posted;
    private readonly KeyTable _byTransaction;
    private readonly List<IndexedPayment> _payments;
    private readonly KeyTable _amounts;
    private readonly HashSet<int> _customers = [];
    private readonly Dictionary<ulong, List<List<IndexedPayment>>> _deposits = [];
    private readonly List<IndexedPayment> _uncleared = [];
    private readonly HashSet<DocumentId> _grouped = [];
    private readonly Dictionary<Currency, List<UnclearedPayments>> _methods = [];

    internal PaymentIndex(LedgerSnapshot snapshot, CustomerDirectory directory)
    {
        _posted = new List<(string, PostedDocument)>(snapshot.Payments.Count + snapshot.BookedDebits.Count);
        _byTransaction = new KeyTable(_posted.Capacity);
        _payments = new List<IndexedPayment>(snapshot.Payments.Count);
        _amounts = new KeyTable(snapshot.Payments.Count * 2);
        foreach (var payment in snapshot.Payments)
        {
            if (!Amounts.TryGet(payment.Item.Amount, out var whole) || !Amounts.TryGet(payment.Item.Open, out var open) || !Amounts.TryGet(payment.Returned, out var returned))
            {
                continue;
            }

            var customer = payment.Item.Customer is { } id && directory.Index.TryGetValue(id, out var known) ? known : -1;
            _customers.Add(customer);
            if (payment.Transaction is { } transaction)
            {
                Post(transaction.Value, new PostedDocument(payment.Item.Id, payment.Item.Customer));
            }

            if (whole - returned <= 0)
            {
                continue;
            }

            var indexed = new IndexedPayment(payment, customer, whole - returned, open);
            _amounts.Add(KeyHash.OfAmount(indexed.Amount, payment.Item.Amount.Currency), _payments.Count, Paid);
            if (open > 0)
            {
                _amounts.Add(KeyHash.OfAmount(-open, payment.Item.Amount.Currency), _payments.Count, Free);
            }

            _payments.Add(indexed);
            if (payment.Transaction is null)
            {
                _uncleared.Add(indexed);
            }
        }

        foreach (var debit in snapshot.BookedDebits)
        {
            Post(debit.Transaction.Value, new PostedDocument(debit.Document, debit.Customer));
        }

        _uncleared.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        GroupDeposits();
        foreach (var method in _uncleared.GroupBy(p => (p.Payment.Item.Amount.Currency, p.Payment.Method)).OrderBy(g => g.Key.Method, StringComparer.Ordinal))
        {
            ref var methods = ref CollectionsMarshal.GetValueRefOrAddDefault(_methods, method.Key.Currency, out _);
            (methods ??= []).Add(new UnclearedPayments(method));
        }
    }

    /// <summary>The uncleared payments in a currency by their method, in order of its name.</summary>
    internal IReadOnlyList<UnclearedPayments> UnclearedByMethod(Currency currency) => _methods.GetValueOrDefault(currency) ?? (IReadOnlyList<UnclearedPayments>)[];

    /// <summary>All uncleared payments of one method and day, where they are several and add up to an amount.</summary>
    internal IReadOnlyList<List<IndexedPayment>> Deposits(long amount, Currency currency) =>
        _deposits.GetValueOrDefault(KeyHash.OfAmount(amount, currency)) ?? (IReadOnlyList<List<IndexedPayment>>)[];

    /// <summary>Whether a payment is one of several uncleared ones of its method and day, whose money may come as one sum.</summary>
    internal bool IsOfSeveral(IndexedPayment payment) => _grouped.Contains(payment.Id);

    /// <summary>Payments that were recorded before their money reached the bank, in order of id.</summary>
    internal IReadOnlyList<IndexedPayment> Uncleared => _uncleared;

    /// <summary>All payments of which something was not returned, in no order.</summary>
    internal IReadOnlyList<IndexedPayment> All => _payments;

    /// <summary>Whether a payment is a customer's.</summary>
    internal bool Has(int customer) => _customers.Contains(customer);

    /// <summary>Whether any document carries a transaction.</summary>
    internal bool HasTransactions => _posted.Count > 0;

    /// <summary>The document that carries a transaction; of two the first by id.</summary>
    internal PostedDocument? ByTransaction(string transaction)
    {
        PostedDocument? first = null;
        for (var p = _byTransaction.First(KeyHash.Of(KeyForm.Transaction, transaction)); p != KeyTable.Nothing; p = _byTransaction.Next(p))
        {
            var (its, document) = _posted[_byTransaction.Item(p)];
            first = its == transaction && (first is not { } known || document.Id < known.Id) ? document : first;
        }

        return first;
    }

    /// <summary>The payments of an amount, in order of id.</summary>
    internal IReadOnlyList<IndexedPayment> ByAmount(long amount, Currency currency) => Get(KeyHash.OfAmount(amount, currency), Paid);

    /// <summary>The payments of which an amount is unapplied, in order of id.</summary>
    internal IReadOnlyList<IndexedPayment> ByUnapplied(long amount, Currency currency) => Get(KeyHash.OfAmount(-amount, currency), Free);

    private void Post(string transaction, PostedDocument document)
    {
        _byTransaction.Add(KeyHash.Of(KeyForm.Transaction, transaction), _posted.Count, 0);
        _posted.Add((transaction, document));
    }

    private void GroupDeposits()
    {
        foreach (var day in _uncleared.GroupBy(p => (p.Payment.Item.Issued, p.Payment.Method, p.Payment.Item.Amount.Currency)).Where(g => g.Skip(1).Any()))
        {
            ref var deposits = ref CollectionsMarshal.GetValueRefOrAddDefault(_deposits, KeyHash.OfAmount(day.Sum(p => p.Amount), day.Key.Currency), out _);
            (deposits ??= []).Add([.. day]);
            _grouped.UnionWith(day.Select(p => p.Id));
        }
    }

    private List<IndexedPayment> Get(ulong key, byte field)
    {
        var first = _amounts.First(key);
        if (first == KeyTable.Nothing)
        {
            return [];
        }

        var found = new List<IndexedPayment>();
        for (var p = first; p != KeyTable.Nothing; p = _amounts.Next(p))
        {
            if (_amounts.Field(p) == field)
            {
                found.Add(_payments[_amounts.Item(p)]);
            }
        }

        found.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        return found;
    }
}
