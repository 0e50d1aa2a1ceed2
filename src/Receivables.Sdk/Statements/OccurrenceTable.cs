using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Receivables.Sdk.Statements;

/// <summary>A set of hashes, each with four bytes and a mark of its own: pages of slots, found by the upper bits of the hash.</summary>
/// <remarks>A page is one array: a head (how many slots are taken, its depth, how many there are), the tags of its slots, the slots. Not thread-safe.</remarks>
internal sealed class OccurrenceTable
{
    private const int Head = 4;
    private const int SlotSize = sizeof(ushort) + sizeof(uint) + sizeof(uint) + sizeof(byte);
    private const int CacheLine = 64;
    private const int Smallest = 48;
    private const int Deepest = 24;

    private readonly int _capacity;
    private byte[][] _directory;
    private int _depth;
    private byte[]? _spare;

    /// <summary>A table.</summary>
    /// <param name="index">Which of several tables: it sets the size of the pages, from 48 slots up to twice as many.</param>
    /// <param name="tables">How many tables there are.</param>
    internal OccurrenceTable(int index, int tables)
    {
        _capacity = (Smallest + (Smallest * index / tables)) & ~3;
        _directory = [NewPage(_capacity, depth: 0)];
    }

    /// <summary>What the table takes on a machine of 64 bits: pages and the way to them.</summary>
    internal long ByteCount => (_directory.Length * sizeof(long)) + _directory.Distinct().Sum(page => page.Length + 24L);

