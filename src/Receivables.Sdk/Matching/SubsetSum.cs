using System.Buffers;
using System.Numerics;

namespace Receivables.Sdk.Matching;

/// <summary>Which documents add up to an amount: exact, by meeting in the middle, with the number of solutions and the chance that an unrelated amount would have one.</summary>
internal static class SubsetSum
{
    /// <summary>What a search found.</summary>
    /// <param name="Masks">The first solutions, fewest documents first, then the earliest.</param>
    /// <param name="Count">How many solutions there are, counted up to a limit.</param>
    /// <param name="Rarity">How unlikely a chance solution is, in units of <see cref="Bits"/>; negative when chance alone would give several.</param>
    internal readonly record struct Found(IReadOnlyList<ulong> Masks, int Count, int Rarity);

    private const int CountLimit = 1000;

    /// <summary>Subsets of two or more documents, of at most <paramref name="mostMembers"/>, whose sum is <paramref name="target"/>.</summary>
    internal static Found Find(ReadOnlySpan<long> amounts, long target, int mostMembers, int keep)
    {
        var n = amounts.Length;
        if (n is < 2 or > 40)
        {
            return new Found([], 0, 0);
        }

        // The sums of each half, smallest first; one is gone through upwards while the other is downwards.
        var half = n / 2;
        using var left = new SortedSums(amounts[..half], target, mostMembers);
        using var right = new SortedSums(amounts[half..], target, mostMembers);
        Span<ulong> few = stackalloc ulong[16];
        var solutions = new ValueList(few);
        for (int l = 0, r = right.Count - 1; l < left.Count && r >= 0 && solutions.Count <= CountLimit;)
        {
            var sum = left.Sums[l] + right.Sums[r];
            if (sum != target)
            {
                (l, r) = sum < target ? (l + 1, r) : (l, r - 1);
                continue;
            }

            for (var same = r; same >= 0 && right.Sums[same] == right.Sums[r] && solutions.Count <= CountLimit; same--)
            {
                Add(ref solutions, left.Masks[l] | (right.Masks[same] << half), mostMembers);
            }

            l++;
        }

        if (solutions.Count > CountLimit)
        {
            solutions.Count = 0;
            AddFirst(ref solutions, left, right, half, target, mostMembers);
        }

        var first = First(solutions.Written, stackalloc ulong[keep]);
        var kept = new Found(first.IsEmpty ? [] : first.ToArray(), solutions.Count, first.IsEmpty ? 0 : Rarity(amounts, BitOperations.PopCount(first[0])));
        solutions.Dispose();
        return kept;
    }

    // The first of very many, in order, as many as there is room for.
    private static Span<ulong> First(ReadOnlySpan<ulong> solutions, Span<ulong> kept)
    {
        var count = 0;
        foreach (var solution in solutions)
        {
            var at = count;
            for (; at > 0 && ByMembers(solution, kept[at - 1]) < 0; at--)
            {
                if (at < kept.Length)
                {
                    kept[at] = kept[at - 1];
                }
            }

            if (at < kept.Length)
            {
                kept[at] = solution;
                count = Math.Min(count + 1, kept.Length);
            }
        }

        return kept[..count];
    }

    private static void Add(ref ValueList solutions, ulong whole, int mostMembers)
    {
        var members = BitOperations.PopCount(whole);
        if (members >= 2 && members <= mostMembers)
        {
            solutions.Add(whole);
        }
    }

    // So many that only the first are counted: those of the earliest documents of the first half.
    private static void AddFirst(ref ValueList solutions, in SortedSums left, in SortedSums right, int half, long target, int mostMembers)
    {
        Array.Sort(left.Masks, left.Sums, 0, left.Count);
        for (var l = 0; l < left.Count && solutions.Count < CountLimit; l++)
        {
            var rest = target - left.Sums[l];
            var r = Array.BinarySearch(right.Sums, 0, right.Count, rest);
            while (r > 0 && right.Sums[r - 1] == rest)
            {
                r--;
            }

            for (; r >= 0 && r < right.Count && right.Sums[r] == rest && solutions.Count < CountLimit; r++)
            {
                Add(ref solutions, left.Masks[l] | (right.Masks[r] << half), mostMembers);
            }
        }
    }

