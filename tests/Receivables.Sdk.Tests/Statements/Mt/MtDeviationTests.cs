using System.Text;
using NodaTime;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Mt;
using Receivables.Sdk.TestKit;
using Xunit;
using static Receivables.Sdk.Tests.Statements.Mt.MtSample;

namespace Receivables.Sdk.Tests.Statements.Mt;

/// <summary>What banks send instead of the standard.</summary>
public class MtDeviationTests
{
    [Theory]
    [InlineData("4E2NTRFNONREF")]
    [InlineData("4E2,00NTRFNONREF")]
    [InlineData("4,5E+2NTRFNONREF")]
    public void An_amount_with_an_exponent_cannot_be_read(string amount)
    {
        var statement = Statement($":61:2601050105C{amount}\n:86:x");
        Assert.Empty(statement.Transactions);
        Assert.Contains(statement.Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
        Assert.False(statement.IsBalanced == true);
    }

    [Theory]
    [InlineData("2601050105C10,00NTRFNONREF", "10.00", false)]
    [InlineData("2601050105D10,00NTRFNONREF", "-10.00", false)]
    [InlineData("2601050105RC10,00NTRFNONREF", "-10.00", true)]
    [InlineData("2601050105RD10,00NTRFNONREF", "10.00", true)]
    [InlineData("2601050105CR10,00NTRFNONREF", "10.00", false)]
    [InlineData("2601050105DR10,00NTRFNONREF", "-10.00", false)]
    [InlineData("2601050105RCR10,00NTRFNONREF", "-10.00", true)]
    [InlineData("2601050105DD10,00NTRFNONREF", "-10.00", false)]
    [InlineData("260105C10,00NTRFNONREF", "10.00", false)]
    [InlineData("260105    D10,00NTRFNONREF", "-10.00", false)]
    [InlineData("2601050105D10.00NTRFNONREF", "-10.00", false)]
    [InlineData("2601050105C000000000300.00NMSC170059286", "300.00", false)]
    [InlineData("2601050105C500,NTRFNONREF", "500", false)]
    [InlineData("2601050105C3,5NTRFNONREF", "3.5", false)]
    [InlineData("2601050105C30,NTRFNONREF", "30", false)]
    [InlineData("2601050105C1234NTRFNONREF", "1234", false)]
    [InlineData("2601050105D,50NTRFNONREF", "-0.50", false)]
    [InlineData("2601050105D1.234,56NTRFNONREF", "-1234.56", false)]
    [InlineData("2601050105C10,00 NTRFNONREF", "10.00", false)]
    [InlineData("2601050105CR\n30,00N062NONREF", "30.00", false)]
    [InlineData("2601050105D-10,00NTRFNONREF", "-10.00", false)]
    [InlineData("2601050105C999999999999,99NTRFNONREF", "999999999999.99", false)]
    public void Marks_and_amounts(string line, string amount, bool isReversal)
    {
        var entry = Entry(":61:" + line);
        Assert.Equal(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), entry.Amount.Amount);
        Assert.Equal(isReversal, entry.IsReversal);
    }

