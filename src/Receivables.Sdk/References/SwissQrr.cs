namespace Receivables.Sdk.References;

/// <summary>Swiss QR reference (before 2022 ESR/BVR): up to 27 digits, zeros before them, the last by mod 10 recursive. SIX, "Swiss Implementation Guidelines QR-bill".</summary>
internal static class SwissQrr
{
    internal const int Length = 27;

    internal static ReferenceFault Check(ReadOnlySpan<char> s, Span<char> canonical, out int length)
    {
        length = Length;
        Span<char> digits = stackalloc char[Length];
        var fault = ReferenceText.CopyDigits(s, digits, out var count);
        if (fault != ReferenceFault.None)
        {
            return fault;
        }

        if (count < 2)
        {
            return ReferenceFault.Length;
        }

        _ = ReferenceText.CopyPadded(digits[..count], canonical[..Length]);
        return CheckCompact(canonical[..Length]);
    }

    internal static ReferenceFault CheckCompact(ReadOnlySpan<char> digits) =>
        digits.Length != Length ? ReferenceFault.Length
        : digits[^1] == CheckDigits.ToChar(CheckDigits.Recursive10(digits[..^1])) ? ReferenceFault.None : ReferenceFault.CheckDigits;

    internal static ReferenceFault Create(ReadOnlySpan<char> body, Span<char> canonical, out int length)
    {
        length = Length;
        var fault = ReferenceText.CopyPadded(body, canonical[..26]);
        canonical[26] = fault == ReferenceFault.None ? CheckDigits.ToChar(CheckDigits.Recursive10(canonical[..26])) : '0';
        return fault;
    }

    internal static string Print(string canonical) => canonical[..2] + " " + ReferenceText.Group(canonical[2..], 5, fromRight: false);
}
