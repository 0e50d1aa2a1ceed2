using System.Globalization;
using NodaTime.Text;
using Receivables.Sdk.Matching;
using Spectre.Console;

namespace Receivables.Cli.Output;

/// <summary>The answers of the matching engine as a table for people.</summary>
internal static class MatchTable
{
    internal static void Write(IAnsiConsole console, IReadOnlyList<MatchResult> answers)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle("Matches") };
        table.AddColumns("booked");
        table.AddColumn(new TableColumn("amount").RightAligned());
        table.AddColumns("from", "decision", "customer", "documents", "why");
        table.AddColumn(new TableColumn("sure").RightAligned());
        foreach (var answer in answers)
        {
            var t = answer.Transaction;
            table.AddRow(
                Cell(t.BookingDate is { } date ? LocalDatePattern.Iso.Format(date) : ""),
                Cell(t.Amount.ToAmountString()),
                Cell(Short(t.Counterparty?.Name ?? t.Counterparty?.AccountText ?? "", 24)),
                new Markup($"[{Colour(answer.Decision)}]{Words.Of(answer.Decision)}[/]"),
                Cell(answer.Customer?.Value ?? ""),
                Cell(Documents(answer)),
                Cell(Short(Why(answer), 64)),
                Cell(answer.Confidence is { } c ? (c * 100m).ToString("0.0", CultureInfo.InvariantCulture) + " %" : ""));
        }

        console.Write(table);
        var counts = answers.GroupBy(a => a.Decision).OrderBy(g => g.Key).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {Words.Of(g.Key)}"));
        console.MarkupLine(Markup.Escape($"{answers.Count.ToString(CultureInfo.InvariantCulture)} transactions: {string.Join(", ", counts)}"));
    }

    private static string Documents(MatchResult answer)
    {
        var parts = answer.Allocations.Select(a => $"{a.Document} {(a.Kind == Sdk.Ledger.AllocationKind.Payment ? "" : Words.Of(a.Kind) + " ")}{a.Amount.ToAmountString()}")
            .Concat(answer.Reverses.Select(p => $"takes back {p}"))
            .Concat(answer.Clears.Select(p => $"clears {p}"))
            .Concat(answer.Payment is { } payment ? [payment.Value] : []);
        var text = string.Join("\n", parts);
        return text.Length > 0 ? text : Words.Of(answer.Outcome);
    }

    private static string Why(MatchResult answer)
    {
        var reasons = answer.Explanation.Where(e => e.Units > 0 && e.Code != EvidenceCode.Prior).Take(3)
            .Select(e => e.Detail.Length > 0 ? $"{Words.Of(e.Code)} {e.Detail}" : Words.Of(e.Code));
        return $"{Words.Of(answer.Outcome)}: {string.Join(", ", reasons)}";
    }

    private static string Colour(MatchDecision decision) => decision switch
    {
        MatchDecision.Automatic => "green",
        MatchDecision.Suggested => "yellow",
        MatchDecision.Unmatched => "red",
        _ => "dim",
    };

    private static string Short(string text, int length) => text.Length > length ? text[..(length - 1)] + "…" : text;

    private static Markup Cell(string text) => new(Markup.Escape(text.Contains('\n', StringComparison.Ordinal) ? string.Join('\n', text.Split('\n').Select(Faults.Escape)) : Faults.Escape(text)));
}
