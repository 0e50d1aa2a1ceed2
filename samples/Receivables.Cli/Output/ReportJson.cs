using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Receivables.Cli.Commands;
using Receivables.Sdk;
using Receivables.Sdk.Reporting;

namespace Receivables.Cli.Output;

/// <summary>Lines of reports: what people see, and the JSON that <c>docs/cli.md</c> describes.</summary>
internal static class ReportJson
{
    internal static ReportLine Of(Metric metric)
    {
        var gap = metric is UndefinedMetric undefined ? Words.Of(undefined.Gap) : null;
        return new ReportLine(
            [
                ("metric", metric.Definition.Code), ("currency", Code(metric.Currency)), ("value", Rounded(metric.ValueOrNull)),
                ("unit", gap is null ? Words.Of(metric.Definition.Unit) : $"none: {Words.Apart(gap)}"), ("formula", metric.Definition.Formula),
            ],
            json =>
            {
                json.WriteString("metric", metric.Definition.Code);
                json.Text("currency", metric.Currency?.Code);
                json.Text("value", Number(metric.ValueOrNull));
                json.Text("undefined", gap);
                json.WriteString("unit", Words.Of(metric.Definition.Unit));
                json.WriteString("name", metric.Definition.Name);
                json.WriteString("formula", metric.Definition.Formula);
                json.WriteString("source", metric.Definition.Source);
                json.Object("inputs", () =>
                {
                    foreach (var input in metric.Inputs)
                    {
                        json.Text(input.Name, Number(input.Value));
                    }
                });
            });
    }

    internal static IEnumerable<ReportLine> Of(ReceiptsForecast forecast, CurrencyForecast currency) => currency.Lines.Select(line =>
    {
        var error = line.BackTest?.Error.ValueOrNull;
        return new ReportLine(
            [
                ("currency", currency.Currency.Code), ("method", Words.Of(line.Method)),
                .. forecast.Periods.Select((p, i) => (Iso(p.From)[5..], line.Amounts[i].ToAmountString())),
                ("later", line.Tail.ToAmountString()), ("error", Percent(error)),
            ],
            json =>
            {
                json.WriteString("currency", currency.Currency.Code);
                json.WriteString("method", Words.Of(line.Method));
                json.Date("asOf", forecast.AsOf);
                json.Amount("open", currency.Open);
                json.Amount("unapplied", currency.Unapplied);
                json.Amount("expectedLoss", currency.Loss);
                json.Array("periods", forecast.Periods.Select((p, i) => (p, line.Amounts[i])), p =>
                {
                    json.WriteStartObject();
                    json.Date("from", p.p.From);
                    json.Date("to", p.p.To);
                    json.Amount("amount", p.Item2);
                    json.WriteEndObject();
                });
                json.Amount("later", line.Tail);
                if (line.BackTest is { } test)
                {
                    json.Object("backTest", () =>
                    {
                        json.WriteNumber("days", test.Days.Length);
                        json.Amount("forecast", test.Forecast);
                        json.Amount("actual", test.Actual);
                        json.Text("error", Number(test.Error.ValueOrNull));
                        json.Text("bias", Number(test.Bias.ValueOrNull));
                    });
                }
            });
    });

    internal static ReportLine Of(PaymentBehaviour b) => new(
        [
            ("customer", b.Customer.Value), ("currency", b.Currency.Code), ("payments", Whole(b.Payments)), ("days late", Rounded(b.DaysLate)), ("late", Percent(b.LateShare)),
            ("pattern", Words.Of(b.Pattern)), ("trend", Words.Of(b.Trend)), ("overdue", b.Overdue.ToAmountString()), ("signals", string.Join(", ", b.Signals.Select(s => $"{Words.Apart(s.Code)} → {Words.Apart(Words.Of(s.Suggested))}"))),
        ],
        json =>
        {
            json.WriteString("customer", b.Customer.Value);
            json.WriteString("currency", b.Currency.Code);
            json.WriteNumber("payments", b.Payments);
            json.Text("daysLate", Number(b.DaysLate));
            json.Text("medianDaysLate", b.MedianDaysLate?.ToString(CultureInfo.InvariantCulture));
            json.Text("lateShare", Number(b.LateShare));
            json.WriteString("pattern", Words.Of(b.Pattern));
            json.WriteString("trend", Words.Of(b.Trend));
            json.Text("change", Number(b.Change));
            json.Date("lastPayment", b.LastPayment);
            json.Amount("open", b.Open);
            json.Amount("overdue", b.Overdue);
            json.Array("signals", b.Signals, s =>
            {
                json.WriteStartObject();
                json.WriteString("code", s.Code);
                json.Object("args", () =>
                {
                    foreach (var (name, value) in s.Args)
                    {
                        json.Text(name, Number(value));
                    }
                });
                json.WriteString("text", s.Text);
                json.WriteString("suggested", Words.Of(s.Suggested));
                json.WriteEndObject();
            });
        });

