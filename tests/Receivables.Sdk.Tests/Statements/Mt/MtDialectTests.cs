using Receivables.Sdk.Statements;
using Xunit;
using static Receivables.Sdk.Tests.Statements.Mt.MtSample;

namespace Receivables.Sdk.Tests.Statements.Mt;

/// <summary>The manners in which banks write <c>:86:</c>.</summary>
public class MtDialectTests
{
    [Theory]
    [InlineData('?')]
    [InlineData('~')]
    [InlineData('^')]
    [InlineData('<')]
    [InlineData('>')]
    public void German_codes_with_any_separator(char s)
    {
        var entry = Narrative("166?00GUTSCHRIFT?10931?20EREF+E-1?21MREF+M 2?22CRED+DE98ZZZ09999999999?23SVWZ+Rechnung 2026-001234?24567 vom Januar?30COBADEFFXXX?31DE89370400440532013000?32Mueller GmbH und Soehne, Wa?33rmwasser?34000".Replace('?', s));
        Assert.Equal(("166", "931"), (entry.Code!.Gvc, entry.Code.Proprietary));
        Assert.Equal(("E-1", "M 2", "DE98ZZZ09999999999"), (entry.EndToEndId, entry.MandateId, entry.Details!.CreditorId));
        Assert.Equal("Rechnung 2026-001234 567 vom Januar", entry.Remittance);
        Assert.Equal(("Mueller GmbH und Soehne, Warmwasser", "DE89370400440532013000", "COBADEFFXXX"), (entry.Counterparty!.Name, entry.Counterparty.Iban!.Value.Value, entry.Counterparty.Bic));
        Assert.Equal("GUTSCHRIFT", entry.Details.BookingText);
    }

    [Fact]
    public void German_fields_of_full_width_and_cut_markers_are_put_together()
    {
        var entry = Narrative("105?00LASTSCHRIFT?20EREF+123/123/12345-----L110?2\n11234567890123 ?22SVWZ+abcdefghijklmnopqrstuv?\n23wxyz end?99kept");
        Assert.Equal("123/123/12345-----L1101234567890123", entry.EndToEndId);
        Assert.Equal("abcdefghijklmnopqrstuvwxyz end", entry.Remittance);
        Assert.Contains(new KeyValuePair<string, string>("99", "kept"), entry.Details!.OtherFields);
    }

    [Fact]
    public void German_keywords_with_colons_and_both_at_once()
    {
        var entry = Narrative("105?20SVWZ+STEUERNR 123?21EREF: 77 MREF: BY1 CRED: DE9?22ABWA+Finanzamt");
        Assert.Equal(("STEUERNR 123", "77", "BY1", "Finanzamt"), (entry.Remittance, entry.EndToEndId, entry.MandateId, entry.Counterparty!.UltimateName));
    }

    [Fact]
    public void A_text_sent_twice_with_the_bare_code_first() =>
        Assert.Equal(("020", "Faktura 1"), Pair(Entry(":61:2601050105C10,00NTRFNONREF\n:86:020\n:86:020~00Przelew~20Faktura 1")));

    [Fact]
    public void A_return_has_its_reason() =>
        Assert.Equal("AC01", Narrative("159?00RETOURE?20EREF+X?34901").ReturnReason);

    [Fact]
    public void Dutch_codes()
    {
        var entry = Narrative("/RTRN/AC04//EREF/E2E-1//MARF/M-1//CSID/NL36ZZZ340698640000//CNTP/NL91ABNA0417164300/ABNANL2A/Jansen B.V./Utrecht//REMI/USTD//Factuur 1/2 en 3/ISDT/2026-01-05/");
        Assert.Equal(("E2E-1", "M-1", "AC04", "NL36ZZZ340698640000"), (entry.EndToEndId, entry.MandateId, entry.ReturnReason, entry.Details!.CreditorId));
        Assert.Equal(("Jansen B.V.", "NL91ABNA0417164300", "ABNANL2A", "Utrecht"), (entry.Counterparty!.Name, entry.Counterparty.Iban!.Value.Value, entry.Counterparty.Bic, entry.Counterparty.Address));
        Assert.Equal("Factuur 1/2 en 3", entry.Remittance);
        Assert.Contains(new KeyValuePair<string, string>("ISDT", "2026-01-05"), entry.Details.OtherFields);
    }

