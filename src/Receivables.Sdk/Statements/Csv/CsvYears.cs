using NodaTime;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Finds the year of dates that are written without one: in the period that the file states, else by the nearest date that has one.</summary>
/// <remarks>Not thread-safe: one for each section of a file.</remarks>
internal sealed class CsvYears
{
    private LocalDate? _from;
    private LocalDate? _to;
    private LocalDate? _near;

    /// <summary>Takes what the preamble says: the period, or the day of a balance.</summary>
    internal void SetPeriod(LocalDate? from, LocalDate? to, LocalDate? day) => (_from, _to, _near) = (from, to, to ?? from ?? day);

    /// <summary>Takes the date of a row, which the next one is near to.</summary>
    internal void See(LocalDate date) => _near = date;

    /// <summary>The date with its year; null where nothing says which.</summary>
    internal LocalDate? Complete(LocalDate yearless)
    {
        if (_near is not { } near)
        {
            return null;
        }

        LocalDate? best = null;
        var least = int.MaxValue;
        for (var year = near.Year - 1; year <= near.Year + 1; year++)
        {
            if (yearless.Day > CalendarSystem.Iso.GetDaysInMonth(year, yearless.Month))
            {
                continue;
            }

            // What lies in the period is nearer than any other.
            var date = new LocalDate(year, yearless.Month, yearless.Day);
            var distance = Math.Abs(Period.DaysBetween(near, date)) + (IsInPeriod(date) ? 0 : 10_000);
            (best, least) = distance < least ? (date, distance) : (best, least);
        }

        return best;
    }

    private bool IsInPeriod(LocalDate date) => (_from is null && _to is null) || (!(date < _from) && !(date > _to));
}
