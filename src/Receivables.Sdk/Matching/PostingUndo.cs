using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>Why a posting cannot be undone.</summary>
public enum UndoObstacle
{
    /// <summary>Nothing stands in the way.</summary>
    None,

    /// <summary>The ledger has nothing that was posted for the transaction, or it is undone already.</summary>
    NothingPosted,

    /// <summary>The host recorded a payment with this transaction by itself, and undoes it by itself.</summary>
    RecordedByHost,

    /// <summary>Another transaction took money of the payment back or paid it out since: that is undone first.</summary>
    MovedSince,
}

/// <summary>What is to be appended to undo a posting.</summary>
/// <param name="Events">The events; none where something stands in the way.</param>
/// <param name="Obstacle">What stands in the way.</param>
public sealed record UndoPlan(IReadOnlyList<BookingUndone> Events, UndoObstacle Obstacle);

/// <summary>Undoes what was posted for a bank transaction: a payment with its allocations, clearings, returns, refunds. Nothing is removed from the ledger.</summary>
/// <remarks>
/// The ledger then stands as if the transaction had never been posted, on every day (<see cref="BookingUndone"/>); a report as known before still shows
/// the posting. The matcher takes the transaction for not posted, and proposes what it proposed before; posted again, it has ids of its own.
/// </remarks>
public static class PostingUndo
{
    /// <summary>The events that undo what was posted for a transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="ledger">The ledger as it stands, as of a day on which the posting counts.</param>
    /// <param name="on">The day on which it is undone.</param>
    /// <param name="recordedAt">When that became known; null is the start of <paramref name="on"/>.</param>
    /// <param name="reason">Why; null for no word of it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="ledger"/> is null.</exception>
    public static UndoPlan Plan(TransactionId transaction, LedgerSnapshot ledger, LocalDate on, Instant? recordedAt = null, string? reason = null)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var booked = ledger.Payments.Where(p => p.Transaction == transaction).ToList();
        var received = booked.Where(p => p.ClearedOn is null).Select(p => p.Item.Id).ToList();
        if (received.Exists(p => !IsOurs(p, transaction)))
        {
            return new UndoPlan([], UndoObstacle.RecordedByHost);
        }

        var documents = booked.Select(p => p.Item.Id).Concat(ledger.Outflows.Where(o => o.Transaction == transaction).Select(o => o.Document)).Distinct().Order().ToList();
        if (documents.Count == 0)
        {
            return new UndoPlan([], UndoObstacle.NothingPosted);
        }

        if (ledger.Outflows.Any(o => o.Transaction != transaction && received.Contains(o.Document)))
        {
            return new UndoPlan([], UndoObstacle.MovedSince);
        }

        return new UndoPlan(
            [.. documents.Select(d => new BookingUndone
            {
                Document = d,
                Transaction = transaction,
                On = on,
                Allocations = received.Contains(d) ? BookedWith(d, ledger) : [],
                Reason = reason,
                RecordedAt = recordedAt,
            })],
            UndoObstacle.None);
    }

    /// <summary>The id of the payment that a transaction makes now: the plain one, or the next that was not undone.</summary>
    internal static string TurnOf(TransactionId transaction, LedgerSnapshot ledger)
    {
        var undone = ledger.UndoneBookings.Count(b => b.Transaction == transaction && IsOurs(b.Document, transaction));
        return undone == 0 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"~{undone + 1}");
    }

    // Adjustments and netted credit notes; what the payment pays goes with it.
    private static List<AllocationId> BookedWith(DocumentId payment, LedgerSnapshot ledger)
    {
        var first = "A-" + payment.Value["P-".Length..];
        return [.. ledger.Allocations.Where(a => a.From != payment && IsOf(a.Id.Value, first, '-')).Select(a => a.Id).Order()];
    }

    private static bool IsOurs(DocumentId payment, TransactionId transaction) => IsOf(payment.Value, PaymentPosting.PaymentId(transaction).Value, '~');

    // The id itself, or the id, the mark and a number.
    private static bool IsOf(string id, string first, char mark) =>
        id.StartsWith(first, StringComparison.Ordinal)
        && (id.Length == first.Length || (id[first.Length] == mark && id.Length > first.Length + 1 && !id.AsSpan(first.Length + 1).ContainsAnyExceptInRange('0', '9')));
}
