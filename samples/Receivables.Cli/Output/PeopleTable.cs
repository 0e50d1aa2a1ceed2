using Spectre.Console;
using Spectre.Console.Rendering;

namespace Receivables.Cli.Output;

/// <summary>Tables for people: a number, a date or an id is never broken in two; sentences are. On a narrow terminal lines and margins give way first.</summary>
internal static class PeopleTable
{
    // Sentences in a column narrower than this are read letter by letter.
    private const int NarrowestSentence = 20;

    internal static Table Titled(string? title = null) => new() { Border = TableBorder.Rounded, Title = title is null ? null : new TableTitle(Markup.Escape(Faults.Escape(title))) };

    /// <summary>Columns of amounts and counts: to the right, in one piece.</summary>
    internal static Table Numbers(this Table table, params ReadOnlySpan<string> titles) => Add(table, titles, c => c.RightAligned().NoWrap());

    /// <summary>Columns of dates, ids and words: in one piece.</summary>
    internal static Table Words(this Table table, params ReadOnlySpan<string> titles) => Add(table, titles, c => c.NoWrap());

    /// <summary>Columns of sentences and lists, which may be broken.</summary>
    internal static Table Sentences(this Table table, params ReadOnlySpan<string> titles) => Add(table, titles, c => c);

    internal static void Print(this IAnsiConsole console, Table table)
    {
        var width = console.Profile.Width;
        if (WidthOf(console, table) > width)
        {
            table.Border = TableBorder.None;
            foreach (var column in table.Columns)
            {
                column.Padding = new Padding(0, 0, 1, 0);
            }
        }

        // What is wider still goes on beyond the edge, where the terminal breaks the line: half a number in a cell is read as a whole one.
        console.Profile.Width = Math.Max(width, WidthOf(console, table));
        console.Write(table);
        console.Profile.Width = width;
    }

    private static Table Add(Table table, ReadOnlySpan<string> titles, Func<TableColumn, TableColumn> form)
    {
        foreach (var title in titles)
        {
            table.AddColumn(form(new TableColumn(Markup.Escape(Faults.Escape(title)))));
        }

        return table;
    }

    private static int WidthOf(IAnsiConsole console, Table table)
    {
        var options = RenderOptions.Create(console, console.Profile.Capabilities);
        var width = table.Border.Visible ? table.Columns.Count + 1 : 0;
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var column = table.Columns[i];
            var widest = table.Rows.Where(r => r.Count > i).Select(r => r[i]).Prepend(column.Header).Max(c => c.Measure(options, int.MaxValue).Max);
            width += (column.NoWrap ? widest : Math.Min(widest, NarrowestSentence)) + (column.Padding is { } padding ? padding.Left + padding.Right : 0);
        }

        return width;
    }
}
