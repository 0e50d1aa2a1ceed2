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
