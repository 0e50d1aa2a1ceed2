namespace Receivables.Sdk.References;

/// <summary>
/// Dutch betalingskenmerk: 7 digits without a check; 16 digits, of which the first is the check digit; or 9 to 14, of which the first is the
/// check digit and the second the units digit of how many follow. Betaalvereniging Nederland, "Acceptgiro, betalingskenmerk".
/// </summary>
internal static class DutchBetalingskenmerk
{
    internal const int MaxLength = 16;

    internal static ReferenceFault Check(ReadOnlySpan<char> s, Span<char> canonical, out int length)
    {
        var fault = ReferenceText.CopyDigits(s, canonical[..MaxLength], out length);
        return fault != ReferenceFault.None ? fault : CheckCompact(canonical[..length]);
    }

    internal static ReferenceFault CheckCompact(ReadOnlySpan<char> digits)
    {
        if (digits.Length is not (7 or (>= 9 and <= 14) or MaxLength))
        {
            return ReferenceFault.Length;
        }

        if (digits.Length is 7)
        {
            return ReferenceFault.None;
        }

        if (digits.Length < MaxLength && digits[1] != CheckDigits.ToChar((digits.Length - 2) % 10))
        {
            return ReferenceFault.LengthDigit;
        }

        return digits[0] == CheckDigits.ToChar(CheckDigits.Dutch11(digits[1..])) ? ReferenceFault.None : ReferenceFault.CheckDigits;
    }

    /// <summary>A base of 7 to 12 digits gets check and length digit; any other up to 15 is padded for the form of 16.</summary>
    internal static ReferenceFault Create(ReadOnlySpan<char> body, Span<char> canonical, out int length)
    {
        length = MaxLength;
        if (body.Length is >= 7 and <= 12)
        {
            length = body.Length + 2;
            canonical[1] = CheckDigits.ToChar(body.Length % 10);
            body.CopyTo(canonical[2..]);
        }
        else if (ReferenceText.CopyPadded(body, canonical[1..MaxLength]) is var fault and not ReferenceFault.None)
        {
            return fault;
        }

        canonical[0] = CheckDigits.ToChar(CheckDigits.Dutch11(canonical[1..length]));
        return ReferenceFault.None;
    }
}
