using System.Collections.Immutable;

namespace Receivables.Sdk.Reporting;

/// <summary>What a metric's value is counted in.</summary>
public enum MetricUnit
{
    /// <summary>Days.</summary>
    Days,

    /// <summary>Percent: 75 is seventy-five percent.</summary>
    Percent,

    /// <summary>A plain number.</summary>
    Number,
}

/// <summary>A metric by name: one meaning, one formula. Two things that the field calls by one name have two definitions here.</summary>
/// <param name="Code">The stable code, <c>dsoSimple</c>.</param>
/// <param name="Name">The English name.</param>
/// <param name="Formula">The formula in words.</param>
/// <param name="Unit">What the value is counted in.</param>
/// <param name="Source">Where the definition comes from.</param>
public sealed record MetricDefinition(string Code, string Name, string Formula, MetricUnit Unit, string Source);

/// <summary>A number that went into a metric.</summary>
/// <param name="Name">Its name in the formula.</param>
/// <param name="Value">The number.</param>
public sealed record MetricInput(string Name, decimal Value);

/// <summary>Why a metric has no value.</summary>
public enum MetricGap
{
    /// <summary>Nothing was sold in the period.</summary>
    NoSales,

    /// <summary>Nothing was paid in the period.</summary>
    NoPayments,

    /// <summary>Nothing is owed, or was.</summary>
    NoReceivables,

    /// <summary>Nothing fell due, or nothing is overdue.</summary>
    NothingDue,

    /// <summary>The history ends before the computation does.</summary>
    HistoryTooShort,

    /// <summary>The host gave no figure to compare with.</summary>
    NothingToCompareWith,
}

/// <summary>The result of a metric: <see cref="MeasuredMetric"/> or <see cref="UndefinedMetric"/>, never a NaN and never a division by zero.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public abstract record Metric
{
    private protected Metric(MetricDefinition definition, ImmutableArray<MetricInput> inputs) => (Definition, Inputs) = (definition, inputs);

    /// <summary>What it is.</summary>
    public MetricDefinition Definition { get; }

    /// <summary>What went into it, so that it can be computed again by hand.</summary>
    public ImmutableArray<MetricInput> Inputs { get; }

    /// <summary>The currency of the amounts that went into it; null where there is none.</summary>
    public Currency? Currency { get; init; }

    /// <summary>The value, or null where there is none.</summary>
    public decimal? ValueOrNull => (this as MeasuredMetric)?.Value;
}

/// <summary>A metric with a value.</summary>
public sealed record MeasuredMetric : Metric
{
    internal MeasuredMetric(MetricDefinition definition, decimal value, ImmutableArray<MetricInput> inputs)
        : base(definition, inputs) => Value = value;

    /// <summary>The value, unrounded.</summary>
    public decimal Value { get; }
}

/// <summary>A metric that has no value, and why.</summary>
public sealed record UndefinedMetric : Metric
{
    internal UndefinedMetric(MetricDefinition definition, MetricGap gap, ImmutableArray<MetricInput> inputs)
        : base(definition, inputs) => Gap = gap;

    /// <summary>Why.</summary>
    public MetricGap Gap { get; }
}
