using System.Globalization;
using NodaTime.Text;
using Receivables.Sdk.Aging;

namespace Receivables.Sdk.Reporting.Html;

/// <summary>Writes one self-contained HTML page: no script, no font, no picture from elsewhere; it reads on a phone and prints.</summary>
/// <remarks>
/// Ages are told by lightness and by figures, never by hue alone. The page forbids scripts and outside content itself
/// (Content-Security-Policy), as a second wall behind the escaping. The same content gives the same bytes. Pure and thread-safe.
/// </remarks>
public static class HtmlReport
{
    /// <summary>The page as text.</summary>
    /// <param name="content">What to show.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of rows is below 1.</exception>
    public static string Create(ReportContent content)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        Write(writer, content);
        return writer.ToString();
    }

    /// <summary>Writes the page; the caller chooses UTF-8.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="content">What to show.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of rows is below 1.</exception>
    public static void Write(TextWriter writer, ReportContent content)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentOutOfRangeException.ThrowIfLessThan(content.MaximumRows, 1, nameof(content));
        var html = new Markup(writer);
        var asOf = LocalDatePattern.Iso.Format(content.Aging.AsOf);
        html.Raw("<!DOCTYPE html>\n<html lang=\"").Text(content.Language).Raw("\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>")
            .Text(content.Title).Raw("</title>\n<style>\n").Raw(StyleSheet.Css).Raw("</style>\n</head>\n<body>\n<header><h1>")
            .Text(content.Title).Raw("</h1><p>Open items as of <time datetime=\"").Text(asOf).Raw("\">").Text(asOf).Raw("</time>, by ")
            .Text(content.Aging.Options.Basis == AgingBasis.Due ? "due date" : "date of issue").Raw(".</p></header>\n<main>\n");
        foreach (var total in content.Aging.Totals)
        {
            html.Raw("<section>\n<h2>").Text(total.Currency.Code).Raw("</h2>\n");
            AgingSection.Write(html, content, total);
            TrendSection.Write(html, [.. content.Trend.Where(p => p.Total.Currency == total.Currency)]);
            ForecastSection.Write(html, content.Forecast, total.Currency);
            MetricsSection.Write(html, [.. content.Metrics.Where(m => m.Currency == total.Currency)]);
            html.Raw("</section>\n");
        }

        if (content.Aging.Totals.IsEmpty)
        {
            html.Raw("<p>Nothing is open.</p>\n");
        }

        html.Raw("</main>\n</body>\n</html>\n");
    }
}
