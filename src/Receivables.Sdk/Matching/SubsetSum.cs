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
        var solutions = new List<ulong>();
        var n = amounts.Length;
        if (n < 2 || n > 40)
        {
            return new Found(solutions, 0, 0);
        }

        var half = n / 2;
        var left = Sums(amounts[..half], target, mostMembers);
        var right = Sums(amounts[half..], target, mostMembers);
        Array.Sort(right, static (a, b) => a.Sum != b.Sum ? a.Sum.CompareTo(b.Sum) : a.Mask.CompareTo(b.Mask));
        var count = 0;
        foreach (var (sum, mask) in left)
        {
            for (var i = FirstAtLeast(right, target - sum); i < right.Length && right[i].Sum == target - sum && count < CountLimit; i++)
            {
                var whole = mask | (right[i].Mask << half);
                var members = BitOperations.PopCount(whole);
                if (members >= 2 && members <= mostMembers)
                {
                    count++;
                    solutions.Add(whole);
                }
            }
        }

        solutions.Sort(static (a, b) =>
        {
            var (x, y) = (BitOperations.PopCount(a), BitOperations.PopCount(b));
            // Of as many documents the ones with the earliest places: the lowest set bit that differs decides.
            return x != y ? x.CompareTo(y) : a == b ? 0 : ((a ^ b) & (~(a ^ b) + 1) & a) != 0 ? -1 : 1;
        });
        var rarity = solutions.Count == 0 ? 0 : Rarity(amounts, BitOperations.PopCount(solutions[0]));
        if (solutions.Count > keep)
        {
            solutions.RemoveRange(keep, solutions.Count - keep);
        }

        return new Found(solutions, count, rarity);
    }

    // The sums that k of n amounts can have, spread over the range up to the k largest in steps of their common divisor: what share of it is hit.
    private static int Rarity(ReadOnlySpan<long> amounts, int members)
    {
        var sorted = amounts.ToArray();
        Array.Sort(sorted);
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

    private static (long Sum, ulong Mask)[] Sums(ReadOnlySpan<long> amounts, long target, int mostMembers)
    {
        var sums = new List<(long Sum, ulong Mask)>(1 << Math.Min(16, amounts.Length)) { (0, 0) };
        for (var i = 0; i < amounts.Length; i++)
        {
            var before = sums.Count;
            for (var s = 0; s < before; s++)
            {
                if (sums[s].Sum + amounts[i] <= target && BitOperations.PopCount(sums[s].Mask) < mostMembers)
                {
                    sums.Add((sums[s].Sum + amounts[i], sums[s].Mask | (1UL << i)));
                }
            }
        }

        return [.. sums];
    }

    private static int FirstAtLeast((long Sum, ulong Mask)[] sums, long value)
    {
        int low = 0, high = sums.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sums[middle].Sum < value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static long Gcd(long a, long b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
