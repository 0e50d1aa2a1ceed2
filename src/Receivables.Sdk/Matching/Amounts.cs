namespace Receivables.Sdk.Matching;

/// <summary>Amounts as integers: ten-thousandths of a currency's unit, so that amounts with more decimals than their currency still add up exactly.</summary>
internal static class Amounts
{
    private const decimal Scale = 10_000m;
    private const decimal Most = 1_000_000_000_000m;

    /// <summary>The unit of the fourth decimal; false for an amount that does not fit.</summary>
    internal static bool TryGet(Money money, out long amount)
    {
        amount = 0;
        if (Math.Abs(money.Amount) > Most || decimal.Round(money.Amount, 4) != money.Amount)
        {
            return false;
        }

        amount = decimal.ToInt64(money.Amount * Scale);
        return true;
    }

    /// <summary>Back to money, with the currency's own number of decimals where they suffice.</summary>
    internal static Money ToMoney(long amount, Currency currency)
    {
        var minor = MinorUnit(currency);
        return amount % minor == 0 ? Money.FromMinorUnits(amount / minor, currency) : new Money(amount / Scale, currency);
    }

    internal static long FromDecimal(decimal amount) => amount > Most ? (long)(Most * Scale) : decimal.ToInt64(decimal.Round(amount * Scale));

    /// <summary>The smallest unit of a currency.</summary>
    internal static long MinorUnit(Currency currency) => currency.MinorUnitDigits switch { 0 => 10_000, 1 => 1_000, 2 => 100, 3 => 10, _ => 1 };
}
