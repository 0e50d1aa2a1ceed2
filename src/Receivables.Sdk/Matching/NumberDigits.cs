using System.Numerics;

namespace Receivables.Sdk.Matching;

/// <summary>The digits of a document's number, split from it once: four bits for each, the last lowest, with how many there are, so that leading zeros count.</summary>
/// <remarks>So packed, ends are cut off and numbers compared digit by digit without a division.</remarks>
internal readonly record struct NumberDigits
{
    private const sbyte None = -1;
    private const sbyte TooLong = sbyte.MaxValue;
    private const int Most = 16;
    private const int Bits = 4;
    private const ulong Digit = 0xF;
    private const ulong TwoDigits = 0xFF;

    private readonly ulong _digits;
    private readonly sbyte _count;

    private NumberDigits(ulong digits, sbyte count) => (_digits, _count) = (digits, count);

    /// <summary>Of a document without a number.</summary>
    internal static NumberDigits Missing => new(0, None);

    /// <summary>Whether there is a number.</summary>
    internal bool IsNumber => _count != None;

    /// <summary>Whether there is no number, or one without a digit.</summary>
    internal bool IsEmpty => _count <= 0;

    /// <summary>Whether the digits are too many to be packed: then only the number's text tells them.</summary>
    internal bool IsTooLong => _count == TooLong;

    internal static NumberDigits Of(ReadOnlySpan<char> digits)
    {
        if (digits.Length > Most)
        {
            return new NumberDigits(0, TooLong);
        }

        var packed = 0UL;
        foreach (var c in digits)
        {
            packed = (packed << Bits) | (uint)(c - '0');
        }

        return new NumberDigits(packed, (sbyte)digits.Length);
    }

    /// <summary>Whether a number that is not too long ends in some digits, and has more than these.</summary>
    internal bool EndsIn(in NumberDigits end) => _count > end._count && ((_digits ^ end._digits) & ((1UL << (Bits * end._count)) - 1)) == 0;

    /// <summary>What <see cref="NumberErrors.IsOneAway"/> says of two numbers that are not too long.</summary>
    internal bool IsOneAway(in NumberDigits other)
    {
        var differing = _digits ^ other._digits;
        // Where the last digit that differs stands.
        var at = BitOperations.TrailingZeroCount(differing) & ~(Bits - 1);
        if (_count == other._count)
        {
            return differing != 0 && (differing >> at is var from && (from <= Digit || (from <= TwoDigits && IsSwapped((_digits >> at) & TwoDigits, (other._digits >> at) & TwoDigits))));
        }

        var (longer, shorter) = _count > other._count ? (this, other) : (other, this);
        at = Math.Min(at, Bits * shorter._count);
        return longer._count == shorter._count + 1 && longer._digits >> at >> Bits == shorter._digits >> at;
    }

    /// <summary>Writes the digits of a number that is not too long; none where there is no number.</summary>
    internal int CopyTo(Span<char> digits)
    {
        var rest = _digits;
        for (var i = _count - 1; i >= 0; i--)
        {
            digits[i] = (char)('0' + (rest & Digit));
            rest >>= Bits;
        }

        return Math.Max(0, (int)_count);
    }

    private static bool IsSwapped(ulong two, ulong others) => two >> Bits == (others & Digit) && (two & Digit) == others >> Bits;
}
