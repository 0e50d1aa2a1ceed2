namespace Receivables.Sdk.Ledger;

/// <summary>What was undone of a ledger's bookings, as known at an instant: it counts as if it had never been recorded.</summary>
internal sealed class LedgerUndoings
{
    private readonly LedgerRowStore _rows;
    private readonly HashSet<int> _payments = [];
    private readonly HashSet<int> _allocations = [];
    private readonly HashSet<LedgerEvent> _events = new(ReferenceEqualityComparer.Instance);

    /// <summary>Takes the undoings known at an instant.</summary>
    /// <param name="rows">The resolved rows.</param>
    /// <param name="others">The resolved other events.</param>
    /// <param name="knownAt">Only what was known then; null is everything.</param>
    /// <param name="faults">Where undoings of nothing are told; null keeps silent.</param>
    internal LedgerUndoings(LedgerRowStore rows, IReadOnlyList<PlacedEvent> others, NodaTime.Instant? knownAt, LedgerFaultList? faults = null)
    {
        _rows = rows;
        var undoings = Known(others, knownAt).Where(p => p.Event is BookingUndone).OrderBy(p => p.Event.KnownFrom).ThenBy(p => p.Line).ToList();
        if (undoings.Count == 0)
        {
            return;
        }

        var bookings = Known(others, knownAt).Select(p => (Key: KeyOf(p.Event), Placed: p)).Where(b => b.Key is not null)
            .ToLookup(b => b.Key!.Value, b => b.Placed);
        foreach (var placed in undoings)
        {
            var undoing = (BookingUndone)placed.Event;
            if (!Undo(undoing, bookings[(undoing.Document, undoing.Transaction)], knownAt))
            {
                faults?.Error(LedgerCodes.NothingToUndo, "The bank transaction has booked nothing on the document, or it is undone already.", placed.Line);
                continue;
            }

            Done.Add(undoing);
            _allocations.UnionWith(undoing.Allocations.Select(a => rows.AllocationIds.Find(a.Value)));
        }
    }

    /// <summary>The undoings that found something, in the order in which they became known.</summary>
    internal List<BookingUndone> Done { get; } = [];

    /// <summary>Whether there are none.</summary>
    internal bool IsEmpty => Done.Count == 0;

    /// <summary>Whether a payment was undone.</summary>
    internal bool HasPayment(int document) => _payments.Contains(document);

    /// <summary>Whether an allocation was undone, by itself or with the payment that it comes from.</summary>
    internal bool HasAllocation(int allocation) => _allocations.Contains(allocation) || (_rows.Allocations[allocation].From is >= 0 and var from && _payments.Contains(from));

    /// <summary>Whether a clearing, return or refund was undone.</summary>
    internal bool Has(LedgerEvent item) => _events.Contains(item);

    private static (DocumentId Document, TransactionId Transaction)? KeyOf(LedgerEvent item) => item switch
    {
        PaymentCleared e => (e.Payment, e.Transaction),
        PaymentReturned { Transaction: { } transaction } e => (e.Payment, transaction),
        MoneyRefunded { Transaction: { } transaction } e => (e.From, transaction),
        _ => null,
    };

    private static IEnumerable<PlacedEvent> Known(IReadOnlyList<PlacedEvent> others, NodaTime.Instant? knownAt) =>
        knownAt is { } at ? others.Where(p => p.Event.KnownFrom <= at) : others;

    // The last booking that was known by then, or, where dates of days leave none, the first. The payment itself stands before what was done with it.
    private bool Undo(BookingUndone undoing, IEnumerable<PlacedEvent> bookings, NodaTime.Instant? knownAt)
    {
        var id = _rows.DocumentIds.Find(undoing.Document.Value);
        ref readonly var row = ref _rows.Documents[id];
        if (knownAt is { } at && !RowTime.IsKnown(row.Known, row.Issued, at))
        {
            return false;
        }

        var standing = bookings.Where(p => !_events.Contains(p.Event)).OrderBy(p => p.Event.KnownFrom).ThenBy(p => p.Event.EffectiveDate).ThenBy(p => p.Line).ToList();
        if (standing.Count > 0)
        {
            _events.Add((standing.FindLast(p => p.Event.KnownFrom <= undoing.KnownFrom) is { Event: not null } last ? last : standing[0]).Event);
            return true;
        }

        return row.Kind == DocumentKind.Payment && string.Equals(_rows.Pool.Text(row.Number), undoing.Transaction.Value, StringComparison.Ordinal) && _payments.Add(id);
    }
}
