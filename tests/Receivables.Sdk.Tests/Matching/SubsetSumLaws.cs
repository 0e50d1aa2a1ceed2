using System.Numerics;
using FsCheck.Fluent;
using Receivables.Sdk.Matching;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

public class SubsetSumLaws
{
    private static readonly FsCheck.Gen<(long[] Amounts, long Target, int Most)> Cases =
        from count in Gen.Choose(2, 13)
        from step in Gen.Choose(1, 60)
        from amounts in Gen.ArrayOf(from x in Gen.Choose(1, 40) select (long)x * step, count)
        from chosen in Gen.Choose(1, (1 << count) - 1)
        from isOff in Gen.Choose(0, 4)
        from most in Gen.Choose(2, 8)
        select (amounts, amounts.Where((_, i) => (chosen >> i & 1) != 0).Sum() + (isOff == 0 ? 1 : 0), most);

    [Fact]
    public void All_sums_are_found_the_fewest_and_earliest_documents_first() => Law.ForAll(
        Cases,
        x =>
        {
            var (amounts, target, most) = x;
            var all = Enumerable.Range(0, 1 << amounts.Length).Select(m => (ulong)m)
                .Where(m => BitOperations.PopCount(m) >= 2 && BitOperations.PopCount(m) <= most && amounts.Where((_, i) => (m >> i & 1) != 0).Sum() == target)
                .OrderBy(BitOperations.PopCount).ThenBy(m => string.Concat(Enumerable.Range(0, amounts.Length).Select(i => (m >> i & 1) != 0 ? 'a' : 'b')), StringComparer.Ordinal)
                .ToList();

            var found = SubsetSum.Find(amounts, target, most, keep: 5);

            Assert.Equal(Math.Min(1000, all.Count), found.Count);
            if (all.Count <= 1000)
            {
                Assert.Equal(all.Take(5), found.Masks);
            }
        },
        cases: 300);

    [Fact]
    public void Of_very_many_sums_a_thousand_are_counted()
    {
        var amounts = Enumerable.Repeat(100L, 20).ToArray();

        var found = SubsetSum.Find(amounts, 400, 6, keep: 2);

        Assert.Equal(1000, found.Count);
        Assert.Equal(2, found.Masks.Count);
        Assert.All(found.Masks, m => Assert.Equal(4, BitOperations.PopCount(m)));
    }
}
