using System.Collections.Immutable;
using System.Runtime.Intrinsics;

namespace Receivables.Sdk.Matching.Similarity;

/// <summary>Many texts made ready to be compared with one, sixteen at a time.</summary>
/// <remarks>
/// Uses AVX-512, AVX2 or 128-bit registers, whichever the machine has; all give the same numbers as <see cref="Levenshtein"/> and <see cref="Indel"/>. Fast are queries of at most 32
/// characters against texts of at most 255 whose characters are among the set's 62 commonest (fold texts first); others are compared one by one. Comparing allocates nothing for queries of at most 32 characters.
/// Immutable and safe to share between threads.
/// </remarks>
public sealed class TextSet
{
    private const int MostLength = 255;
    private readonly string[] _texts;
    private readonly byte[] _codes;
    private readonly int[] _starts;
    private readonly byte[] _lengths;
    private readonly Dictionary<char, byte> _alphabet;
    private readonly int _regular;

    /// <summary>Makes texts ready.</summary>
    /// <param name="texts">The texts, compared as they are.</param>
    /// <exception cref="ArgumentNullException"><paramref name="texts"/> is null, or one of them is.</exception>
    public TextSet(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        _alphabet = Alphabet(texts);
        var order = new int[texts.Count];
        var keys = new long[texts.Count];
        for (var i = 0; i < order.Length; i++)
        {
            // By length, the irregular last: the texts of a block are then alike in length.
            order[i] = i;
            keys[i] = ((long)(IsRegular(texts[i]) ? texts[i].Length : MostLength + 1) << 32) | (uint)i;
        }

        Array.Sort(keys, order);
        Order = ImmutableArray.Create(order);
        _texts = Array.ConvertAll(order, i => texts[i]);
        _regular = _texts.Length;
        while (_regular > 0 && !IsRegular(_texts[_regular - 1]))
        {
            _regular--;
        }

        // The last block is filled up with regular texts only.
        _regular -= _regular % LaneKernels.BlockSize;
        var blocks = _regular / LaneKernels.BlockSize;
        _starts = new int[blocks + 1];
        for (var b = 0; b < blocks; b++)
        {
            _starts[b + 1] = _starts[b] + (_texts[(b * LaneKernels.BlockSize) + LaneKernels.BlockSize - 1].Length * LaneKernels.BlockSize);
        }

        _codes = new byte[_starts[blocks]];
        _lengths = new byte[_regular + LaneKernels.BlockSize];
        for (var i = 0; i < _regular; i++)
        {
            Place(i);
        }
    }

    /// <summary>How many texts there are.</summary>
    public int Count => _texts.Length;

    /// <summary>For each place of a result the index of the text in the list that the set was made from. The set has its own order, by length.</summary>
    public ImmutableArray<int> Order { get; }

    /// <summary>The text at a place.</summary>
    /// <param name="place">0 to <see cref="Count"/> − 1.</param>
    public string this[int place] => _texts[place];

    /// <summary>The Levenshtein distance of a query to every text.</summary>
    /// <param name="query">The query, compared as it is.</param>
    /// <param name="distances">Gets a distance for each place, see <see cref="Order"/>; at least <see cref="Count"/> long.</param>
    /// <exception cref="ArgumentException"><paramref name="distances"/> is too short.</exception>
    public void Levenshtein(ReadOnlySpan<char> query, Span<int> distances) => Compare(query, distances, isIndel: false);

    /// <summary>The insertion–deletion distance of a query to every text.</summary>
    /// <inheritdoc cref="Levenshtein"/>
    public void Indel(ReadOnlySpan<char> query, Span<int> distances) => Compare(query, distances, isIndel: true);

    private void Compare(ReadOnlySpan<char> query, Span<int> distances, bool isIndel)
    {
        if (distances.Length < Count)
        {
            throw new ArgumentException("There must be room for a distance to every text.", nameof(distances));
        }

        var done = 0;
        if (query.Length is > 0 and <= LaneKernels.MostQuery && Vector128.IsHardwareAccelerated)
        {
            Span<uint> table = stackalloc uint[LaneKernels.Codes];
            table.Clear();
            for (var i = 0; i < query.Length; i++)
            {
                if (_alphabet.TryGetValue(query[i], out var code))
                {
                    table[code] |= 1u << i;
                }
            }

            Run(table, query.Length, distances, isIndel);
            done = _regular;
        }

        if (done == Count)
        {
            return;
        }

        var words = PatternBits.WordsOf(query.Length);
        Span<ulong> rows = words <= PatternBits.MostWords ? stackalloc ulong[words * PatternBits.Row] : new ulong[words * PatternBits.Row];
        var pattern = new PatternBits(query, rows);
        for (var i = done; i < Count; i++)
        {
            distances[i] = isIndel
                ? query.Length + _texts[i].Length - (2 * Similarity.Indel.CommonSubsequence(pattern, _texts[i]))
                : Similarity.Levenshtein.Distance(pattern, _texts[i], int.MaxValue);
        }
    }

    private void Run(ReadOnlySpan<uint> table, int query, Span<int> distances, bool isIndel)
    {
        if (Lanes512.IsFast)
        {
            Run<Lanes512>(table, query, distances, isIndel);
        }
        else if (Lanes256.IsFast)
        {
            Run<Lanes256>(table, query, distances, isIndel);
        }
        else
        {
            Run<Lanes128>(table, query, distances, isIndel);
        }
    }

    /// <summary>Compares with the blocks in registers of one width.</summary>
    internal void Run<T>(ReadOnlySpan<uint> table, int query, Span<int> distances, bool isIndel)
        where T : struct, ILanes<T>
    {
        for (int b = 0, at = 0; at < _regular; b++, at += LaneKernels.BlockSize)
        {
            var block = _codes.AsSpan(_starts[b].._starts[b + 1]);
            // The last lane of a wide register reads beyond its block's lengths, into those of the next.
            var lengths = _lengths.AsSpan(at, LaneKernels.BlockSize);
            var to = distances.Slice(at, LaneKernels.BlockSize);
            if (isIndel)
            {
                LaneKernels.Indel<T>(table, query, block, lengths, to);
            }
            else
            {
                LaneKernels.Levenshtein<T>(table, query, block, lengths, lengths[0], to);
            }
        }
    }

    private bool IsRegular(string text)
    {
        if (text.Length > MostLength)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!_alphabet.ContainsKey(c))
            {
                return false;
            }
        }

        return true;
    }

    private void Place(int index)
    {
        var text = _texts[index];
        _lengths[index] = (byte)text.Length;
        var (block, lane) = Math.DivRem(index, LaneKernels.BlockSize);
        for (var i = 0; i < text.Length; i++)
        {
            _codes[_starts[block] + (i * LaneKernels.BlockSize) + lane] = _alphabet[text[i]];
        }
    }

    // Codes 1 to 62 for the commonest characters; of equals the lowest first.
    private static Dictionary<char, byte> Alphabet(IReadOnlyList<string> texts)
    {
        var counts = new int[char.MaxValue + 1];
        foreach (var text in texts)
        {
            ArgumentNullException.ThrowIfNull(text, nameof(texts));
            foreach (var c in text)
            {
                counts[c]++;
            }
        }

        return Enumerable.Range(0, counts.Length).Where(c => counts[c] > 0).OrderByDescending(c => counts[c]).ThenBy(c => c).Take(LaneKernels.Codes - 2)
            .Select((c, i) => (c, i)).ToDictionary(x => (char)x.c, x => (byte)(x.i + 1));
    }
}
