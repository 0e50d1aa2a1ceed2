using NodaTime;
using NodaTime.Text;

namespace Receivables.Sdk.Calendars;

/// <summary>Works out the dates of rules, and the days that take a holiday's place.</summary>
internal static class HolidayRules
{
    /// <summary>The holidays of one year of rules, moved where they fall on a weekend. A moved day may lie in the year before or after.</summary>
    internal static List<Holiday> Of(IReadOnlyList<HolidayRule> rules, IReadOnlySet<IsoDayOfWeek> weekend, int year)
    {
        var holidays = new List<Holiday>();
        var taken = new HashSet<LocalDate>();
        var moving = new List<(HolidayRule Rule, LocalDate Date)>();
        foreach (var rule in rules)
        {
            foreach (var date in DatesOf(rule, year))
            {
                if (rule.Observed is not null && weekend.Contains(date.DayOfWeek))
                {
                    moving.Add((rule, date));
                }
                else
                {
                    holidays.Add(new Holiday(date, rule.Name));
                    taken.Add(date);
                }
            }
        }

        // Substitutes come last, in order of date: they take the first day that no other holiday has.
        foreach (var (rule, date) in moving.OrderBy(m => m.Date))
        {
            var observed = Move(date, rule.Observed!, weekend, taken);
            holidays.Add(new Holiday(observed, rule.Name));
            taken.Add(observed);
        }

        return holidays;
    }

    /// <summary>Refuses a rule that has no sense, before any year is worked out.</summary>
    internal static void Check(HolidayRule? rule)
    {
        if (rule is null || rule.Month is < 1 or > 12 || rule.Nth is not (null or -1 or (>= 1 and <= 4)) || rule.Easter is < -200 or > 200 || rule.Every is < 1)
        {
            throw new FormatException($"The holiday '{rule?.Name}' has a number out of range.");
        }

        var days = (rule.On is null ? 0 : 1) + (rule.Easter is null ? 0 : 1) + (rule.Month is null ? 0 : 1) + (rule.Dates.Count > 0 ? 1 : 0);
        if (days != 1 || (rule.Month is null) != (rule.Nth is null) || (rule.Month is not null && rule.Weekday is null) || (rule.On is not null && rule.On.Length != 5))
        {
            throw new FormatException($"The holiday '{rule.Name}' must be given in exactly one way.");
        }

        if (rule.Observed is not (null or "nextWeekday" or "sundayToMonday" or "sundayToSaturday" or "nearestWeekday"))
        {
            throw new FormatException($"Not a rule for holidays on a weekend: '{rule.Observed}'.");
        }
    }

    internal static LocalDate Date(string text) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date } ? date : throw new FormatException($"Not a date (yyyy-MM-dd): '{text}'.");

    internal static IsoDayOfWeek Day(string text) => text switch
    {
        "monday" => IsoDayOfWeek.Monday,
        "tuesday" => IsoDayOfWeek.Tuesday,
        "wednesday" => IsoDayOfWeek.Wednesday,
        "thursday" => IsoDayOfWeek.Thursday,
        "friday" => IsoDayOfWeek.Friday,
        "saturday" => IsoDayOfWeek.Saturday,
        "sunday" => IsoDayOfWeek.Sunday,
        _ => throw new FormatException($"Not a weekday: '{text}'."),
    };

    private static IEnumerable<LocalDate> DatesOf(HolidayRule rule, int year)
    {
        if (year < (rule.From ?? year) || year > (rule.To ?? year) || rule.Except.Contains(year) || year % (rule.Every ?? 1) != 0)
        {
            return [];
        }

        if (rule.Dates.Count > 0)
        {
            return rule.Dates.Select(Date).Where(d => d.Year == year);
        }

        if (rule.Easter is { } offset)
        {
            return [Easter.Sunday(year).PlusDays(offset)];
        }

        if (rule is { Month: { } month, Nth: { } nth, Weekday: { } weekday })
        {
            var first = FirstOnOrAfter(new LocalDate(year, month, 1), Day(weekday));
            return [nth > 0 ? first.PlusWeeks(nth - 1) : FirstOnOrAfter(new LocalDate(year, month, 1).PlusMonths(1), Day(weekday)).PlusWeeks(-1)];
        }

        if (rule.On == "02-29" && !CalendarSystem.Iso.IsLeapYear(year))
        {
            return [];
        }

        var anchor = Date($"{year:0000}-{rule.On}");
        return rule.Weekday is null ? [anchor]
            : rule.Before ? [FirstOnOrAfter(anchor.PlusDays(-7), Day(rule.Weekday))]
            : [FirstOnOrAfter(anchor, Day(rule.Weekday))];
    }

    private static LocalDate FirstOnOrAfter(LocalDate date, IsoDayOfWeek weekday) => date.DayOfWeek == weekday ? date : date.Next(weekday);

    private static LocalDate Move(LocalDate date, string observed, IReadOnlySet<IsoDayOfWeek> weekend, HashSet<LocalDate> taken)
    {
        switch (observed)
        {
            case "sundayToMonday":
                return date.DayOfWeek == IsoDayOfWeek.Sunday ? date.PlusDays(1) : date;
            case "sundayToSaturday":
                return date.DayOfWeek == IsoDayOfWeek.Sunday ? date.PlusDays(-1) : date;
            case "nearestWeekday":
                return date.PlusDays(date.DayOfWeek == IsoDayOfWeek.Sunday ? 1 : -1);
            default:
                do
                {
                    date = date.PlusDays(1);
                }
                while (weekend.Contains(date.DayOfWeek) || taken.Contains(date));

                return date;
        }
    }
}
