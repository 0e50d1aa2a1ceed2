using System.Globalization;
using System.Text;

namespace Receivables.Sdk.Reporting.Html;

/// <summary>Writes markup. Whatever is not a literal of this library goes through <see cref="Text"/>.</summary>
internal sealed class Markup(TextWriter writer)
{
    /// <summary>Markup of our own.</summary>
    internal Markup Raw(string markup)
    {
        writer.Write(markup);
        return this;
    }

    /// <summary>Anybody's text, for content and for attributes in double quotes (WHATWG HTML, 13.3, and the single quote as well).</summary>
    internal Markup Text(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            writer.Write(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\t' or '\n' => " ",

                // Controls, and marks that turn the direction of what follows, have no business in a figure's neighbour.
                < 0x20 or (>= 0x7F and < 0xA0) or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFFFE or 0xFFFF => "\uFFFD",
                _ => rune.ToString(),
            });
        }

        return this;
    }

    /// <summary>An amount: grouped for people, plain in the value for programs.</summary>
    internal Markup Amount(Money money)
    {
        var plain = money.ToAmountString();
        return Raw("<data value=\"").Raw(plain).Raw("\"").Raw(money.IsNegative ? " class=\"neg\">" : money.IsZero ? " class=\"zero\">" : ">").Raw(Grouped(plain)).Raw("</data>");
    }

    /// <summary>A number for a coordinate.</summary>
    internal Markup Number(decimal value) => Raw(decimal.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture));

    /// <summary>Groups of three before the full stop, parted by narrow blanks that do not break; a true minus sign.</summary>
    internal static string Grouped(string plain)
    {
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        var digits = point < 0 ? plain.Length : point;
        var grouped = new StringBuilder();
        for (var i = 0; i < plain.Length; i++)
        {
            if (i > 0 && i < digits && (digits - i) % 3 == 0 && plain[i - 1] != '-')
            {
                grouped.Append('\u202F');
            }

            grouped.Append(plain[i] == '-' ? '\u2212' : plain[i]);
        }

        return grouped.ToString();
    }
}
