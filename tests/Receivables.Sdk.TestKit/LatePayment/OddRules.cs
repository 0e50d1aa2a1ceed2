using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.LatePayment;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.TestKit.LatePayment;

/// <summary>A claim under a law that somebody made up: a table with gaps and an end, any day count, any start.</summary>
/// <param name="Tables">Tables that know the country <c>XX</c> only.</param>
/// <param name="Rule">Its only rule.</param>
/// <param name="Claim">The claim.</param>
/// <param name="Until">The day it is looked at.</param>
public sealed record OddClaim(LatePaymentTables Tables, LatePaymentRule Rule, LatePaymentClaim Claim, LocalDate Until);

/// <summary>Generators of laws and claims that no country has.</summary>
public static class OddRules
{
    private static readonly LocalDate First = new(2019, 1, 1);

    private static Gen<LocalDate> Day { get; } = Gen.OneOf(
        from d in Gen.Choose(0, 2_600) select First.PlusDays(d),
        Gen.Elements(new LocalDate(2020, 2, 28), new LocalDate(2020, 2, 29), new LocalDate(2023, 12, 31), new LocalDate(2024, 1, 1), new LocalDate(2024, 2, 29), new LocalDate(2024, 6, 30), new LocalDate(2024, 7, 1)));

    private static Gen<ReferenceRateTable> Table { get; } =
        from period in Gen.Elements(RatePeriod.UntilNext, RatePeriod.HalfYear, RatePeriod.Year, RatePeriod.Month)
        from starts in (from months in Gen.Choose(0, 84) from isMiddle in Gen.Choose(0, 4) select First.PlusMonths(months).PlusDays(isMiddle == 0 ? 14 : 0)).ArrayOf(12)
        from percents in Gen.Elements(-0.88m, -0.5m, 0m, 0.05m, 2.15m, 4.5m, 12.25m).ArrayOf(12)
        from covers in Gen.Choose(0, 2_600)
        select new ReferenceRateTable
        {
            Id = "T",
            Name = "T",
            Source = "made up",
            DataAsOf = First,
            CoversUntil = First.PlusDays(covers),
            Period = period,
            Rates = [.. starts.Prepend(First).Distinct().Order().Select((start, i) => new ReferenceRate(start, percents[i % percents.Length], i % 5 == 0 ? Certainty.Provisional : Certainty.Confirmed))],
        };

    private static Gen<InterestRule> Interest { get; } =
        from floats in Gen.Elements(true, true, false)
        from margin in Gen.Elements(0m, 0.5m, 8m, 9.2m)
        from step in Gen.Elements(new decimal?[] { null, 0.5m, 1m })
        from mode in Gen.Elements(RateMode.Floating, RateMode.Locked)
        from count in Gen.Elements(DayCount.Actual365, DayCount.ActualActual, DayCount.Actual360, DayCount.ThirtyE360, DayCount.PerDay)
        from compounding in Gen.Elements(Compounding.None, Compounding.Yearly)
        from start in Gen.Elements(InterestStart.DayAfterDue, InterestStart.FormalNotice, InterestStart.AfterNotice, InterestStart.ThirdMonthAfterReceipt)
        from roll in Gen.Elements(DueDateRoll.None, DueDateRoll.NextBusinessDay)
        select new InterestRule { Table = floats ? "T" : null, Margin = margin, RoundUpTo = step, Mode = mode, DayCount = count, Compounding = compounding, Start = start, DueDateRoll = roll, Calendar = "TARGET" };

    /// <summary>Claims under made-up laws: due on leap days and around the turns of years, paid in part before, on and after the due date, looked at up to seven years.</summary>
    public static Gen<OddClaim> Claims { get; } =
        from table in Table
        from interest in Interest
        from due in Day
        from until in Day
        from cents in Gen.OneOf(Gen.Choose(1, 200), Gen.Choose(1, 100_000_000))
        from paid in (from day in Day from share in Gen.Choose(1, 70) select (day, share)).ArrayOf(3)
        from parts in Gen.Choose(0, 3)
        from countsDay in Gen.Elements(false, true)
        from noticed in Day
        let principal = Money.FromMinorUnits(cents, Currency.EUR)
        let rule = new LatePaymentRule { Id = "XX", Party = PartyKind.Business, Source = "made up", Certainty = Certainty.Confirmed, Interest = interest }
        select new OddClaim(
            LatePaymentTables.Empty.With(table).With(new CountryRules("XX", First, [rule])),
            rule,
            new LatePaymentClaim
            {
                Country = "XX",
                Party = PartyKind.Business,
                Principal = principal,
                Due = due,
                CountsPaymentDay = countsDay,
                FormalNotice = noticed,
                Received = noticed,
                Notice = new NoticeTerm("n", noticed, noticed, noticed.PlusDays(13)),
                Reductions = [.. paid.Take(parts).Select(p => new PrincipalReduction(p.day, new Percentage(p.share).Of(principal)))],
            },
            until);
}
