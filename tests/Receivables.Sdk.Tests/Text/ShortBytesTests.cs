using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.Text;
using Xunit;

namespace Receivables.Sdk.Tests.Text;

public class ShortBytesTests
{
    private static Gen<byte[]> Bytes { get; } =
        from length in Gen.OneOf(Gen.Choose(0, 5), Gen.Choose(60, 68), Gen.Choose(124, 132))
        from at in Gen.Choose(0, Math.Max(0, length - 1))
        from letter in Gen.Elements((byte)'a', (byte)' ', (byte)0, (byte)0xff)
        from rest in Gen.Elements((byte)'a', (byte)'b', (byte)0)
        select Enumerable.Range(0, length).Select(i => i == at ? letter : rest).ToArray();

    [Fact]
    public void Stretches_are_the_same_where_every_byte_is() => Law.ForAll(
        from one in Bytes from other in Bytes select (one, other),
        x =>
        {
            Assert.Equal(x.one.AsSpan().SequenceEqual(x.other), ShortBytes.Same(x.one, x.other));
            Assert.True(ShortBytes.Same(x.one, [.. x.one]));
        },
        500);

    [Fact]
    public void Blanks_side_by_side_are_seen_wherever_they_are() => Law.ForAll(
        from length in Gen.Choose(0, 200)
        from other in Gen.Choose(0, 199)
        from at in Gen.OneOf(Gen.Choose(0, 199), Gen.Elements(62, 63, 64, 127))
        from width in Gen.Choose(0, 3)
        select Enumerable.Range(0, length).Select(i => i == other || (i >= at && i < at + width) ? (byte)' ' : (byte)'x').ToArray(),
        x => Assert.Equal(Encoding.Latin1.GetString(x).Contains("  ", StringComparison.Ordinal), ShortBytes.HasDoubleBlank(x)),
        500);

    [Fact]
    public void Texts_are_widened_at_once_as_step_by_step()
    {
        for (var length = 0; length < 140; length++)
        {
            var bytes = Enumerable.Range(0, length).Select(i => (byte)(' ' + ((i * 5) % 90))).ToArray();
            char[] once = new string('#', length + 70).ToCharArray(), steps = new string('#', length + 70).ToCharArray();
            AsciiText.Widen(bytes, once);
            AsciiText.WidenStepwise(bytes, steps);
            Assert.Equal(new string(steps), new string(once));
        }
    }
}
