using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Receivables.Sdk.TestKit.Statements;

/// <summary>Writes a <see cref="SampleMonth"/> as banks' CSV exports, with a running balance.</summary>
public static class CsvWriter
{
    private static readonly LocalDatePattern Slashes = LocalDatePattern.CreateWithInvariantCulture("dd'/'MM'/'uuuu");
    private static readonly LocalDatePattern Digits = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    /// <summary>As Rabobank writes it: 26 columns, comma, every field quoted, oldest first.</summary>
    public static string Rabobank(SampleMonth month, string lineEnd = "\r\n")
    {
        ArgumentNullException.ThrowIfNull(month);
        var text = new StringBuilder();
        Quoted(text, ',', lineEnd,
            "IBAN/BBAN", "Munt", "BIC", "Volgnr", "Datum", "Rentedatum", "Bedrag", "Saldo na trn", "Tegenrekening IBAN/BBAN", "Naam tegenpartij", "Naam uiteindelijke partij",
            "Naam initiërende partij", "BIC tegenpartij", "Code", "Batch ID", "Transactiereferentie", "Machtigingskenmerk", "Incassant ID", "Betalingskenmerk", "Omschrijving-1",
            "Omschrijving-2", "Omschrijving-3", "Reden retour", "Oorspr bedrag", "Oorspr munt", "Koers");
        var balance = month.Opening;
        foreach (var row in month.Rows)
        {
            balance += row.Amount;
            Quoted(text, ',', lineEnd,
                month.Iban, month.Currency.Code, month.Bic, row.BankReference, LocalDatePattern.Iso.Format(row.BookingDate), LocalDatePattern.Iso.Format(row.ValueDate), Signed(row.Amount),
                Signed(balance), row.Iban, row.Name, "", "", row.Bic, row.Amount < 0 ? "db" : "cb", row.Batch ?? "", row.EndToEndId ?? "", row.MandateId ?? "", row.CreditorId ?? "",
                row.StructuredReference ?? "", row.Remittance, " ", "", row.ReturnReason ?? "", "", "", "");
        }

        return text.ToString();
    }

    /// <summary>As KBC writes it: 18 columns, semicolon, no quotes, fields padded with blanks, oldest first.</summary>
    public static string Kbc(SampleMonth month, string lineEnd = "\r\n")
    {
        ArgumentNullException.ThrowIfNull(month);
        var text = new StringBuilder();
        text.Append("Rekeningnummer;Rubrieknaam;Naam;Munt;Afschriftnummer;Datum;Omschrijving;Valuta;Bedrag;Saldo;credit;debet;rekeningnummer tegenpartij;BIC tegenpartij;Naam tegenpartij;")
            .Append("Adres tegenpartij;gestructureerde mededeling;Vrije mededeling").Append(lineEnd);
        var balance = month.Opening;
        foreach (var row in month.Rows)
        {
            balance += row.Amount;
            text.AppendJoin(';',
                month.Iban, "          ", "VOORBEELD NV", month.Currency.Code, $"  0{month.Number:0000000}", Slashes.Format(row.BookingDate), "", Slashes.Format(row.ValueDate), Plain(row.Amount),
                Plain(balance), row.Amount > 0 ? Plain(row.Amount) : "       ", row.Amount < 0 ? Plain(row.Amount) : "       ", row.Iban.PadRight(34), row.Bic.PadRight(11), row.Name.PadRight(70),
                "          ", row.StructuredReference ?? "", row.Remittance.Replace(';', ',').PadRight(140)).Append(lineEnd);
        }

        return text.ToString();
    }

    /// <summary>As ING (NL) writes it: 11 columns, semicolon, every field quoted, a mark for the sign, newest first.</summary>
    public static string Ing(SampleMonth month, string lineEnd = "\n")
    {
        ArgumentNullException.ThrowIfNull(month);
        var text = new StringBuilder();
        Quoted(text, ';', lineEnd, "Datum", "Naam / Omschrijving", "Rekening", "Tegenrekening", "Code", "Af Bij", "Bedrag (EUR)", "Mutatiesoort", "Mededelingen", "Saldo na mutatie", "Tag");
        var balance = month.Closing;
        foreach (var row in month.Rows.Reverse())
        {
            Quoted(text, ';', lineEnd,
                Digits.Format(row.BookingDate), row.Name, month.Iban, row.Iban, "OV", row.Amount < 0 ? "Af" : "Bij", Plain(Math.Abs(row.Amount)), "Overschrijving", row.Remittance, Plain(balance), "");
            balance -= row.Amount;
        }

        return text.ToString();
    }

    private static void Quoted(StringBuilder text, char delimiter, string lineEnd, params ReadOnlySpan<string> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            text.Append(i == 0 ? "" : delimiter.ToString()).Append('"').Append(fields[i].Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }

        text.Append(lineEnd);
    }

    private static string Plain(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture).Replace('.', ',');

    private static string Signed(decimal amount) => (amount < 0 ? "" : "+") + Plain(amount);
}
