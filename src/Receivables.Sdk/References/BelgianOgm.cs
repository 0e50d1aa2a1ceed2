namespace Receivables.Sdk.References;

/// <summary>Belgian structured communication: ten digits and their rest by 97 in two digits, 97 for a rest of 0; not all zeros. Febelfin, "structured communication".</summary>
internal static class BelgianOgm
{
    internal const int Length = 12;

    internal static ReferenceFault Check(ReadOnlySpan<char> s, Span<char> canonical, out int length)
    {
        var fault = ReferenceText.CopyDigits(Unwrap(s), canonical[..Length], out length);
        return fault != ReferenceFault.None ? fault : CheckCompact(canonical[..length]);
    }

    internal static ReferenceFault CheckCompact(ReadOnlySpan<char> digits)
    {
        if (digits.Length != Length)
        {
            return ReferenceFault.Length;
        }

        if (ReferenceText.IsAllZeros(digits))
        {
            return ReferenceFault.AllZeros;
        }

        return ((digits[10] - '0') * 10) + digits[11] - '0' == CheckOf(digits[..10]) ? ReferenceFault.None : ReferenceFault.CheckDigits;
    }

    internal static ReferenceFault Create(ReadOnlySpan<char> body, Span<char> canonical, out int length)
    {
        length = Length;
        var fault = ReferenceText.CopyPadded(body, canonical[..10]);
        if (fault != ReferenceFault.None)
        {
            return fault;
        }

        var check = CheckOf(canonical[..10]);
        canonical[10] = CheckDigits.ToChar(check / 10);
        canonical[11] = CheckDigits.ToChar(check % 10);
        return ReferenceFault.None;
    }

    internal static string Print(string canonical) => $"+++{canonical.AsSpan(0, 3)}/{canonical.AsSpan(3, 4)}/{canonical.AsSpan(7)}+++";

    private static int CheckOf(ReadOnlySpan<char> body) => CheckDigits.Mod97(body) is var rest and not 0 ? rest : 97;

    // Up to three plus signs or asterisks on either side, blanks and line breaks between them; banks cut them, so the sides need not agree.
    private static ReadOnlySpan<char> Unwrap(ReadOnlySpan<char> s)
    {
        s = s.Trim();
        for (var i = 0; i < 3 && s.Length > 0 && s[0] is '+' or '*'; i++)
        {
            s = s[1..].TrimStart();
        }

        for (var i = 0; i < 3 && s.Length > 0 && s[^1] is '+' or '*'; i++)
        {
            s = s[..^1].TrimEnd();
        }

        return s;
    }
}
