using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Camt;
using Xunit;
using static Receivables.Sdk.Tests.Statements.Camt.CamtXml;

namespace Receivables.Sdk.Tests.Statements.Camt;

public class CamtContentTests
{
    private static BankTransaction Of(string detail, string direction = "CRDT", string more = "") =>
        Assert.Single(Assert.Single(CamtShape.Read(CamtShape.Bytes(Proven(0, 0, Entry("1.00", direction, more, Details(detail)))))).Transactions);

    private static string Parties(string debtorIban = "DE89370400440532013000", string creditorIban = "FR1420041010050500013M02606") =>
        $"<RltdPties><Dbtr><Nm>Debtor</Nm></Dbtr><DbtrAcct><Id><IBAN>{debtorIban}</IBAN></Id></DbtrAcct><UltmtDbtr><Nm>Ultimate</Nm></UltmtDbtr>"
        + $"<Cdtr><Nm>Creditor</Nm></Cdtr><CdtrAcct><Id><IBAN>{creditorIban}</IBAN></Id></CdtrAcct></RltdPties>"
        + "<RltdAgts><DbtrAgt><FinInstnId><BICFI>COBADEFFXXX</BICFI></FinInstnId></DbtrAgt><CdtrAgt><FinInstnId><BIC>BNPAFRPP</BIC></FinInstnId></CdtrAgt></RltdAgts>";

    [Theory]
    [InlineData("CRDT", "Debtor")]
    [InlineData("DBIT", "Creditor")]
    public void The_other_side_is_the_payer_of_a_credit_and_the_payee_of_a_debit(string direction, string name)
    {
        var party = Of(Parties(), direction).Counterparty!;
        Assert.Equal(name, party.Name);
        Assert.Equal(direction == "CRDT" ? "COBADEFFXXX" : "BNPAFRPP", party.Bic);
        Assert.Equal(direction == "CRDT" ? "DE89370400440532013000" : "FR1420041010050500013M02606", party.Iban!.Value.Value);
        Assert.Equal(direction == "CRDT" ? "Ultimate" : null, party.UltimateName);
    }

    [Fact]
    public void Returns_and_reversals_keep_their_roles_and_our_own_account_is_never_the_other_side()
    {
        Assert.Equal("Debtor", Of(Parties() + "<RtrInf><Rsn><Cd>MD06</Cd></Rsn></RtrInf>", "DBIT").Counterparty!.Name);
        Assert.Equal("Creditor", Of(Parties(), "CRDT", "<RvslInd>true</RvslInd>").Counterparty!.Name);
        Assert.Equal("Debtor", Of(Parties(creditorIban: "NL91ABNA0417164300"), "DBIT").Counterparty!.Name);
        Assert.Equal("Creditor", Of(Parties(debtorIban: "NL91ABNA0417164300"), "CRDT").Counterparty!.Name);
    }

    [Fact]
    public void Parties_are_found_in_their_wrappers_with_address_and_other_accounts()
    {
        var party = Of("<RltdPties><Dbtr><Pty><Nm>A</Nm><PstlAdr><StrtNm>Marktgasse</StrtNm><BldgNb>28</BldgNb><PstCd>9400</PstCd><TwnNm>Rorschach</TwnNm><Ctry>CH</Ctry></PstlAdr></Pty></Dbtr>"
            + "<DbtrAcct><Id><Othr><Id>30-1</Id></Othr></Id></DbtrAcct><UltmtDbtr><Pty><Nm>B</Nm></Pty></UltmtDbtr></RltdPties>").Counterparty!;
        Assert.Equal(("A", "B", "30-1", "Marktgasse 28, 9400 Rorschach, CH"), (party.Name, party.UltimateName, party.Account, party.Address));
        Assert.Equal("Bank", Of("<RltdPties><Dbtr><Agt><FinInstnId><Nm>Bank</Nm></FinInstnId></Agt></Dbtr></RltdPties>").Counterparty!.Name);
    }

