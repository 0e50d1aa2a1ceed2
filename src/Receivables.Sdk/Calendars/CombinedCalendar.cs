using NodaTime;

namespace Receivables.Sdk.Calendars;

/// <summary>Several calendars as one.</summary>
/// <remarks>It knows a year only when every part does. Immutable and safe to share between threads when its parts are.</remarks>
public sealed class CombinedCalendar : IBusinessCalendar
{
    private readonly IBusinessCalendar[] _parts;
    private readonly bool _needsAll;

    private CombinedCalendar(IEnumerable<IBusinessCalendar> parts, bool needsAll)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _parts = [.. parts];
        _needsAll = needsAll;
        if (_parts.Length == 0 || _parts.Contains(null))
        {
            throw new ArgumentException("A combined calendar needs at least one part.", nameof(parts));
        }

        Name = string.Join(needsAll ? "+" : "|", _parts.Select(p => p.Name));
    }

    /// <summary>The names of the parts, joined by <c>+</c> (business day in all) or <c>|</c> (in any).</summary>
    public string Name { get; }

    /// <summary>A business day is one of every part: the holidays are united. For a payment that needs both banks.</summary>
    /// <param name="parts">The calendars, at least one.</param>
    /// <exception cref="ArgumentException">There is no part.</exception>
    public static CombinedCalendar OpenInAll(params IEnumerable<IBusinessCalendar> parts) => new(parts, needsAll: true);

    /// <summary>A business day is one of any part: only the holidays that all share stay.</summary>
    /// <param name="parts">The calendars, at least one.</param>
    /// <exception cref="ArgumentException">There is no part.</exception>
    public static CombinedCalendar OpenInAny(params IEnumerable<IBusinessCalendar> parts) => new(parts, needsAll: false);

    /// <inheritdoc/>
    public bool IsBusinessDay(LocalDate date)
    {
        // Every part is asked, so that a year unknown to one is never hidden by another's answer.
        var open = 0;
        foreach (var part in _parts)
        {
            open += part.IsBusinessDay(date) ? 1 : 0;
        }

        return _needsAll ? open == _parts.Length : open > 0;
    }
}
