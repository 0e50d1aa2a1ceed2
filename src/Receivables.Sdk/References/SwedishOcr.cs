namespace Receivables.Sdk.References;

/// <summary>Swedish OCR number: 2 to 25 digits, the last by Luhn; before it perhaps the units digit of the whole length. Bankgirot, "OCR-referenskontroll".</summary>
internal static class SwedishOcr
{
    internal const int MaxLength = 25;

    internal static ReferenceFault Check(ReadOnlySpan<char> s, Span<char> canonical, out int length)
    {
        var fault = ReferenceText.CopyDigits(s, canonical[..MaxLength], out length);
        return fault != ReferenceFault.None ? fault : CheckCompact(canonical[..length]);
    }

    internal static ReferenceFault CheckCompact(ReadOnlySpan<char> digits) =>
        digits.Length is < 2 or > MaxLength ? ReferenceFault.Length
        : digits[^1] == CheckDigits.ToChar(CheckDigits.Luhn(digits[..^1])) ? ReferenceFault.None : ReferenceFault.CheckDigits;

    internal static ReferenceFault Create(ReadOnlySpan<char> body, bool lengthDigit, Span<char> canonical, out int length)
    {
        length = body.Length + (lengthDigit ? 2 : 1);
        if (length > MaxLength)
        {
            return ReferenceFault.Length;
        }

        body.CopyTo(canonical);
        if (lengthDigit)
        {
            canonical[length - 2] = CheckDigits.ToChar(length % 10);
        }

        canonical[length - 1] = CheckDigits.ToChar(CheckDigits.Luhn(canonical[..(length - 1)]));
        return ReferenceFault.None;
    }
}
