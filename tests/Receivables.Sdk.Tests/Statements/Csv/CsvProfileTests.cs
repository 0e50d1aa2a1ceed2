using System.Text;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Csv;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Csv;

public class CsvProfileTests
{
    public static TheoryData<string> Names => [.. CsvProfile.BuiltIn.Select(p => p.Name)];

    [Fact]
    public void There_are_layouts_of_many_banks_and_countries_and_each_says_what_verified_it()
    {
        var ofBanks = CsvProfile.BuiltIn.Where(p => !p.IsGeneric).ToList();
        Assert.True(ofBanks.Count >= 50);
        Assert.True(ofBanks.Select(p => p.Country).Where(c => c.Length > 0).Distinct().Count() >= 15);
        Assert.All(CsvProfile.BuiltIn, p => Assert.NotEmpty(p.Source));

        // Each says so itself: what stands in the data, not what is taken where nothing stands.
        var assembly = typeof(CsvProfile).Assembly;
        var said = assembly.GetManifestResourceNames().Where(n => n.Contains(".Csv.Data.", StringComparison.Ordinal)).Sum(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd().Split("\"verifiedBy\":").Length - 1;
        });
        Assert.Equal(CsvProfile.BuiltIn.Length, said);
        Assert.True(ofBanks.Count(p => p.VerifiedBy == CsvProfileEvidence.File) >= 20);
        Assert.Equal(CsvProfile.BuiltIn.Length, CsvProfile.BuiltIn.Select(p => p.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_profile_is_sound_and_is_recognised_by_its_own_header_whatever_the_order_and_case(string name)
    {
        var profile = CsvProfile.Find(name)!;
        Assert.Empty(profile.FindProblems());
        if (!profile.HasHeader)
        {
            return;
        }

        // A profile of no bank has columns of which a file has only some.
        var labels = profile.Columns.Where(c => !profile.IsGeneric || c.Role is not (CsvColumnRole.Debit or CsvColumnRole.Credit)).Where(c => c.Role != CsvColumnRole.Mark || profile.Columns.Count(o => o.Labels.SequenceEqual(c.Labels)) == 1)
            .Select(c => c.Labels[0].Replace("{currency?}", "in EUR", StringComparison.Ordinal).Replace("{currency}", "EUR", StringComparison.Ordinal).Replace("{blank}", "", StringComparison.Ordinal)).ToList();
        var delimiter = profile.Delimiter ?? ';';
        foreach (var header in new[] { labels, [.. labels.AsEnumerable().Reverse()] })
        {
            var line = string.Join(delimiter, header.Select(l => '"' + l.ToUpperInvariant() + '"')) + "\n";
            var layout = CsvRecognizer.Find(Encoding.UTF8.GetBytes("some;preamble\n" + line), true, new(default), new CsvProfileIndex([]), CsvProfileCatalog.Index);
            Assert.Equal(name, layout?.Profile.Name);
        }
    }

    [Fact]
    public void Everything_that_is_wrong_with_a_profile_is_said_at_once_with_its_path()
    {
        Assert.False(CsvProfile.TryParse("""
            {"name":"Mine","version":0,"color":"red","decimal":"x","dates":["MM.yyyy"],"currency":"EURO","sign":"both","columns":[{"role":"amonut","labels":["A"]},{"role":"amount","labels":[1]}]}
            """u8.ToArray(), out var profile, out var problems));
        Assert.Null(profile);
        Assert.Superset(
            new HashSet<string> { "$.color", "$.currency", "$.sign", "$.columns[0].role", "$.columns[1].labels[0]" },
            problems.Select(p => p.Path).ToHashSet());
        Assert.False(CsvProfile.TryParse("""{"name":"Mine","version":0,"decimal":"x","dates":["MM.yyyy"],"columns":[{"role":"amount","labels":["A"]}]}"""u8.ToArray(), out _, out problems));
        Assert.Superset(new HashSet<string> { "$.name", "$.version", "$.decimal", "$.dates[0]", "$.columns" }, problems.Select(p => p.Path).ToHashSet());
        Assert.False(CsvProfile.TryParse("{"u8.ToArray(), out _, out problems));
        Assert.Equal("$", Assert.Single(problems).Path);
    }

    [Fact]
    public void A_skeleton_is_a_profile_that_reads_the_file_once_its_gaps_are_filled()
    {
        var file = "Kontoauszug;;\nBuchungstag;Betrag;Verwendungszweck;Farbe\n01.02.2026;1,00;a;rot\n"u8.ToArray();
        var skeleton = CsvProfile.Skeleton(file);
        Assert.Contains("bookingDate", skeleton, StringComparison.Ordinal);
        Assert.Contains("\"Farbe\"", skeleton, StringComparison.Ordinal);
        var profile = CsvProfile.Parse(Encoding.UTF8.GetBytes(skeleton));
        Assert.Single(Assert.Single(new CsvStatementReader(new CsvReaderOptions { Profile = profile }).Read(file)).Transactions);
    }

    [Theory]
    [InlineData("fr-caisse-epargne-detail", "Numéro de compte : 01234567890;Nom du compte : M;Devise : EUR\n\nSolde en fin de période;;;;230,50\nDate;Numéro d'opération;Libellé;Débit;Crédit;Détail\n05/03/2026;77;VIREMENT RECU;;250,50;Facture 17\n06/03/2026;78;PAIEMENT;-20,00;;Achat\nSolde en début de période;;;;0,00\n", "230.50", "VIREMENT RECU Facture 17", true)]
    [InlineData("fr-caisse-epargne", "Numéro de compte : 01234567890;Devise : EUR\n\nSolde en fin de période;;;1000,75\nDate comptable;Libelle simplifie;Reference;Informations complementaires;Type operation;Debit;Credit;Date operation;Date de valeur;Pointage\n02/05/2026;VIR SEPA;R1;FACTURE 17;Remise;-500,00;;02/05/2026;02/05/2026;Non\n03/05/2026;CB;R2;CONTRAT;Remise CB;;+1500,75;04/05/2026;04/05/2026;Non\nSolde en début de période;;;0,00\n", "1000.75", "FACTURE 17", true)]
    [InlineData("fr-bnp-paribas", "Compte courant;Compte courant;****5678;13/03/2026;;1 087,66\n\nDate operation;Libelle court;Type operation;Libelle operation;Montant operation en euro\n12/03/2026;FACTURE;CB;ACHAT SHOP;-12,34\n13/03/2026;VIR;VIR;FACTURE 17;1 000,00\n", "987.66", "ACHAT SHOP", false)]
    [InlineData("at-payer-payee", "Buchungsdatum;Wertstellung;Betrag;Währung;Auftraggebername;Auftraggeber IBAN/Kto.Nr.;Auftraggeber BIC/BLZ;Empfängername;Empfänger IBAN/Kto.Nr.;Empfänger BIC/BLZ;Text;Verwendungszweck\n15.03.2026;15.03.2026;-11,00;EUR;;;;;;;Rechnung 17, Muster;\n", "-11.00", "Rechnung 17, Muster", false)]
    [InlineData("de-deutsche-bank-card", "Kreditkartentransaktionen;;Kundennummer: 1\n\nBelegdatum;Eingangstag;Verwendungszweck;Fremdwährung;Betrag;Kurs;Betrag;Währung\n01.01.2026;02.01.2026;Shop;USD;- 13,00;1,04;- 12,50;EUR\nSaldo:;;;;;;-12,50;EUR\n", "-12.50", "Shop", false)]
    [InlineData("de-dkb-card-2012", "\"Kreditkarte:\";\"1234********1234\";\n\n\"Saldo:\";\"-12.50 EUR\";\n\n\"Umsatz abgerechnet\";\"Wertstellung\";\"Belegdatum\";\"Umsatzbeschreibung\";\"Betrag (EUR)\";\"Ursprünglicher Betrag\";\n\"Ja\";\"04.02.2026\";\"02.02.2026\";\"Shop\";\"-12,50\";\"\";\n", "-12.50", "Shop", false)]
    [InlineData("de-postbank-2016", "Umsatzauskunft - gebuchte Umsätze\nKontonummer;00123456789\n\n\"Buchungstag\";\"Wertstellung\";\"Umsatzart\";\"Buchungsdetails\";\"Auftraggeber\";\"Empfänger\";\"Betrag (€)\";\"Saldo (€)\"\n\"07.08.2026\";\"01.08.2026\";\"Gutschrift\";\"Rechnung 17\";\"Karla\";\"Wir\";\"¤ 42,00\";\"¤ 1.337,42\"\n", "42.00", "Rechnung 17", false)]
    [InlineData("se-ica", "Datum;Text;Typ;Budgetgrupp;Belopp;Saldo\n2026-01-17;Butik;Korttransaktion;Övrigt;-144,75 kr;419,87 kr\n2026-01-18;Lön;Insättning;Övrigt;2 500,00 kr;2 919,87 kr\n", "2355.25", "Butik", true)]
    [InlineData("no-nordea", "Bokføringsdato;Beløp;Avsender;Mottaker;Navn;Tittel;Valuta;Saldo\n2026/10/01;-25,00;;;KIWI;Varekjøp;NOK;975,00\n", "-25.00", "Varekjøp", false)]
    [InlineData("pl-mbank", "#Data księgowania;#Data operacji;#Opis operacji;#Tytuł;#Nadawca/Odbiorca;#Numer konta;#Numer karty;#Kwota;\n2026-09-27;2026-09-26;ZAKUP;SKLEP A;SKLEP;;1234;-12,49;\n", "-12.49", "SKLEP A", false)]
    [InlineData("xx-paypal-es", "Fecha,Hora,Zona horaria,Descripción,Divisa,Bruto,Comisión,Neto,Saldo,Id. de transacción,Correo electrónico del remitente,Nombre,Nombre del banco,Id. de factura\n2/1/2026,11:05:56,Europe/Berlin,Pago,EUR,\"49,37\",\"-1,78\",\"47,59\",\"4.626,81\",T1,a@example.org,Socio,,F-17\n", "47.59", null, false)]
    [InlineData("us-schwab", "\"Date\",\"Type\",\"Check #\",\"Description\",\"Withdrawal (-)\",\"Deposit (+)\",\"RunningBalance\"\n\"12/30/2026\",\"INT\",\"\",\"Interest Paid\",\"\",\"$1.00\",\"$3,951.00\"\n", "1.00", "Interest Paid", false)]
    [InlineData("ch-zkb", "\"Date\";\"Booking text\";\"Curr\";\"Amount details\";\"ZKB reference\";\"Reference number\";\"Debit CHF\";\"Credit CHF\";\"Value date\";\"Balance CHF\";\"Payment purpose\";\"Details\"\n\"05.01.2026\";\"Debit TWINT: Shop\";\"\";\"\";\"L1\";\"\";\"25.50\";\"\";\"05.01.2026\";\"4974.50\";\"\";\"\"\n", "-25.50", "Debit TWINT: Shop", false)]
    public void An_export_of_a_bank_is_known_by_its_header(string name, string text, string sum, string? remittance, bool isProved)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(name, CsvRecognizer.Find(bytes, true, new(default), new CsvProfileIndex([]), CsvProfileCatalog.Index)?.Profile.Name);
        var statement = Assert.Single(new CsvStatementReader().Read(bytes));
        Assert.Equal(sum, FormattableString.Invariant($"{statement.Transactions.Sum(t => t.Amount.Amount)}"));
        Assert.Equal(remittance, statement.Transactions[0].Remittance);
        Assert.Equal(isProved, statement.IsBalanced == true);
    }

    [Theory]
    [InlineData("dd.MM.yyyy", "5.3.2026", 2026, 3, 5)]
    [InlineData("yyyyMMdd", "20260305", 2026, 3, 5)]
    [InlineData("dd MMM yy", "05 Mar 26", 2026, 3, 5)]
    [InlineData("dd-MMM-yyyy", "5-MARCH-2026", 2026, 3, 5)]
    [InlineData("yyyy-MM-dd", "2026-03-05 12:00:00 +0000", 2026, 3, 5)]
    [InlineData("yyyy-MM-dd", "2026-03-05T12:00:00Z", 2026, 3, 5)]
    [InlineData("yyyy.MM.dd", "2026.03.05.", 2026, 3, 5)]
    [InlineData("dd.MM.yy", "05.03.99", 1999, 3, 5)]
    [InlineData("dd MMM yyyy", "5 mars 2026", 2026, 3, 5)]
    [InlineData("dd MMM yyyy", "5 März 2026", 2026, 3, 5)]
    [InlineData("dd MMM yyyy", "5 févr. 2026", 2026, 2, 5)]
    [InlineData("dd MMM yyyy", "5 juillet 2026", 2026, 7, 5)]
    [InlineData("dd MMM yyyy", "5 août 2026", 2026, 8, 5)]
    [InlineData("dd MMM yyyy", "5 gennaio 2026", 2026, 1, 5)]
    [InlineData("dd MMM yyyy", "5 okt 2026", 2026, 10, 5)]
    public void Dates_of_a_form_are_read(string form, string text, int year, int month, int day)
    {
        Assert.True(CsvDateFormat.TryCreate(form, out var format));
        Assert.True(format!.TryRead(Encoding.UTF8.GetBytes(text), out var date));
        Assert.Equal(new NodaTime.LocalDate(year, month, day), date);
    }

    [Theory]
    [InlineData("dd.MM.yyyy", "31.02.2026")]
    [InlineData("dd.MM.yyyy", "05.03.26")]
    [InlineData("dd.MM.yy", "05.03.2026")]
    [InlineData("yyyyMMdd", "202603051")]
    [InlineData("yyyyMMdd", "2026-03-05")]
    public void What_has_another_form_is_no_date(string form, string text)
    {
        Assert.True(CsvDateFormat.TryCreate(form, out var format));
        Assert.False(format!.TryRead(Encoding.UTF8.GetBytes(text), out _));
    }

    [Theory]
    [InlineData(',', "1.234,56", "1234.56")]
    [InlineData(',', "-1.234.567,8", "-1234567.8")]
    [InlineData('.', "1'354.95", "1354.95")]
    [InlineData('.', "1,234", "1234")]
    [InlineData('.', "+ £1,100.00", "1100.00")]
    [InlineData('.', "(12.50)", "-12.50")]
    [InlineData('.', "12.50-", "-12.50")]
    [InlineData(',', "\u221213,38 PLN", "-13.38")]
    [InlineData(',', "1\u00a0234,50", "1234.50")]
    [InlineData('.', "CNY13.50", "13.50")]
    [InlineData('.', "¥0.35", "0.35")]
    [InlineData('.', "-189'466.58", "-189466.58")]
    [InlineData('.', "1,27,500.00", "127500.00")]
    [InlineData('.', "12,34,567", "1234567")]
    [InlineData(',', "12345678901234567890,12", "12345678901234567890.12")]
    public void Amounts_are_read_as_banks_write_them(char sign, string text, string value)
    {
        var read = new CsvNumberFormat(sign).Read(Encoding.UTF8.GetBytes(text), new(default), out var amount, out _);
        Assert.Equal((CsvNumberResult.Ok, decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)), (read, amount));
    }

