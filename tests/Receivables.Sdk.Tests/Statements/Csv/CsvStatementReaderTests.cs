using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Csv;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Statements;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Csv;

public class CsvStatementReaderTests
{
    private static readonly CsvStatementReader Reader = new();

    private static IReadOnlyList<BankStatement> Read(string text) => Reader.Read(Encoding.UTF8.GetBytes(text));

    private static BankStatement One(string text) => Assert.Single(Read(text));

    private static IEnumerable<string> Codes(BankStatement statement) => statement.Diagnostics.Select(d => d.Code);

    // mBank writes a label's text in the row below it; where it has none, the row below is a label with its own, or a row of the table.
    [Theory]
    [InlineData("#Rodzaj rachunku;;\n#Waluta;EUR;\n", "")]
    [InlineData("#Rodzaj rachunku;;\nRachunek firmowy;;\n#Waluta;;\nEUR;;\n", "")]
    [InlineData("#Waluta;EUR;\n#Rodzaj rachunku;;\n", "")]
    [InlineData("#Waluta;EUR;\n", "#Limit;;\n;;PRZELEW;Faktura 18;BETA;;-10,00;1 740,00;\n")]
    public void A_label_without_a_text_takes_none_from_the_row_below(string preamble, string between)
    {
        var statement = One("mBank S.A.;\n" + preamble + "#Data operacji;#Data księgowania;#Opis operacji;#Tytuł;#Nadawca/Odbiorca;#Numer konta;#Kwota;#Saldo po operacji;\n" + between
            + "2026-03-02;2026-03-02;PRZELEW;Faktura 17;ACME;;1 250,00;1 750,00;\n");

        Assert.Equal(Currency.EUR, statement.Account.Currency);
        Assert.Contains(statement.Transactions, t => t.Amount == new Money(1250m, Currency.EUR));
        Assert.True(between.Length == 0 || statement.Transactions.Count == 2 || statement.Diagnostics.Count > 0);
    }

