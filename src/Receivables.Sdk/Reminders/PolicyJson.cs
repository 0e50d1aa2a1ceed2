using System.Text;
using System.Text.Json;

namespace Receivables.Sdk.Reminders;

/// <summary>A JSON value that knows its path and where it stands in the file; duplicate keys are kept, so that they can be told.</summary>
internal sealed class PolicyJson
{
    private PolicyJson(JsonTokenType kind, string path, long offset, string text) => (Kind, Path, Offset, Text) = (kind, path, offset, text);

    internal JsonTokenType Kind { get; }

    internal string Path { get; }

    internal long Offset { get; }

    /// <summary>The text of a string or number.</summary>
    internal string Text { get; }

    internal List<(string Name, PolicyJson Value)> Fields { get; } = [];

    internal List<PolicyJson> Items { get; } = [];

    internal bool IsObject => Kind == JsonTokenType.StartObject;

    internal bool IsArray => Kind == JsonTokenType.StartArray;

    /// <summary>Reads a whole document.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    internal static PolicyJson Read(ReadOnlySpan<byte> utf8)
    {
        var start = utf8.StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Utf8JsonReader(utf8[start..], new JsonReaderOptions { MaxDepth = 32 });
        reader.Read();
        var root = ReadValue(ref reader, "$", start);
        if (reader.Read())
        {
            throw new JsonException("Something follows the end.");
        }

        return root;
    }

    /// <summary>The path of a field: dotted where the name allows, quoted where not.</summary>
    internal static string Child(string path, string name)
    {
        var plain = name.Length > 0;
        foreach (var c in name)
        {
            plain &= char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
        }

        return plain ? path + "." + name : path + "['" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "']";
    }

    /// <summary>The line and the column in bytes of an offset, both from 1.</summary>
    internal static (int Line, int Column) Place(ReadOnlySpan<byte> utf8, long offset)
    {
        var before = utf8[..(int)Math.Min(offset, utf8.Length)];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, before.Length - lineStart + 1);
    }

    private static PolicyJson ReadValue(ref Utf8JsonReader reader, string path, long start)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            _ => "",
        };
        var node = new PolicyJson(reader.TokenType, path, start + reader.TokenStartIndex, text);
        if (node.IsArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                node.Items.Add(ReadValue(ref reader, $"{path}[{node.Items.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)}]", start));
            }
        }
        else if (node.IsObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var name = reader.GetString()!;
                reader.Read();
                node.Fields.Add((name, ReadValue(ref reader, Child(path, name), start)));
            }
        }

        return node;
    }
}
