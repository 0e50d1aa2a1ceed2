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
        // The plan of one day says it once.
        var isOneDay = actions.Count > 0 && actions.All(a => a.On == actions[0].On);
        var table = PeopleTable.Titled(isOneDay ? "Reminders on " + LocalDatePattern.Iso.Format(actions[0].On) : "Reminders");
        if (!isOneDay)
        {
            table.Words("on");
        }

        table.Words("customer", "level", "kind", "channel").Sentences("invoices").Numbers("total").Sentences("why");
        foreach (var action in actions)
        {
            IEnumerable<string> cells =
            [
                action.Customer.Value,
                action.Level.ToString(CultureInfo.InvariantCulture),
                action.KindCode,
                $"{action.Channel} ({action.Language})",
                string.Join(", ", action.Lines.Select(l => l.Number ?? l.Invoice.Value)),
                action.Total.ToString(),
                action.Reasons.Count > 0 ? action.Reasons[0].Text : "",
            ];
            table.AddRow([.. (isOneDay ? cells : cells.Prepend(LocalDatePattern.Iso.Format(action.On))).Select(Cell)]);
        }

        console.Print(table);
        if (held.Count > 0)
        {
            var why = PeopleTable.Titled("Held").Words("invoice", "instalment", "customer", "reason", "until").Sentences("text");
            foreach (var item in held)
            {
                why.AddRow(
                    Cell(item.Invoice.Value), Cell(item.Instalment.ToString(CultureInfo.InvariantCulture)), Cell(item.Customer?.Value ?? ""), Cell(item.Code),
                    Cell(item.Until is { } until ? LocalDatePattern.Iso.Format(until) : ""), Cell(item.Text));
            }

            console.Print(why);
        }
    }

    private static Markup Cell(string text) => new(Markup.Escape(Faults.Escape(text)));
}
