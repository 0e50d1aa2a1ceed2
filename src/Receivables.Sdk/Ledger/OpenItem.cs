using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>What an item of the ledger is.</summary>
public enum DocumentKind
{
    /// <summary>An invoice.</summary>
    Invoice,

    /// <summary>A credit note: it lowers what the customer owes.</summary>
    CreditNote,

    /// <summary>A payment received: it lowers what the customer owes.</summary>
    Payment,

    /// <summary>A debit note.</summary>
    DebitNote,

    /// <summary>A request for a deposit or prepayment.</summary>
    DepositRequest,

    /// <summary>An opening balance taken over from another system.</summary>
    OpeningBalance,

    /// <summary>A claim of interest, linked to the claim it accrued on.</summary>
    InterestClaim,

    /// <summary>A claim of a fee or collection cost, linked to its claim.</summary>
    FeeClaim,

    /// <summary>What of a written-off document is claimed again because it is paid after all; linked to that document, whose write-off stays.</summary>
    Recovery,
}

/// <summary>One part of a document with a due date of its own, with what of it is open.</summary>
/// <param name="Number">From 1, in order of due date as the document lists them.</param>
/// <param name="Due">When it is due.</param>
/// <param name="Amount">The amount, positive.</param>
/// <param name="Open">What of it is open, zero to <paramref name="Amount"/>.</param>
public sealed record OpenInstalment(int Number, LocalDate Due, Money Amount, Money Open);

/// <summary>A step of a cash discount: so much percent when paid on or before a date.</summary>
/// <param name="Percent">The discount, above 0 and up to 100.</param>
/// <param name="Until">The last day.</param>
public sealed record CashDiscount(Percentage Percent, LocalDate Until);

/// <summary>
/// A document or payment with what of it is open, at one moment. This is what matching, aging and reminders run on: a host fills it from its
/// own tables, or has <see cref="LedgerSnapshot"/> made from events.
/// </summary>
/// <remarks>Amounts are positive; <see cref="IsCredit"/> gives the side. Immutable and safe to share between threads.</remarks>
public sealed record OpenItem
{
    /// <summary>The host's id, unique among documents and payments of the ledger.</summary>
    public required DocumentId Id { get; init; }

    /// <summary>What it is.</summary>
    public required DocumentKind Kind { get; init; }

    /// <summary>Whose it is; null for a payment of nobody yet known.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>The number printed on the document.</summary>
    public string? Number { get; init; }

    /// <summary>The date of issue, or of receipt for a payment.</summary>
    public required LocalDate Issued { get; init; }

    /// <summary>The due date of the whole; not used where there are <see cref="Instalments"/>.</summary>
    public required LocalDate Due { get; init; }

    /// <summary>The amount of the document, positive.</summary>
    public required Money Amount { get; init; }

    /// <summary>What is open, zero to <see cref="Amount"/>: positive for both sides.</summary>
    public required Money Open { get; init; }

    /// <summary>How much of <see cref="Open"/> is disputed; null is none.</summary>
    public Money? Disputed { get; init; }

    /// <summary>The parts with due dates of their own; empty for an item that is due as a whole.</summary>
    public IReadOnlyList<OpenInstalment> Instalments { get; init; } = [];

    /// <summary>The structured payment reference, bare or as printed.</summary>
    public string? Reference { get; init; }

    /// <summary>The customer's order number.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>The contract's number.</summary>
    public string? ContractNumber { get; init; }

    /// <summary>Further numbers under which the document is known, such as those of an older system.</summary>
    public IReadOnlyList<string> OtherNumbers { get; init; } = [];

    /// <summary>The cash discount steps, earliest date first.</summary>
    public IReadOnlyList<CashDiscount> CashDiscounts { get; init; } = [];

    /// <summary>The document it belongs to: what a credit note credits, what interest or a fee accrued on, what a recovery takes up again.</summary>
    public DocumentId? RelatedTo { get; init; }

    /// <summary>The seller's company whose claim it is, where a host keeps several in one set of rows; null for the only one. Reminders never put two into one letter.</summary>
    public string? Entity { get; init; }

    /// <summary>Whether it lowers what the customer owes.</summary>
    public bool IsCredit => Kind is DocumentKind.CreditNote or DocumentKind.Payment;

    /// <summary>What is open, signed: positive is owed to us.</summary>
    public Money SignedOpen => IsCredit ? -Open : Open;

    /// <summary>The instalments, or the whole as the first and only one.</summary>
    public IReadOnlyList<OpenInstalment> Parts => Instalments.Count > 0 ? Instalments : [new OpenInstalment(1, Due, Amount, Open)];
}
