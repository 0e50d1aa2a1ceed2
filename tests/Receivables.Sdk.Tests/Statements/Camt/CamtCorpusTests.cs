using System.Globalization;
using System.Text;
using System.Text.Json;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Camt;

public class CamtCorpusTests
{
    private static IEnumerable<string> Files => new[] { "camt052", "camt053", "camt054" }.SelectMany(part => Corpus.Files(part, f => f.EndsWith(".xml", StringComparison.Ordinal)))
        .Where(f => File.ReadAllText(f).Contains("BkToCstmr", StringComparison.Ordinal));

    [CorpusFact]
    public void Entries_totals_and_balances_are_those_of_the_independent_scan()
    {
        var seen = 0;
        foreach (var line in File.ReadLines(Path.Combine(Corpus.Folder!, "EXPECTED.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var name = json.RootElement.GetProperty("file").GetString()!;
            if (!name.StartsWith("camt", StringComparison.Ordinal))
            {
                continue;
            }

            var expected = json.RootElement.GetProperty("statements").EnumerateArray().ToList();
            var read = CamtShape.Read(File.ReadAllBytes(Path.Combine(Corpus.Folder!, name)));
            Assert.True(expected.Count == read.Count, name);
            for (var i = 0; i < expected.Count; i++)
            {
                Compare(name, expected[i], read[i]);
                seen++;
            }
        }

        Assert.True(seen > 100);
    }

    private static void Compare(string file, JsonElement expected, BankStatement read)
    {
        var id = expected.GetProperty("statementId").GetString();
        Assert.True(id == read.Header.StatementId, file);
        var sum = read.Transactions.Where(t => t.Status != TransactionStatus.Pending).Sum(t => t.Amount.Amount);
        Assert.True(decimal.Parse(expected.GetProperty("sumOfBookedEntries").GetString()!, CultureInfo.InvariantCulture) == sum, $"{file} {id}: {sum}");
        if (expected.TryGetProperty("account", out var account))
        {
            Assert.True(account.GetString() == (read.Account.Iban?.Value ?? read.Account.Number), $"{file} {id}");
        }

        var reconciles = expected.TryGetProperty("reconciles", out var r) ? r.GetBoolean() : (bool?)null;
        Assert.True((read.IsBalanced == true) == (reconciles == true), $"{file} {id}: {read.Verdict}, scan says {reconciles}");
        if (reconciles is not null && read.Closing is { Opening: { } opening, Closing: { } closing })
        {
            Assert.Equal(expected.GetProperty("opening").GetString(), CamtShape.Number(opening.Amount.Amount));
            Assert.Equal(expected.GetProperty("closing").GetString(), CamtShape.Number(closing.Amount.Amount));
        }
    }

    [CorpusFact]
    public void Transactions_are_those_of_a_plain_second_reading()
    {
        foreach (var file in Files)
        {
            var bytes = File.ReadAllBytes(file);
            var plain = PlainCamt.Read(bytes);
            var read = CamtShape.Read(bytes);
            Assert.True(plain.Count == read.Count, file);
            for (var i = 0; i < plain.Count; i++)
            {
                var expected = string.Join(' ', plain[i].Transactions.Select(t => CamtShape.Number(t.Amount) + (t.IsSplit ? "s" : "")));
                var actual = string.Join(' ', read[i].Transactions.Select(t => CamtShape.Number(t.Amount.Amount) + (t.Batch is not null && t.Details!.Parts.Count == 0 && HasDetails(t, bytes) ? "s" : "")));
                Assert.True(expected == actual, $"{file}:\n{expected}\n{actual}");
            }
        }
    }

    // A split transaction is a detail: its slice begins with the detail's tag.
    private static bool HasDetails(BankTransaction t, byte[] bytes) => bytes.AsSpan((int)t.Offset, t.Length).IndexOf("TxDtls"u8) is > 0 and < 24;

    [CorpusFact]
    public async Task The_model_is_the_same_wherever_the_chunks_fall_and_however_lines_end()
    {
        var options = new StatementReaderOptions { RawText = RawText.Entry };
        foreach (var file in Files.Where((_, i) => i % 3 == 0))
        {
            var bytes = File.ReadAllBytes(file);
            var whole = CamtShape.Of(CamtShape.Read(bytes, options));
            foreach (var size in Chunks.Sizes.Where(s => s != 1 || bytes.Length < 20_000))
            {
                Assert.True(whole == CamtShape.Of(await CamtShape.ReadChunks(bytes, size, options)), $"{file} in pieces of {size}");
            }

            var lines = CamtShape.Of(CamtShape.Read(bytes), withPlaces: false);
            var text = Encoding.Latin1.GetString(bytes).ReplaceLineEndings("\n");
            foreach (var end in new[] { "\n", "\r\n", "\r" })
            {
                var other = CamtShape.Of(CamtShape.Read(Encoding.Latin1.GetBytes(text.ReplaceLineEndings(end))), withPlaces: false);
                Assert.True(lines == other, $"{file} with {end.Length} {(int)end[0]}:\n{FirstDifference(lines, other)}");
            }
        }
    }

    private static string FirstDifference(string one, string other)
    {
        var (a, b) = (one.Split('\n'), other.Split('\n'));
        var at = Enumerable.Range(0, Math.Min(a.Length, b.Length)).FirstOrDefault(i => a[i] != b[i]);
        return a[at] + "\n" + b[at];
    }
}
