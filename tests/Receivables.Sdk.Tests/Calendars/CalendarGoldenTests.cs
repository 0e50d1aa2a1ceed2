using System.Text;
using NodaTime;
using NodaTime.Text;
using Receivables.Sdk.Calendars;
using Xunit;

namespace Receivables.Sdk.Tests.Calendars;

/// <summary>Dates as the authorities published them.</summary>
public class CalendarGoldenTests
{
    private static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;

    [Theory]
    [InlineData("2008-03-23")]
    [InlineData("2011-04-24")]
    [InlineData("2019-04-21")]
    [InlineData("2024-03-31")]
    [InlineData("2025-04-20")]
    [InlineData("2026-04-05")]
    [InlineData("2027-03-28")]
    [InlineData("2038-04-25")]
    [InlineData("2285-03-22")]
    public void Easter_is_on(string date) => Assert.Equal(Date(date), Easter.Sunday(Date(date).Year));

    [Theory]
    [InlineData("TARGET", 2026, "01-01 04-03 04-06 05-01 12-25 12-26")]
    [InlineData("NL", 2026, "01-01 04-06 04-27 05-14 05-25 12-25 12-26")]
    [InlineData("NL", 2025, "01-01 04-21 04-26 05-05 05-29 06-09 12-25 12-26")]
    [InlineData("NL-ATW", 2026, "01-01 04-03 04-06 04-27 05-05 05-14 05-25 12-25 12-26")]
    [InlineData("BE", 2026, "01-01 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-11 12-25")]
    [InlineData("DE", 2017, "01-01 04-14 04-17 05-01 05-25 06-05 10-03 10-31 12-25 12-26")]
    [InlineData("DE-BY", 2026, "01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26")]
    [InlineData("DE-SN", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 10-31 11-18 12-25 12-26")]
    [InlineData("DE-BE", 2025, "01-01 03-08 04-18 04-21 05-01 05-08 05-29 06-09 10-03 12-25 12-26")]
    [InlineData("FR", 2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25")]
    [InlineData("FR-ALSACE-MOSELLE", 2026, "01-01 04-03 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25 12-26")]
    [InlineData("LU", 2026, "01-01 04-06 05-01 05-09 05-14 05-25 06-23 08-15 11-01 12-25 12-26")]
    [InlineData("GB-ENG", 2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28")]
    [InlineData("GB-ENG", 2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28")]
    [InlineData("GB-ENG", 2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27")]
    [InlineData("GB-ENG", 2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26")]
    [InlineData("GB-ENG", 2012, "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26")]
    [InlineData("GB-SCT", 2022, "01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27")]
    [InlineData("GB-SCT", 2023, "01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26")]
    [InlineData("GB-SCT", 2026, "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28")]
    [InlineData("GB-NIR", 2024, "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26")]
    [InlineData("CA", 2026, "01-01 04-03 05-18 07-01 09-07 09-30 10-12 11-11 12-25 12-28")]
    [InlineData("CA-QC", 2026, "01-01 04-03 05-18 06-24 07-01 09-07 10-12 12-25")]
    [InlineData("AT", 2026, "01-01 01-06 04-06 05-01 05-14 05-25 06-04 08-15 10-26 11-01 12-08 12-25 12-26")]
    [InlineData("IE", 2026, "01-01 02-02 03-17 04-06 05-04 06-01 08-03 10-26 12-25 12-28")]
    [InlineData("IE", 2022, "01-03 03-17 03-18 04-18 05-02 06-06 08-01 10-31 12-26 12-27")]
    [InlineData("ES", 2026, "01-01 01-06 04-03 05-01 08-15 10-12 11-01 12-06 12-08 12-25")]
    [InlineData("IT", 2026, "01-01 01-06 04-06 04-25 05-01 06-02 08-15 10-04 11-01 12-08 12-25 12-26")]
    [InlineData("PT", 2014, "01-01 04-18 04-25 05-01 06-10 08-15 12-08 12-25")]
    [InlineData("PT", 2026, "01-01 04-03 04-25 05-01 06-04 06-10 08-15 10-05 11-01 12-01 12-08 12-25")]
    [InlineData("PL", 2025, "01-01 01-06 04-21 05-01 05-03 06-19 08-15 11-01 11-11 12-24 12-25 12-26")]
    [InlineData("DK", 2023, "01-01 04-06 04-07 04-10 05-05 05-18 05-29 12-25 12-26")]
    [InlineData("DK", 2024, "01-01 03-28 03-29 04-01 05-09 05-20 12-25 12-26")]
    [InlineData("SE", 2026, "01-01 01-06 04-03 04-06 05-01 05-14 06-06 06-19 06-20 10-31 12-24 12-25 12-26 12-31")]
    [InlineData("NO", 2026, "01-01 04-02 04-03 04-06 05-01 05-14 05-17 05-25 12-25 12-26")]
    [InlineData("FI", 2025, "01-01 01-06 04-18 04-21 05-01 05-29 06-20 06-21 11-01 12-06 12-24 12-25 12-26")]
    [InlineData("US", 2021, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31")]
    [InlineData("US", 2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25")]
    public void The_holidays_of_a_year_are(string name, int year, string dates)
    {
        var calendar = BusinessCalendar.Of(name);
        Assert.Equal(dates, string.Join(' ', calendar.HolidaysOf(year).Select(h => LocalDatePattern.CreateWithInvariantCulture("MM-dd").Format(h.Date))));
        Assert.All(calendar.HolidaysOf(year), h => Assert.False(calendar.IsBusinessDay(h.Date)));
    }

    [Fact]
    public void Every_land_nation_and_country_of_the_list_is_there() => Assert.Equal(
        "AT BE CA CA-QC CH DE DE-BB DE-BE DE-BW DE-BY DE-BY-AUGSBURG DE-BY-CATHOLIC DE-HB DE-HE DE-HH DE-MV DE-NI DE-NW DE-RP DE-SH DE-SL DE-SN DE-ST DE-TH DK ES FI FR FR-ALSACE-MOSELLE GB-ENG GB-NIR GB-SCT GB-WLS IE IT LU NL NL-ATW NO PL PT SE TARGET US",
        string.Join(' ', BusinessCalendar.Names));

    [Fact]
    public void Every_calendar_can_be_built_and_names_its_source() => Assert.All(BusinessCalendar.Names, name =>
    {
        var calendar = BusinessCalendar.Of(name);
        Assert.Equal(name, calendar.Name);
        Assert.NotEqual("", calendar.Source);
        for (var year = calendar.FirstYear; year <= calendar.LastYear; year++)
        {
            Assert.InRange(calendar.HolidaysOf(year).Count, 3, 20);
            Assert.False(calendar.IsBusinessDay(new LocalDate(year, 12, 25)));
        }
    });

    [Fact]
    public void An_unknown_year_is_an_error()
    {
        var calendar = BusinessCalendar.Of("TARGET");
        Assert.True(calendar.IsBusinessDay(new LocalDate(2002, 1, 2)));
        Assert.Equal("TARGET", Assert.Throws<CalendarRangeException>(() => calendar.IsBusinessDay(new LocalDate(2001, 12, 31))).Calendar);
        Assert.Throws<CalendarRangeException>(() => calendar.IsBusinessDay(new LocalDate(2051, 1, 1)));
        Assert.Throws<CalendarRangeException>(() => calendar.HolidaysOf(1999));
        Assert.Throws<CalendarRangeException>(() => calendar.NextBusinessDay(new LocalDate(2050, 12, 30)));
        Assert.Throws<CalendarRangeException>(() => CombinedCalendar.OpenInAny(BusinessCalendar.Of("NL"), calendar).IsBusinessDay(new LocalDate(2001, 5, 2)));
        Assert.Null(BusinessCalendar.Find("target"));
        Assert.Throws<ArgumentException>(() => BusinessCalendar.Of("XX"));
    }

    // General Office of the State Council, notice of 4 November 2025, first part of the year.
    private const string China = """
        {"version":1,"asOf":"2025-11-04","calendars":[{"name":"CN","source":"国务院办公厅","from":2026,"to":2026,
          "holidays":[
            {"name":"New Year","dates":["2026-01-01","2026-01-02","2026-01-03"]},
            {"name":"Spring Festival","dates":["2026-02-15","2026-02-16","2026-02-17","2026-02-18","2026-02-19","2026-02-20","2026-02-21","2026-02-22","2026-02-23"]}],
          "workingDays":["2026-01-04","2026-02-14","2026-02-28"]}]}
        """;

    [Fact]
    public void A_table_of_the_host_moves_working_days_to_weekends()
    {
        var china = Assert.Single(BusinessCalendar.ReadTable(Encoding.UTF8.GetBytes(China)));
        Assert.Equal(("CN", 2026, 2026), (china.Name, china.FirstYear, china.LastYear));
        Assert.True(china.IsBusinessDay(new LocalDate(2026, 1, 4)));
        Assert.False(china.IsBusinessDay(new LocalDate(2026, 1, 2)));
        Assert.Equal(new LocalDate(2026, 2, 14), china.Adjust(new LocalDate(2026, 2, 18), RollConvention.Preceding));
        Assert.Equal(new LocalDate(2026, 2, 24), china.Adjust(new LocalDate(2026, 2, 18), RollConvention.Following));
        Assert.Throws<CalendarRangeException>(() => china.IsBusinessDay(new LocalDate(2027, 1, 4)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"version":2,"asOf":"","calendars":[]}""")]
    [InlineData("""{"version":1,"asOf":"","calendars":[{"name":"X","source":"","from":2020,"to":2019}]}""")]
    [InlineData("""{"version":1,"asOf":"","calendars":[{"name":"X","source":"","from":1,"to":9999}]}""")]
    [InlineData("""{"version":1,"asOf":"","calendars":[{"name":"X","source":"","from":2020,"to":2020,"unknown":1}]}""")]
    [InlineData("""{"version":1,"asOf":"","calendars":[{"name":"X","source":"","from":2020,"to":2020,"weekend":["Sunday"]}]}""")]
    [InlineData("""{"version":1,"asOf":"","calendars":[{"name":"X","source":"","from":2020,"to":2020,"include":["Y"]}]}""")]
    [InlineData("""{"version":1,"asOf":"","calendars":[{"name":"X","source":"","from":2020,"to":2020,"holidays":[{"name":"H"}]}]}""")]
    [InlineData("""{"version":1,"asOf":"","calendars":[{"name":"X","source":"","from":2020,"to":2020,"holidays":[{"name":"H","on":"02-30"}]}]}""")]
    [InlineData("""{"version":1,"asOf":"","calendars":[{"name":"X","source":"","from":2020,"to":2020,"holidays":[{"name":"H","on":"02-01","observed":"never"}]}]}""")]
    [InlineData("""{"version":1,"asOf":"","calendars":[{"name":"X","source":"","from":2020,"to":2020,"workingDays":["2021-01-01"]}]}""")]
    [InlineData("""{"version":1,"asOf":"","calendars":[{"name":"X","source":"","from":2020,"to":2020,"holidays":[{"name":"H","month":13,"nth":1,"weekday":"monday"}]}]}""")]
    [InlineData("""{"version":1,"asOf":"","calendars":[{"name":"X","source":"","from":2020,"to":2020,"holidays":[{"name":"H","easter":99999999}]}]}""")]
    [InlineData("""{"version":1,"asOf":"","calendars":[{"name":"X","source":"","from":2020,"to":2020,"holidays":[{"name":"H","on":"01-01","every":0}]}]}""")]
    [InlineData("""{"version":1,"asOf":"","calendars":[null]}""")]
    [InlineData("""{"version":1,"asOf":"","calendars":[{"name":"X","source":"","from":2020,"to":2020,"weekend":["monday","tuesday","wednesday","thursday","friday","saturday","sunday"],"holidays":[{"name":"H","on":"01-01","observed":"nextWeekday"}]}]}""")]
    public void A_broken_table_is_told(string json) => Assert.Throws<FormatException>(() => BusinessCalendar.ReadTable(Encoding.UTF8.GetBytes(json)));
}
