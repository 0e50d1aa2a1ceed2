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
        var table = PeopleTable.Titled("Matches").Words("booked").Numbers("amount").Sentences("from").Words("decision", "customer", "documents").Sentences("why").Numbers("sure");
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
                Cell(Why(answer)),
                // Never rounded up: what is not certain does not read so.
                Cell(answer.Confidence is { } c ? decimal.Round(c * 100m, 1, MidpointRounding.ToZero).ToString("0.0", CultureInfo.InvariantCulture) + " %" : ""));
        }

        console.Print(table);
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

    // What is posted unseen in a line; for what a person must look at the three heaviest reasons in words, what speaks against it, and the nearest where nothing fits.
    private static string Why(MatchResult answer)
    {
        if (answer.Decision is MatchDecision.Automatic or MatchDecision.NotReceivable)
        {
            var words = answer.Explanation.Where(e => e.Code != EvidenceCode.Prior && !IsDoubt(e) && (e.Units > 0 || answer.Allocations.Count == 0)).Take(3)
                .Select((e, i) => i == 0 && e.Detail.Length > 0 ? $"{Words.Of(e.Code)} {e.Detail}" : Words.Of(e.Code));
            var line = string.Join(", ", words);
            return Short(line.Length == 0 ? Words.Of(answer.Outcome) : $"{Words.Of(answer.Outcome)}: {line}", 64);
        }

        var reasons = answer.Explanation.Where(e => e.Code != EvidenceCode.Prior && (e.Units > 0 || answer.Allocations.Count == 0) && !IsDoubt(e)).Take(3).Select(e => e.Text);
        var doubts = answer.Explanation.Where(IsDoubt).Take(3).Select(e => "but " + e.Text);
        var nearest = answer.Decision == MatchDecision.Unmatched && answer.Alternatives is [var first, ..] ? [Nearest(first)] : Enumerable.Empty<string>();
        return string.Join('\n', [Words.Of(answer.Outcome), .. reasons.Concat(doubts).Concat(nearest).Select(r => "- " + Short(r, 78))]);
    }

    private static bool IsDoubt(MatchEvidence evidence) =>
        (evidence.Units < 0 && evidence.Code != EvidenceCode.Prior)
        || evidence.Code is EvidenceCode.Disputed or EvidenceCode.Reservation or EvidenceCode.AmountElsewhere or EvidenceCode.NumbersElsewhere or EvidenceCode.ConfirmedOtherwise;

    private static string Nearest(MatchAlternative candidate)
    {
        var differences = candidate.Differences.Select(d => $"{d.Field} {d.Bank ?? "none"}, not {d.Ledger ?? "none"}");
        return $"nearest {candidate.Customer} {string.Join('+', candidate.Allocations.Select(a => a.Document.Value).Distinct())}: {string.Join("; ", differences)}";
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
