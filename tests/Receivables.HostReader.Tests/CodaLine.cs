using System.Globalization;
using NodaTime;
using Receivables.Sdk;

namespace Receivables.HostReader.Tests;

/// <summary>A record of CODA: 128 characters, fields at fixed places (Febelfin, Standards: coded statement of account, version 2.6).</summary>
/// <param name="Text">The characters.</param>
/// <param name="Offset">Where it starts in the file.</param>
/// <param name="Number">Its line, from 1.</param>
internal readonly record struct CodaLine(string Text, long Offset, int Number)
{
    internal const int Width = 128;

    /// <summary>The characters of a field, without blanks at its end; places count from 1, as in the standard.</summary>
    internal string Field(int from, int to) => Text[(from - 1)..to].TrimEnd();

    internal string? TextOrNull(int from, int to) => Field(from, to).Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Twelve digits and three decimals behind a sign: 0 for a credit, 1 for a debit.</summary>
    internal decimal? Amount(int sign, int from) =>
        Text[sign - 1] is '0' or '1' && long.TryParse(Text.AsSpan(from - 1, 15), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new decimal(value) / 1000m * (Text[sign - 1] == '1' ? -1 : 1)
            : null;

    /// <summary>Day, month, year, two digits each; null where there is none.</summary>
    internal LocalDate? Date(int from)
    {
        if (!int.TryParse(Text.AsSpan(from - 1, 6), NumberStyles.None, CultureInfo.InvariantCulture, out var digits) || digits == 0)
        {
            return null;
        }

        var (day, month, year) = (digits / 10_000, digits / 100 % 100, 2000 + (digits % 100));
        return month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month) ? new LocalDate(year, month, day) : null;
    }

    internal Currency? Currency(int from) => Sdk.Currency.TryParse(Field(from, from + 2), out var currency) ? currency : null;
}
