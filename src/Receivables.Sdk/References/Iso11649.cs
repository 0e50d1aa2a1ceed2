namespace Receivables.Sdk.References;

/// <summary>ISO 11649:2009: <c>RF</c>, two check digits from 02 to 98, 1 to 21 letters and digits; with the first four characters moved to the end the rest by 97 is 1.</summary>
internal static class Iso11649
{
    internal const int MinLength = 5;
    internal const int MaxLength = 25;

    internal static ReferenceFault Check(ReadOnlySpan<char> s, Span<char> canonical, out int length)
    {
        var fault = ReferenceText.CopyAlphanumeric(s, canonical[..MaxLength], out length);
        return fault != ReferenceFault.None ? fault : CheckCompact(canonical[..length]);
    }

    /// <summary>Checks text in upper case without separators.</summary>
    internal static ReferenceFault CheckCompact(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("RF"))
        {
            return ReferenceFault.Prefix;
        }

        if (text.Length is < MinLength or > MaxLength)
        {
            return ReferenceFault.Length;
        }

        if (!char.IsAsciiDigit(text[2]) || !char.IsAsciiDigit(text[3]))
        {
            return ReferenceFault.Character;
        }

        // 00, 01 and 99 leave the rests of 97, 98 and 02, and no reference is made with them.
        return text[2..4] is not ("00" or "01" or "99") && CheckDigits.Mod97(text, moved: 4) == 1 ? ReferenceFault.None : ReferenceFault.CheckDigits;
    }

    internal static ReferenceFault Create(ReadOnlySpan<char> body, Span<char> canonical, out int length)
    {
        length = 0;
        var fault = ReferenceText.CopyAlphanumeric(body, canonical[4..MaxLength], out var count);
        if (fault != ReferenceFault.None)
        {
            return fault;
        }

        "RF00".CopyTo(canonical);
        length = count + 4;
        var check = 98 - CheckDigits.Mod97(canonical[..length], moved: 4);
        canonical[2] = CheckDigits.ToChar(check / 10);
        canonical[3] = CheckDigits.ToChar(check % 10);
        return ReferenceFault.None;
    }
}
