using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.LatePayment;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.LatePayment;
using Xunit;

namespace Receivables.Sdk.Tests.LatePayment;

/// <summary>What holds for every claim and day.</summary>
public class LatePaymentLaws
{
    private static readonly Gen<(LatePaymentClaim Claim, int Days)> Looked = from claim in LateClaims.Business from days in Gen.OneOf(Gen.Choose(-20, 500), Gen.Choose(-1, 3)) select (claim, days);

    private static InterestSheet? Sheet(LatePaymentClaim claim, LocalDate until, LatePaymentTables? tables = null) => new LatePaymentCalculator(tables).Interest(claim, until).ValueOrDefault;

    private static decimal Exact(LatePaymentClaim claim, LocalDate until, LatePaymentTables? tables = null) => Sheet(claim, until, tables)!.Segments.Sum(s => s.Exact);

    private static LatePaymentTables Changed(string country, Func<InterestRule, InterestRule> change)
    {
        var rules = LatePaymentTables.BuiltIn.Countries.Single(c => c.Country == country);
        return LatePaymentTables.BuiltIn.With(rules with { Rules = [.. rules.Rules.Select(r => r.Interest is null ? r : r with { Interest = change(r.Interest) })] });
    }

    [Fact]
    public void Nothing_accrues_up_to_the_due_date_and_it_never_falls() => Law.ForAll(Looked, x =>
    {
        var (today, tomorrow) = (Sheet(x.Claim, x.Claim.Due.PlusDays(x.Days))!, Sheet(x.Claim, x.Claim.Due.PlusDays(x.Days + 1))!);
        Assert.True(x.Days > 1 || today.Total.IsZero);
        Assert.True(tomorrow.Segments.Sum(s => s.Exact) >= today.Segments.Sum(s => s.Exact));
        Assert.True(tomorrow.Total >= today.Total);
    });

    [Fact]
    public void Stretches_join_and_share_the_rounded_total() => Law.ForAll(Looked, x =>
    {
        var sheet = Sheet(x.Claim, x.Claim.Due.PlusDays(x.Days))!;
        Assert.Equal(sheet.Total, sheet.Segments.Aggregate(Money.Zero(sheet.Total.Currency), (s, i) => s + i.Interest));
        Assert.True(Math.Abs(sheet.Total.Amount - sheet.Segments.Sum(s => s.Exact)) <= 0.005m);
        for (var i = 1; i < sheet.Segments.Count; i++)
        {
            Assert.Equal(sheet.Segments[i].From, sheet.Segments[i - 1].Until.PlusDays(1));
        }
    });

    // The slow twin: one day at a time, at the rate of that day, on what is owed on that day.
    [Fact]
    public void It_is_the_sum_of_its_days() => Law.ForAll(Looked, x =>
    {
        var sheet = Sheet(x.Claim, x.Claim.Due.PlusDays(x.Days))!;
        var rule = LatePaymentTables.BuiltIn.Countries.Single(c => c.Country == x.Claim.Country).Rules.Single(r => r.Id == sheet.Rule).Interest!;
        decimal sum = 0m, year = 0m, capitalised = 0m;
        for (var day = sheet.FirstDay; day < x.Claim.Due.PlusDays(x.Days); day = day.PlusDays(1))
        {
            if (rule.Compounding == Compounding.Yearly && day != sheet.FirstDay && sheet.FirstDay.PlusYears(day.Year - sheet.FirstDay.Year) == day)
            {
                (capitalised, year) = (capitalised + year, 0m);
            }

            var owed = x.Claim.Principal.Amount - x.Claim.Reductions.Where(r => r.On <= day).Sum(r => r.Amount.Amount);
            if (owed <= 0m)
            {
                break;
            }

            var reference = rule.Table is null ? 0m : LatePaymentTables.BuiltIn.Rate(rule.Table)!.On(rule.Mode == RateMode.Locked ? sheet.FirstDay : day)!.Percent;
            var percent = reference + rule.Margin;
            percent = rule.RoundUpTo is { } step ? Math.Ceiling(percent / step) * step : percent;
            var interest = (owed + capitalised) * percent / 36_500m;
            (sum, year) = (sum + interest, year + interest);
        }

        Assert.True(Math.Abs(sum - sheet.Segments.Sum(s => s.Exact)) < 0.000001m);
    }, cases: 1000);

    [Fact]
    public void It_is_linear_in_the_principal() => Law.ForAll(Looked, x =>
    {
        var until = x.Claim.Due.PlusDays(x.Days);
        var twice = x.Claim with { Principal = x.Claim.Principal * 2, Reductions = [.. x.Claim.Reductions.Select(r => r with { Amount = r.Amount * 2 })] };
        Assert.True(Math.Abs((2 * Exact(x.Claim, until)) - Exact(twice, until)) < 0.0000001m);
    });