    [Theory]
    [InlineData(',', "1.23")]
    [InlineData('.', "1,23")]
    [InlineData('.', "1.9E+15")]
    [InlineData('.', "12,34,5678.00")]
    [InlineData('.', "123,45,678.00")]
    [InlineData('.', "1.2.3")]
    [InlineData('.', "--5")]
    [InlineData('.', "abc")]
    [InlineData('.', "12 blah 5")]
    public void What_is_no_amount_of_the_form_is_not_guessed(char sign, string text) =>
        Assert.Equal(CsvNumberResult.Invalid, new CsvNumberFormat(sign).Read(Encoding.UTF8.GetBytes(text), new(default), out _, out _));

    [Theory]
    [InlineData("Amount", true, null)]
    [InlineData("AMOUNT (EUR)", true, "EUR")]
    [InlineData("Amount in usd", true, "USD")]
    [InlineData("Amount en EUR", true, "EUR")]
    [InlineData("Amount due", false, null)]
    [InlineData("Amount of EUR", false, null)]
    [InlineData("Amount EUR booked", false, null)]
    public void A_label_may_carry_a_currency(string header, bool fits, string? currency)
    {
        Assert.Equal(fits, new CsvLabel("Amount {currency?}").Matches(CsvLabel.Fold(header), out var found));
        Assert.Equal(currency, fits ? found?.Code : null);
    }

