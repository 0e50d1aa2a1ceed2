using System.Globalization;
using System.Text;
using NodaTime;

namespace Receivables.Sdk.Reminders;

/// <summary>How a language writes amounts and dates: a table of our own, so that no machine's culture decides what a letter says.</summary>
/// <remarks>A language that is not in it has ISO dates and plain amounts. Source: Unicode CLDR 46, decimal and short date patterns.</remarks>
internal readonly record struct LanguageFormat(string Group, string Decimal, string Date)
{
    internal static LanguageFormat Of(string language) => language switch
    {
        "fr-CA" => new("\u00A0", ",", "y-m-d"),
        "de-CH" or "fr-CH" => new("’", ".", "d.m.y"),
        "en-US" => new(",", ".", "M d, y"),
        _ => Primary(language) switch
        {
            "nl" => new(".", ",", "d-m-y"),
            "de" => new(".", ",", "d.m.y"),
            "es" or "it" or "pt" => new(".", ",", "d/m/y"),
            "fr" => new("\u202F", ",", "d/m/y"),
            "en" => new(",", ".", "d M y"),
            "zh" => new(",", ".", "y年m月d日"),
            _ => new("", ".", "y-m-d"),
        },
    };

    /// <summary>The amount with its currency code: <c>1.234,56 EUR</c>.</summary>
    internal string Write(Money money)
    {
        var plain = money.Magnitude.ToAmountString();
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? plain : plain[..point];
        var text = new StringBuilder(money.IsNegative ? "-" : "");
        for (var i = 0; i < whole.Length; i++)
        {
            text.Append(i > 0 && (whole.Length - i) % 3 == 0 ? Group : "").Append(whole[i]);
        }

        if (point >= 0)
        {
            text.Append(Decimal).Append(plain, point + 1, plain.Length - point - 1);
        }

        return text.Append('\u00A0').Append(money.Currency.Code).ToString();
    }

    internal string Write(LocalDate date)
    {
        var text = new StringBuilder();
        var padded = !Date.Contains('年', StringComparison.Ordinal);
        foreach (var c in Date)
        {
            _ = c switch
            {
                'y' => text.Append(date.Year.ToString("0000", CultureInfo.InvariantCulture)),
                'm' => text.Append(date.Month.ToString(padded ? "00" : "0", CultureInfo.InvariantCulture)),
                'd' when Date.Contains('M', StringComparison.Ordinal) => text.Append(date.Day.ToString(CultureInfo.InvariantCulture)),
                'd' => text.Append(date.Day.ToString(padded ? "00" : "0", CultureInfo.InvariantCulture)),
                'M' => text.Append(CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(date.Month)),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }

    internal static string Primary(string language) => language.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash ? language[..dash] : language;
}
