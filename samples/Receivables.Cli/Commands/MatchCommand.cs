using System.CommandLine;
using System.Globalization;
using NodaTime;
using Receivables.Cli.Output;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Reading;

namespace Receivables.Cli.Commands;

/// <summary><c>receivables match</c>: puts bank transactions and open items together.</summary>
internal static class MatchCommand
{
    internal static Command Create(Terminal terminal)
    {
        var ledger = LedgerInput.File();
        var statements = new Option<string[]>("--statements") { Description = "Statement files.", Required = true, AllowMultipleArgumentsPerToken = true };
        var settings = new Option<string?>("--settings") { Description = "Matching settings (JSON)." };
        var asOf = LedgerInput.OptionalDate("--as-of", "What is open on this date; the last booking date by default.");
        var json = CommonOptions.Json();
        var command = new Command("match", "Matches the transactions of statements with the ledger's open items.") { ledger, statements, settings, asOf, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var faults = new Faults(terminal);
            var options = SettingsInput.Load(faults, parsed.GetValue(settings));
            var book = await LedgerInput.LoadAsync(faults, parsed.GetRequiredValue(ledger), cancellationToken).ConfigureAwait(false);
            var transactions = await ReadAsync(faults, parsed.GetRequiredValue(statements), cancellationToken).ConfigureAwait(false);
            if (options is null || book is null)
            {
                return faults.Status;
            }

            var date = parsed.GetValue(asOf) ?? LastBooking(transactions);
            IReadOnlyList<MatchResult> answers = transactions.Count == 0 ? [] : new PaymentMatcher(book.Snapshot(date), options).Match(transactions, cancellationToken);
            await PrintAsync(terminal, answers, parsed.GetValue(json)).ConfigureAwait(false);
            return faults.Status;
        });
        return command;
    }

    /// <summary>The transactions of all statements in order, each id once. A file that shows the days of an earlier one in another format is told.</summary>
    private static async Task<List<BankTransaction>> ReadAsync(Faults faults, IEnumerable<string> files, CancellationToken cancellationToken)
    {
        var seen = new HashSet<Sdk.TransactionId>();
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        var transactions = new List<BankTransaction>();
        await foreach (var file in StatementInput.ReadAsync(faults, files, StatementFileReaderOptions.Default, cancellationToken).ConfigureAwait(false))
        {
            var added = file.Statements.SelectMany(s => s.Transactions).Where(t => seen.Add(t.Id)).ToList();
            var others = added.Select(t => t.Keys.Select(k => shown.GetValueOrDefault(k.Value)).FirstOrDefault(f => f is not null)).OfType<string>().ToList();
            if (others.Count > 0)
            {
                faults.Warning(file.Name, 1, 1, "CLI018", string.Create(
                    CultureInfo.InvariantCulture, $"{others.Count} transactions are most likely those of {others[0]} in another format, and would be posted twice: match one of the two files."));
            }

            foreach (var key in added.SelectMany(t => t.Keys))
            {
                shown.TryAdd(key.Value, file.Name);
            }

            transactions.AddRange(added);
        }

        return transactions;
    }

    private static LocalDate LastBooking(IEnumerable<BankTransaction> transactions) =>
        transactions.Select(t => t.BookingDate ?? t.ValueDate).Max() ?? LocalDate.MaxIsoValue;

    private static async Task PrintAsync(Terminal terminal, IReadOnlyList<MatchResult> answers, bool asJson)
    {
        if (asJson)
        {
            await using var lines = new JsonLines(terminal.Output);
            foreach (var answer in answers)
            {
                lines.WriteWhole(w => MatchResultJson.Write(w, answer));
            }

            return;
        }

        await using var people = new StreamWriter(terminal.Output, leaveOpen: true);
        MatchTable.Write(terminal.People(people), answers);
    }
}
