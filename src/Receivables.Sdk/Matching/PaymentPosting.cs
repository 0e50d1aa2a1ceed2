using System.Globalization;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>What is to be appended to a ledger, and what is not.</summary>
/// <param name="Events">The events, in the order of the answers.</param>
/// <param name="AlreadyPosted">Transactions whose answers the ledger has already: nothing is to be done.</param>
public sealed record PostingPlan(IReadOnlyList<LedgerEvent> Events, IReadOnlyList<TransactionId> AlreadyPosted);

/// <summary>Turns accepted answers into events of the ledger.</summary>
/// <remarks>
/// The ids derive from the transaction's id, so that the same answer always makes the same events. A payment takes the whole amount; what no
/// allocation uses stays unapplied. Money of payments recorded earlier makes no second payment: each is marked as cleared by the transaction.
/// Every event carries the transaction, so that matching the same statement again finds it posted.
/// </remarks>
public static class PaymentPosting
{
    /// <summary>The events that carry out answers.</summary>
    /// <param name="matches">The answers; those that are not accepted are passed over.</param>
    /// <param name="ledger">The ledger as it stands, to know what it has already.</param>
    /// <param name="acceptSuggested">Whether suggested answers are carried out too, and automatic ones of transactions whose posting was undone.</param>
    /// <param name="confirmedBy">The person who confirmed the answers, for their allocations; null for none, whose allocations are automatic.</param>
    /// <exception cref="ArgumentNullException"><paramref name="matches"/> or <paramref name="ledger"/> is null.</exception>
    public static PostingPlan Plan(IEnumerable<PostableMatch> matches, LedgerSnapshot ledger, bool acceptSuggested = false, string? confirmedBy = null)
    {
        ArgumentNullException.ThrowIfNull(matches);
        ArgumentNullException.ThrowIfNull(ledger);
        var payments = ledger.Payments.ToDictionary(p => p.Item.Id);
        var undone = ledger.UndoneBookings.Select(b => b.Transaction).ToHashSet();
        var known = ledger.Payments.Select(p => p.Transaction).OfType<TransactionId>().Concat(ledger.BookedDebits.Select(d => d.Transaction)).ToHashSet();
        var events = new List<LedgerEvent>();
        var already = new List<TransactionId>();
        foreach (var match in matches)
        {
            ArgumentNullException.ThrowIfNull(match, nameof(matches));
            if (match.Outcome == MatchOutcome.AlreadyPosted)
            {
                already.Add(match.Transaction);
                continue;
            }

            // What a person undid is not posted unseen once more.
            var isAccepted = match.Decision == MatchDecision.Automatic ? acceptSuggested || !undone.Contains(match.Transaction) : acceptSuggested && match.Decision == MatchDecision.Suggested;
            if (!isAccepted)
            {
                continue;
            }

            if (match.Outcome is MatchOutcome.None || (match.Outcome == MatchOutcome.Payout && match.Clears.Count == 0))
            {
                continue;
            }

            var isNew = known.Add(match.Transaction) && match.Outcome switch
            {
                MatchOutcome.Return => AddReturns(match, payments, events),
                MatchOutcome.Refund => AddRefunds(match, ledger, events),
                MatchOutcome.Clearing or MatchOutcome.Payout => AddClearings(match, payments, events),
                _ => AddPayment(match, payments, ledger, confirmedBy, events),
            };
            if (!isNew)
            {
                already.Add(match.Transaction);
            }
        }

        return new PostingPlan(events, already);
    }

    /// <summary>The id of the payment that a transaction makes. Posted again after it was undone, the id ends with ~2, then ~3 and so on, and those of its allocations likewise.</summary>
    /// <param name="transaction">The transaction.</param>
    public static DocumentId PaymentId(TransactionId transaction) => new("P-" + transaction.Value);

