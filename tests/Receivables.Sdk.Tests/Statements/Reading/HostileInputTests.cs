using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Camt;
using Receivables.Sdk.Statements.Csv;
using Receivables.Sdk.Statements.Mt;
using Receivables.Sdk.Statements.Reading;
using Receivables.Sdk.Tests.Statements.Fuzz;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Reading;

/// <summary>Input made to harm: every limit ends the read with its code, and what stands in front of it is kept.</summary>
public class HostileInputTests
{
    private static readonly StatementReaderOptions Few = new() { MaxTransactions = 3 };

    public static TheoryData<string> Families => ["mt940", "camt", "csv"];

    private static IStatementReader Reader(string family, StatementReaderOptions? options = null) => family switch
    {
        "mt940" => new MtStatementReader(options),
        "camt" => new CamtStatementReader(options),
        _ => new CsvStatementReader(options is null ? null : new CsvReaderOptions(options)),
    };

    private static KnownFile Known(string family) => KnownFile.All.First(f => f.Reader.Name == family);

    private static async Task<(List<StatementPart> Parts, string? Code)> PartsAsync(IStatementReader reader, Stream input)
    {
        var parts = new List<StatementPart>();
        try
        {
            await foreach (var part in reader.ReadPartsAsync(PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: 65536))))
            {
                parts.Add(part);
            }
        }
        catch (StatementFormatException e)
        {
            return (parts, e.Diagnostic.Code);
        }

        return (parts, null);
    }

    [Theory]
    [InlineData("mt940", ":20:X\n:25:1\n:60F:C260101EUR1,00\n:61:260101C1,00NTRFNONREF\n:86:")]
    [InlineData("mt940", ":20:")]
    [InlineData("camt", "<BkToCstmrStmt><Stmt><Ntry><AddtlNtryInf>")]
    [InlineData("camt", "<BkToCstmrStmt><Stmt><!--")]
    [InlineData("csv", "Date,Description,Amount\n2026-01-01,")]
    [InlineData("csv", "Date,Description,Amount\n2026-01-01,\"")]
    public async Task A_line_of_100_MB_is_given_up_early(string family, string start)
    {
        await using var input = new LongStream(Encoding.ASCII.GetBytes(start));
        Assert.Equal(StatementCodes.RecordTooLong, (await PartsAsync(Reader(family), input)).Code);

        // What was not taken from the stream cannot be held.
        Assert.InRange(input.Position, 1, 8 << 20);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task More_transactions_than_the_limit_end_the_read_behind_those_before(string family)
    {
        var (parts, code) = await PartsAsync(Reader(family, Few), new MemoryStream(Known(family).Content));
        Assert.Equal(StatementCodes.TooManyTransactions, code);
        Assert.Equal(Known(family).Month.Rows.Take(3).Select(r => r.Amount), parts.Where(p => p.Transaction is not null).Select(p => p.Transaction!.Amount.Amount));
    }

    [Theory]
    [InlineData("mt940", ":20:X\n:25:1\n:60F:C260101EUR1,00\n", ":61:260101X\n", "")]
    [InlineData("camt", "<BkToCstmrStmt><Stmt><Id>1</Id>", "<Ntry><Amt Ccy=\"EUR\">x</Amt></Ntry>", "</Stmt></BkToCstmrStmt>")]
    [InlineData("csv", "Date,Description,Amount\n", "2026-01-01,a,x.y\n", "")]
    public async Task More_faults_than_the_limit_end_the_read(string family, string start, string fault, string end)
    {
        var text = start + string.Concat(Enumerable.Repeat(fault, 50)) + end;
        Assert.Equal(StatementCodes.TooManyDiagnostics, (await PartsAsync(Reader(family, new StatementReaderOptions { MaxDiagnostics = 20 }), new MemoryStream(Encoding.ASCII.GetBytes(text)))).Code);
        Assert.Null((await PartsAsync(Reader(family, new StatementReaderOptions { MaxDiagnostics = 2000 }), new MemoryStream(Encoding.ASCII.GetBytes(text)))).Code);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Zero_bytes_behind_a_file_and_a_character_that_is_cut_change_no_transaction(string family)
    {
        var known = Known(family);
        var expected = known.Reader.Read(known.Content).Single().Transactions.Select(t => (t.Amount, t.BookingDate, t.Id)).ToList();
        foreach (var tail in new byte[][] { [0], [0, 0, 0, 0, 0, 0, 0], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x92], [0xFF] })
        {
            var read = known.Reader.Read((byte[])[.. known.Content, .. tail]);
            Assert.Equal(expected, read.SelectMany(s => s.Transactions).Select(t => (t.Amount, t.BookingDate, t.Id)));
        }

        // UTF-16 that ends within a character.
        var wide = Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(known.Content));
        Assert.Equal(expected.Select(e => e.Amount), known.Reader.Read((byte[])[.. wide, 0x41]).SelectMany(s => s.Transactions).Select(t => t.Amount));
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><BkToCstmrStmt><Stmt><Id>&b;</Id></Stmt></BkToCstmrStmt>", "CAMT002")]
    [InlineData("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><BkToCstmrStmt/>", "CAMT002")]
    [InlineData("<BkToCstmrStmt><!ENTITY a \"b\"></BkToCstmrStmt>", "CAMT002")]
    public async Task Entity_bombs_are_refused_unexpanded(string text, string code) => Assert.Equal(code, (await ReadAsync(Encoding.UTF8.GetBytes(text))).Single().Failure!.Code);

    [Fact]
    public async Task Deep_elements_are_refused_by_the_one_call_reader()
    {
        var deep = "<BkToCstmrStmt>" + string.Concat(Enumerable.Repeat("<a>", 50_000));
        Assert.Equal(CamtCodes.TooDeep, (await ReadAsync(Encoding.ASCII.GetBytes(deep))).Single().Failure!.Code);
    }

    [Fact]
    public async Task Archives_that_expand_too_far_or_hold_too_much_are_refused()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.ASCII.GetBytes(":20:X\n:25:1\n:60F:C260101EUR1,00\n"));
            var lines = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(":61:2601050105C1,00NTRFNONREF\n", 10_000)));
            for (var i = 0; i < 10; i++)
            {
                await gzip.WriteAsync(lines);
            }
        }

        Assert.Equal("IMP003", (await ReadAsync(packed.ToArray(), new StatementFileReaderOptions { MaxExpansion = 20 })).Single().Failure!.Code);
        Assert.Equal("IMP002", (await ReadAsync(packed.ToArray(), new StatementFileReaderOptions { MaxEntryBytes = 1 << 20, MaxExpansion = int.MaxValue })).Single().Failure!.Code);

        var zip = await ZipAsync(4);
        Assert.Equal("IMP001", (await ReadAsync(zip, new StatementFileReaderOptions { MaxArchiveEntries = 3 })).Single().Failure!.Code);
        Assert.All(await ReadAsync(zip, new StatementFileReaderOptions { MaxArchiveEntries = 4 }), f => Assert.Null(f.Failure));
        Assert.Equal("IMP004", (await ReadAsync(zip[..(zip.Length / 2)])).Single().Failure!.Code);
    }

    [Fact]
    public async Task Damaged_archives_are_told_and_throw_nothing()
    {
        var zip = await ZipAsync(2);
        var gzip = await GzipAsync(Known("camt").Content);
        foreach (var archive in (byte[][])[zip, gzip])
        {
            for (var i = 0; i < 400; i++)
            {
                // The directory of a ZIP stands at its end.
                var at = i < 200 ? archive.Length - 1 - (i % archive.Length) : (int)((long)archive.Length * (i - 200) / 200);
                var changed = archive.ToArray();
                changed[at] ^= (byte)(1 << (i % 8));
                Assert.NotEmpty(await ReadAsync(changed));
                Assert.NotEmpty(await ReadAsync(archive[..at]));
            }
        }
    }

    [Fact]
    public async Task An_archive_without_a_file_is_empty() => Assert.Equal("STM001", (await ReadAsync(await ZipAsync(0))).Single().Failure!.Code);

    // What is lost behind the cut would be lost without a word: nothing in a table says how long it is.
    [Fact]
    public async Task A_gzip_file_that_was_cut_is_told()
    {
        var gzip = await GzipAsync(Known("csv").Content);
        Assert.Null((await ReadAsync(gzip)).Single().Failure);
        foreach (var zeros in new[] { 1, 3, 4, 7, 8, 512 })
        {
            Assert.Null((await ReadAsync([.. gzip, .. new byte[zeros]])).Single().Failure);
        }

        Assert.Null((await ReadAsync([.. gzip, .. await GzipAsync(Encoding.ASCII.GetBytes("\n"))])).Single().Failure);
        for (var length = gzip.Length - 1; length > gzip.Length / 2; length -= 3)
        {
            Assert.NotNull((await ReadAsync(gzip[..length])).Single().Failure);
        }
    }

    private static async Task<byte[]> GzipAsync(byte[] content)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(content);
        }

        return packed.ToArray();
    }

    private static async Task<byte[]> ZipAsync(int entries)
    {
        using var packed = new MemoryStream();
        await using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < entries; i++)
            {
                await using var entry = await zip.CreateEntry($"{i}.xml").OpenAsync();
                await entry.WriteAsync(Known("camt").Content);
            }
        }

        return packed.ToArray();
    }

    private static async Task<List<StatementFile>> ReadAsync(byte[] bytes, StatementFileReaderOptions? options = null)
    {
        var files = new List<StatementFile>();
        await foreach (var file in new StatementFileReader(options).ReadAsync("file", new MemoryStream(bytes)))
        {
            files.Add(file);
        }

        return files;
    }
}
