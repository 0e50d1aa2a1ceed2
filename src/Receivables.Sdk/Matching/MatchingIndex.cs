using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>A ledger prepared for matching that follows the ledger's changes, document by document, without being made anew.</summary>
/// <remarks>
/// <para>One thread writes. Each <see cref="Matcher"/> sees the ledger as it stood when it was taken, is safe to share between threads, and stays
/// as it is whatever is written afterwards. The answers are those of a matcher made anew from the same documents, customers and payments.</para>
/// <para>A change costs microseconds. Now and then one costs more: when the tables must grow, when about a third of what they hold is gone,
/// and after a change of customers or payments, whose index is made anew with the next <see cref="Matcher"/>.</para>
/// </remarks>
public sealed class MatchingIndex
{
    private readonly MatchingOptions _options;
    private readonly Dictionary<CustomerId, Customer> _customers = [];
    private readonly Dictionary<DocumentId, RecordedPayment> _payments = [];
    private readonly List<OpenItem> _waiting = [];
    private readonly KnownEvidence? _known;
    private ItemStore _store;
    private bool _isStale;
    private PaymentMatcher? _matcher;

    /// <summary>An index of a ledger at one moment.</summary>
    /// <param name="snapshot">What is open, and what was paid.</param>
    /// <param name="options">How cautious and tolerant; null takes <see cref="MatchingOptions.Default"/>.</param>
    /// <param name="knowledge">What people taught and a host's own evidence; null for nothing. What was learnt counts as it stands on <see cref="LedgerSnapshot.AsOf"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="snapshot"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public MatchingIndex(LedgerSnapshot snapshot, MatchingOptions? options = null, MatchKnowledge? knowledge = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _options = options ?? MatchingOptions.Default;
        PaymentMatcher.Check(_options);
        foreach (var customer in snapshot.Customers)
        {
            _customers.TryAdd(customer.Id, customer);
        }

        foreach (var payment in snapshot.Payments)
        {
            _payments.TryAdd(payment.Item.Id, payment);
        }

        _known = knowledge is not null && new KnownEvidence(knowledge, snapshot.AsOf) is { IsEmpty: false } known ? known : null;
        _store = new ItemStore(_known?.Apply(snapshot) ?? snapshot);
    }

    /// <summary>A matcher for the ledger as it stands now.</summary>
    public PaymentMatcher Matcher
    {
        get
        {
            if (_isStale || _store.IsWorn)
            {
                Renew();
            }

            return _matcher ??= new PaymentMatcher(_store.View(), _options, _known);
        }
    }

    /// <summary>Adds a document, or puts it in the place of the one with its id: part-paid, settled (nothing open), disputed.</summary>
    /// <param name="item">The document; a payment is left out, as it is in a snapshot's open items.</param>
    /// <exception cref="ArgumentNullException"><paramref name="item"/> is null.</exception>
    public void Put(OpenItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _matcher = null;
        if (_isStale || !_store.TryPut(item))
        {
            _store.Remove(item.Id);
            _waiting.RemoveAll(w => w.Id == item.Id);
            _waiting.Add(item);
            _isStale = true;
        }
    }

    /// <summary>Removes a document: cancelled, or settled and of no interest any more.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>Whether it was there.</returns>
    public bool Remove(DocumentId id)
    {
        _matcher = null;
        return _store.Remove(id) | _waiting.RemoveAll(w => w.Id == id) > 0;
    }

    /// <summary>Adds a customer, or puts it in the place of the one with its id.</summary>
    /// <param name="customer">The customer.</param>
    /// <exception cref="ArgumentNullException"><paramref name="customer"/> is null.</exception>
    public void Put(Customer customer)
    {
        ArgumentNullException.ThrowIfNull(customer);
        _customers[customer.Id] = customer;
        _isStale = true;
    }

    /// <summary>Adds a payment, or puts it in the place of the one with its id.</summary>
    /// <param name="payment">The payment.</param>
    /// <exception cref="ArgumentNullException"><paramref name="payment"/> is null.</exception>
    public void Put(RecordedPayment payment)
    {
        ArgumentNullException.ThrowIfNull(payment);
        _payments[payment.Item.Id] = payment;
        _isStale = true;
    }

    private void Renew()
    {
        var items = _store.Standing().Concat(_waiting).ToLookup(i => ItemStore.RoleOf(i) == ItemRole.Settled);
        var snapshot = _store.Snapshot with { Customers = [.. _customers.Values], Payments = [.. _payments.Values], OpenItems = [.. items[false]], SettledItems = [.. items[true]] };
        _store = new ItemStore(_known?.Apply(snapshot) ?? snapshot);
        _waiting.Clear();
        _isStale = false;
        _matcher = null;
    }
}
