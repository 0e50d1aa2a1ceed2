using System.Collections.Immutable;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Aging;

/// <summary>Why an item stands differently in two reports.</summary>
public enum AgingChangeKind
{
    /// <summary>It was not in the earlier report.</summary>
    Added,

    /// <summary>It is not in the later report: paid, credited or written off in full.</summary>
    Gone,

    /// <summary>More or less of it is open.</summary>
    Amount,

    /// <summary>The same is open, in another column: time has passed, or its date was changed.</summary>
    Column,

    /// <summary>It belongs to another row: its customer, or the customer's group, was changed.</summary>
    Row,
}

/// <summary>What became of one item between two reports.</summary>
/// <param name="Document">The document.</param>
/// <param name="Instalment">The instalment, from 1.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Kind">What became of it; the most telling where several things are true.</param>
/// <param name="BeforeGroup">Its row before; null when it was not there.</param>
/// <param name="BeforeColumn">Its column before; null when it was not there.</param>
/// <param name="Before">How much stood there before.</param>
/// <param name="AfterGroup">Its row after; null when it is not there.</param>
/// <param name="AfterColumn">Its column after; null when it is not there.</param>
/// <param name="After">How much stands there after.</param>
public sealed record AgingChange(
    DocumentId Document, int Instalment, Currency Currency, AgingChangeKind Kind, string? BeforeGroup, AgingColumn? BeforeColumn, Money Before, string? AfterGroup, AgingColumn? AfterColumn, Money After);

/// <summary>What changed between two reports, down to the items: "what is different from the board's pack?"</summary>
/// <remarks>The changes explain every difference of every cell to the cent. Immutable and safe to share between threads.</remarks>
/// <param name="Before">The earlier report.</param>
/// <param name="After">The later report.</param>
/// <param name="Changes">In order of currency, document, instalment.</param>
public sealed record AgingDifference(AgingReport Before, AgingReport After, ImmutableArray<AgingChange> Changes)
{
    /// <summary>Compares two reports of the same columns: of two dates, or of one date as known then and as known now.</summary>
    /// <param name="before">The earlier one.</param>
    /// <param name="after">The later one.</param>
    /// <exception cref="ArgumentException">The reports have different columns.</exception>
    public static AgingDifference Between(AgingReport before, AgingReport after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (!before.Columns.SequenceEqual(after.Columns))
        {
            throw new ArgumentException("The reports have different columns.", nameof(after));
        }

        var (one, two) = (Postings(before), Postings(after));
        var keys = one.Select(g => g.Key).Union(two.Select(g => g.Key));
        return new AgingDifference(before, after,
        [
            .. keys.SelectMany(k => Explain(k, [.. one[k]], [.. two[k]])).OrderBy(c => c.Currency).ThenBy(c => c.Document).ThenBy(c => c.Instalment).ThenBy(c => (c.BeforeColumn ?? c.AfterColumn)!.Index),
        ]);
    }

    /// <summary>The events behind each change: what one of the reports counts, by date or by what was known, and the other does not.</summary>
    /// <param name="events">The events of the ledger that both reports were made from, in any order.</param>
    /// <returns>One explanation for each of <see cref="Changes"/>, in their order.</returns>
    public ImmutableArray<AgingExplanation> Explain(IReadOnlyList<LedgerEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var causes = new ChangeCauses(Before, After, events);
        return [.. Changes.Select(causes.Explain)];
    }

    /// <summary>By how much a total changed.</summary>
    /// <param name="currency">The currency.</param>
    public Money ChangeOf(Currency currency) => Changes.Where(c => c.Currency == currency).Aggregate(Money.Zero(currency), (sum, c) => sum + c.After - c.Before);

    private static ILookup<(Currency, DocumentId, int), Posting> Postings(AgingReport report) =>
        (from row in report.Rows.IsEmpty ? report.Totals : report.Rows
         from cell in row.Cells
         from item in cell.Items
         select (Key: (row.Currency, item.Item.Id, item.Instalment), Posting: new Posting(row.Group, cell.Column, item.Amount))).ToLookup(p => p.Key, p => p.Posting);

    // Usually one posting on each side; more where a part of an item is disputed and stands in a column of its own.
    private static IEnumerable<AgingChange> Explain((Currency Currency, DocumentId Document, int Instalment) key, List<Posting> before, List<Posting> after)
    {
        var unchanged = before.Intersect(after).ToHashSet();
        before.RemoveAll(unchanged.Contains);
        after.RemoveAll(unchanged.Contains);
        var zero = Money.Zero(key.Currency);
        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            Posting? old = i < before.Count ? before[i] : null, now = i < after.Count ? after[i] : null;
            var kind = old is null ? AgingChangeKind.Added
                : now is null ? AgingChangeKind.Gone
                : old.Amount != now.Amount ? AgingChangeKind.Amount
                : old.Group != now.Group ? AgingChangeKind.Row
                : AgingChangeKind.Column;
            yield return new AgingChange(key.Document, key.Instalment, key.Currency, kind, old?.Group, old?.Column, old?.Amount ?? zero, now?.Group, now?.Column, now?.Amount ?? zero);
        }
    }

    private sealed record Posting(string Group, AgingColumn Column, Money Amount);
}
