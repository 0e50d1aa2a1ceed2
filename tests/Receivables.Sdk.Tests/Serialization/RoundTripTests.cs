using System.Buffers;
using System.Text;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Serialization;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Ledger;
using Receivables.Sdk.Tests.Ledger;
using Xunit;

namespace Receivables.Sdk.Tests.Serialization;

public class RoundTripTests
{
    private static byte[] Write(IEnumerable<LedgerEvent> events)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new LedgerFileWriter(buffer);
        foreach (var item in events)
        {
            writer.Write(item);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static async Task<List<LedgerFileLine>> Lines(byte[] file, int chunk = 0)
    {
        var lines = new List<LedgerFileLine>();
        await foreach (var line in new LedgerFileReader().ReadAsync(Chunks.Pipe(file, chunk)))
        {
            lines.Add(line);
        }

        return lines;
    }

    // Every event comes back; and the rows of a file make the same book as the events themselves.
    [Fact]
    public void Events_come_back_and_make_the_same_book() => Law.ForAll(LedgerGenerator.Events, events =>
    {
        var file = Write(events);
        var lines = Lines(file, 64).GetAwaiter().GetResult();
        Assert.All(lines, l => Assert.Empty(l.Faults));
        Assert.Equal(file, Write(lines.Select(l => l.Event!)));

        var read = new LedgerFileReader().ReadBook(file);
        var made = LedgerBook.Create(events);
        var day = LedgerGenerator.FirstDay.PlusDays(60);
        Assert.Equal(made.Faults.Select(f => (f.Code, f.Line)), read.Faults.Select(f => (f.Code, f.Line)));
        Assert.Equal(LedgerBookLaws.Print(made.Snapshot(day)), LedgerBookLaws.Print(read.Book!.Snapshot(day)));
        Assert.Equal(
            LedgerBookLaws.Print(made.Snapshot(day, day.AtMidnight().InUtc().ToInstant())),
            LedgerBookLaws.Print(read.Book!.Snapshot(day, day.AtMidnight().InUtc().ToInstant())));
    });

    // No kind of event without a record, and none that the laws never meet.
    [Fact]
    public void Every_kind_of_event_has_a_record_and_is_generated()
    {
        var kinds = typeof(LedgerEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(LedgerEvent)) && !t.IsAbstract).ToHashSet();
        Assert.All(kinds, k => Assert.NotEmpty(LedgerRecord.Of((LedgerEvent)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(k)).Name));
        var generated = new HashSet<Type>();
        Law.ForAll(LedgerGenerator.Events, events => generated.UnionWith(events.Select(e => e.GetType())), cases: 300);
        Assert.Equal([], kinds.Except(generated).Select(k => k.Name));
    }

    [Fact]
    public void The_company_of_the_seller_stands_on_its_documents_and_payments()
    {
        var file = Encoding.UTF8.GetBytes("""
            {"record":"ledger","version":1,"currency":"EUR"}
            {"record":"customer","id":"C1"}
            {"record":"invoice","id":"I1","customer":"C1","issued":"2026-01-10","amount":"121.00","entity":"NL01"}
            {"record":"invoice","id":"I2","customer":"C1","issued":"2026-01-10","amount":"121.00","entity":""}
            {"record":"creditNote","id":"N1","customer":"C1","issued":"2026-01-10","amount":"1.00","entity":"BE01"}
            {"record":"payment","id":"P1","customer":"C1","received":"2026-02-01","amount":"100.00","entity":"BE01"}
            """);
        var items = new LedgerFileReader().ReadBook(file).Book!.Snapshot(new LocalDate(2026, 3, 1)).OpenItems;
        Assert.Equal(["I1 NL01", "I2 ", "N1 BE01", "P1 BE01"], items.Select(i => i.Id + " " + i.Entity));
    }

