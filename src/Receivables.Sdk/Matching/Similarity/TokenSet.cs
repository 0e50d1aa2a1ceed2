namespace Receivables.Sdk.Matching.Similarity;

/// <summary>How alike the sets of words of two texts are, whatever their order: 1 where the words of one are all in the other.</summary>
/// <remarks>
/// The measure of fuzzywuzzy's <c>token_set_ratio</c> (2011), the one most engines of this field use, here as a baseline and for hosts that know it: the best <see cref="Indel.Ratio"/> among the
/// sorted common words, these with the rest of one text, and with the rest of the other. Words are what white space separates, compared as they are. Nothing is allocated for texts of up to 64
/// words whose differing words come to 256 characters. Pure; safe on any thread.
/// </remarks>
public static class TokenSet
{
    private const int MostOnStack = 64;

    /// <summary>The similarity of two texts.</summary>
    /// <param name="a">One text.</param>
    /// <param name="b">The other.</param>
    /// <returns>0 to 1000; 0 where a text has no word.</returns>
    public static int Ratio(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Span<Range> wordsA = a.Length <= MostOnStack * 2 ? stackalloc Range[(a.Length / 2) + 1] : new Range[(a.Length / 2) + 1];
        Span<Range> wordsB = b.Length <= MostOnStack * 2 ? stackalloc Range[(b.Length / 2) + 1] : new Range[(b.Length / 2) + 1];
        wordsA = wordsA[..Words(a, wordsA)];
        wordsB = wordsB[..Words(b, wordsB)];
        if (wordsA.IsEmpty || wordsB.IsEmpty)
        {
            return 0;
        }

        Span<char> restA = a.Length <= 256 ? stackalloc char[a.Length] : new char[a.Length];
        Span<char> restB = b.Length <= 256 ? stackalloc char[b.Length] : new char[b.Length];
        var common = Merge(a, wordsA, b, wordsB, ref restA, ref restB);
        if (common > 0 && (restA.IsEmpty || restB.IsEmpty))
        {
            return 1000;
        }

        // The common words are at the start of both: only the rests differ.
        var space = common > 0 ? 1 : 0;
        var (lengthA, lengthB) = (common + space + restA.Length, common + space + restB.Length);
        var best = 1000 * (lengthA + lengthB - Indel.Distance(restA, restB)) / (lengthA + lengthB);
        if (common > 0)
        {
            best = Math.Max(best, Math.Max(2000 * common / (common + lengthA), 2000 * common / (common + lengthB)));
        }

        return best;
    }

    // The distinct words, sorted by their code units. Insertion, since they are few.
    private static int Words(ReadOnlySpan<char> text, Span<Range> words)
    {
        var count = 0;
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            var word = text[start..at];
            var place = count;
            while (place > 0 && word.SequenceCompareTo(text[words[place - 1]]) < 0)
            {
                place--;
            }

            if (place > 0 && word.SequenceEqual(text[words[place - 1]]))
            {
                continue;
            }

            words[place..count].CopyTo(words[(place + 1)..]);
            words[place] = start..at;
            count++;
        }

        return count;
    }

    // The length of the common words with single spaces; the others are written to the rests.
    private static int Merge(ReadOnlySpan<char> a, ReadOnlySpan<Range> wordsA, ReadOnlySpan<char> b, ReadOnlySpan<Range> wordsB, ref Span<char> restA, ref Span<char> restB)
    {
        int i = 0, j = 0, common = 0, nA = 0, nB = 0;
        while (i < wordsA.Length || j < wordsB.Length)
        {
            var order = i == wordsA.Length ? 1 : j == wordsB.Length ? -1 : a[wordsA[i]].SequenceCompareTo(b[wordsB[j]]);
            if (order == 0)
            {
                common += (common > 0 ? 1 : 0) + a[wordsA[i++]].Length;
                j++;
            }
            else if (order < 0)
            {
                nA = Append(restA, nA, a[wordsA[i++]]);
            }
            else
            {
                nB = Append(restB, nB, b[wordsB[j++]]);
            }
        }

        restA = restA[..nA];
        restB = restB[..nB];
        return common;
    }

    private static int Append(Span<char> rest, int n, ReadOnlySpan<char> word)
    {
        if (n > 0)
        {
            rest[n++] = ' ';
        }

        word.CopyTo(rest[n..]);
        return n + word.Length;
    }
}
