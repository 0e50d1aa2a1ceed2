namespace Receivables.Sdk.Ledger;

/// <summary>How far an item is settled. Derived each time, never stored.</summary>
public enum SettlementState
{
    /// <summary>All of it is open.</summary>
    Open,

    /// <summary>A part of it is closed.</summary>
    PartlySettled,

    /// <summary>Nothing is open.</summary>
    Settled,

    /// <summary>Nothing is open, and a payment that went to it has money left over.</summary>
    Overpaid,

    /// <summary>Nothing is open, and a part of it was written off.</summary>
    WrittenOff,

    /// <summary>A document that credit notes alone closed, or a payment that the bank took back as a whole.</summary>
    Reversed,
}

/// <summary>The settlement states of all items of one moment.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed class SettlementStates
{
    private readonly ILookup<DocumentId, StandingAllocation> _closing;
    private readonly Dictionary<DocumentId, RecordedPayment> _payments;
    private readonly Dictionary<DocumentId, OpenItem> _items;

    /// <summary>Takes the facts of a moment.</summary>
    /// <param name="snapshot">The moment.</param>
    public SettlementStates(LedgerSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _closing = snapshot.Allocations.ToLookup(a => a.To);
        _payments = snapshot.Payments.ToDictionary(p => p.Item.Id);
        _items = snapshot.OpenItems.Concat(snapshot.SettledItems).Concat(snapshot.Payments.Select(p => p.Item)).DistinctBy(i => i.Id).ToDictionary(i => i.Id);
    }

    /// <summary>The state of a document or payment.</summary>
    /// <param name="document">The document or payment.</param>
    /// <exception cref="KeyNotFoundException">The moment has no such item.</exception>
    public SettlementState this[DocumentId document]
    {
        get
        {
            var item = _items[document];
            if (_payments.TryGetValue(document, out var payment) && payment.Returned == item.Amount)
            {
                return SettlementState.Reversed;
            }

            return item.Open >= item.Amount ? SettlementState.Open
                : item.Open.IsPositive ? SettlementState.PartlySettled
                : StateOfClosed(document);
        }
    }

    private SettlementState StateOfClosed(DocumentId document)
    {
        var closing = _closing[document].ToList();
        if (closing.Exists(a => a.Kind == AllocationKind.WriteOff))
        {
            return SettlementState.WrittenOff;
        }

        if (closing.Count > 0 && closing.TrueForAll(a => a.Kind == AllocationKind.Credit))
        {
            return SettlementState.Reversed;
        }

        return closing.Exists(a => a.From is { } from && _payments.TryGetValue(from, out var payment) && payment.Item.Open.IsPositive)
            ? SettlementState.Overpaid
            : SettlementState.Settled;
    }
}
