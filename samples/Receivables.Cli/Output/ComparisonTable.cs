using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Receivables.Sdk.Reminders;
using Spectre.Console;

namespace Receivables.Cli.Output;

/// <summary>Two policies side by side, for people: what each sends and charges, then every customer who is treated otherwise.</summary>
internal static class ComparisonTable
{
    internal static void Write(IAnsiConsole console, PolicyComparison comparison)
    {
        var (first, second) = (comparison.First, comparison.Second);
        var table = PeopleTable.Titled("Policies compared").Words("").Sentences(first.Policy, second.Policy);
        Row("actions", t => Number(t.Count));
        foreach (var level in first.ByLevel.Concat(second.ByLevel).Select(l => l.Level).Distinct().Order())
        {
            Row("  at level " + Number(level), t => Number(t.ByLevel.FirstOrDefault(l => l.Level == level).Count));
        }

        Row("fees", t => string.Join(", ", t.Fees));
        Row("interest", t => string.Join(", ", t.Interest));
        foreach (var difference in comparison.Differences)
        {
            table.AddRow(Cell(difference.Customer.Value), Cell(Days(difference.First)), Cell(Days(difference.Second)));
        }

        console.Print(table);

        void Row(string what, Func<PolicyTrial, string> figure) => table.AddRow(Cell(what), Cell(figure(first)), Cell(figure(second)));
    }

    private static string Days(IReadOnlyList<(LocalDate On, int Level)> days) =>
        string.Join(", ", days.Select(d => string.Create(CultureInfo.InvariantCulture, $"{LocalDatePattern.Iso.Format(d.On)} level {d.Level}")));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Markup Cell(string text) => new(Markup.Escape(Faults.Escape(text)));
}
