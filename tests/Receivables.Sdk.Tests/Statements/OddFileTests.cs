using System.Globalization;
using System.Text;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Reading;
using Xunit;

namespace Receivables.Sdk.Tests.Statements;

/// <summary>
/// Files with one oddity each that banks and their customers' programs are known to write, with invented data: <c>tests/corpus/odd</c>. Its
/// <c>expected.tsv</c> says of each how many transactions there are, their sum, the verdict, of the first one date, name, account and remittance, and
/// the codes of what was told above information, or of a refusal.
/// </summary>
public class OddFileTests
{
    public static TheoryData<string> Names => [.. Expected().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_odd_file_is_read_as_it_is_meant(string name)
    {
        var expected = Expected()[name];
        var bytes = TestFiles.Below("odd").Single(f => f.Name == "odd/" + name).Bytes;
        var reader = new StatementFileReader();
        await foreach (var file in reader.ReadAsync(name, new MemoryStream(bytes)))
        {
            var transactions = file.Statements.SelectMany(s => s.Transactions).ToList();
            var first = transactions.FirstOrDefault();
            string[] actual =
            [
                transactions.Count.ToString(CultureInfo.InvariantCulture),
                transactions.Sum(t => t.Amount.Amount).ToString(CultureInfo.InvariantCulture),
                file.Statements.SingleOrDefault()?.Verdict.GetType().Name ?? "-",
                first?.BookingDate?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) ?? "",
                first?.Counterparty?.Name ?? "",
                first?.Counterparty?.Iban?.Value ?? first?.Counterparty?.Account ?? "",
                first?.Remittance ?? "",
                string.Join(' ', file.AllDiagnostics.Where(d => d.Severity > DiagnosticSeverity.Info || d.Code == "CSV018").Select(d => d.Code).Distinct()),
            ];
            Assert.Equal(expected, string.Join('\t', actual));
        }
    }

    [Fact]
    public void Every_odd_file_is_expected() =>
        Assert.Equal(TestFiles.Below("odd").Select(f => f.Name["odd/".Length..]).Where(n => n != "expected.tsv"), Expected().Keys.Order(StringComparer.Ordinal));

    private static Dictionary<string, string> Expected() =>
        Encoding.UTF8.GetString(TestFiles.Below("odd").Single(f => f.Name == "odd/expected.tsv").Bytes)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r').Split('\t', 2)).ToDictionary(p => p[0], p => p[1]);
}
