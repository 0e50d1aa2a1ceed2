namespace Receivables.Sdk.Text;

/// <summary>Chooses among single-byte pages by the letters that come out: the page and the language that explain the most win, Western Europe where several do.</summary>
/// <remarks>
/// Bytes beyond ASCII of one file nearly always belong to one or two languages. A page that makes a Czech word of Italian, Danish and
/// French letters explains none of it, which no table of single letter frequencies would see.
/// </remarks>
internal static class LetterEvidence
{
    // Signs that stand outside of words in every language.
    private const string Signs = "€£§°´·’‘“”„«»–—…•©®\u00a0²³½¼±ªº¿¡";

    internal static TextEncoding Judge(ReadOnlySpan<byte> start)
    {
        var best = TextEncoding.Windows1252;
        var bestScore = int.MinValue;
        var home = PageOfCurrency(start);
        foreach (var (page, alphabets) in Candidates())
        {
            foreach (var alphabet in alphabets.Split(' '))
            {
                // Between pages that explain as much, the currency of the file's country decides.
                var score = (2 * Score(start, page, alphabet)) + (page.Encoding == home ? 1 : 0);
                if (score > bestScore)
                {
                    (best, bestScore) = (page.Encoding, score);
                }
            }
        }

        return best;
    }

    private static IEnumerable<(TextDecoder Page, string Alphabets)> Candidates()
    {
        // German, French, Spanish and Portuguese, Italian, Nordic, Icelandic, Dutch
        yield return (new TextDecoder(TextEncoding.Windows1252), "äöüß àâæçéèêëîïôœùûüÿ áéíóúñüãõâêôçà àèéìíòóùú åäöæøéü áéíóúýðþæö ëéèïöüóáí");
        // Polish, Czech and Slovak, Hungarian, Croatian and Slovenian, Romanian
        yield return (new TextDecoder(TextEncoding.Windows1250), "ąćęłńóśźż áčďéěíňóřšťúůýžľĺŕäô áéíóöőúüű čćđšž ăâîşţșț");
        yield return (new TextDecoder(TextEncoding.Cp852), "äöüß ąćęłńóśźż áčďéěíňóřšťúůýžľĺŕäô áéíóöőúüű čćđšž");
        yield return (new TextDecoder(TextEncoding.Windows1254), "çğıİöşüâîû");
        // Estonian, Latvian, Lithuanian
        yield return (new TextDecoder(TextEncoding.Windows1257), "äõöüšž āčēģīķļņšūž ąčęėįšųūž");
    }

    private static TextEncoding? PageOfCurrency(ReadOnlySpan<byte> start) =>
        start.IndexOf("PLN"u8) >= 0 || start.IndexOf("CZK"u8) >= 0 || start.IndexOf("HUF"u8) >= 0 || start.IndexOf("RON"u8) >= 0 ? TextEncoding.Windows1250
        : start.IndexOf("TRY"u8) >= 0 ? TextEncoding.Windows1254
        : null;

    private static int Score(ReadOnlySpan<byte> bytes, TextDecoder page, string alphabet)
    {
        var score = 0;
        var one = new char[1];
        var at = -1;
        while (bytes[(at + 1)..].IndexOfAnyInRange((byte)0x80, (byte)0xFF) is >= 0 and var next)
        {
            at += next + 1;
            if (bytes[at] == 0xFF && !(at > 0 && char.IsAsciiLetter((char)bytes[at - 1])) && !(at + 1 < bytes.Length && char.IsAsciiLetter((char)bytes[at + 1])))
            {
                // It fills empty fields.
                continue;
            }

            page.DecodePage(bytes.Slice(at, 1), one);
            var c = one[0];
            var isInNumber = at > 0 && char.IsAsciiDigit((char)bytes[at - 1]) && at + 1 < bytes.Length && char.IsAsciiDigit((char)bytes[at + 1]);
            var isInWord = at > 0 && char.IsAsciiLetter((char)bytes[at - 1]) && at + 1 < bytes.Length && char.IsAsciiLetter((char)bytes[at + 1]);
            if (isInNumber && char.IsLetter(c))
            {
                // What stands between two digits groups them, as in 1’250: it is no letter.
                score -= 3;
            }
            else if (alphabet.Contains(char.ToLowerInvariant(c)))
            {
                // A capital after a small letter is no word.
                score += char.IsUpper(c) && at > 0 && char.IsAsciiLetterLower((char)bytes[at - 1]) ? -1 : 2;
            }
            else if (Signs.Contains(c))
            {
                score += isInWord && c != '’' ? -3 : 1;
            }
            else
            {
                score -= char.IsLetter(c) ? 1 : 3;
            }
        }

        return score;
    }
}
