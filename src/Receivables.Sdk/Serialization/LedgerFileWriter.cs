using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Serialization;

/// <summary>Writes ledger files: JSON Lines, one event a line.</summary>
/// <remarks>
/// An amount is written with the decimals it has (<c>100.00m</c> is <c>"100.00"</c>, as <see cref="Money.FromMinorUnits"/> gives it); that of a
/// document that names its currency is written with at least the currency's. Lines end with LF. Not thread-safe.
/// </remarks>
public sealed class LedgerFileWriter
{
    private readonly IBufferWriter<byte> _target;

    /// <summary>A writer.</summary>
    /// <param name="target">Where the lines go, such as a <see cref="System.IO.Pipelines.PipeWriter"/> or an <see cref="ArrayBufferWriter{T}"/>.</param>
    public LedgerFileWriter(IBufferWriter<byte> target)
    {
        ArgumentNullException.ThrowIfNull(target);
        _target = target;
    }

    /// <summary>One event as the line of a ledger file, without its end.</summary>
    /// <param name="item">The event.</param>
    public static string ToLine(LedgerEvent item)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        new LedgerFileWriter(buffer).Write(item);
        return Encoding.UTF8.GetString(buffer.WrittenSpan[..^1]);
    }

    /// <summary>Writes a line that was read, with the fields that its record does not know.</summary>
    /// <param name="line">The line; nothing is written for one without an event.</param>
    public void Write(LedgerFileLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.Event is { } item)
        {
            Write(item, line.UnknownFields, line.UnknownParts);
        }
    }

    /// <summary>Writes an event.</summary>
    /// <param name="item">The event.</param>
    /// <param name="unknownFields">Further JSON members with commas between them, as <see cref="LedgerFileLine.UnknownFields"/> has them.</param>
    /// <param name="unknownParts">The same for objects within the record, as <see cref="LedgerFileLine.UnknownParts"/> has them.</param>
    public void Write(LedgerEvent item, string? unknownFields = null, IReadOnlyList<UnknownPart>? unknownParts = null)
    {
        ArgumentNullException.ThrowIfNull(item);
        // Text stays as people write it: only what JSON demands is escaped.
        using var json = new Utf8JsonWriter(_target, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        WriteFields(json, item, unknownParts ?? []);
        if (item.RecordedAt is { } recorded)
        {
            json.WriteString("recorded", InstantPattern.ExtendedIso.Format(recorded));
        }

        if (unknownFields is { Length: > 0 })
        {
            WriteUnknown(json, unknownFields);
        }

        json.WriteEndObject();
        json.Flush();
        _target.Write("\n"u8);
    }

    private static void WriteUnknown(Utf8JsonWriter json, string members)
    {
        using var document = JsonDocument.Parse("{" + members + "}");
        foreach (var member in document.RootElement.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            json.WriteRawValue(member.Value.GetRawText());
        }
    }

    // The unknown fields of the object at a place of a field.
    private static void WriteUnknown(Utf8JsonWriter json, IReadOnlyList<UnknownPart> parts, string field, int index)
    {
        foreach (var part in parts)
        {
            if (part.Index == index && string.Equals(part.Field, field, StringComparison.Ordinal))
            {
                WriteUnknown(json, part.Fields);
            }
        }
    }

    private static void WriteFields(Utf8JsonWriter json, LedgerEvent item, IReadOnlyList<UnknownPart> parts)
    {
        switch (item)
        {
            case LedgerOpened e:
                json.WriteString("record", "ledger");
                json.WriteNumber("version", 1);
                Text(json, "currency", e.Currency?.Code);
                Text(json, "name", e.Name);
                Texts(json, "accounts", e.Accounts);
                Text(json, "country", e.Country);
                break;
            case CustomerRecorded e:
                WriteCustomer(json, e);
                break;
            case DocumentIssued e:
                WriteDocument(json, e, parts);
                break;
            case PaymentReceived e:
                Start(json, "payment", "id", e.Id.Value);
                Text(json, "customer", e.Customer?.Value);
                Date(json, "received", e.Received);
                Amount(json, "amount", e.Amount, e.Currency);
                Text(json, "currency", e.Currency?.Code);
                Text(json, "transaction", e.Transaction?.Value);
                Text(json, "method", e.Method);
                Text(json, "entity", e.Entity);
                break;
            case AllocationMade e:
                WriteAllocation(json, e);
                break;
            case AllocationReversed e:
                Start(json, "reversal", "allocation", e.Allocation.Value);
                Date(json, "on", e.On);
                Text(json, "reason", e.Reason);
                break;
            case PaymentReturned e:
                Start(json, "paymentReturn", "payment", e.Payment.Value);
                Date(json, "on", e.On);
                Amount(json, "amount", e.Amount);
                Text(json, "reason", e.Reason);
                Text(json, "transaction", e.Transaction?.Value);
                break;
            case MoneyRefunded e:
                Start(json, "refund", "from", e.From.Value);
                Date(json, "on", e.On);
                Amount(json, "amount", e.Amount);
                Text(json, "transaction", e.Transaction?.Value);
                break;
            case NoteWritten e:
                Start(json, "note", "invoice", e.Invoice.Value);
                json.WriteString("at", InstantPattern.ExtendedIso.Format(e.At));
                Text(json, "by", e.By);
                Text(json, "text", e.Text);
                break;
            case BankDataReceived e:
                Start(json, "bankData", "account", e.Account);
                Date(json, "until", e.Until);
                break;
            default:
                WriteClaim(json, item, parts);
                break;
        }
    }

    private static void WriteClaim(Utf8JsonWriter json, LedgerEvent item, IReadOnlyList<UnknownPart> parts)
    {
        switch (item)
        {
            case DisputeOpened e:
                Start(json, "dispute", "invoice", e.Invoice.Value);
                Date(json, "opened", e.Opened);
                Date(json, "resolved", e.Resolved);
                Amount(json, "amount", e.Amount);
                Text(json, "reason", e.Reason);
                break;
            case PromiseMade e:
                Start(json, "promise", "invoice", e.Invoice.Value);
                Date(json, "made", e.Made);
                Date(json, "until", e.Until);
                Amount(json, "amount", e.Amount);
                break;
            case HoldPlaced e:
                Start(json, "hold", "customer", e.Customer.Value);
                Date(json, "from", e.From);
                Date(json, "until", e.Until);
                Text(json, "reason", e.Reason);
                break;
            case PlanAgreed e:
                Start(json, "plan", "invoice", e.Invoice.Value);
                Date(json, "agreed", e.Agreed);
                Terms(json, e.Instalments, null, parts);
                break;
            case DirectDebitAnnounced e:
                Start(json, "directDebit", "invoice", e.Invoice.Value);
                Date(json, "collectOn", e.CollectOn);
                break;
            case HandedOver e:
                Start(json, "handover", "invoice", e.Invoice.Value);
                Date(json, "on", e.On);
                Text(json, "to", e.To);
                break;
            case ReminderSent e:
                Start(json, "reminder", "invoice", e.Invoice.Value);
                json.WriteNumber("instalment", e.Instalment);
                json.WriteNumber("level", e.Level);
                Date(json, "sent", e.Sent);
                Text(json, "channel", e.Channel);
                Text(json, "action", e.Action?.Value);
                break;
            default:
                WriteOutcome(json, item);
                break;
        }
    }

    private static void WriteOutcome(Utf8JsonWriter json, LedgerEvent item)
    {
        switch (item)
        {
            case DocumentTransmitted e:
                Start(json, "delivery", "invoice", e.Invoice.Value);
                Date(json, "on", e.On);
                Text(json, "outcome", LedgerRecordNames.OfOutcome(e.Outcome));
                Text(json, "channel", e.Channel);
                break;
            case PaymentCleared e:
                Start(json, "clearing", "payment", e.Payment.Value);
                Date(json, "on", e.On);
                Text(json, "transaction", e.Transaction.Value);
                break;
            case DisputeResolved e:
                Start(json, "disputeResolution", "invoice", e.Invoice.Value);
                Date(json, "on", e.On);
                Amount(json, "accepted", e.Accepted);
                Text(json, "reason", e.Reason);
                break;
            case PromiseEnded e:
                Start(json, "promiseEnd", "invoice", e.Invoice.Value);
                Date(json, "on", e.On);
                Text(json, "outcome", LedgerRecordNames.OfOutcome(e.Outcome));
                break;
            case PlanEnded e:
                Start(json, "planEnd", "invoice", e.Invoice.Value);
                Date(json, "on", e.On);
                Text(json, "outcome", LedgerRecordNames.OfOutcome(e.Outcome));
                break;
            case HoldReleased e:
                Start(json, "holdRelease", "customer", e.Customer.Value);
                Date(json, "on", e.On);
                break;
            case ReminderConcluded e:
                Start(json, "reminderResult", "action", e.Action.Value);
                Date(json, "on", e.On);
                Text(json, "outcome", LedgerRecordNames.OfOutcome(e.Outcome));
                break;
            case HandoverRecalled e:
                Start(json, "recall", "invoice", e.Invoice.Value);
                Date(json, "on", e.On);
                break;
            case InsolvencyDeclared e:
                Start(json, "insolvency", "customer", e.Customer.Value);
                Date(json, "on", e.On);
                Text(json, "reason", e.Reason);
                break;
            case CreditLimitChanged e:
                Start(json, "creditLimit", "customer", e.Customer.Value);
                Date(json, "on", e.On);
                Amount(json, "limit", e.Limit);
                Amount(json, "insured", e.Insured);
                break;
            case CustomersMerged e:
                Start(json, "merge", "customer", e.Customer.Value);
                Text(json, "to", e.Into.Value);
                Date(json, "on", e.On);
                Text(json, "reason", e.Reason);
                break;
            case MergeUndone e:
                Start(json, "unmerge", "customer", e.Customer.Value);
                Date(json, "on", e.On);
                Text(json, "reason", e.Reason);
                break;
            default:
                throw new ArgumentException("An event of a kind that has no record.", nameof(item));
        }
    }

    private static void WriteCustomer(Utf8JsonWriter json, CustomerRecorded e)
    {
        var customer = e.Customer;
        Start(json, "customer", "id", customer.Id.Value);
        Text(json, "name", customer.Name);
        Texts(json, "aliases", customer.Aliases);
        Text(json, "kind", customer.Kind switch { PartyKind.Business => "business", PartyKind.Consumer => "consumer", _ => null });
        Text(json, "language", customer.Language);
        Text(json, "country", customer.Country);
        Text(json, "profile", customer.Profile);
        Text(json, "group", customer.Group);
        Text(json, "parent", customer.Parent?.Value);
        Texts(json, "ibans", [.. customer.Ibans.Select(i => i.Value)]);
        Texts(json, "bankAccounts", customer.BankAccounts);
        Amount(json, "creditLimit", e.CreditLimit ?? customer.CreditLimit?.Amount);
        Text(json, "email", customer.Email);
        Text(json, "phone", customer.Phone);
    }

    private static void WriteDocument(Utf8JsonWriter json, DocumentIssued e, IReadOnlyList<UnknownPart> parts)
    {
        Start(json, LedgerRecordNames.Of(e.Kind), "id", e.Id.Value);
        Text(json, "customer", e.Customer.Value);
        Text(json, "number", e.Number);
        Date(json, "issued", e.Issued);
        Date(json, "due", e.Due);
        Amount(json, "amount", e.Amount, e.Currency);
        Text(json, "currency", e.Currency?.Code);
        Text(json, "reference", e.Reference);
        Text(json, "orderNumber", e.OrderNumber);
        Text(json, "contractNumber", e.ContractNumber);
        Text(json, "entity", e.Entity);
        Texts(json, "otherNumbers", e.OtherNumbers);
        if (e.CashDiscounts.Count > 0)
        {
            json.WritePropertyName("cashDiscount");
            WriteDiscounts(json, e.CashDiscounts, parts);
        }

        Terms(json, e.Instalments, e.Currency, parts);
        Text(json, "invoice", e.RelatedTo?.Value);
    }

    // One step is written as the object itself, several as a list.
    private static void WriteDiscounts(Utf8JsonWriter json, IReadOnlyList<CashDiscount> steps, IReadOnlyList<UnknownPart> parts)
    {
        if (steps.Count > 1)
        {
            json.WriteStartArray();
        }

        for (var i = 0; i < steps.Count; i++)
        {
            json.WriteStartObject();
            Amount(json, "percent", steps[i].Percent.Percent);
            Date(json, "until", steps[i].Until);
            WriteUnknown(json, parts, "cashDiscount", i);
            json.WriteEndObject();
        }

        if (steps.Count > 1)
        {
            json.WriteEndArray();
        }
    }

    private static void WriteAllocation(Utf8JsonWriter json, AllocationMade e)
    {
        Start(json, "allocation", "id", e.Id.Value);
        Text(json, "from", e.From?.Value);
        Text(json, "to", e.To.Value);
        Amount(json, "amount", e.Amount);
        Date(json, "on", e.On);
        Text(json, "kind", LedgerRecordNames.Of(e.Kind));
        Amount(json, "paid", e.Paid);
        Amount(json, "rate", e.Rate);
        Text(json, "by", e.By);
        Text(json, "reason", e.Reason);
    }

    private static void Start(Utf8JsonWriter json, string record, string field, string value)
    {
        json.WriteString("record", record);
        json.WriteString(field, value);
    }

    private static void Text(Utf8JsonWriter json, string field, string? value)
    {
        if (value is not null)
        {
            json.WriteString(field, value);
        }
    }

    private static void Texts(Utf8JsonWriter json, string field, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartArray(field);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void Terms(Utf8JsonWriter json, IReadOnlyList<InstalmentTerm> terms, Currency? currency, IReadOnlyList<UnknownPart> parts)
    {
        if (terms.Count == 0)
        {
            return;
        }

        json.WriteStartArray("instalments");
        for (var i = 0; i < terms.Count; i++)
        {
            json.WriteStartObject();
            Date(json, "due", terms[i].Due);
            Amount(json, "amount", terms[i].Amount, currency);
            WriteUnknown(json, parts, "instalments", i);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Date(Utf8JsonWriter json, string field, LocalDate? value)
    {
        if (value is { } date)
        {
            json.WriteString(field, LocalDatePattern.Iso.Format(date));
        }
    }

    private static void Amount(Utf8JsonWriter json, string field, decimal? value, Currency? currency = null)
    {
        if (value is { } amount)
        {
            json.WriteString(field, currency is { } known ? new Money(amount, known).ToAmountString() : amount.ToString(CultureInfo.InvariantCulture));
        }
    }
}
