using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>Writes and reads the log of what people said, a JSON object for each event, one a line (JSON Lines, UTF-8).</summary>
/// <remarks>What is read equals what was written. Fields may be added in later versions; unknown ones are passed over.</remarks>
public static class LearningJson
{
    /// <summary>Writes one event.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="learned">The event.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void Write(Utf8JsonWriter writer, LearningEvent learned)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(learned);
        writer.WriteStartObject();
        writer.WriteString("learned"u8, learned switch { MatchConfirmed => "confirmed", MatchRejected => "rejected", PaymentAnnounced => "announced", _ => "revoked" });
        writer.WriteString("on"u8, LocalDatePattern.Iso.Format(learned.On));
        WriteText(writer, "by"u8, learned.By);
        switch (learned)
        {
            case MatchConfirmed c:
                WriteAnswer(writer, c.Transaction, c.Answer, c.Account, c.Name, c.Proposed);
                writer.WriteBoolean("asProposed"u8, c.IsAsProposed);
                WriteText(writer, "payer"u8, c.Payer?.Value);
                WriteText(writer, "droppedPrefix"u8, c.DroppedPrefix);
                if (c.DiscountDaysLate is { } days)
                {
                    writer.WriteNumber("discountDaysLate"u8, days);
                }

                break;
            case MatchRejected r:
                WriteAnswer(writer, r.Transaction, r.Answer, r.Account, r.Name, r.Proposed);
                break;
            case PaymentAnnounced announced:
                writer.WriteString("document"u8, announced.Document.Value);
                writer.WriteString("amount"u8, announced.Amount.ToAmountString());
                writer.WriteString("currency"u8, announced.Amount.Currency.Code);
                WriteText(writer, "paidOn"u8, announced.PaidOn is { } day ? LocalDatePattern.Iso.Format(day) : null);
                WriteText(writer, "reference"u8, announced.Reference);
                break;
            case AliasRevoked revoked:
                writer.WriteString("alias"u8, revoked.Alias);
                break;
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads one line.</summary>
    /// <param name="line">A JSON object.</param>
    /// <param name="learned">The event; null when the line is none.</param>
    /// <returns>Whether the line is an event.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> line, out LearningEvent? learned)
    {
        learned = null;
        try
        {
            using var document = JsonDocument.Parse(line);
            learned = Read(document.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }

        return learned is not null;
    }

    private static LearningEvent? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || Text(root, "on") is not { } date || !LocalDatePattern.Iso.Parse(date).TryGetValue(default, out var on))
        {
            return null;
        }

        var kind = Text(root, "learned");
        var by = Text(root, "by");
        if (kind == "revoked")
        {
            return Text(root, "alias") is { } alias ? new AliasRevoked { On = on, By = by, Alias = alias } : null;
        }

        if (kind == "announced")
        {
            return ReadAnnounced(root, on, by);
        }

        if (kind is not ("confirmed" or "rejected") || Text(root, "transaction") is not { } transaction || ReadAnswer(root) is not { } answer || !TryDecision(root, out var proposed))
        {
            return null;
        }

        return kind == "rejected"
            ? new MatchRejected { On = on, By = by, Transaction = new TransactionId(transaction), Answer = answer, Account = Text(root, "account"), Name = Text(root, "name"), Proposed = proposed }
            : new MatchConfirmed
            {
                On = on,
                By = by,
                Transaction = new TransactionId(transaction),
                Answer = answer,
                Account = Text(root, "account"),
                Name = Text(root, "name"),
                Proposed = proposed,
                IsAsProposed = root.TryGetProperty("asProposed", out var same) && same.ValueKind == JsonValueKind.True,
                Payer = Text(root, "payer") is { Length: > 0 } payer ? new CustomerId(payer) : null,
                DroppedPrefix = Text(root, "droppedPrefix"),
                DiscountDaysLate = root.TryGetProperty("discountDaysLate", out var days) && days.ValueKind == JsonValueKind.Number && days.TryGetInt32(out var late) ? late : null,
            };
    }

