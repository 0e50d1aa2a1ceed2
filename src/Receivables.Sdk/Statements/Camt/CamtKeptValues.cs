using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Values that were made lately, by the bytes they were made of: what comes again and again in a file is made once.</summary>
/// <remarks>Two places for each key: what was asked for last stands first. Not thread-safe.</remarks>
/// <typeparam name="T">What is kept.</typeparam>
/// <param name="size">How many at most; a power of two.</param>
internal sealed class CamtKeptValues<T>(int size)
    where T : class
{
    // The schemas allow far less than this for a party with its address.
    private const int LongestKey = 512;
    private const int KeyStep = 64;

    private readonly Kept[] _kept = new Kept[size];

    /// <summary>Finds the value of a key in two pieces.</summary>
    internal bool TryFind(ReadOnlySpan<byte> key, ReadOnlySpan<byte> more, out T? value)
    {
        var at = PlaceOf(key, more);
        ref var first = ref _kept[at];
        if (first.IsOf(key, more))
        {
            value = first.Value;
            return true;
        }

        ref var second = ref _kept[at + 1];
        (first, second) = (second, first);
        value = first.Value;
        return first.IsOf(key, more);
    }

    /// <summary>Keeps the value of a key that was just not found.</summary>
    internal void Keep(ReadOnlySpan<byte> key, ReadOnlySpan<byte> more, T? value)
    {
        if (key.Length + more.Length > LongestKey)
        {
            return;
        }

        ref var kept = ref _kept[PlaceOf(key, more)];
        var length = key.Length + more.Length;
        if (kept.Key is null || kept.Key.Length < length)
        {
            kept.Key = new byte[(length + KeyStep - 1) / KeyStep * KeyStep];
        }

        key.CopyTo(kept.Key);
        more.CopyTo(kept.Key.AsSpan(key.Length));
        (kept.Length, kept.MoreLength, kept.Value) = (length, more.Length, value);
    }

    private int PlaceOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> more) => (int)((CamtKeptValues.Hash(key) ^ (CamtKeptValues.Hash(more) * 3)) % (uint)_kept.Length & ~1u);

    private struct Kept
    {
        internal byte[]? Key;
        internal int Length;
        internal int MoreLength;
        internal T? Value;

        internal readonly bool IsOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> more) =>
            Length == key.Length + more.Length && MoreLength == more.Length && Key is not null
            && key.SequenceEqual(Key.AsSpan(0, key.Length)) && more.SequenceEqual(Key.AsSpan(key.Length, more.Length));
    }
}

/// <summary>Hashes of keys.</summary>
internal static class CamtKeptValues
{
    private const ulong Odd = 0x9E3779B97F4A7C15;

    /// <summary>A hash of bytes; a collision of two keys only makes a value anew.</summary>
    internal static uint Hash(ReadOnlySpan<byte> key)
    {
        var hash = (ulong)key.Length;
        if (key.Length < sizeof(ulong))
        {
            foreach (var b in key)
            {
                hash = (hash ^ b) * Odd;
            }

            return (uint)(hash >> 37);
        }

        // Words, the last of which overlaps the one before it.
        ref var start = ref MemoryMarshal.GetReference(key);
        var last = key.Length - sizeof(ulong);
        for (var i = 0; i < last; i += sizeof(ulong))
        {
            hash = (hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, i))) * Odd;
            hash ^= hash >> 32;
        }

        return (uint)(((hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, last))) * Odd) >> 37);
    }
}
