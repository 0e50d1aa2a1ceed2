using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>How the sending of a document went.</summary>
public enum DeliveryOutcome
{
    /// <summary>It was sent.</summary>
    Sent,

    /// <summary>It arrived.</summary>
    Delivered,

    /// <summary>It came back.</summary>
    Bounced,
}

/// <summary>How a promise or a payment plan ended.</summary>
public enum AgreementOutcome
{
    /// <summary>It was kept to the end.</summary>
    Kept,

    /// <summary>It was broken.</summary>
    Broken,

    /// <summary>It was taken back or replaced.</summary>
    Withdrawn,
}

/// <summary>What became of a reminder after it was sent.</summary>
public enum ReminderOutcome
{
    /// <summary>It arrived.</summary>
    Delivered,

    /// <summary>It did not arrive.</summary>
    Failed,

    /// <summary>It was taken back.</summary>
    Cancelled,
}

/// <summary>A document was sent, arrived, or came back.</summary>
public sealed record DocumentTransmitted : DatedLedgerEvent
{
    /// <summary>The document.</summary>
    public required DocumentId Invoice { get; init; }

    /// <summary>How it went.</summary>
    public required DeliveryOutcome Outcome { get; init; }

    /// <summary>How it was sent.</summary>
    public string? Channel { get; init; }
}

/// <summary>The money of a payment that was recorded before it reached the bank has arrived.</summary>
public sealed record PaymentCleared : DatedLedgerEvent
{
    /// <summary>The payment.</summary>
    public required DocumentId Payment { get; init; }

    /// <summary>The bank transaction that brought it.</summary>
    public required TransactionId Transaction { get; init; }
}

/// <summary>A part of what is disputed was accepted: from <see cref="DatedLedgerEvent.On"/> that much is no longer disputed, and the rest still is.</summary>
/// <remarks>Only a credit note or a write-off changes what is open. A dispute of all that is open stays one of all that is open.</remarks>
public sealed record DisputePartlyAccepted : DatedLedgerEvent
{
    /// <summary>The invoice.</summary>
    public required DocumentId Invoice { get; init; }

    /// <summary>How much was accepted, above zero, in the invoice's currency. It goes to the disputes that stand, the earliest first.</summary>
    public required decimal Accepted { get; init; }

    /// <summary>What was decided.</summary>
    public string? Reason { get; init; }
}

/// <summary>The disputes of an invoice that stand were resolved.</summary>
public sealed record DisputeResolved : DatedLedgerEvent
{
    /// <summary>The invoice.</summary>
    public required DocumentId Invoice { get; init; }

    /// <summary>How much of the complaint was accepted, in the invoice's currency; null is not said. Only a credit note or a write-off changes what is open.</summary>
    public decimal? Accepted { get; init; }

    /// <summary>What was decided.</summary>
    public string? Reason { get; init; }
}

/// <summary>The promises of an invoice that stand have ended.</summary>
public sealed record PromiseEnded : DatedLedgerEvent
{
    /// <summary>The invoice.</summary>
    public required DocumentId Invoice { get; init; }

    /// <summary>How.</summary>
    public required AgreementOutcome Outcome { get; init; }
}

/// <summary>The payment plan of an invoice has ended.</summary>
public sealed record PlanEnded : DatedLedgerEvent
{
    /// <summary>The invoice.</summary>
    public required DocumentId Invoice { get; init; }

    /// <summary>How.</summary>
    public required AgreementOutcome Outcome { get; init; }
}

/// <summary>The holds on a customer that stand were released.</summary>
public sealed record HoldReleased : DatedLedgerEvent
{
    /// <summary>The customer.</summary>
    public required CustomerId Customer { get; init; }
}

/// <summary>What became of a reminder.</summary>
public sealed record ReminderConcluded : DatedLedgerEvent
{
    /// <summary>The planned action that was carried out.</summary>
    public required ActionId Action { get; init; }

    /// <summary>What became of it. A cancelled reminder counts as never sent from <see cref="DatedLedgerEvent.On"/>.</summary>
    public required ReminderOutcome Outcome { get; init; }
}

/// <summary>An invoice came back from collection.</summary>
public sealed record HandoverRecalled : DatedLedgerEvent
{
    /// <summary>The invoice.</summary>
    public required DocumentId Invoice { get; init; }
}

/// <summary>A customer became insolvent.</summary>
public sealed record InsolvencyDeclared : DatedLedgerEvent
{
    /// <summary>The customer.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>What kind of proceedings, or whose word it is.</summary>
    public string? Reason { get; init; }
}

/// <summary>A customer's credit limit changed.</summary>
public sealed record CreditLimitChanged : DatedLedgerEvent
{
    /// <summary>The customer.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>The limit in the ledger's currency, zero or above; null is no limit.</summary>
    public decimal? Limit { get; init; }

    /// <summary>How much of it a credit insurer covers, in the ledger's currency; null is nothing.</summary>
    public decimal? Insured { get; init; }
}