    [Fact]
    public void A_month_comes_back_from_every_writer_and_its_running_balance_proves_it() => Law.ForAll(
        from seed in Gen.Choose(1, 1_000_000)
        from rows in Gen.Choose(0, 40)
        from writer in Gen.Elements<Func<SampleMonth, string, string>>(CsvWriter.Rabobank, CsvWriter.Kbc, CsvWriter.Ing)
        from lineEnd in Gen.Elements("\n", "\r\n", "\r")
        select (Month: SampleMonth.Create(seed, rows), writer, lineEnd),
        x =>
        {
            var statement = One(x.writer(x.Month, x.lineEnd));
            var isDescending = x.writer == CsvWriter.Ing;
            var read = isDescending ? statement.Transactions.Reverse() : statement.Transactions;
            Assert.Equal(
                x.Month.Rows.Select(r => (r.BookingDate, r.Amount, r.Name, r.Iban, r.Remittance)),
                read.Select(t => (t.BookingDate!.Value, t.Amount.Amount, t.Counterparty!.Name!, t.Counterparty.Iban!.Value.Value, t.Remittance!)));
            if (x.Month.Rows.Count > 0)
            {
                Assert.Equal(x.Month.Iban, statement.Account.Iban!.Value.Value);
                Assert.Equal((x.Month.Opening, x.Month.Closing), (statement.Closing.Opening!.Amount.Amount, statement.Closing.Closing!.Amount.Amount));

                // One row's balance proves nothing: the other one was computed from its amount.
                Assert.Equal(x.Month.Rows.Count > 1 ? true : null, statement.IsBalanced);
            }

            Assert.DoesNotContain(statement.Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
        },
        100);

    [Fact]
    public void References_and_identifiers_of_Rabobank_come_back()
    {
        var month = SampleMonth.Create(11, 200);
        var read = One(CsvWriter.Rabobank(month)).Transactions;
        Assert.Equal(
            month.Rows.Select(r => (r.ValueDate, r.EndToEndId, r.MandateId, r.BankReference, r.ReturnReason, r.Bic)),
            read.Select(t => (t.ValueDate!.Value, t.EndToEndId, t.MandateId, t.BankReference!, t.ReturnReason, t.Counterparty!.Bic!)));
        Assert.All(month.Rows.Zip(read).Where(p => p.First.StructuredReference is not null), p => Assert.Equal(p.First.StructuredReference, p.Second.StructuredReference));
        Assert.Equal(("RABONL2U"[..0] + month.Bic, "EUR"), (One(CsvWriter.Rabobank(month)).Account.Bic, One(CsvWriter.Rabobank(month)).Account.Currency!.Value.Code));
    }

    [Fact]
    public void Offset_and_length_are_the_row_in_the_file()
    {
        var bytes = Encoding.UTF8.GetBytes("\uFEFF" + CsvWriter.Rabobank(SampleMonth.Create(3, 20), "\r\n"));
        var statement = Assert.Single(new CsvStatementReader(new CsvReaderOptions { RawText = RawText.Entry }).Read(bytes));
        foreach (var t in statement.Transactions)
        {
            Assert.Equal(t.RawText, Encoding.UTF8.GetString(bytes, (int)t.Offset, t.Length));
            Assert.StartsWith("\"NL", t.RawText, StringComparison.Ordinal);
        }
    }

    // No bank is known to write so; which of the signs is meant is not said.
    [Theory]
    [InlineData("--5,00")]
    [InlineData("-5,00-")]
    [InlineData("+-5,00")]
    [InlineData("- -5,00 EUR")]
    public void An_amount_with_two_signs_is_refused_at_its_place(string amount)
    {
        var text = $"Date;Description;Amount;Currency\n2026-01-02;a;-1,00;EUR\n2026-01-03;b;{amount};EUR\n";
        var statement = Assert.Single(Read(text));
        Assert.Equal(-1m, Assert.Single(statement.Transactions).Amount.Amount);
        var refused = Assert.Single(statement.Diagnostics, d => d.Code == "CSV003");
        Assert.Equal((3, 14, amount.Length), (refused.Location.Line, refused.Location.Column, refused.Location.Length));
        Assert.Equal(text.IndexOf(amount, StringComparison.Ordinal), refused.Location.Offset);
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    [InlineData("windows-1252", false)]
    public void Every_encoding_gives_the_same_transactions_and_places_in_the_file(string name, bool hasMark)
    {
        var text = "Buchungstag;Wert;Verwendungszweck;Soll;Haben;Währung\n01.02.2026;01.02.2026;Müller Straße;-1,00;;EUR\n02.02.2026;x;Größe;;2,50;EUR\n";
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        byte[] bytes = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
        var statement = Assert.Single(Reader.Read(bytes));
        Assert.Equal(["Müller Straße", "Größe"], statement.Transactions.Select(t => t.Remittance));
        var second = statement.Transactions[1];
        Assert.Equal("02.02.2026;x;Größe;;2,50;EUR", encoding.GetString(bytes, (int)second.Offset, second.Length));
        var bad = Assert.Single(statement.Diagnostics, d => d.Code == "CSV004");
        Assert.Equal("x", encoding.GetString(bytes, (int)bad.Location.Offset, encoding.GetByteCount("x")));
    }

    [Fact]
    public void Rows_of_several_accounts_and_currencies_become_statements_of_their_own_even_when_they_alternate()
    {
        var statements = Read(
            """
            IBAN,Date,Description,Amount,Currency,Balance
            NL91ABNA0417164300,2026-01-01,a,-1.00,EUR,9.00
            DE89370400440532013000,2026-01-01,b,5.00,EUR,5.00
            NL91ABNA0417164300,2026-01-02,c,2.00,EUR,11.00
            DE89370400440532013000,2026-01-02,d,-1.00,USD,99.00
            """);
        Assert.Equal(
            [("NL91ABNA0417164300", "EUR", 2), ("DE89370400440532013000", "EUR", 1), ("DE89370400440532013000", "USD", 1)],
            statements.Select(s => (s.Account.Key, s.Account.Currency!.Value.Code, s.Transactions.Count)));
        Assert.Equal([true, null, null], statements.Select(s => s.IsBalanced));
        Assert.All(statements.Skip(1), s => Assert.Equal("derivedBalance", Assert.IsType<IntegrityVerdict.Unverifiable>(s.Verdict).Reason));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("Opening balance,100.00\n", true)]
    public void The_running_balance_proves_every_row_but_the_oldest_of_a_file_that_states_no_opening_balance(string preamble, bool isStated)
    {
        var text = preamble + "Date,Description,Amount,Balance\n2026-01-13,a,5.00,105.00\n2026-01-14,b,2.00,107.00\n2026-01-15,c,-3.00,104.00\n";
        foreach (var (right, wrong, isSeen) in new[] { (",5.00,", ",-5.00,", isStated), (",2.00,", ",-2.00,", true), (",-3.00,", ",3.00,", true) })
        {
            Assert.IsType<IntegrityVerdict.Proven>(One(text).Verdict);
            var statement = One(text.Replace(right, wrong, StringComparison.Ordinal));
            Assert.Equal(isSeen, statement.Verdict is IntegrityVerdict.Inconsistent);
            Assert.Equal(isStated ? "opening" : "running", statement.Closing.Opening!.Kind);
        }
    }

    [Fact]
    public void Whole_numbers_at_the_start_of_a_file_prove_no_decimal_sign_for_its_end()
    {
        var text = "Date,Description,Amount,Currency\n" + string.Concat(Enumerable.Range(1, 3000).Select(i => $"2026-03-04,Toll {i},-{i},EUR\n")) + "2026-03-31,Invoice 17,1.000,EUR\n";
        var statement = One(text);
        Assert.Equal(3000, statement.Transactions.Count);
        Assert.Equal("CSV006", Assert.Single(statement.Diagnostics, d => d.Severity == DiagnosticSeverity.Error).Code);
    }

    [Fact]
    public void The_newest_first_is_told_by_the_balance_and_a_missing_row_by_its_difference()
    {
        const string text =
            """
            Date,Description,Amount,Balance
            2026-01-03,c,-3.00,104.00
            2026-01-02,b,2.00,107.00
            2026-01-01,a,5.00,105.00
            """;
        var whole = One(text);
        Assert.Equal((100.00m, 104.00m), (whole.Closing.Opening!.Amount.Amount, whole.Closing.Closing!.Amount.Amount));
        Assert.Contains("runningBalance", Assert.IsType<IntegrityVerdict.Proven>(whole.Verdict).Proofs);

        var torn = One(text.Replace("2026-01-02,b,2.00,107.00\n", "", StringComparison.Ordinal));
        Assert.False(torn.IsBalanced);
        Assert.Equal(2.00m, Math.Abs(Assert.IsType<IntegrityVerdict.Inconsistent>(torn.Verdict).Difference.Amount));
    }

    [Fact]
    public void The_balance_proves_the_decimal_sign_that_the_amounts_leave_open()
    {
        var proved = One("Date;Description;Amount;Balance\n2026-01-01;a;500;1.500\n2026-01-02;b;250;1.750\n2026-01-03;c;1.000;2.750\n");
        Assert.Equal([500m, 250m, 1000m], proved.Transactions.Select(t => t.Amount.Amount));
        Assert.Contains("CSV012", Codes(proved));
        Assert.True(proved.IsBalanced);

        var open = One("Date;Description;Amount\n2026-01-01;a;1.000\n2026-01-02;b;2\n");
        Assert.Equal("CSV006", Assert.Single(open.Diagnostics, d => d.Severity == DiagnosticSeverity.Error).Code);
        Assert.Equal(2, Assert.Single(open.Diagnostics, d => d.Severity == DiagnosticSeverity.Error).Location.Line);
        Assert.Equal(2m, Assert.Single(open.Transactions).Amount.Amount);
    }

    [Fact]
    public void A_date_that_may_be_two_days_is_left_out_and_one_that_the_file_proves_is_read()
    {
        var open = One("Date,Description,Amount\n03/04/2026,a,-1.00\n");
        Assert.Null(Assert.Single(open.Transactions).BookingDate);
        Assert.Contains("CSV007", Codes(open));
        var proved = One("Date,Description,Amount\n03/04/2026,a,-1.00\n13/04/2026,b,-1.00\n");
        Assert.Equal(new LocalDate(2026, 4, 3), proved.Transactions[0].BookingDate);
    }

    [Fact]
    public void A_day_that_does_not_exist_is_left_out_and_the_entry_kept()
    {
        var statement = One("Buchungstag;Wert;Verwendungszweck;Soll;Haben;Währung\n30.02.2026;30.02.2026;Zins;;1,00;EUR\n");
        Assert.Equal((null, 1.00m), (Assert.Single(statement.Transactions).BookingDate, statement.Transactions[0].Amount.Amount));
        Assert.Contains("CSV004", Codes(statement));
    }

    [Fact]
    public void An_amount_that_cannot_be_read_is_no_transaction_and_nothing_is_proved_around_it()
    {
        var statement = One("Buchungstag;Wert;Verwendungszweck;Soll;Haben;Währung\nLetzter Kontostand;;;;5,00;EUR\n01.02.2026;01.02.2026;a;;1,00;EUR\n02.02.2026;02.02.2026;b;;1.2.3;EUR\nKontostand;02.02.2026;;;7,00;EUR\n");
        Assert.Single(statement.Transactions);
        Assert.Equal("1.2.3", Assert.Single(statement.Diagnostics, d => d.Code == "CSV003").Slice);
        Assert.False(statement.IsBalanced);
    }

    [Fact]
    public void A_damaged_row_changes_no_other() => Law.ForAll(
        from seed in Gen.Choose(1, 100_000)
        from index in Gen.Choose(0, 19)
        from damage in Gen.Elements("\"", ";", ",", "x", "\"\"", "\u0000", "99")
        from at in Gen.Choose(0, 200)
        select (seed, index, damage, at),
        x =>
        {
            var lines = CsvWriter.Rabobank(SampleMonth.Create(x.seed, 20), "\n").Split('\n');
            var before = One(string.Join('\n', lines));
            var line = lines[x.index + 1];
            lines[x.index + 1] = line.Insert(Math.Min(x.at, line.Length), x.damage);
            var after = Read(string.Join('\n', lines));
            var kept = after.SelectMany(s => s.Transactions).Where(t => t.Line != x.index + 2).ToDictionary(t => t.Line, t => (t.BookingDate, t.Amount, t.Remittance, t.Counterparty?.Name));
            foreach (var t in before.Transactions.Where(t => t.Line != x.index + 2))
            {
                Assert.Equal((t.BookingDate, t.Amount, t.Remittance, t.Counterparty?.Name), kept[t.Line]);
            }

            foreach (var d in after.SelectMany(s => s.Diagnostics).Where(d => d.Code.StartsWith("CSV", StringComparison.Ordinal)))
            {
                Assert.Equal(x.index + 2, d.Location.Line);
            }
        },
        300);

    [Fact]
    public void Strict_mode_throws_at_the_first_error_and_an_unknown_layout_names_its_columns()
    {
        var strict = new CsvStatementReader(new CsvReaderOptions { IsStrict = true });
        Assert.Equal("CSV007", Assert.Throws<StatementFormatException>(() => strict.Read("Date,Description,Amount\n03/04/2026,a,-1.00\n"u8.ToArray())).Diagnostic.Code);
        var unknown = Assert.Throws<StatementFormatException>(() => Read("Wann;Wieviel;Warum\n01.02.2026;1,00;darum\n"));
        Assert.Equal("CSV001", unknown.Diagnostic.Code);
        Assert.Contains("Wann, Wieviel, Warum", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_of_the_host_reads_what_no_built_in_one_knows_and_refuses_what_is_not_its_own()
    {
        var profile = CsvProfile.Parse(Encoding.UTF8.GetBytes("""
            {"name":"xx-mine","version":1,"dates":["dd.MM.yyyy"],"decimal":",","currency":"EUR","columns":[
              {"role":"bookingDate","labels":["Wann"]},{"role":"amount","labels":["Wieviel"]},{"role":"remittance","labels":["Warum"]}]}
            """));
        var reader = new CsvStatementReader(new CsvReaderOptions { Profile = profile });
        var t = Assert.Single(Assert.Single(reader.Read("Wann;Wieviel;Warum\n01.02.2026;1.234,50;darum\n"u8.ToArray())).Transactions);
        Assert.Equal((1234.50m, "darum", new LocalDate(2026, 2, 1)), (t.Amount.Amount, t.Remittance, t.BookingDate));
        Assert.Equal("CSV002", Assert.Throws<StatementFormatException>(() => reader.Read("Date,Description,Amount\n"u8.ToArray())).Diagnostic.Code);
    }

    [Fact]
    public void Any_bytes_give_statements_or_the_format_exception_wherever_they_are_cut() => Law.ForAll(
        from head in Gen.Elements("Date,Description,Amount,Balance\n", "Buchungstag;Wert;Verwendungszweck;Soll;Haben;Währung\n", "", "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n")
        from parts in Gen.Elements("\"", ";", ",", "\n", "\r", "2026-01-02", "1,00", "-1.00", "01.02.2026", "EUR", " ", "\0", "ü", "\uFFFD", "支出", "abc").ArrayOf()
        from noise in Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf()
        from cut in Gen.Choose(1, 20)
        select (Bytes: (byte[])[.. Encoding.UTF8.GetBytes(head), .. Encoding.UTF8.GetBytes(string.Concat(parts)), .. noise], cut),
        x => Assert.Equal(Shape(x.Bytes, 0), Shape(x.Bytes, x.cut)),
        500);

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    public async Task A_line_without_end_meets_the_limit(string quote)
    {
        var head = Encoding.UTF8.GetBytes("Date,Description,Amount\n2026-01-01," + quote);
        var pipe = System.IO.Pipelines.PipeReader.Create(new LongStream(head));
        var e = await Assert.ThrowsAsync<StatementFormatException>(async () =>
        {
            await foreach (var _ in Reader.ReadPartsAsync(pipe))
            {
            }
        });
        Assert.Equal("STM005", e.Diagnostic.Code);
    }

    [Theory]
    [InlineData("Date,Description,Amount\n2026-01-15,a,-1.00\n2026-01-16,b,-2.00\n2026-01-17,c,x\n2026-01-18,d,-4.00\n", true, "CSV003", 2)]
    [InlineData("Date,Description,Amount\n2026-01-15,a,-1.00\n2026-01-16,b,-2.00\nx1,c,-3.00\n2026-01-18,d,-4.00\n", true, "CSV004", 2)]
    [InlineData("Date,Description,Amount\n2026-01-15,a,-1.00\n2026-01-16,b,-2.00\n2026-01-17,c,-3.00\n", false, "STM006", 2)]
    public async Task What_was_read_before_a_fault_is_handed_over_first_wherever_the_bytes_are_cut(string text, bool isStrict, string code, int count)
    {
        var reader = new CsvStatementReader(new CsvReaderOptions { IsStrict = isStrict, MaxTransactions = isStrict ? 1000 : 2 });
        foreach (var cut in Chunks.Sizes)
        {
            var read = 0;
            var fault = await Assert.ThrowsAsync<StatementFormatException>(async () =>
            {
                await foreach (var part in reader.ReadPartsAsync(Chunks.Pipe(Encoding.UTF8.GetBytes(text), cut)))
                {
                    read += part.Transaction is null ? 0 : 1;
                }
            });
            Assert.Equal((code, count), (fault.Diagnostic.Code, read));
        }
    }

    private static string Shape(byte[] bytes, int size)
    {
        try
        {
            var shapes = new List<string>();
            var statements = Reader.ReadAsync(Chunks.Pipe(bytes, size)).ToBlockingEnumerable();
            return string.Join('\n', statements.Select(CsvShape.Of));
        }
        catch (StatementFormatException e)
        {
            return e.Diagnostic.Code;
        }
    }
}
