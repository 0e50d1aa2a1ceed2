using NodaTime;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>Two-digit years, and entry dates that have no year of their own.</summary>
internal static class MtDates
{
    /// <summary>The year of two digits: 80 to 99 lie in the 20th century, the rest in the 21st. SWIFT came into use in 1977; files of before 1980 do not exist.</summary>
    internal static int Year(int twoDigits) => twoDigits >= 80 ? 1900 + twoDigits : 2000 + twoDigits;

    /// <summary>Reads <c>YYMMDD</c>.</summary>
    /// <param name="text">Six bytes or more.</param>
    /// <param name="date">The date.</param>
    /// <returns>Whether there are six digits and they are a date that exists.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> text, out LocalDate date)
    {
        date = default;
        if (text.Length < 6 || !TryTwo(text, 0, out var year) || !TryTwo(text, 2, out var month) || !TryTwo(text, 4, out var day))
        {
            return false;
        }

        return TryCreate(Year(year), month, day, out date);
    }

    /// <summary>Reads the entry date <c>MMDD</c> in the year that brings it nearest to the value date.</summary>
    /// <param name="text">Four bytes.</param>
    /// <param name="year">The year of the value date, or of the statement.</param>
    /// <param name="nearMonth">The month of the value date, 1 to 12.</param>
    /// <param name="date">The date.</param>
    /// <returns>Whether there are four digits and they are a date that exists in that year.</returns>
    internal static bool TryReadEntry(ReadOnlySpan<byte> text, int year, int nearMonth, out LocalDate date)
    {
        date = default;
        if (text.Length < 4 || !TryTwo(text, 0, out var month) || !TryTwo(text, 2, out var day))
        {
            return false;
        }

        // December and January are one month apart, not eleven.
        var apart = month - nearMonth;
        return TryCreate(apart > 6 ? year - 1 : apart < -6 ? year + 1 : year, month, day, out date);
    }

    internal static bool TryTwo(ReadOnlySpan<byte> text, int at, out int value)
    {
        uint high = (uint)text[at] - '0', low = (uint)text[at + 1] - '0';
        value = (int)((high * 10) + low);
        return high <= 9 && low <= 9;
    }

    private static bool TryCreate(int year, int month, int day, out LocalDate date)
    {
        if (month is < 1 or > 12 || day < 1 || day > (day <= 28 ? 28 : CalendarSystem.Iso.GetDaysInMonth(year, month)))
        {
            date = default;
            return false;
        }

        date = new LocalDate(year, month, day);
        return true;
    }
}
