using System.Text.Json;
using NodaTime.Text;

namespace Receivables.Sdk.Matching;

/// <summary>Writes answers as JSON objects, one for each: the form in which they are kept and posted later (<see cref="PostableMatch"/>).</summary>
public static class MatchResultJson
{
    /// <summary>Writes one answer.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="result">The answer.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void Write(Utf8JsonWriter writer, MatchResult result)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(result);
        var transaction = result.Transaction;
        writer.WriteStartObject();
        writer.WriteString("transaction"u8, transaction.Id.Value);
        if ((transaction.BookingDate ?? transaction.ValueDate) is { } date)
        {
            writer.WriteString("bookingDate"u8, LocalDatePattern.Iso.Format(date));
        }

        writer.WriteString("amount"u8, transaction.Amount.ToAmountString());
        writer.WriteString("currency"u8, transaction.Amount.Currency.Code);
        writer.WriteString("decision"u8, MatchCodes.Of(result.Decision));
        WriteCustomer(writer, result.Customer);
        if (result.Confidence is { } confidence)
        {
            writer.WriteNumber("confidence"u8, confidence);
        }

        WriteAllocations(writer, result.Allocations, transaction.Amount.Currency);
        writer.WriteString("residual"u8, result.Residual.ToAmountString());
        writer.WriteString("outcome"u8, MatchCodes.Of(result.Outcome));
        WriteIds(writer, "clears"u8, result.Clears);
        WriteIds(writer, "reverses"u8, result.Reverses);
        WriteRefunds(writer, result.Refunds);
        if (result.Payment is { } payment)
        {
            writer.WriteString("payment"u8, payment.Value);
        }

        if (transaction.ReturnReason is { } reason)
        {
            writer.WriteString("returnReason"u8, reason);
        }

        WriteExplanation(writer, result.Explanation);
        writer.WriteStartArray("alternatives"u8);
        foreach (var alternative in result.Alternatives)
        {
            WriteAlternative(writer, alternative, transaction.Amount.Currency);
        }

        writer.WriteEndArray();
        writer.WriteString("model"u8, result.Model);
        writer.WriteEndObject();
    }

    private static void WriteAlternative(Utf8JsonWriter writer, MatchAlternative alternative, Currency currency)
    {
        writer.WriteStartObject();
        WriteCustomer(writer, alternative.Customer);
        writer.WriteNumber("confidence"u8, alternative.Confidence);
        WriteAllocations(writer, alternative.Allocations, currency);
        writer.WriteString("outcome"u8, MatchCodes.Of(alternative.Outcome));
        WriteExplanation(writer, alternative.Explanation);
        writer.WriteStartArray("differences"u8);
        foreach (var difference in alternative.Differences)
        {
            writer.WriteStartObject();
            writer.WriteString("field"u8, difference.Field);
            WriteText(writer, "bank"u8, difference.Bank);
            WriteText(writer, "ledger"u8, difference.Ledger);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteAllocations(Utf8JsonWriter writer, IReadOnlyList<MatchAllocation> allocations, Currency currency)
    {
        writer.WriteStartArray("allocations"u8);
        foreach (var allocation in allocations)
        {
            writer.WriteStartObject();
            writer.WriteString("document"u8, allocation.Document.Value);
            if (allocation.To is { } to)
            {
                writer.WriteString("to"u8, to.Value);
            }

            writer.WriteString("amount"u8, allocation.Amount.ToAmountString());
            if (allocation.Amount.Currency != currency)
            {
                writer.WriteString("currency"u8, allocation.Amount.Currency.Code);
            }

            writer.WriteString("kind"u8, MatchCodes.Of(allocation.Kind));
            WriteCustomer(writer, allocation.Customer);
            if (allocation.Paid is { } paid)
            {
                writer.WriteString("paid"u8, paid.ToAmountString());
            }

            if (allocation.Rate is { } rate)
            {
                writer.WriteString("rate"u8, rate.ToString("0.##########", System.Globalization.CultureInfo.InvariantCulture));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRefunds(Utf8JsonWriter writer, IReadOnlyList<MatchRefund> refunds)
    {
        if (refunds.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("refunds"u8);
        foreach (var refund in refunds)
        {
            writer.WriteStartObject();
            writer.WriteString("from"u8, refund.From.Value);
            writer.WriteString("amount"u8, refund.Amount.ToAmountString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteExplanation(Utf8JsonWriter writer, IReadOnlyList<MatchEvidence> explanation)
    {
        writer.WriteStartArray("explanation"u8);
        foreach (var evidence in explanation)
        {
            writer.WriteStartObject();
            writer.WriteString("evidence"u8, MatchCodes.Of(evidence.Code));
            WriteText(writer, "detail"u8, evidence.Detail);
            writer.WriteString("text"u8, evidence.Text);
            writer.WriteNumber("weight"u8, evidence.Weight);
            if (evidence.Field != TextField.None)
            {
                writer.WriteString("field"u8, JsonNamingPolicy.CamelCase.ConvertName(evidence.Field.ToString()));
                writer.WriteNumber("start"u8, evidence.Start);
                writer.WriteNumber("length"u8, evidence.Length);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteIds(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<DocumentId> ids)
    {
        if (ids.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var id in ids)
        {
            writer.WriteStringValue(id.Value);
        }

        writer.WriteEndArray();
    }

    private static void WriteCustomer(Utf8JsonWriter writer, CustomerId? customer) => WriteText(writer, "customer"u8, customer?.Value);

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            writer.WriteString(name, text);
        }
    }
}
