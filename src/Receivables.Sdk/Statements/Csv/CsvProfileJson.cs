using System.Globalization;
using System.Text.Json;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Profiles as JSON: one object, every problem with its path.</summary>
internal static class CsvProfileJson
{
    internal static bool TryParse(ReadOnlyMemory<byte> json, out CsvProfile? profile, out IReadOnlyList<CsvProfileProblem> problems)
    {
        profile = null;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 });
            var found = new List<CsvProfileProblem>();
            var read = Read(document.RootElement, found);
            if (found.Count == 0)
            {
                found.AddRange(CsvProfileCheck.FindProblems(read));
            }

            problems = found;
            profile = found.Count == 0 ? read : null;
            return found.Count == 0;
        }
        catch (JsonException e)
        {
            problems = [new CsvProfileProblem("$", string.Create(CultureInfo.InvariantCulture, $"is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}."))];
            return false;
        }
    }

    /// <summary>Reads a profile; what is wrong goes to <paramref name="problems"/>.</summary>
    internal static CsvProfile Read(JsonElement element, List<CsvProfileProblem> problems)
    {
        var json = new Reader("$", problems, element);
        json.AllowOnly(
            "name", "version", "bank", "country", "verifiedBy", "source", "delimiter", "quote", "decimal", "dates", "currency", "encoding", "header", "titleRow", "sign",
            "continuation", "generic", "columns", "marks", "statuses", "metadata");
        return new CsvProfile
        {
            Name = json.Text("name", isRequired: true) ?? "",
            Version = json.Integer("version"),
            Bank = json.Text("bank") ?? "",
            Country = json.Text("country") ?? "",
            VerifiedBy = json.Choice("verifiedBy", CsvProfileEvidence.Header, ("header", CsvProfileEvidence.Header), ("file", CsvProfileEvidence.File)),
            Source = json.Text("source") ?? "",
            Delimiter = json.Character("delimiter", null),
            Quote = json.Character("quote", '"'),
            DecimalSign = json.Character("decimal", null),
            Dates = json.Texts("dates"),
            Currency = json.Currency("currency"),
            Encoding = json.Text("encoding"),
            HasHeader = json.Flag("header", true),
            HasTitleRow = json.Flag("titleRow", false),
            Sign = json.Choice("sign", CsvSignModel.Signed, ("signed", CsvSignModel.Signed), ("inverted", CsvSignModel.Inverted), ("mark", CsvSignModel.Mark), ("twoColumns", CsvSignModel.TwoColumns), ("byColumns", CsvSignModel.ByColumns)),
            HasContinuationRows = json.Flag("continuation", false),
            IsGeneric = json.Flag("generic", false),
            Columns = [.. json.Items("columns").Select(ReadColumn)],
            Marks = ReadWords(json, "marks"),
            Statuses = ReadWords(json, "statuses"),
            Metadata = [.. json.Items("metadata").Select(ReadMetadata)],
        };
    }

    private static CsvColumn ReadColumn(Reader json)
    {
        json.AllowOnly("role", "labels", "optional", "empty", "texts");
        return new CsvColumn(json.Role("role"), json.Texts("labels")) { IsOptional = json.Flag("optional", false), IsEmpty = json.Flag("empty", false), Texts = json.Texts("texts") };
    }

    private static CsvMetadata ReadMetadata(Reader json)
    {
        json.AllowOnly("label", "holds");
        return new CsvMetadata(json.Text("label", isRequired: true) ?? "", json.Text("holds", isRequired: true) ?? "");
    }

    private static CsvWords ReadWords(Reader parent, string name)
    {
        if (parent.Object(name) is not { } json)
        {
            return CsvWords.None;
        }

        json.AllowOnly("debit", "credit", "booked", "pending", "information");
        return new CsvWords { Debit = json.Texts("debit"), Credit = json.Texts("credit"), Booked = json.Texts("booked"), Pending = json.Texts("pending"), Information = json.Texts("information") };
    }

    /// <summary>One JSON object with its path.</summary>
    private sealed class Reader(string path, List<CsvProfileProblem> problems, JsonElement element)
    {
        internal void AllowOnly(params ReadOnlySpan<string> names)
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                problems.Add(new CsvProfileProblem(path, "must be an object."));
                return;
            }

            foreach (var property in element.EnumerateObject())
            {
                if (!names.Contains(property.Name))
                {
                    problems.Add(new CsvProfileProblem($"{path}.{property.Name}", "is no known field."));
                }
            }
        }

        internal string? Text(string name, bool isRequired = false)
        {
            if (!TryGet(name, out var value))
            {
                if (isRequired)
                {
                    Add(name, "is missing.");
                }

                return null;
            }

            if (value.ValueKind == JsonValueKind.String)
            {
                return value.GetString();
            }

            Add(name, "must be a string.");
            return null;
        }

        internal int Integer(string name)
        {
            if (TryGet(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number))
            {
                return number;
            }

            Add(name, "must be a whole number.");
            return 0;
        }

        internal bool Flag(string name, bool whenAbsent)
        {
            if (!TryGet(name, out var value))
            {
                return whenAbsent;
            }

            if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            {
                return value.GetBoolean();
            }

            Add(name, "must be true or false.");
            return whenAbsent;
        }

        internal char? Character(string name, char? whenAbsent)
        {
            if (!element.ValueKind.Equals(JsonValueKind.Object) || !element.TryGetProperty(name, out var value))
            {
                return whenAbsent;
            }

            if (value.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: 1 } text)
            {
                return text[0];
            }

            Add(name, "must be one character or null.");
            return whenAbsent;
        }

        internal Currency? Currency(string name)
        {
            if (Text(name) is not { } text)
            {
                return null;
            }

            if (Sdk.Currency.TryParse(text, out var currency))
            {
                return currency;
            }

            Add(name, "must be a code of ISO 4217.");
            return null;
        }

        internal CsvColumnRole Role(string name)
        {
            var text = Text(name, isRequired: true);
            if (text is null)
            {
                return CsvColumnRole.Ignored;
            }

            foreach (var role in Enum.GetValues<CsvColumnRole>())
            {
                if (NameOf(role) == text)
                {
                    return role;
                }
            }

            Add(name, "is no known role.");
            return CsvColumnRole.Ignored;
        }

        internal T Choice<T>(string name, T whenAbsent, params ReadOnlySpan<(string Name, T Value)> choices)
        {
            if (Text(name) is not { } text)
            {
                return whenAbsent;
            }

            foreach (var choice in choices)
            {
                if (choice.Name == text)
                {
                    return choice.Value;
                }
            }

            Add(name, "is none of the known words.");
            return whenAbsent;
        }

        internal List<string> Texts(string name)
        {
            var texts = new List<string>();
            foreach (var (value, at) in Array(name))
            {
                if (value.ValueKind == JsonValueKind.String)
                {
                    texts.Add(value.GetString()!);
                }
                else
                {
                    problems.Add(new CsvProfileProblem(at, "must be a string."));
                }
            }

            return texts;
        }

        internal IEnumerable<Reader> Items(string name) => Array(name).Select(i => new Reader(i.Path, problems, i.Value));

        internal Reader? Object(string name) => TryGet(name, out var value) ? new Reader($"{path}.{name}", problems, value) : null;

        private List<(JsonElement Value, string Path)> Array(string name)
        {
            var items = new List<(JsonElement, string)>();
            if (!TryGet(name, out var value))
            {
                return items;
            }

            if (value.ValueKind != JsonValueKind.Array)
            {
                Add(name, "must be an array.");
                return items;
            }

            foreach (var item in value.EnumerateArray())
            {
                items.Add((item, string.Create(CultureInfo.InvariantCulture, $"{path}.{name}[{items.Count}]")));
            }

            return items;
        }

        private bool TryGet(string name, out JsonElement value)
        {
            value = default;
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
        }

        private void Add(string name, string message) => problems.Add(new CsvProfileProblem($"{path}.{name}", message));
    }

    /// <summary>A role as JSON writes it.</summary>
    internal static string NameOf(CsvColumnRole role)
    {
        var name = role.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
