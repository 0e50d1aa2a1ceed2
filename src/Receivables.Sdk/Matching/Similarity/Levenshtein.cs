namespace Receivables.Sdk.Matching.Similarity;

/// <summary>The Levenshtein distance: how many characters must be replaced, inserted or deleted to make one text the other.</summary>
/// <remarks>
/// Bit-parallel, 64 characters a step, after Myers, "A fast bit-vector algorithm for approximate string matching" (1999), in the form of Hyyrö (2003).
/// Characters are UTF-16 code units, compared as they are: fold texts first. Nothing is allocated for texts of up to 256 characters. Pure; safe on any thread.
/// </remarks>
public static class Levenshtein
{
    /// <summary>The distance of two texts.</summary>
    /// <param name="a">One text.</param>
    /// <param name="b">The other.</param>
    /// <returns>0 for equal texts, at most the length of the longer.</returns>
    public static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => Distance(a, b, int.MaxValue);

    /// <summary>The distance of two texts where it is small.</summary>
    /// <param name="a">One text.</param>
    /// <param name="b">The other.</param>
    /// <param name="most">The largest distance of interest, not negative.</param>
    /// <returns>The distance, or <paramref name="most"/> + 1 for every larger one.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is negative.</exception>
    public static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        CommonEnds.Strip(ref a, ref b);
        if (a.Length > b.Length)
        {
            var swap = a;
            a = b;
            b = swap;
        }

        if (b.Length - a.Length > most)
        {
            return most + 1;
        }

        if (a.IsEmpty || most == 0)
        {
            return Math.Min(b.Length, most == int.MaxValue ? most : most + 1);
        }

        var words = PatternBits.WordsOf(a.Length);
        Span<ulong> table = words <= PatternBits.MostWords ? stackalloc ulong[words * PatternBits.Row] : new ulong[words * PatternBits.Row];
        return Distance(new PatternBits(a, table), b, most);
    }

    internal static int Distance(PatternBits pattern, ReadOnlySpan<char> text, int most)
    {
        if (Math.Abs(pattern.Length - text.Length) > most)
        {
            return most + 1;
        }

        if (pattern.Length == 0 || text.IsEmpty)
        {
            return Math.Max(pattern.Length, text.Length);
        }

        var distance = pattern.Words == 1 ? OneWord(pattern, text, most) : ManyWords(pattern, text);
        return distance > most ? most + 1 : distance;
    }

    private static int OneWord(PatternBits pattern, ReadOnlySpan<char> text, int most)
    {
        var pv = ~0UL;
        var mv = 0UL;
        var last = pattern.Length - 1;
        var score = pattern.Length;
        // The least that the remaining characters can still bring it down to is the score less their number.
        var slack = most > text.Length ? int.MaxValue : most + text.Length;
        for (var i = 0; i < text.Length; i++)
        {
            var eq = pattern.At(text[i]);
            var xv = eq | mv;
            var xh = (((eq & pv) + pv) ^ pv) | eq;
            var ph = mv | ~(xh | pv);
            var mh = pv & xh;
            score += (int)((ph >> last) & 1) - (int)((mh >> last) & 1);
            ph = (ph << 1) | 1;
            mh <<= 1;
            pv = mh | ~(xv | ph);
            mv = ph & xv;
            if (score + i >= slack)
            {
                return most + 1;
            }
        }

        return score;
    }

    private static int ManyWords(PatternBits pattern, ReadOnlySpan<char> text)
    {
        var words = pattern.Words;
        Span<ulong> pv = words <= 64 ? stackalloc ulong[words] : new ulong[words];
        Span<ulong> mv = words <= 64 ? stackalloc ulong[words] : new ulong[words];
        pv.Fill(~0UL);
        mv.Clear();
        var last = (pattern.Length - 1) & 63;
        var score = pattern.Length;
        foreach (var c in text)
        {
            var (phCarry, mhCarry) = (1UL, 0UL);
            for (var w = 0; w < words; w++)
            {
                var (p, m) = (pv[w], mv[w]);
                var eq = pattern.At(w, c);
                var xv = eq | m;
                eq |= mhCarry;
                var xh = (((eq & p) + p) ^ p) | eq;
                var ph = m | ~(xh | p);
                var mh = p & xh;
                if (w == words - 1)
                {
                    score += (int)((ph >> last) & 1) - (int)((mh >> last) & 1);
                }

                var (phOut, mhOut) = (ph >> 63, mh >> 63);
                ph = (ph << 1) | phCarry;
                mh = (mh << 1) | mhCarry;
                (phCarry, mhCarry) = (phOut, mhOut);
                pv[w] = mh | ~(xv | ph);
                mv[w] = ph & xv;
            }
        }

        return score;
    }
}