    [Theory]
    [InlineData("2601050105C10,00NTRFNONREF", "NTRF", null, null)]
    [InlineData("2601050105C10,00NTRFREF1//BANK1", "NTRF", "REF1", "BANK1")]
    [InlineData("2601050105C10,00NTRFNONREF//BANK1", "NTRF", null, "BANK1")]
    [InlineData("2601050105C10,00NTRF//BANK1", "NTRF", null, "BANK1")]
    [InlineData("2601050105C10,00FMSC01916//NONREF", "FMSC", "01916", null)]
    [InlineData("2601050105C10,00NMSC341241773/1XXXXX//O/341241774", "NMSC", "341241773/1XXXXX", "O/341241774")]
    [InlineData("2601050105C10,00NOV NONREF", "NOV", null, null)]
    [InlineData("2601050105C10,00S   X", "S", "X", null)]
    [InlineData("2601050105C10,00N062NONREF", "N062", null, null)]
    [InlineData("2601050105C10,00MCI0NONREF//055001022000001", "MCI0", null, "055001022000001")]
    [InlineData("2601050105C10,00NONREF", null, null, null)]
    [InlineData("2601050105C10,00", null, null, null)]
    [InlineData("2601050105C10,00NTRF29-07-2014 10:05//B4G29PGDCK1QFV3E", "NTRF", "29-07-2014 10:05", "B4G29PGDCK1QFV3E")]
    [InlineData("2601050105C10,00NTRFVERYLONGCUSTREF1\n//BANKREF999", "NTRF", "VERYLONGCUSTREF1", "BANKREF999")]
    [InlineData("2601050105C10,00NTRFNL91ABNA0417164300XX//12345678901234567890123", "NTRF", "NL91ABNA0417164300XX", "12345678901234567890123")]
    public void Types_and_references(string line, string? type, string? customer, string? bank)
    {
        var entry = Entry(":61:" + line);
        Assert.Equal((type, customer, bank), (entry.Code?.Swift, entry.CustomerReference, entry.BankReference));
    }

    [Theory]
    [InlineData("2512310102C1,00NTRFX", "2025-12-31", "2026-01-02")]
    [InlineData("2601021231C1,00NTRFX", "2026-01-02", "2025-12-31")]
    [InlineData("2402290229C1,00NTRFX", "2024-02-29", "2024-02-29")]
    [InlineData("0203200317C1,00NTRFX", "2002-03-20", "2002-03-17")]
    [InlineData("9912310103C1,00NTRFX", "1999-12-31", "2000-01-03")]
    [InlineData("2602300301C1,00NTRFX", null, "2026-03-01")]
    [InlineData("260105C1,00NTRFX", "2026-01-05", "2026-01-05")]
    public void Dates(string line, string? value, string? booking)
    {
        var entry = Entry(":61:" + line);
        Assert.Equal((value, booking), (Iso(entry.ValueDate), Iso(entry.BookingDate)));
    }

