using System.Runtime.CompilerServices;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>What was made of fields that come again, by their bytes. One slot for each hash; a newcomer takes the slot over.</summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="slots">How many slots, a power of two.</param>
internal sealed class CsvFieldCache<T>(int slots)
{
    private readonly Slot[] _slots = new Slot[slots];

    /// <summary>What was made of a field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryGet(ReadOnlySpan<byte> field, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T value)
    {
        ref var slot = ref _slots[(int)(StretchHash.Of(field) & (uint)(slots - 1))];
        value = slot.Value;
        return slot.Field is { } known && ShortBytes.Same(field, known);
    }

    /// <summary>Keeps what was made of a field.</summary>
    internal T Add(ReadOnlySpan<byte> field, T value)
    {
        _slots[(int)(StretchHash.Of(field) & (uint)(slots - 1))] = new Slot(field.ToArray(), value);
        return value;
    }

    private readonly record struct Slot(byte[] Field, T Value);
}
