using System.Text;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Camt;
using Receivables.Sdk.Statements.Csv;
using Receivables.Sdk.Statements.Mt;
using Receivables.Sdk.TestKit.Statements;

namespace Receivables.Sdk.Tests.Statements.Fuzz;

/// <summary>A generated file whose truth is known.</summary>
internal sealed class KnownFile
{
    private static readonly byte[][] MtSnippets = Bytes(
        ":61:", ":86:", ":62F:", ":62M:", ":60F:", ":60M:", ":20:", "\r\n", "\n-\n", "-}", "{4:", ",", "?2", "/REMI/", "RC", "RD", "D", "C", "EUR", "0", "9", "\0", "\u00ff", "@@", ":", "2601050105C1,00NTRFNONREF");

    private static readonly byte[][] CamtSnippets = Bytes(
        "<Ntry>", "</Ntry>", "<Ntry/>", "<TxDtls>", "</TxDtls>", "</NtryDtls>", "<Stmt>", "</Stmt>", "<Bal>", "</Amt>", "<Amt Ccy=\"EUR\">1.00</Amt>", "<CdtDbtInd>DBIT</CdtDbtInd>", "<RvslInd>true</RvslInd>",
        "PDNG", "&amp;", "&#0;", "<![CDATA[", "]]>", "<!--", "-->", "<?x?>", "<!DOCTYPE x>", "\0", "</BkToCstmrStmt>");

    private static readonly byte[][] CsvSnippets = Bytes("\"", "\"\"", ";", ",", "\n", "\r", "\r\n", "\t", "0", "-", "+", "Af", "Bij", "EUR", "\0", "\u00e4", "2026-01-05", "1,00", "'");

    private readonly byte[][] _snippets;
    private readonly decimal[] _amounts;

    // The booked entries, where details make one transaction each.
    private readonly decimal[] _entries;
    private readonly bool _isNewestFirst;

    private KnownFile(string name, IStatementReader reader, byte[] bytes, byte[][] snippets, SampleMonth month, bool isNewestFirst = false)
    {
        (Name, Reader, Content, _snippets, Month) = (name, reader, bytes, snippets, month);
        _amounts = [.. month.Rows.Select(r => r.Amount)];
        _entries = [.. month.Rows.GroupBy(r => r.Batch ?? r.BankReference).Select(g => g.Sum(r => r.Amount))];
        _isNewestFirst = isNewestFirst;
    }

    internal static IReadOnlyList<KnownFile> All { get; } = Create();

    internal string Name { get; }

    internal IStatementReader Reader { get; }

    internal byte[] Content { get; }

    internal SampleMonth Month { get; }

    internal byte[] Mutate(SampleRandom random) => Mutator.Mutate(Content, _snippets, random);

    /// <summary>Whether a proven statement says the truth: the number, the directions and the amounts of its entries, in whatever order damage put them.</summary>
    /// <remarks>
    /// A batch whose details are damaged is one entry with the batch's amount, which is true.
    /// Null when it bears other balances than the file: then it is the statement of another month, right in itself, and nothing in it can tell. Of a CSV
    /// file, which states no balances but the running one, the rows must be a part of the true ones without a gap; the amount of the first in time stands
    /// in no balance but its own.
    /// </remarks>
    internal bool? IsTrue(BankStatement statement)
    {
        // An entry of nothing, which damage can make of a text, moves nothing: no sum can tell it.
        var amounts = statement.Transactions.Select(t => t.Amount.Amount).Where(a => a != 0m).ToList();
        var closing = statement.Closing;
        if (statement.Format != StatementFormat.Csv)
        {
            return closing.Opening?.Amount.Amount == Month.Opening && closing.Closing?.Amount.Amount == Month.Closing ? amounts.Order().SequenceEqual(_amounts.Order()) || amounts.Order().SequenceEqual(_entries.Order()) : null;
        }

        if (_isNewestFirst)
        {
            amounts.Reverse();
        }

        var balances = new List<decimal> { Month.Opening };
        balances.AddRange(_amounts.Select(a => balances[^1] + a));
        var end = balances.LastIndexOf(closing.Closing?.Amount.Amount ?? decimal.MinValue);
        var start = end - amounts.Count;
        return end < 0 ? null : start >= 0 && amounts.Skip(1).SequenceEqual(_amounts.Skip(start + 1).Take(amounts.Count - 1));
    }

    private static IReadOnlyList<KnownFile> Create()
    {
        var dutch = SampleMonth.Create(1, 5);
        var german = SampleMonth.Create(2, 5, "DE");
        var batched = SampleMonth.Create(3, 5);
        batched = batched with { Rows = [.. batched.Rows.Select((r, i) => i is 1 or 2 ? r with { Batch = "B1", BookingDate = batched.Rows[1].BookingDate, ValueDate = batched.Rows[1].ValueDate } : r)] };
        var mt = new MtStatementReader();
        var camt = new CamtStatementReader();
        var csv = new CsvStatementReader();
        return
        [
            new("MT940, Dutch", mt, MtGenerator.Write([dutch], MtDialect.Dutch), MtSnippets, dutch),
            new("camt.053.001.08", camt, CamtWriter.Write([batched]), CamtSnippets, batched),
            new("CSV, Rabobank", csv, Encoding.UTF8.GetBytes(CsvWriter.Rabobank(dutch)), CsvSnippets, dutch),
            new("MT940, German", mt, MtGenerator.Write([german], MtDialect.German, "\n"), MtSnippets, german),
            new("camt.053.001.02, lines", camt, CamtWriter.Write([dutch], 2, "\n  "), CamtSnippets, dutch),
            new("CSV, ING", csv, Encoding.UTF8.GetBytes(CsvWriter.Ing(dutch)), CsvSnippets, dutch, isNewestFirst: true),
            new("CSV, KBC", csv, Encoding.UTF8.GetBytes(CsvWriter.Kbc(dutch)), CsvSnippets, dutch),
        ];
    }

    private static byte[][] Bytes(params ReadOnlySpan<string> texts)
    {
        var bytes = new byte[texts.Length][];
        for (var i = 0; i < texts.Length; i++)
        {
            bytes[i] = Encoding.Latin1.GetBytes(texts[i]);
        }

        return bytes;
    }
}
