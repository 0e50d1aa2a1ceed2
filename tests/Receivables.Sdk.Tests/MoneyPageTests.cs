using NodaTime;
using Receivables.Sdk.Ledger;
using Xunit;

namespace Receivables.Sdk.Tests;

/// <summary>What docs/money.md says its snippets give.</summary>
public class MoneyPageTests
{
    [Fact]
    public void Snippets_give_what_the_page_says()
    {
        var total = new Money(100m, Currency.EUR);
        Assert.Equal(["33.34", "33.33", "33.33"], total.Split<string>([new("a", 1m), new("b", 1m), new("c", 1m)]).Select(s => s.ToAmountString()));
        Assert.Equal(1250, Money.Parse("12.50 EUR").ToMinorUnits());
        Assert.Equal("2.50 EUR", new Percentage(2.5m).Of(total).ToString());
        Assert.Equal("1.250 KWD", new Money(1.25m, Currency.Parse("KWD")).ToString());
        Assert.Equal("12.35 EUR", CashRounding.Round(new Money(12.33m, Currency.EUR), "NL").ToString());
        var rates = new FxRateSet([new FxRate(Currency.EUR, Currency.USD, new LocalDate(2026, 1, 9), 1.25m, "ECB")]);
        var converted = rates.TryConvert(total, Currency.USD, new LocalDate(2026, 1, 10));
        Assert.Equal("125.00 USD", converted!.Amount.ToString());
        Assert.Equal(new LocalDate(2026, 1, 9), converted.Rate!.Date);
        Assert.Null(rates.TryConvert(total, Currency.USD, new LocalDate(2026, 1, 20)));
    }
}
