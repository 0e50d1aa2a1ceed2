using NodaTime;

namespace Receivables.Sdk.LatePayment;

/// <summary>Cuts the days of a claim into stretches of one principal and one rate, and costs them.</summary>
internal sealed class InterestRun(LatePaymentTables tables, LatePaymentRule rule, InterestRule interest, LatePaymentClaim claim, LocalDate first, LocalDate end)
{
    private readonly ReferenceRateTable? _table = interest.Table is { } id ? tables.Rate(id) : null;
    private readonly Currency _currency = claim.Principal.Currency;

    internal LawAnswer<InterestSheet> Sheet(List<CodedReason> notes)
    {
        if (interest.Table is { } id && _table is null)
        {
            return Missing(id, first);
        }

        var segments = new List<InterestSegment>();
        decimal capitalised = 0m, thisYear = 0m;
        var day = first;
        while (day < end)
        {
            var principal = PrincipalOn(day);
            if (principal <= 0m)
            {
                break;
            }

            var rateDay = interest.Mode == RateMode.Locked ? first : day;
            if (RateOn(rateDay) is not var (percent, certainty))
            {
                return Missing(interest.Table!, rateDay);
            }

            var next = NextCut(day);
            var bearing = principal + capitalised;
            var exact = bearing * percent * Parts(day, next, out var days, out var basis) / (100m * basis);
            segments.Add(new InterestSegment(day, next.PlusDays(-1), days, new Money(bearing, _currency), percent, certainty, exact, Money.Zero(_currency)));
            thisYear += exact;
            if (interest.Compounding == Compounding.Yearly && IsAnniversary(next))
            {
                (capitalised, thisYear) = (capitalised + thisYear, 0m);
            }

            day = next;
        }

        if (segments.Any(s => s.Certainty == Certainty.Provisional))
        {
            notes.Add(new CodedReason("provisional", [new ReasonArgument("table", interest.Table ?? "")], "A rate is provisional: verify it before money is claimed on it."));
        }

        var total = new Money(segments.Sum(s => s.Exact), _currency).RoundToMinorUnits();
        return new LawAnswer<InterestSheet>.Granted(new InterestSheet(rule.Id, rule.Source, first, Apportioned(segments, total), total, notes));
    }

    // Rounded once; the stretches share the rounded total by largest remainder.
    private static List<InterestSegment> Apportioned(List<InterestSegment> segments, Money total)
    {
        if (!total.IsPositive)
        {
            return segments;
        }

        if (segments.Count == 1)
        {
            return [segments[0] with { Interest = total }];
        }

        var shares = total.Split([.. segments.Select((s, i) => KeyValuePair.Create(i, Math.Max(0m, s.Exact)))]);
        return [.. segments.Select((s, i) => s with { Interest = shares[i] })];
    }

    private decimal PrincipalOn(LocalDate day)
    {
        var principal = claim.Principal.Amount;
        foreach (var reduction in claim.Reductions)
        {
            if (BearsNoMoreFrom(reduction) <= day)
            {
                principal -= reduction.Amount.Amount;
            }
        }

        return principal;
    }

    // With the payment day counted, what was paid bears interest on that day still.
    private LocalDate BearsNoMoreFrom(PrincipalReduction reduction) => claim.CountsPaymentDay ? Days.Add(reduction.On, 1) : reduction.On;

    private (decimal Percent, Certainty Certainty)? RateOn(LocalDate day)
    {
        if (interest.Table is null)
        {
            return (Math.Max(0m, interest.Margin), rule.Certainty);
        }

        if (_table!.On(day) is not { } rate)
        {
            return null;
        }

        var percent = rate.Percent + interest.Margin;
        if (interest.RoundUpTo is { } step)
        {
            percent = Math.Ceiling(percent / step) * step;
        }

        // Where the reference falls below zero by more than the margin, nothing is owed; never the other way round.
        return (Math.Max(0m, percent), rate.Certainty);
    }

    // The next day on which principal, rate, year or base changes, or the end.
    private LocalDate NextCut(LocalDate day)
    {
        var next = end;
        if (interest.Mode == RateMode.Floating && _table is not null)
        {
            Cut(_table.LastDay(day) is { } last ? Days.Add(last, 1) : null);
        }

        foreach (var reduction in claim.Reductions)
        {
            Cut(BearsNoMoreFrom(reduction));
        }

        var hasNextYear = day.Year < LocalDate.MaxIsoValue.Year;
        if (interest.DayCount == DayCount.ActualActual && hasNextYear)
        {
            Cut(new LocalDate(day.Year + 1, 1, 1));
        }

        if (interest.Compounding == Compounding.Yearly)
        {
            Cut(first.PlusYears(day.Year - first.Year));
            Cut(hasNextYear ? first.PlusYears(day.Year - first.Year + 1) : null);
        }

        return next;

        void Cut(LocalDate? at)
        {
            if (at > day && at < next)
            {
                next = at.Value;
            }
        }
    }

    private bool IsAnniversary(LocalDate day) => day.Year > first.Year && first.PlusYears(day.Year - first.Year) == day;

    private int Parts(LocalDate from, LocalDate next, out int days, out int basis)
    {
        days = Period.DaysBetween(from, next);
        basis = interest.DayCount switch
        {
            DayCount.ActualActual => CalendarSystem.Iso.GetDaysInYear(from.Year),
            DayCount.Actual360 or DayCount.ThirtyE360 => 360,
            DayCount.PerDay => 1,
            _ => 365,
        };
        return interest.DayCount == DayCount.ThirtyE360
            ? ((next.Year - from.Year) * 360) + ((next.Month - from.Month) * 30) + Math.Min(30, next.Day) - Math.Min(30, from.Day)
            : days;
    }

    private static LawAnswer<InterestSheet>.Refused Missing(string table, LocalDate day) =>
        new(new CodedReason("rateMissing", [new ReasonArgument("table", table), new ReasonArgument("day", day)], $"The table {table} has no rate for {NodaTime.Text.LocalDatePattern.Iso.Format(day)}."));
}
