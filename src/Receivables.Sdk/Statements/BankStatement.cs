using NodaTime;

namespace Receivables.Sdk.Statements;

/// <summary>The account that a statement is of.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record StatementAccount
{
    /// <summary>The account as an IBAN, when it is one.</summary>
    public Iban? Iban { get; init; }

    /// <summary>The national account number: of an IBAN its account part where the country's form is known, else as the source writes it.</summary>
    public string? Number { get; init; }

    /// <summary>The bank's BIC, as the source writes it.</summary>
    public string? Bic { get; init; }

    /// <summary>The account's currency; null when the source does not say.</summary>
    public Currency? Currency { get; init; }

    /// <summary>The account holder's name.</summary>
    public string? Owner { get; init; }

    /// <summary>The text that identifies the account in import keys: the IBAN, else the number without separators, else empty.</summary>
    public string Key => Iban?.Value ?? AccountKey.Of(Number);
}

/// <summary>A balance at a date.</summary>
/// <param name="Date">The date; null where the source has none that exists.</param>
/// <param name="Amount">The signed balance: a credit balance is positive.</param>
public sealed record StatementBalance(LocalDate? Date, Money Amount)
{
    /// <summary>What kind of balance: the source's code (<c>OPBD</c>, <c>62F</c>, <c>64</c> …).</summary>
    public string Kind { get; init; } = "";
}

/// <summary>What is known of a statement before its first transaction.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record StatementHeader
{
    /// <summary>The format it was read from.</summary>
    public required StatementFormat Format { get; init; }

    /// <summary>The account.</summary>
    public required StatementAccount Account { get; init; }

    /// <summary>The statement's own id (MT <c>:20:</c>, camt <c>Id</c>); null when there is none.</summary>
    public string? StatementId { get; init; }

    /// <summary>The number as written (MT <c>:28C:</c>, camt <c>ElctrncSeqNb</c>, else <c>LglSeqNb</c>); of joined pages the first.</summary>
    public string? Number { get; init; }

    /// <summary>The first day, where the source says it before its transactions.</summary>
    public LocalDate? From { get; init; }

    /// <summary>The last day, where the source says it before its transactions.</summary>
    public LocalDate? To { get; init; }

    /// <summary>The opening balance, where the source has one.</summary>
    public StatementBalance? Opening { get; init; }

    /// <summary>Where the statement starts.</summary>
    public SourceLocation Location { get; init; } = SourceLocation.Start;
}

/// <summary>What is known of a statement after its last transaction: balances, verdict, diagnostics.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record StatementClosing
{
    /// <summary>The first day.</summary>
    public LocalDate? From { get; init; }

    /// <summary>The last day.</summary>
    public LocalDate? To { get; init; }

    /// <summary>The opening balance (of joined pages the first page's).</summary>
    public StatementBalance? Opening { get; init; }

    /// <summary>The closing balance (of joined pages the last page's).</summary>
    public StatementBalance? Closing { get; init; }

    /// <summary>Further balances, such as available ones, in the source's order.</summary>
    public IReadOnlyList<StatementBalance> OtherBalances { get; init; } = [];

    /// <summary>Text about the whole statement (MT <c>:86:</c> after <c>:62F:</c>, camt <c>AddtlStmtInf</c>).</summary>
    public string? Information { get; init; }

    /// <summary>Whether the arithmetic proves that nothing was lost.</summary>
    public required IntegrityVerdict Verdict { get; init; }

    /// <summary>What the reader has to say, in order of place.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>How many transactions were read.</summary>
    public int TransactionCount { get; init; }
}

/// <summary>A bank statement in no format.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record BankStatement
{
    /// <summary>What is known before the first transaction.</summary>
    public required StatementHeader Header { get; init; }

    /// <summary>The transactions, in the source's order.</summary>
    public required IReadOnlyList<BankTransaction> Transactions { get; init; }

    /// <summary>What is known after the last transaction.</summary>
    public required StatementClosing Closing { get; init; }

    /// <summary>The format it was read from.</summary>
    public StatementFormat Format => Header.Format;

    /// <summary>The account.</summary>
    public StatementAccount Account => Header.Account;

    /// <summary>Whether the arithmetic proves that nothing was lost.</summary>
    public IntegrityVerdict Verdict => Closing.Verdict;

    /// <summary>What the reader has to say, in order of place.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => Closing.Diagnostics;

    /// <summary>Whether opening + booked transactions = closing; null when a balance is missing.</summary>
    public bool? IsBalanced => Verdict.IsBalanced;
}
