using NodaTime;

namespace Receivables.Sdk.Calendars;

/// <summary>Rolls, steps and counts over the business days of any calendar.</summary>
/// <remarks>
/// Every method throws <see cref="CalendarRangeException"/> when it would have to look at a year that the calendar does not know.
/// Pure and safe to share between threads.
/// </remarks>
public static class BusinessDays
{
    // No calendar of the world closes for so long: beyond this, the calendar itself is wrong.
    private const int LongestClosure = 400;

    /// <summary>Moves a date to a business day by a convention. A business day stays where it is.</summary>
    /// <param name="calendar">The calendar.</param>
    /// <param name="date">The date.</param>
    /// <param name="convention">The convention.</param>
    /// <exception cref="CalendarRangeException">A year that the calendar does not know.</exception>
    /// <exception cref="InvalidOperationException">The calendar has no business day within 400 days.</exception>
    public static LocalDate Adjust(this IBusinessCalendar calendar, LocalDate date, RollConvention convention)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        switch (convention)
        {
            case RollConvention.None:
                return date;
            case RollConvention.Following:
                return Walk(calendar, date, 1);
            case RollConvention.Preceding:
                return Walk(calendar, date, -1);
            case RollConvention.ModifiedFollowing:
                var next = Walk(calendar, date, 1);
                return IsSameMonth(next, date) ? next : Walk(calendar, date, -1);
            case RollConvention.ModifiedPreceding:
                var last = Walk(calendar, date, -1);
                return IsSameMonth(last, date) ? last : Walk(calendar, date, 1);
            case RollConvention.Nearest:
                var after = Walk(calendar, date, 1);
                var before = Walk(calendar, date, -1);
                return Period.DaysBetween(date, after) <= Period.DaysBetween(before, date) ? after : before;
            default:
                throw new ArgumentOutOfRangeException(nameof(convention));
        }
    }

    /// <summary>The first business day after a date.</summary>
    /// <inheritdoc cref="Adjust"/>
    public static LocalDate NextBusinessDay(this IBusinessCalendar calendar, LocalDate date)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return Walk(calendar, date.PlusDays(1), 1);
    }

    /// <summary>The last business day before a date.</summary>
    /// <inheritdoc cref="Adjust"/>
    public static LocalDate PreviousBusinessDay(this IBusinessCalendar calendar, LocalDate date)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return Walk(calendar, date.PlusDays(-1), -1);
    }

    /// <summary>Steps over business days. The date itself does not count: from a Saturday, one business day on is Monday.</summary>
    /// <param name="calendar">The calendar.</param>
    /// <param name="date">The date.</param>
    /// <param name="days">How many business days; negative goes back, 0 gives the date itself, business day or not.</param>
    /// <exception cref="CalendarRangeException">A year that the calendar does not know.</exception>
    /// <exception cref="InvalidOperationException">The calendar has no business day within 400 days.</exception>
    public static LocalDate AddBusinessDays(this IBusinessCalendar calendar, LocalDate date, int days)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var step = Math.Sign(days);
        for (var left = Math.Abs((long)days); left > 0; left--)
        {
            date = Walk(calendar, date.PlusDays(step), step);
        }

        return date;
    }

    /// <summary>Counts the business days after one date up to and with another, so that a date plus its count is the other again.</summary>
    /// <param name="calendar">The calendar.</param>
    /// <param name="from">The date that does not count.</param>
    /// <param name="to">The date that does; before <paramref name="from"/> the count is negative.</param>
    /// <exception cref="CalendarRangeException">A year that the calendar does not know.</exception>
    public static int CountBusinessDays(this IBusinessCalendar calendar, LocalDate from, LocalDate to)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var step = to >= from ? 1 : -1;
        var count = 0;
        for (var date = from; date != to;)
        {
            date = date.PlusDays(step);
            count += calendar.IsBusinessDay(date) ? step : 0;
        }

        return count;
    }

    private static LocalDate Walk(IBusinessCalendar calendar, LocalDate date, int step)
    {
        for (var i = 0; i < LongestClosure; i++, date = date.PlusDays(step))
        {
            if (calendar.IsBusinessDay(date))
            {
                return date;
            }
        }

        throw new InvalidOperationException($"The calendar {calendar.Name} has no business day within {LongestClosure} days.");
    }

    private static bool IsSameMonth(LocalDate a, LocalDate b) => a.Month == b.Month && a.Year == b.Year;
}
