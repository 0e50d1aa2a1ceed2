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
/// <param name="Letters">The letters of a debit and of a credit behind or before amounts, <c>DC</c>, <c>SH</c>; null where the file does not tell.</param>
internal readonly record struct CsvNumberFormat(char DecimalSign, string? Letters = null)
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

        if (number.Letter != 0)
        {
            var at = Letters?.IndexOf(number.Letter, StringComparison.Ordinal) ?? -1;
            if (at < 0 || (at == 1 && number.IsNegative))
            {
                return CsvNumberResult.Invalid;
            }

            number = number with { IsNegative = at == 0 };
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
/// <param name="IsNegative">Whether a minus, parentheses or <c>DR</c> stand with it.</param>
internal readonly record struct CsvNumberText(string Digits, bool IsNegative)
{
    /// <summary>Whether <c>DR</c> or <c>CR</c> stands with it, in two letters or one.</summary>
    internal bool IsMarked { get; init; }

    /// <summary>A single letter that may say debit or credit: of one language it is the one, of another the other; 0 for none.</summary>
    internal char Letter { get; init; }

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
                case '.' when i > 0 && char.IsLetter(rest[i - 1]):
                    // The point of an abbreviation: Cr., Rs.
                    break;
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

        if (signs > 1 || word.Length > 8)
        {
            return false;
        }

        if (word.Length == 0)
        {
            number = new CsvNumberText(digits.ToString(), isNegative);
            return true;
        }

        return TryMark(word.ToString(), digits.ToString(), isNegative, out number, out currency) || TryCurrency(word.ToString(), digits.ToString(), isNegative, out number, out currency);
    }

    private static bool TryCurrency(string word, string digits, bool isNegative, out CsvNumberText number, out Currency? currency)
    {
        number = new CsvNumberText(digits, isNegative);
        return CsvCurrencyNames.TryParse(word, out currency);
    }

    // 1,250.00 CR, 80.00Dr., 1.250,00 S, INR 1,250.00 Cr. A minus under a credit is a contradiction.
    private static bool TryMark(string word, string digits, bool isNegative, out CsvNumberText number, out Currency? currency)
    {
        number = new CsvNumberText("", false);
        currency = null;
        var mark = word.TrimEnd('.').ToUpperInvariant();
        if (mark.Length == 1)
        {
            number = new CsvNumberText(digits, isNegative) { IsMarked = true, Letter = mark[0] };
            return Letters.Contains(mark[0], StringComparison.Ordinal) && digits.Length > 0;
        }

        var isAhead = mark.StartsWith("CR", StringComparison.Ordinal) || mark.StartsWith("DR", StringComparison.Ordinal);
        var sign = isAhead ? mark[..2] : mark[^2..];
        var rest = isAhead ? mark[2..] : mark[..^2];
        if (sign is not ("CR" or "DR" or "DB") || digits.Length == 0 || (sign == "CR" && isNegative) || (rest.Length > 0 && !CsvCurrencyNames.TryParse(rest, out currency)))
        {
            return false;
        }

        number = new CsvNumberText(digits, sign != "CR") { IsMarked = true };
        return true;
    }

    /// <summary>Debit and credit, Soll and Haben, Debe and Haber, Dare and Avere, Cargo and Abono.</summary>
    private const string Letters = "DCSHA";

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
