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

    [Fact]
    public void Small_sums_are_found_the_fewest_and_earliest_documents_first() => Law.ForAll(
        Cases,
        x =>
        {
            var (amounts, target, _) = x;
            var all = Enumerable.Range(2, 3).SelectMany(members => Places(amounts.Length, members)).Where(p => p.Sum(i => amounts[i]) == target).ToList();

            var found = SmallSums.Find(amounts, target, keep: 5);

            Assert.Equal(all.Count, found.Count);
            Assert.Equal(all.Take(5), found.Places);
        },
        cases: 300);

    [Theory]
    [InlineData(SmallSums.MostInFours, new[] { 2, 3, 4 })]
    [InlineData(SmallSums.MostInThrees, new[] { 2, 3 })]
    [InlineData(SmallSums.MostInThrees + 1, new[] { 2 })]
    public void Among_more_documents_smaller_sums_are_looked_for(int count, int[] sizes)
    {
        // Powers of two up to the fourth, then too much for any sum.
        var amounts = Enumerable.Range(0, count).Select(i => i < 5 ? 1L << i : 1_000L).ToArray();

        Assert.Equal(sizes, new[] { 3, 7, 15 }.Where(target => SmallSums.Find(amounts, target, keep: 1).Count == 1).Select((_, i) => i + 2));
    }

    // In order: each place behind the one before it.
    private static IEnumerable<int[]> Places(int count, int members) =>
        members == 0 ? [[]] : Places(count, members - 1).SelectMany(p => Enumerable.Range(p.Length == 0 ? 0 : p[^1] + 1, count - (p.Length == 0 ? 0 : p[^1] + 1)), (p, i) => (int[])[.. p, i]);
}
