namespace Receivables.Sdk.Statements.Csv;

/// <summary>Finds a mark or a status among the words of a profile.</summary>
internal static class CsvWordList
{
    /// <summary>Whether the text is one of the words, or begins with one and a blank.</summary>
    internal static bool Contains(IReadOnlyList<string> words, string text)
    {
        text = text.Trim();
        foreach (var word in words)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || char.IsWhiteSpace(text[word.Length])))
            {
                return true;
            }

            if (word.Length > 1 && CsvLabel.Fold(word) is { Length: > 0 } folded && folded == CsvLabel.Fold(text))
            {
                return true;
            }
        }

        return false;
    }
}
