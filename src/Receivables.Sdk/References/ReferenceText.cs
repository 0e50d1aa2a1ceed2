namespace Receivables.Sdk.References;

/// <summary>What people put around and between the characters of a reference.</summary>
internal static class ReferenceText
{
    /// <summary>Room for the canonical form of every type.</summary>
    internal const int MaxLength = 48;

    internal static bool IsBlank(char c) => c is ' ' or '\u00a0' or '\u202f' or '\t';

    internal static bool IsLineBreak(char c) => c is '\n' or '\r';

    internal static bool IsSeparator(char c) => c is '.' or '-' or '/' or ',' || IsBlank(c) || IsLineBreak(c);

    /// <summary>Copies the digits, leaving separators out.</summary>
    internal static ReferenceFault CopyDigits(ReadOnlySpan<char> s, Span<char> target, out int length)
    {
        length = 0;
        foreach (var c in s)
        {
            if (IsSeparator(c))
            {
                continue;
            }

            if (!char.IsAsciiDigit(c))
            {
                return ReferenceFault.Character;
            }

            if (length == target.Length)
            {
                return ReferenceFault.Length;
            }

            target[length++] = c;
        }

        return length == 0 ? ReferenceFault.Empty : ReferenceFault.None;
    }

    /// <summary>Copies letters, in upper case, and digits, leaving separators out.</summary>
    internal static ReferenceFault CopyAlphanumeric(ReadOnlySpan<char> s, Span<char> target, out int length)
    {
        length = 0;
        foreach (var c in s)
        {
            if (IsSeparator(c))
            {
                continue;
            }

            if (!char.IsAsciiLetterOrDigit(c))
            {
                return ReferenceFault.Character;
            }

            if (length == target.Length)
            {
                return ReferenceFault.Length;
            }

            target[length++] = c >= 'a' ? (char)(c - 32) : c;
        }

        return length == 0 ? ReferenceFault.Empty : ReferenceFault.None;
    }

    /// <summary>Digits of a base with zeros before them.</summary>
    internal static ReferenceFault CopyPadded(ReadOnlySpan<char> digits, Span<char> target)
    {
        if (digits.Length > target.Length)
        {
            return ReferenceFault.Length;
        }

        target[..^digits.Length].Fill('0');
        digits.CopyTo(target[^digits.Length..]);
        return ReferenceFault.None;
    }

    internal static bool IsAllZeros(ReadOnlySpan<char> digits) => !digits.ContainsAnyExcept('0');

    /// <summary>Groups of a size with blanks between them; the first group takes what is left over when counted from the right.</summary>
    internal static string Group(string text, int size, bool fromRight)
    {
        var first = fromRight ? text.Length % size : 0;
        var grouped = new System.Text.StringBuilder(text.Length + (text.Length / size) + 1);
        for (var i = 0; i < text.Length; i++)
        {
            if (i > 0 && (i - first) % size == 0)
            {
                grouped.Append(' ');
            }

            grouped.Append(text[i]);
        }

        return grouped.ToString();
    }
}
