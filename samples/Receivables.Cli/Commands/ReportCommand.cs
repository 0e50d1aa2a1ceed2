using System.CommandLine;
using System.Text.Json;
using NodaTime;
using Receivables.Cli.Output;
using Receivables.Sdk.Aging;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reporting;
using Receivables.Sdk.Reporting.Html;

namespace Receivables.Cli.Commands;

/// <summary><c>receivables report</c>: metrics, forecast, behaviour, disputes, actions, health, and the report as a page.</summary>
internal static class ReportCommand
{
    internal static Command Create(Terminal terminal) => new("report", "What the ledger tells: figures, lists, and a page.")
    {
        OfLines(terminal, "metrics", "Named metrics with formula and inputs; --from is the first day of the period, by default a year before --as-of.", (book, asOf, from) =>
            [.. new MetricsEngine().Measure(ReceivablesHistory.Of(book.Snapshot(asOf)), from ?? asOf.PlusYears(-1).PlusDays(1), asOf).Select(ReportJson.Of)]),
        OfLines(terminal, "forecast", "Receipts expected in the next thirteen weeks, by four methods, each with its error on past days.", (book, asOf, _) =>
            new ForecastEngine().Forecast(book.Snapshot(asOf)) is var forecast ? [.. forecast.Currencies.SelectMany(c => ReportJson.Of(forecast, c))] : []),
        OfLines(terminal, "behaviour", "How each customer pays, where that is going, and early warnings.", (book, asOf, _) =>
            [.. new BehaviourEngine().Judge(ReceivablesHistory.Of(book.Snapshot(asOf))).Select(ReportJson.Of)]),
        OfLines(terminal, "disputes", "The register of disputes.", (book, asOf, _) => [.. DisputeRegister.Create(book.Snapshot(asOf)).Lines.Select(ReportJson.Of)]),
        OfLines(terminal, "actions", "What is to be done: calls, promises broken, disputes due.", (book, asOf, _) => [.. new ActionListEngine().Create(book.Snapshot(asOf)).Select(ReportJson.Of)]),
        OfLines(terminal, "health", "What is neglected: old unapplied money, stale disputes, reminders never sent.", (book, asOf, _) => [.. HealthCheck.Run(book.Snapshot(asOf)).Select(ReportJson.Of)]),
        Html(terminal),
    };

    private static Command OfLines(Terminal terminal, string name, string description, Func<LedgerBook, LocalDate, LocalDate?, IReadOnlyList<ReportLine>> lines)
    {
        var (ledger, asOf, json) = (LedgerInput.File(), LedgerInput.AsOf(required: true), CommonOptions.Json());
        var from = LedgerInput.OptionalDate("--from", "The first day of the period.");
        var command = new Command(name, description) { ledger, asOf, json };
        if (name == "metrics")
        {
            command.Add(from);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var faults = new Faults(terminal);
            if (await LedgerInput.LoadAsync(faults, parsed.GetRequiredValue(ledger), cancellationToken).ConfigureAwait(false) is { } book)
            {
                var day = parsed.GetRequiredValue(asOf);
                var first = name == "metrics" ? parsed.GetValue(from) : null;
                if (first > day)
                {
                    throw new CommandLineException(CommandLineException.BadValue, "--from lies after --as-of.");
                }

                await PrintAsync(terminal, lines(book, day, first), parsed.GetValue(json)).ConfigureAwait(false);
            }

            return faults.Status;
        });
        return command;
    }

    internal static async Task PrintAsync(Terminal terminal, IReadOnlyList<ReportLine> lines, bool asJson)
    {
        if (asJson)
        {
            await using var output = new JsonLines(terminal.Output);
            foreach (var line in lines)
            {
                output.Write(line.Write);
            }

            return;
        }

        await using var people = new StreamWriter(terminal.Output, leaveOpen: true);
        ReportTable.Write(terminal.People(people), lines);
    }

    private static Command Html(Terminal terminal)
    {
        var (ledger, asOf) = (LedgerInput.File(), LedgerInput.AsOf(required: true));
        var target = new Option<string?>("--out") { Description = "The file to write; standard output by default." };
        var command = new Command("html", "One self-contained page: aging, trend, forecast, metrics.") { ledger, asOf, target };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var faults = new Faults(terminal);
            if (await LedgerInput.LoadAsync(faults, parsed.GetRequiredValue(ledger), cancellationToken).ConfigureAwait(false) is { } book)
            {
                var page = HtmlReport.Create(Content(book, parsed.GetRequiredValue(asOf)));
                await WriteAsync(terminal, faults, parsed.GetValue(target), page, cancellationToken).ConfigureAwait(false);
            }

            return faults.Status;
        });
        return command;
    }

    private static async Task WriteAsync(Terminal terminal, Faults faults, string? target, string page, CancellationToken cancellationToken)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(page);
        if (target is null)
        {
            await terminal.Output.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            await File.WriteAllBytesAsync(target, bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            faults.CannotWrite(target, e);
        }
    }

    private static ReportContent Content(LedgerBook book, LocalDate asOf)
    {
        var snapshot = book.Snapshot(asOf);
        var aging = new AgingEngine();

        // The ends of the last eleven months, and today.
        var days = Enumerable.Range(1, 11).Select(m => asOf.PlusMonths(-m).With(DateAdjusters.EndOfMonth)).Reverse().Where(d => d < asOf);
        return new ReportContent
        {
            Title = snapshot.Name is { Length: > 0 } name ? $"Receivables of {name}" : "Receivables",
            Aging = aging.Age(snapshot),
            Names = snapshot.Customers.Where(c => c.Name is not null).ToDictionary(c => c.Id.Value, c => c.Name!),
            Trend = TrendPoint.Of([.. days.Select(d => aging.Age(book.Snapshot(d))), aging.Age(snapshot)]),
            Forecast = new ForecastEngine().Forecast(snapshot),
            Metrics = new MetricsEngine().Measure(ReceivablesHistory.Of(snapshot), asOf.PlusYears(-1).PlusDays(1), asOf),
        };
    }
}

/// <summary>A line of a report: cells for people, and an object for programs.</summary>
/// <param name="Cells">Titles and texts for a table.</param>
/// <param name="Write">The members of the JSON object.</param>
internal sealed record ReportLine(IReadOnlyList<(string Title, string Text)> Cells, Action<Utf8JsonWriter> Write);
