using System.Globalization;

namespace Receivables.Sdk.Reporting.Html;

/// <summary>The metrics, each with its formula.</summary>
internal static class MetricsSection
{
    internal static void Write(Markup html, IReadOnlyList<Metric> metrics)
    {
        if (metrics.Count == 0)
        {
            return;
        }

        html.Raw("<h3>Metrics</h3>\n<table class=\"metrics\">\n<thead><tr><th scope=\"col\">Metric</th><th scope=\"col\">Value</th><th scope=\"col\" class=\"text\">Formula</th></tr></thead>\n<tbody>\n");
        foreach (var metric in metrics)
        {
            html.Raw("<tr><th scope=\"row\">").Text(metric.Definition.Name).Raw("</th><td data-label=\"Value\">").Text(Value(metric))
                .Raw("</td><td class=\"text\">").Text(metric.Definition.Formula).Raw("</td></tr>\n");
        }

        html.Raw("</tbody>\n</table>\n");
    }

    private static string Value(Metric metric) => metric is MeasuredMetric { Value: var value }
        ? decimal.Round(value, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture) + (metric.Definition.Unit switch { MetricUnit.Days => " days", MetricUnit.Percent => "\u202F%", _ => "" })
        : "undefined";
}
