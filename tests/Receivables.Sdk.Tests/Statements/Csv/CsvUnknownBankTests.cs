using System.Text;
using NodaTime;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Csv;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Csv;

/// <summary>Files of banks that no profile knows: read where the names of their columns and their rows leave one reading, refused with a skeleton where not.</summary>
public class CsvUnknownBankTests
{
    private static BankStatement One(string text) => Assert.Single(new CsvStatementReader().Read(Encoding.UTF8.GetBytes(text)));

    private static Diagnostic Refused(string text) => Assert.Throws<StatementFormatException>(() => One(text)).Diagnostic;

    [Theory]
    [InlineData("Date;Amount;Currency;Description;Balance\n2026-03-13;$12.50;EUR;Invoice 17;112.50\n2026-03-14;-5.00;EUR;Fee;107.50\n")]
    [InlineData("Date;Amount;Currency;Description;Balance\n2026-03-13;12.50 kr;EUR;Invoice 17;112.50\n2026-03-14;-5.00;EUR;Fee;107.50\n")]
    public void A_sign_of_several_currencies_beside_an_amount_of_another_is_an_error(string text)
    {
        var statements = new CsvStatementReader().Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal([("XXX", 12.50m), ("EUR", -5.00m)], statements.Select(s => (s.Transactions[0].Amount.Currency.Code, s.Transactions.Sum(t => t.Amount.Amount))));
        Assert.Contains(statements.SelectMany(s => s.Diagnostics), d => d is { Code: "CSV010", Severity: DiagnosticSeverity.Error });
        Assert.Equal("USD", One(text.Replace("EUR", "USD", StringComparison.Ordinal).Replace(" kr", "", StringComparison.Ordinal)).Account.Currency?.Code);
    }

