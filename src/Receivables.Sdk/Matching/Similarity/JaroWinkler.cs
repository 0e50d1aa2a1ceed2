using System.Numerics;

namespace Receivables.Sdk.Matching.Similarity;

/// <summary>The Jaro–Winkler similarity: characters in common near each other, with a premium for a common start.</summary>
/// <remarks>
/// Winkler, "String comparator metrics and enhanced decision rules in the Fellegi–Sunter model of record linkage" (1990): a prefix of up to four characters
/// adds a tenth of the remaining distance for each, where the Jaro similarity is above .7. Characters are UTF-16 code units, compared as they are. Pure; safe on any thread.
/// </remarks>
public static class JaroWinkler
{
    private const int PrefixMost = 4;

    /// <summary>The similarity of two texts.</summary>
    /// <param name="a">One text.</param>
    /// <param name="b">The other.</param>
    /// <returns>0 for nothing in common to 1 for equal texts; 1 for two empty ones.</returns>
    public static double Similarity(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.IsEmpty || b.IsEmpty)
        {
            return a.IsEmpty && b.IsEmpty ? 1.0 : 0.0;
        }

        Span<ulong> table = stackalloc ulong[PatternBits.Row];
        return a.Length <= 64 && b.Length <= 64 ? OneWord(a, new PatternBits(b, table), b) : Long(a, b);
    }

    /// <summary>Whether no text of one length can reach a similarity with one of another: the cutoff before any character is read.</summary>
    internal static bool IsOutOfReach(int a, int b, double least)
    {
        var shorter = Math.Min(a, b);
        var jaro = shorter == 0 ? a == b ? 1.0 : 0.0 : (((double)shorter / a) + ((double)shorter / b) + 1.0) / 3.0;
        return (jaro > 0.7 ? jaro + (0.1 * PrefixMost * (1.0 - jaro)) : jaro) < least;
    }

    internal static double OneWord(ReadOnlySpan<char> a, PatternBits pattern, ReadOnlySpan<char> b)
    {
        var window = Math.Max(0, (Math.Max(a.Length, b.Length) / 2) - 1);
        ulong usedA = 0, usedB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var low = i - window;
            var near = (i + window >= 63 ? ~0UL : (1UL << (i + window + 1)) - 1) & (low <= 0 ? ~0UL : low > 63 ? 0 : ~((1UL << low) - 1));
            var hit = pattern.At(a[i]) & near & ~usedB;
            hit &= 0 - hit;
            usedB |= hit;
            usedA |= hit == 0 ? 0 : 1UL << i;
        }

        var matches = BitOperations.PopCount(usedA);
        var swapped = 0;
        for (; usedA != 0; usedA &= usedA - 1, usedB &= usedB - 1)
        {
            swapped += a[BitOperations.TrailingZeroCount(usedA)] != b[BitOperations.TrailingZeroCount(usedB)] ? 1 : 0;
        }

        return Score(a, b, matches, swapped);
    }

    private static double Long(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var window = Math.Max(0, (Math.Max(a.Length, b.Length) / 2) - 1);
        Span<bool> usedB = b.Length <= 512 ? stackalloc bool[b.Length] : new bool[b.Length];
        Span<char> order = a.Length <= 512 ? stackalloc char[a.Length] : new char[a.Length];
        usedB.Clear();
        var matches = 0;
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = Math.Max(0, i - window); j < Math.Min(b.Length, i + window + 1); j++)
            {
                if (!usedB[j] && a[i] == b[j])
                {
                    usedB[j] = true;
                    order[matches++] = a[i];
                    break;
                }
            }
        }

        int swapped = 0, at = 0;
        for (var j = 0; j < b.Length; j++)
        {
            if (usedB[j])
            {
                swapped += order[at++] != b[j] ? 1 : 0;
            }
        }

        return Score(a, b, matches, swapped);
    }

    private static double Score(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int matches, int swapped)
    {
        if (matches == 0)
        {
            return 0.0;
        }

        var m = (double)matches;
        var jaro = ((m / a.Length) + (m / b.Length) + ((m - (swapped / 2)) / m)) / 3.0;
        var prefix = Math.Min(PrefixMost, a.CommonPrefixLength(b));
        return jaro > 0.7 ? jaro + (0.1 * prefix * (1.0 - jaro)) : jaro;
    }
}
