using System.Text.Json;
using Receivables.Sdk.Aging;

namespace Receivables.Cli.Output;

/// <summary>The JSON of a line of an aging report.</summary>
internal static class AgingJson
{
    internal static void Write(Utf8JsonWriter json, AgingRow row)
    {
        json.WriteString("group", row.Title);
        json.WriteString("currency", row.Currency.Code);
        json.Amount("notDue", row.NotDue);
        json.Array("buckets", row.Buckets, cell =>
        {
            json.WriteStartObject();
            json.WriteNumber("from", cell.Column.From!.Value);
            if (cell.Column.To is { } to)
            {
                json.WriteNumber("to", to);
            }

            json.Amount("amount", cell.Amount);
            json.WriteEndObject();
        });
        json.Amount("unapplied", row.Unapplied);
        json.Amount("total", row.Total);
        json.Amount("disputed", row.Disputed);
    }
}
