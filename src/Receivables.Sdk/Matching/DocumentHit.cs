namespace Receivables.Sdk.Matching;

/// <summary>How far a hit in a text names a document.</summary>
internal enum HitStrength : byte
{
    /// <summary>Fewer than five digits, a part of the number, or with an error: never enough alone.</summary>
    Weak,

    /// <summary>The whole number, of five digits or more.</summary>
    Strong,

    /// <summary>A structured reference that the document bears.</summary>
    Exact,
}

/// <summary>A place in a transaction's text that names a document.</summary>
internal readonly record struct DocumentHit(
    int Item, int Weight, EvidenceCode Code, HitStrength Strength, string Text, TextField Field, int Start, int Length)
{
    internal int End => Start + Length;

    internal MatchEvidence ToEvidence() => new(Code, Weight, Text, Field, Start, Length);
}

/// <summary>Evidence that a payer is a customer.</summary>
internal readonly record struct PartyHit(int Customer, int Weight, EvidenceCode Code, bool IsStrong, string Text, TextField Field, int Start, int Length, bool IsWhole = false)
{
    internal MatchEvidence ToEvidence() => new(Code, Weight, Text, Field, Start, Length);
}

/// <summary>Asks lists of hits.</summary>
internal static class DocumentHits
{
    /// <summary>Whether one of them is of an item.</summary>
    internal static bool Names(this Span<DocumentHit> hits, int item)
    {
        foreach (ref readonly var hit in hits)
        {
            if (hit.Item == item)
            {
                return true;
            }
        }

        return false;
    }
}
