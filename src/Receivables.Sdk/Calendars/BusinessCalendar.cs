using System.Collections.Frozen;
using System.Text.Json;
using NodaTime;

namespace Receivables.Sdk.Calendars;

/// <summary>A calendar of business days made from a dated table: weekends, holidays by rule, and single days that are off or worked.</summary>
/// <remarks>
/// <para>The calendars that come with the package know the years from 2000 (a few later, see <see cref="FirstYear"/>) to 2050 by the law known in November
/// 2026; their sources stand in the table. A host that knows better, or needs another country, reads its own table with <see cref="ReadTable"/>.</para>
/// <para>A year outside <see cref="FirstYear"/> to <see cref="LastYear"/> is an error, never a year without holidays. Immutable and safe to share between threads.</para>
/// </remarks>
public sealed class BusinessCalendar : IBusinessCalendar
{
    private static readonly Lazy<FrozenDictionary<string, Lazy<BusinessCalendar>>> BuiltIn = new(ReadBuiltIn);

    // One bit a day from 1 January of the first year: set on a business day.
    private readonly ulong[] _open;
    private readonly int _firstDay;
    private readonly Holiday[] _holidays;

    private BusinessCalendar(CalendarData data, IReadOnlyList<HolidayRule> rules)
    {
        (Name, Title, Source, FirstYear, LastYear) = (data.Name, data.Title ?? data.Name, data.Source, data.From, data.To);
        if (FirstYear is < 1583 or > 9998 || LastYear < FirstYear || LastYear > 9998 || LastYear - FirstYear > 1000)
        {
            throw new FormatException($"The calendar {Name} has no sensible range of years.");
        }

        var weekend = data.Weekend.Select(HolidayRules.Day).ToHashSet();
        if (weekend.Count > 6)
        {
            throw new FormatException($"The calendar {Name} never works.");
        }

        foreach (var rule in rules)
        {
            HolidayRules.Check(rule);
        }

        var first = new LocalDate(FirstYear, 1, 1);
        var end = new LocalDate(LastYear + 1, 1, 1);
        _firstDay = DayNumber(first);
        _open = new ulong[((DayNumber(end) - _firstDay) / 64) + 1];
        for (var date = first; date < end; date = date.PlusDays(1))
        {
            Set(date, !weekend.Contains(date.DayOfWeek));
        }

        // A substitute may fall into the next or the last year.
        _holidays = [.. Enumerable.Range(FirstYear - 1, LastYear - FirstYear + 3)
            .SelectMany(year => HolidayRules.Of(rules, weekend, year))
            .Where(h => h.Date >= first && h.Date < end)
            .OrderBy(h => h.Date).ThenBy(h => h.Name, StringComparer.Ordinal)];
        foreach (var holiday in _holidays)
        {
            Set(holiday.Date, false);
        }

        foreach (var date in data.WorkingDays.Select(HolidayRules.Date))
        {
            if (date < first || date >= end)
            {
                throw new FormatException($"The calendar {Name} has a working day outside its years.");
            }

            Set(date, true);
        }
    }

    /// <summary>The name, such as <c>TARGET</c>, <c>NL</c>, <c>DE-BY</c>, <c>GB-SCT</c>.</summary>
    public string Name { get; }

    /// <summary>What it is the calendar of, in words.</summary>
    public string Title { get; }

    /// <summary>The law or list that the table follows.</summary>
    public string Source { get; }

    /// <summary>The first year it knows.</summary>
    public int FirstYear { get; }

    /// <summary>The last year it knows.</summary>
    public int LastYear { get; }

