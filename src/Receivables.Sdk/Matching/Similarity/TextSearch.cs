using System.Numerics;
using System.Runtime.InteropServices;

namespace Receivables.Sdk.Matching.Similarity;

/// <summary>A text that a search found.</summary>
/// <param name="Index">Its index in the list that the search was made from.</param>
/// <param name="Distance">Its Levenshtein distance to the query.</param>
/// <param name="Likeness">1 − distance ÷ (the longer's length), in thousandths, rounded down.</param>
public readonly record struct TextHit(int Index, int Distance, int Likeness);

/// <summary>All texts of a list that are at least so like a query, found without looking at most of them, and none missed.</summary>
/// <remarks>
/// If at most k edits make one text the other, then of k + 1 pieces of the query that do not overlap one stands unchanged in the text (pigeonhole). The pieces are four characters long and
/// chosen to be the rarest together; what has one of them and a signature of characters that fits is compared. Where the query is too short for as many pieces, the signatures of all texts of
/// a fitting length are looked at. About 100 bytes for each text of 25 characters besides the text. Immutable and safe to share between threads.
/// </remarks>
public sealed class TextSearch
{
    private const int Piece = 4;
    private const int MostPieces = 16;
    private readonly string[] _texts;
    private readonly int[] _order;
    private readonly ulong[] _signatures;
    // The first place of each length.
    private readonly int[] _lengths;
    private readonly int[] _starts;
    private readonly int[] _postings;
    private readonly int _shift;

    /// <summary>Makes a list of texts ready.</summary>
    /// <param name="texts">The texts, compared as they are.</param>
    /// <exception cref="ArgumentNullException"><paramref name="texts"/> is null, or one of them is.</exception>
    public TextSearch(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var keys = new long[texts.Count];
        var longest = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(texts[i], nameof(texts));
            keys[i] = ((long)texts[i].Length << 32) | (uint)i;
            longest = Math.Max(longest, texts[i].Length);
        }

        Array.Sort(keys);
        _order = Array.ConvertAll(keys, k => (int)(uint)k);
        _texts = Array.ConvertAll(_order, i => texts[i]);
        _signatures = Array.ConvertAll(_texts, t => Signature(t));
        _lengths = new int[longest + 2];
        foreach (var text in _texts)
        {
            _lengths[text.Length + 1]++;
        }

        for (var i = 1; i < _lengths.Length; i++)
        {
            _lengths[i] += _lengths[i - 1];
        }

