namespace Receivables.Sdk.Matching;

/// <summary>Which two, three or four of many documents add up to an amount: exact, where there are too many to try every sum.</summary>
internal static class SmallSums
{
    /// <summary>Among more than so many only pairs are looked for.</summary>
    internal const int MostInThrees = 128;

    /// <summary>Among more than so many only pairs and threes are.</summary>
    internal const int MostInFours = 48;

    private const int CountLimit = 1000;
    private const int MarkBits = 15;

    /// <summary>What a search found.</summary>
    /// <param name="Places">The places of the first solutions, the fewest documents first, then the earliest.</param>
    /// <param name="Count">How many solutions there are, counted up to a limit.</param>
    /// <param name="Rarity">How unlikely a chance solution is, in units of <see cref="Bits"/>; negative when chance alone would give several.</param>
    internal readonly record struct Found(IReadOnlyList<int[]> Places, int Count, int Rarity);

    /// <summary>The sums of two, three and, where there are not too many documents, four that are <paramref name="target"/>.</summary>
    internal static Found Find(ReadOnlySpan<long> amounts, long target, int keep)
    {
        Span<long> sorted = stackalloc long[amounts.Length];
        Span<int> places = stackalloc int[amounts.Length];
        amounts.CopyTo(sorted);
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        sorted.Sort(places);
        OrderEquals(sorted, places);
        var search = new Search(amounts, sorted, places, keep);
        Span<int> chosen = stackalloc int[4];
        var most = amounts.Length <= MostInFours ? 4 : amounts.Length <= MostInThrees ? 3 : 2;
        for (var members = 2; members <= most; members++)
        {
            // Hardly any amount is a sum of so many: that is seen at a fraction of the cost of trying them.
            if (MayHave(sorted, target, members))
            {
                search.Try(chosen[..members], 0, target);
            }
        }

        return new Found(search.Kept, search.Count, search.Kept.Count == 0 ? 0 : SubsetSum.Rarity(amounts, search.Kept[0].Length));
    }

    /// <summary>Whether so many of the amounts, smallest first, may add up to a target: false only where none do.</summary>
    internal static bool MayHave(ReadOnlySpan<long> sorted, long target, int members) => members switch
    {
        2 => HasPair(sorted, target),
        3 => HasThree(sorted, target),
        _ => MayHaveFour(sorted, target),
    };

    private static bool HasPair(ReadOnlySpan<long> sorted, long target)
    {
        for (int low = 0, high = sorted.Length - 1; low < high;)
        {
            var sum = sorted[low] + sorted[high];
            if (sum == target)
            {
                return true;
            }

            (low, high) = sum < target ? (low + 1, high) : (low, high - 1);
        }

        return false;
    }

    private static bool HasThree(ReadOnlySpan<long> sorted, long target)
    {
        for (var i = 0; i < sorted.Length - 2; i++)
        {
            if (HasPair(sorted[(i + 1)..], target - sorted[i]))
            {
                return true;
            }
        }

        return false;
    }

    // Two pairs that make it; a document in both is not told apart. The sums of pairs are marked by a few of their bits, and only what meets a mark is looked for.
    private static bool MayHaveFour(ReadOnlySpan<long> sorted, long target)
    {
        Span<ulong> marks = stackalloc ulong[1 << (MarkBits - 6)];
        marks.Clear();
        for (var i = 0; i < sorted.Length; i++)
        {
            for (var j = i + 1; j < sorted.Length; j++)
            {
                var mark = Mark(sorted[i] + sorted[j]);
                marks[mark / 64] |= 1UL << mark;
            }
        }

        for (var i = 0; i < sorted.Length; i++)
        {
            for (var j = i + 1; j < sorted.Length; j++)
            {
                var rest = target - sorted[i] - sorted[j];
                var mark = Mark(rest);
                if ((marks[mark / 64] >> mark & 1) != 0 && HasPair(sorted, rest))
                {
                    return true;
                }
            }
        }

        return false;

        static int Mark(long sum) => (int)(((ulong)sum * 0x9E3779B97F4A7C15UL) >> (64 - MarkBits));
    }

    // Of equals the earliest first.
    private static void OrderEquals(ReadOnlySpan<long> sorted, Span<int> places)
    {
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            for (to = from + 1; to < sorted.Length && sorted[to] == sorted[from]; to++)
            {
            }

            places[from..to].Sort();
        }
    }

    private ref struct Search(ReadOnlySpan<long> amounts, ReadOnlySpan<long> sorted, ReadOnlySpan<int> places, int keep)
    {
        private readonly ReadOnlySpan<long> _amounts = amounts;
        private readonly ReadOnlySpan<long> _sorted = sorted;
        private readonly ReadOnlySpan<int> _places = places;

        internal List<int[]> Kept { get; } = new(keep);

        internal int Count { get; private set; }

        // All but the last are tried in order; the last is looked up.
        internal void Try(Span<int> chosen, int at, long rest)
        {
            var first = at == 0 ? 0 : chosen[at - 1] + 1;
            if (at == chosen.Length - 1)
            {
                LookUp(chosen, first, rest);
                return;
            }

            for (var i = first; i < _amounts.Length && Count < CountLimit; i++)
            {
                if (_amounts[i] < rest)
                {
                    chosen[at] = i;
                    Try(chosen, at + 1, rest - _amounts[i]);
                }
            }
        }

        private void LookUp(Span<int> chosen, int first, long rest)
        {
            var at = _sorted.BinarySearch(rest);
            while (at > 0 && _sorted[at - 1] == rest)
            {
                at--;
            }

            for (; at >= 0 && at < _sorted.Length && _sorted[at] == rest && Count < CountLimit; at++)
            {
                if (_places[at] >= first)
                {
                    Count++;
                    chosen[^1] = _places[at];
                    if (Kept.Count < Kept.Capacity)
                    {
                        Kept.Add(chosen.ToArray());
                    }
                }
            }
        }
    }
}
