using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>A part of a document with a due date of its own.</summary>
/// <param name="Due">When it is due.</param>
/// <param name="Amount">How much, above zero, in the document's currency.</param>
public sealed record InstalmentTerm(LocalDate Due, decimal Amount);

/// <summary>A document was issued: an invoice, a credit note, a debit note, a claim.</summary>
public sealed record DocumentIssued : LedgerEvent
{
    /// <summary>The id, unique among documents and payments of the ledger.</summary>
    public required DocumentId Id { get; init; }

    /// <summary>What it is; anything but <see cref="DocumentKind.Payment"/>, which is a <see cref="PaymentReceived"/>.</summary>
    public required DocumentKind Kind { get; init; }

    /// <summary>Whose it is.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>The number printed on it.</summary>
    public string? Number { get; init; }

    /// <summary>The date of issue, from which it counts.</summary>
    public required LocalDate Issued { get; init; }

    /// <summary>When it is due; null is on the date of issue. Not used where there are <see cref="Instalments"/>.</summary>
    public LocalDate? Due { get; init; }

    /// <summary>The amount, above zero; the kind gives the side.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The currency; null is the ledger's.</summary>
    public Currency? Currency { get; init; }

    /// <summary>The structured payment reference, bare or as printed.</summary>
    public string? Reference { get; init; }

    /// <summary>The customer's order number.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>The contract's number.</summary>
    public string? ContractNumber { get; init; }

    /// <summary>The seller's company whose claim or credit it is, where the ledger holds several; null for the only one.</summary>
    public string? Entity { get; init; }

    /// <summary>Further numbers under which it is known.</summary>
    public IReadOnlyList<string> OtherNumbers { get; init; } = [];

    /// <summary>The steps of the cash discount.</summary>
    public IReadOnlyList<CashDiscount> CashDiscounts { get; init; } = [];

    /// <summary>The parts with due dates of their own; their amounts add up to <see cref="Amount"/>. Empty for a document that is due as a whole.</summary>
    public IReadOnlyList<InstalmentTerm> Instalments { get; init; } = [];

    /// <summary>
    /// What a credit note credits, or what interest or a fee accrued on: information, since only an allocation applies anything. A
    /// <see cref="DocumentKind.Recovery"/> must name the document whose write-off it takes up again, and is at most what of it was written off
    /// on an earlier day and not yet recovered.
    /// </summary>
    public DocumentId? RelatedTo { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => Issued;
}

/// <summary>Money was received.</summary>
public sealed record PaymentReceived : LedgerEvent
{
    /// <summary>The id, unique among documents and payments of the ledger.</summary>
    public required DocumentId Id { get; init; }

    /// <summary>Who paid; null is a fault, and the payment is kept as the unapplied money of nobody.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>The date of receipt, from which it counts.</summary>
    public required LocalDate Received { get; init; }

    /// <summary>The amount, above zero.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The currency; null is the ledger's.</summary>
    public Currency? Currency { get; init; }

    /// <summary>The bank transaction it came from; null when it was recorded before its money reached the bank (card, provider, cheque, at the counter).</summary>
    public TransactionId? Transaction { get; init; }

    /// <summary>How it was paid, as the host calls it.</summary>
    public string? Method { get; init; }

    /// <summary>The seller's company that received it, where the ledger holds several; null for the only one.</summary>
    public string? Entity { get; init; }

    /// <inheritdoc/>
    public override LocalDate EffectiveDate => Received;
}
