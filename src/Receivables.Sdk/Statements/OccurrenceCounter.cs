using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Receivables.Sdk.Statements;

/// <summary>
/// Counts how often a transaction, and how often its account, date and amount, occurred over the distinct statements of a file; a repeated
/// statement gets the counts of its original again.
/// </summary>
/// <remarks>
/// What occurs once, which is nearly everything, takes one slot: a transaction can only equal another where account, date and amount do. Counts
/// above one are rare and stand apart. The slots lie in pages that split in two when they are full (extendible hashing), so that the table grows
/// without being copied: about 22 bytes an entry.
/// </remarks>
internal sealed class OccurrenceCounter
{
    private const int PageSize = 64;
    private const int MostInPage = 58;

    private readonly Dictionary<ulong, Tally> _tallies = [];

    // For a hash that an earlier statement had already: how often, when a given statement began to count it.
    private readonly Dictionary<(int Statement, ulong Hash), int> _inherited = [];
    private Dictionary<ulong, int>? _repeated;
    private Page[] _directory = [new Page(0)];
    private int _depth;
    private int _statement;

    internal void BeginStatement(int index, bool isRepeated)
    {
        _statement = index;
        _repeated = isRepeated ? [] : null;
    }

    /// <summary>The counts of this occurrence, from 1.</summary>
    /// <param name="hash">The hash of the whole transaction.</param>
    /// <param name="commonHash">The hash of account, date and amount.</param>
    internal (int Ordinal, int CommonOrdinal) Next(ulong hash, ulong commonHash)
    {
        if (_repeated is not null)
        {
            return (Again(_repeated, hash), Again(_repeated, commonHash));
        }

        ref var common = ref FindOrAdd(commonHash, out var isNew);
        if (isNew)
        {
            common.First = (uint)hash;
            return (1, 1);
        }

        var commonOrdinal = Count(commonHash, common.Statement);
        if (common.First == (uint)hash)
        {
            return (Count(hash, common.Statement), commonOrdinal);
        }

        ref var own = ref FindOrAdd(hash, out isNew);
        return (isNew ? 1 : Count(hash, own.Statement), commonOrdinal);
    }

    /// <summary>Forgets all counts.</summary>
    internal void Release()
    {
        _tallies.Clear();
        _inherited.Clear();
        _repeated = null;
        (_directory, _depth) = ([new Page(0)], 0);
    }

    private int Again(Dictionary<ulong, int> repeated, ulong hash)
    {
        var again = repeated.GetValueOrDefault(hash) + 1;
        repeated[hash] = again;
        return again + _inherited.GetValueOrDefault((_statement, hash));
    }

    private int Count(ulong hash, ushort firstStatement)
    {
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_tallies, hash, out var exists);
        if (!exists)
        {
            tally = new Tally(1, firstStatement);
        }

        if (tally.Statement != Mark)
        {
            _inherited[(_statement, hash)] = tally.Count;
            tally.Statement = Mark;
        }

        return ++tally.Count;
    }

    // A statement's mark in a slot; zero marks an empty one. Marks come again after 65,535 statements, which only matters to a statement repeated across such a distance.
    private ushort Mark => (ushort)((_statement % ushort.MaxValue) + 1);

    private ref Slot FindOrAdd(ulong hash, out bool isNew)
    {
        while (true)
        {
            var page = _directory[_depth == 0 ? 0 : (int)(hash >> (64 - _depth))];
            ref var slot = ref page.Find(hash);
            isNew = slot.Statement == 0;
            if (!isNew)
            {
                return ref slot;
            }

            if (page.Count < MostInPage || page.Depth == 24)
            {
                if (page.Count < PageSize)
                {
                    page.Count++;
                }

                slot.Hash = hash;
                slot.Statement = Mark;
                return ref slot;
            }

            Split(page, hash);
        }
    }

    private void Split(Page page, ulong hash)
    {
        if (page.Depth == _depth)
        {
            var larger = new Page[_directory.Length * 2];
            for (var i = 0; i < larger.Length; i++)
            {
                larger[i] = _directory[i >> 1];
            }

            _directory = larger;
            _depth++;
        }

        var upper = page.Split();
        // The upper half of the entries that lead to the page leads to the new one.
        var span = 1 << (_depth - page.Depth);
        var first = ((int)(hash >> (64 - _depth)) & ~((span * 2) - 1)) + span;
        _directory.AsSpan(first, span).Fill(upper);
    }

    private sealed class Page(int depth)
    {
        private Slots _slots;

        internal int Depth { get; private set; } = depth;

        internal int Count { get; set; }

        // The slot of a hash, or the empty one where it belongs. A page is never full but at the greatest depth, where the last slot looked at is given away.
        internal ref Slot Find(ulong hash)
        {
            var at = (int)(hash & (PageSize - 1));
            for (var i = 0; i < PageSize - 1 && _slots[at].Statement != 0 && _slots[at].Hash != hash; i++)
            {
                at = (at + 1) & (PageSize - 1);
            }

            return ref _slots[at];
        }

        // Moves what has the next bit set into a new page.
        internal Page Split()
        {
            Depth++;
            var upper = new Page(Depth);
            var all = _slots;
            _slots = default;
            Count = 0;
            for (var i = 0; i < PageSize; i++)
            {
                ref var slot = ref all[i];
                if (slot.Statement != 0)
                {
                    var target = (slot.Hash >> (64 - Depth) & 1) == 0 ? this : upper;
                    target.Find(slot.Hash) = slot;
                    target.Count++;
                }
            }

            return upper;
        }
    }

    [InlineArray(PageSize)]
    private struct Slots
    {
        private Slot _first;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 2)]
    private struct Slot
    {
        internal ulong Hash;
        internal uint First;
        internal ushort Statement;
    }

    private record struct Tally(int Count, ushort Statement);
}
