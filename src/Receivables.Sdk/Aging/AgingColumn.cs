namespace Receivables.Sdk.Aging;

/// <summary>A column of an aging report.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
/// <param name="Index">Its place in the report, from 0.</param>
/// <param name="Kind">What stands in it.</param>
/// <param name="Label">A short English title, <c>1-30</c>.</param>
/// <param name="From">The first day past due in it; null for no beginning, or where the column is no run of days.</param>
/// <param name="To">The last day past due in it, inclusive; null for no end, or where the column is no run of days.</param>
public sealed record AgingColumn(int Index, AgingColumnKind Kind, string Label, int? From, int? To)
{
    /// <inheritdoc/>
    public override string ToString() => Label;
}

/// <summary>What stands in a column of an aging report.</summary>
public enum AgingColumnKind
{
    /// <summary>What is due on the date of the report or later.</summary>
    NotDue,

    /// <summary>What is overdue by a range of days or months.</summary>
    Bucket,

    /// <summary>Open credit notes and payments, negative.</summary>
    Unapplied,

    /// <summary>What is disputed, where <see cref="DisputedTreatment.OwnColumn"/> takes it out of the buckets.</summary>
    Disputed,
}
