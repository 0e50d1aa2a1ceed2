using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>Why a posting cannot be undone by events.</summary>
public enum UndoObstacle
{
    /// <summary>Nothing stands in the way.</summary>
    None,

    /// <summary>The ledger has nothing that was posted for the transaction, or it is undone already.</summary>
    NothingPosted,

    /// <summary>The transaction cleared a payment that the host had recorded, or took money back or paid it out: the ledger has no event that takes such a fact back.</summary>
    NoInverse,
}

/// <summary>What is to be appended to undo a posting.</summary>
/// <param name="Events">The events; none where something stands in the way.</param>
/// <param name="Obstacle">What stands in the way.</param>
public sealed record UndoPlan(IReadOnlyList<LedgerEvent> Events, UndoObstacle Obstacle);

/// <summary>Undoes what was posted for a bank transaction, by events: nothing is removed from the ledger.</summary>
/// <remarks>
/// The adjustments and netted credit notes of the answer are reversed, and the payment is returned by its own transaction (<see cref="PaymentReturned.Transaction"/> is the transaction that it came from, which no bank's
/// return is). All counts from the day of the posting, or of the last allocation of its money if that is later, so that the ledger stands as if it had never been posted; <see cref="LedgerEvent.RecordedAt"/> says when that
/// became known, and a report as known before still shows the posting. The matcher takes the transaction for not posted, and proposes what it proposed before.
/// </remarks>
public static class PostingUndo
{
    /// <summary>The reason on the events.</summary>
    public const string Reason = "undone";

    /// <summary>The events that undo what was posted for a transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="ledger">The ledger as it stands.</param>
    /// <param name="recordedAt">When it became known; null is the start of the day from which it counts.</param>
    /// <exception cref="ArgumentNullException"><paramref name="ledger"/> is null.</exception>
    public static UndoPlan Plan(TransactionId transaction, LedgerSnapshot ledger, Instant? recordedAt = null)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var undone = UndoneIn(ledger);
        var first = PaymentPosting.PaymentId(transaction).Value;
        var ours = ledger.Payments.Where(p => p.Transaction == transaction && IsOf(p.Item.Id.Value, first, '~') && !undone.Contains(p.Item.Id)).ToList();
        if (ours is not [var payment])
        {
            var hasOther = ledger.Payments.Any(p => p.Transaction == transaction && !undone.Contains(p.Item.Id)) || ledger.BookedDebits.Any(d => d.Transaction == transaction && !undone.Contains(d.Document));
            return new UndoPlan([], hasOther ? UndoObstacle.NoInverse : UndoObstacle.NothingPosted);
        }

        var allocations = "A-" + payment.Item.Id.Value["P-".Length..];
        var adjustments = ledger.Allocations.Where(a => a.From != payment.Item.Id && IsOf(a.Id.Value, allocations, '-')).OrderBy(a => a.Id).ToList();
        var events = adjustments.ConvertAll<LedgerEvent>(a => new AllocationReversed { Allocation = a.Id, On = a.On, Reason = Reason, RecordedAt = recordedAt });

        // What the payment pays is reopened by its return.
        events.Add(new PaymentReturned
        {
            Payment = payment.Item.Id,
            On = payment.Allocations.Concat(adjustments).Select(a => a.On).Append(payment.Item.Issued).Max(),
            Reason = Reason,
            Transaction = transaction,
            RecordedAt = recordedAt,
        });
        return new UndoPlan(events, UndoObstacle.None);
    }

    /// <summary>The payments that were undone: returned by the transaction that they came from.</summary>
    internal static HashSet<DocumentId> UndoneIn(LedgerSnapshot ledger)
    {
        if (ledger.BookedDebits.Count == 0)
        {
            return [];
        }

        var debits = ledger.BookedDebits.Select(d => (d.Document, d.Transaction)).ToHashSet();
        return [.. ledger.Payments.Where(p => p.Transaction is { } transaction && debits.Contains((p.Item.Id, transaction))).Select(p => p.Item.Id)];
    }

    // The id itself, or the id, the mark and a number.
    private static bool IsOf(string id, string first, char mark) =>
        id.StartsWith(first, StringComparison.Ordinal)
        && (id.Length == first.Length || (id[first.Length] == mark && id.Length > first.Length + 1 && !id.AsSpan(first.Length + 1).ContainsAnyExceptInRange('0', '9')));
}
