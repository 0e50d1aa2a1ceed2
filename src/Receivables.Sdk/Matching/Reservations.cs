using System.Globalization;
using NodaTime;

namespace Receivables.Sdk.Matching;

/// <summary>What a text says that a person should see before anything is posted: another company of the seller's name, a cheque that is not good on the day.</summary>
internal static class Reservations
{
    // Uniform Commercial Code 4-404: a bank need not pay a cheque that is older than six months.
    private const int StaleDays = 180;

    /// <summary>Whether the text speaks of a cheque with a date after the booking, or more than 180 days before it.</summary>
    internal static bool NamesUntimelyCheque(string? text, LocalDate booked)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        foreach (var word in text.Split([' ', ',', ';', '(', ')', '\n', '\r', ':'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (DateOf(word) is { } date && (date > booked || Period.DaysBetween(date, booked) > StaleDays))
            {
                return true;
            }
        }

        return false;
    }

    private static LocalDate? DateOf(string word)
    {
        foreach (var format in new[] { "yyyy-MM-dd", "dd.MM.yyyy", "d.M.yyyy", "dd-MM-yyyy", "yyyy/MM/dd" })
        {
            if (DateOnly.TryParseExact(word.TrimEnd('.'), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is > 1990 and < 2200)
            {
                return new LocalDate(date.Year, date.Month, date.Day);
            }
        }

        return null;
    }
}
