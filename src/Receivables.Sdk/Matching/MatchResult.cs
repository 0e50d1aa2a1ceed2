using Receivables.Sdk.Ledger;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Matching;

/// <summary>A part of an answer: so much of the transaction, or of a credit note or adjustment, closes so much of a document.</summary>
/// <param name="Document">The document that is closed; for <see cref="AllocationKind.Credit"/> the credit note that is netted in.</param>
/// <param name="Amount">How much, in the document's currency.</param>
/// <param name="Kind">What it does.</param>
public sealed record MatchAllocation(DocumentId Document, Money Amount, AllocationKind Kind)
{
    /// <summary>For <see cref="AllocationKind.Credit"/> the invoice that the credit note settles.</summary>
    public DocumentId? To { get; init; }

    /// <summary>The document's customer, where it is not the answer's.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>In the transaction's currency, where the document's is another.</summary>
    public Money? Paid { get; init; }

    /// <summary><see cref="Paid"/> divided by <see cref="Amount"/>, where the currencies differ.</summary>
    public decimal? Rate { get; init; }
}

/// <summary>Unapplied money of a payment or credit note that a debit paid back.</summary>
/// <param name="From">The payment or credit note.</param>
/// <param name="Amount">How much.</param>
public sealed record MatchRefund(DocumentId From, Money Amount);

/// <summary>A field in which the bank and the ledger do not agree.</summary>
/// <param name="Field">The field: <c>number</c>, <c>reference</c>, <c>amount</c>, <c>currency</c>, <c>name</c>, <c>account</c> or <c>date</c>.</param>
/// <param name="Bank">What the bank says; null for nothing.</param>
/// <param name="Ledger">What the ledger says; null for nothing.</param>
public sealed record FieldDifference(string Field, string? Bank, string? Ledger);

/// <summary>Another answer, less likely than the one given.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record MatchAlternative
{
    private readonly IReadOnlyList<FieldDifference>? _differences;

    /// <summary>Whose account it would settle.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>The probability that it is right, 0 to 1.</summary>
    public required decimal Confidence { get; init; }

    /// <summary>What it would close.</summary>
    public IReadOnlyList<MatchAllocation> Allocations { get; init; } = [];

    /// <summary>How the money relates to what is open.</summary>
    public MatchOutcome Outcome { get; init; }

    /// <summary>What speaks for and against it, heaviest first.</summary>
    public IReadOnlyList<MatchEvidence> Explanation { get; init; } = [];

    /// <summary>Where it does not agree with the bank's data. Written when it is read.</summary>
    public IReadOnlyList<FieldDifference> Differences
    {
        get => _differences ?? Differing?.Write() ?? [];
        init => _differences = value;
    }

    /// <summary>From what <see cref="Differences"/> are written.</summary>
    internal Differences? Differing { get; init; }

    /// <summary>Its share of what the answer leaves.</summary>
    internal decimal Share { get; init; }
}

/// <summary>The answer for one transaction.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record MatchResult
{
    /// <summary>The transaction.</summary>
    public required BankTransaction Transaction { get; init; }

    /// <summary>What is to be done with the answer.</summary>
    public required MatchDecision Decision { get; init; }

    /// <summary>Whose account is settled; null where nobody is known.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>The calibrated probability that customer and allocations are both right, 0 to 1, to four decimals; null where there is no answer.</summary>
    public decimal? Confidence { get; init; }

    /// <summary>What is closed, in the order in which the documents are paid.</summary>
    public IReadOnlyList<MatchAllocation> Allocations { get; init; } = [];

    /// <summary>What is left of the transaction, in its own currency and with its sign.</summary>
    public required Money Residual { get; init; }

    /// <summary>How the money relates to what was open.</summary>
    public required MatchOutcome Outcome { get; init; }

    /// <summary>What speaks for and against the answer, heaviest first.</summary>
    public IReadOnlyList<MatchEvidence> Explanation { get; init; } = [];

    /// <summary>Other answers, in falling confidence; at most <see cref="MatchingOptions.MaxAlternatives"/>.</summary>
    public IReadOnlyList<MatchAlternative> Alternatives { get; init; } = [];

    /// <summary>For <see cref="MatchOutcome.Clearing"/> and <see cref="MatchOutcome.Payout"/> the recorded payments whose money this is.</summary>
    public IReadOnlyList<DocumentId> Clears { get; init; } = [];

    /// <summary>For <see cref="MatchOutcome.Return"/> the payments that are taken back.</summary>
    public IReadOnlyList<DocumentId> Reverses { get; init; } = [];

    /// <summary>For <see cref="MatchOutcome.Refund"/> what is paid back.</summary>
    public IReadOnlyList<MatchRefund> Refunds { get; init; } = [];

    /// <summary>For <see cref="MatchOutcome.AlreadyPosted"/> the payment that carries the transaction.</summary>
    public DocumentId? Payment { get; init; }

    /// <summary>What the confidence was read with, to fit its table again.</summary>
    internal (CalibrationClass Class, int Odds)? Calibrated { get; init; }

    /// <summary>The version of the decision model.</summary>
    public string Model { get; init; } = PaymentMatcher.ModelVersion;
}
