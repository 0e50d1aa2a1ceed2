using System.Text;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Serialization;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Serialization;

/// <summary>The table of faults of the ledger file, line by line.</summary>
public class FaultTableTests
{
    private const string Ledger = """{"record":"ledger","version":1,"currency":"EUR"}""";
    private const string Customer = """{"record":"customer","id":"C1"}""";
    private const string Invoice = """{"record":"invoice","id":"I1","customer":"C1","issued":"2026-01-01","amount":"100.00"}""";
    private const string Payment = """{"record":"payment","id":"P1","customer":"C1","received":"2026-01-02","amount":"60.00"}""";
    private const string Allocation = """{"record":"allocation","id":"A1","from":"P1","to":"I1","amount":"60.00","on":"2026-01-02","kind":"payment"}""";
    private const string Good = Ledger + "\n" + Customer + "\n" + Invoice + "\n" + Payment + "\n" + Allocation + "\n";

    private static LedgerFileResult Read(string text) => new LedgerFileReader().ReadBook(Encoding.UTF8.GetBytes(text));

    private static Money Open(LedgerFileResult result, string id, int day = 31) => result.Book!.Open(new DocumentId(id), new LocalDate(2026, 1, day));

    // Each bad line stands on line 6, after a good ledger, and loses only itself.
    [Theory]
    [InlineData("""{"record":"note" """, "LED001", 18)]
    [InlineData("hello", "LED001", 1)]
    [InlineData("{} {}", "LED001", 4)]
    [InlineData("""{"record":"note","x":"\ud800","x2":1}x""", "LED001", 38)]
    [InlineData("[1,2]", "LED002", 1)]
    [InlineData("42", "LED002", 1)]
    [InlineData("""{"record":"hold","customer":"C1","from":"2026-01-01","from":"2026-01-02"}""", "LED004", 54)]
    [InlineData("""{"record":"hold","x":1,"\u0078":2}""", "LED004", 24)]
    [InlineData("""{"record":"hold","x":{"y":[{"z":1,"z":2}]}}""", "LED004", 35)]
    [InlineData("\uFEFF{\"record\":\"hold\",\"customer\":\"C1\",\"from\":\"2026-01-01\"}", "LED005", 1)]
    [InlineData("""{"record":"ledger","version":1}""", "LED010", 1)]
    [InlineData("""{"id":"I2"}""", "LED011", 1)]
    [InlineData("""{"record":"invoice","id":"I2","customer":"C1","amount":"1.00"}""", "LED011", 1)]
    [InlineData("""{"record":"invoice","id":"","customer":"C1","issued":"2026-01-01","amount":"1.00"}""", "LED011", 26)]
    [InlineData("""{"record":"invoice","id":7,"customer":"C1","issued":"2026-01-01","amount":"1.00"}""", "LED012", 26)]
    [InlineData("""{"record":"invoice","id":"I2","customer":"C1","issued":"2026-01-01","amount":1.00}""", "LED013", 78)]
    [InlineData("""{"record":"invoice","id":"I2","customer":"C1","issued":"2026-01-01","amount":"1e2"}""", "LED013", 78)]
    [InlineData("""{"record":"invoice","id":"I2","customer":"C1","issued":"2026-01-01","amount":"1,000.00"}""", "LED013", 78)]
    [InlineData("""{"record":"invoice","id":"I2","customer":"C1","issued":"2026-01-01","amount":"-1.00"}""", "LED014", 78)]
    [InlineData("""{"record":"invoice","id":"I2","customer":"C1","issued":"2026-01-01","amount":"0.00"}""", "LED014", 78)]
    [InlineData("""{"record":"allocation","id":"A2","to":"I1","amount":"-1.00","on":"2026-01-03","kind":"writeOff"}""", "LED014", 53)]
    [InlineData("""{"record":"invoice","id":"I2","customer":"C1","issued":"2026-01-01","amount":"1.00","currency":"EURO"}""", "LED015", 96)]
    [InlineData("""{"record":"invoice","id":"I2","customer":"C1","issued":"2026-01-01","amount":"1.000"}""", "LED016", 78)]
    [InlineData("""{"record":"invoice","id":"I2","customer":"C1","issued":"2026-01-01","amount":"1.5","currency":"JPY"}""", "LED016", 78)]
    [InlineData("""{"record":"allocation","id":"A2","to":"I1","amount":"1.001","on":"2026-01-03","kind":"writeOff"}""", "LED016", 53)]
    [InlineData("""{"record":"dispute","invoice":"I1","opened":"2026-01-03","amount":"1.001"}""", "LED016", 67)]
    [InlineData("""{"record":"invoice","id":"I2","customer":"C1","issued":"2026-02-29","amount":"1.00"}""", "LED017", 56)]
    [InlineData("""{"record":"invoice","id":"I2","customer":"C1","issued":"2026-1-1","amount":"1.00"}""", "LED017", 56)]
    [InlineData("""{"record":"hold","customer":"C1","from":"2026-01-02","until":"2026-01-01"}""", "LED018", 62)]
    [InlineData("""{"record":"promise","invoice":"I1","made":"2026-01-02","until":"2026-01-01"}""", "LED018", 64)]
    [InlineData("""{"record":"invoice","id":"I2","customer":"C9","issued":"2026-01-01","amount":"1.00"}""", "LED021", 1)]
    [InlineData("""{"record":"payment","id":"P2","customer":"C9","received":"2026-01-01","amount":"1.00"}""", "LED021", 1)]
    [InlineData("""{"record":"hold","customer":"C9","from":"2026-01-02"}""", "LED021", 1)]
    [InlineData("""{"record":"allocation","id":"A2","from":"P1","to":"I9","amount":"1.00","on":"2026-01-03","kind":"payment"}""", "LED022", 1)]
    [InlineData("""{"record":"allocation","id":"A2","from":"P9","to":"I1","amount":"1.00","on":"2026-01-03","kind":"payment"}""", "LED022", 1)]
    [InlineData("""{"record":"dispute","invoice":"I9","opened":"2026-01-03"}""", "LED022", 1)]
    [InlineData("""{"record":"reversal","allocation":"A9","on":"2026-01-03"}""", "LED023", 1)]
    [InlineData("""{"record":"allocation","id":"A2","from":"P1","amount":"1.00","on":"2026-01-03","kind":"payment"}""", "LED024", 1)]
    [InlineData("""{"record":"allocation","id":"A2","to":"I1","amount":"40.01","on":"2026-01-03","kind":"writeOff"}""", "LED026", 53)]
    [InlineData("""{"record":"allocation","id":"A2","from":"P1","to":"I1","amount":"0.01","on":"2026-01-03","kind":"payment"}""", "LED027", 65)]
    [InlineData("""{"record":"paymentReturn","payment":"P1","on":"2026-01-03","amount":"60.01"}""", "LED027", 69)]
    [InlineData("""{"record":"refund","from":"P1","on":"2026-01-03","amount":"0.01"}""", "LED027", 59)]
    [InlineData("""{"record":"allocation","id":"A2","from":"I1","to":"P1","amount":"1.00","on":"2026-01-03","kind":"payment"}""", "LED033", 1)]
    [InlineData("""{"record":"allocation","id":"A2","to":"I1","amount":"1.00","on":"2026-01-03","kind":"payment"}""", "LED011", 1)]
    public void A_line_at_fault_is_left_out_and_nothing_else(string line, string code, int column)
    {
        var result = Read(Good + line + "\n");

        var fault = Assert.Single(result.Faults);
        Assert.Equal((code, 6, column, LedgerFaultSeverity.Error), (fault.Code, fault.Line, fault.Column, fault.Severity));
        Assert.Equal("40.00 EUR", Open(result, "I1").ToString());
        Assert.False(result.Book!.Contains(new DocumentId("I2")));
    }

