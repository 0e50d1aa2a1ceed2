using FsCheck.Fluent;
using Receivables.Sdk.Matching;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

public class NumberDigitsLaws
{
    private static readonly FsCheck.Gen<string> Digits =
        from length in Gen.Choose(0, 19)
        from digits in Gen.ArrayOf(Gen.Elements('0', '1', '2', '9'), length)
        select new string(digits);

    // Another number, an end of the first, or the first with two neighbours swapped.
    private static readonly FsCheck.Gen<(string A, string B)> Pairs =
        from a in Digits
        from other in Digits
        from way in Gen.Choose(0, 3)
        from at in Gen.Choose(0, 18)
        select (a, way == 0 ? other : way == 1 ? a[Math.Min(at, a.Length)..] : at + 1 < a.Length ? a[..at] + a[at + 1] + a[at] + a[(at + 2)..] : other);

    [Fact]
    public void Swapped_neighbours_and_ends_are_those_of_the_texts() => Law.ForAll(
        Pairs,
        x =>
        {
            var (a, b) = (NumberDigits.Of(x.A), NumberDigits.Of(x.B));

            Assert.Equal(NumberErrors.IsSwapped(x.A, x.B), a.IsSwapped(b));
            Assert.Equal(x.A.Length > x.B.Length && x.A.EndsWith(x.B, StringComparison.Ordinal), a.EndsIn(b));
        },
        cases: 2000);

    [Fact]
    public void Digits_come_back_with_their_zeros() => Law.ForAll(
        Digits,
        text =>
        {
            Span<char> written = stackalloc char[20];
            var digits = NumberDigits.Of(text);

            Assert.True(digits.IsNumber && !digits.IsTooLong);
            Assert.Equal(text, written[..digits.CopyTo(written)]);
        },
        cases: 500);

    [Fact]
    public void More_digits_than_an_integer_holds_are_told_apart_from_none()
    {
        Assert.True(NumberDigits.Of("12345678901234567890").IsTooLong);
        Assert.False(NumberDigits.Missing.IsNumber);
    }
}
