using NodaTime.Text;

namespace Receivables.Sdk.Reporting.Html;

/// <summary>How the balance and what is overdue of it moved.</summary>
internal static class TrendSection
{
    internal static void Write(Markup html, IReadOnlyList<TrendPoint> points)
    {
        if (points.Count < 2)
        {
            return;
        }

        html.Raw("<h3>Trend</h3>\n<figure>");
        var chart = new LineChart([.. points.Select(p => LocalDatePattern.Iso.Format(p.Date))], "Open balance and overdue over time");
        chart.Line("l1", [.. points.Select(p => p.Total.Amount)]);
        chart.Line("l2", [.. points.Select(p => p.Overdue.Amount)]);
        chart.Write(html);
        html.Raw("<figcaption>Solid: open balance. Dashed: overdue.</figcaption></figure>\n<table class=\"trend\">\n<thead><tr><th scope=\"col\">Date</th><th scope=\"col\">Open</th><th scope=\"col\">Overdue</th></tr></thead>\n<tbody>\n");
        foreach (var point in points)
        {
            html.Raw("<tr><th scope=\"row\">").Text(LocalDatePattern.Iso.Format(point.Date)).Raw("</th><td data-label=\"Open\">").Amount(point.Total)
                .Raw("</td><td data-label=\"Overdue\">").Amount(point.Overdue).Raw("</td></tr>\n");
        }

        html.Raw("</tbody>\n</table>\n");
    }
}
