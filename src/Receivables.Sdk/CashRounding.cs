namespace Receivables.Sdk;

/// <summary>What cash payments are rounded to, where the small coins are gone. A claim is never rounded by it, only what is paid in cash.</summary>
/// <remarks>
/// Smallest amounts in cash as of November 2026, from the rules of the central banks: CHF since 2007, SEK 2010, NOK 2012, DKK 2008, HUF 2008, CZK 2008,
/// CAD 2013, AUD 1992, NZD 2006, ILS 2008, MYR 2008; the euro by country: FI 2002, NL 2004, IE 2015, IT 2018, BE 2019, SK 2022, EE and LT 2025. The
/// difference is a rounding difference of the payment, not a discount. Pure and safe to share between threads.
/// </remarks>
public static class CashRounding
{
    /// <summary>The unit that an amount in cash is rounded to: 0.05 in CHF.</summary>
    /// <param name="currency">The currency.</param>
    /// <param name="countryCode">Where it is paid, ISO 3166 alpha-2; it matters for the euro alone. Null gives the currency's general rule.</param>
    /// <returns>The unit in major units; the currency's minor unit where cash is not rounded.</returns>
    public static decimal UnitOf(Currency currency, string? countryCode = null) => currency.Code switch
    {
        "CHF" or "CAD" or "AUD" or "MYR" => 0.05m,
        "NZD" or "ILS" => 0.10m,
        "DKK" => 0.50m,
        "SEK" or "NOK" or "CZK" => 1m,
        "HUF" => 5m,
        "EUR" when countryCode is "FI" or "NL" or "IE" or "IT" or "BE" or "SK" or "EE" or "LT" => 0.05m,
        _ => 1m / Money.PowerOfTen(currency.MinorUnitDigits),
    };

    /// <summary>What is paid in cash for an amount: the nearest multiple of <see cref="UnitOf"/>, a half away from zero.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="countryCode">Where it is paid, see <see cref="UnitOf"/>.</param>
    public static Money Round(Money amount, string? countryCode = null) => amount.RoundToCash(UnitOf(amount.Currency, countryCode));
}