        var bits = Math.Clamp(BitOperations.Log2((uint)Math.Max(1, _texts.Length)) + 1, 8, 20);
        _shift = 64 - bits;
        (_starts, _postings) = Build(1 << bits);
    }

    /// <summary>How many texts there are.</summary>
    public int Count => _texts.Length;

    /// <summary>The texts that are at least so like a query.</summary>
    /// <param name="query">The query, compared as it is.</param>
    /// <param name="least">The smallest likeness, 1 − distance ÷ (the longer's length), in thousandths, 1 to 1000.</param>
    /// <returns>All of them, the likest first, equals in the order of the list.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="least"/> is out of its range.</exception>
    public IReadOnlyList<TextHit> Find(ReadOnlySpan<char> query, int least)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(least, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(least, 1000);
        var hits = new List<TextHit>();
        var words = PatternBits.WordsOf(query.Length);
        Span<ulong> table = words <= PatternBits.MostWords ? stackalloc ulong[words * PatternBits.Row] : new ulong[words * PatternBits.Row];
        var pattern = new PatternBits(query, table);
        var shortest = ((query.Length * least) + 999) / 1000;
        var longest = (int)Math.Min(_lengths.Length - 2, query.Length * 1000L / least);
        for (var from = shortest; from <= longest;)
        {
            // The lengths that allow equally many edits are searched together: the shorter ones need fewer pieces.
            var edits = Edits(query.Length, from, least);
            var to = from;
            while (to < longest && Edits(query.Length, to + 1, least) == edits)
            {
                to++;
            }

            Find(query, pattern, edits, _lengths[from], _lengths[to + 1], hits);
            from = to + 1;
        }

        return Distinct(hits, query.Length);
    }

    private static int Edits(int a, int b, int least) => Math.Max(a, b) * (1000 - least) / 1000;

    private void Find(ReadOnlySpan<char> query, PatternBits pattern, int edits, int first, int end, List<TextHit> hits)
    {
        if (first >= end)
        {
            return;
        }

        var signature = Signature(query);
        Span<int> pieces = stackalloc int[MostPieces];
        if (edits + 1 > MostPieces || Piece * (edits + 1) > query.Length)
        {
            for (var i = first; i < end; i++)
            {
                Compare(pattern, signature, edits, i, hits);
            }

            return;
        }

        pieces = pieces[..(edits + 1)];
        Choose(query, pieces);
        foreach (var start in pieces)
        {
            var bucket = Bucket(query[start..]);
            var postings = _postings.AsSpan(_starts[bucket].._starts[bucket + 1]);
            var at = postings.BinarySearch(first);
            for (var i = at < 0 ? ~at : at; i < postings.Length && postings[i] < end; i++)
            {
                Compare(pattern, signature, edits, postings[i], hits);
            }
        }
    }

    private void Compare(PatternBits pattern, ulong signature, int edits, int place, List<TextHit> hits)
    {
        var other = _signatures[place];
        if (BitOperations.PopCount(signature & ~other) > edits || BitOperations.PopCount(other & ~signature) > edits)
        {
            return;
        }

        var distance = Levenshtein.Distance(pattern, _texts[place], edits);
        if (distance <= edits)
        {
            hits.Add(new TextHit(place, distance, 0));
        }
    }

    // A text that has several of the pieces was found several times.
    private List<TextHit> Distinct(List<TextHit> hits, int length)
    {
        hits.Sort(static (x, y) => x.Index.CompareTo(y.Index));
        var n = 0;
        for (var i = 0; i < hits.Count; i++)
        {
            if (i > 0 && hits[i].Index == hits[i - 1].Index)
            {
                continue;
            }

            hits[n++] = hits[i];
        }

        hits.RemoveRange(n, hits.Count - n);
        foreach (ref var hit in CollectionsMarshal.AsSpan(hits))
        {
            var longer = Math.Max(length, _texts[hit.Index].Length);
            hit = new TextHit(_order[hit.Index], hit.Distance, longer == 0 ? 1000 : 1000 - (((hit.Distance * 1000) + longer - 1) / longer));
        }

        hits.Sort(static (x, y) => x.Likeness != y.Likeness ? y.Likeness.CompareTo(x.Likeness) : x.Index.CompareTo(y.Index));
        return hits;
    }

    // The places of as many pieces as asked for that do not overlap and are in the fewest texts together.
    private void Choose(ReadOnlySpan<char> query, Span<int> pieces)
    {
        var places = query.Length - Piece + 1;
        var size = (query.Length + 1) * (pieces.Length + 1);
        Span<int> costs = size <= 1024 ? stackalloc int[size] : new int[size];
        costs.Fill(int.MaxValue / 2);
        var width = pieces.Length + 1;
        costs[0] = 0;
        for (var end = 0; end <= query.Length; end++)
        {
            costs[end * width] = 0;
            var cost = 0;
            if (end >= Piece)
            {
                var bucket = Bucket(query[(end - Piece)..]);
                cost = _starts[bucket + 1] - _starts[bucket];
            }

            for (var n = 1; n < width; n++)
            {
                var without = end > 0 ? costs[((end - 1) * width) + n] : int.MaxValue / 2;
                var with = end >= Piece ? Math.Min(int.MaxValue / 2, costs[((end - Piece) * width) + n - 1] + cost) : int.MaxValue / 2;
                costs[(end * width) + n] = Math.Min(without, with);
            }
        }

        for (int end = places + Piece - 1, n = pieces.Length; n > 0;)
        {
            if (end > 0 && costs[((end - 1) * width) + n] == costs[(end * width) + n] && end - 1 >= Piece * n)
            {
                end--;
            }
            else
            {
                end -= Piece;
                pieces[--n] = end;
            }
        }
    }

    private (int[] Starts, int[] Postings) Build(int buckets)
    {
        var starts = new int[buckets + 1];
        var last = new int[buckets];
        for (var pass = 0; ; pass++)
        {
            Array.Fill(last, -1);
            var postings = pass == 0 ? [] : new int[starts[buckets]];
            for (var place = 0; place < _texts.Length; place++)
            {
                var text = _texts[place].AsSpan();
                for (; text.Length >= Piece; text = text[1..])
                {
                    var bucket = Bucket(text);
                    if (last[bucket] == place)
                    {
                        continue;
                    }

                    last[bucket] = place;
                    if (pass == 0)
                    {
                        starts[bucket + 1]++;
                    }
                    else
                    {
                        postings[starts[bucket]++] = place;
                    }
                }
            }

            if (pass > 0)
            {
                // Filling has moved each start to the next one's.
                Array.Copy(starts, 0, starts, 1, buckets);
                starts[0] = 0;
                return (starts, postings);
            }

            for (var i = 0; i < buckets; i++)
            {
                starts[i + 1] += starts[i];
            }
        }
    }

    // Pieces that share a bucket only make more candidates.
    private int Bucket(ReadOnlySpan<char> piece) => (int)((MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(piece)) * 0x9E3779B97F4A7C15) >> _shift);

    // One bit for a character's first occurrence, one for its second: an edit takes at most one bit away and adds at most one.
    private static ulong Signature(ReadOnlySpan<char> text)
    {
        var signature = 0UL;
        foreach (var c in text)
        {
            var letter = (c | 0x20) - 'a';
            var bit = 1UL << (letter is >= 0 and < 26 ? letter : 26 + (c % 6));
            signature |= (signature & bit) != 0 ? bit << 32 : bit;
        }

        return signature;
    }
}
