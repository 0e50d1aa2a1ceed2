using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Statements;

public class StretchCacheTests
{
    // Few letters and all lengths around the borders of registers: stretches that differ in one byte, or in their length alone.
    private static Gen<(byte[] Stretch, int Kind)> Stretches { get; } =
        from length in Gen.OneOf(Gen.Choose(0, 9), Gen.Choose(62, 66), Gen.Choose(126, 130))
        from at in Gen.Choose(0, Math.Max(0, length - 1))
        from other in Gen.Choose(0, 3)
        from kind in Gen.Choose(0, 1)
        select (Enumerable.Range(0, length).Select(i => i == at ? (byte)other : (byte)0).ToArray(), kind);

    [Fact]
    public void What_is_found_is_what_was_kept_under_the_same_bytes() => Law.ForAll(
        Stretches.ArrayOf(),
        all =>
        {
            var cache = new StretchCache<int>(4);
            var kept = new Dictionary<(string, int), int>();
            for (var i = 0; i < all.Length; i++)
            {
                var (stretch, kind) = all[i];
                var key = (Convert.ToHexString(stretch), kind);
                if (cache.TryGet(stretch, kind, out var value))
                {
                    Assert.Equal(kept[key], value);
                }

                cache.Add(stretch, kind, i);
                kept[key] = i;
                Assert.Equal(stretch.Length <= StretchCache<int>.Longest, cache.TryGet(stretch, kind, out value) && value == i);
            }
        },
        500);
}
