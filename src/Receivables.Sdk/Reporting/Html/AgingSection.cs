using System.Globalization;
using Receivables.Sdk.Aging;

namespace Receivables.Sdk.Reporting.Html;

/// <summary>Who owes what since when: cards, and a bar and the figures for each group.</summary>
internal static class AgingSection
{
    internal static void Write(Markup html, ReportContent content, AgingRow total)
    {
        Cards(html, total);
        Legend(html, content.Aging);
        var rows = content.Aging.Rows.Where(r => r.Currency == total.Currency)
            .OrderByDescending(r => r.Overdue.Amount).ThenByDescending(r => r.Total.Amount).ThenBy(r => r.Group, StringComparer.Ordinal).ToList();
        var widest = rows.Select(Gross).DefaultIfEmpty(0m).Max();
        html.Raw("<table class=\"aging\">\n<thead><tr><th scope=\"col\">").Text(Capital(content.Aging.Options.GroupBy.Name)).Raw("</th><th scope=\"col\" class=\"bar\">Age</th>");
        foreach (var column in content.Aging.Columns)
        {
            html.Raw("<th scope=\"col\">").Text(Capital(column.Label)).Raw("</th>");
        }

        html.Raw("<th scope=\"col\">Total</th></tr></thead>\n<tbody>\n");
        foreach (var row in rows.Take(content.MaximumRows))
        {
            html.Raw("<tr><th scope=\"row\">");
            Name(html, content, row.Group);
            html.Raw("</th>");
            Figures(html, row.Cells.Select(c => (c.Column, c.Amount)), row.Total, widest);
        }

        if (rows.Count > content.MaximumRows)
        {
            var rest = rows.Skip(content.MaximumRows).ToList();
            html.Raw("<tr><th scope=\"row\">").Text($"{(rest.Count).ToString(CultureInfo.InvariantCulture)} others").Raw("</th>");
            var cells = content.Aging.Columns.Select(c => (c, rest.Aggregate(Money.Zero(total.Currency), (sum, r) => sum + r[c].Amount)));
            Figures(html, cells, rest.Aggregate(Money.Zero(total.Currency), (sum, r) => sum + r.Total), 0m);
        }

        html.Raw("</tbody>\n<tfoot><tr><th scope=\"row\">Total</th>");
        Figures(html, total.Cells.Select(c => (c.Column, c.Amount)), total.Total, 0m);
        html.Raw("</tfoot>\n</table>\n");
    }

    private static void Cards(Markup html, AgingRow total)
    {
        html.Raw("<dl class=\"cards\">");
        Card("Open balance", total.Total, null);
        Card("Overdue", total.Overdue, total.Overdue.IsPositive && total.Total.IsPositive ? Percent(total.Overdue.Amount / total.Total.Amount) + " of the balance" : null);
        Card("Unapplied money", total.Unapplied, null);
        Card("Disputed", total.Disputed, null);
        html.Raw("</dl>\n");

        void Card(string title, Money amount, string? note)
        {
            html.Raw("<div><dt>").Text(title).Raw("</dt><dd>").Amount(amount);
            if (note is not null)
            {
                html.Raw("<small>").Text(note).Raw("</small>");
            }

            html.Raw("</dd></div>");
        }
    }

    private static void Legend(Markup html, AgingReport report)
    {
        html.Raw("<ul class=\"legend\" aria-label=\"Ages in days\">");
        foreach (var column in report.Columns.Where(IsAge))
        {
            html.Raw("<li><i class=\"s").Number(Shade(column, report)).Raw("\"></i>").Text(Capital(column.Label)).Raw("</li>");
        }

        html.Raw("</ul>\n");

        static bool IsAge(AgingColumn column) => column.Kind is AgingColumnKind.NotDue or AgingColumnKind.Bucket;
    }

    private static void Figures(Markup html, IEnumerable<(AgingColumn Column, Money Amount)> cells, Money sum, decimal widest)
    {
        var list = cells.ToList();
        html.Raw("<td class=\"bar\">");
        if (widest > 0m)
        {
            Bar(html, list, widest);
        }

        html.Raw("</td>");
        foreach (var (column, amount) in list)
        {
            html.Raw(amount.IsZero ? "<td class=\"quiet\" data-label=\"" : "<td data-label=\"").Text(Capital(column.Label)).Raw("\">").Amount(amount).Raw("</td>");
        }

        html.Raw("<td data-label=\"Total\"><strong>").Amount(sum).Raw("</strong></td></tr>\n");
    }

    private static void Bar(Markup html, List<(AgingColumn Column, Money Amount)> cells, decimal widest)
    {
        html.Raw("<svg viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"")
            .Text(string.Join(", ", cells.Where(c => c.Amount.IsPositive).Select(c => $"{c.Column.Label}: {c.Amount.ToAmountString()}"))).Raw("\">");

        // A sliver of a bar is still to be seen: what is owed is never drawn as nothing.
        var x = 0m;
        foreach (var (column, amount) in cells.Where(c => c.Amount.IsPositive))
        {
            var width = Math.Max(0.4m, 100m * amount.Amount / widest);
            html.Raw("<rect class=\"s").Number(Shade(column, cells)).Raw("\" x=\"").Number(x).Raw("\" y=\"0\" width=\"").Number(width).Raw("\" height=\"8\"><title>")
                .Text($"{Capital(column.Label)}: {amount.ToAmountString()}").Raw("</title></rect>");
            x += width;
        }

        html.Raw("</svg>");
    }

    private static decimal Gross(AgingRow row) => row.Cells.Sum(c => Math.Max(0m, c.Amount.Amount));

    private static int Shade(AgingColumn column, AgingReport report) => Shade(column, report.Columns.Count(c => c.Kind == AgingColumnKind.NotDue));

    private static int Shade(AgingColumn column, List<(AgingColumn Column, Money Amount)> cells) => Shade(column, cells.Count(c => c.Column.Kind == AgingColumnKind.NotDue));

    private static int Shade(AgingColumn column, int notDue) =>
        column.Kind == AgingColumnKind.Bucket ? Math.Min(StyleSheet.Shades - 1, column.Index - notDue + 1) : 0;

    private static void Name(Markup html, ReportContent content, string group)
    {
        if (content.Names.TryGetValue(group, out var name) && name.Length > 0 && name != group)
        {
            html.Text(name).Raw("<small>").Text(group).Raw("</small>");
        }
        else
        {
            html.Text(group.Length > 0 ? group : "(none)");
        }
    }

    internal static string Percent(decimal factor) => decimal.Round(factor * 100m, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture) + "\u202F%";

    private static string Capital(string label) => label.Length == 0 ? label : char.ToUpperInvariant(label[0]) + label[1..];
}
