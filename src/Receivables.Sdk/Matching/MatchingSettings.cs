using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Receivables.Sdk.Matching;

/// <summary>What is wrong with a settings file, and where.</summary>
/// <param name="Code">The stable code: <c>SET001</c> it is not JSON, <c>SET002</c> a setting is unknown or has a value of no use.</param>
/// <param name="Path">The JSON path, such as <c>$.feeTolerance.EUR</c>.</param>
/// <param name="Message">English text.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The byte within the line, from 1.</param>
public sealed record SettingsProblem(string Code, string Path, string Message, int Line, int Column);

/// <summary>Matching options as a JSON file: <c>docs/matching.md</c> describes it.</summary>
/// <remarks>Pure and thread-safe. All problems are told at once; an unknown setting is one, for a misspelt setting would silently do nothing.</remarks>
public static class MatchingSettings
{
    /// <summary>Reads settings.</summary>
    /// <param name="utf8Json">The file, UTF-8, with or without a byte order mark.</param>
    /// <param name="options">The options, with defaults for what the file does not set; null when there are problems.</param>
    /// <returns>The problems, in order of place; empty when there are none.</returns>
    public static IReadOnlyList<SettingsProblem> Read(ReadOnlySpan<byte> utf8Json, out MatchingOptions? options)
    {
        options = null;
        var json = utf8Json.StartsWith("\ufeff"u8) ? utf8Json[3..] : utf8Json;
        var file = new SettingsFile(json);
        try
        {
            var read = file.ReadAll();
            if (file.Problems.Count == 0)
            {
                options = read;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What is no UTF-8 within a text is told without its place.
            var at = e as JsonException;
            file.Problems.Add(new SettingsProblem("SET001", at?.Path ?? "$", "The settings are not JSON.", (int)(at?.LineNumber ?? 0) + 1, (int)(at?.BytePositionInLine ?? 0) + 1));
        }

        return file.Problems;
    }

    private ref struct SettingsFile(ReadOnlySpan<byte> json)
    {
        private readonly ReadOnlySpan<byte> _json = json;
        private Utf8JsonReader _reader = new(json, new JsonReaderOptions { MaxDepth = 8 });

        internal List<SettingsProblem> Problems { get; } = [];

        internal MatchingOptions ReadAll()
        {
            var options = MatchingOptions.Default;
            _reader.Read();
            if (_reader.TokenType != JsonTokenType.StartObject)
            {
                Problem("$", "The settings must be an object.");
                return options;
            }

            var places = new Dictionary<string, (int Line, int Column)>(StringComparer.Ordinal);
            while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = _reader.GetString()!;
                var path = "$." + name;
                if (!places.TryAdd(name, Place()))
                {
                    Problem(path, "The setting stands twice.");
                }

                _reader.Read();
                options = name switch
                {
                    "automaticErrorTarget" => options with { AutomaticErrorTarget = Number(path) ?? options.AutomaticErrorTarget },
                    "discountGraceDays" => options with { DiscountGraceDays = Whole(path) ?? options.DiscountGraceDays },
                    "feeTolerance" => options with { FeeTolerance = Amounts(path) ?? options.FeeTolerance },
                    "amountTolerance" => options with { AmountTolerance = Amounts(path) ?? options.AmountTolerance },
                    "heldShortfallPercent" => options with { HeldShortfallPercent = Number(path) ?? options.HeldShortfallPercent },
                    "threads" => options with { Threads = Whole(path) ?? options.Threads },
                    "maxAlternatives" => options with { MaxAlternatives = Whole(path) ?? options.MaxAlternatives },
                    "maxSumDocuments" => options with { MaxSumDocuments = Whole(path) ?? options.MaxSumDocuments },
                    "maxSumSize" => options with { MaxSumSize = Whole(path) ?? options.MaxSumSize },
                    _ => Unknown(options, path),
                };
            }

            // Nothing may follow the object.
            while (_reader.Read())
            {
            }

            foreach (var (member, text) in options.Check())
            {
                var name = char.ToLowerInvariant(member[0]) + member[1..];
                var (line, column) = places.GetValueOrDefault(name, (1, 1));
                Problems.Add(new SettingsProblem("SET002", "$." + name, text, line, column));
            }

            return options;
        }

        private MatchingOptions Unknown(MatchingOptions options, string path)
        {
            Problem(path, "There is no such setting.");
            _reader.Skip();
            return options;
        }

        private decimal? Number(string path)
        {
            if (_reader.TokenType == JsonTokenType.String
                && decimal.TryParse(_reader.GetString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            Problem(path, "A decimal number in a string is needed, such as \"15.00\".");
            _reader.Skip();
            return null;
        }

        private int? Whole(string path)
        {
            if (_reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out var number))
            {
                return number;
            }

            Problem(path, "A whole number is needed.");
            _reader.Skip();
            return null;
        }

        private FrozenDictionary<Currency, decimal>? Amounts(string path)
        {
            if (_reader.TokenType != JsonTokenType.StartObject)
            {
                Problem(path, "An object of currencies and amounts is needed.");
                _reader.Skip();
                return null;
            }

            var amounts = new Dictionary<Currency, decimal>();
            while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
            {
                var code = _reader.GetString()!;
                var isCurrency = Currency.TryParse(code, out var currency);
                if (!isCurrency)
                {
                    Problem($"{path}.{code}", "Not a currency code of ISO 4217.");
                }

                _reader.Read();
                if (Number($"{path}.{code}") is { } amount && isCurrency)
                {
                    amounts[currency] = amount;
                }
            }

            return amounts.ToFrozenDictionary();
        }

        private readonly void Problem(string path, string message)
        {
            var (line, column) = Place();
            Problems.Add(new SettingsProblem("SET002", path, message, line, column));
        }

        private readonly (int Line, int Column) Place()
        {
            var before = _json[..(int)_reader.TokenStartIndex];
            return (before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
        }
    }
}