    [Fact]
    public void References_are_told_apart_and_fillers_left_out()
    {
        var t = Of("<Refs><MsgId>M</MsgId><AcctSvcrRef>A</AcctSvcrRef><PmtInfId>P</PmtInfId><InstrId>I</InstrId><EndToEndId>E</EndToEndId><UETR>U</UETR><TxId>T</TxId><MndtId>D</MndtId><Prtry><Tp>04</Tp><Ref>X</Ref></Prtry></Refs>"
            + "<RltdPties><Cdtr><Nm>C</Nm><Id><PrvtId><Othr><Id>NL36ZZZ340698640000</Id></Othr></PrvtId></Id></Cdtr></RltdPties><Purp><Cd>SALA</Cd></Purp>", "DBIT", "<NtryRef>N</NtryRef>");
        Assert.Equal(("E", "A", "I", "D"), (t.EndToEndId, t.BankReference, t.CustomerReference, t.MandateId));
        Assert.Equal(("U", "SALA", "NL36ZZZ340698640000"), (t.Details!.Uetr, t.Details.Purpose, t.Details.CreditorId));
        Assert.Equal(["NtryRef=N", "TxId=T", "MsgId=M", "PmtInfId=P", "04=X"], t.Details.OtherFields.Select(f => f.Key + "=" + f.Value));
        var empty = Of("<Refs><AcctSvcrRef>NONREF</AcctSvcrRef><EndToEndId>NOTPROVIDED</EndToEndId><InstrId>NOTAVAIL</InstrId></Refs>");
        Assert.Equal((null, null, null), (empty.EndToEndId, empty.BankReference, empty.CustomerReference));
        Assert.Equal("P", Of("<Refs><PmtInfId>P</PmtInfId></Refs>").CustomerReference);
    }

    [Fact]
    public void Remittance_is_one_text_put_together_where_it_was_broken()
    {
        Assert.Equal("Invoice 1 Invoice 2", Of("<RmtInf><Ustrd>Invoice 1</Ustrd><Ustrd>Invoice 2</Ustrd></RmtInf>").Remittance);
        var full = new string('a', 134) + " 2026-";
        Assert.Equal(full + "00123", Of($"<RmtInf><Ustrd>{full.Replace("2026-", "20261")}</Ustrd><Ustrd>00123</Ustrd></RmtInf>").Remittance!.Replace("20261", "2026-"));
        Assert.Equal("a b", Of("<RmtInf><Ustrd>a  \r\n  b</Ustrd></RmtInf>").Remittance);
        Assert.Equal("x & y <z>", Of("<RmtInf><Ustrd>x &amp; y <![CDATA[<z>]]></Ustrd></RmtInf>").Remittance);
        Assert.Equal("from the entry", Assert.Single(Assert.Single(CamtShape.Read(CamtShape.Bytes(Proven(0, 0, Entry("1.00", "CRDT", details: "<AddtlNtryInf>from the entry</AddtlNtryInf>"))))).Transactions).Remittance);
        Assert.Equal("text of the bank", Of("<AddtlTxInf>text of the bank</AddtlTxInf>").Remittance);
    }

