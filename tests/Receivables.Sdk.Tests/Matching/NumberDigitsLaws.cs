using FsCheck.Fluent;
using Receivables.Sdk.Matching;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

public class NumberDigitsLaws
{
    private static readonly FsCheck.Gen<string> Digits =
        from length in Gen.Choose(0, 16)
        from digits in Gen.ArrayOf(Gen.Elements('0', '1', '2', '9'), length)
        select new string(digits);

    // Another number, or an end of the first.
    private static readonly FsCheck.Gen<(string A, string B)> Pairs =
        from a in Digits
        from other in Digits
        from isEnd in Gen.Elements(true, false)
        from at in Gen.Choose(0, 16)
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

    // The same number with an error or two, at any place.
    private static readonly FsCheck.Gen<(string A, string B)> Errors =
        from a in Digits
        from errors in Gen.Choose(0, 2)
        from kinds in Gen.ArrayOf(Gen.Choose(0, 3), errors)
        from places in Gen.ArrayOf(Gen.Choose(0, 15), errors)
        from digit in Gen.Elements('0', '1', '2', '9')
        select (a, kinds.Zip(places).Aggregate(a, (text, error) => Misspell(text, error.First, error.Second, digit)));

    [Fact]
    public void An_error_is_seen_as_in_the_texts() => Law.ForAll(
        Errors,
        x =>
        {
            var (a, b) = (NumberDigits.Of(x.A), NumberDigits.Of(x.B));

            Assert.Equal(NumberErrors.IsOneAway(x.A, x.B), a.IsOneAway(b));
            Assert.Equal(NumberErrors.IsOneAway(x.A, x.B), b.IsOneAway(a));
        },
        cases: 5000);

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
    public void More_digits_than_can_be_packed_are_told_apart_from_none()
    {
        Assert.True(NumberDigits.Of("12345678901234567").IsTooLong);
        Assert.False(NumberDigits.Missing.IsNumber);
        Assert.Equal(0, NumberDigits.Missing.CopyTo(new char[1]));
    }

    // A digit wrong, missing, too many, or swapped with its neighbour.
    private static string Misspell(string text, int kind, int place, char digit)
    {
        var at = Math.Min(place, text.Length);
        return kind switch
        {
            0 when text.Length < 16 => text.Insert(at, digit.ToString()),
            1 when at < text.Length => text.Remove(at, 1),
            2 when at < text.Length => text.Remove(at, 1).Insert(at, digit.ToString()),
            3 when at + 1 < text.Length => text[..at] + text[at + 1] + text[at] + text[(at + 2)..],
            _ => text,
        };
    }
}
