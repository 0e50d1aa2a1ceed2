using System.Buffers;
using System.Runtime.Intrinsics;
using Receivables.Sdk.References;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements;

/// <summary>Finds the structured payment reference in a remittance.</summary>
internal static class RemittanceReferences
{
    // A name and sixteen digits.
    private const int ShortestNamed = 24;

    private static readonly SearchValues<string> Names = SearchValues.Create(["KENM", "kenm"], StringComparison.Ordinal);

    /// <summary>The reference in canonical form, or null: one that shows itself by form and check digits, or a Dutch one behind its name.</summary>
    internal static string? Find(ReadOnlySpan<char> remittance)
    {
        if (ReferenceFinder.MayHold(remittance))
        {
            var finder = new ReferenceFinder(remittance);
            if (finder.MoveNext())
            {
                return finder.Current.Reference.Canonical;
            }
        }

        return remittance.Length >= ShortestNamed && remittance.ContainsAny(Names) ? FindNamed(remittance) : null;
    }

    /// <summary>Whether <see cref="Find"/> may find something in a text that is ASCII: in most there is nothing.</summary>
    internal static bool MayHold(ReadOnlySpan<byte> remittance) =>
        ReferenceFinder.MayHold(remittance) || (remittance.Length >= ShortestNamed && MayHoldName(remittance) && (remittance.IndexOf("KENM"u8) >= 0 || remittance.IndexOf("kenm"u8) >= 0));

    // The letters of either case; where that cannot be told at once, it may.
    private static bool MayHoldName(ReadOnlySpan<byte> remittance)
    {
        if (!ShortBytes.HasRegisters || remittance.Length > 2 * ShortBytes.Width)
        {
            return true;
        }

        var first = ShortBytes.Load(remittance, 0) | Vector512.Create((byte)0x20);
        var hasName = HasName(first);
        if (remittance.Length <= ShortBytes.Width || hasName)
        {
            return hasName;
        }

        // A name may lie across the border of two registers.
        var second = ShortBytes.Load(remittance, ShortBytes.Width) | Vector512.Create((byte)0x20);
        return HasName(second) || remittance.Slice(ShortBytes.Width - 3, Math.Min(6, remittance.Length - ShortBytes.Width + 3)).ContainsAny((byte)'K', (byte)'k');
    }

    private static bool HasName(Vector512<byte> small) =>
        (Places(small, 'k') & (Places(small, 'e') >> 1) & (Places(small, 'n') >> 2) & (Places(small, 'm') >> 3)) != 0;

    private static ulong Places(Vector512<byte> small, char letter) => Vector512.Equals(small, Vector512.Create((byte)letter)).ExtractMostSignificantBits();

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