    [Theory]
    [InlineData("Booked date,Payee,Description,Amount (EUR),Branch\n2026-01-05,Ann,rent,-10.50,7\n2026-01-06,Bob,a bill,20.00,7\n", "rent", "EUR")]
    [InlineData("Buchungsdatum;Partnername;Verwendungszweck;Betrag (€);Filiale\n05.01.2026;Ann;Miete;-10,50;7\n06.01.2026;Bob;Rechnung;20,00;7\n", "Miete", "EUR")]
    [InlineData("Date comptable;Libellé;Débit;Crédit;Agence\n05/01/2026;loyer;10,50;;7\n16/01/2026;facture;;20,00;7\n", "loyer", null)]
    [InlineData("Boekdatum;Naam tegenpartij;Omschrijving;Af/Bij;Bedrag;Filiaal\n05-01-2026;Ann;huur;Af;10,50;7\n06-01-2026;Bob;factuur;Bij;20,00;7\n", "huur", null)]
    [InlineData("Data contabile;Descrizione;Dare;Avere;Filiale\n05/01/2026;affitto;10,50;;7\n16/01/2026;fattura;;20,00;7\n", "affitto", null)]
    [InlineData("Fecha operación;Concepto;Importe;Saldo;Oficina\n05/01/2026;alquiler;-10,50;89,50;7\n16/01/2026;factura;20,00;109,50;7\n", "alquiler", null)]
    [InlineData("Data do lançamento;Histórico;Valor;Saldo;Agência\n05/01/2026;aluguel;-10,50;89,50;7\n16/01/2026;fatura;20,00;109,50;7\n", "aluguel", null)]
    [InlineData("Data księgowania;Tytuł operacji;Kwota w PLN;Oddział\n2026-01-05;czynsz;-10,50;7\n2026-01-06;faktura;20,00;7\n", "czynsz", "PLN")]
    [InlineData("Datum zaúčtování;Zpráva pro příjemce;Částka;Měna;Pobočka\n05.01.2026;nájem;-10,50;CZK;7\n06.01.2026;faktura;20,00;CZK;7\n", "nájem", "CZK")]
    [InlineData("Bokföringsdatum;Text;Belopp;Saldo;Kontor\n2026-01-05;hyra;-10,50;89,50;7\n2026-01-06;faktura;20,00;109,50;7\n", "hyra", null)]
    [InlineData("Bogføringsdato;Tekst;Beløb i DKK;Filial\n05.01.2026;leje;-10,50;7\n06.01.2026;faktura;20,00;7\n", "leje", "DKK")]
    [InlineData("Bokført;Forklaring;Ut av konto;Inn på konto;Kontor\n05.01.2026;leie;10,50;;7\n06.01.2026;faktura;;20,00;7\n", "leie", null)]
    [InlineData("Kirjauspäivä;Selitys;Määrä EUR;Konttori\n05.01.2026;vuokra;-10,50;7\n06.01.2026;lasku;20,00;7\n", "vuokra", "EUR")]
    [InlineData("交易日期,摘要,借贷标志,交易金额,网点\n20260105,房租,借,10.50,7\n20260106,货款,贷,20.00,7\n", "房租", null)]
    [InlineData("Könyvelés dátuma;Közlemény;Összeg;Devizanem;Fiók\n2026.01.05;bérlet;-10,50;HUF;7\n2026.01.06;számla;20,00;HUF;7\n", "bérlet", "HUF")]
    public void The_names_of_columns_tell_in_any_of_the_languages(string text, string remittance, string? currency)
    {
        var statement = One(text);
        Assert.Equal([-10.50m, 20.00m], statement.Transactions.Select(t => t.Amount.Amount));
        Assert.Equal(new LocalDate(2026, 1, 5), statement.Transactions[0].BookingDate);
        Assert.Equal((remittance, currency), (statement.Transactions[0].Remittance, statement.Account.Currency?.Code));
        Assert.Equal("7", statement.Transactions[0].Details!.OtherFields.Single().Value);
        Assert.Contains("CSV019", statement.Diagnostics.Select(d => d.Code));
        Assert.DoesNotContain(statement.Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("Date,Description,Amount (EUR)\n2026-03-13,Invoice 17,1250.00\n2026-03-14,Rent,USD -850.00\n2026-03-15,Fee,-2.50\n")]
    [InlineData("Date,Description,Amount,Currency\n2026-03-13,Invoice 17,1250.00,EUR\n2026-03-14,Rent,USD -850.00,EUR\n2026-03-15,Fee,EUR -2.50,EUR\n")]
    public void A_currency_beside_an_amount_that_contradicts_its_row_or_column_is_an_error_and_says_nothing_of_other_rows(string text)
    {
        var statements = new CsvStatementReader().Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal([1250m, -2.50m], statements.Single(s => s.Account.Currency == Currency.EUR).Transactions.Select(t => t.Amount.Amount));
        Assert.Equal([-850m], statements.Single(s => s.Account.Currency is null).Transactions.Select(t => t.Amount.Amount));
        Assert.Contains(statements.SelectMany(s => s.Diagnostics), d => d is { Code: "CSV010", Severity: DiagnosticSeverity.Error, Location.Line: 3 });
    }

    [Fact]
    public void A_column_that_is_not_known_may_hold_the_sign_and_then_the_file_is_refused_unless_it_proves_it()
    {
        const string open = "Date,Description,Amount,Zeichen\n2026-01-15,a,10.00,x\n2026-01-16,b,20.00,y\n";
        Assert.Equal("CSV001", Refused(open).Code);
        Assert.Equal([10m, -20m], One(open.Replace(",x", ",CR", StringComparison.Ordinal).Replace(",y", ",DR", StringComparison.Ordinal)).Transactions.Select(t => t.Amount.Amount));
        Assert.Equal([-10m, -20m, 5m], One("Date,Description,Amount,Zeichen,Balance\n2026-01-15,a,10.00,x,90.00\n2026-01-16,b,20.00,y,70.00\n2026-01-17,c,-5.00,y,75.00\n").Transactions.Select(t => t.Amount.Amount));
    }

    [Theory]
    [InlineData("Date,Description,Card Number,Amount\n2026-01-15,a,1,10.00\n2026-01-16,b,1,-20.00\n")]
    [InlineData("Date,Description,Amount,Amount in EUR,Branch\n2026-01-15,a,10.00,9.00,x\n2026-01-16,b,-20.00,-18.00,y\n")]
    [InlineData("Date,Description,Amount,Fee,Branch\n2026-01-15,a,-10.00,0.50,x\n2026-01-16,b,20.00,0.00,y\n")]
    [InlineData("Date,Amount,Branch\n2026-01-15,-10.00,x\n")]
    [InlineData("Date,Description,Amount,Branch\nJanuary,rent,ten,x\n")]
    [InlineData("Date,Description,Amount,Branch\n")]
    public void What_leaves_two_readings_is_refused(string text) => Assert.Equal("CSV001", Refused(text).Code);

    [Fact]
    public void A_refusal_shows_the_columns_and_a_profile_that_reads_the_file_when_it_is_filled_in()
    {
        const string file = "When;Debited;Credited;What for\n2026-01-15;1.00;;a\n";
        var message = Refused(file).Message;
        Assert.Contains("When, Debited, Credited, What for", message, StringComparison.Ordinal);
        var skeleton = message[message.IndexOf('{', StringComparison.Ordinal)..];
        Assert.DoesNotContain('\n', skeleton);
        var filled = skeleton.Replace("\"role\":\"other\",\"labels\":[\"When\"]", "\"role\":\"bookingDate\",\"labels\":[\"When\"]", StringComparison.Ordinal)
            .Replace("\"role\":\"other\",\"labels\":[\"Debited\"]", "\"role\":\"debit\",\"labels\":[\"Debited\"]", StringComparison.Ordinal)
            .Replace("\"role\":\"other\",\"labels\":[\"Credited\"]", "\"role\":\"credit\",\"labels\":[\"Credited\"]", StringComparison.Ordinal)
            .Replace("\"sign\":\"signed\"", "\"sign\":\"twoColumns\"", StringComparison.Ordinal);
        var reader = new CsvStatementReader(new CsvReaderOptions { Profile = CsvProfile.Parse(Encoding.UTF8.GetBytes(filled)) });
        Assert.Equal(-1m, Assert.Single(Assert.Single(reader.Read(Encoding.UTF8.GetBytes(file))).Transactions).Amount.Amount);
    }

    [Fact]
    public void Rows_without_a_header_are_described_without_what_stands_in_them()
    {
        var message = Refused("15.01.2026;Ann Example;1,00;rent\n16.01.2026;Bob Example;2,00;rent\n").Message;
        Assert.Contains("date, text, amount, text", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Example", message, StringComparison.Ordinal);
        var profile = CsvProfile.Parse(Encoding.UTF8.GetBytes(message[message.IndexOf('{', StringComparison.Ordinal)..]));
        Assert.Equal((false, CsvColumnRole.BookingDate, CsvColumnRole.Amount), (profile.HasHeader, profile.Columns[0].Role, profile.Columns[2].Role));
    }

    // DKB as a profile has it: semicolons, dd.MM.yyyy, decimal commas.
    [Theory]
    [InlineData("2026-01-{0}", ".")]
    [InlineData("{0}/01/2026", ",")]
    [InlineData("{0}-01-2026", ".")]
    [InlineData("{0} Jan. 2026", ",")]
    [InlineData("{0} janv. 2026", ",")]
    [InlineData("202601{0}", ",")]
    public void A_known_bank_may_change_how_it_writes_dates_and_amounts_as_long_as_the_file_proves_it(string form, string sign)
    {
        var text = "Buchungstag,Wert,Verwendungszweck,Soll,Haben,Währung\n";
        foreach (var (day, amount) in ((string, string)[])[("14", "-1.234:50"), ("15", "-10:00"), ("16", "-99:95")])
        {
            var date = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, day);
            var number = amount.Replace(".", sign == "." ? "," : ".", StringComparison.Ordinal).Replace(":", sign, StringComparison.Ordinal);
            text += $"\"{date}\",\"{date}\",rent,\"{number}\",,EUR\n";
        }

        var statement = One(text);
        Assert.Equal([-1234.50m, -10.00m, -99.95m], statement.Transactions.Select(t => t.Amount.Amount));
        Assert.Equal(new LocalDate(2026, 1, 14), statement.Transactions[0].BookingDate);
        Assert.Contains("CSV018", statement.Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void One_amount_in_another_form_turns_no_others()
    {
        var statement = One("Buchungstag;Wert;Verwendungszweck;Soll;Haben;Währung\n01.02.2026;01.02.2026;a;;1.5;EUR\n01.02.2026;01.02.2026;a;;1.234;EUR\n");
        Assert.Equal(1234m, Assert.Single(statement.Transactions).Amount.Amount);
        Assert.Contains("CSV003", statement.Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void The_year_comes_from_the_period_the_other_date_or_the_row_before()
    {
        static IEnumerable<LocalDate?> Days(string text) => One(text).Transactions.Select(t => t.BookingDate);
        LocalDate old = new(2025, 12, 30), young = new(2026, 1, 2);

        // The period of the preamble, over the turn of a year.
        Assert.Equal([old, young], Days("IBAN;DE89370400440532013000\nZeitraum;15.12.2025 - 15.01.2026\nBuchung;Valuta;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Betrag;Währung\n30.12.;30.12.;A;x;a;-1,00;EUR\n02.01.;02.01.;B;x;b;-2,00;EUR\n"));

        // The value date of the row.
        Assert.Equal([old, young], Days("Date,Value date,Description,Amount\n30 Dec,2026-01-02,a,-1.00\n02 Jan,2026-01-02,b,-2.00\n"));

        // The row before.
        Assert.Equal([young, old], Days("Date,Value date,Description,Amount\n02 Jan,2026-01-02,a,-1.00\n30 Dec,,b,-2.00\n"));
    }

    [Fact]
    public void A_date_whose_year_nothing_says_is_left_out_and_told()
    {
        var statement = One("Buchungstag;Wert;Verwendungszweck;Soll;Haben;Währung\n30.12.;30.12.;a;;1,00;EUR\n");
        Assert.Null(Assert.Single(statement.Transactions).BookingDate);
        Assert.Equal(2, statement.Diagnostics.Count(d => d.Code == "CSV020"));
    }
}
