using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Receivables.Sdk.Ledger;

/// <summary>Gives each distinct id a number from 0, in order of first sight, whether it is defined or only referred to.</summary>
/// <remarks>Written by one thread while a book is built, then only read, by any number.</remarks>
internal sealed class IdTable(Utf8Pool pool)
{
    private int[] _handles = new int[256];

    // The upper half of a slot is the hash, the lower half the number of the id plus one: a look-up that misses reads one word.
    private ulong[] _slots = new ulong[1024];

    // Seeded for each process, so nobody can make ids that all fall into one slot.
    private readonly ulong _seed = (uint)HashCode.Combine(1) | ((ulong)(uint)HashCode.Combine(2) << 32);

    internal int Count { get; private set; }

    internal ReadOnlySpan<byte> Bytes(int id) => pool.Bytes(_handles[id]);

    internal string Text(int id) => Encoding.UTF8.GetString(Bytes(id));

    /// <summary>The number of an id, or -1.</summary>
    internal int Find(string id)
    {
        var size = Encoding.UTF8.GetMaxByteCount(id.Length);
        Span<byte> buffer = size <= 512 ? stackalloc byte[512] : new byte[size];
        return Find(buffer[..Encoding.UTF8.GetBytes(id, buffer)], out _, out _);
    }

    /// <summary>The number of an id, a new one at first sight.</summary>
    internal int Intern(string id)
    {
        var size = Encoding.UTF8.GetMaxByteCount(id.Length);
        Span<byte> buffer = size <= 512 ? stackalloc byte[512] : new byte[size];
        return Intern(buffer[..Encoding.UTF8.GetBytes(id, buffer)]);
    }

    /// <inheritdoc cref="Intern(string)"/>
    internal int Intern(ReadOnlySpan<byte> id)
    {
        var found = Find(id, out var hash, out var slot);
        if (found >= 0)
        {
            return found;
        }

        _slots[slot] = ((ulong)hash << 32) | (uint)(Append(id) + 1);
        if (Count * 2 > _slots.Length)
        {
            Grow();
        }

        return Count - 1;
    }

    /// <summary>Gives an id the next number without looking for it; <see cref="Index"/> does so for all of them at once.</summary>
    internal int Append(ReadOnlySpan<byte> id)
    {
        if (Count == _handles.Length)
        {
            Array.Resize(ref _handles, Count * 2);
        }

        _handles[Count] = pool.Add(id);
        return Count++;
    }

    /// <inheritdoc cref="Append(ReadOnlySpan{byte})"/>
    internal int Append(string id)
    {
        var size = Encoding.UTF8.GetMaxByteCount(id.Length);
        Span<byte> buffer = size <= 512 ? stackalloc byte[512] : new byte[size];
        return Append(buffer[..Encoding.UTF8.GetBytes(id, buffer)]);
    }

    /// <summary>Makes what was appended findable.</summary>
    /// <param name="onRepeated">Called with the number of an id that stood before, and the number it had then.</param>
    internal void Index(Action<int, int> onRepeated)
    {
        _slots = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(512, Count)) * 2];
        for (var id = 0; id < Count; id++)
        {
            var first = Find(Bytes(id), out var hash, out var slot);
            if (first >= 0)
            {
                onRepeated(id, first);
            }
            else
            {
                _slots[slot] = ((ulong)hash << 32) | (uint)(id + 1);
            }
        }
    }

    private int Find(ReadOnlySpan<byte> id, out uint hash, out int slot)
    {
        // Ids that differ in their last byte alone lie side by side: numbers are mostly given out and used in their order.
        hash = id.IsEmpty ? 0 : Hash(id[..^1]) + id[^1];
        var mask = _slots.Length - 1;
        slot = (int)hash & mask;
        for (ulong found; (found = _slots[slot]) != 0; slot = (slot + 1) & mask)
        {
            var candidate = (int)(uint)found - 1;
            if ((uint)(found >> 32) == hash && Bytes(candidate).SequenceEqual(id))
            {
                return candidate;
            }
        }

        return -1;
    }

    // Sixteen bytes at a time through one wide multiplication, as wyhash does; ids are rarely longer.
    private uint Hash(ReadOnlySpan<byte> id)
    {
        var state = _seed ^ (ulong)id.Length;
        for (; id.Length > 16; id = id[16..])
        {
            state = Mix(BinaryPrimitives.ReadUInt64LittleEndian(id), BinaryPrimitives.ReadUInt64LittleEndian(id[8..]), state);
        }

        ulong low, high;
        if (id.Length >= 8)
        {
            low = BinaryPrimitives.ReadUInt64LittleEndian(id);
            high = BinaryPrimitives.ReadUInt64LittleEndian(id[^8..]);
        }
        else if (id.Length >= 4)
        {
            low = BinaryPrimitives.ReadUInt32LittleEndian(id);
            high = BinaryPrimitives.ReadUInt32LittleEndian(id[^4..]);
        }
        else
        {
            low = id.Length > 0 ? id[0] | ((uint)id[id.Length / 2] << 8) | ((uint)id[^1] << 16) : 0UL;
            high = 0;
        }

        return (uint)Mix(low, high, state);
    }

    private static ulong Mix(ulong low, ulong high, ulong state)
    {
        var upper = Math.BigMul(low ^ 0xa0761d6478bd642f ^ state, high ^ 0xe7037ed1a0b428db ^ (state << 32 | state >> 32), out var lower);
        return upper ^ lower;
    }

    private void Grow()
    {
        var slots = new ulong[_slots.Length * 2];
        var mask = slots.Length - 1;
        foreach (var filled in _slots)
        {
            if (filled == 0)
            {
                continue;
            }

            var slot = (int)(uint)(filled >> 32) & mask;
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            slots[slot] = filled;
        }

        _slots = slots;
    }

    /// <summary>Orders two ids as their texts order ordinally.</summary>
    internal int Compare(int a, int b) => CompareOrdinal(Bytes(a), Bytes(b));

    internal static int CompareOrdinal(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var common = a.CommonPrefixLength(b);
        if (common == a.Length || common == b.Length)
        {
            return a.Length - b.Length;
        }

        // UTF-8 orders like UTF-16, except that UTF-16 puts what needs a surrogate (F0..F4 here) before U+E000 to U+FFFF (EE, EF).
        int x = a[common], y = b[common];
        return (x >= 0xEE && y >= 0xEE && (x < 0xF0) != (y < 0xF0)) ? y - x : x - y;
    }
}
