using System.Globalization;
using Receivables.Sdk.Statements;
using Spectre.Console;

namespace Receivables.Cli.Output;

/// <summary>A bank statement as a table for people.</summary>
internal static class StatementTable
{
    internal static void Write(IAnsiConsole console, string file, BankStatement statement)
    {
        var table = PeopleTable.Titled(Title(file, statement)).Words("booked", "value").Numbers("amount").Sentences("counterparty", "remittance").Words("reference");
        foreach (var t in statement.Transactions)
        {
            table.AddRow(
                Cell(t.BookingDate?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)),
                Cell(t.ValueDate?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)),
                Cell((t.IsReversal ? "↺ " : "") + t.Amount),
                Cell(t.Counterparty?.Name ?? t.Counterparty?.AccountText),
                Cell(t.Remittance is { Length: > 70 } r ? r[..69] + "…" : t.Remittance),
                Cell(t.StructuredReference ?? t.EndToEndId));
        }

        console.Print(table);
        console.MarkupLine(Markup.Escape(Foot(statement)));
        foreach (var kind in statement.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Info).GroupBy(d => d.Code))
        {
            console.MarkupLine(Markup.Escape(Faults.Escape(Note(kind.First(), kind.Count()))));
        }

        console.WriteLine();
    }

    // What is worth knowing and no fault: faults are on the error stream.
    private static string Note(Diagnostic first, int count) => string.Create(
        CultureInfo.InvariantCulture, $"note {first.Code}: {first.Message} (line {Math.Max(1, first.Location.Line)}{(count > 1 ? $", and {count - 1} more" : "")})");

    private static Markup Cell(string? text) => new(Markup.Escape(Faults.Escape(text ?? "")));

    private static string Title(string file, BankStatement s) =>
        $"{file}  {s.Format}  {s.Account.Iban?.ToPrintString() ?? s.Account.Number}  {s.Header.Number}";

    private static string Foot(BankStatement s) => string.Join("  ", new[]
    {
        s.Closing.Opening is { } o ? $"opening {o.Amount}" : null,
        string.Create(CultureInfo.InvariantCulture, $"{s.Transactions.Count} transactions"),
        s.Closing.Closing is { } c ? $"closing {c.Amount}" : null,
        s.Verdict switch
        {
            IntegrityVerdict.Proven => "✓ adds up",
            IntegrityVerdict.Inconsistent i => $"✗ does not add up: {i.Check}, difference {i.Difference}",
            IntegrityVerdict.Unverifiable u => $"cannot be proved ({u.Reason})",
            _ => null,
        },
    }.OfType<string>());
}