    private static PaymentAnnounced? ReadAnnounced(JsonElement root, LocalDate on, string? by)
    {
        LocalDate? paidOn = null;
        if (Text(root, "document") is not { Length: > 0 } document || !TryMoney(root, out var amount) || (Text(root, "paidOn") is { } day && !TryDate(day, out paidOn)))
        {
            return null;
        }

        return new PaymentAnnounced { On = on, By = by, Document = new DocumentId(document), Amount = amount, PaidOn = paidOn, Reference = Text(root, "reference") };
    }

    private static bool TryDate(string text, out LocalDate? date)
    {
        var result = LocalDatePattern.Iso.Parse(text);
        date = result.Success ? result.Value : null;
        return result.Success;
    }

    private static bool TryMoney(JsonElement element, out Money money)
    {
        money = default;
        if (!Currency.TryParse(Text(element, "currency"), out var currency)
            || !decimal.TryParse(Text(element, "amount"), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
        {
            return false;
        }

        money = new Money(amount, currency);
        return true;
    }

    private static void WriteAnswer(Utf8JsonWriter writer, TransactionId transaction, MatchAnswer answer, string? account, string? name, MatchDecision? proposed)
    {
        writer.WriteString("transaction"u8, transaction.Value);
        WriteText(writer, "account"u8, account);
        WriteText(writer, "name"u8, name);
        if (proposed is { } decision)
        {
            writer.WriteString("proposed"u8, MatchCodes.Of(decision));
        }

        WriteText(writer, "customer"u8, answer.Customer?.Value);
        writer.WriteString("outcome"u8, MatchCodes.Of(answer.Outcome));
        writer.WriteStartArray("parts"u8);
        foreach (var part in answer.Parts)
        {
            writer.WriteStartObject();
            writer.WriteString("document"u8, part.Document.Value);
            WriteText(writer, "to"u8, part.To?.Value);
            writer.WriteString("amount"u8, part.Amount.ToAmountString());
            writer.WriteString("currency"u8, part.Amount.Currency.Code);
            writer.WriteString("kind"u8, MatchCodes.Of(part.Kind));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (answer.Others.Count > 0)
        {
            writer.WriteStartArray("others"u8);
            foreach (var other in answer.Others)
            {
                writer.WriteStringValue(other.Value);
            }

            writer.WriteEndArray();
        }
    }

    private static MatchAnswer? ReadAnswer(JsonElement root)
    {
        if (!TryWord<MatchOutcome>(Text(root, "outcome"), out var outcome))
        {
            return null;
        }

        var parts = new List<AnswerPart>();
        foreach (var element in Elements(root, "parts"))
        {
            if (element.ValueKind != JsonValueKind.Object || Text(element, "document") is not { Length: > 0 } document || !TryWord<AllocationKind>(Text(element, "kind"), out var kind)
                || !TryMoney(element, out var amount))
            {
                return null;
            }

            parts.Add(new AnswerPart(new DocumentId(document), amount, kind, Text(element, "to") is { Length: > 0 } to ? new DocumentId(to) : null));
        }

        var others = new List<DocumentId>();
        foreach (var element in Elements(root, "others"))
        {
            if (element.ValueKind != JsonValueKind.String || element.GetString() is not { Length: > 0 } other)
            {
                return null;
            }

            others.Add(new DocumentId(other));
        }

        return new MatchAnswer(Text(root, "customer") is { Length: > 0 } customer ? new CustomerId(customer) : null, outcome, parts, others);
    }

    private static bool TryDecision(JsonElement root, out MatchDecision? decision)
    {
        decision = null;
        if (Text(root, "proposed") is not { } word)
        {
            return true;
        }

        var isKnown = TryWord<MatchDecision>(word, out var known);
        decision = isKnown ? known : null;
        return isKnown;
    }

    // Words only: Enum.TryParse would take numbers, too.
    private static bool TryWord<T>(string? word, out T value)
        where T : struct, Enum
    {
        value = default;
        return word is { Length: > 0 } && char.IsAsciiLetter(word[0]) && Enum.TryParse(word, ignoreCase: true, out value) && Enum.IsDefined(value);
    }

    private static JsonElement.ArrayEnumerator Elements(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default;

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }
}
