using FsCheck.Fluent;
using Receivables.Sdk.Matching.Similarity;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Matching.Similarity;

public class TokenSimilarityLaws
{
    private static readonly FsCheck.Gen<string> Words =
        from length in Gen.Choose(1, 12)
        from letters in Gen.ArrayOf(Gen.Elements("ABCEIRSТ12".ToCharArray()), length)
        select new string(letters);

    // A word, and the same with a letter changed, left out, doubled, swapped or cut off.
    private static readonly FsCheck.Gen<(string, string)> Pairs =
        from a in Words
        from other in Words
        from kind in Gen.Choose(0, 5)
        from at in Gen.Choose(0, a.Length - 1)
        select (a, kind switch
        {
            0 => other,
            1 => a[..at] + other[0] + a[(at + 1)..],
            2 => a.Remove(at, 1),
            3 => a.Insert(at, other[..1]),
            4 => at + 1 < a.Length ? a[..at] + a[at + 1] + a[at] + a[(at + 2)..] : a,
            _ => a[..(at + 1)],
        });

    [Fact]
    public void Words_that_cannot_be_alike_at_a_glance_are_not() => Law.ForAll(
        Pairs.Where(p => p.Item1 != p.Item2 && p.Item2.Length > 0),
        pair => Assert.True(TokenSimilarity.CanBeAlike(WordSketch.Of(pair.Item1), WordSketch.Of(pair.Item2)) || TokenSimilarity.Compare(pair.Item1, pair.Item2) == 0),
        cases: 2000);
}