    [Theory]
    [InlineData("""{"record":"ledger","version":1,"currency":"EUR","name":"Voorbeeld B.V.","accounts":["NL91ABNA0417164300"],"country":"NL"}""")]
    [InlineData("""{"record":"customer","id":"C100","name":"Bakkerij Jansen B.V.","aliases":["Jansen Brood"],"kind":"business","language":"nl","country":"NL","profile":"standard","group":"retail","parent":"C001","ibans":["NL20INGB0001234567"],"bankAccounts":["6222020200012345678"],"creditLimit":"5000.00","email":"a@example.org","phone":"+31 20 1234567"}""")]
    [InlineData("""{"record":"invoice","id":"I1","customer":"C100","number":"2026-00123","issued":"2026-01-10","due":"2026-02-09","amount":"121.00","currency":"EUR","reference":"RF18539007547034","orderNumber":"PO-77","cashDiscount":{"percent":"2","until":"2026-01-20"},"instalments":[{"due":"2026-02-09","amount":"60.50"},{"due":"2026-03-09","amount":"60.50"}]}""")]
    [InlineData("""{"record":"creditNote","id":"N1","customer":"C100","number":"CN-7","issued":"2026-01-15","amount":"21.00","currency":"EUR","invoice":"I1"}""")]
    [InlineData("""{"record":"payment","id":"P1","customer":"C100","received":"2026-02-01","amount":"100.00","currency":"EUR","transaction":"t1","method":"transfer"}""")]
    [InlineData("""{"record":"invoice","id":"I1","customer":"C100","issued":"2026-01-10","amount":"121.00","entity":"NL01"}""")]
    [InlineData("""{"record":"payment","id":"P1","customer":"C100","received":"2026-02-01","amount":"100.00","entity":"NL01"}""")]
    [InlineData("""{"record":"allocation","id":"A1","from":"P1","to":"I1","amount":"100.00","on":"2026-02-01","kind":"payment"}""")]
    [InlineData("""{"record":"allocation","id":"A2","to":"I1","amount":"-2.42","on":"2026-02-01","kind":"fx"}""")]
    [InlineData("""{"record":"allocation","id":"A3","from":"P1","to":"I1","amount":"10.00","on":"2026-02-01","kind":"credit","paid":"9.20","rate":"0.92","by":"anna","reason":"asked"}""")]
    [InlineData("""{"record":"reversal","allocation":"A1","on":"2026-02-05","reason":"wrong invoice"}""")]
    [InlineData("""{"record":"paymentReturn","payment":"P1","on":"2026-02-06","amount":"5.00","reason":"AC04"}""")]
    [InlineData("""{"record":"paymentReturn","payment":"P1","on":"2026-02-06","kind":"chargeback","reason":"13.1"}""")]
    [InlineData("""{"record":"customer","id":"C1","email":"a@example.org","contacts":[{"name":"Anna","role":"accounts payable","email":"anna@example.org","phone":"+31","language":"fr","purposes":["reminders","audit"]},{"name":"Bert"}]}""")]
    [InlineData("""{"record":"customerChange","customer":"C1","on":"2026-02-06","contacts":[{"name":"Anna","purposes":["invoices"]}]}""")]
    [InlineData("""{"record":"refund","from":"P1","on":"2026-02-06","amount":"10.00"}""")]
    [InlineData("""{"record":"dispute","invoice":"I1","opened":"2026-02-10","resolved":"2026-02-20","amount":"40.00","reason":"damaged goods"}""")]
    [InlineData("""{"record":"promise","invoice":"I1","made":"2026-02-11","until":"2026-02-25","amount":"81.00"}""")]
    [InlineData("""{"record":"hold","customer":"C100","from":"2026-02-01","until":"2026-02-10","reason":"key account"}""")]
    [InlineData("""{"record":"plan","invoice":"I1","agreed":"2026-02-12","instalments":[{"due":"2026-03-01","amount":"40.50"},{"due":"2026-04-01","amount":"40.50"}]}""")]
    [InlineData("""{"record":"directDebit","invoice":"I1","collectOn":"2026-02-20"}""")]
    [InlineData("""{"record":"handover","invoice":"I1","on":"2026-06-01","to":"agency"}""")]
    [InlineData("""{"record":"bankData","account":"NL91ABNA0417164300","until":"2026-02-28"}""")]
    [InlineData("""{"record":"reminder","invoice":"I1","instalment":1,"level":1,"sent":"2026-02-16","channel":"email","action":"abc"}""")]
    [InlineData("""{"record":"note","invoice":"I1","at":"2026-02-17T09:30:00Z","by":"anna","text":"called, will pay Friday"}""")]
    [InlineData("""{"record":"delivery","invoice":"I1","on":"2026-02-17","outcome":"bounced","channel":"email"}""")]
    [InlineData("""{"record":"clearing","payment":"P1","on":"2026-02-17","transaction":"t9"}""")]
    [InlineData("""{"record":"disputeResolution","invoice":"I1","on":"2026-02-17","accepted":"5.00","reason":"half"}""")]
    [InlineData("""{"record":"promiseEnd","invoice":"I1","on":"2026-02-17","outcome":"broken"}""")]
    [InlineData("""{"record":"planEnd","invoice":"I1","on":"2026-02-17","outcome":"kept"}""")]
    [InlineData("""{"record":"holdRelease","customer":"C100","on":"2026-02-17"}""")]
    [InlineData("""{"record":"reminderResult","action":"abc","on":"2026-02-17","outcome":"cancelled"}""")]
    [InlineData("""{"record":"recall","invoice":"I1","on":"2026-07-17"}""")]
    [InlineData("""{"record":"insolvency","customer":"C100","on":"2026-07-17","reason":"suspension of payments"}""")]
    [InlineData("""{"record":"creditLimit","customer":"C100","on":"2026-07-17","limit":"0.00","insured":"0.00","recorded":"2026-07-18T08:00:00Z"}""")]
    [InlineData("""{"record":"feeClaim","id":"F1","customer":"C100","issued":"2026-01-15","amount":"5.00","currency":"EUR","invoice":"I1"}""")]
    [InlineData("""{"record":"recovery","id":"R1","customer":"C100","issued":"2026-08-15","amount":"5.00","currency":"EUR","invoice":"I1"}""")]
    [InlineData("""{"record":"merge","customer":"C100","to":"C101","on":"2026-07-17","reason":"one company"}""")]
    [InlineData("""{"record":"unmerge","customer":"C100","on":"2026-07-18","reason":"two after all","recorded":"2026-07-18T08:00:00Z"}""")]
    public async Task A_line_comes_back_to_the_letter(string line)
    {
        var read = Assert.Single(await Lines(Encoding.UTF8.GetBytes(line)));
        Assert.Empty(read.Faults.Where(f => f.Code != "LED037"));
        Assert.Equal(line.Replace("\"ibans\":[\"NL20INGB0001234567\"],\"bankAccounts\":[\"", read.Faults.Count == 0 ? "\"ibans\":[\"NL20INGB0001234567\"],\"bankAccounts\":[\"" : "\"bankAccounts\":[\""), LedgerFileWriter.ToLine(read.Event!).Replace(",\"NL20INGB0001234567\"]", "]"));
    }

