using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>The step of a recurrence.</summary>
public enum RecurrenceUnit
{
    /// <summary>Weeks.</summary>
    Week,

    /// <summary>Months.</summary>
    Month,

    /// <summary>Years.</summary>
    Year,
}

/// <summary>When something recurs: every so many weeks, months or years from a first date.</summary>
/// <remarks>
/// Each occurrence is counted from the first date, never from the one before: a rule that starts on 31 January gives 28 February and then 31 March
/// again. A day that a month does not have becomes its last. Immutable and safe to share between threads.
/// </remarks>
public sealed record Recurrence
{
    /// <summary>A rule.</summary>
    /// <param name="first">The first occurrence.</param>
    /// <param name="unit">The step.</param>
    /// <param name="every">How many steps from one to the next, 1 to 1,200.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> or <paramref name="unit"/> is out of its range.</exception>
    public Recurrence(LocalDate first, RecurrenceUnit unit, int every = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(every, 1200);
        if (!Enum.IsDefined(unit))
        {
            throw new ArgumentOutOfRangeException(nameof(unit));
        }

        (First, Unit, Every) = (first, unit, every);
    }

    /// <summary>The first occurrence.</summary>
    public LocalDate First { get; }

    /// <summary>The step.</summary>
    public RecurrenceUnit Unit { get; }

    /// <summary>How many steps from one to the next.</summary>
    public int Every { get; }

    /// <summary>Whether every occurrence of a monthly or yearly rule is the last day of its month. Default false: the day of the first date.</summary>
    public bool IsMonthEnd { get; init; }

    /// <summary>The last day on which it may occur; null is without end.</summary>
    public LocalDate? Until { get; init; }

    /// <summary>How often it occurs at most; null is without end.</summary>
    public int? Count { get; init; }

    /// <summary>The occurrences within a span of days, in order; none after 31 December 9999, where the calendar ends.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    public IEnumerable<RecurrenceDate> Between(LocalDate from, LocalDate to)
    {
        var last = Until is { } until && until < to ? until : to;
        for (var number = FirstNumber(from); Count is not { } count || number <= count; number++)
        {
            if (DateOf(number) is not { } date || date > last)
            {
                yield break;
            }

            if (date >= from)
            {
                yield return new RecurrenceDate(number, date);
            }
        }
    }

    // Null beyond the last day of the calendar, 31 December 9999.
    private LocalDate? DateOf(int number)
    {
        var steps = (number - 1) * Every;
        var left = Period.Between(First, LocalDate.MaxIsoValue, PeriodUnits.Days).Days;
        if (Unit switch { RecurrenceUnit.Week => steps > left / 7, RecurrenceUnit.Month => First.Month + steps > ((10_000 - First.Year) * 12), _ => First.Year + steps > 9999 })
        {
            return null;
        }

        var date = Unit switch
        {
            RecurrenceUnit.Week => First.PlusWeeks(steps),
            RecurrenceUnit.Month => First.PlusMonths(steps),
            _ => First.PlusYears(steps),
        };
        return IsMonthEnd && Unit != RecurrenceUnit.Week ? date.With(DateAdjusters.EndOfMonth) : date;
    }

    // A number whose date is surely not after the day: a rule of many years is not walked from its start.
    private int FirstNumber(LocalDate from)
    {
        if (from <= First)
        {
            return 1;
        }

        var between = Unit switch
        {
            RecurrenceUnit.Week => Period.Between(First, from, PeriodUnits.Weeks).Weeks,
            RecurrenceUnit.Month => Period.Between(First, from, PeriodUnits.Months).Months,
            _ => Period.Between(First, from, PeriodUnits.Years).Years,
        };
        return Math.Max(1, (int)(between / Every) - 1);
    }
}

/// <summary>One occurrence.</summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="Date">When.</param>
public readonly record struct RecurrenceDate(int Number, LocalDate Date);
