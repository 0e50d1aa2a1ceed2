using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>A part of a document was closed: by money, by a credit note, or by an adjustment.</summary>
/// <remarks>It counts from <see cref="On"/>, never before its documents.</remarks>
public sealed record AllocationMade : LedgerEvent
{
    /// <summary>The id, unique among allocations of the ledger.</summary>
    public required AllocationId Id { get; init; }

    /// <summary>The payment or credit note it takes from; null for an adjustment.</summary>
    public DocumentId? From { get; init; }

    /// <summary>The document it closes a part of.</summary>
    public required DocumentId To { get; init; }

    /// <summary>In the currency of <see cref="To"/>, above zero; only <see cref="AllocationKind.Fx"/> may be negative, and then reopens.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The date it is meant for.</summary>
    public required LocalDate On { get; init; }

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

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => On;
}

/// <summary>An allocation was undone: both sides are open again from <see cref="On"/>.</summary>
public sealed record AllocationReversed : LedgerEvent
{
    /// <summary>The allocation.</summary>
    public required AllocationId Allocation { get; init; }

    /// <summary>From which date.</summary>
    public required LocalDate On { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => On;
}

/// <summary>
/// The bank took a payment back. From <see cref="On"/> its unapplied money goes first, then its allocations by date and id from the last, the
/// last one in part; that much of the payment no longer counts.
/// </summary>
public sealed record PaymentReturned : LedgerEvent
{
    /// <summary>The payment.</summary>
    public required DocumentId Payment { get; init; }

    /// <summary>From which date.</summary>
    public required LocalDate On { get; init; }

    /// <summary>How much, above zero, in the payment's currency; null is all that is left of it.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Why: an ISO 20022 external return reason (<c>AC04</c>), or the host's words.</summary>
    public string? Reason { get; init; }

    /// <summary>The bank transaction that took it; null when it is not known.</summary>
    public TransactionId? Transaction { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => On;
}

/// <summary>Unapplied money of a payment or credit note was given back to the customer.</summary>
public sealed record MoneyRefunded : LedgerEvent
{
    /// <summary>The payment or credit note.</summary>
    public required DocumentId From { get; init; }

    /// <summary>From which date.</summary>
    public required LocalDate On { get; init; }

    /// <summary>How much, above zero, in the currency of <see cref="From"/>.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The bank transaction that took it; null when it is not known.</summary>
    public TransactionId? Transaction { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => On;
}