    [Fact]
    public async Task Unknown_fields_survive_a_round_trip()
    {
        const string line = """{"record":"hold","customer":"C1","from":"2026-01-01","colour":"red","level":3,"x":{"y":[1,{"z":"é\n"}]},"\u00fc":null}""";
        var read = Assert.Single(await Lines(Encoding.UTF8.GetBytes(line)));
        var buffer = new ArrayBufferWriter<byte>();
        new LedgerFileWriter(buffer).Write(read);
        Assert.Equal(line.Replace("\\u00fc", "ü") + "\n", Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    [Theory]
    [InlineData("""{"record":"invoice","id":"I1","customer":"C1","issued":"2026-01-01","amount":"3.00","cashDiscount":{"percent":"2","until":"2026-01-20","basis":"net","record":7},"instalments":[{"due":"2026-02-09","amount":"1.00"},{"due":"2026-03-09","amount":"2.00","mandate":{"id":"M1"},"note":"second"}],"x":1}""")]
    [InlineData("""{"record":"plan","invoice":"I1","agreed":"2026-02-12","instalments":[{"due":"2026-03-01","amount":"40.50","recorded":"by telephone"}]}""")]
    [InlineData("""{"record":"customer","id":"C1","contacts":[{"name":"Anna"},{"name":"Bert","fax":"1","due":"never"}],"role":"buyer"}""")]
    public async Task Unknown_fields_of_objects_within_a_record_survive_too(string line)
    {
        var buffer = new ArrayBufferWriter<byte>();
        new LedgerFileWriter(buffer).Write(Assert.Single(await Lines(Encoding.UTF8.GetBytes(line))));
        Assert.Equal(line + "\n", Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    // The steps of a discount are put in order of date; what is unknown goes with its step.
    [Fact]
    public async Task Unknown_fields_of_steps_go_where_their_step_goes()
    {
        const string line = """{"record":"invoice","id":"I1","customer":"C1","issued":"2026-01-01","amount":"3.00","cashDiscount":[{"percent":"1","until":"2026-01-20","x":1},{"percent":"2","until":"2026-01-10","x":2}]}""";
        var buffer = new ArrayBufferWriter<byte>();
        new LedgerFileWriter(buffer).Write(Assert.Single(await Lines(Encoding.UTF8.GetBytes(line))));
        Assert.Contains("""[{"percent":"2","until":"2026-01-10","x":2},{"percent":"1","until":"2026-01-20","x":1}]""", Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    [Fact]
    public void Fields_may_stand_in_any_order_and_be_null()
    {
        var result = new LedgerFileReader().ReadBook(Encoding.UTF8.GetBytes("""
            {"amount":"1.00","issued":"2026-01-01","due":null,"customer":"C1","number":"a\"b\u00e9","id":"I1","record":"invoice"}
            {"id":"C1","record":"customer","group":null}
            {"currency":"EUR","version":1,"record":"ledger"}
            """));
        Assert.Empty(result.Faults);
        Assert.Equal("a\"bé", Assert.Single(result.Book!.Snapshot(new LocalDate(2026, 1, 1)).OpenItems).Number);
    }

    // Room for texts grows with the file: what was kept before stays what it was.
    [Fact]
    public void Texts_of_any_length_come_back_one_behind_the_other()
    {
        string[] numbers = [.. Enumerable.Range(0, 40).Select(i => $"\\u00e9{i}\\n" + new string((char)('a' + (i % 26)), 1 << (i % 19)))];
        var file = new StringBuilder("""{"record":"ledger","version":1,"currency":"EUR"}""" + "\n" + """{"record":"customer","id":"C1"}""" + "\n");
        for (var i = 0; i < numbers.Length; i++)
        {
            file.Append($$"""{"record":"invoice","id":"I{{i:00}}","customer":"C1","issued":"2026-01-01","amount":"1.00","number":"{{numbers[i]}}","reference":"{{numbers[^(i + 1)]}}"}""").Append('\n');
        }

        var result = new LedgerFileReader().ReadBook(Encoding.UTF8.GetBytes(file.ToString()));

        Assert.Empty(result.Faults);
        var items = result.Book!.Snapshot(new LocalDate(2026, 1, 1)).OpenItems.OrderBy(i => i.Id).ToList();
        Assert.Equal(numbers.Select(Said), items.Select(i => i.Number));
        Assert.Equal(numbers.Reverse().Select(Said), items.Select(i => i.Reference));

        static string Said(string escaped) => escaped.Replace("\\u00e9", "é").Replace("\\n", "\n");
    }

    // A host keeps thousands of small ledgers in memory.
    [Fact]
    public void A_small_ledger_is_read_without_room_for_a_large_one()
    {
        var file = Encoding.UTF8.GetBytes("""{"record":"ledger","version":1,"currency":"EUR"}""" + "\n" + """{"record":"customer","id":"C1","name":"caf\u00e9"}""");
        _ = new LedgerFileReader().ReadBook(file);
        var before = GC.GetAllocatedBytesForCurrentThread();

        _ = new LedgerFileReader().ReadBook(file);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 200_000);
    }
}