    [Theory]
    [InlineData("/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/Jansen/REMI/Factuur 1/EREF/NOTPROVIDED", "Jansen", "Factuur 1")]
    [InlineData("/ORDP//NAME/Jansen/REMI/Factuur 1/ISDT/2026-01-05", "Jansen", "Factuur 1")]
    [InlineData("/BENM//NAME/Jansen/REMI//ISDT/2026-01-05", "Jansen", null)]
    [InlineData("/EREF/X/ORDP//NAME/Jansen/ADDR/Weg 1/REMI/Ref: 1", "Jansen", "Ref: 1")]
    [InlineData("/IBAN/NL91ABNA0417164300/NAME/Jansen/REMI/", "Jansen", null)]
    public void Other_banks_of_the_Netherlands(string text, string name, string? remittance)
    {
        var entry = Narrative(text);
        Assert.Equal((name, remittance), (entry.Counterparty!.Name, entry.Remittance));
    }

    [Fact]
    public void Structured_references()
    {
        Assert.Equal("1004510036716378", Narrative("/REMI/STRD/CUR/1004510036716378/").StructuredReference);
        Assert.Equal("RF18539007547034", Narrative("/NAME/Jansen/REMI/RF18 5390 0754 7034 dank").StructuredReference);
        Assert.Equal("RF18539007547034", Narrative("166?20SVWZ+RF18539007547034").StructuredReference);
        Assert.Equal("1004510036716378", Narrative("0111111111 V. DE JONG BET.KENM. 1004510036716378").StructuredReference);
        Assert.Null(Narrative("Factuur 1004510036716378").StructuredReference);
    }

    [Fact]
    public void Lines_of_full_width_are_put_together_and_shorter_ones_are_not()
    {
        var sixtyFive = "/REMI/" + new string('a', 59);
        Assert.Equal(new string('a', 59) + "bb", Narrative(sixtyFive + "\nbb").Remittance);
        Assert.Equal(new string('a', 58) + " bb cc", Narrative(sixtyFive[..64] + "\nbb\ncc").Remittance);
        Assert.Equal("HIER EEN OMSCHRIJVING WANT DAT IS ZO", Narrative("HIER EEN OMSCHRIJVING\nWANT DAT IS ZO").Remittance);
    }

    [Fact]
    public void Polish_labels()
    {
        var entry = Narrative("911 TRANSAKCJA COLLECT; ID IPH: XX000000000001; Z RACH.: \n56114010810000267002001001; OD: JAN NOWAK; TYT.: FAKTURA 1 ; \nTNR: 179171073864111.010001");
        Assert.Equal(("JAN NOWAK", "PL56114010810000267002001001", "FAKTURA 1"), (entry.Counterparty!.Name, entry.Counterparty.Iban!.Value.Value, entry.Remittance));
        Assert.Contains(new KeyValuePair<string, string>("TNR", "179171073864111.010001"), entry.Details!.OtherFields);
    }

    [Theory]
    [InlineData("FACTUUR 1\nREK: NL91ABNA0417164300/NAAM: PICQER", "PICQER", "FACTUUR 1")]
    [InlineData("GIRO AUS ONLINE-SIC 80532 AUFTRAGGEBER: JANE DOE MITTEILUNGEN: RECHNUNG 1", "JANE DOE", "RECHNUNG 1")]
    [InlineData("999SEPA_CREDIT_TRANSFER:Rechnung: 1:Mueller GmbH:DE89370400440532013000:mehr", "Mueller GmbH", "Rechnung: 1 mehr")]
    [InlineData("52.89.39.882                    MYCOM DEN HAAG", "MYCOM DEN HAAG", "52.89.39.882 MYCOM DEN HAAG")]
    [InlineData("GIRO   428428 KPN - DIGITENNE    BETALINGSKENM.  0000", "KPN - DIGITENNE", "GIRO 428428 KPN - DIGITENNE BETALINGSKENM. 0000")]
    [InlineData("BEA   NR:XXX1234   21.05.11/12.54 DIRCKIII KATWIJK,PAS999", "DIRCKIII KATWIJK", "BEA NR:XXX1234 21.05.11/12.54 DIRCKIII KATWIJK,PAS999")]
    [InlineData("/ORDP/300000000460495\n/IVOTEHNA DOOEL\n/747//747\n/Uplata po faktura 747", "IVOTEHNA DOOEL", "747//747 Uplata po faktura 747")]
    public void Other_manners(string text, string name, string remittance)
    {
        var entry = Narrative(text);
        Assert.Equal((name, remittance), (entry.Counterparty!.Name, entry.Remittance));
        Assert.True(text.StartsWith("GIRO AUS", StringComparison.Ordinal) || text.StartsWith("BEA", StringComparison.Ordinal) || entry.Counterparty.AccountText is not null);
    }

