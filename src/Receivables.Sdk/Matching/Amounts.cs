namespace Receivables.Sdk.Matching;

/// <summary>Amounts as integers: ten-thousandths of a currency's unit, so that amounts with more decimals than their currency still add up exactly.</summary>
internal static class Amounts
{
    private const decimal Scale = 10_000m;
    private const decimal Most = 1_000_000_000_000m;

    // Ten thousand times this many still fits a long.
    private const ulong MostWhole = 900_000_000_000_000;

    /// <summary>The unit of the fourth decimal; false for an amount that does not fit.</summary>
    internal static bool TryGet(Money money, out long amount)
    {
        amount = 0;
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(money.Amount, bits);
        var scale = (bits[3] >> 16) & 0x7F;
        var whole = (ulong)(uint)bits[1] << 32 | (uint)bits[0];
        if (scale <= 4 && bits[2] == 0 && whole <= MostWhole)
        {
            var magnitude = (long)whole * scale switch { 4 => 1, 3 => 10, 2 => 100, 1 => 1_000, _ => 10_000 };
            amount = bits[3] < 0 ? -magnitude : magnitude;
            return Math.Abs(magnitude) <= (long)(Most * Scale);
        }

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
