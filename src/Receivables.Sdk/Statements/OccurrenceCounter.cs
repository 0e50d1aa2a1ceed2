using System.Buffers;
using System.Numerics;

namespace Receivables.Sdk.Statements;

/// <summary>Counts how often a hash occurred over the distinct statements of a file; a repeated statement gets the counts of its original again.</summary>
/// <remarks>An open-addressing table of 16-byte slots, from the shared pool: <see cref="Release"/> gives it back. Counts that one distinct statement hands on to a later one are rare and stand apart.</remarks>
internal sealed class OccurrenceCounter
{
    private const int FirstSize = 16;

    // For a hash that an earlier statement had already: how often, when a given statement began to count it.
    private readonly Dictionary<(int Statement, ulong Hash), int> _inherited = [];
    private Dictionary<ulong, int>? _repeated;
    private Slot[] _slots = new Slot[FirstSize];
    private int _size = FirstSize;
    private int _used;
    private int _statement;

    internal void BeginStatement(int index, bool isRepeated)
    {
        _statement = index;
        _repeated = isRepeated ? [] : null;
    }

    /// <summary>The count of this occurrence, from 1.</summary>
    internal int Next(ulong hash)
    {
        // Zero marks an empty slot.
        hash = hash == 0 ? 1 : hash;
        if (_repeated is not null)
        {
            var again = _repeated.GetValueOrDefault(hash) + 1;
            _repeated[hash] = again;
            return again + _inherited.GetValueOrDefault((_statement, hash));
        }

        if (_used * 4L >= _size * 3L)
        {
            Grow();
        }

        ref var slot = ref Find(_slots, _size, hash);
        if (slot.Hash == 0)
        {
            slot = new Slot(hash, 0, _statement);
            _used++;
        }
        else if (slot.Statement != _statement)
        {
            _inherited[(_statement, hash)] = slot.Count;
            slot.Statement = _statement;
        }

        return ++slot.Count;
    }

    private static ref Slot Find(Slot[] slots, int size, ulong hash)
    {
        var mask = size - 1;
        var at = (int)(BitOperations.RotateRight(hash, 17) & (ulong)mask);
        while (slots[at].Hash != 0 && slots[at].Hash != hash)
        {
            at = (at + 1) & mask;
        }

        return ref slots[at];
    }

    /// <summary>Forgets all counts and gives the table back.</summary>
    internal void Release()
    {
        var slots = _slots;
        (_slots, _size, _used) = (new Slot[FirstSize], FirstSize, 0);
        _inherited.Clear();
        _repeated = null;
        if (slots.Length > FirstSize)
        {
            ArrayPool<Slot>.Shared.Return(slots);
        }
    }

    private void Grow()
    {
        var size = _size * 2;
        var larger = ArrayPool<Slot>.Shared.Rent(size);
        larger.AsSpan(0, size).Clear();
        foreach (var slot in _slots.AsSpan(0, _size))
        {
            if (slot.Hash != 0)
            {
                Find(larger, size, slot.Hash) = slot;
            }
        }

        if (_slots.Length > FirstSize)
        {
            ArrayPool<Slot>.Shared.Return(_slots);
        }

        (_slots, _size) = (larger, size);
    }

    private record struct Slot(ulong Hash, int Count, int Statement);
}
