using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Matching;

/// <summary>Whether a debit is a payment that came back, where the bank says so in words or codes alone.</summary>
internal static class ReturnWords
{
    // As banks print it: English, German, Dutch, French, Italian, Spanish, Nordic.
    private static ReadOnlySpan<char> Words =>
        "RETURNED|RETURN OF|RETURN ITEM|RETURNED ITEM|ACH RETURN|INSUFFICIENT FUNDS|CHARGEBACK|UNPAID|BOUNCED|DISHONOURED|RUCKLASTSCHRIFT|RETOURE|RUCKBUCHUNG|RUCKUBERWEISUNG|LASTSCHRIFTRUCKGABE|STORNERING|STORNERING INCASSO|TERUGBOEKING|GEWEIGERD|IMPAYE|REJET|INSOLUTO|DEVOLUCION|IMPAGADO|RETUR";

    internal static bool IsReturn(BankTransaction transaction)
    {
        var code = transaction.Code;
        if (code is not null && (code.Swift is "NRTI" or "NCHB" || code.Gvc is "108" or "109" or "181" or "184" || code.SubFamily is "RRTN" or "UPDD" or "RPCR" or "UPCQ" or "PRDD"))
        {
            return true;
        }

        return Has(transaction.Remittance) || Has(transaction.Counterparty?.Name) || Has(transaction.Details?.BookingText);
    }

    private static bool Has(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        Span<char> folded = text.Length <= 512 ? stackalloc char[text.Length] : new char[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            folded[i] = Similarity.CharacterFolding.Fold(text[i]);
        }

        foreach (var range in Words.Split('|'))
        {
            var word = Words[range];
            var at = ((ReadOnlySpan<char>)folded).IndexOf(word);
            if (at >= 0 && (at == 0 || !char.IsLetter(folded[at - 1])))
            {
                return true;
            }
        }

        return false;
    }
}
