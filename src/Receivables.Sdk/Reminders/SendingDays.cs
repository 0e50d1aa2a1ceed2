using NodaTime;
using Receivables.Sdk.Calendars;

namespace Receivables.Sdk.Reminders;

/// <summary>On which days something is sent. A year that the calendar does not know has none: nothing is guessed.</summary>
internal sealed class SendingDays(string calendar, Func<string, IBusinessCalendar?> calendars)
{
    // A year has no run of closed days as long as this.
    private const int LongestClosure = 60;

    private readonly Dictionary<(string, LocalDate), SendingDay> _known = [];

    internal SendingDay Until(string? country, LocalDate day)
    {
        var name = calendar == "recipient" ? country : calendar;
        if (name is null or "none")
        {
            return SendingDay.Open;
        }

        if (!_known.TryGetValue((name, day), out var answer))
        {
            answer = calendars(name) is { } found ? Look(found, day) : calendar == "recipient" ? SendingDay.Open : new SendingDay(false, null);
            _known.Add((name, day), answer);
        }

        return answer;
    }

    private static SendingDay Look(IBusinessCalendar calendar, LocalDate day)
    {
        try
        {
            for (var i = 0; i <= LongestClosure; i++)
            {
                if (calendar.IsBusinessDay(Days.Add(day, i)))
                {
                    return i == 0 ? SendingDay.Open : new SendingDay(false, day.PlusDays(i - 1));
                }
            }
        }
        catch (CalendarRangeException)
        {
            return new SendingDay(false, null);
        }

        return new SendingDay(false, null);
    }
}

/// <summary>Whether a day is one to send on; if not, the last day before the next that is.</summary>
internal readonly record struct SendingDay(bool IsSendingDay, LocalDate? Until)
{
    internal static SendingDay Open => new(true, null);
}
