using NodaTime.Text;

namespace Receivables.Sdk.Reporting.Html;

/// <summary>What is expected to come in: the band between even chance and four in five, by week or month.</summary>
internal static class ForecastSection
{
    internal static void Write(Markup html, ReceiptsForecast? forecast, Currency currency)
    {
        if (forecast?.Currencies.FirstOrDefault(c => c.Currency == currency) is not { } own)
        {
            return;
        }

        html.Raw("<h3>Expected receipts</h3>\n<figure>");
        var lines = own.Lines.ToDictionary(l => l.Method);
        var chart = new LineChart([LocalDatePattern.Iso.Format(forecast.AsOf), .. forecast.Periods.Select(p => LocalDatePattern.Iso.Format(p.To))], "Expected receipts, added up");
        var (p50, p80) = (Cumulative(lines[ForecastMethod.P50]), Cumulative(lines[ForecastMethod.P80]));
        chart.Band(p50, p80);
        chart.Line("l1", p50);
        chart.Line("l2", p80);
        chart.Line("l3", Cumulative(lines[ForecastMethod.DueDate]));
        chart.Write(html);
        html.Raw("<figcaption>Added up. Solid: an even chance that each item has come. Dashed: four in five. Dotted: if everybody paid on the due date.</figcaption></figure>\n")
            .Raw("<table class=\"forecast\">\n<thead><tr><th scope=\"col\">Until</th>");
        foreach (var line in own.Lines)
        {
            html.Raw("<th scope=\"col\">").Text(Title(line.Method)).Raw("</th>");
        }

        html.Raw("</tr></thead>\n<tbody>\n");
        for (var i = 0; i < forecast.Periods.Length; i++)
        {
            var period = i;
            Row(html, LocalDatePattern.Iso.Format(forecast.Periods[i].To), own, l => l.Amounts[period]);
        }

        Row(html, "Later or unknown", own, l => l.Tail);
        html.Raw("</tbody>\n<tfoot>\n");
        html.Raw("<tr><th scope=\"row\">Error before</th>");
        foreach (var line in own.Lines)
        {
            html.Raw("<td data-label=\"").Text(Title(line.Method)).Raw("\">")
                .Text(line.BackTest?.Error.ValueOrNull is { } error ? AgingSection.Percent(error / 100m) : "not known").Raw("</td>");
        }

        html.Raw("</tr></tfoot>\n</table>\n<p><small>\"Error before\": what the method expected on past days, against what came in each period after them, in percent of what came. ")
            .Raw("Not expected at all: ").Amount(own.Loss).Raw(".</small></p>\n");
    }

    private static void Row(Markup html, string title, CurrencyForecast own, Func<ForecastLine, Money> amount)
    {
        html.Raw("<tr><th scope=\"row\">").Text(title).Raw("</th>");
        foreach (var line in own.Lines)
        {
            html.Raw("<td data-label=\"").Text(Title(line.Method)).Raw("\">").Amount(amount(line)).Raw("</td>");
        }

        html.Raw("</tr>\n");
    }

    private static List<decimal> Cumulative(ForecastLine line)
    {
        var sum = 0m;
        return [0m, .. line.Amounts.Select(a => sum += a.Amount)];
    }

    private static string Title(ForecastMethod method) => method switch
    {
        ForecastMethod.DueDate => "By due date",
        ForecastMethod.Habit => "By habit",
        ForecastMethod.P50 => "Even chance",
        _ => "Four in five",
    };
}