    [Theory]
    [InlineData("""{"record":"unicorn","id":"I2"}""", "LED006", 11)]
    [InlineData("""{"record":"allocation","id":"A2","to":"I1","amount":"1.00","on":"2026-01-03","kind":"magic"}""", "LED007", 85)]
    [InlineData("""{"record":"customer","id":"C2","kind":"ghost"}""", "LED007", 39)]
    public void What_is_not_known_is_left_out_with_a_warning(string line, string code, int column)
    {
        var result = Read(Good + line + "\n");

        var fault = Assert.Single(result.Faults);
        Assert.Equal((code, 6, column, LedgerFaultSeverity.Warning), (fault.Code, fault.Line, fault.Column, fault.Severity));
        Assert.False(result.HasErrors);
    }

    [Fact]
    public void A_line_longer_than_a_mebibyte_is_left_out_at_every_chunk_size()
    {
        var longest = "{\"record\":\"hold\",\"customer\":\"C1\",\"from\":\"2026-01-01\",\"reason\":\"";
        longest += new string('x', (1 << 20) - longest.Length - 2) + "\"}";
        Assert.Empty(Read(Good + longest).Faults);
        Assert.Empty(Read(Good + longest + "\r\n").Faults);
        var result = Read(Good + longest + " \n" + Customer.Replace("C1", "C2") + "\n");
        var fault = Assert.Single(result.Faults);
        Assert.Equal(("LED003", 6), (fault.Code, fault.Line));
        Assert.Equal(2, result.Book!.Snapshot(new LocalDate(2026, 1, 31)).Customers.Count);
    }

