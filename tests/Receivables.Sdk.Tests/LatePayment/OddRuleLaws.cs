using NodaTime;
using Receivables.Sdk.Calendars;
using Receivables.Sdk.LatePayment;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.LatePayment;
using Xunit;

namespace Receivables.Sdk.Tests.LatePayment;

/// <summary>Interest against a slow twin that looks at each day by itself, under laws that no country has.</summary>
public class OddRuleLaws
{
    // The rate of a day as a clerk finds it: the last that has begun, while its own period lasts and the table reaches.
    private static decimal? Rate(ReferenceRateTable table, LocalDate day)
    {
        if (day > table.CoversUntil || table.Rates.LastOrDefault(r => r.From <= day) is not { } rate)
        {
            return null;
        }

        var isSame = table.Period switch
        {
            RatePeriod.HalfYear => day.Year == rate.From.Year && (day.Month < 7) == (rate.From.Month < 7),
            RatePeriod.Year => day.Year == rate.From.Year,
            RatePeriod.Month => (day.Year, day.Month) == (rate.From.Year, rate.From.Month),
            _ => true,
        };
        return isSame ? rate.Percent : null;
    }

    private static LocalDate FirstDay(OddClaim x)
    {
        var claim = x.Claim;
        var due = claim.Due;
        switch (x.Rule.Interest!.Start)
        {
            case InterestStart.FormalNotice:
                return LocalDate.Max(due, claim.FormalNotice!.Value).PlusDays(1);
            case InterestStart.AfterNotice:
                return LocalDate.Max(due.PlusDays(1), claim.Notice!.ChargeableFrom);
            case InterestStart.ThirdMonthAfterReceipt:
                var month = claim.Received!.Value.PlusMonths(3);
                return LocalDate.Max(due, month.With(DateAdjusters.EndOfMonth)).PlusDays(1);
        }

        while (x.Rule.Interest.DueDateRoll == DueDateRoll.NextBusinessDay && !BusinessCalendar.Of("TARGET").IsBusinessDay(due))
        {
            due = due.PlusDays(1);
        }

        return due.PlusDays(1);
    }

    // Null where a day has no rate.
    private static decimal? DayByDay(OddClaim x)
    {
        var (interest, claim) = (x.Rule.Interest!, x.Claim);
        var first = FirstDay(x);
        var last = claim.CountsPaymentDay ? x.Until : x.Until.PlusDays(-1);
        decimal sum = 0m, year = 0m, capitalised = 0m;
        for (var day = first; day <= last; day = day.PlusDays(1))
        {
            if (interest.Compounding == Compounding.Yearly && day > first && day == first.PlusYears(day.Year - first.Year))
            {
                (capitalised, year) = (capitalised + year, 0m);
            }

            var owed = claim.Principal.Amount - claim.Reductions.Where(r => claim.CountsPaymentDay ? r.On < day : r.On <= day).Sum(r => r.Amount.Amount);
            if (owed <= 0m)
            {
                break;
            }

            decimal percent = interest.Margin;
            if (interest.Table is not null)
            {
                if (Rate(x.Tables.Rate("T")!, interest.Mode == RateMode.Locked ? first : day) is not { } reference)
                {
                    return null;
                }

                percent += reference;
                percent = interest.RoundUpTo is { } step ? Math.Ceiling(percent / step) * step : percent;
            }

            // Nobody owes a creditor less for being late.
            percent = Math.Max(0m, percent);
            var next = day.PlusDays(1);
            var (part, basis) = interest.DayCount switch
            {
                DayCount.ActualActual => (1m, CalendarSystem.Iso.IsLeapYear(day.Year) ? 366m : 365m),
                DayCount.Actual360 => (1m, 360m),
                DayCount.ThirtyE360 => (((next.Year - day.Year) * 360) + ((next.Month - day.Month) * 30) + Math.Min(30, next.Day) - Math.Min(30, day.Day), 360m),
                DayCount.PerDay => (1m, 1m),
                _ => (1m, 365m),
            };
            var one = (owed + capitalised) * percent * part / (100m * basis);
            (sum, year) = (sum + one, year + one);
        }

        return sum;
    }

    [Fact]
    public void Interest_is_the_sum_of_its_days_under_any_law() => Law.ForAll(
        OddRules.Claims,
        x =>
        {
            var answer = new LatePaymentCalculator(x.Tables).Interest(x.Claim, x.Until);
            if (DayByDay(x) is not { } exact)
            {
                Assert.Equal("rateMissing", StatutoryVectors.Reason(answer));
                return;
            }

            var sheet = answer.ValueOrDefault;
            Assert.NotNull(sheet);
            Assert.Equal(FirstDay(x), sheet.FirstDay);
            Assert.True(Math.Abs(exact - sheet.Segments.Sum(s => s.Exact)) <= 0.000001m * Math.Max(1m, exact));
            Assert.False(sheet.Total.IsNegative);
            Assert.Equal(sheet.Total.Amount, sheet.Segments.Sum(s => s.Interest.Amount));
            Assert.Equal(sheet.Segments.Sum(s => Period.DaysBetween(s.From, s.Until) + 1), sheet.Segments.Sum(s => s.Days));
            Assert.Equal(sheet.IsProvisional, sheet.Segments.Any(s => s.Certainty == Certainty.Provisional));
        },
        cases: 1500);
}
