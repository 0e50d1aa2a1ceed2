using System.Numerics;

namespace Receivables.Sdk.Matching;

/// <summary>From a 64-bit key to the items that have it: open addressing over chains in arrays. Keys are removed again as they were added.</summary>
/// <remarks>Written by one thread; many may read while nobody writes. Chains have no order that means anything: readers sort what they collect.</remarks>
internal sealed class KeyTable
{
    private const int Nothing = -1;
    private ulong[] _keys;
    private int[] _heads;
    private int[] _next;
    private int[] _items;
    private byte[] _fields;
    private int _used;
    private int _postings;
    private int _free = Nothing;

    internal KeyTable(int capacity)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity));
        _keys = new ulong[size];
        _heads = new int[size];
        Array.Fill(_heads, Nothing);
        _next = new int[Math.Max(16, capacity / 2)];
        _items = new int[_next.Length];
        _fields = new byte[_next.Length];
    }

    /// <summary>The first posting of a key, or a negative number.</summary>
    internal int First(ulong key)
    {
        var mask = _keys.Length - 1;
        for (var slot = (int)(key & (uint)mask); _keys[slot] != 0; slot = (slot + 1) & mask)
        {
            if (_keys[slot] == key)
            {
                return _heads[slot];
            }
        }

        return Nothing;
    }

    internal int Next(int posting) => _next[posting];

    internal int Item(int posting) => _items[posting];

    internal byte Field(int posting) => _fields[posting];

    /// <summary>How many postings a key has, counted up to a limit.</summary>
    internal int Count(ulong key, int limit)
    {
        var count = 0;
        for (var p = First(key); p >= 0 && count < limit; p = _next[p])
        {
            count++;
        }

        return count;
    }

    internal void Add(ulong key, int item, byte field)
    {
        if ((_used + 1) * 3L > _keys.Length * 2L)
        {
            Grow();
        }

        var slot = Slot(key);
        if (_keys[slot] == 0)
        {
            _keys[slot] = key;
            _used++;
        }

        for (var p = _heads[slot]; p >= 0; p = _next[p])
        {
            if (_items[p] == item && _fields[p] == field)
            {
                return;
            }
        }

        var posting = _free;
        if (posting >= 0)
        {
            _free = _next[posting];
        }
        else
        {
            posting = _postings++;
            if (posting == _next.Length)
            {
                var size = posting * 2;
                Array.Resize(ref _next, size);
                Array.Resize(ref _items, size);
                Array.Resize(ref _fields, size);
            }
        }

        _items[posting] = item;
        _fields[posting] = field;
        _next[posting] = _heads[slot];
        _heads[slot] = posting;
    }

    internal void Remove(ulong key, int item, byte field)
    {
        var slot = Slot(key);
        var before = Nothing;
        for (var p = _keys[slot] == 0 ? Nothing : _heads[slot]; p >= 0; before = p, p = _next[p])
        {
            if (_items[p] != item || _fields[p] != field)
            {
                continue;
            }

            if (before < 0)
            {
                _heads[slot] = _next[p];
            }
            else
            {
                _next[before] = _next[p];
            }

            _next[p] = _free;
            _free = p;
            return;
        }
    }

    private int Slot(ulong key)
    {
        var mask = _keys.Length - 1;
        var slot = (int)(key & (uint)mask);
        while (_keys[slot] != 0 && _keys[slot] != key)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        var (keys, heads) = (_keys, _heads);
        _keys = new ulong[keys.Length * 2];
        _heads = new int[_keys.Length];
        Array.Fill(_heads, Nothing);
        _used = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            // A key whose last posting was removed is dropped here.
            if (keys[i] != 0 && heads[i] >= 0)
            {
                var slot = Slot(keys[i]);
                _keys[slot] = keys[i];
                _heads[slot] = heads[i];
                _used++;
            }
        }
    }
}
