using NodaTime;

namespace Receivables.Sdk;

/// <summary>Reckoning in days. A due date of 9999-12-31 or 0001-01-01 is common in bookkeeping: no sum leaves the calendar.</summary>
internal static class Days
{
    private static readonly LocalDate s_first = new(2000, 1, 1);

    /// <summary>How many days a date is after the first of January 2000, negative before: numbers are compared and subtracted more cheaply than dates.</summary>
    internal static int Of(LocalDate date) => Period.DaysBetween(s_first, date);

    /// <summary>A date so many days later, or earlier; the calendar's last or first where there is none.</summary>
    internal static LocalDate Add(LocalDate date, int days)
    {
        // Far from the ends there is nothing to look at; a policy asks this several times for each item.
        if (date.Year is > 1000 and < 9000 && days is > -36_500 and < 36_500)
        {
            return date.PlusDays(days);
        }

        return days >= Period.DaysBetween(date, LocalDate.MaxIsoValue) ? LocalDate.MaxIsoValue
            : days <= Period.DaysBetween(date, LocalDate.MinIsoValue) ? LocalDate.MinIsoValue : date.PlusDays(days);
    }

    /// <summary>A date so many months later, 0 or more, on the month's last day where it has no such day; the calendar's last where there is none.</summary>
    internal static LocalDate AddMonths(LocalDate date, int months) =>
        (date.Year * 12L) + date.Month + months > (LocalDate.MaxIsoValue.Year * 12L) + 12 ? LocalDate.MaxIsoValue : date.PlusMonths(months);
}
