using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Matching;

/// <summary>What a text says in words.</summary>
[Flags]
internal enum PaymentWord : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Money comes in advance.</summary>
    Advance = 1,

    /// <summary>A bank took its charge.</summary>
    Charge = 2,

    /// <summary>Less is paid for a reason.</summary>
    Deduction = 4,

    /// <summary>A part is paid.</summary>
    Part = 8,

    /// <summary>It was a cheque.</summary>
    Cheque = 16,

    /// <summary>Money for something that is no sale: wages, a refund of tax, a loan, a dividend, money of an insurer, money paid back.</summary>
    OtherPurpose = 32,
}

/// <summary>What texts say in words: that a payment came back, that money comes in advance, that a bank took its charge.</summary>
internal static class PaymentWords
{
    // As banks print returns: English, German, Dutch, French, Italian, Spanish, Nordic.
    private static ReadOnlySpan<char> Returns =>
        "RETURNED|RETURN OF|RETURN ITEM|RETURNED ITEM|ACH RETURN|INSUFFICIENT FUNDS|CHARGEBACK|UNPAID|BOUNCED|DISHONOURED|RUCKLASTSCHRIFT|RETOURE|RUCKBUCHUNG|RUCKUBERWEISUNG|LASTSCHRIFTRUCKGABE|STORNERING|STORNERING INCASSO|TERUGBOEKING|GEWEIGERD|IMPAYE|REJET|INSOLUTO|DEVOLUCION|IMPAGADO|RETUR";

    private static ReadOnlySpan<char> Refunds =>
        "REFUND|REPAYMENT|CREDIT NOTE|CREDIT BALANCE|ERSTATTUNG|RUCKERSTATTUNG|RUECKERSTATTUNG|RUCKZAHLUNG|RUECKZAHLUNG|GUTSCHRIFT|GUTHABEN|TERUGBETALING|TERUGSTORTING|RESTITUTIE|CREDITNOTA|REMBOURSEMENT|AVOIR|RIMBORSO|NOTA DI CREDITO|REEMBOLSO|TILBAGEBETALING|TILBAGEFORSEL|KREDITNOTA|ATERBETALNING|TILBAKEBETALING|HYVITYS|PALAUTUS|ZWROT|VRACENI";

    private static ReadOnlySpan<char> Advances =>
        "ADVANCE|PREPAYMENT|PRE-PAYMENT|DOWN PAYMENT|DOWNPAYMENT|DEPOSIT|RETAINER|ANZAHLUNG|VORAUSZAHLUNG|VORKASSE|ABSCHLAGSZAHLUNG|VOORSCHOT|AANBETALING|VOORUITBETALING|ACOMPTE|AVANCE|ARRHES|ACCONTO|ANTICIPO|CAPARRA|SENAL|FORSKUD|DEPOSITUM|FORSKOTT|ENNAKKOMAKSU|ZALICZKA|ZALOHA|SINAL|ADIANTAMENTO|WAARBORG|BORGSOM|KAUTION|MIETKAUTION|CAUZIONE|FIANZA|KAUCJA|KAUCE|CAUCAO";

    private static ReadOnlySpan<char> Charges =>
        "CHARGE|BANK FEE|WIRE FEE|BANKKOSTEN|TRANSACTIEKOSTEN|SPESEN|BANKGEBUHR|FRAIS|COMMISSIONE BANCARIA|GASTOS BANCARIOS|GEBYR";

    private static ReadOnlySpan<char> Deductions =>
        "DISPUT|DEDUCT|LESS |SHORT SHIP|SHORT PAY|SHORTAGE|SHORT DELIVER|DAMAGE|CLAIM|PRICING|PRICE DIFF|ALLOWANCE|WITHHELD|WITHHOLD|CHARGEBACK|DEBIT MEMO|COMPLAINT|ABZUG|ABZUGL|ABZGL|MINDERUNG|MANGEL|REKLAMATION|KURZUNG|EINBEHALT|INHOUDING|KLACHT|RECLAMATIE|GESCHIL|BETWIST|SCHADE|TEKORT|LITIGE|RETENUE|DEDUCTION|RECLAMATION|AVOIR|RECLAMO|TRATTENUTA|CONTESTAZIONE|RECLAMACION|RETENCION|DESCUENTO|DISCOUNT|SKONTO|KORTING|SCONTO|ESCOMPTE|REMISE|RABAT|REBATE|KASSARABATT|FREIGHT|FRADRAG|REKLAMASJON|AVDRAG";

