using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>What moved a customer's balance.</summary>
public enum MovementKind
{
    /// <summary>An invoice, or another document that is owed.</summary>
    Invoice,

    /// <summary>A credit note.</summary>
    CreditNote,

    /// <summary>A payment received.</summary>
    Payment,

    /// <summary>A payment, or a part of one, that the bank took back.</summary>
    PaymentReturn,

    /// <summary>Unapplied money given back.</summary>
    Refund,

    /// <summary>A cash discount given.</summary>
    Discount,

    /// <summary>Written off.</summary>
    WriteOff,

    /// <summary>A bank charge borne by us.</summary>
    Fee,

    /// <summary>A difference of exchange rates.</summary>
    Fx,

    /// <summary>A discount, write-off, charge or difference that was undone.</summary>
    Reversal,

    /// <summary>What was written off and is claimed again because it is paid after all.</summary>
    Recovery,
}

/// <summary>One change of what a customer owes in one currency.</summary>
/// <remarks>
/// An allocation between a payment and an invoice of one customer in one currency moves nothing: both count in full when they happen. Where it
/// joins two currencies or two customers it is two movements, one on each side. Immutable and safe to share between threads.
/// </remarks>
/// <param name="Customer">Whose balance; null for money of nobody yet known.</param>
/// <param name="Date">From which date it counts.</param>
/// <param name="Document">The document or payment.</param>
/// <param name="Number">The number printed on it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Amount">Signed: positive raises what the customer owes.</param>
public sealed record AccountMovement(CustomerId? Customer, LocalDate Date, DocumentId Document, string? Number, MovementKind Kind, Money Amount);
