using System.Runtime.CompilerServices;

namespace Receivables.Sdk.Matching.Similarity;

/// <summary>Brings characters that banks and ledgers write differently to one form: upper-case ASCII where there is one, everything else kept.</summary>
/// <remarks>
/// Our own table, since <c>string.Normalize</c> depends on the platform. Banks replace letters outside the SEPA character set by their base
/// letter or by two letters (EPC 217-08); <see cref="FoldName"/> brings both readings to the same text.
/// </remarks>
internal static class CharacterFolding
{
    // The base letter of U+00C0 to U+017F, one for each; a dot is a character that is no letter or needs two.
    private static ReadOnlySpan<byte> Latin =>
        "AAAAAA.CEEEEIIIIDNOOOOO.OUUUUY..AAAAAA.CEEEEIIIIDNOOOOO.OUUUUY.YAAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIII..JJKKKLLLLLLLLLLNNNNNN.NNOOOOOO..RRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS"u8;

    /// <summary>One character to one character: upper-case ASCII where there is a base letter, full-width forms narrowed, decimal digits of any script as 0 to 9, everything else in invariant upper case.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static char Fold(char c) => c >= 128 ? FoldOther(c) : char.IsAsciiLetterLower(c) ? (char)(c - 32) : c;

    private static char FoldOther(char c)
    {
        if (c is >= '\u00C0' and <= '\u017F')
        {
            var folded = (char)Latin[c - '\u00C0'];
            return folded == '.' ? c : folded;
        }

        if (c is >= '\uFF01' and <= '\uFF5E')
        {
            return Fold((char)(c - 0xFEE0));
        }

        return c switch
        {
            '\u00A0' or '\u2007' or '\u202F' or '\u3000' => ' ',
            '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' => '-',
            '\u2018' or '\u2019' or '\u00B4' => '\'',
            // The commas and the decimal sign that go with other digits.
            '\u060C' or '\u3001' or '\u066B' => ',',
            '\u066C' => '.',
            _ when char.IsDigit(c) => (char)('0' + (int)char.GetNumericValue(c)),
            _ => char.ToUpperInvariant(c),
        };
    }

    /// <summary>
    /// A name as letters, digits and single spaces: folded, without the points and apostrophes inside abbreviations (B.V. becomes BV), single
    /// letters in a row joined (G M B H becomes GMBH), and AE, OE, UE, SS, AA brought to A, O, U, S, A, so that ä, ae and a are the same. Cyrillic and
    /// Greek letters become Latin ones (<see cref="Transliteration"/>).
    /// </summary>
    /// <returns>How many characters were written; <paramref name="target"/> must hold twice the length of the name.</returns>
    internal static int FoldName(ReadOnlySpan<char> name, Span<char> target)
    {
        var n = 0;
        var singles = 0;
        var tokenStart = 0;
        foreach (var raw in name)
        {
            var c = Fold(raw);
            if (char.IsAsciiLetterOrDigit(c))
            {
                n = AppendLetter(target, n, tokenStart, c);
            }
            else if (char.IsLetterOrDigit(c))
            {
                var (first, second) = Transliteration.Latin(c);
                n = first == '\0' ? n : AppendLetter(target, n, tokenStart, first);
                n = second == '\0' ? n : AppendLetter(target, n, tokenStart, second);
            }
            else if (c is not ('.' or '\'' or '`'))
            {
                (n, tokenStart, singles) = EndToken(target, n, tokenStart, singles);
            }
        }

        (n, _, _) = EndToken(target, n, tokenStart, singles);
        return n > 0 && target[n - 1] == ' ' ? n - 1 : n;
    }

    private static int AppendLetter(Span<char> target, int n, int tokenStart, char c)
    {
        switch (c)
        {
            case 'ß' or 'ẞ':
                c = 'S';
                break;
            case 'Æ' or 'æ':
                c = 'A';
                break;
            case 'Œ' or 'œ':
                c = 'O';
                break;
            case 'Þ' or 'þ':
                target[n++] = 'T';
                c = 'H';
                break;
        }

        var previous = n > tokenStart ? target[n - 1] : ' ';
        if ((c == 'E' && previous is 'A' or 'O' or 'U' && c == 'E') || (c == 'S' && previous == 'S') || (c == 'A' && previous == 'A'))
        {
            return n;
        }

        target[n++] = c;
        return n;
    }

    // Ends a token with a space; a single letter after another single letter is joined to it.
    private static (int Length, int TokenStart, int Singles) EndToken(Span<char> target, int n, int tokenStart, int singles)
    {
        var length = n - tokenStart;
        if (length == 0)
        {
            return (n, tokenStart, singles);
        }

        var isSingle = length == 1 && char.IsLetter(target[tokenStart]);
        if (isSingle && singles > 0)
        {
            target[tokenStart - 1] = target[tokenStart];
            n--;
        }

        target[n++] = ' ';
        return (n, n, isSingle ? singles + 1 : 0);
    }
}
