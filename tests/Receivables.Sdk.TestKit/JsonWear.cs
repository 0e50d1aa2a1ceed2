using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Receivables.Sdk.TestKit.Matching;

namespace Receivables.Sdk.TestKit;

/// <summary>Damages JSON as people and programs do: a value of another type, an empty or huge one, null, one left out, one doubled, text cut off.</summary>
public static class JsonWear
{
    private static readonly System.Collections.Immutable.ImmutableArray<string> OddValues =
    [
        "null", "true", "0", "-1", "1", "7", "1e3", "1.5", "2147483647", "-2147483648", "99999999999999999999999999999999", "\"\"", "\" \"", "\"x\"", "\"none\"", "\"EUR\"", "\"0\"", "\"-5.00\"", "\"0.001\"",
        "\"79228162514264337593543950335\"", "\"9999-12-31\"", "\"0001-01-01\"", "\"2026-02-30\"", "\"2026-13-01T00:00:00Z\"", "\"23:59\"", "\"\\ud83d\\ude00\"", "\"\\u0000\"", "[]", "{}", "[null]", "[[]]", "[{}]", "{\"\":0}",
    ];

    /// <summary>Damages a text in some places.</summary>
    /// <param name="json">JSON; what is none stays as it is.</param>
    /// <param name="dice">Chance.</param>
    /// <returns>JSON with other values in places; now and then no JSON at all.</returns>
    public static byte[] Wear(ReadOnlySpan<byte> json, Dice dice)
    {
        ArgumentNullException.ThrowIfNull(dice);
        JsonNode root;
        try
        {
            root = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false })!;
        }
        catch (JsonException)
        {
            // Damaged before.
            return json.ToArray();
        }

        for (var i = dice.Between(1, 3); i > 0; i--)
        {
            var places = new List<JsonNode>();
            Collect(root, places);
            if (places.Count == 0)
            {
                break;
            }

            Touch(dice.Of(places), dice);
        }

        var bytes = Encoding.UTF8.GetBytes(root.ToJsonString());
        if (dice.Is(0.1))
        {
            bytes = dice.Is(0.5) ? bytes[..dice.Below(bytes.Length)] : [.. bytes[..dice.Below(bytes.Length)], (byte)dice.Below(256), .. bytes[dice.Below(bytes.Length)..]];
        }

        return bytes;
    }

    private static void Collect(JsonNode node, List<JsonNode> places)
    {
        if (node is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
        {
            places.Add(node);
        }

        foreach (var child in node switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => [] })
        {
            if (child is not null)
            {
                Collect(child, places);
            }
        }
    }

    private static void Touch(JsonNode place, Dice dice)
    {
        if (place is JsonArray array)
        {
            var at = dice.Below(array.Count);
            switch (dice.Below(4))
            {
                case 0:
                    array.RemoveAt(at);
                    break;
                case 1:
                    array.Insert(dice.Below(array.Count + 1), array[at]?.DeepClone());
                    break;
                default:
                    array[at] = Odd(dice);
                    break;
            }

            return;
        }

        var fields = (JsonObject)place;
        var name = fields.ElementAt(dice.Below(fields.Count)).Key;
        switch (dice.Below(5))
        {
            case 0:
                fields.Remove(name);
                break;
            case 1:
                // A field of another place, or of a newer version.
                fields[dice.Of(["levels", "from", "amount", "x", "", name + "s"])] = fields[name]?.DeepClone();
                break;
            default:
                fields[name] = Odd(dice);
                break;
        }
    }

    private static JsonNode? Odd(Dice dice) => JsonNode.Parse(dice.Of(OddValues));
}
