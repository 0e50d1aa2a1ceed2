namespace Receivables.Sdk.Statements.Mt;

/// <summary>What is odd about the way an amount is written.</summary>
[Flags]
internal enum MtAmountOddity : byte
{
    None = 0,

    /// <summary>A point as decimal sign.</summary>
    Point = 1,

    /// <summary>No decimal sign at all; the standard wants one comma.</summary>
    NoComma = 2,

    /// <summary>Groups of thousands.</summary>
    Grouped = 4,

    /// <summary>A blank between the digits.</summary>
    Blank = 8,

    /// <summary>A minus sign.</summary>
    Minus = 16,
}

/// <summary>Reads amounts: digits and one comma, and the ways in which banks depart from that.</summary>
internal static class MtAmount
{
    /// <summary>Reads an amount without its sign.</summary>
    /// <param name="text">The bytes; what follows the amount is left.</param>
    /// <param name="at">Where it starts; afterwards where it ends.</param>
    /// <param name="joinsBlanks">Whether a blank between digits belongs to the amount.</param>
    /// <param name="value">The amount.</param>
    /// <param name="oddity">What is odd.</param>
    /// <returns>Whether there is exactly one way to read it.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> text, ref int at, bool joinsBlanks, out decimal value, out MtAmountOddity oddity)
    {
        var isRead = TryRead(text, ref at, joinsBlanks, out ExactAmount exact, out oddity);
        value = exact.Value;
        return isRead;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, ref int, bool, out decimal, out MtAmountOddity)"/>
    internal static bool TryRead(ReadOnlySpan<byte> text, ref int at, bool joinsBlanks, out ExactAmount value, out MtAmountOddity oddity)
    {
        // The common form: up to 18 digits and one comma.
        ulong mantissa = 0;
        int i = at, digits = 0, scale = 0;
        var comma = -1;
        for (; i < text.Length; i++)
        {
            var digit = (uint)text[i] - '0';
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
                digits++;
                scale += comma >= 0 ? 1 : 0;
            }
            else if (text[i] == ',' && comma < 0)
            {
                comma = i;
            }
            else
            {
                break;
            }
        }

        if (comma >= 0 && digits is > 0 and <= 18 && (i == text.Length || text[i] is not ((byte)'.' or (byte)',' or (byte)' ')))
        {
            at = i;
            value = new ExactAmount(mantissa, 0, (byte)scale, IsMinus: false);
            oddity = MtAmountOddity.None;
            return true;
        }

        var isRead = TryReadOdd(text, ref at, joinsBlanks, out var odd, out oddity);
        value = ExactAmount.Of(odd);
        return isRead;
    }

    private static bool TryReadOdd(ReadOnlySpan<byte> text, ref int at, bool joinsBlanks, out decimal value, out MtAmountOddity oddity)
    {
        (value, oddity) = (0m, MtAmountOddity.None);
        Span<byte> kept = stackalloc byte[40];
        int length = 0, points = 0, commas = 0;
        var i = at;
        for (; i < text.Length; i++)
        {
            var b = text[i];
            if (b == ' ' && joinsBlanks && length > 0 && i + 1 < text.Length && char.IsAsciiDigit((char)text[i + 1]))
            {
                oddity |= MtAmountOddity.Blank;
                continue;
            }

            if (IsGroupSign(text, i, length, commas + points))
            {
                // Groups of thousands before a decimal sign can be read in one way only.
                if (!IsGroupBehind(text, i))
                {
                    return false;
                }

                oddity |= MtAmountOddity.Grouped;
                continue;
            }

            if (b is not ((byte)'.' or (byte)',' or (>= (byte)'0' and <= (byte)'9')))
            {
                break;
            }

            if (length == kept.Length)
            {
                return false;
            }

            kept[length++] = b;
            points += b == '.' ? 1 : 0;
            commas += b == ',' ? 1 : 0;
        }

        var number = kept[..length];
        if (!TrySplit(number, points, commas, out var decimalSign, ref oddity))
        {
            return false;
        }

        UInt128 mantissa = 0;
        int digits = 0, scale = 0;
        for (var k = 0; k < number.Length; k++)
        {
            if (number[k] is (byte)'.' or (byte)',')
            {
                continue;
            }

            mantissa = (mantissa * 10) + (uint)(number[k] - '0');
            digits += digits > 0 || number[k] != '0' ? 1 : 0;
            scale += decimalSign >= 0 && k > decimalSign ? 1 : 0;
        }

        if (digits > 28 || scale > 28 || length == points + commas)
        {
            return false;
        }

        at = i;
        value = new decimal((int)(uint)mantissa, (int)(uint)(mantissa >> 32), (int)(uint)(mantissa >> 64), false, (byte)scale);
        return StatementAmount.IsPossible(value);
    }

    // An apostrophe, or a blank before a digit: no type and no reference begins with one when there was no decimal sign yet.
    private static bool IsGroupSign(ReadOnlySpan<byte> text, int at, int length, int signs) =>
        length > 0 && signs == 0 && at + 1 < text.Length && text[at] is (byte)'\'' or (byte)' ' && char.IsAsciiDigit((char)text[at + 1]);

    // Three digits, and more groups or a decimal sign behind them.
    private static bool IsGroupBehind(ReadOnlySpan<byte> text, int at)
    {
        var rest = text[(at + 1)..];
        return rest.Length > 3 && !rest[..3].ContainsAnyExceptInRange((byte)'0', (byte)'9') && rest[3] is (byte)',' or (byte)'.' or (byte)'\'' or (byte)' ';
    }

    // Which sign is the decimal one. Two kinds of signs: the last one, when the others make groups of three.
    private static bool TrySplit(ReadOnlySpan<byte> number, int points, int commas, out int decimalSign, ref MtAmountOddity oddity)
    {
        decimalSign = -1;
        if (points == 0 && commas == 0)
        {
            oddity |= MtAmountOddity.NoComma;
            return number.Length > 0;
        }

        var last = number.LastIndexOfAny((byte)'.', (byte)',');
        if (points + commas == 1)
        {
            oddity |= points == 1 ? MtAmountOddity.Point : 0;
            decimalSign = last;
            return true;
        }

        oddity |= MtAmountOddity.Grouped;
        var isOneKind = points == 0 || commas == 0;
        if (!isOneKind && (number[last] == '.' ? points : commas) != 1)
        {
            return false;
        }

        decimalSign = isOneKind ? -1 : last;
        var group = 0;
        for (var k = (isOneKind ? number.Length : last) - 1; k >= 0; k--)
        {
            if (number[k] is (byte)'.' or (byte)',')
            {
                if (group != 3)
                {
                    return false;
                }

                group = 0;
            }
            else
            {
                group++;
            }
        }

        return group is > 0 and <= 3;
    }
}
