using System.CommandLine;
using NodaTime;
using Receivables.Cli.Output;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Serialization;

namespace Receivables.Cli.Commands;

/// <summary><c>receivables post</c>: prints the ledger lines that carry answers of <c>match</c> out.</summary>
internal static class PostCommand
{
    internal static Command Create(Terminal terminal)
    {
        var ledger = LedgerInput.File();
        var matches = new Option<string>("--matches") { Description = "The output of match --json; - is standard input.", Required = true };
        var accept = new Option<string>("--accept") { Description = "Also what is suggested.", DefaultValueFactory = _ => "automatic" };
        accept.AcceptOnlyFromAmong("automatic", "suggested");
        var json = CommonOptions.Json();
        var command = new Command("post", "Prints the ledger lines that carry out the answers of match.") { ledger, matches, accept, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var faults = new Faults(terminal);
            var book = await LedgerInput.LoadAsync(faults, parsed.GetRequiredValue(ledger), cancellationToken).ConfigureAwait(false);
            var answers = await AnswerInput.ReadAsync(faults, parsed.GetRequiredValue(matches), cancellationToken).ConfigureAwait(false);
            if (book is null || answers is null)
            {
                return faults.Status;
            }

            var accepted = parsed.GetValue(accept) == "suggested";
            var plan = PaymentPosting.Plan(answers, book.Snapshot(LocalDate.MaxIsoValue), accepted);
            await using var output = new StreamWriter(terminal.Output, leaveOpen: true) { NewLine = "\n" };
            foreach (var posted in plan.Events)
            {
                output.WriteLine(LedgerFileWriter.ToLine(posted));
            }

            // What stands in the ledger already was posted before: it is told, and nothing is printed twice.
            foreach (var transaction in plan.AlreadyPosted)
            {
                faults.Warning(parsed.GetRequiredValue(matches), 1, 1, "CLI013", $"The transaction {transaction} is posted already; nothing is printed for it.");
            }

            return faults.Status;
        });
        return command;
    }
}
