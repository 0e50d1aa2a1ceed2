namespace Receivables.Sdk.Statements;

/// <summary>The name of a statement format. The set is open: a reader of a host's own brings its own name.</summary>
/// <remarks>Names are lower case and compared ordinally. <c>default</c> has the empty name. Immutable and safe to share between threads.</remarks>
public readonly record struct StatementFormat
{
    private readonly string? _name;

    /// <summary>A format.</summary>
    /// <param name="name">Its name, such as <c>coda</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    public StatementFormat(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _name = name;
    }

    /// <summary>SWIFT MT940, customer statement (and MT950, MT941, which share its fields).</summary>
    public static StatementFormat Mt940 => new("mt940");

    /// <summary>SWIFT MT942, interim transaction report.</summary>
    public static StatementFormat Mt942 => new("mt942");

    /// <summary>ISO 20022 camt.052, account report.</summary>
    public static StatementFormat Camt052 => new("camt052");

    /// <summary>ISO 20022 camt.053, statement.</summary>
    public static StatementFormat Camt053 => new("camt053");

    /// <summary>ISO 20022 camt.054, debit and credit notification.</summary>
    public static StatementFormat Camt054 => new("camt054");

    /// <summary>A bank's CSV export.</summary>
    public static StatementFormat Csv => new("csv");

    /// <summary>The name; empty for <c>default</c>.</summary>
    public string Name => _name ?? "";

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
