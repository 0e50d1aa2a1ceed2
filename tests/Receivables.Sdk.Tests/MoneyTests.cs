using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests;

public class MoneyTests
{
    private static readonly Gen<Money> Amounts =
        from minor in Gen.Choose(-1_000_000, 1_000_000)
        from currency in Gen.Elements("EUR", "JPY", "KWD", "CLF", "USD")
        select Money.FromMinorUnits(minor, Currency.Parse(currency));

    private static readonly Gen<decimal[]> Weights =
        from weights in Gen.Choose(0, 1000).ArrayOf()
        select weights.Select(w => w / 7m).Append(1m).ToArray();

    private static IReadOnlyList<KeyValuePair<string, decimal>> Keyed(decimal[] weights) =>
        [.. weights.Select((w, i) => KeyValuePair.Create("k" + i.ToString("000"), w))];

    // G6.
    [Fact]
    public void Shares_add_up_keep_the_sign_and_stay_within_a_unit() => Law.ForAll(
        from amount in Amounts from weights in Weights select (amount, weights),
        x =>
        {
            var shares = x.amount.Split(Keyed(x.weights));
            Assert.Equal(x.amount, shares.Aggregate(Money.Zero(x.amount.Currency), (a, b) => a + b));
            var unit = Money.FromMinorUnits(1, x.amount.Currency).Amount;
            for (var i = 0; i < shares.Count; i++)
            {
                Assert.True(shares[i].IsZero || shares[i].IsNegative == x.amount.IsNegative);
                Assert.True(Math.Abs(shares[i].Amount - (x.amount.Amount * x.weights[i] / x.weights.Sum())) < unit);
                Assert.True(x.weights[i] != 0m || shares[i].IsZero);
            }
        });

    // G6.
    [Fact]
    public void Order_and_sign_play_no_part_in_a_split() => Law.ForAll(
        from amount in Amounts from weights in Weights select (amount, weights),
        x =>
        {
            var keyed = Keyed(x.weights);
            var shares = x.amount.Split(keyed);
            Assert.Equal(shares.Reverse(), x.amount.Split([.. keyed.Reverse()]));
            Assert.Equal(shares.Select(s => -s), (-x.amount).Split(keyed));
        });

    // G8.
    [Fact]
    public void Text_and_minor_units_come_back() => Law.ForAll(Amounts, m =>
        Money.Parse(m.ToString()) == m && Money.FromMinorUnits(m.ToMinorUnits(), m.Currency) == m);

    [Theory]
    [InlineData("121", "EUR", "121.00")]
    [InlineData("121", "JPY", "121")]
    [InlineData("1.25", "KWD", "1.250")]
    [InlineData("12.345", "EUR", "12.345")]
    [InlineData("12.3400", "EUR", "12.34")]
    [InlineData("-0.5", "JPY", "-0.5")]
    public void An_amount_has_its_currencys_decimals_and_more_only_when_it_has_more(string amount, string currency, string expected) =>
        Assert.Equal(expected, new Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), Currency.Parse(currency)).ToAmountString());

    [Fact]
    public void Currencies_never_mix()
    {
        var euro = new Money(0m, Currency.EUR);
        var yen = new Money(0m, Currency.JPY);
        Assert.Throws<ArgumentException>(() => euro + yen);
        Assert.Throws<ArgumentException>(() => euro - yen);
        Assert.Throws<ArgumentException>(() => euro < yen);
        Assert.NotEqual(euro, yen);
    }

    [Fact]
    public void The_currency_table_is_sorted_and_has_the_digits_of_iso_4217()
    {
        var all = Currency.All;
        Assert.Equal(all.OrderBy(c => c.Code, StringComparer.Ordinal), all);
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.Equal([0, 2, 3, 4, 2, 0], new[] { "JPY", "EUR", "KWD", "CLF", "DEM", "XXX" }.Select(c => Currency.Parse(c).MinorUnitDigits));
        Assert.True(Currency.Parse("HRK").IsHistoric);
        Assert.False(Currency.TryParse("eur", out _));
        Assert.False(Currency.TryParse("ABC", out _));
        Assert.All(all, c => Assert.Equal(c, Currency.Parse(c.Code)));
    }
}
