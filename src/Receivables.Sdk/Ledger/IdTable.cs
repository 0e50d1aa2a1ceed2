using System.Text;

namespace Receivables.Sdk.Ledger;

/// <summary>Gives each distinct id a number from 0, in order of first sight, whether it is defined or only referred to.</summary>
/// <remarks>Written by one thread while a book is built, then only read, by any number.</remarks>
internal sealed class IdTable(Utf8Pool pool)
{
    private int[] _handles = new int[256];
    private int[] _hashes = new int[256];
    private int[] _slots = new int[1024];

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

        if (Count == _handles.Length)
        {
            Array.Resize(ref _handles, Count * 2);
            Array.Resize(ref _hashes, Count * 2);
        }

        _handles[Count] = pool.Add(id);
        _hashes[Count] = hash;
        _slots[slot] = ++Count;
        if (Count * 2 > _slots.Length)
        {
            Grow();
        }

        return Count - 1;
    }

    private int Find(ReadOnlySpan<byte> id, out int hash, out int slot)
    {
        // Seeded for each process, so nobody can make ids that all fall into one slot.
        var hasher = default(HashCode);
        hasher.AddBytes(id);
        hash = hasher.ToHashCode();
        var mask = _slots.Length - 1;
        slot = hash & mask;
        while (_slots[slot] != 0)
        {
            var candidate = _slots[slot] - 1;
            if (_hashes[candidate] == hash && Bytes(candidate).SequenceEqual(id))
            {
                return candidate;
            }

            slot = (slot + 1) & mask;
        }

        return -1;
    }

    private void Grow()
    {
        var slots = new int[_slots.Length * 2];
        var mask = slots.Length - 1;
        for (var i = 0; i < Count; i++)
        {
            var slot = _hashes[i] & mask;
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            slots[slot] = i + 1;
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
