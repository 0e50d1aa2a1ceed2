using Receivables.Sdk.Ledger;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.TestKit.Matching;

/// <summary>How hard the payments of a market are to match: the shares of a public problem generator for cash application.</summary>
public enum Difficulty
{
    /// <summary>Mostly one invoice with its number.</summary>
    Easy,

    /// <summary>A quarter of the names differ, an eighth of the numbers has an error.</summary>
    Medium,

    /// <summary>Four names in ten differ, a fifth of the numbers has an error, many sums and parts.</summary>
    Hard,
}

/// <summary>What a seller and its payers are like.</summary>
public sealed record MarketParameters
{
    /// <summary>How many open invoices.</summary>
    public int Items { get; init; } = 1000;

    /// <summary>How many payments.</summary>
    public int Payments { get; init; } = 200;

    /// <summary>How hard.</summary>
    public Difficulty Difficulty { get; init; } = Difficulty.Medium;

    /// <summary>The seed of everything.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The languages of names and texts, by index into <see cref="MarketWords"/>.</summary>
    public IReadOnlyList<int> Languages { get; init; } = [0, 1, 2];

    /// <summary>The numbering schemes to choose from.</summary>
    public IReadOnlyList<string> Schemes { get; init; } = FittingSchemes;

    /// <summary>The share of customers whose account the ledger knows.</summary>
    public double KnownAccounts { get; init; } = 0.5;

    /// <summary>The share of invoices with a structured reference.</summary>
    public double References { get; init; } = 0.2;

    /// <summary>The share of payments without a payer's name.</summary>
    public double NoName { get; init; } = 0.05;

    /// <summary>The share of amounts that are multiples of five.</summary>
    public double RoundAmounts { get; init; } = 0.4;

    /// <summary>How many digits, letters and words around the number mean nothing.</summary>
    public double Distractors { get; init; } = 0.3;

    /// <summary>The share of payments of rarer kinds, none by default; on top of the shares of the difficulty: returns, refunds, other debits, recorded payments that clear one by one, as a deposit or as a provider's payout, instalments, ranges and short lists, cheques, a statement month, a parent for its subsidiary, another currency.</summary>
    public double RareKinds { get; init; }

    /// <summary>Schemes on which weights were fitted: y year, m month, n sequence, k customer; other characters stand for themselves.</summary>
    public static IReadOnlyList<string> FittingSchemes => ["yyyy-nnnnn", "INV-yyyy-nnnn", "yynnnnn", "REnnnnnn", "18000nnnnn", "yyyy/mm/nnnn", "nnnnnn", "F-nnnnn"];

    /// <summary>Schemes that no weight has seen.</summary>
    public static IReadOnlyList<string> TestingSchemes => ["yyyynnnnnn", "FAC/yyyy/nnnnn", "VK-yy-nnnnn", "nnnnnnnn", "Ayymm.nnnn", "kkkk-nnnn", "SI-nnnnnn", "yy.nnnn", "30nnnnnnn"];
}

/// <summary>What is right for a payment.</summary>
/// <param name="Recipe">How the payment was made, for reading failures.</param>
/// <param name="Customer">Whose account it settles; null where nobody in the ledger paid.</param>
/// <param name="Parts">What it closes: document, amount and kind.</param>
/// <param name="Outcome">The outcome's word.</param>
public sealed record Truth(string Recipe, CustomerId? Customer, IReadOnlyList<(DocumentId Document, Money Amount, AllocationKind Kind)> Parts, Receivables.Sdk.Matching.MatchOutcome Outcome)
{
    /// <summary>Whether a document of it is disputed: then a person must look at it.</summary>
    public bool IsDisputed { get; init; }

    /// <summary>The recorded payments that it clears, takes back or pays back.</summary>
    public IReadOnlyList<DocumentId> Moves { get; init; } = [];
}

/// <summary>A ledger, and payments with what is right for each.</summary>
public sealed record Market(LedgerSnapshot Ledger, IReadOnlyList<BankTransaction> Transactions, IReadOnlyList<Truth> Truths);
