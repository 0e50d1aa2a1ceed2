using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Receivables.Sdk.Reminders;

/// <summary>A file of default texts: those of every country, and those that the law of one asks for.</summary>
internal sealed record TextFile(string Language, MessageLabels Labels, Dictionary<string, ReminderText> Texts, IReadOnlyList<TextVariant> Variants)
{
    /// <summary>The files that come with the library, in order of language.</summary>
    internal static ImmutableArray<TextFile> BuiltIn { get; } = Load();

    private static ImmutableArray<TextFile> Load()
    {
        var assembly = typeof(TextFile).Assembly;
        var files = ImmutableArray.CreateBuilder<TextFile>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("Receivables.Sdk.Reminders.Data.texts-", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            files.Add(JsonSerializer.Deserialize(stream, ReminderTextJson.Default.TextFile)!);
        }

        return files.ToImmutable();
    }
}

/// <summary>A text for customers of one country.</summary>
internal sealed record TextVariant(string Template, string Country, string Subject, string Body);

/// <summary>The words before the details of a payment in one language.</summary>
internal sealed record MessageLabels(string Amount, string Fees, string Interest, string Total, string Credits, string Deadline, string Account, string Reference, string PaymentLink)
{
    private static readonly FrozenDictionary<string, MessageLabels> ByLanguage = TextFile.BuiltIn.ToFrozenDictionary(f => f.Language, f => f.Labels, StringComparer.Ordinal);

    /// <summary>What stands between the word and the value.</summary>
    private string Colon { get; init; } = ": ";

    /// <summary>Those of a language, regions aside; English where there are none.</summary>
    internal static MessageLabels Of(string language)
    {
        var primary = LanguageFormat.Primary(language);
        return ByLanguage.GetValueOrDefault(primary, ByLanguage["en"]) with { Colon = primary switch { "fr" => "\u00A0: ", "zh" => "：", _ => ": " } };
    }

    internal string Write(string label, string value) => label + Colon + value;
}

/// <summary>The JSON of the default texts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TextFile))]
internal sealed partial class ReminderTextJson : JsonSerializerContext;
