using System.Buffers;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Currencies as exports write them where they write no code.</summary>
internal static class CsvCurrencyNames
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("€£₹₽₴₺₪₩");

    internal static bool TryParse(string text, out Currency? currency)
    {
        var code = text switch
        {
            "€" or "Euro" or "EURO" or "euro" => "EUR",
            "£" => "GBP",
            "US$" => "USD",
            "A$" or "AU$" => "AUD",
            "C$" or "CA$" => "CAD",
            "NZ$" => "NZD",
            "HK$" => "HKD",
            "NT$" => "TWD",
            "S$" => "SGD",
            "Fr" or "SFr" => "CHF",
            "RM" => "MYR",
            "Rp" => "IDR",
            "TL" => "TRY",
            "lei" => "RON",
            "лв" => "BGN",
            "руб" => "RUB",
            "฿" => "THB",
            "₫" => "VND",
            "₱" => "PHP",
            "zł" or "ZŁ" => "PLN",
            "Kč" or "KČ" => "CZK",
            "Ft" => "HUF",
            "人民币" or "人民币元" or "元" => "CNY",
            "美元" => "USD",
            "港币" or "港元" => "HKD",
            "欧元" => "EUR",
            "英镑" => "GBP",
            "日元" => "JPY",
            "R$" => "BRL",
            "R" => "ZAR",
            "₹" => "INR",
            "₽" => "RUB",
            "₴" => "UAH",
            "₺" => "TRY",
            "₪" => "ILS",
            "₩" => "KRW",
            _ => text.Length == 3 ? text.ToUpperInvariant() : "",
        };
        var isKnown = Currency.TryParse(code, out var found);
        currency = isKnown ? found : null;

        // These are signs of more than one currency: they say that it is an amount, not of which.
        return isKnown || text is "$" or "¤" or "¥" or "￥" or "kr" or "kr." or "Kr" or "Rs" or "₨";
    }

    /// <summary>Whether an amount has a sign that several currencies share, and this is none of them.</summary>
    internal static bool IsSignOfOthers(ReadOnlySpan<byte> amount, Currency currency) =>
        (amount.IndexOf((byte)'$') >= 0 && currency.Code is "EUR" or "GBP" or "CHF" or "SEK" or "NOK" or "DKK" or "ISK" or "PLN" or "CZK" or "HUF" or "RON" or "BGN" or "JPY" or "CNY" or "KRW" or "INR" or "RUB" or "UAH" or "TRY" or "ILS")
        || ((amount.IndexOf("kr"u8) >= 0 || amount.IndexOf("Kr"u8) >= 0) && currency.Code is not ("SEK" or "NOK" or "DKK" or "ISK"));

    /// <summary>The currency whose sign stands in the name of a column, as in <c>Betrag (€)</c>; null for none, and for signs of more than one.</summary>
    internal static Currency? FindSign(string name)
    {
        var at = name.AsSpan().IndexOfAny(Signs);
        return at >= 0 && TryParse(name[at].ToString(), out var currency) ? currency
            : name.Contains("zł", StringComparison.OrdinalIgnoreCase) ? Currency.Parse("PLN")
            : name.Contains("Kč", StringComparison.OrdinalIgnoreCase) ? Currency.Parse("CZK")
            : name.Contains("(元)", StringComparison.Ordinal) ? Currency.Parse("CNY")
            : null;
    }
}
