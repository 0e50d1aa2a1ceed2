using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Calendars;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Calendars;
using Xunit;

namespace Receivables.Sdk.Tests.Calendars;

public class CalendarLawTests
{
    private static readonly Gen<(IBusinessCalendar Calendar, LocalDate Date)> Days =
        from calendar in CalendarGen.Calendars from date in CalendarGen.Dates select (calendar, date);

    // G15.
    [Fact]
    public void A_rolled_date_is_a_business_day_where_its_convention_wants_it() => Law.ForAll(Days, x =>
    {
        foreach (var convention in Enum.GetValues<RollConvention>().Except([RollConvention.None]))
        {
            var rolled = x.Calendar.Adjust(x.Date, convention);
            Assert.True(x.Calendar.IsBusinessDay(rolled));
            Assert.Equal(rolled, x.Calendar.Adjust(rolled, convention));
            Assert.True(!x.Calendar.IsBusinessDay(x.Date) || rolled == x.Date);
            Assert.True(!convention.ToString().StartsWith("Modified") || rolled.Month == x.Date.Month);
        }

        Assert.Equal(x.Date, x.Calendar.Adjust(x.Date, RollConvention.None));
        Assert.True(x.Calendar.Adjust(x.Date, RollConvention.Following) >= x.Date);
        Assert.True(x.Calendar.Adjust(x.Date, RollConvention.Preceding) <= x.Date);
    }, cases: 300);

    // G16.
    [Fact]
    public void Steps_and_counts_undo_each_other() => Law.ForAll(
        from day in Days from n in Gen.Choose(-300, 300) select (day.Calendar, Date: day.Calendar.Adjust(day.Date, RollConvention.Following), n),
        x =>
        {
            var there = x.Calendar.AddBusinessDays(x.Date, x.n);
            Assert.Equal(x.Date, x.Calendar.AddBusinessDays(there, -x.n));
            Assert.Equal(x.n, x.Calendar.CountBusinessDays(x.Date, there));
            Assert.Equal(-x.n, x.Calendar.CountBusinessDays(there, x.Date));
        },
        cases: 200);

    [Fact]
    public void The_bits_agree_with_the_list_of_holidays() => Law.ForAll(
        from name in Gen.Elements(BusinessCalendar.Names.ToArray()) from date in CalendarGen.Dates select (calendar: BusinessCalendar.Of(name), date),
        x => x.calendar.IsBusinessDay(x.date)
            == (x.date.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) && x.calendar.HolidaysOf(x.date.Year).All(h => h.Date != x.date)),
        cases: 500);

    [Fact]
    public void A_union_of_holidays_is_open_when_all_are_and_an_intersection_when_any_is() => Law.ForAll(
        from a in Gen.Elements(BusinessCalendar.Names.ToArray())
        from b in Gen.Elements(BusinessCalendar.Names.ToArray())
        from date in CalendarGen.Dates
        select (a: BusinessCalendar.Of(a), b: BusinessCalendar.Of(b), date),
        x => CombinedCalendar.OpenInAll(x.a, x.b).IsBusinessDay(x.date) == (x.a.IsBusinessDay(x.date) && x.b.IsBusinessDay(x.date))
            && CombinedCalendar.OpenInAny(x.a, x.b).IsBusinessDay(x.date) == (x.a.IsBusinessDay(x.date) || x.b.IsBusinessDay(x.date)),
        cases: 300);

    // G16.
    [Fact]
    public void Easter_is_a_sunday_after_the_first_full_moon_of_spring()
    {
        for (var year = 1583; year <= 9999; year++)
        {
            var easter = Easter.Sunday(year);
            Assert.Equal(IsoDayOfWeek.Sunday, easter.DayOfWeek);
            Assert.InRange(easter, new LocalDate(year, 3, 22), new LocalDate(year, 4, 25));
            Assert.Equal(ByGoldenNumber(year), easter);
        }
    }

    // The slow twin: the church's tables of golden number, century corrections and epact.
    private static LocalDate ByGoldenNumber(int year)
    {
        var golden = (year % 19) + 1;
        var century = (year / 100) + 1;
        var solar = (3 * century / 4) - 12;
        var lunar = (((8 * century) + 5) / 25) - 5;
        var sunday = (5 * year / 4) - solar - 10;
        var epact = ((((11 * golden) + 20 + lunar - solar) % 30) + 30) % 30;
        if ((epact == 25 && golden > 11) || epact == 24)
        {
            epact++;
        }

        var moon = 44 - epact;
        moon += moon < 21 ? 30 : 0;
        moon += 7 - ((sunday + moon) % 7);
        return new LocalDate(year, 3, 1).PlusDays(moon - 1);
    }

    private sealed class NeverOpen : IBusinessCalendar
    {
        public string Name => "never";

        public bool IsBusinessDay(LocalDate date) => false;
    }

    [Fact]
    public void A_calendar_that_never_opens_ends_in_an_error()
    {
        Assert.Throws<InvalidOperationException>(() => new NeverOpen().NextBusinessDay(new LocalDate(2026, 1, 1)));
        Assert.Equal(0, new NeverOpen().CountBusinessDays(new LocalDate(2026, 1, 1), new LocalDate(2027, 1, 1)));
        Assert.Throws<ArgumentException>(() => CombinedCalendar.OpenInAll());
    }
}
