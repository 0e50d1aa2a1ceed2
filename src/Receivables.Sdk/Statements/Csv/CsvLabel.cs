using System.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>The name of a column, brought to what stays the same while banks change case, accents, blanks and signs.</summary>
internal readonly struct CsvLabel
{
    private const string CurrencyMark = "{currency}";
    private const string OptionalCurrencyMark = "{currency?}";
    private const string BlankMark = "{blank}";

    private readonly string _before;
    private readonly string _after;
    private readonly bool _hasCurrency;
    private readonly bool _mayHaveCurrency;
    private readonly bool _isBlank;

    /// <summary>A label as profiles write it.</summary>
    internal CsvLabel(string label)
    {
        _isBlank = label == BlankMark;
        label = _isBlank ? "" : label;
        _mayHaveCurrency = label.EndsWith(OptionalCurrencyMark, StringComparison.Ordinal);
        label = _mayHaveCurrency ? label[..^OptionalCurrencyMark.Length] : label;
        var at = label.IndexOf(CurrencyMark, StringComparison.Ordinal);
        _hasCurrency = at >= 0;
        _before = Fold(at < 0 ? label : label[..at]);
        _after = at < 0 ? "" : Fold(label[(at + CurrencyMark.Length)..]);
    }

    /// <summary>Whether anything is left of it.</summary>
    internal bool IsUsable => _isBlank || _before.Length + _after.Length > 0;

    /// <summary>The folded text, where the label stands for nothing else; null where it has a placeholder.</summary>
    internal string? Plain => _hasCurrency || _mayHaveCurrency || _isBlank ? null : _before;

    /// <summary>Whether a folded header is this label.</summary>
    internal bool Matches(string folded, out Currency? currency)
    {
        currency = null;
        if (_mayHaveCurrency && folded.Length >= _before.Length + 3 && AreEqual(folded[.._before.Length], _before) && IsPreposition(folded.AsSpan()[_before.Length..^3]))
        {
            return TryCurrency(folded[^3..], out currency);
        }

        if (!_hasCurrency)
        {
            return AreEqual(folded, _before);
        }

        var length = _before.Length + _after.Length;
        return folded.Length == length + 3 && TryCurrency(folded.Substring(_before.Length, 3), out currency)
            && AreEqual(folded[.._before.Length], _before) && AreEqual(folded[(_before.Length + 3)..], _after);
    }

    private static bool TryCurrency(string folded, out Currency? currency)
    {
        currency = Sdk.Currency.TryParse(folded.ToUpperInvariant(), out var found) ? found : null;
        return currency is not null;
    }

    // "Amount in EUR", as nine languages say it.
    private static bool IsPreposition(ReadOnlySpan<char> text) => text is "" or "in" or "en" or "em" or "i" or "w" or "v" or "ve";

    /// <summary>Letters and digits only, in lower case, without accents. A character that was lost before the file came here stays as a sign that fits any.</summary>
    internal static string Fold(string text)
    {
        text = WithCodes(text);
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c < 128)
            {
                if (char.IsAsciiLetterOrDigit(c))
                {
                    folded.Append(char.ToLowerInvariant(c));
                }
            }
            else if (c == '\uFFFD')
            {
                folded.Append(c);
            }
            else if (char.IsLetterOrDigit(c))
            {
                folded.Append(FoldLetter(char.ToLowerInvariant(c)));
            }
        }

        return folded.ToString();
    }

    // The signs of currencies that leave letters behind, as their codes: Valor (R$), Addebiti (euro).
    private static string WithCodes(string text)
    {
        if (text.Contains('$', StringComparison.Ordinal))
        {
            text = text.Contains("US$", StringComparison.OrdinalIgnoreCase) ? text.Replace("US$", "USD", StringComparison.OrdinalIgnoreCase) : text.Replace("R$", "BRL", StringComparison.OrdinalIgnoreCase);
        }

        foreach (var (sign, code) in (ReadOnlySpan<(string, string)>)[("(euro)", "EUR"), ("(euros)", "EUR"), ("(Kč)", "CZK"), ("(zł)", "PLN"), ("(kr)", "")])
        {
            text = text.EndsWith(')') ? text.Replace(sign, code, StringComparison.OrdinalIgnoreCase) : text;
        }

        return text;
    }

    private static bool AreEqual(string folded, string label)
    {
        if (folded.Length != label.Length)
        {
            return false;
        }

        for (var i = 0; i < folded.Length; i++)
        {
            if (folded[i] != label[i] && folded[i] != '\uFFFD')
            {
                return false;
            }
        }

        return true;
    }

    // Every letter with an accent becomes one letter, so that a lost one is one character, too.
    private static char FoldLetter(char c)
    {
        const string from = "àáâãäåāăąæçćčďđðèéêëēėęěğģìíîïīįıķļłľĺñńňņòóôõöøōőœŕřšśşșßťţțþùúûüūůűųýÿžźżїйёґάέήίόύώϊϋς";
        const string into = "aaaaaaaaaacccdddeeeeeeeeggiiiiiiikllllnnnnooooooooorrsssssttttuuuuuuuuyyzzzіиегαεηιουωιυσ";
        var at = from.IndexOf(c, StringComparison.Ordinal);
        return at < 0 || at >= into.Length ? c : into[at];
    }
}
