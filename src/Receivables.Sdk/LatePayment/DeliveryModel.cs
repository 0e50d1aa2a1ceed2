using NodaTime;
using Receivables.Sdk.Calendars;

namespace Receivables.Sdk.LatePayment;

/// <summary>When a message is taken to arrive, and which days the law passes over.</summary>
internal static class DeliveryModel
{
    /// <summary>The presumed day of arrival; null where holidays would have to be known and are not.</summary>
    internal static LocalDate? Arrival(DeliveryRule rule, string? calendar, Func<string, IBusinessCalendar?> calendars, LocalDate sent)
    {
        var holidays = rule.SkipsHolidays && calendar is not null ? calendars(calendar) : null;
        if (rule.SkipsHolidays && holidays is null)
        {
            return null;
        }

        var day = sent;
        for (var counted = 0; counted < rule.CountedDays && day < LocalDate.MaxIsoValue;)
        {
            day = day.PlusDays(1);
            if (rule.NotCounted.Contains(day.DayOfWeek))
            {
                continue;
            }

            if (holidays is not null && IsHoliday(holidays, day) is not { } isHoliday)
            {
                return null;
            }
            else if (holidays is null || IsHoliday(holidays, day) == false)
            {
                counted++;
            }
        }

        return day;
    }

    /// <summary>The day itself if it is a working day, else the next. Where the calendar does not say, weekends alone are passed over.</summary>
    internal static LocalDate NextWorkingDay(LocalDate day, string? calendar, Func<string, IBusinessCalendar?> calendars, out bool holidaysKnown)
    {
        var holidays = calendar is null ? null : calendars(calendar);
        holidaysKnown = holidays is not null;
        while (day < LocalDate.MaxIsoValue)
        {
            if (!IsWeekend(day) && (holidays is null || IsHoliday(holidays, day) != true))
            {
                holidaysKnown &= holidays is null || IsHoliday(holidays, day) is not null;
                return day;
            }

            day = day.PlusDays(1);
        }

        return day;
    }

    private static bool IsWeekend(LocalDate day) => day.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;

    // Null where the calendar does not know the year. A host's own calendar tells no holiday from a weekend: a Saturday is taken for none.
    private static bool? IsHoliday(IBusinessCalendar calendar, LocalDate day)
    {
        try
        {
            return calendar is BusinessCalendar known ? known.HolidaysOf(day.Year).Any(h => h.Date == day) : !IsWeekend(day) && !calendar.IsBusinessDay(day);
        }
        catch (CalendarRangeException)
        {
            return null;
        }
    }
}
