using Receivables.Sdk.References;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Structured references as banks write them.</summary>
internal static class CamtReferences
{
    /// <summary>The canonical form where check digits hold; else without the blanks of the printed form where only digits are left; else as written.</summary>
    /// <param name="reference">The text of <c>CdtrRefInf/Ref</c>.</param>
    /// <param name="kind">Its type: a code (<c>SCOR</c>) or the bank's own (<c>QRR</c>, <c>ISR Reference</c>).</param>
    internal static string Canonical(string reference, string? kind)
    {
        if (PaymentReference.TryParse(reference, ReferenceType.Iso11649, out var known)
            || (kind == "SCOR" && PaymentReference.TryParse(reference, ReferenceType.BelgianOgm, out known))
            || (kind != "SCOR" && PaymentReference.TryParse(reference, ReferenceType.SwissQrr, out known)))
        {
            return known.Canonical;
        }

        Span<char> digits = reference.Length <= 140 ? stackalloc char[reference.Length] : new char[reference.Length];
        var length = 0;
        foreach (var c in reference)
        {
            if (char.IsAsciiDigit(c))
            {
                digits[length++] = c;
            }
            else if (c is not (' ' or '+' or '/' or '*'))
            {
                return reference;
            }
        }

        return length == 0 || length == reference.Length ? reference : digits[..length].ToString();
    }

    /// <summary>The first reference in a text that shows itself by form and check digits; null when there is none.</summary>
    internal static string? Find(ReadOnlySpan<char> text)
    {
        if (!ReferenceFinder.MayHold(text))
        {
            return null;
        }

        var finder = new ReferenceFinder(text);
        return finder.MoveNext() ? finder.Current.Reference.Canonical : null;
    }
}
