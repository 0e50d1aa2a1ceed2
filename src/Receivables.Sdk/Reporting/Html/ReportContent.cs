using NodaTime;
using Receivables.Sdk.Aging;

namespace Receivables.Sdk.Reporting.Html;

/// <summary>A point of the trend: what was open on a day.</summary>
/// <param name="Date">The day.</param>
/// <param name="Total">The open balance.</param>
/// <param name="Overdue">What of it was overdue.</param>
public sealed record TrendPoint(LocalDate Date, Money Total, Money Overdue)
{
    /// <summary>The points of several reports, one for each report and currency, in order of date.</summary>
    /// <param name="reports">Reports of several dates.</param>
    public static IReadOnlyList<TrendPoint> Of(IEnumerable<AgingReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        return [.. reports.OrderBy(r => r.AsOf).SelectMany(r => r.Totals.Select(t => new TrendPoint(r.AsOf, t.Total, t.Overdue)))];
    }
}

/// <summary>What an HTML report shows. Only the aging report is needed; what is missing has no section.</summary>
/// <remarks>All text is escaped, whoever wrote it. Immutable and safe to share between threads.</remarks>
public sealed record ReportContent
{
    /// <summary>The title of the page.</summary>
    public string Title { get; init; } = "Receivables";

    /// <summary>The language of the page, BCP 47; the fixed words are English.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The aging report.</summary>
    public required AgingReport Aging { get; init; }

    /// <summary>Names of groups, shown before their ids.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>What was open on earlier days.</summary>
    public IReadOnlyList<TrendPoint> Trend { get; init; } = [];

    /// <summary>The forecast.</summary>
    public ReceiptsForecast? Forecast { get; init; }

    /// <summary>The metrics.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>How many groups have a bar, 1 or more; the rest are added up in one line. 200 by default.</summary>
    public int MaximumRows { get; init; } = 200;
}
