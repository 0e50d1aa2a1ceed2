using System.Runtime.InteropServices;

namespace Receivables.Sdk.Statements;

/// <summary>
/// Counts how often a transaction, and how often its account, date and amount, occurred over the distinct statements of a file; a repeated
/// statement gets the counts of its original again.
/// </summary>
/// <remarks>
/// <para>What occurs once, which is nearly everything, takes one slot of eleven bytes: a transaction can only equal another where account, date and
/// amount do. Counts above one are rare and stand apart.</para>
/// <para>The slots lie in pages that split in two when they are full (extendible hashing), so that the table grows without being copied. A page is
/// filled to its last slot, since the tags of all its slots are compared at once; and eight tables have pages of eight sizes, so that they do
/// not all split at the same time: about 15 bytes an entry, however many there are, and up to 22 where all of them are of one day.</para>
/// </remarks>
internal sealed class OccurrenceCounter
{
    private const int Tables = 8;

    private readonly Dictionary<ulong, Tally> _tallies = [];

    // For a hash that an earlier statement had already: how often, when a given statement began to count it.
    private readonly Dictionary<(int Statement, ulong Hash), int> _inherited = [];
    private Dictionary<ulong, int>? _repeated;
    private readonly OccurrenceTable?[] _tables = new OccurrenceTable?[Tables];
    private int _statement;

    internal void BeginStatement(int index, bool isRepeated)
    {
        _statement = index;
        _repeated = isRepeated ? [] : null;
    }

    /// <summary>Says that a hash will be expected, so that the way to its page is near when it is.</summary>
    /// <param name="commonHash">The hash of account, date and amount.</param>
    internal void Approach(ulong commonHash) => TableOf(commonHash).Approach(commonHash);

    /// <summary>Says that a hash will be asked for, so that its page is near when it is.</summary>
    /// <param name="commonHash">The hash of account, date and amount.</param>
    internal void Expect(ulong commonHash) => TableOf(commonHash).Expect(commonHash);

    /// <summary>The counts of this occurrence, from 1.</summary>
    /// <param name="hash">The hash of the whole transaction.</param>
    /// <param name="commonHash">The hash of account, date and amount.</param>
    internal (int Ordinal, int CommonOrdinal) Next(ulong hash, ulong commonHash)
    {
        if (_repeated is not null)
        {
            return (Again(_repeated, hash), Again(_repeated, commonHash));
        }

        if (TableOf(commonHash).TryAdd(commonHash, (uint)hash, Mark, out var first, out var statement))
        {
            return (1, 1);
        }

        var commonOrdinal = Count(commonHash, statement);
        if (first == (uint)hash)
        {
            return (Count(hash, statement), commonOrdinal);
        }

        var isNew = TableOf(hash).TryAdd(hash, (uint)hash, Mark, out _, out statement);
        return (isNew ? 1 : Count(hash, statement), commonOrdinal);
    }

    /// <summary>Forgets all counts.</summary>
    internal void Release()
    {
        _tallies.Clear();
        _inherited.Clear();
        _repeated = null;
        Array.Clear(_tables);
    }

    private int Again(Dictionary<ulong, int> repeated, ulong hash)
    {
        var again = repeated.GetValueOrDefault(hash) + 1;
        repeated[hash] = again;
        return again + _inherited.GetValueOrDefault((_statement, hash));
    }

    private int Count(ulong hash, byte firstStatement)
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

    // Marks come again after 256 statements, which only matters where a transaction comes again across just such a distance and its statement is repeated later.
    private byte Mark => (byte)_statement;

    private OccurrenceTable TableOf(ulong hash)
    {
        var index = (int)(hash & (Tables - 1));
        return _tables[index] ??= new OccurrenceTable(index, Tables);
    }

    private record struct Tally(int Count, byte Statement);
}
