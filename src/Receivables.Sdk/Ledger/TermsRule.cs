using System.Collections.Immutable;
using NodaTime;
using Receivables.Sdk.Calendars;

namespace Receivables.Sdk.Ledger;

/// <summary>Steps from a base date to a date, taken one after the other: "45 days, then the end of the month" is not "the end of the month, then 45 days".</summary>
/// <remarks>
/// The result is never before the base date, and never earlier for a later base date. Equality is by steps. No steps give the base date itself.
/// Immutable and safe to share between threads.
/// </remarks>
public sealed class TermsRule : IEquatable<TermsRule>
{
    private readonly ImmutableArray<TermsStep> _steps;

    /// <summary>A rule.</summary>
    /// <param name="steps">The steps in order, at most ten.</param>
    /// <exception cref="ArgumentException">There are more than ten, or one is null.</exception>
    public TermsRule(params IEnumerable<TermsStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        _steps = [.. steps];
        if (_steps.Length > 10 || _steps.Contains(null!))
        {
            throw new ArgumentException("A rule has at most ten steps, none of them null.", nameof(steps));
        }
    }

    /// <summary>At once: the base date itself.</summary>
    public static TermsRule Immediately { get; } = new();

    /// <summary>The steps in order.</summary>
    public IReadOnlyList<TermsStep> Steps => _steps;

    /// <summary>The rule in our own notation: <c>45d eom</c>, <c>month 1 day 15</c>; <c>0d</c> for no steps.</summary>
    public string Notation => _steps.IsEmpty ? "0d" : string.Join(' ', _steps.Select(s => s.Notation));

    /// <summary>So many days.</summary>
    /// <param name="days">The number of days, 0 or more.</param>
    public static TermsRule InDays(int days) => days == 0 ? Immediately : new(new TermsStep.Days(days));

    /// <summary>The date that the rule gives.</summary>
    /// <param name="baseDate">The date that it counts from.</param>
    /// <param name="calendar">The calendar for business days; null where no step counts them.</param>
    /// <exception cref="ArgumentNullException">A step counts business days and there is no calendar.</exception>
    /// <exception cref="CalendarRangeException">The calendar does not know a year.</exception>
    public LocalDate Apply(LocalDate baseDate, IBusinessCalendar? calendar = null)
    {
        var date = baseDate;
        foreach (var step in _steps)
        {
            // No step goes behind the base date: "eom -5d" of the 30th is the 30th.
            date = LocalDate.Max(step.Apply(date, calendar), baseDate);
        }

        return date;
    }

    /// <inheritdoc/>
    public bool Equals(TermsRule? other) => other is not null && _steps.SequenceEqual(other._steps);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TermsRule);

    /// <inheritdoc/>
    public override int GetHashCode() => Notation.GetHashCode(StringComparison.Ordinal);

    /// <summary>The notation.</summary>
    public override string ToString() => Notation;
}