    [Fact]
    public void A_rate_outside_the_days_changes_nothing_and_a_missing_one_is_refused() => Law.ForAll(Looked, x =>
    {
        var until = x.Claim.Due.PlusDays(Math.Max(5, x.Days));
        var sheet = Sheet(x.Claim, until)!;
        if (LatePaymentTables.BuiltIn.Countries.Single(c => c.Country == x.Claim.Country).Rules.Single(r => r.Id == sheet.Rule).Interest!.Table is not { } id || sheet.Segments.Count == 0)
        {
            return;
        }

        var table = LatePaymentTables.BuiltIn.Rate(id)!;
        var needed = sheet.Segments.Select(s => table.On(s.From)!.From).Distinct().ToList();
        var outside = LatePaymentTables.BuiltIn.With(table with { Rates = [.. table.Rates.Select(r => sheet.Segments.Any(s => table.On(s.From) == r) ? r : r with { Percent = 77m })] });
        var locked = sheet.Segments.All(s => s.Percent == sheet.Segments[0].Percent);
        Assert.True(locked || Sheet(x.Claim, until, outside)!.Total == sheet.Total);
        var hole = LatePaymentTables.BuiltIn.With(table with { Rates = [.. table.Rates.Where(r => r.From != table.On(sheet.FirstDay)!.From)] });
        Assert.Equal("rateMissing", StatutoryVectors.Reason(new LatePaymentCalculator(hole).Interest(x.Claim, until)));
        Assert.NotEmpty(needed);
    });

    [Fact]
    public void A_locked_rate_stays_for_life() => Law.ForAll(Looked, x =>
    {
        var sheet = Sheet(x.Claim, x.Claim.Due.PlusDays(x.Days), Changed(x.Claim.Country!, i => i with { Mode = RateMode.Locked }))!;
        Assert.True(sheet.Segments.Select(s => s.Percent).Distinct().Count() <= 1);
    });

    [Fact]
    public void A_part_payment_lowers_what_comes_after_it_only() => Law.ForAll(Looked, x =>
    {
        var day = x.Claim.Due.PlusDays(Math.Max(1, x.Days / 2));
        var until = x.Claim.Due.PlusDays(Math.Max(2, x.Days));
        var full = x.Claim with { Reductions = [] };
        var paid = full with { Reductions = [new PrincipalReduction(day, full.Principal)] };
        Assert.Equal(Exact(full, day), Exact(paid, day));
        Assert.Equal(Exact(full, day), Exact(paid, until));
    });

    [Fact]
    public void Compounding_gives_no_less_and_the_same_within_a_year() => Law.ForAll(Looked, x =>
    {
        var until = x.Claim.Due.PlusDays(x.Days);
        var compound = Exact(x.Claim, until, Changed(x.Claim.Country!, i => i with { Compounding = Compounding.Yearly }));
        var simple = Exact(x.Claim, until, Changed(x.Claim.Country!, i => i with { Compounding = Compounding.None }));
        Assert.True(compound >= simple - 0.0000001m);
        Assert.True(x.Days > 365 || Math.Abs(compound - simple) < 0.0000001m);
    });

    [Fact]
    public void A_consumer_or_nobody_known_never_gets_what_a_business_gets() => Law.ForAll(Looked, x =>
    {
        var until = x.Claim.Due.PlusDays(x.Days);
        var calculator = new LatePaymentCalculator();
        Assert.IsType<LawAnswer<Money>.Refused>(calculator.FixedSum(x.Claim with { Party = PartyKind.Consumer }, until));
        Assert.Equal("partyUnknown", StatutoryVectors.Reason(calculator.FixedSum(x.Claim with { Party = PartyKind.Unknown }, until)));
        Assert.Equal("partyUnknown", StatutoryVectors.Reason(calculator.Costs(x.Claim with { Party = PartyKind.Unknown }, x.Claim.Principal, until)));
        Assert.Equal("partyUnknown", StatutoryVectors.Reason(calculator.Interest(x.Claim with { Party = PartyKind.Unknown }, until)));
        Assert.Equal("countryUnknown", StatutoryVectors.Reason(calculator.Interest(x.Claim with { Country = "US" }, until)));
        if (calculator.Interest(x.Claim with { Party = PartyKind.Consumer }, until) is LawAnswer<InterestSheet>.Granted consumer)
        {
            Assert.DoesNotContain("business", consumer.Value.Rule, StringComparison.Ordinal);
        }
    });

