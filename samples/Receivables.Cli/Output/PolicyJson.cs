using System.Text.Json;
using NodaTime;
using Receivables.Cli.Commands;
using Receivables.Sdk;
using Receivables.Sdk.Reminders;

namespace Receivables.Cli.Output;

/// <summary>What looking a policy over found, for people and programs, and how two policies differ, for programs.</summary>
internal static class PolicyJson
{
    internal static ReportLine Of(PolicyFinding finding) => new(
        [("code", finding.Code), ("where", finding.Path), ("finding", finding.Message)],
        json =>
        {
            json.WriteString("type", "finding");
            json.WriteString("code", finding.Code);
            json.WriteString("path", finding.Path);
            json.WriteString("text", finding.Message);
        });

    internal static IReadOnlyList<ReportLine> Of(PolicyComparison comparison) =>
        [Of(comparison.First), Of(comparison.Second), .. comparison.Differences.Select(d => Of(d))];

    private static ReportLine Of(PolicyTrial trial) => new(
        [],
        json =>
        {
            json.WriteString("type", "trial");
            json.WriteString("policy", trial.Policy);
            json.WriteNumber("actions", trial.Count);
            json.Array("levels", trial.ByLevel, l =>
            {
                json.WriteStartObject();
                json.WriteNumber("level", l.Level);
                json.WriteNumber("count", l.Count);
                json.WriteEndObject();
            });
            Sums(json, "fees", trial.Fees);
            Sums(json, "interest", trial.Interest);
        });

    private static ReportLine Of(PolicyDifference difference) => new(
        [],
        json =>
        {
            json.WriteString("type", "difference");
            json.WriteString("customer", difference.Customer.Value);
            Days(json, "first", difference.First);
            Days(json, "second", difference.Second);
        });

    private static void Days(Utf8JsonWriter json, string name, IReadOnlyList<(LocalDate On, int Level)> days) => json.Array(name, days, d =>
    {
        json.WriteStartObject();
        json.Date("on", d.On);
        json.WriteNumber("level", d.Level);
        json.WriteEndObject();
    });

    private static void Sums(Utf8JsonWriter json, string name, IReadOnlyList<Money> sums) => json.Array(name, sums, s =>
    {
        json.WriteStartObject();
        json.Amount("amount", s);
        json.WriteString("currency", s.Currency.Code);
        json.WriteEndObject();
    });
}
