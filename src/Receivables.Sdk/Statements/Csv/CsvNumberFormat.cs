using System.Text;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>How reading an amount ended.</summary>
internal enum CsvNumberResult
{
    /// <summary>The field is empty, or a dash.</summary>
    Empty,

    /// <summary>It is a number.</summary>
    Ok,

    /// <summary>It is none, or not in this format.</summary>
    Invalid,

    /// <summary>It is 1.234 or 1,234 and the decimal sign is not known.</summary>
    Ambiguous,
}

/// <summary>Reads amounts as banks write them: with groups of three, a sign before or behind, parentheses, and a currency glued to them.</summary>
/// <param name="DecimalSign"><c>.</c> or <c>,</c>, or 0 where it is not known: then only amounts that can be read in one way are read.</param>
internal readonly record struct CsvNumberFormat(char DecimalSign)
{
    private const int MaxDigits = 28;

    /// <summary>Reads an amount.</summary>
    /// <param name="field">The field.</param>
    /// <param name="decoder">Reads what is not ASCII.</param>
    /// <param name="value">The amount, signed as written.</param>
    /// <param name="currency">The currency glued to it, or null.</param>
    internal CsvNumberResult Read(ReadOnlySpan<byte> field, TextDecoder decoder, out decimal value, out Currency? currency)
    {
        value = 0;
        currency = null;
        if (field.IsEmpty)
        {
            return CsvNumberResult.Empty;
        }

        if (!TryReadPlain(field, out var number))
        {
            return Read(decoder.Decode(field), out value, out currency);
        }

        value = number.Value;
        return CsvNumberResult.Ok;
    }

    /// <summary>Reads a sign, digits, the decimal sign, digits: nearly all amounts.</summary>
    internal bool TryReadPlain(ReadOnlySpan<byte> field, out CsvPlainNumber number)
    {
        number = default;
        if (field.IsEmpty)
        {
            return false;
        }

        var isNegative = field[0] == '-';
        var digits = isNegative || field[0] == '+' ? field[1..] : field;
        if ((uint)(digits.Length - 1) > 17 || DecimalSign == 0 || digits[0] == DecimalSign)
        {
            return false;
        }

        long units = 0;
        var point = -1;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = (uint)(digits[i] - '0');
            if (digit <= 9)
            {
                units = (units * 10) + digit;
            }
            else if (digits[i] == DecimalSign && point < 0)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        number = new CsvPlainNumber(units, point < 0 ? 0 : digits.Length - 1 - point, isNegative);
        return true;
    }

    /// <summary>Reads an amount from text.</summary>
    internal CsvNumberResult Read(string text, out decimal value, out Currency? currency)
    {
        value = 0;
        if (!CsvNumberText.TryParse(text, out var number, out currency))
        {
            // Asterisks hide what the bank does not show.
            return text.AsSpan().IndexOfAnyExcept('*', '-', ' ') < 0 ? CsvNumberResult.Empty : CsvNumberResult.Invalid;
        }

        if (number.Digits.Length == 0)
        {
            return CsvNumberResult.Empty;
        }

        var sign = DecimalSign;
        if (sign == 0)
        {
            var found = FindDecimalSign(number.Digits);
            if (found == Unknown)
            {
                return CsvNumberResult.Ambiguous;
            }

            sign = found == 0 ? '.' : found;
        }

        return TryConvert(number, sign, out value) ? CsvNumberResult.Ok : CsvNumberResult.Invalid;
    }

    /// <summary>What <see cref="FindDecimalSign"/> says of 1.234 and 1,234.</summary>
    internal const char Unknown = '?';

    /// <summary>The decimal sign that an amount of digits, points and commas proves; 0 where it has none, <see cref="Unknown"/> where it may be either.</summary>
    internal static char FindDecimalSign(ReadOnlySpan<char> digits)
    {
        var last = digits.LastIndexOfAny('.', ',');
        if (last < 0)
        {
            return '\0';
        }

        var sign = digits[last];
        var other = sign == '.' ? ',' : '.';
        if (digits[..last].Contains(sign))
        {
            // It stands twice: it groups.
            return other;
        }

        return digits[..last].Contains(other) || digits.Length - last - 1 != 3 || last > 3 || last == 0 || digits[0] == '0' ? sign : Unknown;
    }

    private static bool TryConvert(in CsvNumberText number, char decimalSign, out decimal value)
    {
        value = 0;
        UInt128 mantissa = 0;
        int count = 0, point = -1, group = -1, groups = 0;
        // Groups of three digits; in India, of two and at last of three.
        bool isOfThree = true, isIndian = true;
        var digits = number.Digits.AsSpan();
        for (var i = 0; i < digits.Length; i++)
        {
            var c = digits[i];
            if (char.IsAsciiDigit(c))
            {
                if (++count > MaxDigits)
                {
                    return false;
                }

                mantissa = (mantissa * 10) + (uint)(c - '0');
            }
            else if (c == decimalSign)
            {
                if (point >= 0 || (group >= 0 && i - group != 4))
                {
                    return false;
                }

                point = i;
            }
            else if (point >= 0 || i == 0)
            {
                return false;
            }
            else
            {
                var length = i - group - 1;
                isOfThree &= groups == 0 ? length <= 3 : length == 3;
                isIndian &= c == ',' && (groups == 0 ? length <= 2 : length == 2);
                (group, groups) = (i, groups + 1);
            }
        }

        if (count == 0 || (group >= 0 && point < 0 && digits.Length - group != 4) || (!isOfThree && !(isIndian && groups > 1)))
        {
            return false;
        }

        var scale = point < 0 ? 0 : digits.Length - 1 - point;
        value = new decimal((int)(uint)mantissa, (int)(uint)(mantissa >> 32), (int)(uint)(mantissa >> 64), number.IsNegative, (byte)scale);
        return StatementAmount.IsPossible(value);
    }
}

