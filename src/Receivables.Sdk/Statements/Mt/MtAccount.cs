namespace Receivables.Sdk.Statements.Mt;

/// <summary>Reads <c>:25:</c>: an IBAN, a bank code or BIC and a number, with or without a currency behind it.</summary>
internal static class MtAccount
{
    /// <summary>Reads the field.</summary>
    /// <param name="field">The text; a second line (of <c>:25P:</c>) is a BIC.</param>
    internal static StatementAccount Read(ReadOnlySpan<char> field)
    {
        var lineEnd = field.IndexOfAny('\r', '\n');
        var secondLine = lineEnd < 0 ? default : field[lineEnd..].Trim();
        var text = (lineEnd < 0 ? field : field[..lineEnd]).Trim();
        string? bic = Bic.TryParse(secondLine, out var second) ? second.Value : null;
        if (Iban.TryParse(text, out var whole))
        {
            return new StatementAccount { Iban = whole, Number = NationalAccount.NumberOf(whole), Bic = bic };
        }

        Currency? currency = null;
        if (text.Length > 6 && Currency.TryParse(text[^3..], out var last) && !char.IsAsciiLetter(text[^4]))
        {
            currency = last;
            text = text[..^3].TrimEnd(" /");
        }

        // Austrian and Polish banks begin with a slash, or two.
        text = text.TrimStart('/');
        var slash = text.IndexOf('/');
        if (slash > 0 && Bic.TryParse(text[..slash], out var bank) && !char.IsAsciiDigit(text[0]))
        {
            bic ??= bank.Value;
            text = text[(slash + 1)..].Trim();
        }

        return Iban.TryParse(text, out var iban)
            ? new StatementAccount { Iban = iban, Number = NationalAccount.NumberOf(iban), Bic = bic, Currency = currency }
            : new StatementAccount { Number = text.IsEmpty ? null : text.ToString(), Bic = bic, Currency = currency };
    }
}