    /// <summary>The names of the calendars in the package, ordinal.</summary>
    public static IReadOnlyList<string> Names => [.. BuiltIn.Value.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A calendar of the package by its name, exactly as in <see cref="Names"/>.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static BusinessCalendar Of(string name) => Find(name) ?? throw new ArgumentException($"There is no calendar named '{name}'.", nameof(name));

    /// <summary>A calendar of the package by its name, or null when there is none.</summary>
    /// <param name="name">The name.</param>
    public static BusinessCalendar? Find(string? name) => name is not null && BuiltIn.Value.TryGetValue(name, out var calendar) ? calendar.Value : null;

    /// <summary>Reads a table of calendars: JSON of the form that the page about calendars describes.</summary>
    /// <param name="utf8Json">The table.</param>
    /// <returns>The calendars in the order of the table.</returns>
    /// <exception cref="FormatException">The text is not such a table; the message says where.</exception>
    public static IReadOnlyList<BusinessCalendar> ReadTable(ReadOnlySpan<byte> utf8Json)
    {
        var table = Parse(utf8Json);
        return [.. table.Calendars.Select(c => Build(table, c))];
    }

    /// <inheritdoc/>
    public bool IsBusinessDay(LocalDate date)
    {
        var day = DayIn(date);
        return (_open[day >> 6] & (1UL << (day & 63))) != 0;
    }

    /// <summary>The holidays of a year in order of date, those on weekends too; a holiday with a substitute stands on the substitute's date.</summary>
    /// <param name="year">The year.</param>
    /// <exception cref="CalendarRangeException">A year that the calendar does not know.</exception>
    public IReadOnlyList<Holiday> HolidaysOf(int year)
    {
        if (year < FirstYear || year > LastYear)
        {
            throw new CalendarRangeException(Name, new LocalDate(Math.Clamp(year, 1, 9999), 1, 1));
        }

        return [.. _holidays.Where(h => h.Date.Year == year)];
    }

    /// <summary>The name of the calendar.</summary>
    public override string ToString() => Name;

    private static int DayNumber(LocalDate date) => Period.DaysBetween(new LocalDate(1970, 1, 1), date);

    private int DayIn(LocalDate date)
    {
        var iso = date.Calendar == CalendarSystem.Iso ? date : date.WithCalendar(CalendarSystem.Iso);
        return iso.Year >= FirstYear && iso.Year <= LastYear ? DayNumber(iso) - _firstDay : throw new CalendarRangeException(Name, iso);
    }

    private void Set(LocalDate date, bool isOpen)
    {
        var day = DayIn(date);
        _open[day >> 6] = isOpen ? _open[day >> 6] | (1UL << (day & 63)) : _open[day >> 6] & ~(1UL << (day & 63));
    }

    private static CalendarTable Parse(ReadOnlySpan<byte> utf8Json)
    {
        CalendarTable? table;
        try
        {
            table = JsonSerializer.Deserialize(utf8Json, CalendarJson.Default.CalendarTable);
        }
        catch (JsonException e)
        {
            throw new FormatException($"Not a table of calendars, at {e.Path ?? "$"}, line {(e.LineNumber ?? 0) + 1}.", e);
        }

        return table is { Version: 1 } && !table.Calendars.Contains(null!) ? table : throw new FormatException("Not a table of calendars of version 1.");
    }

    private static BusinessCalendar Build(CalendarTable table, CalendarData data)
    {
        var rules = new List<HolidayRule>();
        foreach (var name in data.Include)
        {
            // Only earlier calendars may be included, so there is no circle.
            var included = table.Calendars.TakeWhile(c => c != data).FirstOrDefault(c => c.Name == name)
                ?? throw new FormatException($"The calendar {data.Name} includes {name}, which is not before it in the table.");
            if (included.Include.Count > 0)
            {
                throw new FormatException($"The calendar {data.Name} includes {name}, which includes others itself.");
            }

            rules.AddRange(included.Holidays);
        }

        rules.AddRange(data.Holidays);
        return new BusinessCalendar(data, rules);
    }

    private static FrozenDictionary<string, Lazy<BusinessCalendar>> ReadBuiltIn()
    {
        using var stream = typeof(BusinessCalendar).Assembly.GetManifestResourceStream("Receivables.Sdk.Calendars.Data.calendars.json")
            ?? throw new InvalidOperationException("The table of calendars is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var table = Parse(bytes);
        return table.Calendars.ToFrozenDictionary(c => c.Name, c => new Lazy<BusinessCalendar>(() => Build(table, c)), StringComparer.Ordinal);
    }
}
