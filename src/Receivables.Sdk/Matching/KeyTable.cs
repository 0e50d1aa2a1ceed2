namespace Receivables.Sdk.Matching;

/// <summary>From a 64-bit key to the items that have it: open addressing; a key of one item holds it in place, further ones are chained.</summary>
/// <remarks>
/// Only ever added to. One thread writes while many read: what a reader finds half-way is whole, and may hold items that are newer than its
/// view of the ledger, which the view leaves out. Chains have no order that means anything. A slot keeps 32 bits of the key, its place gives
/// the others: of a billion lookups of absent keys about four find something.
/// </remarks>
internal sealed class KeyTable
{
    /// <summary>No posting.</summary>
    internal const int Nothing = int.MinValue;

    // The key's upper half, then the first posting: item and field themselves, or, negative, a place among the chained.
    private readonly ulong[] _slots;
    private readonly int _most;
    // The next posting in the upper half, then item and field.
    private ulong[] _chained;
    private int _chainedCount;
    private int _used;

    internal KeyTable(int keys)
    {
        _slots = new ulong[Math.Max(16, (int)Math.Min(int.MaxValue / 2, keys * 10L / 7))];
        _most = _slots.Length / 8 * 7;
        _chained = new ulong[Math.Max(16, keys / 8)];
    }

    /// <summary>Whether a larger table must take its place before more is added.</summary>
    internal bool IsFull => _used >= _most;

    internal int Capacity => _slots.Length;

    /// <summary>The first posting of a key, or <see cref="Nothing"/>.</summary>
    internal int First(ulong key)
    {
        var slots = _slots;
        var tag = Tag(key);
        for (var slot = Home(key); ; slot = slot + 1 == slots.Length ? 0 : slot + 1)
        {
            var found = Volatile.Read(ref slots[slot]);
            if (found >> 32 == tag)
            {
                return (int)(uint)found;
            }

            if (found == 0)
            {
                return Nothing;
            }
        }
    }

    internal int Next(int posting) => posting >= 0 ? Nothing : (int)(Volatile.Read(ref _chained)[~posting] >> 32);

    internal int Item(int posting) => (posting >= 0 ? posting : (int)(uint)Volatile.Read(ref _chained)[~posting]) >> 3;

    internal byte Field(int posting) => (byte)((posting >= 0 ? posting : (int)(uint)Volatile.Read(ref _chained)[~posting]) & 7);

    /// <summary>Brings a key's place into the cache while other work is done.</summary>
    internal void Prefetch(ulong key) => CacheLine.Fetch(ref _slots[Home(key)]);

    internal void Add(ulong key, int item, byte field)
    {
        var slot = Home(key);
        var tag = Tag(key);
        while (_slots[slot] != 0 && _slots[slot] >> 32 != tag)
        {
            slot = slot + 1 == _slots.Length ? 0 : slot + 1;
        }

        var posting = (item << 3) | field;
        if (_slots[slot] == 0)
        {
            Volatile.Write(ref _slots[slot], tag << 32 | (uint)posting);
            _used++;
            return;
        }

        if (_chainedCount == _chained.Length)
        {
            var longer = new ulong[_chainedCount + (_chainedCount / 2)];
            _chained.CopyTo(longer, 0);
            Volatile.Write(ref _chained, longer);
        }

        _chained[_chainedCount] = (_slots[slot] << 32) | (uint)posting;
        Volatile.Write(ref _slots[slot], tag << 32 | (uint)~_chainedCount);
        _chainedCount++;
    }

    /// <summary>Brings the chain of each key together, so that it is gone through in one stretch. Before anybody reads.</summary>
    internal void Pack()
    {
        var packed = new ulong[_chainedCount + (_chainedCount / 16) + 16];
        var count = 0;
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            var posting = (int)(uint)_slots[slot];
            if (_slots[slot] == 0 || posting >= 0)
            {
                continue;
            }

            _slots[slot] = (_slots[slot] >> 32 << 32) | (uint)~count;
            for (var next = posting; next < 0; count++)
            {
                var chained = _chained[~next];
                next = (int)(chained >> 32);
                // The last names its item in place, any other where the next one comes to stand.
                packed[count] = next >= 0 ? chained : ((ulong)(uint)~(count + 1) << 32) | (uint)chained;
            }
        }

        _chained = packed;
    }

    private static ulong Tag(ulong key) => Math.Max(1, key >> 32);

    private int Home(ulong key) => (int)(((key & uint.MaxValue) * (ulong)_slots.Length) >> 32);
}
