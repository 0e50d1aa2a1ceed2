using Receivables.Sdk.References;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>Finds the structured payment reference in a remittance.</summary>
internal static class MtReferences
{
    /// <summary>The reference in canonical form, or null: one that shows itself by form and check digits, or a Dutch one behind its name.</summary>
    internal static string? Find(ReadOnlySpan<char> remittance)
    {
        if (CanHold(remittance))
        {
            var finder = new ReferenceFinder(remittance);
            if (finder.MoveNext())
            {
                return finder.Current.Reference.Canonical;
            }
        }

        return remittance.Contains("KENM", StringComparison.Ordinal) || remittance.Contains("kenm", StringComparison.Ordinal) ? FindNamed(remittance) : null;
    }

    // What every reference that shows itself has: the letters of the standard or a country at the start of a word, a wrapping, the digits of the
    // Swiss one, or the slashes of the Belgian one.
    private static bool CanHold(ReadOnlySpan<char> text)
    {
        var digits = 0;
        var hasSlash = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is >= '0' and <= '9')
            {
                digits++;
            }
            else if (c is '+' or '*')
            {
                return true;
            }
            else if ((c | 0x20) is 'r' or 's' or 'h' && i + 1 < text.Length && (i == 0 || !char.IsAsciiLetter(text[i - 1])))
            {
                if (((c | 0x20, text[i + 1] | 0x20) is ('r', 'f') or ('s', 'i') or ('h', 'r')) && (i + 2 == text.Length || !char.IsAsciiLetter(text[i + 2])))
                {
                    return true;
                }
            }
            else
            {
                hasSlash |= c == '/';
            }
        }

        return digits >= (hasSlash ? 12 : 27);
    }

    /// <summary>The reference that a field holds which the bank calls structured, in canonical form where it is one of the types that banks name so.</summary>
    internal static string Canonical(ReadOnlySpan<char> reference, ReadOnlySpan<char> issuer) =>
        PaymentReference.TryParse(reference, issuer is "CUR" ? ReferenceType.DutchBetalingskenmerk : issuer is "ISO" ? ReferenceType.Iso11649 : ReferenceType.BelgianOgm, out var known)
        || PaymentReference.TryParse(reference, ReferenceType.Iso11649, out known)
            ? known.Canonical
            : reference.ToString();

    // "BETALINGSKENM. 1004510036716378", perhaps in groups.
    private static string? FindNamed(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf("BETALINGSKENM", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            at = text.IndexOf("BET.KENM", StringComparison.OrdinalIgnoreCase);
        }

        if (at < 0)
        {
            return null;
        }

        var rest = text[at..];
        var digit = rest.IndexOfAnyInRange('0', '9');
        if (digit is < 0 or > 24)
        {
            return null;
        }

        var finder = new CandidateFinder(rest[digit..], ReferenceScheme.Of(ReferenceType.DutchBetalingskenmerk));
        return finder.MoveNext() && finder.Current.Start == 0 && finder.Current.Reference.Canonical.Length == 16 ? finder.Current.Reference.Canonical : null;
    }
}