    [Fact]
    public void Citi_payment_text_and_unknown_codes_are_kept()
    {
        var entry = Narrative("/PT/FT/PY/SOMETHING FOO   BAR");
        Assert.Equal("SOMETHING FOO BAR", entry.Remittance);
        Assert.Contains(new KeyValuePair<string, string>("PT", "FT"), entry.Details!.OtherFields);
        Assert.Contains(new KeyValuePair<string, string>("OGB", "HSBC"), Narrative("/OCMT/USD5,00//OGB/HSBC/VA/1").Details!.OtherFields);
    }

    [Fact]
    public void Citi_names_the_parties_of_both_sides()
    {
        var credit = Narrative("/PT/DE/EI/INVOICE 17 ACME LTD/BI/12345678/BO/04982601/BO1/ACME LTD");
        Assert.Equal(("ACME LTD", "INVOICE 17 ACME LTD"), (credit.Counterparty!.Name, credit.Remittance));
        var debit = Narrative("/PT/FT/BE/SUPPLIER INC/BN1/STREET 1/BO/OUR COMPANY/PY/INV 99", "2601050105D10,00NTRFNONREF");
        Assert.Equal(("SUPPLIER INC", "INV 99"), (debit.Counterparty!.Name, debit.Remittance));
        Assert.Contains(new KeyValuePair<string, string>("ORDP", "OUR COMPANY"), debit.Details!.OtherFields);
    }

    [Theory]
    [InlineData("C", "Payer Ltd", "BENM", "Payee Inc")]
    [InlineData("D", "Payee Inc", "ORDP", "Payer Ltd")]
    [InlineData("RC", "Payer Ltd", "BENM", "Payee Inc")]
    [InlineData("RD", "Payee Inc", "ORDP", "Payer Ltd")]
    public void Of_a_payer_and_a_payee_the_side_says_which_is_the_other_party(string mark, string name, string key, string own)
    {
        var entry = Narrative("/ORDP/Payer Ltd\n/BENM/Payee Inc\n/REMI/Invoice 17", $"2601050105{mark}10,00NTRFNONREF");
        Assert.Equal((name, "Invoice 17"), (entry.Counterparty!.Name, entry.Remittance));
        Assert.Contains(new KeyValuePair<string, string>(key, own), entry.Details!.OtherFields);
    }

    [Theory]
    [InlineData("/EREF/E-1//CNTP/NL91ABNA0417164300/ABNANL2A/Jansen B.V.///R\nEMI/USTD//Factuur 17//PURP/OTHR/")]
    [InlineData("/EREF/E-1//CNTP/NL91ABNA0417164300/ABNANL2A/Jansen B.V.///REM\nI/USTD//Factuur 17/")]
    public void A_code_that_a_line_end_cuts_is_one_whatever_the_width_of_the_line(string text)
    {
        var entry = Narrative(text);
        Assert.Equal(("Jansen B.V.", "Factuur 17", "E-1"), (entry.Counterparty!.Name, entry.Remittance, entry.EndToEndId));
    }

