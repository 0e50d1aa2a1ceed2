using System.Globalization;
using System.Text.Json;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Mt;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Mt;

/// <summary>Every MT file of the collection, against an independent scan of it.</summary>
public class MtCorpusTests
{
    private static readonly MtStatementReader Reader = new();

    private sealed record Row(string? Number, int Entries, decimal Sum, decimal? Opening, decimal? Closing, bool? Reconciles);

    internal static IReadOnlyList<string> Files() =>
        [.. Corpus.Files("mt940", IsData), .. Corpus.Files("mt942", IsData)];

    private static bool IsData(string file) => !file.EndsWith(".yml", StringComparison.Ordinal) && !file.EndsWith("LICENSE", StringComparison.Ordinal);

    [CorpusFact]
    public void Entries_totals_and_balances_are_those_of_the_independent_scan()
    {
        var faults = new List<string>();
        var compared = 0;
        foreach (var (file, rows) in Expected())
        {
            compared++;
            var bytes = File.ReadAllBytes(Path.Combine(Corpus.Folder!, file));
            if (rows.Count == 0)
            {
                Assert.Equal("MT94001", Assert.Throws<StatementFormatException>(() => Reader.Read(bytes)).Diagnostic.Code);
                continue;
            }

            var statements = Reader.Read(bytes);
            var folded = Fold(rows, statements);
            var expected = folded.Select(r => $"{r.Entries} {Plain(r.Sum)} {(r.Opening is { } o && r.Closing is { } c ? r.Opening + r.Sum == r.Closing : null)}");
            var found = statements.Select(s => $"{s.Transactions.Count} {Plain(s.Transactions.Sum(t => t.Amount.Amount))} {s.IsBalanced}");
            var (left, right) = (string.Join(" | ", expected), string.Join(" | ", found));
            if (left != right)
            {
                faults.Add($"{file}\n  expected {left}\n  found    {right}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(compared > 50);
    }

    private static string Plain(decimal value) => (value / 1.000000000000000m).ToString(CultureInfo.InvariantCulture);

    // Rows of pages that the reader joined: the numbers say which.
    private static List<Row> Fold(List<Row> rows, IReadOnlyList<BankStatement> statements)
    {
        var folded = new List<Row>();
        foreach (var row in rows)
        {
            if (folded.Count > 0 && folded[^1].Number is { } before && row.Number is { } number && folded[^1].Closing == row.Opening
                && IsNext(before, number) && statements.Any(s => s.Closing.Verdict is IntegrityVerdict.Proven { Proofs: var p } && p.Contains("pages")
                    || s.Closing.Verdict is IntegrityVerdict.Inconsistent) && statements.Count < rows.Count)
            {
                folded[^1] = folded[^1] with { Entries = folded[^1].Entries + row.Entries, Sum = folded[^1].Sum + row.Sum, Closing = row.Closing, Number = row.Number };
            }
            else
            {
                folded.Add(row);
            }
        }

        return folded;
    }

    private static bool IsNext(string before, string number) =>
        before.Split('/') is [var a, var x] && number.Split('/') is [var b, var y] && a == b && int.Parse(y) == int.Parse(x) + 1;

    private static IEnumerable<(string File, List<Row> Rows)> Expected()
    {
        foreach (var line in File.ReadLines(Path.Combine(Corpus.Folder!, "EXPECTED.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            var file = document.RootElement.GetProperty("file").GetString()!;
            if (!file.StartsWith("mt94", StringComparison.Ordinal))
            {
                continue;
            }

            yield return (file, [.. document.RootElement.GetProperty("statements").EnumerateArray().Select(Read)]);
        }
    }

    private static Row Read(JsonElement s) => new(
        s.TryGetProperty("statementNumber", out var n) ? n.GetString() : null,
        s.GetProperty("entries").GetInt32(),
        decimal.Parse(s.GetProperty("sum").GetString()!, CultureInfo.InvariantCulture),
        s.TryGetProperty("opening", out var o) ? decimal.Parse(o.GetString()!, CultureInfo.InvariantCulture) : null,
        s.TryGetProperty("closing", out var c) ? decimal.Parse(c.GetString()!, CultureInfo.InvariantCulture) : null,
        s.TryGetProperty("reconciles", out var r) ? r.GetBoolean() : null);
}
