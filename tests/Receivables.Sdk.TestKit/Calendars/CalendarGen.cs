using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Calendars;

namespace Receivables.Sdk.TestKit.Calendars;

/// <summary>Generators of calendars and dates, with more month ends, year ends and Easters than chance has.</summary>
public static class CalendarGen
{
    /// <summary>The calendars of the package, and unions and intersections of two.</summary>
    public static Gen<IBusinessCalendar> Calendars { get; } =
        from a in Gen.Elements(BusinessCalendar.Names.ToArray())
        from b in Gen.Elements(BusinessCalendar.Names.ToArray())
        from kind in Gen.Choose(0, 3)
        select kind switch
        {
            0 => CombinedCalendar.OpenInAll(BusinessCalendar.Of(a), BusinessCalendar.Of(b)),
            1 => CombinedCalendar.OpenInAny(BusinessCalendar.Of(a), BusinessCalendar.Of(b)),
            _ => (IBusinessCalendar)BusinessCalendar.Of(a),
        };

    /// <summary>Dates from 2003 to 2048.</summary>
    public static Gen<LocalDate> Dates { get; } = Gen.OneOf(
        from days in Gen.Choose(0, 16_800) select new LocalDate(2003, 1, 1).PlusDays(days),
        from year in Gen.Choose(2003, 2048) from days in Gen.Choose(-6, 5) select new LocalDate(year, 1, 1).PlusDays(days),
        from year in Gen.Choose(2003, 2048) from days in Gen.Choose(-4, 60) select Easter.Sunday(year).PlusDays(days),
        from year in Gen.Choose(2003, 2048) from month in Gen.Choose(1, 12) from days in Gen.Choose(-2, 1) select new LocalDate(year, month, 1).PlusDays(days));
}