    [Theory]
    [InlineData("<RmtInf><Ustrd>Invoice 17</Ustrd></RmtInf>")]
    [InlineData("<NtryDtls><RmtInf><Ustrd>Invoice 17</Ustrd></RmtInf></NtryDtls>")]
    [InlineData("<NtryDtls><TxDtls><Refs><EndToEndId>E</EndToEndId></Refs></TxDtls></NtryDtls><RmtInf><Ustrd>Invoice 17</Ustrd></RmtInf>")]
    [InlineData("<RmtInf><Ustrd>Invoice</Ustrd></RmtInf><NtryDtls><TxDtls/></NtryDtls><RmtInf><Ustrd>17</Ustrd></RmtInf>")]
    public void A_remittance_in_the_entry_itself_is_read_and_told(string details)
    {
        var entry = Entry("1.00", "CRDT", details: details + "<AddtlNtryInf>Credit transfer</AddtlNtryInf>");
        var statement = Assert.Single(CamtShape.Read(CamtShape.Bytes(Proven(0, 2, entry + entry))));
        Assert.All(statement.Transactions, t => Assert.Equal(("Invoice 17", "Credit transfer"), (t.Remittance, t.Details?.BookingText)));
        Assert.Equal(["CAMT021"], statement.Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void A_remittance_in_the_entry_itself_is_of_the_details_that_have_none()
    {
        var details = Details(
            Detail("1.00", "CRDT"), Detail("2.00", "CRDT", "<RmtInf><Ustrd>own</Ustrd><Strd><CdtrRefInf><Ref>222</Ref></CdtrRefInf></Strd></RmtInf>"), Detail("3.00", "CRDT"));
        var inEntry = "<RmtInf><Strd><CdtrRefInf><Ref>111</Ref></CdtrRefInf></Strd><Ustrd>of all</Ustrd></RmtInf>";
        var statement = Assert.Single(CamtShape.Read(CamtShape.Bytes(Proven(0, 6, Entry("6.00", "CRDT", inEntry, details)))));
        Assert.Equal(["of all 111", "own 222", "of all 111"], statement.Transactions.Select(t => $"{t.Remittance} {t.StructuredReference}"));
        var parts = Assert.Single(Assert.Single(CamtShape.Read(CamtShape.Bytes(Proven(0, 7, Entry("7.00", "CRDT", inEntry, details))))).Transactions);
        Assert.Equal("of all", parts.Remittance);
        Assert.Equal(["of all", "own", "of all"], parts.Details!.Parts.Select(p => p.Remittance));
    }

    [Theory]
    [InlineData("<Cd>SCOR</Cd>", "RF18 5390 0754 7034", "RF18539007547034")]
    [InlineData("<Cd>SCOR</Cd>", "+++010/8068/17183+++", "010806817183")]
    [InlineData("<Prtry>QRR</Prtry>", "21 00000 00003 13947 14300 09017", "210000000003139471430009017")]
    [InlineData("<Prtry>ISR Reference</Prtry>", "ISR ref V1", "ISR ref V1")]
    [InlineData("", "00 12 34", "001234")]
    public void Structured_references_are_canonical(string type, string written, string canonical)
    {
        var tp = type.Length == 0 ? "" : $"<Tp><CdOrPrtry>{type}</CdOrPrtry></Tp>";
        Assert.Equal(canonical, Of($"<RmtInf><Strd><CdtrRefInf>{tp}<Ref>{written}</Ref></CdtrRefInf></Strd></RmtInf>").StructuredReference);
    }

    [Fact]
    public void Further_references_documents_and_marks_are_kept()
    {
        var t = Of("<RmtInf><Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CINV</Cd></CdOrPrtry></Tp><Nb>2026-7</Nb><RltdDt>2026-01-02</RltdDt></RfrdDocInf><RfrdDocAmt><RmtdAmt Ccy=\"EUR\">5.00</RmtdAmt></RfrdDocAmt>"
            + "<CdtrRefInf><Ref>111</Ref></CdtrRefInf><AddtlRmtInf>?REJECT?0</AddtlRmtInf></Strd><Strd><RfrdDocInf><Nb>CN-1</Nb></RfrdDocInf><RfrdDocAmt><CdtNoteAmt Ccy=\"EUR\">1.00</CdtNoteAmt></RfrdDocAmt><CdtrRefInf><Ref>222</Ref></CdtrRefInf>"
            + "<AddtlRmtInf>thank you</AddtlRmtInf></Strd></RmtInf>");
        Assert.Equal("111", t.StructuredReference);
        Assert.Equal("thank you", t.Remittance);
        Assert.Equal(["CINV 2026-7 5.00", " 222 ", " CN-1 -1.00"], t.Details!.Documents.Select(d => $"{d.Kind} {d.Number} {d.Amount?.ToAmountString()}"));
        Assert.Equal(new NodaTime.LocalDate(2026, 1, 2), t.Details.Documents[0].Date);
        Assert.Equal(new KeyValuePair<string, string>("REJECT", "0"), Assert.Single(t.Details.OtherFields));
    }

    [Theory]
    [InlineData("<Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn>", "PMNT/RCDT/ESCT", null)]
    [InlineData("<Prtry><Cd>NTRF+166+9251+997</Cd><Issr>DK</Issr></Prtry>", "NTRF", "166")]
    [InlineData("<Prtry><Cd>166</Cd><Issr>ZKA</Issr></Prtry>", "166", "166")]
    [InlineData("<Prtry><Cd>Z24</Cd></Prtry>", "Z24", null)]
    public void Codes_are_of_the_standard_or_the_banks_own(string code, string text, string? gvc)
    {
        var t = Of("<Refs/>", more: $"<BkTxCd>{code}</BkTxCd>");
        Assert.Equal((text, gvc), (t.Code!.ToString(), t.Code.Gvc));
    }

    [Fact]
    public void Returns_carry_their_reason() =>
        Assert.Equal("AC04", Of("<RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed</AddtlInf></RtrInf>", "DBIT").ReturnReason);

    [Fact]
    public void Raw_text_is_the_slice_of_the_entry()
    {
        var entry = Entry("1.00", "CRDT").TrimEnd();
        var statement = Assert.Single(CamtShape.Read(CamtShape.Bytes(Proven(0, 2, entry + "\n" + entry)), new StatementReaderOptions { RawText = RawText.Entry }));
        Assert.All(statement.Transactions, t => Assert.Equal(entry, t.RawText));
    }

    [Theory]
    [InlineData("<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries><Sum>3.00</Sum></TtlNtries><TtlCdtNtries><NbOfNtries>2</NbOfNtries><Sum>3.00</Sum></TtlCdtNtries></TxsSummry>", true)]
    [InlineData("<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries><Sum>4.00</Sum></TtlNtries></TxsSummry>", false)]
    [InlineData("<TxsSummry><TtlDbtNtries><NbOfNtries>1</NbOfNtries></TtlDbtNtries></TxsSummry>", false)]
    public void Sums_that_a_statement_states_are_checked(string summary, bool holds)
    {
        var statement = Assert.Single(CamtShape.Read(CamtShape.Bytes(Proven(0, 3, summary + Entry("1.00", "CRDT") + Entry("2.00", "CRDT")))));
        Assert.True(statement.IsBalanced);
        Assert.Equal(holds, statement.Verdict is IntegrityVerdict.Proven { Proofs: ["balance", "sums"] });
        Assert.Equal(!holds, statement.Diagnostics.Any(d => d.Code == StatementCodes.SumDoesNotHold));
    }

    [Fact]
    public void Reversals_that_add_up_only_the_other_way_are_read_that_way_with_the_other_party()
    {
        var details = Details("<RltdPties><Dbtr><Nm>Payer</Nm></Dbtr><Cdtr><Nm>Payee</Nm></Cdtr></RltdPties>");
        var statement = Assert.Single(CamtShape.Read(CamtShape.Bytes(Proven(10, 9, Entry("2.00", "CRDT", "<RvslInd>true</RvslInd>", details) + Entry("1.00", "CRDT")))));
        Assert.Equal([-2m, 1m], statement.Transactions.Select(t => t.Amount.Amount));
        Assert.Equal((true, "Payer"), (statement.Transactions[0].IsReversal, statement.Transactions[0].Counterparty!.Name));
        Assert.True(statement.IsBalanced);
        Assert.Equal((StatementCodes.ReadingProved, statement.Transactions[0].Offset), (Assert.Single(statement.Diagnostics).Code, statement.Diagnostics[0].Location.Offset));

        var standard = Assert.Single(CamtShape.Read(CamtShape.Bytes(Proven(10, 13, Entry("2.00", "CRDT", "<RvslInd>true</RvslInd>", details) + Entry("1.00", "CRDT")))));
        Assert.Equal((2m, "Payee"), (standard.Transactions[0].Amount.Amount, standard.Transactions[0].Counterparty!.Name));
        Assert.Empty(standard.Diagnostics);
    }

    [Fact]
    public void A_batch_that_is_reversed_turns_round_as_a_whole()
    {
        var details = Details(Detail("3.00", "DBIT"), Detail("2.00", "DBIT"));
        var statement = Assert.Single(CamtShape.Read(CamtShape.Bytes(Proven(10, 15, Entry("5.00", "DBIT", "<RvslInd>1</RvslInd>", details)))));
        Assert.Equal([3m, 2m], statement.Transactions.Select(t => t.Amount.Amount));
        Assert.All(statement.Transactions, t => Assert.Equal(5m, t.Batch!.Total!.Value.Amount));
        Assert.True(statement.IsBalanced);
    }

    [Fact]
    public void Strict_mode_throws_at_the_first_error_and_warnings_do_not_matter()
    {
        var strict = new StatementReaderOptions { IsStrict = true };
        var error = Assert.Throws<StatementFormatException>(() => CamtShape.Read(CamtShape.Bytes(Proven(0, 0, Entry("x", "CRDT"))), strict));
        Assert.Equal(CamtCodes.BadAmount, error.Diagnostic.Code);
        Assert.Single(CamtShape.Read(CamtShape.Bytes(Proven(0, 1, Entry("1", "CRDT").Replace(" Ccy=\"EUR\"", ""))), strict));
    }

    // Two entries that are wrong by the same, each with one detail that says what was moved.
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "<Chrgs><TtlChrgsAndTaxAmt Ccy=\"EUR\">2.00</TtlChrgsAndTaxAmt></Chrgs>", false)]
    [InlineData("", "<Chrgs><Rcrd><Amt Ccy=\"USD\">2.20</Amt></Rcrd></Chrgs>", false)]
    [InlineData("<Btch><NbOfTxs>5</NbOfTxs></Btch>", "", false)]
    [InlineData("<Btch><NbOfTxs>1</NbOfTxs></Btch>", "", true)]
    public void One_detail_that_says_another_amount_than_its_entry_proves_nothing_unless_something_explains_it(string batch, string charges, bool isTold)
    {
        string One(string entry, string detail) => Entry(entry, "CRDT", "", Details($"<AmtDtls><TxAmt><Amt Ccy=\"EUR\">{detail}</Amt></TxAmt></AmtDtls>{charges}").Replace("<NtryDtls>", "<NtryDtls>" + batch, StringComparison.Ordinal));
        var statement = Assert.Single(CamtShape.Read(CamtShape.Bytes(Proven(0, 10, One("4.00", "6.00") + One("6.00", "4.00")))));

        Assert.True(statement.Verdict.IsBalanced);
        Assert.Equal(isTold, statement.Verdict is IntegrityVerdict.Inconsistent { Check: "details", Difference.Amount: 2m });
        Assert.Equal(!isTold, statement.Verdict is IntegrityVerdict.Proven);
    }
}
