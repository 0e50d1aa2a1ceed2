using System.Text.Json;
using NodaTime.Text;
using Receivables.Sdk;
using Receivables.Sdk.Reminders;

namespace Receivables.Cli.Output;

/// <summary>The JSON of planned reminders, and of what is held and why.</summary>
internal static class ReminderJson
{
    internal static void Write(Utf8JsonWriter json, ReminderAction action)
    {
        json.WriteString("type", "action");
        json.WriteString("id", action.Id.Value);
        json.Date("on", action.On);
        json.WriteString("customer", action.Customer.Value);
        json.WriteNumber("level", action.Level);
        json.WriteString("kind", action.KindCode);
        json.WriteString("channel", action.Channel);
        json.Text("entity", action.Entity);
        if (action.Window is { } window)
        {
            json.WriteString("notBefore", InstantPattern.ExtendedIso.Format(window.Start));
            json.WriteString("notAfter", InstantPattern.ExtendedIso.Format(window.End));
        }

        if (action.Approval != ApprovalRule.None)
        {
            json.WriteString("approval", action.Approval == ApprovalRule.FourEyes ? "fourEyes" : "required");
        }

        json.Date("deadline", action.Deadline);
        json.WriteString("language", action.Language);
        json.WriteString("template", action.Template);
        json.Array("invoices", action.Lines, line =>
        {
            json.WriteStartObject();
            json.WriteString("invoice", line.Invoice.Value);
            json.WriteNumber("instalment", line.Instalment);
            json.Amount("open", line.Open);
            json.WriteNumber("daysOverdue", line.DaysOverdue);
            json.WriteNumber("level", line.Level);
            if (line.Customer != action.Customer)
            {
                json.WriteString("customer", line.Customer.Value);
            }

            json.WriteEndObject();
        });
        json.WriteString("currency", action.Amount.Currency.Code);
        json.Amount("amount", action.Amount);
        json.Amount("fees", action.Fees);
        json.Amount("interest", action.Interest);
        json.Amount("total", action.Total);
        if (action.AnnouncedCosts is { } announced)
        {
            json.Amount("announcedCosts", announced);
        }

        if (action.OpenCredits.IsPositive)
        {
            json.Amount("openCredits", action.OpenCredits);
        }

        json.Array("reasons", action.Reasons, r => Write(json, r));
    }

    internal static void Write(Utf8JsonWriter json, HeldItem held)
    {
        json.WriteString("type", "held");
        json.WriteString("invoice", held.Invoice.Value);
        json.WriteNumber("instalment", held.Instalment);
        json.Text("customer", held.Customer?.Value);
        json.WriteString("reason", held.Code);
        json.WriteString("text", held.Text);
        json.Date("until", held.Until);
    }

    private static void Write(Utf8JsonWriter json, CodedReason reason)
    {
        json.WriteStartObject();
        json.WriteString("code", reason.Code);
        json.Object("args", () =>
        {
            foreach (var argument in reason.Args)
            {
                if (argument.IsNumber)
                {
                    json.WritePropertyName(argument.Name);
                    json.WriteRawValue(argument.Value);
                }
                else
                {
                    json.WriteString(argument.Name, argument.Value);
                }
            }
        });
        json.WriteString("text", reason.Text);
        json.WriteEndObject();
    }
}
