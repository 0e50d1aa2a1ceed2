namespace Receivables.Sdk.Matching.Similarity;

/// <summary>Cyrillic and Greek letters in Latin ones, as firms of such names are written abroad.</summary>
/// <remarks>
/// Russian and Ukrainian after the romanisation of passports (ICAO Doc 9303, part 3, section 6), Greek after ELOT 743, without diacritics. A letter becomes at most two: Щ is SH
/// rather than SHCH, which a comparison that allows for errors still finds. Letters of other scripts are kept.
/// </remarks>
internal static class Transliteration
{
    // Two characters for each of U+0410 (А) to U+042F (Я); a dot is none.
    private const string Cyrillic = "A.B.V.G.D.E.ZHZ.I.Y.K.L.M.N.O.P.R.S.T.U.F.KHTSCHSHSH..Y...E.YUYA";

    // The same for U+0391 (Α) to U+03A9 (Ω); U+03A2 is no letter.
    private const string Greek = "A.V.G.D.E.Z.I.THI.K.L.M.N.X.O.P.R...S.T.Y.F.CHPSO.";

    /// <summary>The one or two letters for an upper-case letter; a letter of another script stands for itself, '\0' for none.</summary>
    internal static (char First, char Second) Latin(char c) => c switch
    {
        < '\u0370' => (c, '\0'),
        >= '\u0410' and <= '\u042F' => Pair(Cyrillic, c - '\u0410'),
        >= '\u0391' and <= '\u03A9' => Pair(Greek, c - '\u0391'),
        '\u0401' or '\u0404' or '\u0388' => ('E', '\0'),
        '\u0406' or '\u0407' or '\u0389' or '\u038A' or '\u03AA' => ('I', '\0'),
        '\u0490' => ('G', '\0'),
        '\u040E' => ('U', '\0'),
        '\u0386' => ('A', '\0'),
        '\u038C' or '\u038F' => ('O', '\0'),
        '\u038E' or '\u03AB' => ('Y', '\0'),
        _ => (c, '\0'),
    };

    private static (char First, char Second) Pair(string table, int index)
    {
        var (first, second) = (table[2 * index], table[(2 * index) + 1]);
        return (first == '.' ? '\0' : first, second == '.' ? '\0' : second);
    }
}
