namespace Receivables.Sdk.Ledger;

/// <summary>A decimal number as it was written: all its digits, and how many of them are decimals.</summary>
/// <remarks>How many decimals are right is known only with the currency, which may stand on another line.</remarks>
internal readonly record struct ScaledAmount(long Digits, byte Scale)
{
    /// <summary>The most minor units of one amount: a thousand million sums of it still fit the accumulators.</summary>
    internal const long Largest = 999_999_999_999_999_999;

    /// <summary>The amount in minor units.</summary>
    /// <returns>Null, or the code of what is wrong.</returns>
    internal string? ToMinorUnits(int digits, out long minor)
    {
        minor = 0;
        if (Scale > digits)
        {
            return LedgerCodes.TooManyDecimals;
        }

        var value = (Int128)Digits;
        for (var i = Scale; i < digits; i++)
        {
            value *= 10;
        }

        if (value > Largest || value < -Largest)
        {
            return LedgerCodes.AmountTooLarge;
        }

        minor = (long)value;
        return null;
    }

    internal decimal ToDecimal()
    {
        var magnitude = (ulong)Math.Abs(Digits);
        return new decimal((int)magnitude, (int)(magnitude >> 32), 0, Digits < 0, Scale);
    }

    /// <summary>An amount given as a number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="isAsWritten">Whether zeros at the end count as decimals, as they do in a file; a database's <c>12.3400</c> does not mean them.</param>
    /// <param name="amount">The amount.</param>
    internal static bool TryCreate(decimal value, bool isAsWritten, out ScaledAmount amount)
    {
        amount = default;
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var scale = (bits[3] >> 16) & 31;
        var magnitude = ((UInt128)(uint)bits[2] << 64) | ((UInt128)(uint)bits[1] << 32) | (uint)bits[0];
        while (!isAsWritten && scale > 0 && magnitude % 10 == 0)
        {
            magnitude /= 10;
            scale--;
        }

        if (magnitude > (UInt128)Largest)
        {
            return false;
        }

        amount = new ScaledAmount(bits[3] < 0 ? -(long)magnitude : (long)magnitude, (byte)scale);
        return true;
    }

    /// <summary>Reads digits with an optional minus and an optional full stop with digits after it; nothing else.</summary>
    /// <returns>Null, or the code of what is wrong.</returns>
    internal static string? Parse(ReadOnlySpan<byte> text, out ScaledAmount amount)
    {
        amount = default;
        var negative = text.Length > 0 && text[0] == '-';
        var at = negative ? 1 : 0;
        long digits = 0;
        int scale = 0, before = 0;
        var isPast = false;
        var isTooLarge = false;
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '.' && !isPast && before > 0)
            {
                isPast = true;
            }
            else if ((uint)(c - '0') <= 9)
            {
                isTooLarge |= digits > (Largest - (c - '0')) / 10;
                digits = isTooLarge ? 0 : (digits * 10) + (c - '0');
                _ = isPast ? scale++ : before++;
            }
            else
            {
                return LedgerCodes.NotAnAmount;
            }
        }

        if (before == 0 || (isPast && scale == 0))
        {
            return LedgerCodes.NotAnAmount;
        }

        if (isTooLarge || scale > byte.MaxValue)
        {
            // So many digits are either far too much money or far too many decimals.
            return before > 18 ? LedgerCodes.AmountTooLarge : LedgerCodes.TooManyDecimals;
        }

        amount = new ScaledAmount(negative ? -digits : digits, (byte)scale);
        return null;
    }
}
