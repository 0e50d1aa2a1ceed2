using Receivables.Sdk.Matching.Similarity;

namespace Receivables.Sdk.Matching;

/// <summary>Looks for the words of a name in a text.</summary>
internal static class WordsOfName
{
    private const int Shortest = 3;
    private const int Longest = 64;

    /// <summary>Whether a text has a word of three letters or more of one name that another name lacks.</summary>
    internal static bool AreIn(string text, string name, string? except)
    {
        Span<char> word = stackalloc char[Longest];
        for (var at = 0; at < name.Length;)
        {
            var length = 0;
            for (; at < name.Length && char.IsLetter(name[at]); at++)
            {
                if (length < Longest)
                {
                    word[length] = CharacterFolding.Fold(name[at]);
                }

                length++;
            }

            if (length is >= Shortest and <= Longest && Has(text, word[..length]) && !(except is not null && Has(except, word[..length])))
            {
                return true;
            }

            at += length == 0 ? 1 : 0;
        }

        return false;
    }

    /// <summary>Whether a payer has the name but that first names are initials: each word of the payer is one of the name or the first letter of one, or the other way round, and one of three letters or more is the same.</summary>
    internal static bool AreInitialed(string payer, string name)
    {
        var (used, same, initials) = (0UL, 0, 0);
        for (var at = 0; NextWord(payer, ref at, out var start, out var length);)
        {
            var (best, isWhole) = (-1, false);
            for (int from = 0, place = 0; !isWhole && NextWord(name, ref from, out var its, out var itsLength) && place < 64; place++)
            {
                var shared = (used >> place & 1) == 0 ? SharedStart(payer.AsSpan(start, length), name.AsSpan(its, itsLength)) : 0;
                isWhole = shared == length && shared == itsLength;
                best = isWhole || (best < 0 && shared == 1 && Math.Min(length, itsLength) == 1) ? place : best;
            }

            if (best < 0)
            {
                return false;
            }

            used |= 1UL << best;
            same += isWhole && length >= Shortest ? 1 : 0;
            initials += isWhole ? 0 : 1;
        }

        return same > 0 && initials > 0;
    }

    private static bool NextWord(string text, ref int at, out int start, out int length)
    {
        while (at < text.Length && !char.IsLetter(text[at]))
        {
            at++;
        }

        start = at;
        while (at < text.Length && char.IsLetter(text[at]))
        {
            at++;
        }

        length = at - start;
        return length > 0;
    }

    private static int SharedStart(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var shared = 0;
        while (shared < a.Length && shared < b.Length && CharacterFolding.Fold(a[shared]) == CharacterFolding.Fold(b[shared]))
        {
            shared++;
        }

        return shared;
    }

    // Folded letter by letter, so that nothing is copied.
    private static bool Has(string text, ReadOnlySpan<char> word)
    {
        for (var start = 0; start + word.Length <= text.Length; start++)
        {
            if ((start > 0 && char.IsLetter(text[start - 1])) || CharacterFolding.Fold(text[start]) != word[0])
            {
                continue;
            }

            var length = 1;
            while (length < word.Length && CharacterFolding.Fold(text[start + length]) == word[length])
            {
                length++;
            }

            if (length == word.Length && (start + length == text.Length || !char.IsLetter(text[start + length])))
            {
                return true;
            }
        }

        return false;
    }
}
