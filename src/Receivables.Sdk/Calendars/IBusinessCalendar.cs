using NodaTime;

namespace Receivables.Sdk.Calendars;

/// <summary>Tells working days from others. A host may bring its own.</summary>
/// <remarks>An implementation is pure and thread-safe: the same date always gives the same answer.</remarks>
public interface IBusinessCalendar
{
    /// <summary>The name of the calendar, such as <c>TARGET</c> or <c>DE-BY</c>.</summary>
    string Name { get; }

    /// <summary>Whether banks (or the trade that the calendar is of) work on a date.</summary>
    /// <param name="date">The date.</param>
    /// <exception cref="CalendarRangeException">The calendar does not know that year: it never takes an unknown day for a working day.</exception>
    bool IsBusinessDay(LocalDate date);
}
