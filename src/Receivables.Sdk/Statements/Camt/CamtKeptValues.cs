using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Values that were made lately, by the bytes they were made of: what comes again and again in a file is made once.</summary>
/// <remarks>
/// Two places for each key: what was asked for last stands first. Small at first, since most files are, and larger as there are more values,
/// up to 2048. Not thread-safe.
/// </remarks>
/// <typeparam name="T">What is kept.</typeparam>
internal sealed class CamtKeptValues<T>
    where T : class
{
    private const int Smallest = 128;
    private const int Largest = 2048;

    // The schemas allow far less than this for a party with its address.
    private const int LongestKey = 512;
    private const int KeyStep = 32;

    private Kept[] _kept = new Kept[Smallest];
    private int _count;

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

        if (_count > _kept.Length / 4 && _kept.Length < Largest)
        {
            Grow();
        }

        ref var kept = ref _kept[PlaceOf(key, more)];
        var length = key.Length + more.Length;
        _count += kept.Key is null ? 1 : 0;
        if (kept.Key is null || kept.Key.Length < length)
        {
            kept.Key = new byte[(length + KeyStep - 1) / KeyStep * KeyStep];
        }

        key.CopyTo(kept.Key);
        more.CopyTo(kept.Key.AsSpan(key.Length));
        (kept.Length, kept.MoreLength, kept.Value) = (length, more.Length, value);
    }

    private void Grow()
    {
        var known = _kept;
        _kept = new Kept[known.Length * 4];
        foreach (var kept in known)
        {
            if (kept.Key is { } key)
            {
                ref var first = ref _kept[PlaceOf(key.AsSpan(0, kept.Length - kept.MoreLength), key.AsSpan(kept.Length - kept.MoreLength, kept.MoreLength))];
                ref var place = ref first.Key is null ? ref first : ref Unsafe.Add(ref first, 1);
                _count -= place.Key is null ? 0 : 1;
                place = kept;
            }
        }
    }

    private int PlaceOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> more) => (int)((CamtKeptValues.Hash(key) ^ (CamtKeptValues.Hash(more) * 3)) & (uint)(_kept.Length - 1) & ~1u);

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

        // The last words, where accounts and numbers differ, and the first; they overlap in short keys.
        ref var start = ref MemoryMarshal.GetReference(key);
        var other = hash * Odd;
        for (int at = key.Length - sizeof(ulong), words = 0; at > 0 && words < 4; at -= sizeof(ulong), words++)
        {
            (hash, other) = (other, (hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at))) * Odd);
            other ^= other >> 32;
        }

        hash = (hash ^ Unsafe.ReadUnaligned<ulong>(ref start)) * Odd;
        return (uint)((hash ^ (other * 3)) * Odd >> 37);
    }
}