    private static int ByMembers(ulong a, ulong b)
    {
        var (x, y) = (BitOperations.PopCount(a), BitOperations.PopCount(b));
        // Of as many documents the ones with the earliest places: the lowest set bit that differs decides.
        return x != y ? x.CompareTo(y) : a == b ? 0 : ((a ^ b) & (~(a ^ b) + 1) & a) != 0 ? -1 : 1;
    }

    // The sums that k of n amounts can have, spread over the range up to the k largest in steps of their common divisor: what share of it is hit.
    internal static int Rarity(ReadOnlySpan<long> amounts, int members)
    {
        Span<long> sorted = stackalloc long[amounts.Length];
        amounts.CopyTo(sorted);
        sorted.Sort();
        long range = 0, unit = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            unit = Gcd(unit, sorted[i]);
            range += i >= sorted.Length - members ? sorted[i] : 0;
        }

        var subsets = 0UL;
        var combinations = 1UL;
        for (var k = 1; k <= members; k++)
        {
            combinations = combinations * (ulong)(sorted.Length - k + 1) / (ulong)k;
            subsets += k >= 2 ? combinations : 0;
        }

        return Bits.Log2((ulong)Math.Max(1, range / Math.Max(1, unit))) - Bits.Log2(Math.Max(1, subsets));
    }

    private static long Gcd(long a, long b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }

    /// <summary>The sums of at most so many of some amounts that do not exceed a target, with the places of their members: by sum, then by place. In borrowed memory.</summary>
    private readonly struct SortedSums : IDisposable
    {
        internal SortedSums(ReadOnlySpan<long> amounts, long target, int mostMembers)
        {
            var room = Room(amounts.Length, mostMembers);
            (Sums, Masks) = (ArrayPool<long>.Shared.Rent(room), ArrayPool<ulong>.Shared.Rent(room));
            var (sums, masks) = (ArrayPool<long>.Shared.Rent(room), ArrayPool<ulong>.Shared.Rent(room));
            (Sums[0], Masks[0]) = (0, 0);
            Count = 1;
            for (var i = 0; i < amounts.Length; i++)
            {
                // Those without the document and those with it, both in order already; of equals those without come first.
                var (amount, bit, count) = (amounts[i], 1UL << i, 0);
                for (int without = 0, with = 0; without < Count || with < Count;)
                {
                    if (with < Count && (Sums[with] + amount > target || BitOperations.PopCount(Masks[with]) >= mostMembers))
                    {
                        with++;
                    }
                    else if (with >= Count || (without < Count && Sums[without] <= Sums[with] + amount))
                    {
                        (sums[count], masks[count++]) = (Sums[without], Masks[without]);
                        without++;
                    }
                    else
                    {
                        (sums[count], masks[count++]) = (Sums[with] + amount, Masks[with] | bit);
                        with++;
                    }
                }

                (Sums, sums, Masks, masks, Count) = (sums, Sums, masks, Masks, count);
            }

            ArrayPool<long>.Shared.Return(sums);
            ArrayPool<ulong>.Shared.Return(masks);
        }

        internal long[] Sums { get; }

        internal ulong[] Masks { get; }

        internal int Count { get; }

        public void Dispose()
        {
            ArrayPool<long>.Shared.Return(Sums);
            ArrayPool<ulong>.Shared.Return(Masks);
        }

        private static int Room(int amounts, int mostMembers)
        {
            long room = 1, combinations = 1;
            for (var k = 1; k <= Math.Min(amounts, mostMembers); k++)
            {
                combinations = combinations * (amounts - k + 1) / k;
                room += combinations;
            }

            return (int)room;
        }
    }

    /// <summary>Solutions as they are found, on the stack while they are few.</summary>
    private ref struct ValueList(Span<ulong> start)
    {
        private Span<ulong> _place = start;
        private ulong[]? _rented;

        internal int Count;

        internal readonly Span<ulong> Written => _place[..Count];

        internal void Add(ulong value)
        {
            if (Count == _place.Length)
            {
                var longer = ArrayPool<ulong>.Shared.Rent(Count * 4);
                _place.CopyTo(longer);
                Dispose();
                _place = _rented = longer;
            }

            _place[Count++] = value;
        }

        internal readonly void Dispose()
        {
            if (_rented is not null)
            {
                ArrayPool<ulong>.Shared.Return(_rented);
            }
        }
    }
}
