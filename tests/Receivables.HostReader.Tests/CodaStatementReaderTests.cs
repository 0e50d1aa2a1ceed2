using System.IO.Compression;
using System.Text;
using NodaTime;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Reading;
using Xunit;

namespace Receivables.HostReader.Tests;

/// <summary>A reader that a host wrote against the public surface joins detection, verdict, keys and imports.</summary>
public class CodaStatementReaderTests
{
    private static string Record(params ReadOnlySpan<(int At, string Text)> fields)
    {
        var line = new string(' ', CodaLine.Width).ToCharArray();
        foreach (var (at, text) in fields)
        {
            text.CopyTo(0, line, at - 1, text.Length);
        }

        return new string(line) + "\r\n";
    }

    private static string Amount(decimal amount) => (amount < 0 ? "1" : "0") + ((long)(Math.Abs(amount) * 1000m)).ToString("000000000000000", System.Globalization.CultureInfo.InvariantCulture);

    private static string Header => Record((1, "00000"), (6, "020326"), (12, "310"), (15, "05"), (35, "VOORBEELD NV"), (61, "BBRUBEBB"), (128, "2"));

    private static string Opening(decimal amount, string number = "001") =>
        Record((1, "12"), (3, number), (6, "BE68539007547034"), (40, "EUR"), (43, Amount(amount)), (59, "010326"), (65, "VOORBEELD NV"), (126, "001"));

    private static string Movement(int number, decimal amount, string communication, bool isStructured = false) =>
        Record((1, "21"), (3, $"{number:0000}"), (7, "0000"), (11, $"REFBANK{number:000000}"), (32, Amount(amount)), (48, "020326"), (54, "00150000"), (62, isStructured ? "1" : "0"), (63, communication), (116, "020326"), (122, "001"), (126, "1"))
        + Record((1, "22"), (3, $"{number:0000}"), (7, "0000"), (64, "KLANT-7"), (99, "KREDBEBB"))
        + Record((1, "23"), (3, $"{number:0000}"), (7, "0000"), (11, "BE71096123456769"), (48, "JANSSENS BVBA"));

    private static string Closing(decimal amount, string number = "001") => Record((1, "8"), (2, number), (5, "BE68539007547034"), (39, "EUR"), (42, Amount(amount)), (58, "020326"));

    private static string Trailer => Record((1, "9"), (8, "000008"));

    private static string Good => Header + Opening(100m) + Movement(1, 12.5m, "FACTUUR 2026-17") + Movement(2, 30m, "101090933755493", isStructured: true) + Movement(3, -2.25m, "KOSTEN") + Closing(140.25m) + Trailer;

    private static async Task<List<StatementFile>> ReadAsync(byte[] bytes, string name = "a.cod")
    {
        var files = new List<StatementFile>();
        await foreach (var file in new StatementFileReader(new StatementFileReaderOptions { HostReaders = [new CodaStatementReader()] }).ReadAsync(name, new MemoryStream(bytes)))
        {
            files.Add(file);
        }

        return files;
    }

