using System.Text;
using NodaTime;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Camt;
using Xunit;
using static Receivables.Sdk.Tests.Statements.Camt.CamtXml;

namespace Receivables.Sdk.Tests.Statements.Camt;

public class CamtReaderTests
{
    private static BankStatement One(string xml) => Assert.Single(CamtShape.Read(CamtShape.Bytes(xml)));

    private static BankTransaction OneEntry(string entry) => Assert.Single(One(Proven(0, 0, entry)).Transactions);

    private static readonly string Simple = Proven(10, 22.5m, Entry("12.50", "CRDT"));

    [Theory]
    [InlineData("2026-04-03", true)]
    [InlineData("2026-03-04", false)]
    [InlineData("2026-04-13", false)]
    [InlineData("2026-05-05", false)]
    public void A_booking_date_with_day_and_month_the_other_way_round_is_told_where_the_period_shows_it(string date, bool isTold)
    {
        var period = "<FrToDt><FrDtTm>2026-03-01T00:00:00</FrDtTm><ToDtTm>2026-03-31T23:59:59</ToDtTm></FrToDt>";
        var statement = new CamtStatementReader().Read(Encoding.UTF8.GetBytes(CamtXml.Message(CamtXml.Statement(period + CamtXml.Account + CamtXml.Entry("12.50", "CRDT", date: date))))).Single();
        Assert.Equal(isTold, statement.Diagnostics.Any(d => d is { Code: "CAMT025", Severity: DiagnosticSeverity.Warning }));
        Assert.Equal(date, statement.Transactions[0].BookingDate?.ToString("uuuu-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_statement_says_what_it_is_and_adds_up()
    {
        var statement = One(Simple);
        Assert.Equal(StatementFormat.Camt053, statement.Format);
        Assert.Equal("NL91ABNA0417164300", statement.Account.Iban?.Value);
        Assert.Equal("0417164300", statement.Account.Number);
        Assert.Equal(Currency.EUR, statement.Account.Currency);
        Assert.Equal("S1", statement.Header.StatementId);
        Assert.Equal((new LocalDate(2026, 1, 1), new LocalDate(2026, 1, 31)), (statement.Closing.From!.Value, statement.Closing.To!.Value));
        Assert.True(statement.IsBalanced);
        Assert.Empty(statement.Diagnostics);
        var transaction = Assert.Single(statement.Transactions);
        Assert.Equal(new Money(12.50m, Currency.EUR), transaction.Amount);
        Assert.Equal(new LocalDate(2026, 1, 5), transaction.BookingDate);
        Assert.Null(transaction.Batch);
        Assert.NotEqual(default, transaction.Id);
    }

    [Theory]
    [InlineData("BkToCstmrAcctRpt", "Rpt", "camt052")]
    [InlineData("BkToCstmrAcctRptV01", "Rpt", "camt052")]
    [InlineData("BkToCstmrStmt", "Stmt", "camt053")]
    [InlineData("BkToCstmrDbtCdtNtfctn", "Ntfctn", "camt054")]
    public void The_message_tells_the_format_whatever_the_namespace(string message, string statement, string format)
    {
        var xml = Message(Statement(Account + Entry("1", "CRDT")).Replace("Stmt>", statement + ">"), message: message).Replace("urn:iso:std:iso:20022:tech:xsd:", "ISO:");
        Assert.Equal(format, One(xml).Format.Name);
        Assert.Equal(FormatMatch.Certain, new CamtStatementReader().Detect(CamtShape.Bytes(xml)));
    }

    public static TheoryData<string, string> Wrappings => new()
    {
        { "<Response><Payload><![CDATA[", "]]></Payload></Response>" },
        { "<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"x\"><s:Body><![CDATA[ ", "]]></s:Body></s:Envelope>\n" },
        { "<string>\n&lt;", "</string>" },
        { "<a><![CDATA[]]><b><![CDATA[split", "]]></b></a>" },
        { "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n\r\n", "" },
        { "2026-03-31 INFO received: ", "\n" },
        { "\uFEFF\uFEFF", "" },
        { "bare", "" },
    };

    [Theory]
    [MemberData(nameof(Wrappings))]
    public async Task A_message_within_another_text_is_the_same_message(string before, string behind)
    {
        // An ampersand, quotes and brackets stand in the texts, too.
        var text = CamtSamples.Varied.Replace("</Ustrd>", " Q&amp;A &lt;1&gt; &quot;x&quot;</Ustrd>");
        text = before.EndsWith("split", StringComparison.Ordinal) ? text.Replace("]]>", "]]]]><![CDATA[>") : text;
        before = before.Replace("split", "");
        var inner = before.EndsWith("&lt;", StringComparison.Ordinal) ? text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;")[4..] : text;
        var wrapped = before == "bare" ? text[text.IndexOf("<Stmt>", StringComparison.Ordinal)..(text.LastIndexOf("</Stmt>", StringComparison.Ordinal) + 7)] : before + inner + behind;
        var bytes = CamtShape.Bytes(wrapped);
        var read = CamtShape.Read(bytes);
        var told = before[0] == '\uFEFF' ? 0 : 1;
        Assert.Equal(FormatMatch.Certain, new CamtStatementReader().Detect(bytes));
        Assert.Equal(told, read.SelectMany(s => s.Diagnostics).Count(d => d.Code == CamtCodes.Wrapped));
        Assert.Equal(Ids(CamtShape.Read(CamtShape.Bytes(text.Replace("]]]]><![CDATA[>", "]]>")))), Ids(read));
        foreach (var transaction in read.SelectMany(s => s.Transactions))
        {
            var start = Encoding.UTF8.GetString(bytes.AsSpan((int)transaction.Offset, 12));
            Assert.True(start.Contains("Ntry", StringComparison.Ordinal) || start.Contains("TxDtls", StringComparison.Ordinal), start);
        }

        foreach (var size in (int[])[1, 7, 1000])
        {
            Assert.Equal(CamtShape.Of(read), CamtShape.Of(await CamtShape.ReadChunks(bytes, size)));
        }
    }

    // Blanks do not count in an id: those that stand in place of what is not shown make no difference.
    private static List<string> Ids(IEnumerable<BankStatement> statements) => [.. statements.SelectMany(s => s.Transactions).Select(t => t.Id.ToString())];

    [Fact]
    public void A_year_of_no_bank_is_no_date()
    {
        var statement = One(Proven(0, 1, Entry("1", "CRDT", date: "0026-01-05")));
        Assert.Null(Assert.Single(statement.Transactions).BookingDate);
        Assert.Contains(statement.Diagnostics, d => d is { Code: CamtCodes.BadDate, Severity: DiagnosticSeverity.Error });
    }

    [Fact]
    public void Prefixes_envelopes_marks_and_what_fills_blocks_make_no_difference()
    {
        var plain = CamtShape.Of(CamtShape.Read(CamtShape.Bytes(Simple)), withPlaces: false);
        var prefixed = System.Text.RegularExpressions.Regex.Replace(Simple, "<(/?)([A-Z])", "<$1ns2:$2").Replace("xmlns=", "xmlns:ns2=");
        var body = Simple[Simple.IndexOf("<Document", StringComparison.Ordinal)..];
        var wrapped = "<?xml version=\"1.0\"?>\n<BizMsgEnvlp><AppHdr><BizMsgIdr>x</BizMsgIdr></AppHdr>" + body + "</BizMsgEnvlp>";
        foreach (var xml in new[] { prefixed, wrapped, "\uFEFF" + Simple, Simple + "\0\0\0", Simple + "\n\n" })
        {
            Assert.Equal(plain, CamtShape.Of(CamtShape.Read(CamtShape.Bytes(xml)), withPlaces: false));
            Assert.Equal(FormatMatch.Certain, new CamtStatementReader().Detect(CamtShape.Bytes(xml)));
        }

        Assert.Equal(22.5m, One("\n\n  " + Simple).Closing.Closing!.Amount.Amount);
        Assert.Equal(2, CamtShape.Read(CamtShape.Bytes(Simple + "\n\uFEFF" + Simple)).Count);
    }

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("windows-1252")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Other_encodings_are_read_and_places_are_those_of_the_file(string name)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        var entry = Entry("1.00", "CRDT", details: Details("<RltdPties><Dbtr><Nm>Müller &amp; Söhne – Bäckerei</Nm></Dbtr></RltdPties>".Replace('–', '-')));
        var xml = Proven(0, 2, entry + entry).Replace("UTF-8", name);
        var bytes = encoding.GetPreamble().Concat(encoding.GetBytes(xml)).ToArray();
        var statement = Assert.Single(CamtShape.Read(bytes));
        Assert.Equal(2, statement.Transactions.Count);
        foreach (var t in statement.Transactions)
        {
            Assert.Equal("Müller & Söhne - Bäckerei", t.Counterparty!.Name);
            Assert.Equal(entry.TrimEnd(), encoding.GetString(bytes, (int)t.Offset, t.Length));
        }

        Assert.Equal(FormatMatch.Certain, new CamtStatementReader().Detect(bytes));
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_read_as_windows_1252_and_said()
    {
        var bytes = CamtShape.Bytes(Proven(0, 1, Entry("1", "CRDT", details: Details("<RltdPties><Dbtr><Nm>ÄÖÜäöüßéèê Äpfel</Nm></Dbtr></RltdPties>"))));
        var at = bytes.AsSpan().IndexOf("Äpfel"u8);
        byte[] mixed = [.. bytes[..at], 0xC4, .. bytes[(at + 2)..]];
        var statement = Assert.Single(CamtShape.Read(mixed));
        Assert.EndsWith("Äpfel", statement.Transactions[0].Counterparty!.Name);
        Assert.Contains(statement.Diagnostics, d => d.Code == CamtCodes.InvalidText);
        Assert.True(statement.IsBalanced);
    }

    [Fact]
    public void Details_that_add_up_are_transactions_of_a_batch_each_with_its_own_direction()
    {
        var xml = Proven(0, 70, Entry("70.00", "CRDT", "<AcctSvcrRef>BANK1</AcctSvcrRef>", "<NtryDtls><Btch><PmtInfId>P7</PmtInfId><NbOfTxs>2</NbOfTxs></Btch>"
            + Details(Detail("100.00", "CRDT", refs: "<EndToEndId>E1</EndToEndId>"), Detail("30.00", "DBIT", refs: "<EndToEndId>NOTPROVIDED</EndToEndId>")).Replace("<NtryDtls>", "")));
        var statement = One(xml);
        Assert.Equal([100m, -30m], statement.Transactions.Select(t => t.Amount.Amount));
        Assert.All(statement.Transactions, t => Assert.Equal(("P7", 2, 70m), (t.Batch!.Id, t.Batch.Count, t.Batch.Total!.Value.Amount)));
        Assert.Equal(["E1", null], statement.Transactions.Select(t => t.EndToEndId));
        Assert.All(statement.Transactions, t => Assert.Equal("BANK1", t.BankReference));
        Assert.All(statement.Transactions, t => Assert.StartsWith("<TxDtls>", xml[(int)t.Offset..], StringComparison.Ordinal));
        Assert.All(statement.Transactions, t => Assert.EndsWith("</TxDtls>", xml.Substring((int)t.Offset, t.Length), StringComparison.Ordinal));
        Assert.True(statement.IsBalanced);
    }

    [Fact]
    public void One_detail_alone_has_no_batch_and_the_amount_of_the_entry()
    {
        var transaction = OneEntry(Entry("9.50", "CRDT", details: Details("<Refs/><Amt Ccy=\"USD\">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>")));
        Assert.Equal(new Money(9.50m, Currency.EUR), transaction.Amount);
        Assert.Null(transaction.Batch);
        Assert.Equal(new Money(10m, Currency.USD), transaction.Details!.Original!.Amount);
    }

    [Fact]
    public void Details_that_do_not_add_up_stay_with_their_entry()
    {
        var statement = One(Proven(0, 70, Entry("70.00", "CRDT", details: Details(Detail("100.00", "CRDT"), Detail("30.01", "DBIT")))));
        var transaction = Assert.Single(statement.Transactions);
        Assert.Equal(70m, transaction.Amount.Amount);
        Assert.Equal([100m, -30.01m], transaction.Details!.Parts.Select(p => p.Amount.Amount));
        Assert.Contains(statement.Diagnostics, d => d.Code == CamtCodes.DetailsDoNotAddUp);
        Assert.True(statement.IsBalanced);
    }

    [Theory]
    [InlineData("08", "<Chrgs><TtlChrgsAndTaxAmt Ccy=\"EUR\">2.00</TtlChrgsAndTaxAmt><Rcrd><Amt Ccy=\"EUR\">1.50</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd><Rcrd><Amt Ccy=\"EUR\">0.50</Amt></Rcrd></Chrgs>")]
    [InlineData("02", "<Chrgs><Amt Ccy=\"EUR\">1.50</Amt><CdtDbtInd>DBIT</CdtDbtInd></Chrgs><Chrgs><Amt Ccy=\"EUR\">0.50</Amt></Chrgs>")]
    [InlineData("08", "<Chrgs><TtlChrgsAndTaxAmt Ccy=\"EUR\">2.00</TtlChrgsAndTaxAmt></Chrgs>")]
    public void Charges_that_are_taken_out_of_details_count(string version, string charges)
    {
        var xml = Proven(0, 148, Entry("148.00", "CRDT", details: Details(Detail("100.00", "CRDT", charges), Detail("50.00", "CRDT")))).Replace(".001.08", ".001." + version);
        var statement = One(xml);
        Assert.Equal([98m, 50m], statement.Transactions.Select(t => t.Amount.Amount));
        Assert.Equal([2m, null], statement.Transactions.Select(t => t.Details?.Charges?.Amount));
        Assert.True(statement.IsBalanced);
    }

    [Fact]
    public void Charges_of_the_whole_entry_count_too()
    {
        var charges = "<Chrgs><Rcrd><Amt Ccy=\"EUR\">26.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>";
        var statement = One(Proven(0, -1526, Entry("1526.00", "DBIT", charges, Details(Detail("1000.00", "DBIT"), Detail("500.00", "DBIT")))).Replace("-1526.00</Amt><CdtDbtInd>CRDT", "1526.00</Amt><CdtDbtInd>DBIT"));
        Assert.Equal([-1000m, -526m], statement.Transactions.Select(t => t.Amount.Amount));
        Assert.Equal(26m, statement.Transactions[1].Details!.Charges!.Value.Amount);
        Assert.True(statement.IsBalanced);
    }

    [Fact]
    public void The_instructed_amount_is_the_original_and_never_the_amount()
    {
        var amounts = "<AmtDtls><InstdAmt><Amt Ccy=\"USD\">13.00</Amt></InstdAmt><TxAmt><Amt Ccy=\"EUR\">12.50</Amt><CcyXchg><SrcCcy>USD</SrcCcy><XchgRate>1.04</XchgRate></CcyXchg></TxAmt></AmtDtls>";
        var transaction = OneEntry(Entry("12.50", "CRDT", details: Details(amounts)));
        Assert.Equal(12.50m, transaction.Amount.Amount);
        Assert.Equal(new OriginalAmount(new Money(13m, Currency.USD), 1.04m), transaction.Details!.Original);
    }

    [Theory]
    [InlineData("BOOK", TransactionStatus.Booked)]
    [InlineData("PDNG", TransactionStatus.Pending)]
    [InlineData("FUTR", TransactionStatus.Expected)]
    [InlineData("INFO", TransactionStatus.Information)]
    public void The_status_is_a_text_or_a_choice(string code, TransactionStatus status)
    {
        foreach (var sts in new[] { code, $"<Cd>{code}</Cd>", $"\n<Prtry>{code}</Prtry>\n" })
        {
            Assert.Equal(status, OneEntry(Entry("1", "CRDT").Replace("<Cd>BOOK</Cd>", sts)).Status);
        }
    }

    [Fact]
    public void Dates_are_the_calendar_days_as_written_and_fall_back_to_the_value_date()
    {
        var zoned = OneEntry(Entry("1", "CRDT").Replace("<BookgDt><Dt>2026-01-05</Dt>", "<BookgDt><DtTm>2026-01-06T00:10:00+02:00</DtTm>").Replace("<ValDt><Dt>2026-01-05", "<ValDt><Dt>2026-01-07+02:00"));
        Assert.Equal((new LocalDate(2026, 1, 6), new LocalDate(2026, 1, 7)), (zoned.BookingDate!.Value, zoned.ValueDate!.Value));
        var without = OneEntry(Entry("1", "CRDT").Replace("<BookgDt><Dt>2026-01-05</Dt></BookgDt>", ""));
        Assert.Equal((new LocalDate(2026, 1, 5), true), (without.BookingDate!.Value, without.IsBookingDateFromValueDate));
    }

    [Fact]
    public void A_date_that_does_not_exist_is_left_out_and_the_entry_is_kept()
    {
        var xml = Proven(0, 1, Entry("1", "CRDT", date: "2026-02-30"));
        var statement = One(xml);
        Assert.Null(Assert.Single(statement.Transactions).BookingDate);
        Assert.True(statement.IsBalanced);
        Assert.Equal(2, statement.Diagnostics.Count);
        Assert.All(statement.Diagnostics, d => Assert.Equal((DiagnosticSeverity.Error, CamtCodes.BadDate), (d.Severity, d.Code)));
        var error = statement.Diagnostics[0];
        Assert.Equal("2026-02-30", error.Slice);
        Assert.Equal(xml.IndexOf("<Ntry>", StringComparison.Ordinal), error.Location.Offset);
        Assert.Equal(5, error.Location.Line);
    }

    [Theory]
    [InlineData("1,000")]
    [InlineData("1.0.0")]
    [InlineData("")]
    [InlineData("1e5")]
    [InlineData("999999999999999999999999999999")]
    [InlineData("10.00,000")]
    [InlineData("1,00,00")]
    public void An_entry_without_a_readable_amount_is_reported_and_no_statement_with_one_is_proven(string amount)
    {
        var statement = One(Proven(0, 3, Entry("1.00", "CRDT") + Entry(amount, "CRDT") + Entry("2.00", "CRDT")));
        Assert.Equal([1m, 2m], statement.Transactions.Select(t => t.Amount.Amount));
        Assert.Contains(statement.Diagnostics, d => d is { Severity: DiagnosticSeverity.Error, Code: CamtCodes.BadAmount });
        Assert.Null(statement.IsBalanced);
    }

    [Fact]
    public void A_direction_is_never_guessed_but_may_follow_from_the_details()
    {
        var unknown = One(Proven(0, 1, Entry("1.00", "X") + Entry("1.00", "CRDT")));
        Assert.Single(unknown.Transactions);
        Assert.Contains(unknown.Diagnostics, d => d is { Severity: DiagnosticSeverity.Error, Code: CamtCodes.NoDirection });
        var derived = OneEntry(Entry("1.00", "X", details: Details(Detail("1.00", "DBIT"))).Replace("<CdtDbtInd>X</CdtDbtInd>", ""));
        Assert.Equal(-1m, derived.Amount.Amount);
    }

    [Fact]
    public void Currencies_fall_back_to_the_statement_and_are_never_guessed()
    {
        var fallback = One(Proven(0, 1, Entry("1.00", "CRDT").Replace(" Ccy=\"EUR\"", "")));
        Assert.Equal(Currency.EUR, fallback.Transactions[0].Amount.Currency);
        Assert.Contains(fallback.Diagnostics, d => d is { Severity: DiagnosticSeverity.Warning, Code: CamtCodes.NoCurrency });
        var unknown = One(Proven(0, 1, Entry("1.00", "CRDT").Replace("\"EUR\"", "\"EUX\"")));
        Assert.Equal(Currency.None, unknown.Transactions[0].Amount.Currency);
        Assert.Contains(unknown.Diagnostics, d => d is { Severity: DiagnosticSeverity.Error, Code: CamtCodes.BadCurrency });
        Assert.NotEqual(true, unknown.IsBalanced);
        var balance = One(Message(Statement(Account + Balance("OPBD", "0", currency: "") + Balance("CLBD", "1.00") + Entry("1.00", "CRDT"))));
        Assert.True(balance.IsBalanced);
        Assert.Contains(balance.Diagnostics, d => d is { Severity: DiagnosticSeverity.Warning, Code: CamtCodes.NoCurrency });
    }

    [Fact]
    public void A_balance_without_direction_keeps_its_sign_and_is_said()
    {
        var statement = One(Message(Statement(Account + Balance("OPBD", "10.00", direction: null) + Balance("CLBD", "11.00", direction: null) + Entry("1.00", "CRDT"))));
        Assert.True(statement.IsBalanced);
        Assert.Equal(2, statement.Diagnostics.Count(d => d is { Severity: DiagnosticSeverity.Warning, Code: CamtCodes.BalanceWithoutDirection }));
    }

    [Theory]
    [InlineData("OPBD:1 ITBD:2", "1", "2")]
    [InlineData("ITBD:1 ITBD:2", "1", "2")]
    [InlineData("ITBD:1 CLBD:2", "1", "2")]
    [InlineData("PRCD:1 CLBD:2", "1", "2")]
    [InlineData("PRCD:9 OPBD:1 CLBD:2 ITBD:8 CLAV:7", "1", "2")]
    [InlineData("ITBD:1 ITBD:7 ITBD:2", "1", "2")]
    [InlineData("PRCD:1 ITBD:2", "1", "2")]
    [InlineData("ITBD:2", null, "2")]
    [InlineData("OPAV:1 CLAV:2", null, null)]
    public void Opening_and_closing_are_found_among_the_balances(string balances, string? opening, string? closing)
    {
        var statement = One(Message(Statement(Account + string.Concat(balances.Split(' ').Select(b => b.Split(':')).Select(b => Balance(b[0], b[1]))) + Entry("1.00", "CRDT"))));
        Assert.Equal((opening, closing), (statement.Closing.Opening?.Amount.Amount.ToString("0"), statement.Closing.Closing?.Amount.Amount.ToString("0")));
        Assert.Equal(balances.Split(' ').Length, statement.Closing.OtherBalances.Count + (opening is null ? 0 : 1) + (closing is null ? 0 : 1));
    }

    [Fact]
    public void The_clearings_balances_as_movements_do_no_harm()
    {
        var xml = Message(Statement(Account + Balance("OPAV", "5") + "<Bal><Tp><CdOrPrtry><Prtry>HBUKLTH9QWB</Prtry></CdOrPrtry></Tp><Amt Ccy=\"EUR\">9</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2024-04-07</Dt></Dt></Bal>").Replace("Stmt>", "Rpt>"), message: "BkToCstmrAcctRpt");
        var statement = One(xml);
        Assert.Equal(["OPAV", "HBUKLTH9QWB"], statement.Closing.OtherBalances.Select(b => b.Kind));
        Assert.Equal("noBalances", Assert.IsType<IntegrityVerdict.Unverifiable>(statement.Verdict).Reason);
    }
}
