using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Aging;

/// <summary>One line of an aging report: a group in one currency, or the total of a currency.</summary>
/// <remarks><see cref="Total"/> is always the exact sum of <see cref="Cells"/>. Immutable and safe to share between threads.</remarks>
public sealed class AgingRow
{
    private readonly AgingTable _table;
    private readonly int _number;
    private readonly decimal[] _values;
    private readonly int _at;

    internal AgingRow(AgingTable table, int number, string group, Currency currency, bool isTotal, decimal[] values, int at) =>
        (_table, _number, Group, Currency, IsTotal, _values, _at) = (table, number, group, currency, isTotal, values, at);

    /// <summary>The group as it is; empty for what belongs to none, and for a total.</summary>
    public string Group { get; }

    /// <summary>The currency of every amount in the row.</summary>
    public Currency Currency { get; }

    /// <summary>Whether the row is the total of a currency.</summary>
    public bool IsTotal { get; }

    /// <summary>The group as reports write it: <c>*</c> for a total, <c>\*</c> for a group whose name is a star.</summary>
    public string Title => IsTotal ? "*" : Group == "*" ? "\\*" : Group;

    /// <summary>What is not due yet.</summary>
    public Money NotDue => SumOf(AgingColumnKind.NotDue);

    /// <summary>The columns of what is overdue, youngest first.</summary>
    public IReadOnlyList<AgingCell> Buckets => [.. Cells.Where(c => c.Column.Kind == AgingColumnKind.Bucket)];

    /// <summary>What is overdue: the sum of <see cref="Buckets"/>.</summary>
    public Money Overdue => SumOf(AgingColumnKind.Bucket);

    /// <summary>Open credit notes and payments, negative or zero. Zero where <see cref="AgingOptions.Unapplied"/> puts all of them elsewhere.</summary>
    public Money Unapplied => SumOf(AgingColumnKind.Unapplied);

    /// <summary>The open balance: the sum of all <see cref="Cells"/>.</summary>
    public Money Total
    {
        get
        {
            var sum = 0m;
            foreach (var column in _table.Columns)
            {
                sum += _values[_at + column.Index];
            }

            return new Money(sum, Currency);
        }
    }

    /// <summary>How much of <see cref="Total"/> is disputed.</summary>
    public Money Disputed => Share(AgingShare.Disputed);

    /// <summary>All cells, in the order of <see cref="AgingReport.Columns"/>.</summary>
    public IReadOnlyList<AgingCell> Cells => [.. _table.Columns.Select(c => this[c])];

    /// <summary>The cell of a column.</summary>
    /// <param name="column">A column of the report.</param>
    /// <exception cref="ArgumentException">The column is another report's.</exception>
    public AgingCell this[AgingColumn column]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(column);
            return column.Index < _table.Columns.Length && _table.Columns[column.Index] == column
                ? new AgingCell(this, column, new Money(_values[_at + column.Index], Currency))
                : throw new ArgumentException("The column is none of this report's.", nameof(column));
        }
    }

    /// <summary>How much of what is owed has a property: disputed, promised, on hold. Shares overlap and are no part of the sum.</summary>
    /// <param name="share">The property.</param>
    public Money Share(AgingShare share) => new(_values[_at + _table.Columns.Length + (int)share], Currency);

    /// <summary>Title, currency and total.</summary>
    public override string ToString() => $"{Title} {Total}";

    internal IReadOnlyList<AgedItem> ItemsOf(AgingColumn column) => _table.ItemsOf(this, _number, column.Index);

    internal bool IsAllZero
    {
        get
        {
            foreach (var value in _values.AsSpan(_at, _table.Width))
            {
                if (value != 0m)
                {
                    return false;
                }
            }

            return true;
        }
    }

    private Money SumOf(AgingColumnKind kind)
    {
        var sum = 0m;
        foreach (var column in _table.Columns)
        {
            sum += column.Kind == kind ? _values[_at + column.Index] : 0m;
        }

        return new Money(sum, Currency);
    }
}

/// <summary>A property of money that is owed, told beside the buckets.</summary>
public enum AgingShare
{
    /// <summary>Disputed.</summary>
    Disputed,

    /// <summary>Promised, and the promise still runs.</summary>
    Promised,

    /// <summary>Owed by a customer on hold.</summary>
    OnHold,

    /// <summary>In a payment plan that still runs.</summary>
    InPlan,

    /// <summary>Given to an agency or bailiff.</summary>
    HandedOver,
}

/// <summary>One cell: an amount and what it is made of.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public readonly struct AgingCell
{
    private readonly AgingRow _row;

    internal AgingCell(AgingRow row, AgingColumn column, Money amount) => (_row, Column, Amount) = (row, column, amount);

    /// <summary>The column.</summary>
    public AgingColumn Column { get; }

    /// <summary>The amount, signed: positive is owed to us.</summary>
    public Money Amount { get; }

    /// <summary>What the cell is made of, in order of id and instalment. Their amounts add up to <see cref="Amount"/>.</summary>
    /// <remarks>The first call on a report sorts its items into cells, in time linear in their number; a further call costs what the cell holds.</remarks>
    public IReadOnlyList<AgedItem> Items => _row.ItemsOf(Column);

    /// <summary>The ids of the documents in the cell, ordinal, each once.</summary>
    public IReadOnlyList<DocumentId> Documents => [.. Items.Select(i => i.Item.Id).Distinct()];

    /// <summary>Column and amount.</summary>
    public override string ToString() => $"{Column}: {Amount}";
}

/// <summary>An open item, or an instalment of one, in a cell.</summary>
/// <param name="Item">The item.</param>
/// <param name="Instalment">The instalment, from 1; 1 where the document is aged as a whole.</param>
/// <param name="Date">The date from which it was aged.</param>
/// <param name="Amount">What of it stands in the cell, signed.</param>
public readonly record struct AgedItem(OpenItem Item, int Instalment, LocalDate Date, Money Amount);
