using NodaTime;

namespace Receivables.Sdk.LatePayment;

/// <summary>How long a rate of a table counts.</summary>
public enum RatePeriod
{
    /// <summary>Until the next rate of the table begins.</summary>
    UntilNext,

    /// <summary>For its own half-year alone, or until the next within it: a half-year that is not in the table has no rate.</summary>
    HalfYear,

    /// <summary>For its own calendar year alone, or until the next within it.</summary>
    Year,

    /// <summary>For its own calendar month alone, or until the next within it.</summary>
    Month,
}

/// <summary>A rate and the day it begins.</summary>
/// <param name="From">The first day.</param>
/// <param name="Percent">The rate in percent a year.</param>
/// <param name="Certainty">How sure it is.</param>
public sealed record ReferenceRate(LocalDate From, decimal Percent, Certainty Certainty);

/// <summary>A dated table of a reference rate. A day without a rate has none: the last known one is never carried on.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record ReferenceRateTable
{
    /// <summary>The name that rules use.</summary>
    public required string Id { get; init; }

    /// <summary>What it is.</summary>
    public required string Name { get; init; }

    /// <summary>Where the figures come from.</summary>
    public required string Source { get; init; }

    /// <summary>When the table was last looked over.</summary>
    public required LocalDate DataAsOf { get; init; }

    /// <summary>The last day the table says anything about.</summary>
    public required LocalDate CoversUntil { get; init; }

    /// <summary>How long a rate counts. Default: until the next.</summary>
    public RatePeriod Period { get; init; }

    /// <summary>The rates, earliest first.</summary>
    public required IReadOnlyList<ReferenceRate> Rates { get; init; }

    /// <summary>The rate of a day; null where the table has none.</summary>
    /// <param name="day">The day.</param>
    public ReferenceRate? On(LocalDate day)
    {
        var index = IndexOf(day);
        return index >= 0 && day <= LastDay(index) ? Rates[index] : null;
    }

    /// <summary>The last day of the rate that counts on a day; null where none does.</summary>
    internal LocalDate? LastDay(LocalDate day) => IndexOf(day) is >= 0 and var index && day <= LastDay(index) ? LastDay(index) : null;

    private LocalDate LastDay(int index)
    {
        var from = Rates[index].From;
        var last = Period switch
        {
            RatePeriod.HalfYear => from.Month < 7 ? new LocalDate(from.Year, 6, 30) : new LocalDate(from.Year, 12, 31),
            RatePeriod.Year => new LocalDate(from.Year, 12, 31),
            RatePeriod.Month => from.With(DateAdjusters.EndOfMonth),
            _ => CoversUntil,
        };

        // Whatever its period, a rate gives way to the next one that begins.
        last = index + 1 < Rates.Count ? LocalDate.Min(last, Rates[index + 1].From.PlusDays(-1)) : last;
        return LocalDate.Min(last, CoversUntil);
    }

    // The last rate that has begun, or -1.
    private int IndexOf(LocalDate day)
    {
        int low = 0, high = Rates.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Rates[middle].From <= day)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }
}
