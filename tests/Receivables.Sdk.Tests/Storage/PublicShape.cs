using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Receivables.Sdk.Tests.Storage;

/// <summary>Everything that a value shows to the outside, as text: two values of one shape are the same to whoever uses them.</summary>
internal static class PublicShape
{
    internal static string Of(object? value)
    {
        var text = new StringBuilder();
        Add(text, value, 0);
        return text.ToString();
    }

    private static void Add(StringBuilder text, object? value, int depth)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string or Money or Currency or Iban:
                text.Append(CultureInfo.InvariantCulture, $"\"{value}\"");
                break;
            case IEnumerable items:
                text.Append('[');
                foreach (var item in items)
                {
                    Add(text, item, depth);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case not null when value.GetType() is { Namespace: { } space } type && (space.StartsWith("Receivables", StringComparison.Ordinal) || type.Name.StartsWith("KeyValuePair", StringComparison.Ordinal)) && !type.IsEnum:
                Assert(depth < 20);
                text.Append(type.Name).Append('{');
                foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0).OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    text.Append(property.Name).Append('=');
                    Add(text, property.GetValue(value), depth + 1);
                    text.Append('\n');
                }

                text.Append('}');
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"{value}");
                break;
        }
    }

    private static void Assert(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("The value holds itself.");
        }
    }
}
