using System.Runtime.InteropServices;
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

/// <summary>The ledger's payments: by transaction, by amount, by what they pay. For recognising what is posted, cleared, returned or refunded.</summary>
internal sealed class PaymentIndex
{
    private readonly Dictionary<string, PostedDocument> _byTransaction = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, List<IndexedPayment>> _byAmount = [];
    private readonly Dictionary<ulong, List<IndexedPayment>> _byUnapplied = [];
    private readonly Dictionary<ulong, List<IndexedPayment>> _byNumber = [];
    private readonly Dictionary<ulong, List<List<IndexedPayment>>> _deposits = [];
    private readonly List<IndexedPayment> _uncleared = [];

    internal PaymentIndex(LedgerSnapshot snapshot, LedgerIndex index)
    {
        // A payment that was undone is as if it had never been posted.
        var undone = PostingUndo.UndoneIn(snapshot);
        foreach (var payment in snapshot.Payments.Where(p => !undone.Contains(p.Item.Id)).OrderBy(p => p.Item.Id))
        {
            if (!Amounts.TryGet(payment.Item.Amount, out var whole) || !Amounts.TryGet(payment.Item.Open, out var open) || !Amounts.TryGet(payment.Returned, out var returned))
            {
                continue;
            }

            var customer = payment.Item.Customer is { } id ? index.Directory.GetOrAdd(id) : -1;
            var indexed = new IndexedPayment(payment, customer, whole - returned, open);
            if (payment.Transaction is { } transaction)
            {
                _byTransaction.TryAdd(transaction.Value, new PostedDocument(indexed.Id, payment.Item.Customer));
            }

            if (indexed.Amount <= 0)
            {
                continue;
            }

            var currency = payment.Item.Amount.Currency;
            Put(_byAmount, KeyHash.OfAmount(indexed.Amount, currency), indexed);
            if (open > 0)
            {
                Put(_byUnapplied, KeyHash.OfAmount(open, currency), indexed);
            }

            if (payment.Transaction is null)
            {
                _uncleared.Add(indexed);
            }

            foreach (var number in Numbers(payment, index))
            {
                NumberKeys.Each(number, KeyField.Number, (key, _) => Put(_byNumber, key, indexed));
            }
        }

        foreach (var debit in snapshot.BookedDebits.Where(d => !undone.Contains(d.Document)))
        {
            _byTransaction.TryAdd(debit.Transaction.Value, new PostedDocument(debit.Document, debit.Customer));
        }

        GroupDeposits();
    }

    /// <summary>All uncleared payments of one method and day, where they are several and add up to an amount.</summary>
    internal IReadOnlyList<List<IndexedPayment>> Deposits(long amount, Currency currency) =>
        _deposits.GetValueOrDefault(KeyHash.OfAmount(amount, currency)) ?? (IReadOnlyList<List<IndexedPayment>>)[];

    /// <summary>Payments that were recorded before their money reached the bank, in order of id.</summary>
    internal IReadOnlyList<IndexedPayment> Uncleared => _uncleared;

    internal PostedDocument? ByTransaction(string transaction) => _byTransaction.TryGetValue(transaction, out var document) ? document : null;

    internal IReadOnlyList<IndexedPayment> ByAmount(long amount, Currency currency) => Get(_byAmount, KeyHash.OfAmount(amount, currency));

    internal IReadOnlyList<IndexedPayment> ByUnapplied(long amount, Currency currency) => Get(_byUnapplied, KeyHash.OfAmount(amount, currency));

    internal IReadOnlyList<IndexedPayment> ByNumber(ulong key) => Get(_byNumber, key);

    private void GroupDeposits()
    {
        foreach (var day in _uncleared.GroupBy(p => (p.Payment.Item.Issued, p.Payment.Method, p.Payment.Item.Amount.Currency)).Where(g => g.Skip(1).Any()))
        {
            ref var deposits = ref CollectionsMarshal.GetValueRefOrAddDefault(_deposits, KeyHash.OfAmount(day.Sum(p => p.Amount), day.Key.Currency), out _);
            (deposits ??= []).Add([.. day]);
        }
    }

    // What names a payment: its own number, reference and id, and the numbers of what it pays.
    private static IEnumerable<string> Numbers(RecordedPayment payment, LedgerIndex index)
    {
        yield return payment.Item.Id.Value;
        if (payment.Item.Number is { } number)
        {
            yield return number;
        }

        if (payment.Item.Reference is { } reference)
        {
            yield return reference;
        }

        foreach (var allocation in payment.Allocations)
        {
            if (index.Find(allocation.To) is var item and >= 0)
            {
                if (index.Item(item).Number is { } paid)
                {
                    yield return paid;
                }

                if (index.Item(item).Reference is { } paidReference)
                {
                    yield return paidReference;
                }
            }
        }
    }

    private static List<IndexedPayment> Get(Dictionary<ulong, List<IndexedPayment>> map, ulong key) => map.GetValueOrDefault(key) ?? [];

    private static void Put(Dictionary<ulong, List<IndexedPayment>> map, ulong key, IndexedPayment payment)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(map, key, out _);
        list ??= [];
        if (!list.Contains(payment))
        {
            list.Add(payment);
        }
    }
}
