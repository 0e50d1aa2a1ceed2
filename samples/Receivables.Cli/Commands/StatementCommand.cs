using System.CommandLine;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Receivables.Cli.Output;
using Receivables.Sdk;
using Receivables.Sdk.Reporting;
using Spectre.Console;

namespace Receivables.Cli.Commands;

/// <summary><c>receivables statement</c>: a customer's statement of account.</summary>
internal static class StatementCommand
{
    internal static Command Create(Terminal terminal)
    {
        var ledger = LedgerInput.File();
        var customer = new Option<string>("--customer") { Description = "The customer's id.", Required = true };
        var from = LedgerInput.Date("--from", "The first day.", required: true);
        var to = LedgerInput.Date("--to", "The last day.", required: true);
        var knownAt = LedgerInput.KnownAt();
        var json = CommonOptions.Json();
        var command = new Command("statement", "A customer's statement of account.") { ledger, customer, from, to, knownAt, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (first, last) = (parsed.GetRequiredValue(from), parsed.GetRequiredValue(to));
            if (last < first)
            {
                throw new CommandLineException(CommandLineException.BadValue, "--to lies before --from.");
            }

            var faults = new Faults(terminal);
            var name = parsed.GetRequiredValue(ledger);
            if (await LedgerInput.LoadAsync(faults, name, cancellationToken).ConfigureAwait(false) is { } book)
            {
                var snapshot = book.Snapshot(last, parsed.GetValue(knownAt));
                var id = parsed.GetRequiredValue(customer);
                if (id.Length == 0 || snapshot.Customers.All(c => c.Id != snapshot.Surviving(new CustomerId(id))))
                {
                    faults.Error(name, 1, 1, "CLI012", "There is no such customer in the ledger.");
                    return faults.Status;
                }

                await PrintAsync(terminal, new StatementEngine().Create(snapshot, new CustomerId(id), first), parsed.GetValue(json)).ConfigureAwait(false);
            }

            return faults.Status;
        });
        return command;
    }

    private static async Task PrintAsync(Terminal terminal, StatementOfAccount statement, bool asJson)
    {
        if (asJson)
        {
            await using var lines = new JsonLines(terminal.Output);
            lines.Write(json => StatementOfAccountJson.Write(json, statement));
            return;
        }

        await using var people = new StreamWriter(terminal.Output, leaveOpen: true);
        var console = terminal.People(people);
        foreach (var account in statement.Accounts)
        {
            Write(console, statement, account);
        }
    }

    private static void Write(IAnsiConsole console, StatementOfAccount statement, AccountStatement account)
    {
        var table = PeopleTable.Titled($"{statement.Name ?? statement.Customer.Value}  {Iso(statement.From)} – {Iso(statement.To)}  {account.Currency}")
            .Words("date", "document", "number", "kind").Numbers("amount", "balance");
        table.AddRow(Iso(statement.From), "", "", "opening", "", account.Opening.ToAmountString());
        foreach (var m in account.Movements)
        {
            table.AddRow(Iso(m.Date), Cell(m.Document.Value), Cell(m.Number), Words.Of(m.Kind), m.Amount.ToAmountString(), m.Balance.ToAmountString());
        }

        table.AddRow(Iso(statement.To), "", "", "closing", "", account.Closing.ToAmountString());
        console.Print(table);
        if (account.OpenItems.Count > 0)
        {
            var open = PeopleTable.Titled("Open items").Words("document", "number", "due").Numbers("open", "reminders").Words("last reminder");
            foreach (var item in account.OpenItems)
            {
                open.AddRow(
                    Cell(item.Document.Value), Cell(item.Number), Iso(item.Due), item.Open.ToAmountString(),
                    item.Reminders.ToString(CultureInfo.InvariantCulture), item.LastReminder is { } last ? Iso(last) : "");
            }

            console.Print(open);
        }
    }

    private static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private static string Cell(string? text) => Markup.Escape(Faults.Escape(text ?? ""));
}
