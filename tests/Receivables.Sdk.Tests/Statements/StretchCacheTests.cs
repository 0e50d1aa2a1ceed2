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
            foreach (var most in (int[])[4, 1024])
            {
                // As readers use it: what is not found is made and kept.
                var cache = new StretchCache<int>(most);
                var kept = new Dictionary<(string, int), int>();
                for (var i = 0; i < all.Length; i++)
                {
                    var (stretch, kind) = all[i];
                    var key = (Convert.ToHexString(stretch), kind);
                    if (cache.TryGet(stretch, kind, out var value))
                    {
                        Assert.Equal(kept[key], value);
                        continue;
                    }

                    cache.Add(stretch, kind, i);
                    kept[key] = i;
                    Assert.Equal(stretch.Length <= StretchCache<int>.Longest, cache.TryGet(stretch, kind, out value) && value == i);
                }
            }
        },
        500);

    [Fact]
    public void What_comes_again_is_found_again_however_much_there_is()
    {
        var cache = new StretchCache<int>(4096);
        int found = 0, rounds = 3, parties = 1000;
        for (var i = 0; i < rounds * parties; i++)
        {
            var stretch = System.Text.Encoding.ASCII.GetBytes($"NL91ABNA0{i % parties * 7919:000000000}/ABNANL2A/Name {i % parties}");
            if (cache.TryGet(stretch, 0, out var value))
            {
                found++;
                Assert.Equal(i % parties, value);
            }
            else
            {
                cache.Add(stretch, 0, i % parties);
            }
        }

        Assert.InRange(found, (rounds - 1) * parties * 9 / 10, (rounds - 1) * parties);
    }
}
