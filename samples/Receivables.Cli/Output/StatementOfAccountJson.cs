using System.Text.Json;
using Receivables.Sdk.Reporting;

namespace Receivables.Cli.Output;

/// <summary>The JSON of a statement of account.</summary>
internal static class StatementOfAccountJson
{
    internal static void Write(Utf8JsonWriter json, StatementOfAccount statement)
    {
        json.WriteString("customer", statement.Customer.Value);
        json.Text("name", statement.Name);
        json.Date("from", statement.From);
        json.Date("to", statement.To);
        json.Array("currencies", statement.Accounts, account =>
        {
            json.WriteStartObject();
            json.WriteString("currency", account.Currency.Code);
            json.Amount("opening", account.Opening);
            json.Array("movements", account.Movements, m =>
            {
                json.WriteStartObject();
                json.Date("date", m.Date);
                json.WriteString("document", m.Document.Value);
                json.Text("number", m.Number);
                json.WriteString("kind", Words.Of(m.Kind));
                json.Amount("amount", m.Amount);
                json.Amount("balance", m.Balance);
                json.WriteEndObject();
            });
            json.Amount("closing", account.Closing);
            json.Array("openItems", account.OpenItems, item =>
            {
                json.WriteStartObject();
                json.WriteString("document", item.Document.Value);
                json.Text("number", item.Number);
                json.Date("due", item.Due);
                json.Amount("open", item.Open);
                json.Amount("disputed", item.Disputed);
                json.WriteNumber("reminders", item.Reminders);
                json.Date("lastReminder", item.LastReminder);
                json.WriteEndObject();
            });
            json.WriteEndObject();
        });
    }
}
