using System.Numerics;

namespace Receivables.Sdk.Matching;

/// <summary>Weights of evidence: base-2 logarithms in units of 1/1024, computed in integers so that they are the same on every machine.</summary>
internal static class Bits
{
    internal const int One = 1024;

    /// <summary>log2 of a number, 1 or more.</summary>
    internal static int Log2(ulong value)
    {
        if (value <= 1)
        {
            return 0;
        }

        var exponent = BitOperations.Log2(value);
        var mantissa = exponent >= 31 ? value >> (exponent - 31) : value << (31 - exponent);
        var result = exponent << 10;
        for (var bit = 512; bit > 0; bit >>= 1)
        {
            mantissa = (mantissa * mantissa) >> 31;
            if (mantissa >= 1UL << 32)
            {
                mantissa >>= 1;
                result |= bit;
            }
        }

        return result;
    }

    /// <summary>log2 of a ratio of positive numbers.</summary>
    internal static int Log2(long numerator, long denominator) => Log2((ulong)Math.Max(1, numerator)) - Log2((ulong)Math.Max(1, denominator));

    /// <summary>What a run of decimal digits is worth: log2(10) each.</summary>
    internal static int Digits(int count) => count * 3402;

    /// <summary>2 to the power of a weight.</summary>
    internal static double Power(int units) => Math.Pow(2, units / 1024.0);
}
