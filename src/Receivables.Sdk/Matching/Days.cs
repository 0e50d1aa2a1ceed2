using NodaTime;

namespace Receivables.Sdk.Matching;

/// <summary>Days as numbers, which are compared and subtracted more cheaply than dates.</summary>
internal static class Days
{
    private static readonly LocalDate s_first = new(2000, 1, 1);

    /// <summary>How many days a date is after the first of January 2000; negative before.</summary>
    internal static int Of(LocalDate date) => Period.DaysBetween(s_first, date);
}
