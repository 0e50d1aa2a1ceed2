using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Short texts that stand in many rows, decoded once: codes, words, names of banks.</summary>
/// <remarks>One slot for each hash; a newcomer takes the slot over. Not thread-safe.</remarks>
internal sealed class CsvStringPool(TextDecoder decoder)
{
    private const int Slots = 256;
    private const int MaxLength = 40;

    private readonly Slot[] _slots = new Slot[Slots];

    /// <summary>The text of a field.</summary>
    internal string Get(ReadOnlySpan<byte> field)
    {
        if (field.Length is 0 or > MaxLength)
        {
            return decoder.Decode(field);
        }

        ref var slot = ref _slots[Hash(field)];
        if (slot.Bytes is { } bytes && field.SequenceEqual(bytes))
        {
            return slot.Text;
        }

        var text = decoder.Decode(field);
        slot = new Slot(field.ToArray(), text);
        return text;
    }

    private static int Hash(ReadOnlySpan<byte> field)
    {
        var hash = (uint)field.Length;
        foreach (var b in field)
        {
            hash = (hash * 31) + b;
        }

        return (int)(hash % Slots);
    }

    private readonly record struct Slot(byte[] Bytes, string Text);
}
