using NodaTime;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Values as XML Schema writes them: decimals and dates.</summary>
internal static class CamtValues
{
    // What a decimal holds exactly, whatever the digits.
    private const int MaxDigits = 28;

    /// <summary>Reads an <c>xs:decimal</c>: sign, digits, one point; no exponent, no separators of thousands.</summary>
    internal static bool TryParseDecimal(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0m;
        var isNegative = text is [(byte)'-', ..];
        var digits = isNegative || text is [(byte)'+', ..] ? text[1..] : text;
        ulong mantissa = 0;
        int scale = 0, count = 0;
        var hasPoint = false;
        foreach (var b in digits)
        {
            if (b == '.' && !hasPoint)
            {
                hasPoint = true;
                continue;
            }

            var digit = (uint)(b - '0');
            if (digit > 9 || count == MaxDigits)
            {
                return false;
            }

            count++;
            scale += hasPoint ? 1 : 0;
            if (count <= 18)
            {
                mantissa = (mantissa * 10) + digit;
            }
        }

        if (count == 0)
        {
            return false;
        }

        value = count <= 18
            ? new decimal((int)mantissa, (int)(mantissa >> 32), 0, isNegative, (byte)scale)
            : ParseLong(digits, scale, isNegative);
        return true;
    }

    /// <summary>Reads an <c>xs:date</c> or the date of an <c>xs:dateTime</c>: the calendar day as written, whatever the zone.</summary>
    internal static bool TryParseDate(ReadOnlySpan<byte> text, out LocalDate date)
    {
        date = default;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-' || (text.Length > 10 && text[10] is not ((byte)'T' or (byte)'Z' or (byte)'+' or (byte)'-' or (byte)' ')))
        {
            return false;
        }

        var year = (Digits(text, 0) * 100) + Digits(text, 2);
        var month = Digits(text, 5);
        var day = Digits(text, 8);
        if (year is < 1900 or > 2199 || month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month))
        {
            return false;
        }

        date = new LocalDate(year, month, day);
        return true;
    }

    /// <summary>Reads an <c>xs:boolean</c>.</summary>
    internal static bool IsTrue(ReadOnlySpan<byte> text) => text.SequenceEqual("true"u8) || text.SequenceEqual("1"u8) || text.SequenceEqual("TRUE"u8) || text.SequenceEqual("True"u8);

    /// <summary>Reads a count; null when it is none.</summary>
    internal static int? Count(ReadOnlySpan<byte> text) =>
        TryParseDecimal(text, out var count) && count >= 0 && count <= int.MaxValue && decimal.Truncate(count) == count ? (int)count : null;

    // Two digits, or so far below zero that no sum with other digits is a date.
    private static int Digits(ReadOnlySpan<byte> text, int at)
    {
        var tens = (uint)(text[at] - '0');
        var ones = (uint)(text[at + 1] - '0');
        return tens > 9 || ones > 9 ? -100_000 : (int)((tens * 10) + ones);
    }

    private static decimal ParseLong(ReadOnlySpan<byte> digits, int scale, bool isNegative)
    {
        UInt128 mantissa = 0;
        foreach (var b in digits)
        {
            mantissa = b == '.' ? mantissa : (mantissa * 10) + (uint)(b - '0');
        }

        return new decimal((int)(uint)mantissa, (int)(uint)(mantissa >> 32), (int)(uint)(mantissa >> 64), isNegative, (byte)scale);
    }
}