/// <summary>An amount of at most eighteen digits, in units of its last decimal.</summary>
/// <param name="Magnitude">How many units, without the sign.</param>
/// <param name="Scale">How many decimals.</param>
/// <param name="IsNegative">Whether it is written with a minus; so may be zero.</param>
internal readonly record struct CsvPlainNumber(long Magnitude, int Scale, bool IsNegative)
{
    /// <summary>The amount.</summary>
    internal decimal Value => new((int)Magnitude, (int)(Magnitude >> 32), 0, IsNegative, (byte)Scale);

    /// <summary>The signed number of units.</summary>
    internal long Units => IsNegative ? -Magnitude : Magnitude;

    /// <summary>The same with another sign.</summary>
    internal CsvPlainNumber With(bool isNegative) => new(Magnitude, Scale, isNegative);
}

/// <summary>An amount without what stands around its digits.</summary>
/// <param name="Digits">Digits, points and commas; other grouping signs are gone.</param>
/// <param name="IsNegative">Whether a minus or parentheses stand with it.</param>
internal readonly record struct CsvNumberText(string Digits, bool IsNegative)
{
    internal static bool TryParse(string text, out CsvNumberText number, out Currency? currency)
    {
        number = new CsvNumberText("", false);
        currency = null;
        var rest = CutNote(CsvTextReader.WithoutGuard(text).AsSpan().Trim());
        var isNegative = rest is ['(', .., ')'];
        rest = isNegative ? rest[1..^1] : rest;
        var digits = new StringBuilder(rest.Length);
        var word = new StringBuilder(4);
        var signs = 0;
        for (var i = 0; i < rest.Length; i++)
        {
            var c = rest[i];
            switch (c)
            {
                case >= '0' and <= '9' or '.' or ',':
                    digits.Append(c);
                    break;
                case '-' or '\u2212' or '\u2013':
                    isNegative = true;
                    signs++;
                    break;
                case '+':
                    signs++;
                    break;
                case '\'' or '\u2019' or '\u2018' or '\u00b4' or '`' or '\u00a0' or '\u202f' or '\u2009':
                case Lost when IsGroupOfThree(rest, i):
                    break;
                default:
                    // A blank inside of the digits groups them; anything else is a currency.
                    if (!char.IsWhiteSpace(c))
                    {
                        word.Append(c);
                    }

                    break;
            }
        }

        if (signs > 1 || word.Length > 8 || (word.Length > 0 && !CsvCurrencyNames.TryParse(word.ToString(), out currency)))
        {
            return false;
        }

        number = new CsvNumberText(digits.ToString(), isNegative);
        return true;
    }

    // A character that a program lost when it saved the file again. Digits, points, commas and a minus are ASCII and never lost, so between a
    // digit and three more it was the sign of a group; elsewhere it may have been a minus of another form.
    private const char Lost = '\uFFFD';

    private static bool IsGroupOfThree(ReadOnlySpan<char> text, int at) =>
        at > 0 && char.IsAsciiDigit(text[at - 1]) && text.Length >= at + 4 && text.Slice(at + 1, 3).IndexOfAnyExceptInRange('0', '9') < 0 && (text.Length == at + 4 || !char.IsAsciiDigit(text[at + 4]));

    // 131.77(refunded 89.84): what stands in parentheses behind a number is a remark.
    private static ReadOnlySpan<char> CutNote(ReadOnlySpan<char> text)
    {
        var open = text.IndexOf('(');
        return open > 0 && text[^1] == ')' && char.IsAsciiDigit(text[open - 1]) ? text[..open] : text;
    }
}
