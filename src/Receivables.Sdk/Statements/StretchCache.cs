using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements;

/// <summary>
/// What was made of stretches of bytes that come again, found by the bytes themselves: the texts of a party with what stands between them are one stretch,
/// one look and one comparison. Two places for each; a newcomer takes the one over.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="most">How many places there may be, a power of four. There are as few as what is kept needs, so that they stay near.</param>
internal sealed class StretchCache<T>(int most)
{
    private const int Fewest = 64;

    private Entry?[] _entries = new Entry?[Math.Min(Fewest, most)];
    private int _count;

    /// <summary>The longest stretch that is kept.</summary>
    internal static int Longest => 2 * ShortBytes.Width;

    /// <summary>Fetches what may have been made of a stretch into the cache.</summary>
    /// <returns>The place of the stretch.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal unsafe uint Expect(ReadOnlySpan<byte> stretch)
    {
        var place = StretchHash.Of(stretch) & (uint)(_entries.Length - 1);
        if (Sse.IsSupported)
        {
            // The address may be stale when it is used: then something else is fetched, no more.
            var entry = *(byte**)Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_entries), place));
            Sse.Prefetch0(entry);
            Sse.Prefetch0(entry + ShortBytes.Width);
        }

        return place;
    }

    /// <summary>What was made of a stretch.</summary>
    /// <param name="stretch">The stretch.</param>
    /// <param name="place">Its place.</param>
    /// <param name="kind">What else tells it from others of the same bytes, a small number.</param>
    /// <param name="value">What was made of it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryGet(ReadOnlySpan<byte> stretch, uint place, int kind, [MaybeNullWhen(false)] out T value)
    {
        if (_entries[place] is { } known && known.Is(stretch, kind))
        {
            value = known.Value;
            return true;
        }

        if (_entries[place ^ 1] is { } other && other.Is(stretch, kind))
        {
            value = other.Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>What was made of a stretch.</summary>
    internal bool TryGet(ReadOnlySpan<byte> stretch, int kind, [MaybeNullWhen(false)] out T value) => TryGet(stretch, Expect(stretch), kind, out value);

    /// <summary>Keeps what was made of a stretch that was not found, unless it is too long.</summary>
    internal void Add(ReadOnlySpan<byte> stretch, int kind, T value)
    {
        if (stretch.Length > Longest)
        {
            return;
        }

        if (_count > _entries.Length / 4 && _entries.Length < most)
        {
            Grow();
        }

        Put(new Entry(stretch, kind, value));
    }

    private void Put(Entry entry)
    {
        var place = entry.Hash & (uint)(_entries.Length - 1);
        if (_entries[place] is not { } before)
        {
            _count++;
        }
        else
        {
            _count += _entries[place ^ 1] is null ? 1 : 0;
            _entries[place ^ 1] = before;
        }

        _entries[place] = entry;
    }

    private void Grow()
    {
        var entries = _entries;
        (_entries, _count) = (new Entry?[entries.Length * 4], 0);
        foreach (var entry in entries)
        {
            if (entry is not null)
            {
                Put(entry);
            }
        }
    }

    private sealed class Entry
    {
        private readonly Vector512<byte> _first;
        private readonly Vector512<byte> _second;
        private readonly byte[] _bytes = [];
        private readonly long _form;

        internal Entry(ReadOnlySpan<byte> stretch, int kind, T value)
        {
            (_form, Hash, Value) = (Form(stretch, kind), StretchHash.Of(stretch), value);
            if (ShortBytes.HasRegisters)
            {
                (_first, _second) = (ShortBytes.Load(stretch, 0), stretch.Length > ShortBytes.Width ? ShortBytes.Load(stretch, ShortBytes.Width) : default);
            }
            else
            {
                _bytes = stretch.ToArray();
            }
        }

        internal uint Hash { get; }

        internal T Value { get; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal bool Is(ReadOnlySpan<byte> stretch, int kind) =>
            _form == Form(stretch, kind)
            && (!ShortBytes.HasRegisters ? stretch.SequenceEqual(_bytes)
                : ShortBytes.Load(stretch, 0) == _first && (stretch.Length <= ShortBytes.Width || ShortBytes.Load(stretch, ShortBytes.Width) == _second));

        private static long Form(ReadOnlySpan<byte> stretch, int kind) => ((long)kind << 32) | (uint)stretch.Length;
    }
}

/// <summary>A hash of a stretch of bytes: its length and its first, middle and last bytes.</summary>
internal static class StretchHash
{
    private const ulong Odd = 0x9E3779B97F4A7C15;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Of(ReadOnlySpan<byte> stretch)
    {
        ref var start = ref MemoryMarshal.GetReference(stretch);
        var length = stretch.Length;
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
