using System.Collections.Frozen;
using System.Text;

namespace Receivables.Sdk.Reminders;

/// <summary>A text cut into words and placeholders. Nothing but names and one repeated part: no logic that a letter could go wrong on.</summary>
internal sealed class PlaceholderTemplate
{
    // The how-manieth repeated part it stands in, from 1; 0 is none.
    private readonly List<(bool IsName, int Items, string Text)> _parts = [];

    private PlaceholderTemplate()
    {
    }

    /// <summary>The names that every message has; some only where the action has a value.</summary>
    internal static FrozenSet<string> MessageNames { get; } = FrozenSet.ToFrozenSet(
    [
        "customer", "seller", "sellerNumber", "account", "details", "amount", "fees", "interest", "total", "currency", "date", "deadline", "level", "count", "credits", "announcedCosts", "reference", "paymentLink", "qr",
    ]);

    /// <summary>The names inside the repeated part.</summary>
    internal static FrozenSet<string> ItemNames { get; } = FrozenSet.ToFrozenSet(["number", "invoice", "description", "instalment", "due", "open", "daysOverdue", "itemInterest"]);

    /// <summary>Cuts a text; faults are told, never passed over.</summary>
    internal static PlaceholderTemplate Read(string text, List<string> faults)
    {
        var template = new PlaceholderTemplate();
        var words = new StringBuilder();
        int block = 0, inItems = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '{' or '}' && i + 1 < text.Length && text[i + 1] == c)
            {
                words.Append(c);
                i++;
                continue;
            }

            if (c == '}')
            {
                faults.Add("A closing brace stands alone.");
                continue;
            }

            if (c != '{')
            {
                words.Append(c);
                continue;
            }

            var end = text.IndexOf('}', i);
            if (end < 0)
            {
                faults.Add("A placeholder has no end.");
                break;
            }

            var name = text[(i + 1)..end];
            i = end;
            template.AddWords(words, inItems);
            if (name is "items" or "/items")
            {
                if ((inItems > 0) == (name == "items"))
                {
                    faults.Add("Repeated items are opened twice or closed without an opening.");
                }

                inItems = name == "items" ? ++block : 0;
                i += i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
            }
            else
            {
                template.AddName(name, inItems, faults);
            }
        }

        if (inItems > 0)
        {
            faults.Add("Repeated items have no end.");
        }

        template.AddWords(words, inItems);
        return template;
    }

    /// <summary>The same text with its words, the names aside, written otherwise.</summary>
    internal PlaceholderTemplate With(Func<string, string> words)
    {
        var template = new PlaceholderTemplate();
        template._parts.AddRange(_parts.Select(p => p.IsName ? p : p with { Text = words(p.Text) }));
        return template;
    }

    /// <summary>Writes the text; a name without a value is told.</summary>
    internal string Write(Func<string, string?> value, IReadOnlyList<Func<string, string?>> items, List<string> missing)
    {
        var text = new StringBuilder();
        for (var i = 0; i < _parts.Count; i++)
        {
            if (_parts[i].Items == 0)
            {
                Write(text, i, value, missing);
                continue;
            }

            var end = i;
            while (end < _parts.Count && _parts[end].Items == _parts[i].Items)
            {
                end++;
            }

            foreach (var item in items)
            {
                for (var j = i; j < end; j++)
                {
                    Write(text, j, n => item(n) ?? value(n), missing);
                }
            }

            i = end - 1;
        }

        return text.ToString();
    }

    private void Write(StringBuilder text, int part, Func<string, string?> value, List<string> missing)
    {
        var (isName, _, words) = _parts[part];
        if (!isName)
        {
            text.Append(words);
        }
        else if (value(words) is { } found)
        {
            text.Append(found);
        }
        else if (!missing.Contains(words))
        {
            missing.Add(words);
        }
    }

    private void AddWords(StringBuilder words, int inItems)
    {
        if (words.Length > 0)
        {
            _parts.Add((false, inItems, words.ToString()));
            words.Clear();
        }
    }

    // A name with a full stop is the host's own.
    private void AddName(string name, int inItems, List<string> faults)
    {
        if (!name.Contains('.', StringComparison.Ordinal) && !MessageNames.Contains(name) && !(inItems > 0 && ItemNames.Contains(name)))
        {
            faults.Add($"There is no placeholder {{{name}}}{(ItemNames.Contains(name) ? " outside {items}" : "")}.");
        }

        _parts.Add((true, inItems, name));
    }
}
