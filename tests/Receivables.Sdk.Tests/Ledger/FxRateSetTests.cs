using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Ledger;

public class FxRateSetTests
{
    private static readonly LocalDate Friday = new(2026, 1, 9);

    private static readonly FxRateSet Rates = new(
        [
            new(Currency.EUR, Currency.USD, Friday, 1.25m, "ECB"),
            new(Currency.EUR, Currency.USD, Friday.PlusDays(3), 1.20m, "ECB"),
            new(Currency.EUR, Currency.GBP, Friday, 0.80m, "ECB"),
        ],
        new FxRateOptions { Pivot = Currency.EUR });

    [Fact]
    public void The_last_rate_on_or_before_the_day_is_taken_with_its_date()
    {
        Assert.Equal(1.25m, Rates.Find(Currency.EUR, Currency.USD, Friday.PlusDays(2))!.Rate);
        Assert.Equal(Friday, Rates.Find(Currency.EUR, Currency.USD, Friday.PlusDays(2))!.Date);
        Assert.Equal(1.20m, Rates.Find(Currency.EUR, Currency.USD, Friday.PlusDays(3))!.Rate);
        Assert.Null(Rates.Find(Currency.EUR, Currency.USD, Friday.PlusDays(-1)));
        Assert.NotNull(Rates.Find(Currency.EUR, Currency.GBP, Friday.PlusDays(7)));
        Assert.Null(Rates.Find(Currency.EUR, Currency.GBP, Friday.PlusDays(8)));
    }

    [Fact]
    public void The_other_direction_and_the_pivot_serve_where_the_pair_was_not_given()
    {
        Assert.Equal(0.8m, Rates.Find(Currency.USD, Currency.EUR, Friday)!.Rate);
        var crossed = Rates.Find(Currency.USD, Currency.GBP, Friday.PlusDays(3))!;
        Assert.Equal((0.66667m, Friday, "ECB"), (decimal.Round(crossed.Rate, 5), crossed.Date, crossed.Source));
        Assert.Null(new FxRateSet([new(Currency.EUR, Currency.USD, Friday, 1.25m), new(Currency.EUR, Currency.GBP, Friday, 0.8m)]).Find(Currency.USD, Currency.GBP, Friday));
    }

    [Fact]
    public void There_is_no_amount_without_a_rate()
    {
        Assert.Equal(new Money(125m, Currency.USD), Rates.TryConvert(new Money(100m, Currency.EUR), Currency.USD, Friday)!.Amount);
        Assert.Null(Rates.TryConvert(new Money(100m, Currency.JPY), Currency.USD, Friday));
        Assert.Null(Rates.TryConvert(new Money(100m, Currency.JPY), Currency.JPY, Friday)!.Rate);
        Assert.Throws<ArgumentException>(() => new FxRateSet([new(Currency.EUR, Currency.USD, Friday, 1m), new(Currency.EUR, Currency.USD, Friday, 2m)]));
        Assert.Throws<ArgumentException>(() => new FxRate(Currency.EUR, Currency.EUR, Friday, 1m));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FxRate(Currency.EUR, Currency.USD, Friday, 0m));
    }

    // G10.
    [Fact]
    public void There_and_back_differs_by_the_two_roundings_at_most() => Law.ForAll(
        from minor in Gen.Choose(-1_000_000, 1_000_000)
        from rate in Gen.Choose(1, 1_000_000).Select(r => r / 1000m)
        from target in Gen.Elements("USD", "JPY", "KWD")
        select (amount: Money.FromMinorUnits(minor, Currency.EUR), rate: new FxRate(Currency.EUR, Currency.Parse(target), Friday, rate)),
        x =>
        {
            var rates = new FxRateSet([x.rate]);
            var there = rates.TryConvert(x.amount, x.rate.To, Friday)!.Amount;
            var back = rates.TryConvert(there, Currency.EUR, Friday)!.Amount;
            var halfUnit = Money.FromMinorUnits(1, x.rate.To).Amount / 2m / x.rate.Rate;
            Assert.True(Math.Abs(back.Amount - x.amount.Amount) <= halfUnit + 0.005m);
        },
        cases: 300);
}
