using System.Numerics;

namespace Receivables.Sdk.Matching.Similarity;

/// <summary>The insertion–deletion distance by way of the longest common subsequence, 64 characters a word.</summary>
/// <remarks>Bit-parallel after Hyyrö, "Bit-parallel LCS-length computation revisited" (2004).</remarks>
internal static class Indel
{
    /// <summary>How many characters must be inserted or deleted to make one text the other.</summary>
    internal static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => a.Length + b.Length - (2 * CommonSubsequence(a, b));

    /// <summary>1000 for equal texts, 0 for texts that share nothing: 1 − distance ÷ (both lengths), in thousandths.</summary>
    internal static int Ratio(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var both = a.Length + b.Length;
        return both == 0 ? 1000 : 2000 * CommonSubsequence(a, b) / both;
    }

    /// <summary>The length of the longest common subsequence.</summary>
    internal static int CommonSubsequence(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var prefix = a.CommonPrefixLength(b);
        a = a[prefix..];
        b = b[prefix..];
        while (!a.IsEmpty && !b.IsEmpty && a[^1] == b[^1])
        {
            prefix++;
            a = a[..^1];
            b = b[..^1];
        }

        if (a.IsEmpty || b.IsEmpty)
        {
            return prefix;
        }

        if (a.Length > b.Length)
        {
            var swap = a;
            a = b;
            b = swap;
        }

        return prefix + (a.Length <= 64 ? OneWord(a, b) : ManyWords(a, b));
    }

    private static int OneWord(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Span<ulong> ascii = stackalloc ulong[128];
        ascii.Clear();
        var isAscii = true;
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i] < 128)
            {
                ascii[a[i]] |= 1UL << i;
            }
            else
            {
                isAscii = false;
            }
        }

        var s = ~0UL;
        foreach (var c in b)
        {
            var match = c < 128 ? ascii[c] : isAscii ? 0 : Positions(a, c);
            var u = s & match;
            s = (s + u) | (s - u);
        }

        return BitOperations.PopCount(a.Length == 64 ? ~s : ~s & ((1UL << a.Length) - 1));
    }

    private static int ManyWords(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var words = (a.Length + 63) / 64;
        Span<ulong> state = words <= 32 ? stackalloc ulong[words] : new ulong[words];
        state.Fill(~0UL);
        foreach (var c in b)
        {
            var carry = 0UL;
            for (var w = 0; w < words; w++)
            {
                var u = state[w] & Positions(a[(w * 64)..Math.Min(a.Length, (w * 64) + 64)], c);
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
            var used = Math.Min(64, a.Length - (w * 64));
            length += BitOperations.PopCount(used == 64 ? ~state[w] : ~state[w] & ((1UL << used) - 1));
        }

        return length;
    }

    private static ulong Positions(ReadOnlySpan<char> a, char c)
    {
        var result = 0UL;
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i] == c)
            {
                result |= 1UL << i;
            }
        }

        return result;
    }
}
