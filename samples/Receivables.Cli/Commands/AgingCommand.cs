using System.CommandLine;
using System.Globalization;
using Receivables.Cli.Output;
using Receivables.Sdk.Aging;

namespace Receivables.Cli.Commands;

/// <summary><c>receivables aging</c>: who owes how much since when.</summary>
internal static class AgingCommand
{
    internal static Command Create(Terminal terminal)
    {
        var ledger = LedgerInput.File();
        var asOf = LedgerInput.AsOf(required: true);
        var knownAt = LedgerInput.KnownAt();
        var by = new Option<string>("--by") { Description = "Count days from the due date or from the date of issue.", DefaultValueFactory = _ => "due" };
        by.AcceptOnlyFromAmong("due", "issued");
        var buckets = new Option<string>("--buckets") { Description = "Last days of the buckets, rising.", DefaultValueFactory = _ => "30,60,90" };
        var groupBy = new Option<string>("--group-by") { Description = "What makes a row.", DefaultValueFactory = _ => "customer" };
        groupBy.AcceptOnlyFromAmong("customer", "group", "parent", "none");
        var json = CommonOptions.Json();
        var command = new Command("aging", "Ages what is open, as of any date.") { ledger, asOf, knownAt, by, buckets, groupBy, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = AgingOptions.Default with
            {
                Basis = parsed.GetValue(by) == "issued" ? AgingBasis.Issued : AgingBasis.Due,
                Scheme = Scheme(parsed.GetRequiredValue(buckets)),
                GroupBy = parsed.GetValue(groupBy) switch
                {
                    "group" => AgingDimension.Group,
                    "parent" => AgingDimension.Parent,
                    "none" => AgingDimension.None,
                    _ => AgingDimension.Customer,
                },
            };
            var faults = new Faults(terminal);
            if (await LedgerInput.LoadAsync(faults, parsed.GetRequiredValue(ledger), cancellationToken).ConfigureAwait(false) is { } book)
            {
                var report = new AgingEngine(options).Age(book.Snapshot(parsed.GetRequiredValue(asOf), parsed.GetValue(knownAt)));
                await PrintAsync(terminal, report, parsed.GetValue(json)).ConfigureAwait(false);
            }

            return faults.Status;
        });
        return command;
    }

    private static async Task PrintAsync(Terminal terminal, AgingReport report, bool asJson)
    {
        if (asJson)
        {
            await using var lines = new JsonLines(terminal.Output);
            foreach (var row in report.Rows.Concat(report.Totals))
            {
                lines.Write(w => AgingJson.Write(w, row));
            }

            return;
        }

        await using var people = new StreamWriter(terminal.Output, leaveOpen: true);
        AgingTable.Write(terminal.People(people), report);
    }

    private static AgingScheme Scheme(string text)
    {
        var days = new List<int>();
        foreach (var part in text.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var day) || day is <= 0 or int.MaxValue || (days.Count > 0 && day <= days[^1]))
            {
                throw new CommandLineException(CommandLineException.BadValue, "--buckets needs rising positive numbers of days, such as 30,60,90.");
            }

            days.Add(day);
        }

        return AgingScheme.FromDays([.. days]);
    }
}