    [Fact]
    public void A_date_that_does_not_exist_is_left_out_and_is_an_error()
    {
        var statement = Statement(":61:260230C10,00NTRFNONREF\n:61:2601050230D10,00NTRFNONREF");
        Assert.True(statement.IsBalanced);
        Assert.Null(statement.Transactions[0].ValueDate);
        Assert.Null(statement.Transactions[0].BookingDate);
        Assert.Equal((new LocalDate(2026, 1, 5), true), (statement.Transactions[1].BookingDate!.Value, statement.Transactions[1].IsBookingDateFromValueDate));
        Assert.Equal(["MT94003", "MT94003"], statement.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Code));
    }

    [Theory]
    [InlineData("2601050105X10,00NTRFNONREF")]
    [InlineData("2601050105C1.2,3,4NTRFNONREF")]
    [InlineData("2601050105NTRFNONREF")]
    [InlineData("2601050105C-10,00NTRFNONREF")]
    public void An_entry_without_sign_or_amount_is_an_error_and_shows_in_the_difference(string line)
    {
        var statement = Statement($":61:{line}\n:86:lost\n:61:2601060106C1,00NTRFNONREF\n:86:kept", ":62F:C260131EUR111,00");
        Assert.Equal("kept", statement.Transactions.Single().Remittance);
        var error = Assert.Single(statement.Diagnostics, d => d.Code == "MT94002");
        Assert.Equal(5, error.Location.Line);
        Assert.Equal(10m, Assert.IsType<IntegrityVerdict.Inconsistent>(statement.Verdict).Difference.Amount);
    }

    [Theory]
    [InlineData(":12:11")]
    [InlineData(":26:37 Folgenr. 007")]
    [InlineData(":KO:NR:1")]
    [InlineData(":20:44:45 local")]
    [InlineData(":61:37 local")]
    [InlineData(":62F:see page 2")]
    [InlineData(":28C:see page 2")]
    [InlineData(":13:45 h")]
    [InlineData(":99X:text")]
    [InlineData("-remark")]
    [InlineData("-")]
    [InlineData("-}")]
    [InlineData("-} of that")]
    [InlineData("{text}")]
    [InlineData("$ 12.00")]
    public void A_line_that_looks_like_a_field_stays_text(string line)
    {
        var statement = Statement($":61:2601050105C10,00NTRFNONREF\n:86:first\n{line}\nlast\n:61:2601050105D10,00NTRFNONREF\n:86:other");
        Assert.Equal($"first {line} last", statement.Transactions[0].Remittance);
        Assert.Equal(2, statement.Transactions.Count);
        Assert.True(statement.IsBalanced);
    }

    [Fact]
    public void Tags_that_are_cut_glued_damaged_or_wrong_are_read()
    {
        var cut = Statement(":61:2601050105C10,00NTRFNONREF\n:\n86:text\n:61:2601050105D10,00NTRFNONREF");
        Assert.Equal("text", cut.Transactions[0].Remittance);
        Assert.Single(cut.Diagnostics, d => d.Code == "MT94009");

        var glued = Statement(":61:2601050105C10,00NTRFNONREF\n:86:text\n-:61:2601050105D10,00NTRFNONREF");
        Assert.Equal(2, glued.Transactions.Count);

        var wrong = Statement(":61:2601050105C10,00NTRFNONREF\n:25:166?00GUTSCHRIFT?20text");
        Assert.Equal("text", wrong.Transactions[0].Remittance);

        foreach (var tag in new[] { ":6x:", "61:", ":61", ":661:", "x61:", ":61;" })
        {
            var damaged = Statement($":61:2601050105C10,00NTRFNONREF\n:86:text\n{tag}2601050105D10,00NTRFNONREF");
            Assert.Equal("text", damaged.Transactions[0].Remittance);
            Assert.True(damaged.IsBalanced, tag);
            Assert.Single(damaged.Diagnostics, d => d.Code == "MT94009");
        }
    }

    [Fact]
    public void Entries_without_text_and_with_several_texts_do_not_shift_them()
    {
        var statement = Statement(":86:notice\n:61:2601050105C10,00NTRFNONREF\n:61:2601050105D10,00NTRFNONREF\n:86:one\n:86:two");
        Assert.Equal([null, "one two"], statement.Transactions.Select(t => t.Remittance));
        Assert.Equal("notice", statement.Closing.Information);
    }

    [Fact]
    public void Text_behind_the_closing_balance_is_the_statements()
    {
        var statement = Statement(":61:2601050105C10,00NTRFNONREF\n:86:mine", ":62F:C260131EUR110,00\n:64:C260131EUR90,00\n:65:C260201EUR95,00\n:86:/SUM/1/1/0,00/10,00/");
        Assert.Equal("mine", statement.Transactions[0].Remittance);
        Assert.Equal("/SUM/1/1/0,00/10,00/", statement.Closing.Information);
        Assert.Equal(["64", "65"], statement.Closing.OtherBalances.Select(b => b.Kind));
    }

    [Theory]
    [InlineData(":62F:C260131110,00", "110.00")]
    [InlineData(":62F:C260131EUR000000000110.00", "110.00")]
    [InlineData(":62F:C260131EUR110,", "110")]
    [InlineData(":62F:C260131EUR 110,00", "110.00")]
    [InlineData(":62F:C260131EUR1 10,00", "110.00")]
    [InlineData(":62F:C260131EUR110,00-}", "110.00")]
    [InlineData(":62F:C260231EUR110,00", "110.00")]
    [InlineData(":62:C260131EUR110,00", "110.00")]
    public void Balances(string closing, string amount)
    {
        var statement = Statement(":61:2601050105C10,00NTRFNONREF", closing);
        Assert.Equal(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), statement.Closing.Closing!.Amount.Amount);
        Assert.Equal(Currency.EUR, statement.Closing.Closing.Amount.Currency);
        Assert.True(statement.IsBalanced);
    }

    [Fact]
    public void Balances_in_different_currencies_are_never_proven()
    {
        var statement = Statement(":61:2601050105C10,00NTRFNONREF", ":62F:C260131USD110,00");
        Assert.IsType<IntegrityVerdict.Inconsistent>(statement.Verdict);
        Assert.Single(statement.Diagnostics, d => d.Code == "STM010" && d.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData(" /1", "/1")]
    [InlineData("00084/001 ", "00084/001")]
    [InlineData("036/2009/BPL", "036/2009/BPL")]
    [InlineData("1810118101", "1810118101")]
    public void Numbers_are_kept_as_written(string field, string number) =>
        Assert.Equal(number, Read($":20:X\n:25:1\n:28:{field}\n:60F:C260101EUR1,00\n:62F:C260101EUR1,00").Single().Header.Number);

    [Theory]
    [InlineData("NL91ABNA0417164300", "NL91ABNA0417164300", "0417164300", null, "EUR")]
    [InlineData("NL91ABNA0417164300EUR", "NL91ABNA0417164300", "0417164300", null, "EUR")]
    [InlineData("NL91ABNA0417164300 EUR", "NL91ABNA0417164300", "0417164300", null, "EUR")]
    [InlineData("DE89370400440532013000", "DE89370400440532013000", "0532013000", null, "EUR")]
    [InlineData("12345678/1020304050", null, "12345678/1020304050", null, "EUR")]
    [InlineData("BPHKPLPK/320000546101", null, "320000546101", "BPHKPLPK", "EUR")]
    [InlineData("UBRTHUHB/123456789150ABCDEF002/HUF", null, "123456789150ABCDEF002", "UBRTHUHB", "HUF")]
    [InlineData("1017.490.554EUR", null, "1017.490.554", null, "EUR")]
    [InlineData("12345\nABNANL2A", null, "12345", "ABNANL2A", "EUR")]
    public void Accounts(string field, string? iban, string number, string? bic, string currency)
    {
        var account = Read($":20:X\n:25:{field}\n:28C:1\n:60F:C260101EUR1,00\n:62F:C260101EUR1,00").Single().Account;
        Assert.Equal((iban, number, bic, currency), (account.Iban?.Value, account.Number, account.Bic, account.Currency?.Code));
    }

    [Fact]
    public void Envelopes_preambles_and_terminators()
    {
        const string body = ":20:X\n:25:123\n:28C:1\n:60F:C260101EUR1,00\n:61:260105C1,00NTRFNONREF\n:86:text\n:62F:C260131EUR2,00\n";
        Assert.Equal("ABNANL2A", Read("ABNANL2A\n940\nABNANL2A\n" + body + "-").Single().Account.Bic);
        Assert.Equal("INGBNL2A", Read("0000 01INGBNL2AXXXX00001\n0000 01INGBNL2AXXXX00001\n940 00\n" + body + "-XXX").Single().Account.Bic);
        Assert.Equal("INGBNL2A", Read("{1:F01ABNANL2AXXXX0000000000}{2:O9401200260715INGBNL2AXXXX22221234562607151201N}{3:{108:X}}{4:\n" + body + "-}{5:{CHK:123}}").Single().Account.Bic);
        Assert.Equal("KNABNL2H", Read("{1:F01KNABNL2HAXXX0000000000}{2:I940KNABNL2HXXXXN3020}{4:\n" + body + "-}").Single().Account.Bic);
        Assert.Equal(2, Read("{1:F01KNABNL2HAXXX0000000000}{2:I940KNABNL2HXXXXN3020}{4:\n" + body + "-}{1:F01KNABNL2HAXXX0000000000}{2:I940KNABNL2HXXXXN3020}{4:\n" + body + "-}").Count);
        Assert.Equal(2, Read("\u00e41:F01HANDSESSAXXX\u00e5\u00e42:O940HANDSESSN\u00e5\u00e44:\n" + body + "-\u00e5\n\u00e41:F01HANDSESSAXXX\u00e5\u00e42:O940HANDSESSN\u00e5\u00e44:\n" + body + "-\u00e5\n").Count);
        Assert.Equal(2, Read(body + "$\n" + body).Count);
        Assert.Equal(2, Read("\u0001\n" + body + "-\u0003\n\u0001\n" + body + "-\u0003").Count);
        Assert.Equal(2, Read("Some prose\n................\n" + body + body).Count);
        Assert.All(Read(body + "$\n" + body), s => Assert.True(s.IsBalanced));
        Assert.All(Read((body + "-\n").Replace("\n", "@@", StringComparison.Ordinal)), s => Assert.Equal((true, "text"), (s.IsBalanced, s.Transactions.Single().Remittance)));
    }

    [Fact]
    public void An_entry_behind_the_end_is_not_lost()
    {
        var statement = Read(Write(":61:2601050105C10,00NTRFNONREF", ":62F:C260131EUR110,00") + ":61:2601060106C1,00NTRFNONREF\n").Single();
        Assert.Equal(2, statement.Transactions.Count);
        Assert.False(statement.IsBalanced);
    }

    [Fact]
    public void Interim_reports_have_pending_and_expected_entries_and_sums_that_are_checked()
    {
        const string text = ":20:X\n:25:123\n:28C:1/1\n:34F:EURD5,\n:13D:2607211330+0200\n:61:2607210721C1500,00NTRFX\n:61:2607210721ED200,50NDDTNONREF\n:90D:1EUR200,50\n:90C:1EUR1500,00\n";
        var statement = Read(text).Single();
        Assert.Equal(StatementFormat.Mt942, statement.Format);
        Assert.Equal([TransactionStatus.Pending, TransactionStatus.Expected], statement.Transactions.Select(t => t.Status));
        Assert.Equal(["sums", "sums"], Assert.IsType<IntegrityVerdict.Proven>(statement.Verdict).Proofs);
        Assert.Null(statement.IsBalanced);
        Assert.Single(Read(text.Replace("90C:1EUR1500", "90C:1EUR1501", StringComparison.Ordinal)).Single().Diagnostics, d => d.Code == "STM007");
    }

    [Fact]
    public void Supplementary_codes_give_original_amount_and_charges()
    {
        var entry = Entry(":61:2601050105C10,00NTRFNONREF//X\n/OCMT/USD11,85//CHGS/EUR0,50/");
        Assert.Equal((11.85m, "USD"), (entry.Details!.Original!.Amount.Amount, entry.Details.Original.Amount.Currency.Code));
        Assert.Equal(0.50m, entry.Details.Charges!.Value.Amount);
        Assert.Equal(11.85m, Entry(":61:2601050105C10,00NTRFNONREF//X\n/OCMT/USD/11,85").Details!.Original!.Amount.Amount);
    }

    [Fact]
    public void Encodings()
    {
        string Name(byte[] name) => Reader.Read((byte[])[.. ":20:X\n:25:1\n:28:1\n:60F:C260101EUR1,00\n:61:260105C1,00NTRFX\n:86:/NAME/"u8, .. name, .. "/\n:62F:C260131EUR2,00\n"u8]).Single().Transactions[0].Counterparty!.Name!;
        Assert.Equal("Müller", Name([(byte)'M', 0xFC, .. "ller"u8]));
        Assert.Equal("Müller", Name([.. "Müller"u8]));
        var utf16 = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Write(":61:2601050105C10,00NTRFNONREF\n:86:Müller", ":62F:C260131EUR110,00"))).ToArray();
        var read = Reader.Read(utf16).Single();
        Assert.Equal("Müller", read.Transactions[0].Remittance);
        Assert.Equal(":61:2601050105C10,00NTRFNONREF\n:86:Müller", Encoding.Unicode.GetString(utf16, (int)read.Transactions[0].Offset, read.Transactions[0].Length));
        Assert.Single(Reader.Read((byte[])[0xEF, 0xBB, 0xBF, .. Encoding.ASCII.GetBytes(Write(":61:2601050105C10,00NTRFX"))]));
    }

    [Fact]
    public void A_single_byte_at_the_end_of_UTF16_is_told()
    {
        byte[] file = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Write(":61:2601050105C10,00NTRFNONREF", ":62F:C260131EUR110,00")), (byte)'x'];
        var statement = Reader.Read(file).Single();
        var diagnostic = Assert.Single(statement.Diagnostics);
        Assert.Equal(("MT94016", file.Length - 1L), (diagnostic.Code, diagnostic.Location.Offset));
        Assert.True(statement.IsBalanced);
        var whole = Describe(file, 0);
        Assert.All(Chunks.Sizes, size => Assert.Equal(whole, Describe(file, size)));
    }

    [Fact]
    public void Offsets_lengths_lines_and_raw_text_show_the_entry()
    {
        var text = Write(":61:2601050105C10,00NTRFNONREF\n:86:one\ntwo\n\n:61:2601050105D10,00NTRFNONREF").Replace("\n", "\r\n", StringComparison.Ordinal);
        var reader = new MtStatementReader(new StatementReaderOptions { RawText = RawText.Entry });
        var entries = reader.Read(Encoding.ASCII.GetBytes(text)).Single().Transactions;
        Assert.Equal(":61:2601050105C10,00NTRFNONREF\r\n:86:one\r\ntwo", entries[0].RawText);
        Assert.Equal(entries[0].RawText, text.Substring((int)entries[0].Offset, entries[0].Length));
        Assert.Equal((5, 9), (entries[0].Line, entries[1].Line));
    }

    [Fact]
    public void Strict_mode_throws_at_the_first_error_behind_what_was_read()
    {
        var reader = new MtStatementReader(new StatementReaderOptions { IsStrict = true });
        Assert.Equal("MT94003", Assert.Throws<StatementFormatException>(() => reader.Read(Encoding.ASCII.GetBytes(Write(":61:260230C10,00NTRFNONREF")))).Diagnostic.Code);
    }

    [Theory]
    [InlineData("", "STM001")]
    [InlineData("\r\n \r\n", "STM001")]
    [InlineData("1\n2\n3", "MT94001")]
    [InlineData("<?xml version=\"1.0\"?><Document/>", "MT94001")]
    public void What_is_no_MT_is_refused(string text, string code)
    {
        Assert.Equal(FormatMatch.No, Reader.Detect(Encoding.ASCII.GetBytes(text)));
        Assert.Equal(code, Assert.Throws<StatementFormatException>(() => Read(text)).Diagnostic.Code);
    }

    [Fact]
    public void A_record_beyond_the_limit_ends_the_read()
    {
        var reader = new MtStatementReader(new StatementReaderOptions { MaxRecordBytes = 4096 });
        var text = Write(":61:2601050105C10,00NTRFNONREF\n:86:" + new string('x', 100_000));
        Assert.Equal("STM005", Assert.Throws<StatementFormatException>(() => reader.Read(Encoding.ASCII.GetBytes(text))).Diagnostic.Code);
        Assert.Equal("STM005", Assert.Throws<StatementFormatException>(() => reader.Read(new byte[100_000])).Diagnostic.Code);
    }

    private static string? Iso(LocalDate? date) => date is { } d ? NodaTime.Text.LocalDatePattern.Iso.Format(d) : null;
}