    [Fact]
    public void No_fixed_sum_without_lateness() => Law.ForAll(Looked, x =>
        Assert.True(x.Days >= 1 || new LatePaymentCalculator().FixedSum(x.Claim, x.Claim.Due.PlusDays(x.Days)) is LawAnswer<Money>.Refused));

    // Anywhere, and within a few cents of where a band begins or a bound is reached.
    private static Gen<Money> Principal { get; } = Gen.OneOf(
        from cents in Gen.Choose(1, 150_000_000) select Money.FromMinorUnits(cents, Currency.EUR),
        from edge in Gen.Elements(150, 267, 500, 2_500, 5_000, 10_000, 39_200, 200_000, 1_000_000) from cents in Gen.Choose(-3, 3) select Money.FromMinorUnits((edge * 100) + cents, Currency.EUR));

    // The slow twin: each band's percentage of what lies within the band, as the regulation words it (Besluit BIK art. 2).
    private static decimal DutchCosts(decimal principal)
    {
        decimal costs = 0m, from = 0m;
        foreach (var (to, percent) in new[] { (2_500m, 15m), (5_000m, 10m), (10_000m, 5m), (200_000m, 1m), (decimal.MaxValue, 0.5m) })
        {
            costs += Math.Max(0m, Math.Min(principal, to) - from) * percent / 100m;
            from = to;
        }

        return decimal.Round(Math.Clamp(costs, 40m, 6_775m), 2, MidpointRounding.AwayFromZero);
    }

    // CEL art. XIX.4, read aloud.
    private static decimal BelgianCosts(decimal principal) => decimal.Round(
        Math.Min(2_000m, principal <= 150m ? 20m : principal <= 500m ? 30m + ((principal - 150m) / 10m) : 65m + ((principal - 500m) / 20m)), 2, MidpointRounding.AwayFromZero);

    [Fact]
    public void The_scales_of_costs_are_what_their_laws_say() => Law.ForAll(Principal, p =>
    {
        Assert.Equal(DutchCosts(p.Amount), StatutoryVectors.Scale("NL").Of(p).Amount);
        Assert.Equal(BelgianCosts(p.Amount), StatutoryVectors.Scale("BE").Of(p).Amount);
        Assert.All(new[] { p - p, -p }, none => Assert.True(StatutoryVectors.Scale("NL").Of(none).IsZero));
    }, cases: 2000);

    [Fact]
    public void The_Dutch_scale_rises_without_a_step_within_its_bounds_and_is_sub_additive() => Law.ForAll(from a in Principal from b in Principal select (a, b), x =>
    {
        var (scale, caps) = (StatutoryVectors.Scale("NL"), StatutoryVectors.Scale("BE"));
        var (a, b) = x;
        var cent = new Money(0.01m, Currency.EUR);
        Assert.True(scale.Of(a).Amount is >= 40m and <= 6775m);
        Assert.True(scale.Of(a + cent) >= scale.Of(a) && scale.Of(a + cent) - scale.Of(a) <= cent);
        Assert.True(scale.Of(a + b) <= scale.Of(a) + scale.Of(b) + cent);
        Assert.True(caps.Of(a + b) >= caps.Of(a) && caps.Of(a).Amount <= 2000m);
    });

    [Fact]
    public void Costs_of_a_consumer_wait_for_the_term_and_then_count_on_what_is_left() => Law.ForAll(
        from sent in Gen.Choose(0, 700) from after in Gen.Choose(-20, 60) from left in Gen.Choose(1, 1_000_000) select (sent, after, left),
        x =>
        {
            var calculator = new LatePaymentCalculator();
            var claim = StatutoryVectors.Claim("NL", 50_000m, "2023-12-01", PartyKind.Consumer);
            var sent = claim.Due.PlusDays(1 + x.sent);
            var term = calculator.Term(calculator.NoticeFor("NL", PartyKind.Consumer)!, sent, "email").ValueOrDefault!;
            Assert.Equal(term.Arrival.PlusDays(15), term.ChargeableFrom);
            var day = LocalDate.Max(claim.Due.PlusDays(1), sent.PlusDays(15 + x.after));
            var costs = calculator.Costs(claim with { Notice = term }, Money.FromMinorUnits(x.left, Currency.EUR), day);
            Assert.Equal(day >= term.ChargeableFrom, costs is LawAnswer<Money>.Granted);
            Assert.True(costs is not LawAnswer<Money>.Granted granted || granted.Value == StatutoryVectors.Scale("NL").Of(Money.FromMinorUnits(x.left, Currency.EUR)));
        });
}
