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

    // Another number, or an end of the first.
    private static readonly FsCheck.Gen<(string A, string B)> Pairs =
        from a in Digits
        from other in Digits
        from isEnd in Gen.Elements(true, false)
        from at in Gen.Choose(0, 18)
        select (a, isEnd ? a[Math.Min(at, a.Length)..] : other);

    [Fact]
    public void Ends_are_those_of_the_texts() => Law.ForAll(
        Pairs,
        x =>
        {
            var (a, b) = (NumberDigits.Of(x.A), NumberDigits.Of(x.B));

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
