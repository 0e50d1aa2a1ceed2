using FsCheck.Fluent;
using Receivables.Sdk.Matching;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

public class KeyTableLaws
{
    // Few keys, so that many items share one; packed after some of them.
    private static readonly FsCheck.Gen<(int[] Keys, int PackedAfter)> Cases =
        from count in Gen.Choose(0, 300)
        from different in Gen.Choose(1, 60)
        from keys in Gen.ArrayOf(Gen.Choose(1, different), count)
        from packed in Gen.Choose(0, count)
        select (keys, packed);

    [Fact]
    public void Every_key_has_the_items_that_were_added_to_it_packed_or_not() => Law.ForAll(
        Cases,
        x =>
        {
            var table = new KeyTable(64);
            for (var item = 0; item < x.Keys.Length; item++)
            {
                if (item == x.PackedAfter)
                {
                    table.Pack();
                }

                table.Add(Key(x.Keys[item]), item, (byte)(item % 5));
            }

            for (var key = 1; key <= 61; key++)
            {
                var found = new List<(int, byte)>();
                for (var p = table.First(Key(key)); p != KeyTable.Nothing; p = table.Next(p))
                {
                    found.Add((table.Item(p), table.Field(p)));
                }

                found.Sort();
                Assert.Equal(Enumerable.Range(0, x.Keys.Length).Where(i => x.Keys[i] == key).Select(i => (i, (byte)(i % 5))), found);
            }
        },
        cases: 300);

    private static ulong Key(int number) => KeyHash.Of(KeyForm.Digits, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
