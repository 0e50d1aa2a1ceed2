using System.Globalization;
using System.Text.Json;
using Receivables.Sdk;
using Receivables.Sdk.Statements;

namespace Receivables.Cli.Output;

/// <summary>The JSON of a bank statement.</summary>
internal static class StatementJson
{
    internal static void Write(Utf8JsonWriter json, string file, BankStatement statement)
    {
        var (header, closing) = (statement.Header, statement.Closing);
        json.WriteString("file", file);
        json.WriteString("format", statement.Format.Name);
        json.Object("account", () =>
        {
            json.Text("iban", header.Account.Iban?.Value);
            json.Text("number", header.Account.Number);
            json.Text("bic", header.Account.Bic);
            json.Text("currency", (header.Account.Currency ?? closing.Opening?.Amount.Currency ?? closing.Closing?.Amount.Currency)?.Code);
        });
        json.Text("statementId", header.StatementId);
        json.Text("number", header.Number);
        json.Date("from", closing.From);
        json.Date("to", closing.To);
        Balance(json, "opening", closing.Opening);
        Balance(json, "closing", closing.Closing);
        if (statement.IsBalanced is { } balanced)
        {
            json.WriteBoolean("balanced", balanced);
        }

        json.Array("transactions", statement.Transactions, t => Transaction(json, t));
        json.Array("diagnostics", statement.Diagnostics, d => Diagnostic(json, d));
    }

    private static void Transaction(Utf8JsonWriter json, BankTransaction t)
    {
        json.WriteStartObject();
        json.WriteString("id", t.Id.Value);
        json.Array("keys", t.Keys, k => json.WriteStringValue(k.Value));
        json.Date("bookingDate", t.BookingDate);
        if (t.IsBookingDateFromValueDate)
        {
            json.WriteString("bookingDateFrom", "value");
        }

        json.Date("valueDate", t.ValueDate);
        json.Amount("amount", t.Amount);
        json.WriteString("currency", t.Amount.Currency.Code);
        json.WriteString("status", t.Status switch
        {
            TransactionStatus.Booked => "booked",
            TransactionStatus.Pending => "pending",
            TransactionStatus.Expected => "expected",
            _ => "information",
        });
        json.WriteBoolean("reversal", t.IsReversal);
        Counterparty(json, t.Counterparty);
        json.Text("remittance", t.Remittance);
        json.Text("structuredReference", t.StructuredReference);
        json.Text("endToEndId", t.EndToEndId);
        json.Text("mandateId", t.MandateId);
        json.Text("bankReference", t.BankReference);
        json.Text("customerReference", t.CustomerReference);
        json.Text("transactionCode", t.Code?.ToString());
        json.Text("returnReason", t.ReturnReason);
        json.Text("batch", t.Batch?.Id);
        json.Amount("charges", t.Details?.Charges);
        Original(json, t.Details?.Original);
        if (t.Offset >= 0)
        {
            json.WriteNumber("offset", t.Offset);
            json.WriteNumber("length", t.Length);
        }

        json.WriteEndObject();
    }

    private static void Counterparty(Utf8JsonWriter json, Counterparty? party)
    {
        if (party is null)
        {
            return;
        }

        json.Object("counterparty", () =>
        {
            json.Text("name", party.Name);
            json.Text("iban", party.Iban?.Value);
            json.Text("account", party.Account);
            json.Text("bic", party.Bic);
            json.Text("ultimateName", party.UltimateName);
        });
    }

    private static void Original(Utf8JsonWriter json, OriginalAmount? original)
    {
        if (original is null)
        {
            return;
        }

        json.Object("original", () =>
        {
            json.Amount("amount", original.Amount);
            json.WriteString("currency", original.Amount.Currency.Code);
            json.Text("rate", original.Rate?.ToString("0.############################", CultureInfo.InvariantCulture));
        });
    }

    private static void Balance(Utf8JsonWriter json, string name, StatementBalance? balance)
    {
        if (balance is null)
        {
            return;
        }

        json.Object(name, () =>
        {
            json.Date("date", balance.Date);
            json.Amount("amount", balance.Amount);
            json.Text("currency", balance.Amount.Currency == Currency.None ? null : balance.Amount.Currency.Code);
        });
    }

    private static void Diagnostic(Utf8JsonWriter json, Diagnostic d)
    {
        json.WriteStartObject();
        json.WriteString("severity", d.Severity switch { DiagnosticSeverity.Error => "error", DiagnosticSeverity.Warning => "warning", _ => "info" });
        json.WriteString("code", d.Code);
        json.WriteString("message", d.Message);
        json.WriteNumber("line", d.Location.Line);
        json.WriteNumber("column", d.Location.Column);
        json.WriteNumber("offset", d.Location.Offset);
        json.WriteEndObject();
    }
}
