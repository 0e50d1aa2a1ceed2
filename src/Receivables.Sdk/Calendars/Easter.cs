using NodaTime;

namespace Receivables.Sdk.Calendars;

/// <summary>The date of Easter, from which half of Europe's holidays are counted.</summary>
public static class Easter
{
    /// <summary>Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Nature, 20 April 1876; Meeus, "Astronomical Algorithms", chapter 8).</summary>
    /// <param name="year">The year, from 1583.</param>
    /// <returns>A Sunday from 22 March to 25 April.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The year is before the Gregorian calendar, or beyond 9999.</exception>
    public static LocalDate Sunday(int year)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, 1583);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, 9999);
        int a = year % 19, b = year / 100, c = year % 100;
        int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
        var h = ((19 * a) + b - d - g + 15) % 30;
        int i = c / 4, k = c % 4;
        var l = (32 + (2 * e) + (2 * i) - h - k) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new LocalDate(year, n / 31, (n % 31) + 1);
    }
}
