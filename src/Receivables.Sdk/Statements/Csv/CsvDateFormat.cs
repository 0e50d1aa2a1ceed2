using NodaTime;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Reads dates of one form: <c>dd.MM.yyyy</c>, <c>yyyyMMdd</c>, <c>MM/dd/yy</c>, <c>dd MMM yyyy</c>. A time behind the date is passed over.</summary>
/// <remarks>
/// Between signs, days and months may have one digit or two. Two digits of a year are 1980 to 2079. Names of months have
/// at least three letters, in one of ten languages. Where the form has no signs, the digits are as many as its letters.
/// </remarks>
internal sealed class CsvDateFormat
{
    private readonly string _pattern;

    private CsvDateFormat(string pattern) => _pattern = pattern;

    /// <summary>Compiles a form.</summary>
    /// <returns>Whether it has a day, a month and a year, once each, in letters that are known.</returns>
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
                case '.' or '/' or '-' or ' ':
                    run = 1;
                    break;
                default:
                    return false;
            }

            i += run;
        }

        if ((days, months, years) != (1, 1, 1))
        {
            return false;
        }

        format = new CsvDateFormat(pattern);
        return true;
    }

    /// <summary>Reads a date.</summary>
    /// <returns>Whether the text has the form and the day exists.</returns>
    internal bool TryRead(ReadOnlySpan<byte> text, out LocalDate date)
    {
        date = default;
        int day = 0, month = 0, year = 0, at = 0;
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
                    if (!TryReadMonthName(text, ref at, out month))
                    {
                        return false;
                    }

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
                default:
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

    // The first three ASCII letters of a name tell the month, in whatever of these languages; letters with accents are passed over, as their bytes depend on the encoding.
    private static bool TryReadMonthName(ReadOnlySpan<byte> text, ref int at, out int month)
    {
        Span<byte> key = stackalloc byte[4];
        int letters = 0, start = at;
        while (at < text.Length && (char.IsAsciiLetter((char)text[at]) || text[at] >= 0x80))
        {
            if (text[at] < 0x80 && letters < key.Length)
            {
                key[letters++] = (byte)(text[at] | 32);
            }

            at++;
        }

        month = at - start < 3 ? 0 : MonthOf(key[..letters]);
        at += month > 0 && at < text.Length && text[at] == '.' && at + 1 < text.Length && text[at + 1] == ' ' ? 1 : 0;
        return month > 0;
    }

    // English, German, French, Italian, Spanish, Portuguese, Dutch, Danish, Norwegian, Swedish.
    private static int MonthOf(ReadOnlySpan<byte> key) => key.Length switch
    {
        2 => key switch { [(byte)'f', (byte)'v'] => 2, [(byte)'m', (byte)'r'] => 3, [(byte)'a', (byte)'o'] => 8, [(byte)'d', (byte)'c'] => 12, _ => 0 },
        4 when key.SequenceEqual("juil"u8) => 7,
        >= 3 => MonthOfThree(key[..3]),
        _ => 0,
    };

    private static int MonthOfThree(ReadOnlySpan<byte> key)
    {
        var names = "jan01gen01ene01feb02fev02fvr02mar03mrz03maa03mrt03mrs03apr04avr04abr04may05mai05mei05mag05maj05jun06jui06giu06jul07lug07aug08ago08aot08sep09set09oct10okt10ott10out10nov11dec12dez12dic12des12dce12"u8;
        for (var i = 0; i < names.Length; i += 5)
        {
            if (names.Slice(i, 3).SequenceEqual(key))
            {
                return ((names[i + 3] - '0') * 10) + names[i + 4] - '0';
            }
        }

        return 0;
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
