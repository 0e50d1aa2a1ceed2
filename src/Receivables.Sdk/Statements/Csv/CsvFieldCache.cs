using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>What was made of fields that come again, by their bytes. One slot for each hash; a newcomer takes the slot over.</summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="slots">How many slots, a power of two.</param>
internal sealed class CsvFieldCache<T>(int slots)
{
    private readonly Slot[] _slots = new Slot[slots];

    /// <summary>What was made of a field.</summary>
    internal bool TryGet(ReadOnlySpan<byte> field, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T value)
    {
        ref var slot = ref _slots[(int)(CsvFieldHash.Of(field) & (uint)(slots - 1))];
        value = slot.Value;
        return slot.Field is { } known && field.SequenceEqual(known);
    }

    /// <summary>Keeps what was made of a field.</summary>
    internal T Add(ReadOnlySpan<byte> field, T value)
    {
        _slots[(int)(CsvFieldHash.Of(field) & (uint)(slots - 1))] = new Slot(field.ToArray(), value);
        return value;
    }

    private readonly record struct Slot(byte[] Field, T Value);
}

/// <summary>A hash of a field: its length and its first, middle and last bytes.</summary>
internal static class CsvFieldHash
{
    private const ulong Odd = 0x9E3779B97F4A7C15;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Of(ReadOnlySpan<byte> field)
    {
        ref var start = ref MemoryMarshal.GetReference(field);
        var length = field.Length;
        ulong words;
        if (length >= 8)
        {
            words = (Unsafe.ReadUnaligned<ulong>(ref start) * Odd) ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8))
                ^ (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, (length - 8) / 2)) * 31);
        }
        else if (length >= 4)
        {
            words = ((ulong)Unsafe.ReadUnaligned<uint>(ref start) << 32) | Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, length - 4));
        }
        else
        {
            words = length == 0 ? 0 : (uint)((start << 16) | (Unsafe.Add(ref start, length / 2) << 8) | Unsafe.Add(ref start, length - 1));
        }

        return (uint)(((words + (uint)length) * Odd) >> 40);
    }
}
