using System.Globalization;
using System.Text;

namespace Receivables.Sdk.Benchmarks;

/// <summary>Confidence against the share of right answers, in ten bins of equally many answers, as a picture.</summary>
internal static class ReliabilityPlot
{
    private const int Size = 320;
    private const int Edge = 46;

    internal static string Draw(IReadOnlyList<(decimal Confidence, bool IsRight)> told, string title)
    {
        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Size + (2 * Edge)}\" height=\"{Size + (2 * Edge)}\" viewBox=\"0 0 {Size + (2 * Edge)} {Size + (2 * Edge)}\" font-family=\"sans-serif\" font-size=\"12\">");
        svg.AppendLine("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        svg.AppendLine(CultureInfo.InvariantCulture, $"<rect x=\"{Edge}\" y=\"{Edge}\" width=\"{Size}\" height=\"{Size}\" fill=\"none\" stroke=\"#888\"/>");
        svg.AppendLine(CultureInfo.InvariantCulture, $"<line x1=\"{X(0)}\" y1=\"{Y(0)}\" x2=\"{X(1)}\" y2=\"{Y(1)}\" stroke=\"#bbb\" stroke-dasharray=\"4 3\"/>");
        for (var tick = 0; tick <= 10; tick += 2)
        {
            svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{X(tick / 10.0)}\" y=\"{Edge + Size + 16}\" text-anchor=\"middle\">{tick / 10.0:0.0}</text><text x=\"{Edge - 6}\" y=\"{Y(tick / 10.0) + 4}\" text-anchor=\"end\">{tick / 10.0:0.0}</text>");
        }

        var sorted = told.OrderBy(t => t.Confidence).ToList();
        var points = new List<string>();
        for (var bin = 0; bin < 10; bin++)
        {
            var part = sorted[(bin * sorted.Count / 10)..((bin + 1) * sorted.Count / 10)];
            if (part.Count > 0)
            {
                points.Add(string.Create(CultureInfo.InvariantCulture, $"{X((double)part.Average(p => p.Confidence)):F1},{Y(part.Average(p => p.IsRight ? 1.0 : 0.0)):F1}"));
            }
        }

        svg.AppendLine(CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', points)}\" fill=\"none\" stroke=\"#1f6feb\"/>");
        foreach (var point in points)
        {
            svg.AppendLine(CultureInfo.InvariantCulture, $"<circle cx=\"{point.Split(',')[0]}\" cy=\"{point.Split(',')[1]}\" r=\"4\" fill=\"#1f6feb\"/>");
        }

        svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Edge + (Size / 2)}\" y=\"24\" text-anchor=\"middle\" font-size=\"14\">{title}: {sorted.Count.ToString("N0", CultureInfo.InvariantCulture)} answers</text>");
        svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Edge + (Size / 2)}\" y=\"{Size + (2 * Edge) - 10}\" text-anchor=\"middle\">confidence</text>");
        svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"14\" y=\"{Edge + (Size / 2)}\" text-anchor=\"middle\" transform=\"rotate(-90 14 {Edge + (Size / 2)})\">share of right answers</text>");
        return svg.Append("</svg>\n").ToString();
    }

    private static double X(double share) => Edge + (share * Size);

    private static double Y(double share) => Edge + ((1 - share) * Size);
}
