using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.LatePayment;

/// <summary>
/// Reference rates and rules of late payment, as dated data. The built-in tables can be replaced one by one, at run time, without an upgrade.
/// </summary>
/// <remarks>
/// This is data with its sources, not legal advice. Every table says when it was last looked over, how sure it is and how far it reaches;
/// beyond that nothing is given. Immutable and safe to share between threads.
/// </remarks>
public sealed class LatePaymentTables
{
    private readonly FrozenDictionary<string, ReferenceRateTable> _rates;
    private readonly FrozenDictionary<string, CountryRules> _rules;

    private LatePaymentTables(IEnumerable<ReferenceRateTable> rates, IEnumerable<CountryRules> rules)
    {
        _rates = rates.ToFrozenDictionary(r => r.Id, StringComparer.Ordinal);
        _rules = rules.ToFrozenDictionary(r => r.Country, StringComparer.Ordinal);
    }

    /// <summary>The tables that come with the library.</summary>
    public static LatePaymentTables BuiltIn { get; } = LoadBuiltIn();

    /// <summary>No tables at all: everything is refused.</summary>
    public static LatePaymentTables Empty { get; } = new([], []);

    /// <summary>The reference rates, in order of name.</summary>
    public IReadOnlyList<ReferenceRateTable> Rates => [.. _rates.Values.OrderBy(r => r.Id, StringComparer.Ordinal)];

    /// <summary>The rules, in order of country.</summary>
    public IReadOnlyList<CountryRules> Countries => [.. _rules.Values.OrderBy(r => r.Country, StringComparer.Ordinal)];

    /// <summary>The day on which the table last looked over was so.</summary>
    public LocalDate DataAsOf => _rates.Values.Select(r => r.DataAsOf).Concat(_rules.Values.Select(r => r.DataAsOf)).DefaultIfEmpty(LocalDate.MinIsoValue).Max();

    /// <summary>The same tables with one of them replaced or added.</summary>
    /// <param name="utf8Json">A table of rates (it has <c>rates</c>) or the rules of a country (it has <c>rules</c>), in the format of the built-in files.</param>
    /// <exception cref="FormatException">It is neither, or a field is missing, unknown, of the wrong type or out of its range.</exception>
    public LatePaymentTables With(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            using var peek = JsonDocument.Parse(utf8Json.ToArray());
            if (peek.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("The table is no JSON object.");
            }

            return peek.RootElement.TryGetProperty("rates", out _)
                ? With(JsonSerializer.Deserialize(utf8Json, LatePaymentJson.Default.ReferenceRateTable)!)
                : With(JsonSerializer.Deserialize(utf8Json, LatePaymentJson.Default.CountryRules)!);
        }
        catch (JsonException e)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"The table cannot be read at {e.Path ?? "$"}, line {(e.LineNumber ?? 0) + 1}."), e);
        }
    }

    /// <summary>The same tables with one table of rates replaced or added.</summary>
    /// <param name="table">The table.</param>
    /// <exception cref="FormatException">Its rates are not in rising order of date, or one is beyond 10,000 percent.</exception>
    public LatePaymentTables With(ReferenceRateTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        TableRules.Check(table);
        return new LatePaymentTables([.. _rates.Values.Where(r => r.Id != table.Id), table], _rules.Values);
    }

    /// <summary>The same tables with the rules of one country replaced or added.</summary>
    /// <param name="rules">The rules.</param>
    /// <exception cref="FormatException">A currency is not known, a number is out of its range, tiers or bands are missing or out of order.</exception>
    public LatePaymentTables With(CountryRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        TableRules.Check(rules);
        return new LatePaymentTables(_rates.Values, [.. _rules.Values.Where(r => r.Country != rules.Country), rules]);
    }

    /// <summary>A table of rates; null where there is none of that name.</summary>
    /// <param name="id">The name.</param>
    public ReferenceRateTable? Rate(string id) => _rates.GetValueOrDefault(id);

    /// <summary>Tables of rates that end soon or have ended.</summary>
    /// <param name="today">The day to look from.</param>
    /// <param name="days">How soon; default 60 days.</param>
    /// <returns>One reason (<c>tableRunsOut</c> or <c>tableEnded</c>) for each, in order of name.</returns>
    public IReadOnlyList<CodedReason> RunningOut(LocalDate today, int days = 60)
    {
        var reasons = new List<CodedReason>();
        foreach (var table in Rates)
        {
            var left = Period.DaysBetween(today, table.CoversUntil);
            if (left < days)
            {
                reasons.Add(new CodedReason(
                    left < 0 ? "tableEnded" : "tableRunsOut",
                    [new ReasonArgument("table", table.Id), new ReasonArgument("coversUntil", table.CoversUntil)],
                    left < 0 ? $"The table {table.Id} has ended; what needs later rates is refused." : $"The table {table.Id} ends soon."));
            }
        }

        return reasons;
    }

    internal bool Knows(string? country) => country is not null && _rules.ContainsKey(country);

    /// <summary>The rule for a claim; null where the law of the tables has none.</summary>
    internal LatePaymentRule? Rule(string country, PartyKind party, LocalDate contract)
    {
        foreach (var rule in _rules[country].Rules)
        {
            if (rule.Party == party && !(contract < rule.ContractsFrom) && !(contract > rule.ContractsUntil))
            {
                return rule;
            }
        }

        return null;
    }

    private static LatePaymentTables LoadBuiltIn()
    {
        var tables = new LatePaymentTables([], []);
        var assembly = typeof(LatePaymentTables).Assembly;
        const string Folder = "Receivables.Sdk.LatePayment.Data.";
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            tables = tables.With(bytes);
        }

        return tables;
    }
}
