namespace Receivables.Sdk.References;

/// <summary>
/// The references with weights 7, 3, 1: Finnish viitenumero (4 to 20 digits, leading zeros do not count; Finanssiala, "Structure and check
/// of the reference number") and Estonian viitenumber (2 to 20 digits; Estonian Banking Association, "7-3-1 method").
/// </summary>
internal static class SevenThreeOne
{
    internal const int MaxLength = 20;

    internal static ReferenceFault CheckFinnish(ReadOnlySpan<char> s, Span<char> canonical, out int length)
    {
        // Leading zeros are free, so they may go beyond the room for the digits that count.
        var start = 0;
        while (start < s.Length && (s[start] == '0' || ReferenceText.IsSeparator(s[start])))
        {
            start++;
        }

        var fault = ReferenceText.CopyDigits(s[start..], canonical[..MaxLength], out length);
        return fault == ReferenceFault.Empty && s.Contains('0') ? ReferenceFault.AllZeros
            : fault != ReferenceFault.None ? fault
            : length < 4 ? ReferenceFault.Length
            : Check(canonical[..length]);
    }

    internal static ReferenceFault CheckEstonian(ReadOnlySpan<char> s, Span<char> canonical, out int length)
    {
        var fault = ReferenceText.CopyDigits(s, canonical[..MaxLength], out length);
        return fault != ReferenceFault.None ? fault
            : length < 2 ? ReferenceFault.Length
            : Check(canonical[..length]);
    }

    internal static ReferenceFault CreateFinnish(ReadOnlySpan<char> body, Span<char> canonical, out int length)
    {
        body = body.TrimStart('0');
        length = 0;
        return body.Length is < 3 or >= MaxLength ? ReferenceFault.Length : Append(body, canonical, out length);
    }

    internal static ReferenceFault CreateEstonian(ReadOnlySpan<char> body, Span<char> canonical, out int length)
    {
        length = 0;
        return body.Length is < 1 or >= MaxLength ? ReferenceFault.Length : Append(body, canonical, out length);
    }

    private static ReferenceFault Check(ReadOnlySpan<char> digits) =>
        digits[^1] == CheckDigits.ToChar(CheckDigits.SevenThreeOne(digits[..^1])) ? ReferenceFault.None : ReferenceFault.CheckDigits;

    private static ReferenceFault Append(ReadOnlySpan<char> body, Span<char> canonical, out int length)
    {
        body.CopyTo(canonical);
        canonical[body.Length] = CheckDigits.ToChar(CheckDigits.SevenThreeOne(body));
        length = body.Length + 1;
        return ReferenceFault.None;
    }
}
