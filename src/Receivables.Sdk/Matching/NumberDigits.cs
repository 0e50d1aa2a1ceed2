namespace Receivables.Sdk.Matching;

/// <summary>The digits of a document's number, split from it once: as one integer, with how many digits there are, so that leading zeros count.</summary>
internal readonly record struct NumberDigits
{
    private const sbyte None = -1;
    private const sbyte TooLong = sbyte.MaxValue;
    private const int Most = 19;

    private readonly sbyte _count;

    private NumberDigits(ulong value, sbyte count) => (Value, _count) = (value, count);

    /// <summary>Of a document without a number.</summary>
    internal static NumberDigits Missing => new(0, None);

    /// <summary>The digits as an integer.</summary>
    internal ulong Value { get; }

    /// <summary>How many digits; negative where there is no number.</summary>
    internal int Count => _count;

    /// <summary>Whether there is a number.</summary>
    internal bool IsNumber => _count != None;

    /// <summary>Whether the digits are too many for an integer: then only the number's text tells them.</summary>
    internal bool IsTooLong => _count == TooLong;

    internal static NumberDigits Of(ReadOnlySpan<char> digits)
    {
        if (digits.Length > Most)
        {
            return new NumberDigits(0, TooLong);
        }

        var value = 0UL;
        foreach (var c in digits)
        {
            value = (value * 10) + c - '0';
        }

        return new NumberDigits(value, (sbyte)digits.Length);
    }

    /// <summary>Whether a number that is not too long ends in some digits, and has more than these.</summary>
    internal bool EndsIn(in NumberDigits end) => _count > end._count && Value % PowerOfTen(end._count) == end.Value;

    /// <summary>Writes the digits of a number that is not too long.</summary>
    internal int CopyTo(Span<char> digits)
    {
        var rest = Value;
        for (var i = _count - 1; i >= 0; i--)
        {
            digits[i] = (char)('0' + (rest % 10));
            rest /= 10;
        }

        return _count;
    }

    private static ulong PowerOfTen(int digits)
    {
        var power = 1UL;
        for (var i = 0; i < digits; i++)
        {
            power *= 10;
        }

        return power;
    }
}
