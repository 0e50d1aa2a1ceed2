using Receivables.Cli.Commands;
using Spectre.Console;

namespace Receivables.Cli.Output;

/// <summary>Lines of a report as a table for people.</summary>
internal static class ReportTable
{
    internal static void Write(IAnsiConsole console, IReadOnlyList<ReportLine> lines)
    {
        if (lines.Count == 0)
        {
            console.WriteLine("nothing to report");
            return;
        }

        var table = new Table { Border = TableBorder.Rounded };
        foreach (var (title, _) in lines[0].Cells)
        {
            table.AddColumn(Markup.Escape(title));
        }

        foreach (var line in lines)
        {
            table.AddRow([.. line.Cells.Select(c => Markup.Escape(Faults.Escape(c.Text)))]);
        }

        console.Write(table);
    }
}
