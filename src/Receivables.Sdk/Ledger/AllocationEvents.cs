using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>Where an allocation comes from.</summary>
public enum AllocationOrigin
{
    /// <summary>Posted unseen, by a rule or the matcher.</summary>
    Automatic,

    /// <summary>Proposed by the matcher and confirmed by a person.</summary>
    Confirmed,

    /// <summary>Made by a person.</summary>
    Manual,
}

/// <summary>A part of a document was closed: by money, by a credit note, or by an adjustment.</summary>
/// <remarks>It counts from <see cref="DatedLedgerEvent.On"/>, never before its documents.</remarks>
public sealed record AllocationMade : DatedLedgerEvent
{
    /// <summary>The id, unique among allocations of the ledger.</summary>
    public required AllocationId Id { get; init; }

    /// <summary>The payment or credit note it takes from; null for an adjustment.</summary>
    public DocumentId? From { get; init; }

    /// <summary>The document it closes a part of.</summary>
    public required DocumentId To { get; init; }

    /// <summary>In the currency of <see cref="To"/>, above zero; only <see cref="AllocationKind.Fx"/> may be negative, and then reopens.</summary>
    public required decimal Amount { get; init; }

    /// <summary>What it does.</summary>
    public required AllocationKind Kind { get; init; }

    /// <summary>In the currency of <see cref="From"/>, where that is another one.</summary>
    public decimal? Paid { get; init; }

    /// <summary><see cref="Paid"/> ÷ <see cref="Amount"/>, right to a minor unit.</summary>
    public decimal? Rate { get; init; }

    /// <summary>Who or what made it.</summary>
    public string? By { get; init; }

    /// <summary>Why, in the host's words.</summary>
    public string? Reason { get; init; }

    /// <summary>Where it comes from; null where it is not said.</summary>
    public AllocationOrigin? Origin { get; init; }
}

/// <summary>An allocation was undone: both sides are open again from <see cref="DatedLedgerEvent.On"/>.</summary>
public sealed record AllocationReversed : DatedLedgerEvent
{
    /// <summary>The allocation.</summary>
    public required AllocationId Allocation { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}

/// <summary>
/// The bank took a payment back. From <see cref="DatedLedgerEvent.On"/> its unapplied money goes first, then its allocations by date and id from the last, the
/// last one in part; that much of the payment no longer counts.
/// </summary>
public sealed record PaymentReturned : DatedLedgerEvent
{
    /// <summary>The payment.</summary>
    public required DocumentId Payment { get; init; }

    /// <summary>How much, above zero, in the payment's currency; null is all that is left of it.</summary>
    public decimal? Amount { get; init; }

    /// <summary>By which way. Default not said; a <see cref="Reason"/> is then read as a bank's.</summary>
    public ReversalKind Kind { get; init; }

    /// <summary>Why: an ISO 20022 external return reason (<c>AC04</c>), for a chargeback the code of the card scheme (Visa <c>13.1</c>, Mastercard <c>4853</c>), or the host's words.</summary>
    public string? Reason { get; init; }

    /// <summary>What the code says; unknown where there is none, or none that is known.</summary>
    public ReversalCause Cause => ReversalCodes.Of(Kind, Reason);

    /// <summary>The bank transaction that took it; null when it is not known.</summary>
    public TransactionId? Transaction { get; init; }
}

/// <summary>Unapplied money of a payment or credit note was given back to the customer.</summary>
public sealed record MoneyRefunded : DatedLedgerEvent
{
    /// <summary>The payment or credit note.</summary>
    public required DocumentId From { get; init; }

    /// <summary>How much, above zero, in the currency of <see cref="From"/>.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The bank transaction that took it; null when it is not known.</summary>
    public TransactionId? Transaction { get; init; }
}

/// <summary>What a bank transaction booked on a payment or credit note was wrong and never counted: the payment itself, its clearing, a return or a refund.</summary>
/// <remarks>
/// <para>The ledger is as if it had never been booked, on every day, whenever it was undone; only a report as known before still shows it. With a payment go its allocations and
/// their reversals. What another transaction did with the payment since must be undone first.</para>
/// <para>Of several bookings of the transaction on the document it undoes the last that was known by then and is not undone: so what was undone can be
/// booked again, and undone again. The id of a payment that was undone is used up.</para>
/// </remarks>
public sealed record BookingUndone : DatedLedgerEvent
{
    /// <summary>The payment or credit note.</summary>
    public required DocumentId Document { get; init; }

    /// <summary>The bank transaction.</summary>
    public required TransactionId Transaction { get; init; }

    /// <summary>Allocations that were booked with it and do not come from the payment: adjustments, credit notes netted in.</summary>
    public IReadOnlyList<AllocationId> Allocations { get; init; } = [];

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}
