using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests;

public class MoneyRuleTests
{
    // G7.
    [Fact]
    public void A_larger_weight_never_gets_less_and_equal_ones_differ_by_a_unit_at_most() => Law.ForAll(
        from minor in Gen.Choose(0, 100_000) from weights in Gen.Choose(0, 6).NonEmptyListOf() select (minor, weights),
        x =>
        {
            if (x.weights.All(w => w == 0))
            {
                return;
            }

            var shares = Money.FromMinorUnits(x.minor, Currency.EUR).Split([.. x.weights.Select((w, i) => KeyValuePair.Create(i, (decimal)w))]);
            for (var a = 0; a < shares.Count; a++)
            {
                for (var b = a + 1; b < shares.Count; b++)
                {
                    Assert.True(x.weights[a] <= x.weights[b] || shares[a] >= shares[b]);
                    Assert.True(x.weights[b] <= x.weights[a] || shares[b] >= shares[a]);
                    // Of equal weights the smaller key takes the extra unit.
                    Assert.True(x.weights[a] != x.weights[b] || (shares[a] - shares[b]).Amount is 0m or 0.01m);
                }
            }
        },
        cases: 300);

    // The plain twin: whole units first, then one unit after another to whoever is furthest below the exact share.
    [Fact]
    public void A_split_agrees_with_its_plain_twin() => Law.ForAll(
        from minor in Gen.Choose(0, 5_000) from weights in Gen.Choose(1, 40).NonEmptyListOf() select (minor, weights),
        x =>
        {
            var sum = x.weights.Sum();
            var shares = x.weights.Select(w => x.minor * w / sum).ToArray();
            for (var left = x.minor - shares.Sum(); left > 0; left--)
            {
                var furthest = Enumerable.Range(0, shares.Length).MaxBy(i => (x.minor * x.weights[i]) - (shares[i] * sum));
                shares[furthest]++;
            }

            var split = Money.FromMinorUnits(x.minor, Currency.EUR).Split([.. x.weights.Select((w, i) => KeyValuePair.Create(i, (decimal)w))]);
            Assert.Equal(shares, split.Select(s => (int)s.ToMinorUnits()));
        },
        cases: 300);

    [Fact]
    public void Amounts_as_large_as_a_decimal_holds_are_split() => Assert.Equal(
        decimal.Truncate(decimal.MaxValue / 1000m),
        new Money(decimal.Truncate(decimal.MaxValue / 1000m), Currency.EUR).Split<int>([new(1, 1m), new(2, 0.0000000000000000000000000001m), new(3, decimal.MaxValue)]).Sum(s => s.Amount));

    [Theory]
    [InlineData("12.32", "CHF", null, "12.30")]
    [InlineData("12.325", "CHF", null, "12.35")]
    [InlineData("-12.33", "CHF", null, "-12.35")]
    [InlineData("12.49", "SEK", null, "12.00")]
    [InlineData("12.25", "DKK", null, "12.50")]
    [InlineData("1234", "HUF", null, "1235.00")]
    [InlineData("12.32", "EUR", null, "12.32")]
    [InlineData("12.32", "EUR", "DE", "12.32")]
    [InlineData("12.32", "EUR", "NL", "12.30")]
    [InlineData("12.33", "EUR", "BE", "12.35")]
    [InlineData("12", "JPY", null, "12")]
    public void Cash_is_rounded_to_the_smallest_coin(string amount, string currency, string? country, string expected) =>
        Assert.Equal(expected, CashRounding.Round(new Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), Currency.Parse(currency)), country).ToAmountString());
}
