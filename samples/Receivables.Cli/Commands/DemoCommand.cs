using System.CommandLine;
using System.Globalization;
using System.Text;
using NodaTime;
using Receivables.Cli.Output;
using Receivables.Sdk;
using Receivables.Sdk.Aging;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.Serialization;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Reading;
using Spectre.Console;

namespace Receivables.Cli.Commands;

/// <summary><c>receivables demo</c>: the whole job on the bundled sample files.</summary>
internal static class DemoCommand
{
    private static readonly LocalDate AsOf = new(2026, 3, 31);

    internal static Command Create(Terminal terminal)
    {
        var folder = new Option<string?>("--out") { Description = "Leave the results in this folder." };
        var command = new Command("demo", "The whole job on bundled sample files: read, match, post, age, remind.") { folder };
        command.SetAction((parsed, cancellationToken) => RunAsync(terminal, parsed.GetValue(folder), cancellationToken));
        return command;
    }

    private static string Data(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);

    private static async Task<int> RunAsync(Terminal terminal, string? folder, CancellationToken cancellationToken)
    {
        var faults = new Faults(terminal);
        await using var people = new StreamWriter(terminal.Output, leaveOpen: true);
        var console = terminal.People(people);
        try
        {
            if (folder is not null)
            {
                Directory.CreateDirectory(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            faults.CannotWrite(folder!, e);
            return faults.Status;
        }

        using var results = new DemoResults(folder);
        var transactions = await ReadStatementsAsync(console, faults, results, cancellationToken).ConfigureAwait(false);
        var book = await LedgerInput.LoadAsync(faults, Data("ledger.jsonl"), cancellationToken).ConfigureAwait(false);
        if (book is null || PolicyInput.Load(faults, Data("policy.json")) is not { } engine)
        {
            return ExitStatus.Faulty;
        }

        Heading(console, "Payments put together with open items");
        var matches = new PaymentMatcher(book.Snapshot(AsOf)).Match(transactions, cancellationToken);
        MatchTable.Write(console, matches);
        results.Write("matches.jsonl", matches, MatchResultJson.Write, hasBraces: true);

        var after = Post(console, matches, book.Snapshot(AsOf), results);
        Heading(console, "Aging before and after");
        AgingTable.Write(console, Age(book, results, "aging-before.jsonl"), "Before posting: aging");
        AgingTable.Write(console, Age(after, results, "aging-after.jsonl"), "After posting: aging");

        Heading(console, "The same statement again");
        var again = new PaymentMatcher(after.Snapshot(AsOf)).Match(transactions, cancellationToken);
        console.MarkupLine(Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{again.Count(m => m.Outcome == MatchOutcome.AlreadyPosted)} of {transactions.Count} transactions are posted already; nothing is posted twice.")));

        Heading(console, "Reminders planned");
        var plan = engine.Plan(after.Snapshot(AsOf), PendingOf(matches));
        ReminderTable.Write(console, plan.Actions, []);
        var held = plan.Held.GroupBy(h => h.Code).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {g.Key}"));
        console.MarkupLine(Markup.Escape($"held: {string.Join(", ", held)}"));
        results.Write("reminders.jsonl", plan.Actions, ReminderJson.Write);
        if (folder is not null)
        {
            console.MarkupLine(Markup.Escape($"results in {folder}"));
        }

        return faults.Status;
    }

    // The same month in three formats: the second and third bring nothing new, which the format-independent keys tell.
    private static async Task<List<BankTransaction>> ReadStatementsAsync(IAnsiConsole console, Faults faults, DemoResults results, CancellationToken cancellationToken)
    {
        Heading(console, "One month of one account, in three formats");
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns("file", "format", "account", "from", "to", "transactions", "closing", "verdict", "new");
        var known = new HashSet<string>(StringComparer.Ordinal);
        var transactions = new List<BankTransaction>();
        string[] files = [Data("bank-2026-03.sta"), Data("bank-2026-03.xml"), Data("bank-2026-03.csv")];
        await foreach (var file in StatementInput.ReadAsync(faults, files, StatementFileReaderOptions.Default, cancellationToken).ConfigureAwait(false))
        {
            foreach (var statement in file.Statements)
            {
                var added = statement.Transactions.Where(t => known.Add(t.Keys.Single(k => k.Kind == ImportKeyKind.FormatIndependent).Value)).ToList();
                transactions.AddRange(added);
                string[] cells =
                [
                    Path.GetFileName(file.Name), statement.Format.Name, statement.Account.Iban?.Value ?? statement.Account.Number ?? "",
                    statement.Closing.From?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) ?? "", statement.Closing.To?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) ?? "",
                    statement.Transactions.Count.ToString(CultureInfo.InvariantCulture), statement.Closing.Closing?.Amount.ToString() ?? "",
                    statement.Verdict is IntegrityVerdict.Proven ? "adds up" : "not proved", added.Count.ToString(CultureInfo.InvariantCulture),
                ];
                table.AddRow([.. cells.Select(c => new Markup(Markup.Escape(c)))]);
                results.Write("statements.jsonl", [statement], (json, s) => StatementJson.Write(json, Path.GetFileName(file.Name), s));
            }
        }

        console.Write(table);
        return transactions;
    }

    private static LedgerBook Post(IAnsiConsole console, IReadOnlyList<MatchResult> matches, LedgerSnapshot before, DemoResults results)
    {
        var events = PaymentPosting.Plan(matches.Select(PostableMatch.From), before).Events;
        console.MarkupLine(Markup.Escape(string.Create(CultureInfo.InvariantCulture,
            $"posted: {events.Count(e => e is PaymentReceived)} payments, {events.Count(e => e is AllocationMade)} allocations, {events.Count(e => e is PaymentReturned)} returns")));
        var lines = Encoding.UTF8.GetBytes(string.Concat(events.Select(e => LedgerFileWriter.ToLine(e) + "\n")));
        results.WriteBytes("posted.jsonl", lines);

        // The lines are appended to the ledger file, as a host would do it.
        return new LedgerFileReader().ReadBook((byte[])[.. File.ReadAllBytes(Data("ledger.jsonl")), .. lines]).Book!;
    }

    private static AgingReport Age(LedgerBook book, DemoResults results, string file)
    {
        var report = new AgingEngine(AgingOptions.Default with { GroupBy = AgingDimension.Group }).Age(book.Snapshot(AsOf));
        results.Write(file, report.Rows.Concat(report.Totals), AgingJson.Write);
        return report;
    }

    // Nobody is reminded whose likely payment still waits for a person.
    private static ReminderFacts PendingOf(IEnumerable<MatchResult> matches) => new()
    {
        PendingPayments = [.. matches.Where(m => m is { Decision: MatchDecision.Suggested, Customer: not null }).Select(m => new PendingPayment(m.Customer!.Value, m.Transaction.Id))],
    };

    private static void Heading(IAnsiConsole console, string text)
    {
        console.WriteLine();
        console.Write(new Rule(Markup.Escape(text)) { Justification = Justify.Left });
    }
}
