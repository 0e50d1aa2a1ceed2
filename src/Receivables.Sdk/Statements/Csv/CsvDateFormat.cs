using System.Collections.Immutable;
using NodaTime;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Reads dates of one form: <c>dd.MM.yyyy</c>, <c>yyyyMMdd</c>, <c>MM/dd/yy</c>, <c>dd MMM yyyy</c>, <c>dd.MM</c>. A time behind the date is passed over.</summary>
/// <remarks>
/// Between signs, days and months may have one digit or two. Two digits of a year are 1980 to 2079. Names of months are those of
/// <see cref="CsvMonthNames"/>. Where the form has no signs, the digits are as many as its letters. A form without a year gives the day and the month alone.
/// </remarks>
internal sealed class CsvDateFormat
{
    /// <summary>Forms with a year that exports are written in, whatever their profile says.</summary>
    internal static readonly ImmutableArray<string> Common =
    [
        "yyyy-MM-dd", "dd.MM.yyyy", "dd.MM.yy", "dd/MM/yyyy", "MM/dd/yyyy", "dd-MM-yyyy", "yyyyMMdd", "yyyy/MM/dd", "yyyy.MM.dd", "dd MMM yyyy", "dd-MMM-yyyy",
        "dd/MM/yy", "MM/dd/yy", "dd-MM-yy", "dd MMM yy", "dd-MMM-yy", "dd.MMM.yyyy", "MMM dd yyyy", "dd. MMM yyyy", "yyyy年MM月dd日",
    ];

    /// <summary>Forms without a year.</summary>
    internal static readonly ImmutableArray<string> CommonWithoutYear = ["dd.MM", "dd/MM", "MM/dd", "dd MMM", "dd-MMM"];

    /// <summary>The year of dates that have none.</summary>
    internal const int Yearless = 2000;

    private readonly string _pattern;

    private CsvDateFormat(string pattern) => (_pattern, HasYear) = (pattern, pattern.Contains('y'));

    /// <summary>Whether the form has a year; where it has none, the file must say it elsewhere.</summary>
    internal bool HasYear { get; }

    /// <summary>Compiles a form.</summary>
    /// <returns>Whether it has a day and a month, once each, and at most one year, in letters that are known.</returns>
    internal static bool TryCreate(string pattern, out CsvDateFormat? format)
    {
        format = null;
        int days = 0, months = 0, years = 0;
        for (var i = 0; i < pattern.Length;)
        {
            var run = RunLength(pattern, i);
            switch (pattern[i])
            {
                case 'd' when run <= 2:
                    days++;
                    break;
                case 'M' when run <= 3:
                    months++;
                    break;
                case 'y' when run is 2 or 4:
                    years++;
                    break;
                case '.' or '/' or '-' or ' ' or '年' or '月' or '日':
                    run = 1;
                    break;
                default:
                    return false;
            }

            i += run;
        }

        if ((days, months) != (1, 1) || years > 1)
        {
            return false;
        }

        format = new CsvDateFormat(pattern);
        return true;
    }

    /// <summary>Compiles forms; what is none is left out.</summary>
    internal static ImmutableArray<CsvDateFormat> CreateAll(IEnumerable<string> patterns) =>
        [.. patterns.Select(p => TryCreate(p, out var format) ? format! : null).OfType<CsvDateFormat>()];

    /// <summary>Reads a date.</summary>
    /// <returns>Whether the text has the form and the day exists. A form without a year reads the day of a leap year, 2000.</returns>
    internal bool TryRead(ReadOnlySpan<byte> text, out LocalDate date)
    {
        date = default;
        if (text.Length > 1 && text[0] == '=')
        {
            // What keeps spreadsheets from reading it: ="01.02.2026".
            text = text[1..].Trim((byte)'"');
        }

        int day = 0, month = 0, year = HasYear ? 0 : Yearless, at = 0;
        for (var i = 0; i < _pattern.Length;)
        {
            var letter = _pattern[i];
            var run = letter is 'd' or 'M' or 'y' ? RunLength(_pattern, i) : 1;
            i += run;
            int value;
            switch (letter)
            {
                case 'y':
                    if (!TryReadDigits(text, ref at, run, run, out value))
                    {
                        return false;
                    }

                    year = run == 2 ? value + (value < 80 ? 2000 : 1900) : value;
                    break;
                case 'M' when run == 3:
                    if (!CsvMonthNames.TryRead(text, ref at, out month))
                    {
                        return false;
                    }

                    // The point of an abbreviation.
                    at += at < text.Length && text[at] == '.' && (i == _pattern.Length || _pattern[i] != '.') ? 1 : 0;
                    break;
                case 'd' or 'M':
                    // Where digits follow at once, the width is fixed.
                    var isFixed = i < _pattern.Length && _pattern[i] is 'd' or 'M' or 'y';
                    if (!TryReadDigits(text, ref at, isFixed || IsGlued(i - run) ? run : 1, 2, out value))
                    {
                        return false;
                    }

                    (day, month) = letter == 'd' ? (value, month) : (day, value);
                    break;
                case > '\u007f':
                    var sign = letter == '年' ? "年"u8 : letter == '月' ? "月"u8 : "日"u8;
                    if (!text[at..].StartsWith(sign))
                    {
                        return false;
                    }

                    at += sign.Length;
                    break;
                default:
                    // Mar 02, 2026.
                    at += letter == ' ' && at < text.Length && text[at] == ',' ? 1 : 0;
                    if (at >= text.Length || text[at] != letter)
                    {
                        return false;
                    }

                    at++;
                    break;
            }
        }

        if (!IsEnd(text[at..]) || year is < 1900 or > 2199 || month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month))
        {
            return false;
        }

        date = new LocalDate(year, month, day);
        return true;
    }

    /// <summary>The form.</summary>
    public override string ToString() => _pattern;

    private bool IsGlued(int at) => at > 0 && _pattern[at - 1] is 'd' or 'M' or 'y';

    // A time may follow, or the point of 2019.04.19.
    private static bool IsEnd(ReadOnlySpan<byte> rest) =>
        rest.IsEmpty || rest[0] is (byte)' ' or (byte)'T' || (rest[0] == '.' && rest.Length == 1) || (rest[0] == ',' && rest.Length > 1 && rest[1] == ' ');

    private static bool TryReadDigits(ReadOnlySpan<byte> text, ref int at, int least, int most, out int value)
    {
        value = 0;
        var count = 0;
        while (count < most && at < text.Length && (uint)(text[at] - '0') <= 9)
        {
            value = (value * 10) + text[at++] - '0';
            count++;
        }

        return count >= least;
    }

    private static int RunLength(string pattern, int at)
    {
        var run = 1;
        while (at + run < pattern.Length && pattern[at + run] == pattern[at])
        {
            run++;
        }

        return run;
    }
}