    [Fact]
    public void An_amount_in_either_of_two_columns_has_the_currency_of_its_column()
    {
        const string text = "\"Account Type\",\"Account Number\",\"Transaction Date\",\"Cheque Number\",\"Description 1\",\"Description 2\",\"CAD$\",\"USD$\"\nChequing,00010-5858402,3/14/2026,,\"INVOICE 17\",\"ACME CORP\",1250.00,,\nChequing,00010-5858402,3/15/2026,,\"MONTHLY FEE\",,-10.95,,\nSavings,00010-4526828,3/16/2026,,\"INVOICE 18\",\"ACME INC\",,99.50,\n";
        var statements = new CsvStatementReader().Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal(["CAD 1239.05", "USD 99.50"], statements.Select(s => FormattableString.Invariant($"{s.Account.Currency} {s.Transactions.Sum(t => t.Amount.Amount)}")));
        Assert.All(statements.SelectMany(s => s.Transactions), t => Assert.Equal(t.Amount.Currency == Currency.USD ? 99.50m : t.Amount.Amount, t.Amount.Amount));
    }

    [Fact]
    public void Products_of_one_provider_have_running_balances_of_their_own()
    {
        const string text = "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\nTOPUP,Current,2026-03-01 10:00:00,2026-03-01 10:00:00,Invoice 17,1250.00,0.00,EUR,COMPLETED,1750.00\nTRANSFER,Current,2026-03-02 10:00:00,2026-03-02 10:00:00,To pocket EUR Tax,-200.00,0.00,EUR,COMPLETED,1550.00\nTRANSFER,Pocket,2026-03-02 10:00:00,2026-03-02 10:00:00,To pocket EUR Tax,200.00,0.00,EUR,COMPLETED,900.00\nCARD_PAYMENT,Current,2026-03-03 10:00:00,2026-03-03 10:00:00,Shop,-50.00,0.00,EUR,COMPLETED,1500.00\nTRANSFER,Pocket,2026-03-04 10:00:00,2026-03-04 10:00:00,To pocket EUR Tax,100.00,0.00,EUR,COMPLETED,1000.00\n";
        var statements = new CsvStatementReader().Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal([("Current", 1000.00m), ("Pocket", 300.00m)], statements.Select(s => (s.Account.Number!, s.Transactions.Sum(t => t.Amount.Amount))));
        Assert.All(statements, s => Assert.IsType<IntegrityVerdict.Proven>(s.Verdict));
    }
}
