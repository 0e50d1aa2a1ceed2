using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.Reporting;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Storage;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    Converters =
    [
        typeof(MoneyConverter), typeof(CurrencyConverter), typeof(IbanConverter), typeof(LocalDateConverter), typeof(IntervalConverter), typeof(CustomerIdConverter),
        typeof(DocumentIdConverter), typeof(ActionIdConverter), typeof(EvidenceConverter), typeof(ArgumentConverter), typeof(FieldConverter),
    ])]
[JsonSerializable(typeof(BankTransaction))]
[JsonSerializable(typeof(MatchResult))]
[JsonSerializable(typeof(ReminderAction))]
[JsonSerializable(typeof(ReconciliationPeriod))]
[JsonSerializable(typeof(StoredEvidence))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Receivables.Sdk.Matching.FieldDifference), TypeInfoPropertyName = "BankDifference")]
[JsonSerializable(typeof(Receivables.Sdk.Reporting.FieldDifference), TypeInfoPropertyName = "ReconciledDifference")]
internal sealed partial class StoredJsonContext : JsonSerializerContext;

/// <summary>A value that is one text.</summary>
internal abstract class TextConverter<T> : JsonConverter<T>
{
    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString()!, out var value) ? value : throw new JsonException();

    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Format(value));

    private protected abstract bool TryParse(string text, out T value);

    private protected abstract string Format(T value);
}

internal sealed class MoneyConverter : TextConverter<Money>
{
    private protected override bool TryParse(string text, out Money value) => Money.TryParse(text, out value);

    private protected override string Format(Money value) => value.ToString();
}

internal sealed class CurrencyConverter : TextConverter<Currency>
{
    private protected override bool TryParse(string text, out Currency value) => Currency.TryParse(text, out value);

    private protected override string Format(Currency value) => value.Code;
}

internal sealed class IbanConverter : TextConverter<Iban>
{
    private protected override bool TryParse(string text, out Iban value) => Iban.TryParse(text, out value);

    private protected override string Format(Iban value) => value.Value;
}

internal sealed class LocalDateConverter : TextConverter<LocalDate>
{
    private protected override bool TryParse(string text, out LocalDate value) => LocalDatePattern.Iso.Parse(text).TryGetValue(default, out value);

    private protected override string Format(LocalDate value) => LocalDatePattern.Iso.Format(value);
}

/// <summary>Two instants with a slash between them; nothing for an end that is open.</summary>
internal sealed class IntervalConverter : TextConverter<Interval>
{
    private protected override bool TryParse(string text, out Interval value)
    {
        value = default;
        var ends = text.Split('/');
        if (ends.Length != 2 || !TryEnd(ends[0], out var start) || !TryEnd(ends[1], out var end) || start > end)
        {
            return false;
        }

        value = new Interval(start, end);
        return true;
    }

    private protected override string Format(Interval value) =>
        $"{(value.HasStart ? InstantPattern.ExtendedIso.Format(value.Start) : "")}/{(value.HasEnd ? InstantPattern.ExtendedIso.Format(value.End) : "")}";

    private static bool TryEnd(string text, out Instant? end)
    {
        var parsed = InstantPattern.ExtendedIso.Parse(text);
        end = parsed.Success ? parsed.Value : null;
        return parsed.Success || text.Length == 0;
    }
}

internal sealed class CustomerIdConverter : TextConverter<CustomerId>
{
    private protected override bool TryParse(string text, out CustomerId value)
    {
        value = text.Length == 0 ? default : new CustomerId(text);
        return true;
    }

    private protected override string Format(CustomerId value) => value.Value;
}

internal sealed class DocumentIdConverter : TextConverter<DocumentId>
{
    private protected override bool TryParse(string text, out DocumentId value)
    {
        value = text.Length == 0 ? default : new DocumentId(text);
        return true;
    }

    private protected override string Format(DocumentId value) => value.Value;
}

internal sealed class ActionIdConverter : TextConverter<ActionId>
{
    private protected override bool TryParse(string text, out ActionId value)
    {
        value = text.Length == 0 ? default : new ActionId(text);
        return true;
    }

    private protected override string Format(ActionId value) => value.Value;
}

/// <summary>Name and value; a number is a number.</summary>
internal sealed class ArgumentConverter : JsonConverter<ReasonArgument>
{
    public override ReasonArgument Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("name"u8, out var name) && json.RootElement.TryGetProperty("value"u8, out var value)
            && name.ValueKind == JsonValueKind.String
            ? value.ValueKind switch
            {
                JsonValueKind.String => new ReasonArgument(name.GetString()!, value.GetString()!),
                JsonValueKind.Number when value.TryGetInt32(out var number) => new ReasonArgument(name.GetString()!, number),
                _ => throw new JsonException(),
            }
            : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, ReasonArgument value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, value.Name);
        if (value.IsNumber)
        {
            writer.WriteNumber("value"u8, int.Parse(value.Value, CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteString("value"u8, value.Value);
        }

        writer.WriteEndObject();
    }
}

/// <summary>A field of the source: an array of its name and its text.</summary>
internal sealed class FieldConverter : JsonConverter<KeyValuePair<string, string>>
{
    public override KeyValuePair<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, StoredJsonContext.Default.StringArray) is [{ } name, { } text] ? new(name, text) : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, KeyValuePair<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Key);
        writer.WriteStringValue(value.Value);
        writer.WriteEndArray();
    }
}

/// <summary>A reason with the text that it was read from cut out.</summary>
internal sealed class EvidenceConverter : JsonConverter<MatchEvidence>
{
    public override MatchEvidence Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, StoredJsonContext.Default.StoredEvidence)?.ToEvidence() ?? throw new JsonException();

    public override void Write(Utf8JsonWriter writer, MatchEvidence value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new StoredEvidence(value.Code, value.Units, value.Detail, value.Field, value.Start, value.Length), StoredJsonContext.Default.StoredEvidence);
}

internal sealed record StoredEvidence(EvidenceCode Code, int Units, string Detail, TextField Field, int Start, int Length)
{
    internal MatchEvidence ToEvidence() => new(Code, Units, Detail, Field, Start, Length, isCut: true);
}
