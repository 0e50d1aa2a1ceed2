using System.Text;
using Receivables.Sdk.References;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Structured payment references of rows.</summary>
internal static class CsvReferences
{
    /// <summary>What a column of structured references holds, in canonical form: by the type that the bank's country uses, else letters and digits; null for zeros.</summary>
    internal static string? Canonical(string text, string country)
    {
        ReferenceType? own = country switch
        {
            "NL" => ReferenceType.DutchBetalingskenmerk,
            "BE" => ReferenceType.BelgianOgm,
            "CH" or "LI" => ReferenceType.SwissQrr,
            "FI" => ReferenceType.Finnish,
            "EE" => ReferenceType.Estonian,
            _ => null,
        };
        if (PaymentReference.TryParse(text, ReferenceType.Iso11649, out var known) || (own is { } type && PaymentReference.TryParse(text, type, out known)))
        {
            return known.Canonical;
        }

        var canonical = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                canonical.Append(char.ToUpperInvariant(c));
            }
        }

        return canonical.ToString().AsSpan().IndexOfAnyExcept('0') < 0 ? null : canonical.ToString();
    }

    /// <summary>The reference that a remittance shows by its form and check digits; null when there is none.</summary>
    internal static string? Find(string remittance)
    {
        if (!ReferenceFinder.MayHold(remittance))
        {
            return null;
        }

        var finder = new ReferenceFinder(remittance);
        return finder.MoveNext() ? finder.Current.Reference.Canonical : null;
    }
}
