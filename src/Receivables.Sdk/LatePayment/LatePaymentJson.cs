using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Receivables.Sdk.LatePayment;

/// <summary>The JSON of the data files. A field that nobody knows is an error: a misread table claims wrong money.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    Converters = [typeof(LocalDateConverter)])]
[JsonSerializable(typeof(ReferenceRateTable))]
[JsonSerializable(typeof(CountryRules))]
internal sealed partial class LatePaymentJson : JsonSerializerContext
{
    /// <summary>A date as <c>yyyy-MM-dd</c>.</summary>
    internal sealed class LocalDateConverter : JsonConverter<LocalDate>
    {
        public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            LocalDatePattern.Iso.Parse(reader.GetString() ?? "") is { Success: true } date ? date.Value : throw new JsonException("A date is expected.");

        public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) => writer.WriteStringValue(LocalDatePattern.Iso.Format(value));
    }
}