    internal static ReportLine Of(DisputeLine d) => new(
        [
            ("invoice", d.Dispute.Invoice.Value), ("customer", d.Item?.Customer?.Value ?? ""), ("opened", Iso(d.Dispute.Opened)), ("amount", d.Amount?.ToString() ?? ""),
            ("days", Whole(d.Days)), ("deadline", Iso(d.Deadline)), ("state", d.IsActive ? d.IsLate ? "late" : "open" : "resolved"), ("reason", d.Dispute.Reason ?? ""),
        ],
        json =>
        {
            json.WriteString("invoice", d.Dispute.Invoice.Value);
            json.Text("customer", d.Item?.Customer?.Value);
            json.Date("opened", d.Dispute.Opened);
            json.Date("resolved", d.Dispute.Resolved);
            json.Amount("amount", d.Amount);
            json.Text("currency", d.Amount?.Currency.Code);
            json.WriteNumber("days", d.Days);
            json.Date("deadline", d.Deadline);
            json.WriteBoolean("active", d.IsActive);
            json.WriteBoolean("late", d.IsLate);
            json.Text("owner", d.Owner);
            json.Text("reason", d.Dispute.Reason);
        });

    internal static ReportLine Of(WorkItem w) => new(
        [("due", Iso(w.Due)), ("what", Words.Apart(Words.Of(w.Kind))), ("customer", w.Customer?.Value ?? ""), ("document", w.Document?.Value ?? ""), ("amount", w.Amount?.ToString() ?? ""), ("text", w.Text)],
        json =>
        {
            json.WriteString("kind", Words.Of(w.Kind));
            json.WriteString("key", w.Key);
            json.Text("customer", w.Customer?.Value);
            json.Text("document", w.Document?.Value);
            json.Date("due", w.Due);
            json.Amount("amount", w.Amount);
            json.Text("currency", w.Amount?.Currency.Code);
            json.Text("owner", w.Owner);
            json.Object("args", () =>
            {
                foreach (var (name, value) in w.Args)
                {
                    json.Text(name, value);
                }
            });
            json.WriteString("text", w.Text);
        });

    internal static ReportLine Of(HealthFinding f) => new(
        [("finding", f.Code), ("count", Whole(f.Count)), ("amount", string.Join(", ", f.Amounts)), ("text", f.Text)],
        json =>
        {
            json.WriteString("code", f.Code);
            json.WriteNumber("count", f.Count);
            json.Array("amounts", f.Amounts, a =>
            {
                json.WriteStartObject();
                json.Amount("amount", a);
                json.WriteString("currency", a.Currency.Code);
                json.WriteEndObject();
            });
            json.Array("documents", f.Documents, d => json.WriteStringValue(d.Value));
            json.Array("customers", f.Customers, c => json.WriteStringValue(c.Value));
            json.WriteString("text", f.Text);
        });

    private static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private static string Code(Currency? currency) => currency?.Code ?? "";

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    // People compare: one decimal, always there.
    private static string Rounded(decimal? value) => value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";

    private static string Percent(decimal? value) => value is null ? "" : Rounded(value) + " %";

    private static string? Number(decimal? value) => value?.ToString("0.####", CultureInfo.InvariantCulture);
}
