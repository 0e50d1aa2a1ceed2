using NodaTime;
using Receivables.Sdk.Aging;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>What a customer owed, what moved, and what it owes: for the customer to compare with its own books.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record StatementOfAccount
{
    /// <summary>The customer.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>The customer's name.</summary>
    public string? Name { get; init; }

    /// <summary>The first day of the period.</summary>
    public required LocalDate From { get; init; }

    /// <summary>The last day of the period.</summary>
    public required LocalDate To { get; init; }

    /// <summary>One account for each currency that the customer ever had, in order of currency.</summary>
    public required IReadOnlyList<AccountStatement> Accounts { get; init; }

    /// <summary>The same without what only colleagues should read: signals and levels.</summary>
    public StatementOfAccount ForCustomer() => this with
    {
        Accounts = [.. Accounts.Select(a => a with { OpenItems = [.. a.OpenItems.Select(i => i with { Signal = null, Level = null })] })],
    };
}

/// <summary>A customer's account in one currency.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record AccountStatement
{
    /// <summary>The currency.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The balance at the end of the day before the period.</summary>
    public required Money Opening { get; init; }

    /// <summary>What moved in the period, in order of date, kind and id.</summary>
    public required IReadOnlyList<StatementMovement> Movements { get; init; }

    /// <summary>The balance at the end of the last day: opening plus movements.</summary>
    public required Money Closing { get; init; }

    /// <summary>What is open at the end of the last day, in order of due date, then id; credits are negative.</summary>
    public required IReadOnlyList<StatementItem> OpenItems { get; init; }

    /// <summary>
    /// <see cref="Closing"/> less the sum of <see cref="OpenItems"/>: zero where movements and open items come from one ledger, and the sign of a
    /// fault of the host's data where not.
    /// </summary>
    public required Money Difference { get; init; }

    /// <summary>How old the open items are; null where no aging was asked for.</summary>
    public AgingRow? Aging { get; init; }

    /// <summary>Payments dated after the period, where the options ask for them. They are no part of <see cref="Closing"/>.</summary>
    public IReadOnlyList<StatementMovement> LaterPayments { get; init; } = [];

    /// <summary>The balance after <see cref="LaterPayments"/>.</summary>
    public required Money Outstanding { get; init; }
}

/// <summary>A movement with the balance after it.</summary>
/// <param name="Date">The date.</param>
/// <param name="Document">The document or payment.</param>
/// <param name="Number">The number printed on it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Amount">Signed: positive raises what is owed.</param>
/// <param name="Balance">The balance after it.</param>
public sealed record StatementMovement(LocalDate Date, DocumentId Document, string? Number, MovementKind Kind, Money Amount, Money Balance);

/// <summary>An open item on a statement.</summary>
/// <param name="Document">The document or payment.</param>
/// <param name="Number">The number printed on it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Due">The earliest due date of which something is open; the date of issue or receipt for a credit.</param>
/// <param name="Open">What is open, signed: a credit is negative.</param>
/// <param name="Disputed">How much of it is disputed; null for none.</param>
/// <param name="Reminders">How often it was reminded.</param>
/// <param name="LastReminder">When it was last reminded.</param>
/// <param name="Signal">Its signal, for colleagues; null on what the customer sees.</param>
/// <param name="Level">The level of reminders it reached, for colleagues; null on what the customer sees.</param>
public sealed record StatementItem(
    DocumentId Document, string? Number, DocumentKind Kind, LocalDate Due, Money Open, Money? Disputed, int Reminders, LocalDate? LastReminder, ItemSignal? Signal, int? Level);
