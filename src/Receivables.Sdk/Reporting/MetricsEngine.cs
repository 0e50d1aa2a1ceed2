using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>How metrics are measured.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record MetricsOptions
{
    /// <summary>The defaults.</summary>
    public static MetricsOptions Default => new();

    /// <summary>How many customers the concentration counts, 1 or more; 5 by default.</summary>
    public int Top { get; init; } = 5;

    /// <summary>How many days after a reminder a payment counts as its fruit, 1 or more; 14 by default.</summary>
    public int ReminderDays { get; init; } = 14;

    /// <summary>The turnover that the host compares with, above 0, such as its line of business's; null for none.</summary>
    public decimal? TurnoverBenchmark { get; init; }

    /// <summary>How many months counting back may take, 1 or more; 24 by default.</summary>
    public int CountBackMonths { get; init; } = 24;
}

/// <summary>Measures a period.</summary>
/// <remarks>Built once with its options; pure, and safe to use from several threads at once.</remarks>
public sealed class MetricsEngine
{
    private readonly MetricsOptions _options;

    /// <summary>An engine.</summary>
    /// <param name="options">How metrics are measured; <see cref="MetricsOptions.Default"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public MetricsEngine(MetricsOptions? options = null)
    {
        _options = options ?? MetricsOptions.Default;
        if (_options.Top < 1 || _options.ReminderDays < 1 || _options.CountBackMonths < 1 || _options.TurnoverBenchmark is <= 0m)
        {
            throw new ArgumentOutOfRangeException(nameof(options), "Numbers of customers, days and months are 1 or more, a benchmark above 0.");
        }
    }

    /// <summary>All metrics of a period, in order of currency, then as <see cref="MetricDefinitions"/> lists them.</summary>
    /// <param name="history">What was issued and how it was closed.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day, not after the history's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is empty or ends after the history.</exception>
    public IReadOnlyList<Metric> Measure(ReceivablesHistory history, LocalDate from, LocalDate to)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (to < from || to > history.AsOf)
        {
            throw new ArgumentOutOfRangeException(nameof(to), "The period is empty or ends after the history.");
        }

        return
        [
            .. from timeline in DocumentTimeline.Of(history)
               group timeline by timeline.Document.Amount.Currency into book
               orderby book.Key
               from metric in new PeriodMetrics(_options, history, [.. book], @from, to).All()
               select (metric with { Currency = book.Key }),
        ];
    }
}
