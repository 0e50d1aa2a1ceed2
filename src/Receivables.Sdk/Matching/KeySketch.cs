namespace Receivables.Sdk.Matching;

/// <summary>What keys there are at a glance: by form, by how many characters the text has, and by its first two. Most runs of a text are none of the ledger's, and need no look-up to say so.</summary>
/// <remarks>Only ever added to: one thread writes while many read. What it says may be is looked up; what it says is not there is not.</remarks>
internal sealed class KeySketch
{
    /// <summary>The place of a key that is looked up in any case.</summary>
    internal const ushort Nowhere = ushort.MaxValue;

    private const int Starts = 64;
    private const int Lengths = NumberKeys.MaxLength + 1;
    private readonly ulong[] _bits = new ulong[3 * Lengths * Starts / 64];

    /// <summary>The place of a text among those of its form.</summary>
    internal static ushort PlaceOf(KeyForm form, ReadOnlySpan<char> text)
    {
        var kind = form switch { KeyForm.Full => 0, KeyForm.Digits => 1, _ => 2 };
        var start = text.Length switch { 0 => 0, 1 => text[0], _ => (text[0] * 5) + text[1] };
        return (ushort)((((kind * Lengths) + Math.Min(text.Length, NumberKeys.MaxLength)) * Starts) + (start % Starts));
    }

    internal void Add(ushort place)
    {
        if (place != Nowhere)
        {
            _bits[place / 64] |= 1UL << place;
        }
    }

    /// <summary>Whether some key has a text of this form, length and start.</summary>
    internal bool MayHave(KeyForm form, ReadOnlySpan<char> text) => PlaceOf(form, text) is var place && (Volatile.Read(ref _bits[place / 64]) >> place & 1) != 0;
}
