using System.Collections.Frozen;
using NodaTime;

namespace Receivables.Sdk.Matching;

/// <summary>The months that a text names in full: what is paid regularly is often told by nothing else.</summary>
internal static class MonthWords
{
    // Folded, January first, in the languages of the texts. Left out are first names (the Portuguese and the Turkish March, the Turkish November, the Hungarian July) and the Czech January, which is a word for members elsewhere.
    private const string Names =
        "JANUARY JANUAR JANNER JANUARI JANVIER ENERO GENNAIO JANEIRO STYCZEN STYCZNIA TAMMIKUU LEDNA OCAK IANUARIE ЯНВАРЬ ЯНВАРЯ ΙΑΝΟΥΆΡΙΟΣ ΙΑΝΟΥΑΡΙΟΣ ΙΑΝΟΥΑΡΊΟΥ ΙΑΝΟΥΑΡΙΟΥ|"
        + "FEBRUARY FEBRUAR FEBRUARI FEVRIER FEBRERO FEBBRAIO FEVEREIRO LUTY LUTEGO HELMIKUU UNOR UNORA SUBAT FEBRUARIE ФЕВРАЛЬ ФЕВРАЛЯ ΦΕΒΡΟΥΆΡΙΟΣ ΦΕΒΡΟΥΑΡΙΟΣ ΦΕΒΡΟΥΑΡΊΟΥ ΦΕΒΡΟΥΑΡΙΟΥ|"
        + "MARCH MARZ MAERZ MAART MARS MARZO MARZEC MARCA MARTS MAALISKUU BREZEN BREZNA MARCIUS MARTIE МАРТ МАРТА ΜΆΡΤΙΟΣ ΜΑΡΤΙΟΣ ΜΑΡΤΊΟΥ ΜΑΡΤΙΟΥ|"
        + "APRIL AVRIL ABRIL APRILE KWIECIEN KWIETNIA HUHTIKUU DUBEN DUBNA NISAN APRILIS APRILIE АПРЕЛЬ АПРЕЛЯ ΑΠΡΊΛΙΟΣ ΑΠΡΙΛΙΟΣ ΑΠΡΙΛΊΟΥ ΑΠΡΙΛΙΟΥ|"
        + "MAY MAI MEI MAYO MAGGIO MAIO MAJ MAJA TOUKOKUU KVETEN KVETNA MAYIS MAJUS МАЙ МАЯ ΜΆΙΟΣ ΜΑΙΟΣ ΜΑΪΟΣ ΜΑΪΟΥ ΜΑΙΟΥ ΜΑΐΟΥ|"
        + "JUNE JUNI JUIN JUNIO GIUGNO JUNHO CZERWIEC CZERWCA KESAKUU CERVEN CERVNA HAZIRAN JUNIUS IUNIE ИЮНЬ ИЮНЯ ΙΟΎΝΙΟΣ ΙΟΥΝΙΟΣ ΙΟΥΝΊΟΥ ΙΟΥΝΙΟΥ|"
        + "JULY JULI JUILLET JULIO LUGLIO JULHO LIPIEC LIPCA HEINAKUU CERVENEC CERVENCE TEMMUZ IULIE ИЮЛЬ ИЮЛЯ ΙΟΎΛΙΟΣ ΙΟΥΛΙΟΣ ΙΟΥΛΊΟΥ ΙΟΥΛΙΟΥ|"
        + "AUGUST AUGUSTUS AOUT AGOSTO AUGUSTI SIERPIEN SIERPNIA ELOKUU SRPEN SRPNA AGUSTOS AUGUSZTUS АВГУСТ АВГУСТА ΑΎΓΟΥΣΤΟΣ ΑΥΓΟΥΣΤΟΣ ΑΥΓΟΎΣΤΟΥ ΑΥΓΟΥΣΤΟΥ|"
        + "SEPTEMBER SEPTEMBRE SEPTIEMBRE SETTEMBRE SETEMBRO WRZESIEN WRZESNIA SYYSKUU ZARI EYLUL SZEPTEMBER SEPTEMBRIE СЕНТЯБРЬ СЕНТЯБРЯ ΣΕΠΤΈΜΒΡΙΟΣ ΣΕΠΤΕΜΒΡΙΟΣ ΣΕΠΤΕΜΒΡΊΟΥ ΣΕΠΤΕΜΒΡΙΟΥ|"
        + "OCTOBER OKTOBER OCTOBRE OCTUBRE OTTOBRE OUTUBRO PAZDZIERNIK PAZDZIERNIKA LOKAKUU RIJEN RIJNA EKIM OCTOMBRIE ОКТЯБРЬ ОКТЯБРЯ ΟΚΤΏΒΡΙΟΣ ΟΚΤΩΒΡΙΟΣ ΟΚΤΩΒΡΊΟΥ ΟΚΤΩΒΡΙΟΥ|"
        + "NOVEMBER NOVEMBRE NOVIEMBRE NOVEMBRO LISTOPAD LISTOPADA MARRASKUU NOIEMBRIE НОЯБРЬ НОЯБРЯ ΝΟΈΜΒΡΙΟΣ ΝΟΕΜΒΡΙΟΣ ΝΟΕΜΒΡΊΟΥ ΝΟΕΜΒΡΙΟΥ|"
        + "DECEMBER DEZEMBER DECEMBRE DICIEMBRE DICEMBRE DEZEMBRO DESEMBER GRUDZIEN GRUDNIA JOULUKUU PROSINEC PROSINCE ARALIK DECEMBRIE ДЕКАБРЬ ДЕКАБРЯ ΔΕΚΈΜΒΡΙΟΣ ΔΕΚΕΜΒΡΙΟΣ ΔΕΚΕΜΒΡΊΟΥ ΔΕΚΕΜΒΡΙΟΥ";

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
