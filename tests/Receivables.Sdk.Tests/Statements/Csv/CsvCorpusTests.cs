using System.Globalization;
using System.IO.Pipelines;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Csv;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Csv;

/// <summary>Every CSV file of the collection, against figures that were computed by hand-written rules for each file.</summary>
public class CsvCorpusTests
{
    private static readonly CsvStatementReader Reader = new();

    private static IReadOnlyList<string> Files() => Corpus.Files("csv", f => f.EndsWith(".csv", StringComparison.OrdinalIgnoreCase));

    private static Dictionary<string, (int Count, decimal Total)> Golden()
    {
        using var stream = typeof(CsvCorpusTests).Assembly.GetManifestResourceStream("csv.golden.tsv")!;
        using var reader = new StreamReader(stream);
        var golden = new Dictionary<string, (int, decimal)>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split('\t');
            golden.Add(fields[0], (int.Parse(fields[1], CultureInfo.InvariantCulture), decimal.Parse(fields[2], CultureInfo.InvariantCulture)));
        }

        return golden;
    }

    [CorpusFact]
    public void Counts_and_totals_of_booked_rows_are_the_golden_figures_and_all_other_files_are_refused_with_a_reason()
    {
        var golden = Golden();
        var faults = new List<string>();
        foreach (var file in Files())
        {
            var path = Path.GetRelativePath(Path.Combine(Corpus.Folder!, "csv"), file);
            var bytes = File.ReadAllBytes(file);
            if (!golden.Remove(path, out var expected))
            {
                var refused = Assert.Throws<StatementFormatException>(() => Reader.Read(bytes));
                Assert.Equal("CSV001", refused.Diagnostic.Code);
                continue;
            }

            var booked = Reader.Read(bytes).SelectMany(s => s.Transactions).Where(t => t.Status == TransactionStatus.Booked).ToList();
            if ((booked.Count, booked.Sum(t => t.Amount.Amount)) != expected)
            {
                faults.Add($"{path}: expected {expected}, found {booked.Count} {booked.Sum(t => t.Amount.Amount)}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Empty(golden);
    }

    [CorpusFact]
    public async Task Every_file_gives_the_same_model_with_every_line_end_and_wherever_it_is_cut()
    {
        foreach (var file in Files())
        {
            // Line ends of files that mix them are the file's own business.
            var text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)).Replace("\r\r\n", "\n", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
            var expected = await Shape(text, 0);
            foreach (var lineEnd in new[] { "\r\n", "\r" })
            {
                Assert.Equal(expected, await Shape(text.Replace("\n", lineEnd, StringComparison.Ordinal), 0));
            }

            foreach (var size in Chunks.Sizes.Where(s => s >= (text.Length > 20_000 ? 64 : 1)))
            {
                Assert.Equal(expected, await Shape(text, size));
            }
        }
    }

    [CorpusFact]
    public void No_file_of_another_family_is_taken_for_CSV_and_every_recognised_one_is()
    {
        foreach (var file in Corpus.Files("mt940").Concat(Corpus.Files("mt942")).Concat(Corpus.Files("camt053")).Concat(Corpus.Files("camt054")))
        {
            if (!file.EndsWith(".yml", StringComparison.Ordinal) && !file.EndsWith("LICENSE", StringComparison.Ordinal))
            {
                Assert.NotEqual(FormatMatch.Certain, Reader.Detect(File.ReadAllBytes(file)));
            }
        }

        foreach (var path in Golden().Keys)
        {
            var bytes = File.ReadAllBytes(Path.Combine(Corpus.Folder!, "csv", path));
            Assert.NotEqual(FormatMatch.No, Reader.Detect(bytes.AsSpan(0, Math.Min(bytes.Length, 65536))));
        }
    }

    private static async Task<string> Shape(string text, int size)
    {
        var pipe = Chunks.Pipe(System.Text.Encoding.Latin1.GetBytes(text), size);
        try
        {
            var shapes = new List<string>();
            await foreach (var statement in Reader.ReadAsync(pipe))
            {
                shapes.Add(CsvShape.Of(statement));
            }

            return string.Join('\n', shapes);
        }
        catch (StatementFormatException e)
        {
            return e.Diagnostic.ToString();
        }
    }
}
