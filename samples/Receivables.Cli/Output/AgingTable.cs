using NodaTime.Text;
using Receivables.Sdk;
using Receivables.Sdk.Aging;
using Spectre.Console;

namespace Receivables.Cli.Output;

/// <summary>An aging report as a table for people.</summary>
internal static class AgingTable
{
    internal static void Write(IAnsiConsole console, AgingReport report, string title = "Aging")
    {
        var table = PeopleTable.Titled($"{title} as of {LocalDatePattern.Iso.Format(report.AsOf)}").Words("group", "").Numbers([.. report.Columns.Select(c => c.Label), "total", "disputed"]);
        foreach (var row in report.Rows.Concat(report.Totals))
        {
            if (row.IsTotal && row == report.Totals[0] && report.Rows.Length > 0)
            {
                table.AddEmptyRow();
            }

            table.AddRow([
                Cell(row.IsTotal ? "total" : row.Group), Cell(row.Currency.Code), .. row.Cells.Select(c => Amount(c.Amount)), Amount(row.Total), Amount(row.Disputed),
            ]);
        }

        console.Print(table);
    }

    private static Markup Cell(string text) => new(Markup.Escape(Faults.Escape(text)));

    private static Markup Amount(Money amount) => new(amount.IsZero ? "[dim]–[/]" : Markup.Escape(amount.ToAmountString()));
}
