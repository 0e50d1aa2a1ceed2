using System.Numerics;

namespace Receivables.Sdk.Matching.Similarity;

/// <summary>The insertion–deletion distance: how many characters must be inserted or deleted to make one text the other.</summary>
/// <remarks>
/// By way of the longest common subsequence, bit-parallel after Hyyrö, "Bit-parallel LCS-length computation revisited" (2004). Characters are UTF-16
/// code units, compared as they are: fold texts first. Nothing is allocated for texts of up to 256 characters. Pure; safe on any thread.
/// </remarks>
public static class Indel
{
    /// <summary>The distance of two texts.</summary>
    /// <param name="a">One text.</param>
    /// <param name="b">The other.</param>
    /// <returns>0 for equal texts, at most the sum of both lengths.</returns>
    public static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => a.Length + b.Length - (2 * CommonSubsequence(a, b));

    /// <summary>The distance of two texts where it is small.</summary>
    /// <param name="a">One text.</param>
    /// <param name="b">The other.</param>
    /// <param name="most">The largest distance of interest, not negative.</param>
    /// <returns>The distance, or <paramref name="most"/> + 1 for every larger one.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is negative.</exception>
    public static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        if (Math.Abs(a.Length - b.Length) > most)
        {
            return most + 1;
        }

        var distance = Distance(a, b);
        return distance > most ? most + 1 : distance;
    }

    /// <summary>1000 for equal texts, 0 for texts that share nothing: 1 − distance ÷ (both lengths), in thousandths.</summary>
    /// <param name="a">One text.</param>
    /// <param name="b">The other.</param>
    /// <returns>0 to 1000; 1000 for two empty texts.</returns>
    public static int Ratio(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var both = a.Length + b.Length;
        return both == 0 ? 1000 : 2000 * CommonSubsequence(a, b) / both;
    }

    /// <summary>The length of the longest common subsequence.</summary>
    internal static int CommonSubsequence(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var common = CommonEnds.Strip(ref a, ref b);
        if (a.IsEmpty || b.IsEmpty)
        {
            return common;
        }

        if (a.Length > b.Length)
        {
            var swap = a;
            a = b;
            b = swap;
        }

        var words = PatternBits.WordsOf(a.Length);
        Span<ulong> table = words <= PatternBits.MostWords ? stackalloc ulong[words * PatternBits.Row] : new ulong[words * PatternBits.Row];
        return common + CommonSubsequence(new PatternBits(a, table), b);
    }

    internal static int CommonSubsequence(PatternBits pattern, ReadOnlySpan<char> text) =>
        pattern.Words == 1 ? OneWord(pattern, text) : ManyWords(pattern, text);

    private static int OneWord(PatternBits pattern, ReadOnlySpan<char> text)
    {
        // Bits above the pattern's length match nothing and stay set.
        var s = ~0UL;
        foreach (var c in text)
        {
            var u = s & pattern.At(c);
            s = (s + u) | (s - u);
        }

        return BitOperations.PopCount(~s);
    }

    private static int ManyWords(PatternBits pattern, ReadOnlySpan<char> text)
    {
        var words = pattern.Words;
        Span<ulong> state = words <= 64 ? stackalloc ulong[words] : new ulong[words];
        state.Fill(~0UL);
        foreach (var c in text)
        {
            var carry = 0UL;
            for (var w = 0; w < words; w++)
            {
                var u = state[w] & pattern.At(w, c);
                var sum = state[w] + u;
                var overflow = sum < u ? 1UL : 0UL;
                sum += carry;
                overflow |= sum < carry ? 1UL : 0UL;
                state[w] = sum | (state[w] - u);
                carry = overflow;
            }
        }

        var length = 0;
        for (var w = 0; w < words; w++)
        {
            var used = Math.Min(64, pattern.Length - (w * 64));
            length += BitOperations.PopCount(used == 64 ? ~state[w] : ~state[w] & ((1UL << used) - 1));
        }

        return length;
    }
}