    private static ReadOnlySpan<char> Parts =>
        "PART|INSTAL|DEELBETALING|TERMIJN|TEIL|RATE|ABSCHLAG|ACOMPTE|ECHEANCE|ACCONTO|RATA|PARZIAL|PLAZO|CUOTA|DELBETAL|AFDRAG|RATE|ON ACCOUNT|BALANCE|REST";

    private static ReadOnlySpan<char> Cheques => "CHECK|CHEQUE|CHQ|SCHECK|ASSEGNO|TALON";

    // Whole words only: "Gehaltsabrechnung" and "salarisadministratie" are what bookkeepers sell. Rents, fees and interest are left out: there are sellers of them.
    private static ReadOnlySpan<char> OtherPurposes =>
        "SALARY|WAGES|SALARIS|LOONBETALING|GEHALT|LOHN|LOHNZAHLUNG|GEHALTSZAHLUNG|SALAIRE|SALAIRES|STIPENDIO|STIPENDI|NOMINA|SALARIO|ORDENADO|WYNAGRODZENIE|PALKKA|MZDA|LONEUTBETALNING|LONNSUTBETALING|MAAS ODEMESI"
        + "|TAX REFUND|VAT REFUND|TAX REBATE|TERUGGAAF|BELASTINGTERUGGAAF|BELASTINGTERUGGAVE|TERUGGAVE|STEUERERSTATTUNG|UMSATZSTEUERERSTATTUNG|EINKOMMENSTEUERERSTATTUNG|REMBOURSEMENT TVA|REMBOURSEMENT IMPOT|RIMBORSO IVA|DEVOLUCION IVA|DEVOLUCION IRPF|DEVOLUCION HACIENDA|RESTITUICAO|ZWROT VAT|ZWROT PODATKU|NADMERNY ODPOCET|VRATKA|VRATKA DPH|MOMSATERBARING|SKATTEATERBARING|MVA REFUSJON|SKATTEREFUSJON|ALV PALAUTUS|VERONPALAUTUS|KDV IADESI"
        + "|LOAN|LOAN REPAYMENT|LENING|AFLOSSING|GELDLENING|DARLEHEN|DARLEHENSRUCKZAHLUNG|DARLEHENSRUECKZAHLUNG|DARLEHNSRUCKZAHLUNG|DARLEHENSRATE|PRIVATDARLEHEN|EMPRUNT|PRET PERSONNEL|REMBOURSEMENT PRET|REMBOURSEMENT DE PRET|PRESTITO|PRESTAMO|EMPRESTIMO|POZYCZKA|PUJCKA|LAINA|LAINAN LYHENNYS"
        + "|DIVIDEND|DIVIDENDE|DIVIDENDES|DIVIDENDO|DIVIDENDOS|DIVIDENDI|DYWIDENDA|DIVIDENDA|UTDELNING|UTBYTTE|UDBYTTE|OSINKO"
        + "|INSURANCE CLAIM|SCHADE UITKERING|SCHADEUITKERING|VERSICHERUNGSLEISTUNG|SCHADENERSATZ|SCHADENREGULIERUNG|INDEMNITE|INDEMNITE SINISTRE|INDEMNISATION|INDEMNIZACION|INDENIZACAO|RISARCIMENTO|ODSZKODOWANIE|POJISTNE PLNENI|FORSAKRINGSERSATTNING|FORSIKRINGSERSTATNING|VAKUUTUSKORVAUS|TAZMINAT"
        + "|REFUND|TERUGBETALING|TERUGSTORTING|RESTITUTIE|RUCKERSTATTUNG|RUECKERSTATTUNG|RUCKZAHLUNG|RUECKZAHLUNG|ERSTATTUNG|REMBOURSEMENT|RIMBORSO|REEMBOLSO|DEVOLUCION|ZWROT|ZWROT NADPLATY|VRACENI|ATERBETALNING|TILBAGEBETALING|TILBAKEBETALING|HYVITYS|PALAUTUS"
        + "|SUBSIDIE|SUBVENTION|SUBVENCION|SOVVENZIONE|DOTACJA|FORDERMITTEL|ALIMENTATIE|ALIMONY|CHILD SUPPORT|PENSION ALIMENTAIRE|UNTERHALTSZAHLUNG|KINDERGELD|KINDERBIJSLAG|SPAARREKENING|RENTEVERGOEDING|ZINSGUTSCHRIFT|KILOMETERVERGOEDING|REISKOSTENVERGOEDING";

