using System.Text;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Reading;
using Receivables.Sdk.TestKit.Samples;
using Receivables.Sdk.TestKit.Statements;
using Receivables.Sdk.Tests.Architecture;
using Xunit;

namespace Receivables.Sdk.Tests.Samples;

/// <summary>The bundled sample files are what the generator writes; RECEIVABLES_APPROVE=1 writes them.</summary>
public class SampleDataTests
{
    private static readonly SampleSeller Seller = SampleSeller.Create();

    private static readonly (string Name, byte[] Content)[] Files =
    [
        ("ledger.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', Seller.Lines) + "\n")),
        ("bank-2026-03.sta", MtGenerator.Write([Seller.Month], MtDialect.Dutch)),
        ("bank-2026-03.xml", CamtWriter.Write([Seller.Month])),
        ("bank-2026-03.csv", Encoding.Latin1.GetBytes(CsvWriter.Rabobank(Seller.Month))),
    ];

    [Fact]
    public void The_sample_files_are_what_the_generator_writes()
    {
        foreach (var (name, content) in Files)
        {
            var path = Repository.Path("samples/data/" + name);
            if (Environment.GetEnvironmentVariable("RECEIVABLES_APPROVE") == "1")
            {
                File.WriteAllBytes(path, content);
            }

            Assert.True(content.AsSpan().SequenceEqual(File.ReadAllBytes(path)), name);
        }
    }

    [Fact]
    public async Task The_same_month_gives_the_same_format_independent_keys_in_every_format()
    {
        var keys = new List<IReadOnlyList<string>>();
        foreach (var (name, content) in Files.Skip(1))
        {
            await foreach (var file in new StatementFileReader().ReadAsync(name, new MemoryStream(content)))
            {
                Assert.Empty(file.AllDiagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
                var statement = Assert.Single(file.Statements);
                Assert.IsType<IntegrityVerdict.Proven>(statement.Verdict);
                Assert.Equal(Seller.Month.Rows.Sum(r => r.Amount), statement.Transactions.Sum(t => t.Amount.Amount));
                Assert.Distinct(statement.Transactions.Select(t => t.Id));
                keys.Add([.. statement.Transactions.Select(t => t.Keys.Single(k => k.Kind == ImportKeyKind.FormatIndependent).Value).Order(StringComparer.Ordinal)]);
            }
        }

        Assert.Equal(3, keys.Count);
        Assert.Equal(Seller.Month.Rows.Count, keys[0].Count);
        Assert.Equal(keys[0], keys[1]);
        Assert.Equal(keys[0], keys[2]);
    }
}
