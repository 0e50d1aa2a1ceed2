using NodaTime;

namespace Receivables.Sdk.Calendars;

/// <summary>A calendar was asked about a year that its data does not cover.</summary>
public sealed class CalendarRangeException : ArgumentOutOfRangeException
{
    /// <summary>An exception that names calendar and date.</summary>
    /// <param name="calendar">The calendar's name.</param>
    /// <param name="date">The date that was asked for.</param>
    public CalendarRangeException(string calendar, LocalDate date)
        : base(nameof(date), $"The calendar {calendar} does not cover the year {date.Year.ToString(System.Globalization.CultureInfo.InvariantCulture)}.") => (Calendar, Date) = (calendar, date);

    /// <summary>The calendar's name.</summary>
    public string Calendar { get; }

    /// <summary>The date that was asked for.</summary>
    public LocalDate Date { get; }
}
