using System.Globalization;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>An answer that was accepted, unseen or by a person: what a posting needs of it and no more, so that it can be kept and posted later.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record AcceptedMatch
{
    /// <summary>The transaction's import key; the ids of everything posted derive from it.</summary>
    public required TransactionId Transaction { get; init; }

    /// <summary>When it was booked.</summary>
    public required LocalDate BookedOn { get; init; }

    /// <summary>The signed amount.</summary>
    public required Money Amount { get; init; }

    /// <summary>Whose account it settles; null posts nothing of a credit.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>How the money relates to what was open.</summary>
    public required MatchOutcome Outcome { get; init; }

    /// <summary>What is closed.</summary>
    public IReadOnlyList<MatchAllocation> Allocations { get; init; } = [];

    /// <summary>Payments that a return takes back.</summary>
    public IReadOnlyList<DocumentId> Reverses { get; init; } = [];

    /// <summary>What a refund pays back.</summary>
    public IReadOnlyList<MatchRefund> Refunds { get; init; } = [];

    /// <summary>Why the bank took a payment back.</summary>
    public string? ReturnReason { get; init; }

    /// <summary>What a posting needs of an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <exception cref="ArgumentException">The transaction has no date.</exception>
    public static AcceptedMatch Of(MatchResult answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var transaction = answer.Transaction;
        return new AcceptedMatch
        {
            Transaction = transaction.Id,
            BookedOn = transaction.BookingDate ?? transaction.ValueDate ?? throw new ArgumentException("A transaction without a date cannot be posted.", nameof(answer)),
            Amount = transaction.Amount,
            Customer = answer.Customer,
            Outcome = answer.Outcome,
            Allocations = answer.Allocations,
            Reverses = answer.Reverses,
            Refunds = answer.Refunds,
            ReturnReason = transaction.ReturnReason,
        };
    }
}

/// <summary>Turns accepted answers into events of the ledger.</summary>
/// <remarks>
/// Pure. Ids derive from the transaction's import key: posting the same answer twice gives the same ids, and a ledger takes each id once. A
/// clearing, a payout and what is posted already need no event: the ledger has the payments.
/// </remarks>
public static class Posting
{
    /// <summary>The id that the payment of a transaction gets, or got when it was posted.</summary>
    /// <param name="transaction">The transaction's import key.</param>
    public static DocumentId PaymentIdOf(TransactionId transaction) => new($"P-{transaction}");

    /// <summary>The events that carry an answer out: a payment with its allocations, returns, or refunds.</summary>
    /// <param name="match">The accepted answer.</param>
    /// <returns>The events in order; empty where nothing is to be posted.</returns>
    public static IReadOnlyList<LedgerEvent> EventsOf(AcceptedMatch match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return match.Outcome switch
        {
            MatchOutcome.None or MatchOutcome.AlreadyPosted or MatchOutcome.Clearing or MatchOutcome.Payout => [],
            MatchOutcome.Return => [.. match.Reverses.Select(p => Return(match, p))],
            MatchOutcome.Refund => [.. match.Refunds.Select(r => new MoneyRefunded { From = r.From, On = match.BookedOn, Amount = r.Amount.Amount })],
            _ when match.Customer is null || !match.Amount.IsPositive => [],
            _ => Payment(match),
        };
    }

    // One payment taken back may be so in part; of several each is taken back whole.
    private static PaymentReturned Return(AcceptedMatch match, DocumentId payment) => new()
    {
        Payment = payment,
        On = match.BookedOn,
        Amount = match.Reverses.Count == 1 ? match.Amount.Magnitude.Amount : null,
        Reason = match.ReturnReason,
    };

    private static List<LedgerEvent> Payment(AcceptedMatch match)
    {
        var payment = PaymentIdOf(match.Transaction);
        var events = new List<LedgerEvent>
        {
            new PaymentReceived
            {
                Id = payment,
                Customer = match.Customer,
                Received = match.BookedOn,
                Amount = match.Amount.Amount,
                Currency = match.Amount.Currency,
                Transaction = match.Transaction,
                Method = "transfer",
            },
        };
        var number = 0;
        foreach (var allocation in match.Allocations)
        {
            events.Add(Allocation(match, payment, allocation, ++number));
        }

        return events;
    }

    private static AllocationMade Allocation(AcceptedMatch match, DocumentId payment, MatchAllocation allocation, int number) => new()
    {
        Id = new AllocationId(string.Create(CultureInfo.InvariantCulture, $"A-{match.Transaction}-{number}")),
        From = allocation.Kind switch
        {
            AllocationKind.Payment => payment,
            AllocationKind.Credit => allocation.Document,
            _ => null,
        },
        To = allocation.Kind == AllocationKind.Credit ? allocation.To ?? allocation.Document : allocation.Document,
        Amount = allocation.Amount.Amount,
        On = match.BookedOn,
        Kind = allocation.Kind,
        Paid = allocation.Paid?.Amount,
        Rate = allocation.Rate,
    };
}
