using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Receivables.Sdk.Reminders;

/// <summary>Reads the values of the policy file and gathers what is wrong with them.</summary>
internal sealed class PolicyValues
{
    internal List<PolicyProblem> Problems { get; } = [];

    internal void Tell(string code, PolicyJson at, string message) => Tell(code, at.Path, message);

    internal void Tell(string code, string path, string message) => Problems.Add(new PolicyProblem(code, path, message));

    internal bool IsObject(PolicyJson value)
    {
        if (!value.IsObject)
        {
            Tell(PolicyCodes.WrongType, value, "An object is expected.");
        }

        return value.IsObject;
    }

    /// <summary>The fields of an object, the first of each name; a second is told.</summary>
    internal IEnumerable<(string Name, PolicyJson Value)> Fields(PolicyJson item)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in item.Fields)
        {
            if (seen.Add(field.Name))
            {
                yield return field;
            }
            else
            {
                Tell(PolicyCodes.DuplicateField, field.Value, "The field stands twice.");
            }
        }
    }

    internal IEnumerable<(string Name, PolicyJson Value)> Map(PolicyJson item) => IsObject(item) ? Fields(item) : [];

    internal IReadOnlyList<PolicyJson> Array(PolicyJson value)
    {
        if (!value.IsArray)
        {
            Tell(PolicyCodes.WrongType, value, "A list is expected.");
            return [];
        }

        return value.Items;
    }

    internal string? AnyText(PolicyJson value)
    {
        if (value.Kind != JsonTokenType.String)
        {
            Tell(PolicyCodes.WrongType, value, "A text is expected.");
            return null;
        }

        return value.Text;
    }

    internal string? Text(PolicyJson value)
    {
        var text = AnyText(value);
        if (text is { Length: 0 })
        {
            Tell(PolicyCodes.WrongType, value, "The text is empty.");
            return null;
        }

        return text;
    }

    internal ImmutableArray<string> Texts(PolicyJson value) => [.. Array(value).Select(Text).OfType<string>()];

    internal int? Integer(PolicyJson value)
    {
        if (value.Kind == JsonTokenType.Number && int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Tell(PolicyCodes.WrongType, value, "A whole number is expected.");
        return null;
    }

    internal bool Flag(PolicyJson value)
    {
        if (value.Kind is not (JsonTokenType.True or JsonTokenType.False))
        {
            Tell(PolicyCodes.WrongType, value, "true or false is expected.");
        }

        return value.Kind == JsonTokenType.True;
    }

    internal decimal? Decimal(PolicyJson value)
    {
        if (value.Kind == JsonTokenType.String
            && decimal.TryParse(value.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Tell(PolicyCodes.WrongType, value, "A decimal number as text is expected, such as \"5.00\".");
        return null;
    }

    internal LocalDate? Date(PolicyJson value)
    {
        if (value.Kind == JsonTokenType.String && LocalDatePattern.Iso.Parse(value.Text) is { Success: true } parsed)
        {
            return parsed.Value;
        }

        Tell(PolicyCodes.WrongType, value, "A date is expected, such as \"2026-01-31\".");
        return null;
    }

    internal LocalTime? Time(PolicyJson value)
    {
        if (value.Kind == JsonTokenType.String && LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(value.Text) is { Success: true } parsed)
        {
            return parsed.Value;
        }

        Tell(PolicyCodes.WrongType, value, "A time of day is expected, such as \"08:30\".");
        return null;
    }

    internal T Word<T>(PolicyJson value, T fallback, params ReadOnlySpan<(string Word, T Value)> words)
    {
        if (value.Kind == JsonTokenType.String)
        {
            foreach (var (word, meaning) in words)
            {
                if (word == value.Text)
                {
                    return meaning;
                }
            }
        }

        var known = string.Join(", ", words.ToArray().Select(w => w.Word));
        Tell(PolicyCodes.UnknownWord, value, "One of these words is expected: " + known + ".");
        return fallback;
    }

    internal CurrencyAmounts Amounts(PolicyJson map)
    {
        var amounts = new List<Money>();
        foreach (var (code, value) in Map(map))
        {
            if (!Currency.TryParse(code, out var currency))
            {
                Tell(PolicyCodes.UnknownWord, value, "The name of the field must be a currency code of ISO 4217.");
            }
            else if (Decimal(value) is { } amount)
            {
                amounts.Add(new Money(amount, currency));
            }
        }

        return new CurrencyAmounts(amounts);
    }
}
