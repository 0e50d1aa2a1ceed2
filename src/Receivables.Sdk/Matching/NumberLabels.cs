using System.Collections.Frozen;

namespace Receivables.Sdk.Matching;

/// <summary>Words before a number that say it is no document's: a telephone's, or the payer's own with the seller.</summary>
internal static class NumberLabels
{
    // Folded, in the languages of the texts: English, German, Dutch, French, Spanish, Italian, Portuguese, Polish, Nordic.
    private const string Words =
        "TEL TELEFON TELEFOON TELEPHONE TELEFONO TELEFONE PHONE FON TLF MOB MOBIL MOBILE MOBIEL HANDY GSM FAX TELEFAX "
        + "KD KDNR KDN KUNDE KUNDEN KUNDENNR KUNDENNUMMER KUNDNR KUNDENR KUNDNUMMER KL KLNR KLANT KLANTNR KLANTNUMMER KLANTENNUMMER RELATIE RELATIENR RELATIENUMMER DEBITEUR DEBITEURNR DEBITEURNUMMER DEBITOR DEBNR "
        + "CLIENT CLIENTE CUSTOMER CUST CUSTNO CUSTID NOCLIENT NUMCLIENT CODCLIENTE KLIENT NRKLIENTA ASIAKASNUMERO";

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_words =
        Words.Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether such a word stands before a number, alone or with another for "number" between them.</summary>
    internal static bool IsNoDocument(TextPieces pieces, int number)
    {
        var label = number - 1;
        if (label > 0 && !pieces[label].IsDigits && pieces.Chars(label) is "NR" or "NO" or "NUM" or "NUMMER" or "NUMBER" or "NUMERO" or "ID")
        {
            label--;
        }

        return label >= 0 && !pieces[label].IsDigits && pieces[label + 1].IsJoined && pieces[number].IsJoined && s_words.Contains(pieces.Chars(label));
    }
}
