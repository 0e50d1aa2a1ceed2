using System.Globalization;

namespace Receivables.Sdk.Aging;

/// <summary>A half-open run of days past due: from <paramref name="From"/> on, up to but without <paramref name="To"/>.</summary>
/// <remarks>Day 0 is the due date itself, which is not overdue; day 1 is the first day overdue; days before the due date are negative. Immutable and safe to share between threads.</remarks>
/// <param name="From">The first day; null for no beginning.</param>
/// <param name="To">The day after the last one; null for no end.</param>
public readonly record struct AgingInterval(int? From, int? To)
{
    /// <summary>Whether no day lies in it.</summary>
    public bool IsEmpty => From is { } from && To is { } to && to <= from;

    /// <summary>Whether a number of days past due lies in it.</summary>
    /// <param name="days">Days past due.</param>
    public bool Contains(int days) => (From is not { } from || days >= from) && (To is not { } to || days < to);

    /// <summary>The mathematical notation, <c>[1, 31)</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(From is null ? "(-∞" : $"[{From}")}, {(To is null ? "∞" : $"{To}")})");
}