    [Fact]
    public void Fields_that_begin_below_the_tag_or_with_the_party()
    {
        var below = Narrative("\n<002506-77-C\n<1000012\n<20FAKTURA 12/2026\n<21ZA USLUGI\n<32JAN NOWAK\n<3856114010810000267002001001");
        Assert.Equal(("JAN NOWAK", "PL56114010810000267002001001", "FAKTURA 12/2026 ZA USLUGI"), (below.Counterparty!.Name, below.Counterparty.Iban!.Value.Value, below.Remittance));
        var party = Narrative("?32Jan Nowak?31DE89370400440532013000?20Invoice 17");
        Assert.Equal(("Jan Nowak", "Invoice 17"), (party.Counterparty!.Name, party.Remittance));
    }

    [Fact]
    public void Dutch_labels_of_SEPA_payments()
    {
        var entry = Narrative("SEPA INCASSO ALGEMEEN DOORLOPEND INCASSANT: NL36ZZZ340698640000\nNAAM: ENERGIE B.V.             MACHTIGING: M-001\nOMSCHRIJVING: TERMIJN 3: MAART\nIBAN: NL91ABNA0417164300        KENMERK: E2E 7/\n0000000007");
        Assert.Equal(("ENERGIE B.V.", "NL91ABNA0417164300", "TERMIJN 3: MAART"), (entry.Counterparty!.Name, entry.Counterparty.Iban!.Value.Value, entry.Remittance));
        Assert.Equal(("M-001", "NL36ZZZ340698640000", "SEPA INCASSO ALGEMEEN DOORLOPEND"), (entry.MandateId, entry.Details!.CreditorId, entry.Details.BookingText));
        Assert.StartsWith("E2E 7/", entry.EndToEndId, StringComparison.Ordinal);
        Assert.Equal("SEPA Overboeking van Jansen", Narrative("SEPA Overboeking van Jansen").Remittance);
        Assert.Equal("1004510036716378", Narrative("SEPA Acceptgirobetaling          IBAN: NL91ABNA0417164300       Naam: Dienst                    Betalingskenm.: 1004510036716378").StructuredReference);
    }

    [Fact]
    public void Lines_below_an_entry_without_a_text_of_its_own_are_its_text()
    {
        var entry = Entry(":61:2601050105D30,00NMSCNONREF//B-1\nJan Nowak\nInvoice 17");
        Assert.Equal("Jan Nowak Invoice 17", entry.Remittance);
        Assert.Equal("Standing order", Entry(":61:2601050105D30,00NMSCNONREF//B-1\nStanding order").Details!.BookingText);
    }

    [Fact]
    public void Non_swift_lines()
    {
        var entry = Entry(":61:2601050105C10,00S051NONREF\n:NS:01Verwendungszweck 1\n02Verwendungszweck 2\n15Empfaenger\n17Buchungstext\n1812345\n191000");
        Assert.Equal(("Empfaenger", "Verwendungszweck 1 Verwendungszweck 2", "Buchungstext"), (entry.Counterparty!.Name, entry.Remittance, entry.Details!.BookingText));
        Assert.Contains(new KeyValuePair<string, string>("19", "1000"), entry.Details.OtherFields);
    }

    [Fact]
    public void Parties_in_the_statement_line()
    {
        var asn = Entry(":61:2601050105D65,00NOVBNL91ABNA0417164300\nhr paulissen\n:86:NL91ABNA0417164300 hr paulissen\n                    \nBetaling sieraden   \n");
        Assert.Equal(("hr paulissen", "NL91ABNA0417164300", "Betaling sieraden"), (asn.Counterparty!.Name, asn.Counterparty.Iban!.Value.Value, asn.Remittance));
        var rabo = Entry(":61:260105D10,00N0440121470966      W.P. Jansen\n:86:Terugboeking\n:86:KOSTEN");
        Assert.Equal(("W.P. Jansen", "0121470966", "Terugboeking KOSTEN"), (rabo.Counterparty!.Name, rabo.Counterparty.Account, rabo.Remittance));
        var newer = Entry(":61:260105D10,00N102EREF\nNL91ABNA0417164300\n:86:/EREF/1/BENM//NAME/Nespresso/REMI/2");
        Assert.Equal("NL91ABNA0417164300", newer.Counterparty!.Iban!.Value.Value);
    }

    private static (string? Gvc, string? Remittance) Pair(BankTransaction t) => (t.Code!.Gvc, t.Remittance);
}
