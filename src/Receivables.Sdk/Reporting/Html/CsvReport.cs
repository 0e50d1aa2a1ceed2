using System.Globalization;
using NodaTime.Text;
using Receivables.Sdk.Aging;

namespace Receivables.Sdk.Reporting.Html;

/// <summary>Writes reports as CSV (RFC 4180, comma, CRLF, a full stop in amounts).</summary>
/// <remarks>
/// Text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV Injection"); amounts are never altered. Pure and thread-safe.
/// </remarks>
public static class CsvReport
{
    /// <summary>The rows and totals of an aging report.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="report">The report.</param>
    public static void WriteAging(TextWriter writer, AgingReport report)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(report);
        Row(writer, [Text(report.Options.GroupBy.Name), "currency", .. report.Columns.Select(c => Text(c.Label)), "total", "disputed"]);
        foreach (var row in report.Rows.Concat(report.Totals))
        {
            Row(writer, [Text(row.Title), row.Currency.Code, .. row.Cells.Select(c => c.Amount.ToAmountString()), row.Total.ToAmountString(), row.Disputed.ToAmountString()]);
        }
    }

    /// <summary>The items behind every cell.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="report">The report.</param>
    public static void WriteItems(TextWriter writer, AgingReport report)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(report);
        Row(writer, [Text(report.Options.GroupBy.Name), "currency", "column", "document", "instalment", "number", "date", "amount"]);
        foreach (var row in report.Rows.IsEmpty ? report.Totals : report.Rows)
        {
            foreach (var cell in row.Cells)
            {
                foreach (var item in cell.Items)
                {
                    Row(writer,
                    [
                        Text(row.Title), row.Currency.Code, Text(cell.Column.Label), Text(item.Item.Id.Value), item.Instalment.ToString(CultureInfo.InvariantCulture),
                        Text(item.Item.Number ?? ""), LocalDatePattern.Iso.Format(item.Date), item.Amount.ToAmountString(),
                    ]);
                }
            }
        }
    }

    /// <summary>A forecast, a row for each currency, method and period; the tail has no dates.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="forecast">The forecast.</param>
    public static void WriteForecast(TextWriter writer, ReceiptsForecast forecast)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(forecast);
        Row(writer, ["currency", "method", "from", "to", "amount"]);
        foreach (var currency in forecast.Currencies)
        {
            foreach (var line in currency.Lines)
            {
                for (var i = 0; i < forecast.Periods.Length; i++)
                {
                    Row(writer, [currency.Currency.Code, line.Method.ToString(), LocalDatePattern.Iso.Format(forecast.Periods[i].From), LocalDatePattern.Iso.Format(forecast.Periods[i].To), line.Amounts[i].ToAmountString()]);
                }

                Row(writer, [currency.Currency.Code, line.Method.ToString(), "", "", line.Tail.ToAmountString()]);
            }
        }
    }

    /// <summary>Text as a field: quoted where it must be, and never a formula.</summary>
    internal static string Text(string text)
    {
        // Spreadsheets take these for the beginning of a formula, the full-width forms too, with blanks before them or without.
        var first = text.AsSpan().TrimStart(" \u00A0\u3000");
        var safe = first.Length > 0 && first[0] is ('=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20') ? "'" + text : text;
        return !safe.Any(c => c is ',' or '"' or ';' or '\r' or '\n' or '\t') ? safe : "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private static void Row(TextWriter writer, ReadOnlySpan<string> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0)
            {
                writer.Write(',');
            }

            writer.Write(fields[i]);
        }

        writer.Write("\r\n");
    }
}
