using NodaTime;

namespace Receivables.Sdk.Statements.Reading;

/// <summary>What stands out when statements of several files are seen as one import.</summary>
/// <param name="File">The file of the later statement.</param>
/// <param name="Statement">The later statement.</param>
/// <param name="Diagnostic">What stands out, at the place of that statement.</param>
public sealed record ImportFinding(string File, BankStatement Statement, Diagnostic Diagnostic);

/// <summary>Looks at several files as one import: does each statement begin where the one before it ended, and was anything read twice?</summary>
/// <remarks>
/// Per account, statements are put in order of their last day, then first day. A statement whose transactions and balances were all seen before is a
/// repetition (<c>IMP007</c>), one that shares days with an earlier one an overlap (<c>IMP006</c>), one whose opening balance is not the closing balance before it
/// a gap (<c>IMP005</c>). Where a statement of another file goes on within a day and begins with a payment equal to one before it, the count
/// in its import key cannot know of the earlier one (<c>IMP008</c>). Pure: the same files give the same findings, in any order.
/// </remarks>
public static class StatementImport
{
    /// <summary>Everything that stands out.</summary>
    /// <param name="files">The files of the import.</param>
    public static IReadOnlyList<ImportFinding> Examine(IEnumerable<StatementFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var findings = new List<ImportFinding>();
        var all = files.SelectMany(f => f.Statements.Select(s => new Entry(f.Name, s)));
        foreach (var account in all.GroupBy(e => (e.Statement.Account.Key, e.Currency)).OrderBy(g => g.Key.Key, StringComparer.Ordinal).ThenBy(g => g.Key.Currency))
        {
            ExamineAccount([.. account.OrderBy(e => e.Last).ThenBy(e => e.First).ThenBy(e => e.Statement.Header.Number, StringComparer.Ordinal)
                .ThenBy(e => e.File, StringComparer.Ordinal).ThenBy(e => e.Statement.Header.Location.Offset)], findings);
        }

        return findings;
    }

    private static void ExamineAccount(List<Entry> entries, List<ImportFinding> findings)
    {
        Entry? before = null;
        var seen = new HashSet<Fingerprint>();
        foreach (var entry in entries)
        {
            if (!seen.Add(entry.Fingerprint))
            {
                findings.Add(entry.Finding(DiagnosticSeverity.Info, ImportCodes.Repeated, "The same statement stands in this import already."));
                continue;
            }

            if (before is not null)
            {
                ExamineNeighbours(before, entry, findings);
            }

            before = entry;
        }
    }

    private static void ExamineNeighbours(Entry before, Entry entry, List<ImportFinding> findings)
    {
        var goesOn = before.Statement.Closing.Closing?.Amount is { } closing && entry.Statement.Closing.Opening?.Amount is { } opening && closing == opening;
        if (entry.First is { } first && before.Last is { } last && first < last && !goesOn)
        {
            findings.Add(entry.Finding(DiagnosticSeverity.Warning, ImportCodes.Overlap, "The statement covers days that another statement of this import covers."));
        }
        else if (!goesOn && before.Statement.Closing.Closing is not null && entry.Statement.Closing.Opening is not null)
        {
            findings.Add(entry.Finding(DiagnosticSeverity.Warning, ImportCodes.Gap, "The opening balance is not the closing balance of the statement before: a statement is missing between them."));
        }

        if (goesOn && before.File != entry.File && SharesAnEqualPayment(before.Statement, entry.Statement))
        {
            findings.Add(entry.Finding(
                DiagnosticSeverity.Warning, ImportCodes.MidDayStart,
                "The file goes on in mid-day behind an equal payment: the two payments have the same import key, but are two."));
        }
    }

    private static bool SharesAnEqualPayment(BankStatement before, BankStatement entry)
    {
        var known = before.Transactions.Select(t => t.Id).ToHashSet();
        return entry.Transactions.Any(t => known.Contains(t.Id));
    }

    private sealed record Fingerprint(string? Number, LocalDate? From, LocalDate? To, Money? Opening, Money? Closing, int Count, TransactionId First, TransactionId Last);

    private sealed class Entry(string file, BankStatement statement)
    {
        internal string File => file;

        internal BankStatement Statement => statement;

        internal Currency Currency => (statement.Closing.Opening ?? statement.Closing.Closing)?.Amount.Currency ?? statement.Account.Currency ?? default;

        internal LocalDate? First { get; } = statement.Transactions.Select(t => t.BookingDate).Append(statement.Closing.From).Min();

        internal LocalDate? Last { get; } = statement.Transactions.Select(t => t.BookingDate).Append(statement.Closing.To).Max();

        internal Fingerprint Fingerprint { get; } = new(
            statement.Header.Number, statement.Closing.From, statement.Closing.To, statement.Closing.Opening?.Amount, statement.Closing.Closing?.Amount,
            statement.Transactions.Count, statement.Transactions.Count > 0 ? statement.Transactions[0].Id : default,
            statement.Transactions.Count > 0 ? statement.Transactions[^1].Id : default);

        internal ImportFinding Finding(DiagnosticSeverity severity, string code, string message) =>
            new(file, statement, new Diagnostic(severity, code, message, statement.Header.Location));
    }
}
