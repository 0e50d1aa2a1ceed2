using System.Collections.Immutable;
using System.Globalization;
using NodaTime;

namespace Receivables.Sdk.Aging;

/// <summary>How ages are cut into columns: without a gap, without an overlap, so that every date falls into exactly one.</summary>
/// <remarks>
/// Ages are days past a date (the due date, or the date of issue: <see cref="AgingOptions.Basis"/>). Day 0 is not overdue, day 1 is the first
/// day overdue. Due today is therefore never overdue, whatever the scheme. Immutable and safe to share between threads.
/// </remarks>
public sealed class AgingScheme
{
    private readonly ImmutableArray<Bound> _bounds;

    private AgingScheme(string name, ImmutableArray<Bound> bounds, ImmutableArray<AgingColumn> columns) => (Name, _bounds, Columns) = (name, bounds, columns);

    /// <summary>Not due, 1–30, 31–60, 61–90 and 91 or more days past due: the default.</summary>
    public static AgingScheme Days306090 => FromDays([30, 60, 90]);

    /// <summary>Not due, 1–30, 31–60, 61–90, 91–120 and 121 or more days past due.</summary>
    public static AgingScheme Days306090120 => FromDays([30, 60, 90, 120]);

    /// <summary>Calendar months of the date: this month, each of the two before, and older.</summary>
    public static AgingScheme Monthly => ByCalendarMonth(3);

    /// <summary>The steps in which French companies publish late payments: 1–30, 31–60, 61–90, 91 or more days (Code de commerce, art. D. 441-6; in force since 2016).</summary>
    public static AgingScheme StatutoryFrance => new("FR D. 441-6", Days306090._bounds, Days306090.Columns);

    /// <summary>
    /// The steps in which large UK businesses publish payment times: within 30, 31–60, 61 or more days (Reporting on Payment Practices and
    /// Performance Regulations 2017, SI 2017/395, schedule). The law counts from the invoice: use it with <see cref="AgingBasis.Issued"/>.
    /// </summary>
    public static AgingScheme StatutoryUnitedKingdom => FromDays("UK SI 2017/395", [30, 60]);

    /// <summary>The name, for titles.</summary>
    public string Name { get; }

    /// <summary>The columns, from the youngest to the oldest; the columns that are not due come first.</summary>
    public ImmutableArray<AgingColumn> Columns { get; }

    /// <summary>Everything not due in one column, then buckets that end after the given numbers of days, then all that is older.</summary>
    /// <param name="lastDays">The last day of each bucket, positive and rising: 30, 60, 90. Empty for one bucket of all that is overdue.</param>
    /// <exception cref="ArgumentException">A number is below 1, above 2,147,483,646, or not above the one before.</exception>
    public static AgingScheme FromDays(params ReadOnlySpan<int> lastDays) =>
        FromDays(lastDays.Length == 0 ? "overdue" : string.Join('/', lastDays.ToArray().Select(d => d.ToString(CultureInfo.InvariantCulture))), lastDays);

    /// <summary>Columns given as half-open runs of days past due, in any order.</summary>
    /// <param name="name">The name, for titles.</param>
    /// <param name="intervals">The columns. Runs below day 1 are columns of what is not due: due in 1–7 days is <c>[-7, 0)</c>.</param>
    /// <exception cref="ArgumentException">
    /// A column is empty, two overlap, a day between or beyond them lies in none, or one holds both day 0 and day 1: due today is not overdue.
    /// </exception>
    public static AgingScheme FromIntervals(string name, IReadOnlyList<AgingInterval> intervals)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(intervals);
        var sorted = intervals.OrderBy(i => i.From ?? int.MinValue).ToImmutableArray();
        if (sorted.Length == 0 || sorted[0].From is not null || sorted[^1].To is not null)
        {
            throw new ArgumentException("The first column must have no beginning and the last no end, else there are days in no column.", nameof(intervals));
        }

