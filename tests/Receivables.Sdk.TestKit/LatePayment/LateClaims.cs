using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.LatePayment;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.TestKit.LatePayment;

/// <summary>Generators of late claims.</summary>
public static class LateClaims
{
    /// <summary>Claims between businesses in countries whose rates float, due from 2013 to 2025, some paid in part.</summary>
    public static Gen<LatePaymentClaim> Business { get; } =
        from country in Gen.Elements("NL", "BE", "DE", "FR", "LU", "AT", "ES", "IT", "PT", "IE", "GB", "CH")
        from cents in Gen.Choose(1, 10_000_000)
        from due in Gen.Choose(0, 4_000)
        from paid in (from days in Gen.Choose(1, 900) from percent in Gen.Choose(1, 60) select (days, percent)).ListOf()
        select Claim(country, cents, new LocalDate(2014, 8, 1).PlusDays(due), [.. paid.Take(3)]);

    private static LatePaymentClaim Claim(string country, int cents, LocalDate due, IReadOnlyList<(int Days, int Percent)> paid)
    {
        var principal = Money.FromMinorUnits(cents, Currency.Parse(country == "GB" ? "GBP" : country == "CH" ? "CHF" : "EUR"));
        return new LatePaymentClaim
        {
            Country = country,
            Party = PartyKind.Business,
            Principal = principal,
            Due = due,
            Reductions = [.. paid.Select(p => new PrincipalReduction(due.PlusDays(p.Days), new Percentage(p.Percent).Of(principal)))],
        };
    }
}
