using System.Buffers;
using Receivables.Cli.Commands;
using Spectre.Console;

namespace Receivables.Cli.Output;

/// <summary>Lines of a report as a table for people.</summary>
internal static class ReportTable
{
    private const int ManyColumns = 10;
    private const int LongestWord = 24;
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("-0123456789.% ");

    internal static void Write(IAnsiConsole console, IReadOnlyList<ReportLine> lines)
    {
        if (lines.Count == 0)
        {
            console.WriteLine("nothing to report");
            return;
        }

        // Of few lines with many values each becomes a column.
        List<List<string>> rows = [[.. lines[0].Cells.Select(c => c.Title)], .. lines.Select(l => l.Cells.Select(c => c.Text).ToList())];
        var isTurned = rows[0].Count > ManyColumns && rows[0].Count > rows.Count;
        if (isTurned)
        {
            rows = [.. Enumerable.Range(0, rows[0].Count).Select(i => rows.Select(r => r[i]).ToList())];
        }

        var table = PeopleTable.Titled();
        for (var i = 0; i < rows[0].Count; i++)
        {
            var texts = rows.Skip(1).Select(r => r[i]).Where(t => t.Length > 0).ToList();
            _ = texts.Exists(t => t.Length > LongestWord) ? table.Sentences(rows[0][i])
                : texts.Count > 0 && (isTurned ? i > 0 && texts.Exists(IsNumber) : texts.TrueForAll(IsNumber)) ? table.Numbers(rows[0][i])
                : table.Words(rows[0][i]);
        }

        foreach (var row in rows.Skip(1))
        {
            table.AddRow([.. row.Select(c => Markup.Escape(Faults.Escape(c)))]);
        }

        console.Print(table);
    }

    private static bool IsNumber(string text) => char.IsAsciiDigit(text.TrimStart('-').FirstOrDefault()) && !text.AsSpan().ContainsAnyExcept(NumberCharacters);
}