    [Fact]
    public async Task The_one_call_reader_finds_it_and_its_statement_is_proven()
    {
        var file = Assert.Single(await ReadAsync(Encoding.Latin1.GetBytes(Good)));
        Assert.False(file.HasErrors);
        var statement = Assert.Single(file.Statements);
        Assert.Equal(("coda", "BE68539007547034", "EUR", true), (statement.Format.Name, statement.Account.Key, statement.Account.Currency!.Value.Code, statement.IsBalanced));
        Assert.Equal([12.5m, 30m, -2.25m], statement.Transactions.Select(t => t.Amount.Amount));
        Assert.Equal(["FACTUUR 2026-17", null, "KOSTEN"], statement.Transactions.Select(t => t.Remittance));
        Assert.Equal("090933755493", string.Concat(statement.Transactions[1].StructuredReference!.Where(char.IsAsciiDigit)));
        Assert.All(statement.Transactions, t => Assert.Equal(("JANSSENS BVBA", "BE71096123456769", "KREDBEBB", new LocalDate(2026, 3, 2)), (t.Counterparty!.Name, t.Counterparty.Iban!.Value.Value, t.Counterparty.Bic, t.BookingDate!.Value)));
        Assert.All(statement.Transactions, t => Assert.StartsWith("21", Good.Substring((int)t.Offset, t.Length), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_balance_is_inconsistent_with_the_difference()
    {
        var statement = Assert.Single(Assert.Single(await ReadAsync(Encoding.Latin1.GetBytes(Good.Replace(Closing(140.25m), Closing(141m), StringComparison.Ordinal)))).Statements);
        Assert.Equal(0.75m, Assert.IsType<IntegrityVerdict.Inconsistent>(statement.Verdict).Difference.Amount);
        var open = Assert.Single(Assert.Single(await ReadAsync(Encoding.Latin1.GetBytes(Good.Replace(Closing(140.25m), "", StringComparison.Ordinal)))).Statements);
        Assert.Equal("noClosing", Assert.IsType<IntegrityVerdict.Unverifiable>(open.Verdict).Reason);
    }

    [Fact]
    public async Task Its_keys_are_those_of_the_same_facts_in_another_format()
    {
        var coda = Assert.Single(Assert.Single(await ReadAsync(Encoding.Latin1.GetBytes(Good))).Statements).Transactions;
        Assert.Equal(coda.Count, coda.Select(t => t.Id).Distinct().Count());
        Assert.Equal(coda.Select(t => t.Id), Assert.Single(Assert.Single(await ReadAsync(Encoding.Latin1.GetBytes(Good))).Statements).Transactions.Select(t => t.Id));
        const string Mt = ":20:X\n:25:BE68539007547034\n:28C:1\n:60F:C260301EUR100,00\n:61:2603020302C12,5NTRFNONREF\n:61:2603020302C30,NTRFNONREF\n:61:2603020302D2,25NTRFNONREF\n:62F:C260302EUR140,25\n-\n";
        var mt = Assert.Single(Assert.Single(await ReadAsync(Encoding.Latin1.GetBytes(Mt), "a.sta")).Statements).Transactions;
        Assert.Equal(mt.Select(t => t.Keys[^1]), coda.Select(t => t.Keys[^1]));
        Assert.All(coda, t => Assert.Equal(ImportKeyKind.Bank, t.Keys[0].Kind));
    }

    [Fact]
    public async Task It_stands_in_archives_beside_other_formats_and_imports_are_examined_over_all()
    {
        using var packed = new MemoryStream();
        await using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in new[] { ("1.cod", Good), ("3.cod", Header + Opening(200m, "003") + Movement(1, 1m, "X") + Closing(201m, "003") + Trailer) })
            {
                await using var entry = await zip.CreateEntry(name).OpenAsync();
                await entry.WriteAsync(Encoding.Latin1.GetBytes(text));
            }
        }

        var files = await ReadAsync(packed.ToArray(), "march.zip");
        Assert.Equal(["march.zip!1.cod", "march.zip!3.cod"], files.Select(f => f.Name));
        Assert.All(files, f => Assert.True(Assert.Single(f.Statements).IsBalanced));
        Assert.NotEmpty(StatementImport.Examine(files));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(130)]
    public async Task What_is_read_does_not_depend_on_where_the_pieces_fall(int size)
    {
        var bytes = Encoding.Latin1.GetBytes(Good);
        var pipe = new System.IO.Pipelines.Pipe();
        var writing = Task.Run(async () =>
        {
            for (var at = 0; at < bytes.Length; at += size)
            {
                await pipe.Writer.WriteAsync(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)));
            }

            await pipe.Writer.CompleteAsync();
        });
        var ids = new List<string>();
        await foreach (var part in new CodaStatementReader().ReadPartsAsync(pipe.Reader))
        {
            ids.AddRange(part.Transaction is { } t ? [t.Id.Value] : []);
        }

        await writing;
        Assert.Equal(new CodaStatementReader().Read(bytes).Single().Transactions.Select(t => t.Id.Value), ids);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData(":20:X\n:25:1\n")]
    [InlineData("<Document/>")]
    public void Files_of_other_families_are_not_its_own(string text) => Assert.Equal(FormatMatch.No, new CodaStatementReader().Detect(Encoding.Latin1.GetBytes(text)));
}
