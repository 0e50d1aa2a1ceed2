using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Aging;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Aging;
using Xunit;

namespace Receivables.Sdk.Tests.Aging;

public class AgingSchemeTests
{
    private static readonly LocalDate AsOf = new(2026, 3, 31);

    [Theory]
    [InlineData(-1, "not due")]
    [InlineData(0, "not due")]
    [InlineData(1, "1-30")]
    [InlineData(30, "1-30")]
    [InlineData(31, "31-60")]
    [InlineData(60, "31-60")]
    [InlineData(61, "61-90")]
    [InlineData(90, "61-90")]
    [InlineData(91, "91+")]
    [InlineData(40000, "91+")]
    public void Due_today_is_not_overdue_and_days_are_half_open(int days, string column) =>
        Assert.Equal(column, AgingScheme.Days306090.ColumnOf(AsOf.PlusDays(-days), AsOf).Label);

    [Theory]
    [InlineData("2026-03-31", "not due")]
    [InlineData("2026-03-30", "this month")]
    [InlineData("2026-03-01", "this month")]
    [InlineData("2026-02-28", "month -1")]
    [InlineData("2026-01-31", "month -2")]
    [InlineData("2025-12-31", "older")]
    public void Calendar_months_are_those_of_the_date(string date, string column) =>
        Assert.Equal(column, AgingScheme.Monthly.ColumnOf(NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value, AsOf).Label);

    [Fact]
    public void On_the_first_of_a_month_the_month_is_empty()
    {
        var first = new LocalDate(2026, 3, 1);
        Assert.Equal("month -1", AgingScheme.Monthly.ColumnOf(first.PlusDays(-1), first).Label);
        Assert.Equal("not due", AgingScheme.Monthly.ColumnOf(first, first).Label);
    }

    [Fact]
    public void What_is_not_due_may_be_cut_forward()
    {
        var scheme = AgingScheme.FromIntervals("forward", [new(1, 31), new(null, -30), new(-30, -7), new(-7, 1), new(31, null)]);
        Assert.Equal(["due in 31 or more", "due in 8-30", "due in 0-7", "1-30", "31+"], scheme.Columns.Select(c => c.Label));
        Assert.Equal("due in 8-30", scheme.ColumnOf(AsOf.PlusDays(8), AsOf).Label);
        Assert.Equal("due in 0-7", scheme.ColumnOf(AsOf, AsOf).Label);
    }

    public static TheoryData<AgingInterval[]> Faulty => new()
    {
        { [] },
        { [new(null, 1)] },
        { [new(1, null)] },
        { [new(null, 1), new(2, null)] },
        { [new(null, 1), new(1, 31), new(30, null)] },
        { [new(null, 1), new(1, 1), new(1, null)] },
        { [new(null, 0), new(0, null)] },
        { [new(null, null)] },
        { [new(null, 1), new(1, null), new(1, null)] },
        { [new(null, 1), new(null, 1), new(1, null)] },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_gap_an_overlap_and_a_column_over_the_due_date_are_refused(AgingInterval[] intervals) =>
        Assert.Throws<ArgumentException>(() => AgingScheme.FromIntervals("faulty", intervals));

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(30, 30)]
    [InlineData(60, 30)]
    [InlineData(int.MaxValue)]
    public void Last_days_must_rise_from_one(params int[] days) => Assert.Throws<ArgumentException>(() => AgingScheme.FromDays(days));

    [Theory]
    [InlineData(2147483646)]
    [InlineData(10000000)]
    public void A_bucket_may_reach_beyond_the_calendar(int days)
    {
        var scheme = AgingScheme.FromDays(30, days);
        Assert.Equal(1, scheme.ColumnOf(new LocalDate(2026, 3, 30), AsOf).Index);
        Assert.Equal(2, scheme.ColumnOf(new LocalDate(1026, 3, 30), AsOf).Index);
        Assert.Equal(0, scheme.ColumnOf(LocalDate.MaxIsoValue, LocalDate.MinIsoValue).Index);
    }

    [Fact]
    public void A_date_falls_into_the_one_column_whose_days_hold_it() => Law.ForAll(
        from cuts in Gen.Choose(1, 200).ArrayOf()
        from age in OpenItemGenerators.Ages
        select (Cuts: cuts.Distinct().Order().ToArray(), age),
        x =>
        {
            var scheme = AgingScheme.FromDays(x.Cuts);
            var holding = scheme.Columns.Where(c => (c.From is not { } from || x.age >= from) && (c.To is not { } to || x.age <= to));
            Assert.Equal(Assert.Single(holding), scheme.ColumnOf(AsOf.PlusDays(-x.age), AsOf));
        });
}
