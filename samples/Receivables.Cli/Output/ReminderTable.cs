using System.Globalization;
using NodaTime.Text;
using Receivables.Sdk.Reminders;
using Spectre.Console;

namespace Receivables.Cli.Output;

/// <summary>Planned reminders as a table for people.</summary>
internal static class ReminderTable
{
    internal static void Write(IAnsiConsole console, IReadOnlyList<ReminderAction> actions, IReadOnlyList<HeldItem> held)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle("Reminders") };
        table.AddColumns("on", "customer", "level", "kind", "channel", "invoices");
        table.AddColumn(new TableColumn("total").RightAligned());
        table.AddColumn("why");
        foreach (var action in actions)
        {
            table.AddRow(
                Cell(LocalDatePattern.Iso.Format(action.On)),
                Cell(action.Customer.Value),
                Cell(action.Level.ToString(CultureInfo.InvariantCulture)),
                Cell(action.KindCode),
                Cell($"{action.Channel} ({action.Language})"),
                Cell(string.Join(", ", action.Lines.Select(l => l.Number ?? l.Invoice.Value))),
                Cell(action.Total.ToString()),
                Cell(action.Reasons.Count > 0 ? action.Reasons[0].Text : ""));
        }

        console.Write(table);
        if (held.Count > 0)
        {
            var why = new Table { Border = TableBorder.Rounded, Title = new TableTitle("Held") };
            why.AddColumns("invoice", "instalment", "customer", "reason", "until", "text");
            foreach (var item in held)
            {
                why.AddRow(
                    Cell(item.Invoice.Value), Cell(item.Instalment.ToString(CultureInfo.InvariantCulture)), Cell(item.Customer?.Value ?? ""), Cell(item.Code),
                    Cell(item.Until is { } until ? LocalDatePattern.Iso.Format(until) : ""), Cell(item.Text));
            }

            console.Write(why);
        }
    }

    private static Markup Cell(string text) => new(Markup.Escape(Faults.Escape(text)));
}