    /// <summary>Fetches the way to the page of a hash into the cache.</summary>
    internal unsafe void Approach(ulong hash)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_directory), IndexOf((uint)(hash >> 32)))));
        }
    }

    /// <summary>Fetches the page of a hash into the cache.</summary>
    internal unsafe void Expect(ulong hash)
    {
        if (Sse.IsSupported)
        {
            // The address is taken without a look at the page, which would wait for it. It may be stale when it is used: then something else is fetched, no more.
            var page = *(byte**)Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_directory), IndexOf((uint)(hash >> 32))));
            Sse.Prefetch0(page);
            Sse.Prefetch0(page + CacheLine);
            Sse.Prefetch0(page + (2 * CacheLine));
            Sse.Prefetch0(page + (3 * CacheLine));
        }
    }

    /// <summary>Adds a hash, unless it is there.</summary>
    /// <param name="hash">The hash; its bits 16 to 63 tell it from others of the table.</param>
    /// <param name="value">What is kept with it.</param>
    /// <param name="mark">What is kept with it, too.</param>
    /// <param name="oldValue">What was kept with it before.</param>
    /// <param name="oldMark">What was kept with it before, too.</param>
    /// <returns>Whether it is new.</returns>
    internal bool TryAdd(ulong hash, uint value, byte mark, out uint oldValue, out byte oldMark)
    {
        var (tag, rest) = ((ushort)(hash >> 16), (uint)(hash >> 32));
        var page = PageOf(rest);
        int count = page[0];
        ref var tags = ref MemoryMarshal.GetReference(Tags(page));
        for (var from = 0; from < count; from += Vector256<ushort>.Count)
        {
            // Behind the tags lie the slots: what is read of them lies behind the count and is no hit.
            var hits = Vector256.Equals(Vector256.LoadUnsafe(ref tags, (nuint)from), Vector256.Create(tag)).ExtractMostSignificantBits();
            for (; hits != 0; hits &= hits - 1)
            {
                var at = from + BitOperations.TrailingZeroCount(hits);
                if (at < count && Slots(page)[at] is var slot && slot.Rest == rest)
                {
                    (oldValue, oldMark) = (slot.Value, slot.Mark);
                    return false;
                }
            }
        }

        Append(count < Capacity(page) ? page : Roomy(page, rest), tag, new Slot(rest, value, mark));
        (oldValue, oldMark) = (0, 0);
        return true;
    }

    private static byte[] NewPage(int capacity, int depth)
    {
        var page = new byte[Head + (capacity * SlotSize)];
        (page[1], page[2]) = ((byte)depth, (byte)capacity);
        return page;
    }

    private static int Capacity(byte[] page) => page[2];

    private static Span<ushort> Tags(byte[] page) => MemoryMarshal.Cast<byte, ushort>(page.AsSpan(Head, Capacity(page) * sizeof(ushort)));

    private static Span<Slot> Slots(byte[] page) => MemoryMarshal.Cast<byte, Slot>(page.AsSpan(Head + (Capacity(page) * sizeof(ushort))));

    private static void Append(byte[] page, ushort tag, Slot slot)
    {
        int at = page[0];
        page[0]++;
        Tags(page)[at] = tag;
        Slots(page)[at] = slot;
    }

    private byte[] PageOf(uint rest) => _directory[IndexOf(rest)];

    private int IndexOf(uint rest) => _depth == 0 ? 0 : (int)(rest >> (32 - _depth));

    // The page of a hash with room for one more.
    private byte[] Roomy(byte[] page, uint rest)
    {
        while (page[0] == Capacity(page))
        {
            if (Capacity(page) < _capacity)
            {
                Grow(page, rest);
            }
            else if (page[1] == Deepest)
            {
                // So many hashes that agree in so many bits were made on purpose: the last is forgotten.
                page[0]--;
            }
            else
            {
                Split(page, rest);
            }

            page = PageOf(rest);
        }

        return page;
    }

    // A page begins with three quarters of its size.
    private void Grow(byte[] page, uint rest)
    {
        Point(Widened(page), rest);
        _spare = page;
    }

    // The last one that was grown out of, if there is one.
    private byte[] Small(int capacity, int depth)
    {
        if (_spare is not { } page || Capacity(page) != capacity)
        {
            return NewPage(capacity, depth);
        }

        (_spare, page[1]) = (null, (byte)depth);
        return page;
    }

    // What has the next bit moves into a page of its own.
    private void Split(byte[] page, uint rest)
    {
        if (page[1] == _depth)
        {
            var wider = new byte[_directory.Length * 2][];
            for (var i = 0; i < wider.Length; i++)
            {
                wider[i] = _directory[i >> 1];
            }

            (_directory, _depth) = (wider, _depth + 1);
        }

        int count = page[0], depth = page[1] + 1, stay = 0, move = 0;
        var bit = 1u << (32 - depth);
        var tags = Tags(page);
        var slots = Slots(page);
        for (var at = 0; at < count; at++)
        {
            move += (slots[at].Rest & bit) != 0 ? 1 : 0;
        }

        var roomy = _capacity * 3 / 4 & ~3;
        var upper = move < roomy ? Small(roomy, depth) : NewPage(_capacity, depth);
        var upperTags = Tags(upper);
        var upperSlots = Slots(upper);
        move = 0;
        for (var at = 0; at < count; at++)
        {
            // Where it goes is as good as drawn: both places are written, and one of them counts.
            var (tag, slot) = (tags[at], slots[at]);
            var isUpper = (slot.Rest & bit) != 0 ? 1 : 0;
            (tags[stay], slots[stay]) = (tag, slot);
            (upperTags[move], upperSlots[move]) = (tag, slot);
            move += isUpper;
            stay += 1 - isUpper;
        }

        (page[0], page[1], upper[0]) = ((byte)stay, (byte)depth, (byte)move);
        Point(page, rest & ~bit);
        Point(upper, rest | bit);
    }

    private byte[] Widened(byte[] page)
    {
        var wide = NewPage(_capacity, page[1]);
        wide[0] = page[0];
        Tags(page).CopyTo(Tags(wide));
        Slots(page).CopyTo(Slots(wide));
        return wide;
    }

    // All entries of the directory that agree with a hash in the bits of a page lead to it.
    private void Point(byte[] page, uint rest)
    {
        var span = 1 << (_depth - page[1]);
        _directory.AsSpan(IndexOf(rest) & ~(span - 1), span).Fill(page);
    }

    // The rest of a hash, and what is kept with it.
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct Slot(uint Rest, uint Value, byte Mark);
}