    [Fact]
    public void Blank_lines_and_a_mark_at_the_start_are_nothing()
    {
        var result = Read("\uFEFF" + Good.Replace("\n", "\r\n\r\n  \r\n"));
        Assert.Empty(result.Faults);
        Assert.Equal("40.00 EUR", Open(result, "I1").ToString());
    }

    [Fact]
    public void An_unknown_version_refuses_the_file()
    {
        var result = Read(Good.Replace("\"version\":1", "\"version\":2"));
        Assert.Null(result.Book);
        Assert.Equal("LED008", Assert.Single(result.Faults).Code);
    }

    [Fact]
    public void Without_a_ledger_record_every_document_names_its_currency()
    {
        var result = Read(Good.Replace(Ledger + "\n", "").Replace("\"amount\":\"100.00\"", "\"amount\":\"100.00\",\"currency\":\"EUR\""));
        Assert.Equal(["LED009", "LED034", "LED022"], result.Faults.OrderBy(f => f.Line).Select(f => f.Code));
        Assert.Equal("100.00 EUR", Open(result, "I1").ToString());
    }

    [Fact]
    public void A_due_date_before_the_date_of_issue_is_kept()
    {
        var result = Read(Good.Replace("\"issued\":\"2026-01-01\"", "\"issued\":\"2026-01-01\",\"due\":\"2025-12-31\""));
        Assert.Equal(("LED019", LedgerFaultSeverity.Warning), Assert.Single(result.Faults) is var f ? (f.Code, f.Severity) : default);
        Assert.True(result.Book!.Contains(new DocumentId("I1")));
    }

    [Fact]
    public void An_id_used_twice_names_all_lines_and_the_first_stays()
    {
        var result = Read(Good + Invoice.Replace("100.00", "7.00") + "\n" + Payment + "\n" + Invoice + "\n" + Allocation + "\n" + Customer + "\n");
        Assert.Equal([6, 7, 8, 9, 10], result.Faults.Select(f => f.Line));
        Assert.All(result.Faults, f => Assert.Equal("LED020", f.Code));
        Assert.Equal([3, 6, 8], result.Faults[0].Lines);
        Assert.Contains("3, 6, 8", result.Faults[0].Message);
        Assert.Equal("40.00 EUR", Open(result, "I1").ToString());
    }

    [Fact]
    public void A_payment_without_customer_is_kept_as_the_money_of_nobody()
    {
        var result = Read(Good + """{"record":"payment","id":"P2","received":"2026-01-05","amount":"5.00"}""");
        Assert.Equal(("LED025", LedgerFaultSeverity.Error, 6), Assert.Single(result.Faults) is var f ? (f.Code, f.Severity, f.Line) : default);
        var item = Assert.Single(result.Book!.Snapshot(new LocalDate(2026, 1, 31)).OpenItems, i => i.Customer is null);
        Assert.Equal("5.00 EUR", item.Open.ToString());
    }

