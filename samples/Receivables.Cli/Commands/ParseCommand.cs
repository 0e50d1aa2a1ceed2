using System.CommandLine;
using Receivables.Cli.Output;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Reading;
using Spectre.Console;

namespace Receivables.Cli.Commands;

/// <summary><c>receivables parse</c>: reads bank statements and prints one line for each.</summary>
internal static class ParseCommand
{
    private static readonly string[] Formats = ["auto", "mt940", "mt942", "camt052", "camt053", "camt054", "csv"];

    internal static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("file") { Description = "Statement files; - is standard input.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string>("--format") { Description = "Accept this format only.", DefaultValueFactory = _ => "auto" };
        format.AcceptOnlyFromAmong(Formats);
        var profile = new Option<string?>("--profile") { Description = "A CSV profile: the name of a built-in one, or a JSON file." };
        var strict = new Option<bool>("--strict") { Description = "Print no statement of a file that has an error." };
        var json = CommonOptions.Json();
        var command = new Command("parse", "Reads bank statements: MT940, MT942, camt.052/053/054, CSV, also in ZIP and gzip.") { files, format, profile, strict, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = StatementFileReaderOptions.Default with
            {
                Format = parsed.GetValue(format) is { } f and not "auto" ? new StatementFormat(f) : null,
                Reading = StatementReaderOptions.Default with { IsStrict = parsed.GetValue(strict) },
            };
            var faults = new Faults(terminal);
            return StatementInput.WithProfile(faults, options, parsed.GetValue(profile)) is { } complete
                ? RunAsync(terminal, faults, parsed.GetRequiredValue(files), complete, parsed.GetValue(json), cancellationToken)
                : Task.FromResult(faults.Status);
        });
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, Faults faults, string[] files, StatementFileReaderOptions options, bool asJson, CancellationToken cancellationToken)
    {
        await using var lines = new JsonLines(terminal.Output);
        await using var people = new StreamWriter(terminal.Output, leaveOpen: true);
        var console = terminal.People(people);
        await foreach (var file in StatementInput.ReadAsync(faults, files, options, cancellationToken).ConfigureAwait(false))
        {
            foreach (var statement in file.Statements)
            {
                if (asJson)
                {
                    lines.Write(w => StatementJson.Write(w, file.Name, statement));
                }
                else
                {
                    StatementTable.Write(console, file.Name, statement);
                }
            }
        }

        return faults.Status;
    }
}
