using System.Text;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Reading;
using Receivables.Sdk.TestKit.Statements;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Reading;

/// <summary>The one-call reader finds the format by what a file says, not by the bytes it is written in.</summary>
public class FormatDetectionTests
{
    private static readonly SampleMonth Month = SampleMonth.Create(5, 8);

    private static string Text(string format) => format switch
    {
        "mt940" => Encoding.Latin1.GetString(MtGenerator.Write([Month], MtDialect.Dutch)),
        "camt053" => Encoding.UTF8.GetString(CamtWriter.Write([Month])),
        _ => CsvWriter.Kbc(Month),
    };

    private static async Task<StatementFile> ReadAsync(byte[] bytes, StatementFileReaderOptions? options = null)
    {
        var files = new List<StatementFile>();
        await foreach (var file in new StatementFileReader(options).ReadAsync("file", new MemoryStream(bytes)))
        {
            files.Add(file);
        }

        return Assert.Single(files);
    }

    public static TheoryData<string, string, bool> Encodings()
    {
        var data = new TheoryData<string, string, bool>();
        foreach (var format in new[] { "mt940", "camt053", "csv" })
        {
            data.Add(format, "utf-8", false);
            data.Add(format, "utf-8", true);
            data.Add(format, "utf-16", true);
            data.Add(format, "utf-16", false);
            data.Add(format, "utf-16BE", true);
            data.Add(format, "utf-16BE", false);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Every_encoding_of_a_file_is_recognised_and_gives_the_same_model(string format, string name, bool hasMark)
    {
        var encoding = Encoding.GetEncoding(name);
        var text = Text(format);
        var plain = await ReadAsync(new UTF8Encoding(false).GetBytes(text));
        var read = await ReadAsync([.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)]);
        Assert.Null(read.Failure);
        Assert.Equal(format, Assert.Single(read.Statements).Format.Name);
        Assert.Equal(Month.Rows.Count, read.Statements[0].Transactions.Count);
        Assert.Equal(StatementShape.Of(plain.Statements, withPlaces: false), StatementShape.Of(read.Statements, withPlaces: false));
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY b \"c\">]><Document><BkToCstmrStmt/></Document>", "CAMT002")]
    [InlineData("<?xml version=\"1.0\"?><a><b></a><BkToCstmrStmt/>", "CAMT001")]
    [InlineData("<!DOCTYPE html><html><body>Please log in</body></html>", "STM002")]
    [InlineData("<html><body>Please log in</body></html>", "STM002")]
    [InlineData("hello", "STM002")]
    [InlineData("", "STM001")]
    public async Task What_cannot_be_read_gets_the_code_of_its_format_where_it_has_one(string text, string code)
    {
        foreach (var encoding in new Encoding[] { Encoding.UTF8, Encoding.Unicode })
        {
            Assert.Equal(code, (await ReadAsync(encoding.GetBytes(text))).Failure?.Code);
        }
    }
}