    // All words at once: hardly any text has one.
    private static readonly ImmutableArray<(string Word, PaymentWord Kind)> s_words =
    [
        .. Of(Advances, PaymentWord.Advance), .. Of(Charges, PaymentWord.Charge), .. Of(Deductions, PaymentWord.Deduction), .. Of(Parts, PaymentWord.Part), .. Of(Cheques, PaymentWord.Cheque),
        .. Of(OtherPurposes, PaymentWord.OtherPurpose),
    ];

    private static readonly SearchValues<string> s_any = SearchValues.Create((string[])[.. s_words.Select(w => w.Word).Distinct()], StringComparison.Ordinal);

    private static readonly FrozenDictionary<char, (string Word, PaymentWord Kind)[]> s_byStart = s_words.GroupBy(w => w.Word[0]).ToFrozenDictionary(g => g.Key, g => g.ToArray());

    /// <summary>What a text says in words.</summary>
    internal static PaymentWord Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return PaymentWord.None;
        }

        Span<char> buffer = text.Length <= 512 ? stackalloc char[text.Length] : new char[text.Length];
        ReadOnlySpan<char> folded = Fold(text, buffer);
        var kinds = PaymentWord.None;
        for (var from = 0; folded[from..].IndexOfAny(s_any) is var at and >= 0;)
        {
            at += from;
            from = at + 1;
            if (!StartsWord(folded, at))
            {
                continue;
            }

            foreach (var (word, kind) in s_byStart[folded[at]])
            {
                kinds |= folded[at..].StartsWith(word, StringComparison.Ordinal) && (kind != PaymentWord.OtherPurpose || EndsWord(folded, at + word.Length)) ? kind : PaymentWord.None;
            }
        }

        return kinds;
    }

    private static IEnumerable<(string Word, PaymentWord Kind)> Of(ReadOnlySpan<char> words, PaymentWord kind) => words.ToString().Split('|').Select(w => (w, kind));

    private static bool StartsWord(ReadOnlySpan<char> folded, int at) => at == 0 || !char.IsLetter(folded[at - 1]);

    private static bool EndsWord(ReadOnlySpan<char> folded, int end) => end == folded.Length || !char.IsLetter(folded[end]);

    /// <summary>Whether a purpose code (ISO 20022, external code set of purposes) is that of money for something that is no sale.</summary>
    internal static bool IsOtherPurpose(string? code) =>
        code is "SALA" or "PAYR" or "BONU" or "PENS" or "SSBE" or "BENE" or "ALMY" or "ALLW" or "TAXS" or "TAXR" or "VATX" or "WHLD" or "INTE" or "DIVD" or "DIVI" or "LOAN" or "LOAR" or "GOVI" or "INSC" or "REFU" or "CHAR" or "SAVG" or "SECU";

    /// <summary>Whether a debit is a payment that came back, where the bank says so in words or codes alone.</summary>
    internal static bool IsReturn(BankTransaction transaction)
    {
        var code = transaction.Code;
        if (code is not null && (code.Swift is "NRTI" or "NCHB" || code.Gvc is "108" or "109" or "181" or "184" || code.SubFamily is "RRTN" or "UPDD" or "RPCR" or "UPCQ" or "PRDD"))
        {
            return true;
        }

        return Has(transaction.Remittance, Returns) || Has(transaction.Counterparty?.Name, Returns) || Has(transaction.Details?.BookingText, Returns);
    }

    /// <summary>Whether the text of a debit says that money is paid back to a customer.</summary>
    internal static bool IsRefund(BankTransaction transaction) => Has(transaction.Remittance, Refunds);

    private static bool Has(string? text, ReadOnlySpan<char> words)
    {
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        Span<char> buffer = text.Length <= 512 ? stackalloc char[text.Length] : new char[text.Length];
        return Has(Fold(text, buffer), words);
    }

    private static Span<char> Fold(string text, Span<char> buffer)
    {
        for (var i = 0; i < text.Length; i++)
        {
            buffer[i] = Similarity.CharacterFolding.Fold(text[i]);
        }

        return buffer[..text.Length];
    }

    private static bool Has(ReadOnlySpan<char> folded, ReadOnlySpan<char> words)
    {
        foreach (var range in words.Split('|'))
        {
            var word = words[range];
            for (var from = 0; folded[from..].IndexOf(word) is var at and >= 0; from += at + 1)
            {
                if (StartsWord(folded, from + at))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
