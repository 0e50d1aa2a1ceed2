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
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape($"{title} as of {LocalDatePattern.Iso.Format(report.AsOf)}")) };
        table.AddColumn("group");
        table.AddColumn("");
        foreach (var column in report.Columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column.Label)).RightAligned());
        }

        table.AddColumn(new TableColumn("total").RightAligned());
        table.AddColumn(new TableColumn("disputed").RightAligned());
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

        console.Write(table);
    }

    private static Markup Cell(string text) => new(Markup.Escape(Faults.Escape(text)));

    private static Markup Amount(Money amount) => new(amount.IsZero ? "[dim]–[/]" : Markup.Escape(amount.ToAmountString()));
}
