using System.Globalization;

namespace Receivables.Sdk.Reporting.Html;

/// <summary>A small chart as inline SVG: lines over evenly spaced steps, and a band between two of them.</summary>
/// <remarks>360 units wide, so that its letters are of normal size on a telephone.</remarks>
internal sealed class LineChart(IReadOnlyList<string> steps, string label)
{
    private const int Width = 360, Height = 190, Left = 8, Right = 352, Top = 22, Bottom = 166;

    private readonly List<(string Style, IReadOnlyList<decimal> Values)> _lines = [];
    private (IReadOnlyList<decimal> Upper, IReadOnlyList<decimal> Lower)? _band;

    internal void Line(string style, IReadOnlyList<decimal> values) => _lines.Add((style, values));

    internal void Band(IReadOnlyList<decimal> upper, IReadOnlyList<decimal> lower) => _band = (upper, lower);

    internal void Write(Markup html)
    {
        var values = _lines.SelectMany(l => l.Values).ToList();
        var (low, high) = (Math.Min(0m, values.Min()), Math.Max(1m, values.Max()));
        decimal X(int i) => steps.Count < 2 ? (Left + Right) / 2m : Left + ((Right - Left) * (decimal)i / (steps.Count - 1));
        decimal Y(decimal value) => Bottom - ((Bottom - Top) * (value - low) / (high - low));
        html.Raw(string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"")).Text(label).Raw("\">");
        decimal[] marks = [low, low + ((high - low) / 2m), high];
        foreach (var mark in marks)
        {
            html.Raw("<line class=\"grid\" x1=\"8\" x2=\"352\" y1=\"").Number(Y(mark)).Raw("\" y2=\"").Number(Y(mark)).Raw("\"/>");
        }

        if (_band is var (upper, lower))
        {
            html.Raw("<polygon class=\"band\" points=\"");
            Points(html, upper, Enumerable.Range(0, upper.Count), X, Y);
            Points(html, lower, Enumerable.Range(0, lower.Count).Reverse(), X, Y);
            html.Raw("\"/>");
        }

        foreach (var (style, line) in _lines)
        {
            html.Raw("<polyline class=\"").Raw(style).Raw("\" points=\"");
            Points(html, line, Enumerable.Range(0, line.Count), X, Y);
            html.Raw("\"/>");
        }

        // Letters come last, so that no line runs through them.
        foreach (var mark in marks)
        {
            html.Raw("<text x=\"8\" y=\"").Number(Y(mark) - 4m).Raw("\">").Text(Markup.Grouped(mark.ToString("0", CultureInfo.InvariantCulture))).Raw("</text>");
        }

        html.Raw("<text x=\"8\" y=\"184\">").Text(steps[0]).Raw("</text><text x=\"352\" y=\"184\" text-anchor=\"end\">").Text(steps[^1]).Raw("</text></svg>");
    }

    private static void Points(Markup html, IReadOnlyList<decimal> values, IEnumerable<int> order, Func<int, decimal> x, Func<decimal, decimal> y)
    {
        foreach (var i in order)
        {
            html.Number(x(i)).Raw(",").Number(y(values[i])).Raw(" ");
        }
    }
}