    /// <summary>The transaction that an event carries; null for none.</summary>
    internal static TransactionId? TransactionOf(LedgerEvent item) => item switch
    {
        PaymentReceived e => e.Transaction,
        PaymentCleared e => e.Transaction,
        PaymentReturned e => e.Transaction,
        MoneyRefunded e => e.Transaction,
        _ => null,
    };

    private static bool AddPayment(PostableMatch match, Dictionary<DocumentId, RecordedPayment> payments, LedgerSnapshot ledger, string? by, List<LedgerEvent> events)
    {
        var turn = PostingUndo.TurnOf(match.Transaction, ledger);
        var payment = new DocumentId(PaymentId(match.Transaction).Value + turn);
        if (payments.ContainsKey(payment))
        {
            return false;
        }

        events.Add(new PaymentReceived
        {
            Id = payment,
            Customer = match.Customer,
            Received = match.Date,
            Amount = match.Amount.Amount,
            Currency = match.Amount.Currency,
            Transaction = match.Transaction,
            Method = "transfer",
        });
        for (var i = 0; i < match.Allocations.Count; i++)
        {
            var allocation = match.Allocations[i];
            events.Add(new AllocationMade
            {
                Id = new AllocationId(string.Create(CultureInfo.InvariantCulture, $"A-{match.Transaction.Value}{turn}-{i + 1}")),
                From = allocation.Kind switch { AllocationKind.Payment => payment, AllocationKind.Credit => allocation.Document, _ => null },
                To = allocation.Kind == AllocationKind.Credit ? allocation.To ?? allocation.Document : allocation.Document,
                Amount = allocation.Amount.Amount,
                On = match.Date,
                Kind = allocation.Kind,
                Paid = allocation.Paid?.Amount,
                Rate = allocation.Rate,
                Origin = by is null ? AllocationOrigin.Automatic : AllocationOrigin.Confirmed,
                By = by,
            });
        }

        return true;
    }

    private static bool AddClearings(PostableMatch match, Dictionary<DocumentId, RecordedPayment> payments, List<LedgerEvent> events)
    {
        var isNew = match.Clears.Count == 0;
        foreach (var id in match.Clears)
        {
            if (payments.TryGetValue(id, out var payment) && payment.Transaction is null)
            {
                isNew = true;
                events.Add(new PaymentCleared { Payment = id, On = match.Date, Transaction = match.Transaction });
            }
        }

        return isNew;
    }

    private static bool AddReturns(PostableMatch match, Dictionary<DocumentId, RecordedPayment> payments, List<LedgerEvent> events)
    {
        var isNew = match.Reverses.Count == 0;
        foreach (var id in match.Reverses)
        {
            if (payments.TryGetValue(id, out var payment) && payment.Item.Amount - payment.Returned is { IsPositive: true } rest)
            {
                isNew = true;
                // A bank may take less than the payment; what it takes beyond it is its charge.
                var isPart = match.Reverses.Count == 1 && rest.Currency == match.Amount.Currency && match.Amount.Magnitude < rest;
                events.Add(new PaymentReturned
                {
                    Payment = id,
                    On = match.Date,
                    Amount = isPart ? match.Amount.Magnitude.Amount : payment.Returned.IsZero ? null : rest.Amount,
                    Reason = match.ReturnReason,
                    Transaction = match.Transaction,
                });
            }
        }

        return isNew;
    }

    private static bool AddRefunds(PostableMatch match, LedgerSnapshot ledger, List<LedgerEvent> events)
    {
        var isNew = false;
        foreach (var refund in match.Refunds)
        {
            var open = ledger.Payments.Select(p => p.Item).Concat(ledger.OpenItems).FirstOrDefault(i => i.Id == refund.From)?.Open;
            if (open is { } left && left.Currency == refund.Amount.Currency && left >= refund.Amount)
            {
                isNew = true;
                events.Add(new MoneyRefunded { From = refund.From, On = match.Date, Amount = refund.Amount.Amount, Transaction = match.Transaction });
            }
        }

        return isNew;
    }
}
