using NodaTime;
using Receivables.Sdk.Calendars;
using Xunit;

namespace Receivables.Sdk.Tests.Calendars;

/// <summary>What docs/calendars.md says its snippets give.</summary>
public class CalendarPageTests
{
    [Fact]
    public void Snippets_give_what_the_page_says()
    {
        var target = BusinessCalendar.Of("TARGET");
        Assert.False(target.IsBusinessDay(new LocalDate(2026, 4, 3)));
        Assert.Equal(new LocalDate(2026, 6, 1), target.Adjust(new LocalDate(2026, 5, 31), RollConvention.Following));
        Assert.Equal(new LocalDate(2026, 5, 29), target.Adjust(new LocalDate(2026, 5, 31), RollConvention.ModifiedFollowing));
        Assert.Equal(new LocalDate(2026, 12, 28), target.AddBusinessDays(new LocalDate(2026, 12, 24), 1));
        Assert.Equal(4, target.CountBusinessDays(new LocalDate(2026, 12, 24), new LocalDate(2026, 12, 31)));
        Assert.False(CombinedCalendar.OpenInAll(target, BusinessCalendar.Of("GB-ENG")).IsBusinessDay(new LocalDate(2026, 8, 31)));
    }
}
