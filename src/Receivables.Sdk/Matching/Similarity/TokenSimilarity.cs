using System.Buffers;
using System.Numerics;

namespace Receivables.Sdk.Matching.Similarity;

/// <summary>What can be told of a word at a glance: its length, its first character, and which characters it has.</summary>
/// <param name="Characters">A bit for each letter A to Z and digit; other characters share the rest.</param>
/// <param name="Length">How many characters.</param>
/// <param name="First">The first of them.</param>
internal readonly record struct WordSketch(ulong Characters, ushort Length, char First)
{
    internal static WordSketch Of(ReadOnlySpan<char> word) => new(CharactersOf(word), (ushort)Math.Min(word.Length, ushort.MaxValue), word.IsEmpty ? '\0' : word[0]);

    internal static ulong CharactersOf(ReadOnlySpan<char> text)
    {
        var characters = 0UL;
        foreach (var c in text)
        {
            characters |= BitOf(c);
        }

        return characters;
    }

    internal static ulong BitOf(char c) => 1UL << (char.IsAsciiLetterUpper(c) ? c - 'A' : char.IsAsciiDigit(c) ? 26 + c - '0' : 36 + (c % 28));
}

/// <summary>How alike two words of names are, with the ways in which names are shortened.</summary>
internal static class TokenSimilarity
{
    private static readonly SearchValues<char> s_vowels = SearchValues.Create("AEIOUY");

    /// <summary>1000 for equal words; less for one the start of the other, for an abbreviation, for one typing error; else 0.</summary>
    internal static int Compare(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.SequenceEqual(b))
        {
            return 1000;
        }

        if (a.Length > b.Length)
        {
            var swap = a;
            a = b;
            b = swap;
        }

        if (a.Length >= 3 && b.StartsWith(a))
        {
            return a.Length >= 5 || a.Length * 2 >= b.Length ? 920 : 850;
        }

        if (a.Length == 0 || a[0] != b[0])
        {
            return a.Length >= 6 && IsOneEdit(a, b) ? 800 : 0;
        }

        if (b.Length >= 5 && IsOneEdit(a, b))
        {
            return 880;
        }

        if (a.Length == 1)
        {
            return 300;
        }

        return a.Length >= 3 && b.Length >= 6 && IsAbbreviation(a, b) ? 700 : 0;
    }

    /// <summary>Whether two different words may be alike: false only where <see cref="Compare"/> gives 0.</summary>
    internal static bool CanBeAlike(WordSketch a, WordSketch b)
    {
        if (a.Length > b.Length)
        {
            (a, b) = (b, a);
        }

        // One error changes which characters there are in two places at most.
        var canBeOneEdit = b.Length - a.Length <= 1 && BitOperations.PopCount(a.Characters ^ b.Characters) <= 2;
        return a.First == b.First ? a.Length == 1 || (a.Characters & ~b.Characters) == 0 || canBeOneEdit : a.Length >= 6 && canBeOneEdit;
    }

    /// <summary>Less the more errors make one word the other: 1 up to six letters, 2 up to eleven, 3 in longer words; 0 for more, and for words with digits.</summary>
    internal static int Misspelt(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var longer = Math.Max(a.Length, b.Length);
        if (Math.Min(a.Length, b.Length) < 3 || a.ContainsAnyInRange('0', '9') || b.ContainsAnyInRange('0', '9'))
        {
            return 0;
        }

        var most = longer >= 12 ? 3 : longer >= 7 ? 2 : longer >= 4 ? 1 : 0;
        var distance = Levenshtein.Distance(a, b, most);
        return distance > most ? 0 : Math.Max(0, 960 - (1000 * distance / longer));
    }

    /// <summary>Whether one substitution, insertion, deletion or swap of neighbours makes one the other; <paramref name="a"/> is the shorter.</summary>
    internal static bool IsOneEdit(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (b.Length - a.Length > 1)
        {
            return false;
        }

        var i = a.CommonPrefixLength(b);
        if (a.Length < b.Length)
        {
            return a[i..].SequenceEqual(b[(i + 1)..]);
        }

        return i == a.Length
            || a[(i + 1)..].SequenceEqual(b[(i + 1)..])
            || (i + 1 < a.Length && a[i] == b[i + 1] && a[i + 1] == b[i] && a[(i + 2)..].SequenceEqual(b[(i + 2)..]));
    }

    // The letters of the abbreviation stand in the word in order, and all of them are its consonants but perhaps the first.
    private static bool IsAbbreviation(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var at = 0;
        foreach (var c in a)
        {
            var next = b[at..].IndexOf(c);
            if (next < 0)
            {
                return false;
            }

            at += next + 1;
        }

        return !a[1..].ContainsAny(s_vowels);
    }
}
