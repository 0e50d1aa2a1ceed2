using System.Text;
using Receivables.Sdk.Statements.Reading;
using Xunit;

namespace Receivables.Sdk.Tests.Statements;

/// <summary>
/// The keys of one month in each format, as they were first given: <c>tests/corpus/keys</c>. A host has stored such keys, so a change of a reader that
/// changes one of them would import what is known again; <c>scheme-1.tsv</c> is never written anew.
/// </summary>
public class GoldenKeyTests
{
    [Theory]
    [InlineData("month.sta")]
    [InlineData("month.xml")]
    [InlineData("month.csv")]
    public async Task The_keys_that_a_format_gives_never_change(string name)
    {
        var files = TestFiles.Below("keys").ToDictionary(f => f.Name["keys/".Length..], f => f.Bytes);
        var golden = Encoding.UTF8.GetString(files["scheme-1.tsv"]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r')).Where(l => l.StartsWith(name + "\t", StringComparison.Ordinal));
        var read = new List<string>();
        await foreach (var file in new StatementFileReader().ReadAsync(name, new MemoryStream(files[name])))
        {
            read.AddRange(file.Statements.SelectMany(s => s.Transactions).Select(t => $"{name}\t{t.Id}\t{string.Join(' ', t.Keys)}"));
        }

        Assert.Equal(golden, read);
        Assert.NotEmpty(read);
    }
}
