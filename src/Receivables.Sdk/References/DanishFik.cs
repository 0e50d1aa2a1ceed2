namespace Receivables.Sdk.References;

/// <summary>
/// Danish FIK code line <c>+71&lt;id+creditor&lt;</c>: the id of card 71 has 15 digits, that of 75, 04 and 15 has 16, the last by Luhn; cards 73
/// and 01 carry none. Finans Danmark, "Fælles Indbetalingskort". The id alone is accepted, too: then its length tells 71 from the others.
/// </summary>
internal static class DanishFik
{
    internal const int CreditorLength = 8;

    /// <summary>The canonical form is the code line; an id that came alone stays alone.</summary>
    internal static ReferenceFault Check(ReadOnlySpan<char> s, Span<char> canonical, out int length)
    {
        length = 0;
        s = Trim(s);
        if (!s.ContainsAny('+', '<'))
        {
            var bare = ReferenceText.CopyDigits(s, canonical[..16], out length);
            return bare != ReferenceFault.None ? bare : CheckId(canonical[..length], length == 15 ? "71" : "75");
        }

        if (s is ['+', ..])
        {
            s = s[1..];
        }

        var open = s.IndexOf('<');
        if (open < 0)
        {
            return ReferenceFault.Form;
        }

        canonical[0] = '+';
        var fault = ReferenceText.CopyDigits(s[..open], canonical[1..3], out var count);
        if (fault != ReferenceFault.None || count != 2 || IdLength(canonical[1..3]) == 0)
        {
            return ReferenceFault.Card;
        }

        canonical[3] = '<';
        var rest = s[(open + 1)..];
        var plus = rest.IndexOf('+');
        fault = ReferenceText.CopyDigits(plus < 0 ? rest.TrimEnd('<') : rest[..plus], canonical.Slice(4, 16), out count);
        if (fault == ReferenceFault.None)
        {
            fault = CheckId(canonical.Slice(4, count), canonical[1..3]);
        }

        length = 4 + count;
        return fault != ReferenceFault.None || plus < 0 ? fault : AppendCreditor(rest[(plus + 1)..], canonical, ref length);
    }

    internal static ReferenceFault Create(ReadOnlySpan<char> body, string card, string? creditor, Span<char> canonical, out int length)
    {
        length = 0;
        var idLength = IdLength(card);
        if (idLength == 0)
        {
            return ReferenceFault.Card;
        }

        canonical[0] = '+';
        card.CopyTo(canonical[1..]);
        canonical[3] = '<';
        var id = canonical.Slice(4, idLength);
        var fault = ReferenceText.CopyPadded(body, id[..^1]);
        if (fault != ReferenceFault.None)
        {
            return fault;
        }

        id[^1] = CheckDigits.ToChar(CheckDigits.Luhn(id[..^1]));
        length = 4 + idLength;
        return creditor is null ? ReferenceFault.None : AppendCreditor(creditor, canonical, ref length);
    }

    /// <summary>The id in a code line, or the whole text when it is the id alone.</summary>
    internal static ReadOnlySpan<char> IdOf(ReadOnlySpan<char> canonical)
    {
        if (canonical[0] != '+')
        {
            return canonical;
        }

        var rest = canonical[4..];
        return rest.IndexOf('+') is var plus and >= 0 ? rest[..plus] : rest;
    }

    private static ReferenceFault AppendCreditor(ReadOnlySpan<char> text, Span<char> canonical, ref int length)
    {
        text = Trim(text);
        if (text is [.., '<'])
        {
            text = text[..^1];
        }

        Span<char> digits = stackalloc char[CreditorLength];
        if (ReferenceText.CopyDigits(text, digits, out var count) != ReferenceFault.None)
        {
            return ReferenceFault.Creditor;
        }

        canonical[length++] = '+';
        _ = ReferenceText.CopyPadded(digits[..count], canonical.Slice(length, CreditorLength));
        length += CreditorLength;
        canonical[length++] = '<';
        return ReferenceFault.None;
    }

    private static ReferenceFault CheckId(ReadOnlySpan<char> id, ReadOnlySpan<char> card) =>
        id.Length != IdLength(card) ? ReferenceFault.Length
        : id[^1] == CheckDigits.ToChar(CheckDigits.Luhn(id[..^1])) ? ReferenceFault.None : ReferenceFault.CheckDigits;

    private static int IdLength(ReadOnlySpan<char> card) => card switch { "71" => 15, "75" or "04" or "15" => 16, _ => 0 };

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> s)
    {
        while (s.Length > 0 && ReferenceText.IsSeparator(s[0]))
        {
            s = s[1..];
        }

        while (s.Length > 0 && ReferenceText.IsSeparator(s[^1]))
        {
            s = s[..^1];
        }

        return s;
    }
}
