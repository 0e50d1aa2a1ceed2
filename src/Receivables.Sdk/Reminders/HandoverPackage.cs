using System.Text.Json;
using NodaTime.Text;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>One claim of a package.</summary>
/// <param name="Line">The instalment with its interest sheet.</param>
/// <param name="Item">The document.</param>
/// <param name="Reminders">What was sent about it, earliest first.</param>
/// <param name="Notes">The dossier, earliest first.</param>
public sealed record HandoverClaim(ReminderLine Line, OpenItem Item, IReadOnlyList<SentReminder> Reminders, IReadOnlyList<DossierNote> Notes)
{
    /// <summary>How and when the document itself reached the debtor, or did not; earliest first.</summary>
    public IReadOnlyList<DocumentDelivery> Deliveries { get; init; } = [];
}

/// <summary>All that a collection agency or bailiff needs: claims with their interest calculation, dossier, evidence, the debtor.</summary>
/// <remarks>It holds personal data of one customer: hand it over as such. Immutable and safe to share between threads.</remarks>
public sealed record HandoverPackage
{
    /// <summary>The action that hands over.</summary>
    public required ReminderAction Action { get; init; }

    /// <summary>The debtor; null when nothing but the id is known.</summary>
    public Customer? Debtor { get; init; }

    /// <summary>The creditor's name.</summary>
    public string? Creditor { get; init; }

    /// <summary>The claims, in order of document and instalment.</summary>
    public required IReadOnlyList<HandoverClaim> Claims { get; init; }

    /// <summary>What became of the messages, earliest first.</summary>
    public required IReadOnlyList<DeliveryReport> Evidence { get; init; }

    /// <summary>The payment terms, as the host words them.</summary>
    public string? Terms { get; init; }

    /// <summary>Gathers a package.</summary>
    /// <param name="action">An action of kind <see cref="ReminderKind.Handover"/>.</param>
    /// <param name="snapshot">The ledger it was planned on.</param>
    /// <param name="facts">The evidence; null for none.</param>
    /// <exception cref="ArgumentException">The action is of another kind, or a line's document is not in the snapshot.</exception>
    public static HandoverPackage Of(ReminderAction action, LedgerSnapshot snapshot, ReminderFacts? facts = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(snapshot);
        if (action.Kind != ReminderKind.Handover)
        {
            throw new ArgumentException("The action hands nothing over.", nameof(action));
        }

        var items = snapshot.OpenItems.Where(i => action.Lines.Any(l => l.Invoice == i.Id)).ToDictionary(i => i.Id);
        var claims = new List<HandoverClaim>();
        foreach (var line in action.Lines)
        {
            if (!items.TryGetValue(line.Invoice, out var item))
            {
                throw new ArgumentException("A document of the action is not in the snapshot.", nameof(snapshot));
            }

            claims.Add(new HandoverClaim(
                line,
                item,
                [.. snapshot.Reminders.Where(r => r.Invoice == line.Invoice && r.Instalment == line.Instalment).OrderBy(r => r.Sent).ThenBy(r => r.Level)],
                [.. snapshot.Notes.Where(n => n.Invoice == line.Invoice).OrderBy(n => n.At)])
            {
                Deliveries = [.. snapshot.Deliveries.Where(d => d.Invoice == line.Invoice).OrderBy(d => d.On).ThenBy(d => d.Outcome)],
            });
        }

        var sent = claims.SelectMany(c => c.Reminders).Select(r => r.Action).OfType<ActionId>().ToHashSet();
        return new HandoverPackage
        {
            Action = action,
            Debtor = snapshot.Customers.FirstOrDefault(c => c.Id == action.Customer),
            Creditor = snapshot.Name,
            Claims = claims,
            Evidence = [.. (facts ?? ReminderFacts.None).Deliveries.Where(d => sent.Contains(d.Action)).OrderBy(d => d.On).ThenBy(d => d.Action)],
        };
    }

