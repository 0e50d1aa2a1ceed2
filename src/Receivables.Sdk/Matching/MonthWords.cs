using System.Collections.Frozen;
using NodaTime;

namespace Receivables.Sdk.Matching;

/// <summary>The months that a text names in full: what is paid regularly is often told by nothing else.</summary>
internal static class MonthWords
{
    // Folded, January first, in the languages of the texts. The Portuguese March is left out: it is a first name.
    private const string Names =
        "JANUARY JANUAR JANNER JANUARI JANVIER ENERO GENNAIO JANEIRO STYCZEN STYCZNIA TAMMIKUU|"
        + "FEBRUARY FEBRUAR FEBRUARI FEVRIER FEBRERO FEBBRAIO FEVEREIRO LUTY LUTEGO HELMIKUU|"
        + "MARCH MARZ MAERZ MAART MARS MARZO MARZEC MARCA MARTS MAALISKUU|"
        + "APRIL AVRIL ABRIL APRILE KWIECIEN KWIETNIA HUHTIKUU|"
        + "MAY MAI MEI MAYO MAGGIO MAIO MAJ MAJA TOUKOKUU|"
        + "JUNE JUNI JUIN JUNIO GIUGNO JUNHO CZERWIEC CZERWCA KESAKUU|"
        + "JULY JULI JUILLET JULIO LUGLIO JULHO LIPIEC LIPCA HEINAKUU|"
        + "AUGUST AUGUSTUS AOUT AGOSTO AUGUSTI SIERPIEN SIERPNIA ELOKUU|"
        + "SEPTEMBER SEPTEMBRE SEPTIEMBRE SETTEMBRE SETEMBRO WRZESIEN WRZESNIA SYYSKUU|"
        + "OCTOBER OKTOBER OCTOBRE OCTUBRE OTTOBRE OUTUBRO PAZDZIERNIK PAZDZIERNIKA LOKAKUU|"
        + "NOVEMBER NOVEMBRE NOVIEMBRE NOVEMBRO LISTOPAD LISTOPADA MARRASKUU|"
        + "DECEMBER DEZEMBER DECEMBRE DICIEMBRE DICEMBRE DEZEMBRO DESEMBER GRUDZIEN GRUDNIA JOULUKUU";

    private const int Shortest = 3;
    private const int Longest = 12;

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> s_months =
        Names.Split('|').SelectMany((names, month) => names.Split(' ').Select(name => (name, month))).ToFrozenDictionary(x => x.name, x => x.month, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The months that a text names, a bit for each, January the lowest.</summary>
    internal static int Read(ReadOnlySpan<char> text)
    {
        var months = 0;
        Span<char> word = stackalloc char[Longest];
        for (var at = 0; at < text.Length;)
        {
            var length = 0;
            for (; at < text.Length && char.IsLetter(text[at]); at++)
            {
                if (length < Longest)
                {
                    word[length] = Similarity.CharacterFolding.Fold(text[at]);
                }

                length++;
            }

            if (length is >= Shortest and <= Longest && s_months.TryGetValue(word[..length], out var month))
            {
                months |= 1 << month;
            }

            at += length == 0 ? 1 : 0;
        }

        return months;
    }

    /// <summary>Whether one of some months is that of a document: in which it was issued or is due, or the one before it was issued.</summary>
    internal static bool Fits(int months, LocalDate issued, LocalDate due) =>
        (months & (1 << (issued.Month - 1) | 1 << (due.Month - 1) | 1 << ((issued.Month + 10) % 12))) != 0;
}
