using System.Globalization;
using System.Numerics;
using NodaTime;
using Receivables.Sdk.Calendars;

namespace Receivables.Sdk.Ledger;

/// <summary>One step on the way from a base date to a due date.</summary>
/// <remarks>
/// Every step is monotone: a later date never gives an earlier one, whatever the order of the steps. The hierarchy is closed.
/// Immutable and safe to share between threads.
/// </remarks>
public abstract record TermsStep
{
    private TermsStep()
    {
    }

    /// <summary>The step in our own notation, such as <c>30d</c> or <c>eom</c>.</summary>
    public abstract string Notation { get; }

    /// <summary>The notation.</summary>
    public sealed override string ToString() => Notation;

    internal abstract LocalDate Apply(LocalDate date, IBusinessCalendar? calendar);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>So many calendar days on.</summary>
    /// <param name="Count">From -366 to 3660; a negative count serves "so many days before the end of the month".</param>
    public sealed record Days(int Count) : TermsStep
    {
        /// <summary>The number of days.</summary>
        public int Count { get; } = InRange(Count, -366, 3660);

        /// <inheritdoc/>
        public override string Notation => Number(Count) + "d";

        internal override LocalDate Apply(LocalDate date, IBusinessCalendar? calendar) => Sdk.Days.Add(date, Count);
    }

    /// <summary>So many business days on; the day it starts from does not count. Needs a calendar.</summary>
    /// <param name="Count">From 0 to 366.</param>
    public sealed record BusinessDays(int Count) : TermsStep
    {
        /// <summary>The number of business days.</summary>
        public int Count { get; } = InRange(Count, 0, 366);

        /// <inheritdoc/>
        public override string Notation => Number(Count) + "bd";

        internal override LocalDate Apply(LocalDate date, IBusinessCalendar? calendar) =>
            (calendar ?? throw new ArgumentNullException(nameof(calendar), "Terms in business days need a calendar.")).AddBusinessDays(date, Count);
    }

    /// <summary>So many months on, on the same day or the month's last where it has no such day.</summary>
    /// <param name="Count">From 0 to 120.</param>
    public sealed record Months(int Count) : TermsStep
    {
        /// <summary>The number of months.</summary>
        public int Count { get; } = InRange(Count, 0, 120);

        /// <inheritdoc/>
        public override string Notation => Number(Count) + "m";

        internal override LocalDate Apply(LocalDate date, IBusinessCalendar? calendar) => Sdk.Days.AddMonths(date, Count);
    }

    /// <summary>To the last day of the month.</summary>
    public sealed record EndOfMonth : TermsStep
    {
        /// <inheritdoc/>
        public override string Notation => "eom";

        internal override LocalDate Apply(LocalDate date, IBusinessCalendar? calendar) => date.With(DateAdjusters.EndOfMonth);
    }

    /// <summary>To the first day of a later month: 1 is the following one. With <see cref="DayOfMonth"/> after it, "the 15th of the following month".</summary>
    /// <param name="Ahead">From 1 to 120.</param>
    public sealed record MonthAhead(int Ahead) : TermsStep
    {
        /// <summary>How many months ahead.</summary>
        public int Ahead { get; } = InRange(Ahead, 1, 120);

        /// <inheritdoc/>
        public override string Notation => "month " + Number(Ahead);

        internal override LocalDate Apply(LocalDate date, IBusinessCalendar? calendar) => Sdk.Days.AddMonths(date.With(DateAdjusters.StartOfMonth), Ahead);
    }

    /// <summary>To the next such day of a month, today's included; the month's last day where it has no such day.</summary>
    /// <param name="Day">From 1 to 31.</param>
    public sealed record DayOfMonth(int Day) : TermsStep
    {
        /// <summary>The day.</summary>
        public int Day { get; } = InRange(Day, 1, 31);

        /// <inheritdoc/>
        public override string Notation => "day " + Number(Day);

        internal override LocalDate Apply(LocalDate date, IBusinessCalendar? calendar) => NextDay(date, 1u << Day, 0);
    }

    /// <summary>A date after the cut-off day counts as the first of the following month (締め日): what was invoiced later belongs to the next month.</summary>
    /// <param name="Day">The last day that still belongs to the month, from 1 to 31.</param>
    public sealed record CutOff(int Day) : TermsStep
    {
        /// <summary>The cut-off day.</summary>
        public int Day { get; } = InRange(Day, 1, 31);

        /// <inheritdoc/>
        public override string Notation => "cut " + Number(Day);

        internal override LocalDate Apply(LocalDate date, IBusinessCalendar? calendar) =>
            date.Day <= Day ? date : date.With(DateAdjusters.StartOfMonth).PlusMonths(1);
    }

    /// <summary>To the next of the payer's fixed pay days, today's included, over months in which nothing is paid.</summary>
    /// <remarks>Spain and Italy pay on fixed days and often not in August or December.</remarks>
    public sealed record PayDays : TermsStep
    {
        private readonly uint _days;
        private readonly ushort _skipped;

        /// <summary>Pay days.</summary>
        /// <param name="days">Days of the month, 1 to 31, at least one; 31 is the last of every month.</param>
        /// <param name="skippedMonths">Months without payment, 1 to 12, not all.</param>
        /// <exception cref="ArgumentException">There is no day, or no month is left.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A day or month that does not exist.</exception>
        public PayDays(IEnumerable<int> days, IEnumerable<int>? skippedMonths = null)
        {
            ArgumentNullException.ThrowIfNull(days);
            foreach (var day in days)
            {
                _days |= 1u << InRange(day, 1, 31);
            }

            foreach (var month in skippedMonths ?? [])
            {
                _skipped |= (ushort)(1 << InRange(month, 1, 12));
            }

            if (_days == 0 || BitOperations.PopCount(_skipped) == 12)
            {
                throw new ArgumentException("Pay days need at least one day, and a month in which something is paid.", nameof(days));
            }
        }

        /// <summary>The days, rising.</summary>
        public IReadOnlyList<int> InMonth => Members(_days, 31);

        /// <summary>The months without payment, rising.</summary>
        public IReadOnlyList<int> SkippedMonths => Members(_skipped, 12);

        /// <inheritdoc/>
        public override string Notation => "pay " + string.Join(',', InMonth.Select(Number)) + (_skipped == 0 ? "" : " skip " + string.Join(',', SkippedMonths.Select(Number)));

        internal override LocalDate Apply(LocalDate date, IBusinessCalendar? calendar) => NextDay(date, _days, _skipped);

        private static List<int> Members(uint mask, int highest) => [.. Enumerable.Range(1, highest).Where(i => (mask & (1u << i)) != 0)];
    }

    // The first date on or after, whose day is one of the days (the month's last stands for those it does not have) in a month that is not skipped.
    private static LocalDate NextDay(LocalDate date, uint days, ushort skipped)
    {
        while (true)
        {
            var last = date.Calendar.GetDaysInMonth(date.Year, date.Month);
            var beyond = date.Day == last && days >> last != 0;
            if ((skipped & (1 << date.Month)) == 0 && ((days & (1u << date.Day)) != 0 || beyond))
            {
                return date;
            }

            date = date.PlusDays(1);
        }
    }

    private static int InRange(int value, int min, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, min);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, max);
        return value;
    }
}
