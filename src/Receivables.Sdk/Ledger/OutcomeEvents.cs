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
public sealed record DocumentTransmitted : LedgerEvent
{
    /// <summary>The document.</summary>
    public required DocumentId Invoice { get; init; }

    /// <summary>When.</summary>
    public required LocalDate On { get; init; }

    /// <summary>How it went.</summary>
    public required DeliveryOutcome Outcome { get; init; }

    /// <summary>How it was sent.</summary>
    public string? Channel { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => On;
}

/// <summary>The money of a payment that was recorded before it reached the bank has arrived.</summary>
public sealed record PaymentCleared : LedgerEvent
{
    /// <summary>The payment.</summary>
    public required DocumentId Payment { get; init; }

    /// <summary>When.</summary>
    public required LocalDate On { get; init; }

    /// <summary>The bank transaction that brought it.</summary>
    public required TransactionId Transaction { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => On;
}

/// <summary>The disputes of an invoice that stand were resolved.</summary>
public sealed record DisputeResolved : LedgerEvent
{
    /// <summary>The invoice.</summary>
    public required DocumentId Invoice { get; init; }

    /// <summary>The day from which they no longer stand.</summary>
    public required LocalDate On { get; init; }

    /// <summary>How much of the complaint was accepted, in the invoice's currency; null is not said. Only a credit note or a write-off changes what is open.</summary>
    public decimal? Accepted { get; init; }

    /// <summary>What was decided.</summary>
    public string? Reason { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => On;
}

/// <summary>The promises of an invoice that stand have ended.</summary>
public sealed record PromiseEnded : LedgerEvent
{
    /// <summary>The invoice.</summary>
    public required DocumentId Invoice { get; init; }

    /// <summary>The day from which they no longer stand.</summary>
    public required LocalDate On { get; init; }

    /// <summary>How.</summary>
    public required AgreementOutcome Outcome { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => On;
}

/// <summary>The payment plan of an invoice has ended.</summary>
public sealed record PlanEnded : LedgerEvent
{
    /// <summary>The invoice.</summary>
    public required DocumentId Invoice { get; init; }

    /// <summary>The day from which it no longer stands.</summary>
    public required LocalDate On { get; init; }

    /// <summary>How.</summary>
    public required AgreementOutcome Outcome { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => On;
}

/// <summary>The holds on a customer that stand were released.</summary>
public sealed record HoldReleased : LedgerEvent
{
    /// <summary>The customer.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>The day from which they no longer stand.</summary>
    public required LocalDate On { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => On;
}

/// <summary>What became of a reminder.</summary>
public sealed record ReminderConcluded : LedgerEvent
{
    /// <summary>The planned action that was carried out.</summary>
    public required ActionId Action { get; init; }

    /// <summary>When.</summary>
    public required LocalDate On { get; init; }

    /// <summary>What became of it. A cancelled reminder counts as never sent from <see cref="On"/>.</summary>
    public required ReminderOutcome Outcome { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => On;
}

/// <summary>An invoice came back from collection.</summary>
public sealed record HandoverRecalled : LedgerEvent
{
    /// <summary>The invoice.</summary>
    public required DocumentId Invoice { get; init; }

    /// <summary>From which day.</summary>
    public required LocalDate On { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => On;
}

/// <summary>A customer became insolvent.</summary>
public sealed record InsolvencyDeclared : LedgerEvent
{
    /// <summary>The customer.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>From which day.</summary>
    public required LocalDate On { get; init; }

    /// <summary>What kind of proceedings, or whose word it is.</summary>
    public string? Reason { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => On;
}

/// <summary>A customer's credit limit changed.</summary>
public sealed record CreditLimitChanged : LedgerEvent
{
    /// <summary>The customer.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>From which day.</summary>
    public required LocalDate On { get; init; }

    /// <summary>The limit in the ledger's currency, zero or above; null is no limit.</summary>
    public decimal? Limit { get; init; }

    /// <summary>How much of it a credit insurer covers, in the ledger's currency; null is nothing.</summary>
    public decimal? Insured { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => On;
}