    /// <summary>Writes the package as one JSON object; amounts are texts, dates are ISO.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("action", Action.Id.Value);
        writer.WriteString("on", LocalDatePattern.Iso.Format(Action.On));
        WriteOptional(writer, "creditor", Creditor);
        WriteOptional(writer, "terms", Terms);
        writer.WriteStartObject("debtor");
        writer.WriteString("id", Action.Customer.Value);
        WriteOptional(writer, "name", Debtor?.Name);
        WriteOptional(writer, "country", Debtor?.Country);
        WriteOptional(writer, "email", Debtor?.Email);
        WriteOptional(writer, "phone", Debtor?.Phone);
        Write(writer, Debtor?.Contacts ?? []);
        writer.WriteEndObject();
        writer.WriteString("currency", Action.Amount.Currency.Code);
        writer.WriteString("principal", Action.Amount.ToAmountString());
        writer.WriteString("fees", Action.Fees.ToAmountString());
        writer.WriteString("interest", Action.Interest.ToAmountString());
        writer.WriteString("total", Action.Total.ToAmountString());
        writer.WriteStartArray("claims");
        foreach (var claim in Claims)
        {
            Write(writer, claim);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("evidence");
        foreach (var report in Evidence)
        {
            writer.WriteStartObject();
            writer.WriteString("action", report.Action.Value);
            writer.WriteString("channel", report.Channel);
            writer.WriteString("status", report.Status switch { DeliveryStatus.Delivered => "delivered", DeliveryStatus.Bounced => "bounced", DeliveryStatus.Read => "read", _ => "accepted" });
            writer.WriteString("on", LocalDatePattern.Iso.Format(report.On));
            WriteOptional(writer, "proof", report.Proof);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Contact> contacts)
    {
        writer.WriteStartArray("contacts");
        foreach (var contact in contacts)
        {
            writer.WriteStartObject();
            WriteOptional(writer, "name", contact.Name);
            WriteOptional(writer, "role", contact.Role);
            WriteOptional(writer, "email", contact.Email);
            WriteOptional(writer, "phone", contact.Phone);
            WriteOptional(writer, "language", contact.Language);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, HandoverClaim claim)
    {
        writer.WriteStartObject();
        writer.WriteString("invoice", claim.Line.Invoice.Value);
        writer.WriteNumber("instalment", claim.Line.Instalment);
        WriteOptional(writer, "number", claim.Line.Number);
        writer.WriteString("issued", LocalDatePattern.Iso.Format(claim.Item.Issued));
        writer.WriteString("due", LocalDatePattern.Iso.Format(claim.Line.Due));
        writer.WriteString("open", claim.Line.Open.ToAmountString());
        writer.WriteString("interest", claim.Line.Interest.ToAmountString());
        if (claim.Line.Sheet is { } sheet)
        {
            writer.WriteString("law", sheet.Source);
            writer.WriteBoolean("provisional", sheet.IsProvisional);
            writer.WriteStartArray("sheet");
            foreach (var segment in sheet.Segments)
            {
                writer.WriteStartObject();
                writer.WriteString("from", LocalDatePattern.Iso.Format(segment.From));
                writer.WriteString("until", LocalDatePattern.Iso.Format(segment.Until));
                writer.WriteNumber("days", segment.Days);
                writer.WriteString("principal", segment.Principal.ToAmountString());
                writer.WriteString("percent", new Percentage(segment.Percent).ToString());
                writer.WriteString("interest", segment.Interest.ToAmountString());
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteStartArray("deliveries");
        foreach (var delivery in claim.Deliveries)
        {
            writer.WriteStartObject();
            writer.WriteString("on", LocalDatePattern.Iso.Format(delivery.On));
            writer.WriteString("outcome", delivery.Outcome switch { DeliveryOutcome.Delivered => "delivered", DeliveryOutcome.Bounced => "bounced", _ => "sent" });
            WriteOptional(writer, "channel", delivery.Channel);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("reminders");
        foreach (var reminder in claim.Reminders)
        {
            writer.WriteStartObject();
            writer.WriteNumber("level", reminder.Level);
            writer.WriteString("sent", LocalDatePattern.Iso.Format(reminder.Sent));
            WriteOptional(writer, "channel", reminder.Channel);
            WriteOptional(writer, "action", reminder.Action?.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("dossier");
        foreach (var note in claim.Notes)
        {
            writer.WriteStartObject();
            writer.WriteString("at", InstantPattern.ExtendedIso.Format(note.At));
            writer.WriteString("kind", note.Kind switch { NoteKind.Call => "call", NoteKind.MailIn => "mailIn", NoteKind.MailOut => "mailOut", NoteKind.Attachment => "attachment", _ => "comment" });
            WriteOptional(writer, "by", note.By);
            WriteOptional(writer, "text", note.Text);
            WriteOptional(writer, "reference", note.Reference);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
