using System.IO.Compression;
using System.Text;
using Xunit;

namespace Receivables.Cli.Tests;

/// <summary>Whatever comes in, one clear line comes out, with file, line, column and code.</summary>
public sealed class WrongInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_empty_file_is_faulty()
    {
        var file = _folder.File("empty.sta", "");
        (await Cli.RunAsync("parse", "--json", file)).AssertOneFault(file + ":1:1", "STM001");
    }

    [Fact]
    public async Task A_picture_is_no_statement()
    {
        var file = _folder.File("photo.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xDB, 0, 67, 0]);
        (await Cli.RunAsync("parse", "--json", file)).AssertOneFault(file + ":1:1", "STM002");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_one_line()
    {
        var file = _folder.Path("absent.sta");
        (await Cli.RunAsync("parse", file)).AssertOneFault(file + ":1:1", "CLI010");
    }

    [Fact]
    public async Task A_folder_is_no_file()
    {
        Directory.CreateDirectory(_folder.Path("folder"));
        (await Cli.RunAsync("parse", _folder.Path("folder"))).AssertOneFault(_folder.Path("folder") + ":1:1", "CLI010");
    }

    [Fact]
    public async Task Truncated_xml_is_told_with_its_place()
    {
        var file = _folder.File("cut.xml", """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>NL91ABNA
            """);
        var run = await Cli.RunAsync("parse", "--json", file);
        Assert.Equal(1, run.Status);
        Assert.Matches(@":\d+:\d+: CAMT\d+: ", run.ErrorLines[0]);
    }

    [Fact]
    public async Task A_csv_of_unknown_layout_shows_the_columns_seen()
    {
        var file = _folder.File("odd.csv", "Foo;Bar;Baz\n1;2;3\n4;5;6\n");
        var run = await Cli.RunAsync("parse", "--json", file);
        Assert.Equal(1, run.Status);
        var line = Assert.Single(run.ErrorLines);
        Assert.Matches(@":\d+:\d+: CSV\d+: ", line);
        Assert.Contains("Foo", line, StringComparison.Ordinal);
        Assert.Contains("Baz", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("parse", "--unknown", "x")]
    [InlineData("parse", "--format", "pdf", "x")]
    [InlineData("parse")]
    [InlineData("nothing")]
    [InlineData()]
    public async Task A_wrong_command_line_is_one_line_and_status_2(params string[] args)
    {
        var run = await Cli.RunAsync(args);
        Assert.Equal(2, run.Status);
        Assert.StartsWith("receivables: CLI", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("There is no command help; see receivables --help.", "help")]
    [InlineData("There is no command yearly; see receivables --help.", "report", "yearly")]
    [InlineData("Argument 'x' not recognized. Must be one of: 'due', 'issued'", "aging", "--ledger", "l", "--as-of", "2026-01-01", "--by", "x")]
    [InlineData("Standard input (-) can stand for one file only.", "remind", "--ledger", "-", "--policy", "-", "--as-of", "2026-01-01")]
    [InlineData("--buckets needs rising positive numbers of days, such as 30,60,90.", "aging", "--ledger", "l", "--as-of", "2026-01-01", "--buckets", "30,2147483647")]
    public async Task What_is_wrong_with_a_command_line_is_said_in_one_line_that_people_read(string message, params string[] args)
    {
        var run = await Cli.RunAsync(args);
        Assert.Equal(2, run.Status);
        Assert.EndsWith(": " + message, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    // Databases have these days for no date, and people for "everything".
    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("9999-12-25")]
    [InlineData("0001-01-01")]
    public async Task The_ends_of_the_calendar_end_no_command(string day)
    {
        string[] ledger = ["--ledger", Sample.File("ledger.jsonl"), "--as-of", day];
        string[] policy = ["--policy", Sample.File("policy.json")];
        foreach (var command in new string[][]
        {
            ["aging", .. ledger], ["aging", "--by", "issued", "--group-by", "none", .. ledger], ["report", "metrics", .. ledger], ["report", "forecast", .. ledger], ["report", "behaviour", .. ledger],
            ["report", "disputes", .. ledger], ["report", "actions", .. ledger], ["report", "health", .. ledger], ["report", "html", .. ledger], ["remind", .. ledger, .. policy],
            ["remind", "--until", day, .. ledger, .. policy], ["remind", "--compare", Sample.File("policy.json"), .. ledger, .. policy], ["remind", "--lint", .. ledger, .. policy],
        })
        {
            var run = await Cli.RunAsync(command);
            Assert.Equal((0, ""), (run.Status, run.Error));
        }
    }

    [Fact]
    public async Task A_policy_may_come_from_standard_input()
    {
        string[] rest = ["--as-of", "2026-03-31", "--ledger", Sample.File("ledger.jsonl"), "--json"];
        var policy = await File.ReadAllBytesAsync(Sample.File("policy.json"));
        Assert.Equal(await Cli.RunAsync(["remind", "--policy", Sample.File("policy.json"), .. rest]), await Cli.RunWithInputAsync(policy, ["remind", "--policy", "-", .. rest]));
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--group-by=none")]
    public async Task An_output_that_cannot_be_written_is_one_line(string option)
    {
        await using var error = new StringWriter();
        var status = await CommandLine.RunAsync(
            ["aging", "--ledger", Sample.File("ledger.jsonl"), "--as-of", "2026-03-31", option], new Terminal(Stream.Null, new FullDisk(), error, isErrorTerminal: false, isOutputTerminal: false));
        Assert.Equal((1, "receivables: CLI017: The output cannot be written."), (status, error.ToString().TrimEnd()));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_one_line()
    {
        var file = _folder.File("file", "");
        (await Cli.RunAsync("demo", "--out", file)).AssertOneFault(file + ":1:1", "CLI017");
        var page = Path.Combine(_folder.Path("none"), "page.html");
        (await Cli.RunAsync("report", "html", "--ledger", Sample.File("ledger.jsonl"), "--as-of", "2026-03-31", "--out", page)).AssertOneFault(page + ":1:1", "CLI017");
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");
    }

    [Fact]
    public async Task Help_is_no_fault()
    {
        var run = await Cli.RunAsync("--help");
        Assert.Equal((0, ""), (run.Status, run.Error));
    }

    [Fact]
    public async Task A_damaged_archive_and_an_archive_bomb_are_refused()
    {
        var damaged = _folder.File("damaged.zip", [.. "PK"u8, 3, 4, 1, 2, 3, 4, 5]);
        (await Cli.RunAsync("parse", "--json", damaged)).AssertOneFault(damaged + ":1:1", "IMP004");

        using var packed = new MemoryStream();
        await using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var entry = zip.CreateEntry("bomb.sta", CompressionLevel.Optimal).Open();
            var line = Encoding.ASCII.GetBytes(":86:" + new string('A', 60) + "\r\n");
            await entry.WriteAsync(Encoding.ASCII.GetBytes(":20:STARTUMS\r\n:25:NL91ABNA0417164300\r\n:28C:1\r\n:60F:C260101EUR0,00\r\n:61:2601010101C1,00NTRFNONREF\r\n"));
            for (var i = 0; i < 200_000; i++)
            {
                await entry.WriteAsync(line);
            }
        }

        var bomb = _folder.File("bomb.zip", packed.ToArray());
        var run = await Cli.RunAsync("parse", "--json", bomb);
        Assert.Equal(1, run.Status);
        Assert.Contains(run.ErrorLines, l => l.Contains("!bomb.sta:", StringComparison.Ordinal));
    }
}
