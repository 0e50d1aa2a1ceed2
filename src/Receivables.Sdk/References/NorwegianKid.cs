namespace Receivables.Sdk.References;

/// <summary>Norwegian KID (kundeidentifikasjon): 2 to 25 characters, the last by Luhn or by mod 11, where it may be a dash. Bits/Nets, "OCR giro system specification".</summary>
internal static class NorwegianKid
{
    internal const int MaxLength = 25;

    internal static ReferenceFault Check(ReadOnlySpan<char> s, Span<char> canonical, out int length)
    {
        var fault = ReferenceText.CopyDigits(s, canonical[..MaxLength], out length);
        if (fault != ReferenceFault.None)
        {
            return fault;
        }

        // A dash at the end may be the check character 10 of mod 11; elsewhere it is a separator.
        if (s.TrimEnd() is [.., '-'] && length < MaxLength && CheckDigits.Norwegian11(canonical[..length]) == 10)
        {
            canonical[length++] = '-';
            return ReferenceFault.None;
        }

        return CheckCompact(canonical[..length]);
    }

    internal static ReferenceFault CheckCompact(ReadOnlySpan<char> digits)
    {
        if (digits.Length is < 2 or > MaxLength)
        {
            return ReferenceFault.Length;
        }

        var check = digits[^1] - '0';
        return check == CheckDigits.Luhn(digits[..^1]) || check == CheckDigits.Norwegian11(digits[..^1]) ? ReferenceFault.None : ReferenceFault.CheckDigits;
    }

    internal static ReferenceFault Create(ReadOnlySpan<char> body, int modulus, Span<char> canonical, out int length)
    {
        length = 0;
        if (modulus is not (10 or 11))
        {
            return ReferenceFault.Model;
        }

        if (body.Length >= MaxLength)
        {
            return ReferenceFault.Length;
        }

        body.CopyTo(canonical);
        var check = modulus == 10 ? CheckDigits.Luhn(body) : CheckDigits.Norwegian11(body);
        canonical[body.Length] = check == 10 ? '-' : CheckDigits.ToChar(check);
        length = body.Length + 1;
        return ReferenceFault.None;
    }
}