        var bounds = ImmutableArray.CreateBuilder<Bound>(sorted.Length);
        var columns = ImmutableArray.CreateBuilder<AgingColumn>(sorted.Length);
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].IsEmpty || sorted[i].Contains(0) && sorted[i].Contains(1))
            {
                throw new ArgumentException($"The column {sorted[i]} is empty or holds both day 0, which is not overdue, and day 1, which is.", nameof(intervals));
            }

            if (i > 0 && sorted[i - 1].To != sorted[i].From)
            {
                throw new ArgumentException($"Between {sorted[i - 1]} and {sorted[i]} there is a gap or an overlap.", nameof(intervals));
            }

            bounds.Add(new Bound(BoundUnit.Days, sorted[i].From ?? int.MinValue));
            columns.Add(OfDays(i, sorted[i]));
        }

        return new AgingScheme(name, bounds.ToImmutable(), columns.ToImmutable());
    }

    /// <summary>Everything not due in one column, then one for each calendar month of the date, then all that is older.</summary>
    /// <param name="months">How many months have a column of their own, the month of the report counted: 1 to 1200.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="months"/> is not in that range.</exception>
    /// <remarks>On the first of a month nothing of that month can be overdue, so the column of the month is empty that day.</remarks>
    public static AgingScheme ByCalendarMonth(int months)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(months, 1200);
        var bounds = ImmutableArray.Create(new Bound(BoundUnit.Days, int.MinValue), new Bound(BoundUnit.Days, 1));
        var columns = ImmutableArray.Create(OfDays(0, new AgingInterval(null, 1)), new AgingColumn(1, AgingColumnKind.Bucket, "this month", null, null));
        for (var month = 1; month <= months; month++)
        {
            var label = month == months ? "older" : string.Create(CultureInfo.InvariantCulture, $"month -{month}");
            bounds = bounds.Add(new Bound(BoundUnit.CalendarMonths, month));
            columns = columns.Add(new AgingColumn(month + 1, AgingColumnKind.Bucket, label, null, null));
        }

        return new AgingScheme(string.Create(CultureInfo.InvariantCulture, $"{months} calendar months"), bounds, columns);
    }

    /// <summary>The column that a date falls into.</summary>
    /// <param name="date">The due date, or the date of issue.</param>
    /// <param name="asOf">The date of the report.</param>
    public AgingColumn ColumnOf(LocalDate date, LocalDate asOf) => Columns[IndexOf(LatestDates(asOf), date)];

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>For each column the latest date in it, never rising. One comparison of dates then stands for a count of days.</summary>
    internal LocalDate[] LatestDates(LocalDate asOf)
    {
        var latest = new LocalDate[_bounds.Length];
        for (var i = 0; i < latest.Length; i++)
        {
            var date = _bounds[i].LatestDate(asOf);
            latest[i] = i > 0 && latest[i - 1] < date ? latest[i - 1] : date;
        }

        return latest;
    }

    internal static int IndexOf(ReadOnlySpan<LocalDate> latest, LocalDate date)
    {
        var index = 0;
        while (index + 1 < latest.Length && date <= latest[index + 1])
        {
            index++;
        }

        return index;
    }

    private static AgingScheme FromDays(string name, ReadOnlySpan<int> lastDays)
    {
        var intervals = new AgingInterval[lastDays.Length + 2];
        intervals[0] = new AgingInterval(null, 1);
        var from = 1;
        for (var i = 0; i < lastDays.Length; i++)
        {
            if (lastDays[i] < from || lastDays[i] == int.MaxValue)
            {
                throw new ArgumentException("The last days of buckets are positive, rising numbers.", nameof(lastDays));
            }

            intervals[i + 1] = new AgingInterval(from, lastDays[i] + 1);
            from = lastDays[i] + 1;
        }

        intervals[^1] = new AgingInterval(from, null);
        return FromIntervals(name, intervals);
    }

    private static AgingColumn OfDays(int index, AgingInterval days)
    {
        var notDue = days.Contains(0) || days.To is <= 0;
        int? last = days.To - 1;
        var label = (days.From, last) switch
        {
            (null, 0) => "not due",
            (null, null) => "all",
            (null, { } to) => string.Create(CultureInfo.InvariantCulture, $"due in {-(long)to} or more"),
            ({ } from, null) => string.Create(CultureInfo.InvariantCulture, $"{from}+"),
            ({ } from, { } to) when notDue => string.Create(CultureInfo.InvariantCulture, $"due in {-(long)to}-{-(long)from}"),
            ({ } from, { } to) => string.Create(CultureInfo.InvariantCulture, $"{from}-{to}"),
        };
        return new AgingColumn(index, notDue ? AgingColumnKind.NotDue : AgingColumnKind.Bucket, label, days.From, last);
    }

    private enum BoundUnit
    {
        Days,
        CalendarMonths,
    }

    /// <summary>Where a column begins, seen from the date of the report.</summary>
    private readonly record struct Bound(BoundUnit Unit, int Count)
    {
        internal LocalDate LatestDate(LocalDate asOf)
        {
            if (Unit == BoundUnit.CalendarMonths)
            {
                // At most 1200 months back: a century from the beginning of the calendar there is nothing older to tell apart.
                return asOf.Year - 101 < LocalDate.MinIsoValue.Year
                    ? LocalDate.MinIsoValue
                    : asOf.With(DateAdjusters.StartOfMonth).PlusMonths(1 - Count).PlusDays(-1);
            }

            // A bound beyond the calendar (years -9998 to 9999) is the calendar's own.
            var days = Count == int.MinValue ? long.MinValue / 2 : Count;
            if (days > Period.DaysBetween(LocalDate.MinIsoValue, asOf))
            {
                return LocalDate.MinIsoValue;
            }

            return -days > Period.DaysBetween(asOf, LocalDate.MaxIsoValue) ? LocalDate.MaxIsoValue : asOf.PlusDays((int)-days);
        }
    }
}