    [Fact]
    public void A_second_reversal_is_left_out()
    {
        const string reversal = """{"record":"reversal","allocation":"A1","on":"2026-01-04"}""";
        var result = Read(Good + reversal + "\n" + reversal.Replace("04", "05") + "\n");
        Assert.Equal(("LED028", 7), Assert.Single(result.Faults) is var f ? (f.Code, f.Line) : default);
        Assert.Equal(["40.00 EUR", "100.00 EUR"], [Open(result, "I1", 3).ToString(), Open(result, "I1", 4).ToString()]);
    }

    [Theory]
    [InlineData("", "LED029")]
    [InlineData(""","paid":"54.00" """, "LED029")]
    [InlineData(""","rate":"0.9" """, "LED029")]
    [InlineData(""","paid":"54.00","rate":"0.8" """, "LED030")]
    [InlineData(""","paid":"54.001","rate":"0.9" """, "LED016")]
    [InlineData(""","paid":"54.00","rate":"0.9" """, null)]
    [InlineData(""","paid":"54.01","rate":"0.9" """, null)]
    public void Another_currency_needs_paid_and_rate(string more, string? code)
    {
        var result = Read(Ledger + "\n" + Customer + "\n" + Invoice.Replace("\"100.00\"", "\"100.00\",\"currency\":\"USD\"") + "\n" + Payment + "\n" + Allocation.Replace("\"kind\"", (more.Length == 0 ? "" : more[1..] + ",") + "\"kind\""));
        Assert.Equal(code, result.Faults.SingleOrDefault()?.Code);
        Assert.Equal(code is null ? "40.00 USD" : "100.00 USD", Open(result, "I1").ToString());
    }

    [Fact]
    public void Instalments_that_do_not_add_up_leave_the_documents_own_due_date()
    {
        var result = Read(Good.Replace("\"amount\":\"100.00\"", """ "amount":"100.00","due":"2026-01-31","instalments":[{"due":"2026-02-01","amount":"50.00"},{"due":"2026-03-01","amount":"49.00"}] """));
        Assert.Equal(("LED031", LedgerFaultSeverity.Error), Assert.Single(result.Faults) is var f ? (f.Code, f.Severity) : default);
        var part = Assert.Single(Assert.Single(result.Book!.Snapshot(new LocalDate(2026, 1, 31)).OpenItems).Parts);
        Assert.Equal(new LocalDate(2026, 1, 31), part.Due);
    }

    [Fact]
    public void Parents_that_make_a_circle_are_their_own()
    {
        var customers = string.Join('\n', new[] { ("C1", "C1"), ("C2", "C3"), ("C3", "C2"), ("C4", "C2"), ("C5", "C9") }.Select(c => $$"""{"record":"customer","id":"{{c.Item1}}","parent":"{{c.Item2}}"}"""));
        var result = Read(Ledger + "\n" + customers);
        Assert.Equal([("LED032", 2), ("LED032", 3), ("LED032", 4), ("LED021", 6)], result.Faults.Select(f => (f.Code, f.Line)));
        Assert.Equal([null, null, null, "C2", null], result.Book!.Snapshot(new LocalDate(2026, 1, 31)).Customers.Select(c => c.Parent?.Value));
    }

    [Fact]
    public async Task Faults_do_not_depend_on_where_the_bytes_are_cut()
    {
        var text = Encoding.UTF8.GetBytes("\uFEFF" + Good + "hello\n\n{\"record\":\"nøte\"}\r\n" + Invoice + "\n" + Allocation.Replace("A1", "A2"));
        var whole = new LedgerFileReader().ReadBook(text);
        foreach (var size in Chunks.Sizes)
        {
            var pieces = await new LedgerFileReader().ReadBookAsync(Chunks.Pipe(text, size));
            Assert.Equal(whole.Faults.Select(f => f.ToString()), pieces.Faults.Select(f => f.ToString()));
        }

        Assert.Equal(["LED001", "LED006", "LED020", "LED026"], whole.Faults.Select(f => f.Code));
    }
}
