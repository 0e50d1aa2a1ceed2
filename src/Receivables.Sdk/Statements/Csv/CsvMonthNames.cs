namespace Receivables.Sdk.Statements.Csv;

/// <summary>The names of months in the languages whose exports write them: English, German, Dutch, French, Spanish, Italian, Portuguese, Danish, Norwegian, Swedish, Finnish, Polish, Hungarian, Romanian, Turkish; whole or cut off.</summary>
internal static class CsvMonthNames
{
    // How the names of each month begin, with enough letters to tell them apart in all languages at once; ? is a letter with an accent, whatever the encoding makes of it.
    private const string Beginnings =
        "jan ene gen sty oca tam ian|feb fev f?v lut ?ub hel|mar m?r mrz mrt maa|apr abr avr kwi nis huh ?pr|may mai maj mei mag tou m?j|jun juin giu cze haz kes j?n iun|"
        + "jul juil lug lip tem hei j?l iul|aug ago ao? aou sie a?u elo|sep set wrz eyl syy sze|oct okt ott out pa? eki lok|nov lis kas noi|dec dez dic des d?c gru ara jou";

    private const int Most = 4;

    /// <summary>Reads a name, of at least three letters.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> text, ref int at, out int month)
    {
        Span<char> name = stackalloc char[Most];
        var length = 0;
        for (; at < text.Length && (char.IsAsciiLetter((char)text[at]) || text[at] >= 128); at++)
        {
            // The bytes of one letter are one sign.
            var letter = text[at] >= 128 ? '?' : (char)(text[at] | 32);
            if (length < Most && (letter != '?' || length == 0 || name[length - 1] != '?'))
            {
                name[length++] = letter;
            }
        }

        // Marraskuu is November, whatever other languages begin with mar.
        month = name[..length].StartsWith("marr") ? 11 : 0;
        if (month > 0)
        {
            return true;
        }

        foreach (var months in Beginnings.AsSpan().Split('|'))
        {
            month++;
            foreach (var beginning in Beginnings.AsSpan(months).Split(' '))
            {
                if (name[..length].StartsWith(Beginnings.AsSpan(months)[beginning]))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
