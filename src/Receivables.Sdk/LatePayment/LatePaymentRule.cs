using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.LatePayment;

/// <summary>Whether a claim keeps the rate it began with.</summary>
public enum RateMode
{
    /// <summary>The rate changes with the table.</summary>
    Floating,

    /// <summary>The rate of the first day of interest counts to the end.</summary>
    Locked,
}

/// <summary>How days become parts of a year.</summary>
public enum DayCount
{
    /// <summary>Calendar days over 365, in leap years too.</summary>
    Actual365,

    /// <summary>Calendar days over the days of their own year, 365 or 366 (ISDA).</summary>
    ActualActual,

    /// <summary>Calendar days over 360.</summary>
    Actual360,

    /// <summary>Months of 30 days over 360 (European).</summary>
    ThirtyE360,

    /// <summary>Calendar days, at a rate that is given for a day.</summary>
    PerDay,
}

/// <summary>Whether interest bears interest.</summary>
public enum Compounding
{
    /// <summary>Never.</summary>
    None,

    /// <summary>After each full year the interest of that year is added to what bears interest.</summary>
    Yearly,
}

/// <summary>From when interest runs.</summary>
public enum InterestStart
{
    /// <summary>From the day after the due date; no reminder is needed.</summary>
    DayAfterDue,

    /// <summary>From the day after a formal notice was received.</summary>
    FormalNotice,

    /// <summary>From the day after the term of the statutory notice.</summary>
    AfterNotice,

    /// <summary>From the end of the third month after the goods or the invoice came.</summary>
    ThirdMonthAfterReceipt,
}

/// <summary>What happens when the last day to pay is no working day.</summary>
public enum DueDateRoll
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The next working day is the last day.</summary>
    NextBusinessDay,
}

/// <summary>Statutory interest.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record InterestRule
{
    /// <summary>The table of the reference rate; null for a rate fixed by law.</summary>
    public string? Table { get; init; }

    /// <summary>Percentage points on top of the reference rate, or the rate itself where there is no table.</summary>
    public required decimal Margin { get; init; }

    /// <summary>The sum is rounded up to a multiple of this; null for no rounding.</summary>
    public decimal? RoundUpTo { get; init; }

    /// <summary>Whether the rate floats. Default: it does.</summary>
    public RateMode Mode { get; init; }

    /// <summary>The day count. Default: calendar days over 365.</summary>
    public DayCount DayCount { get; init; }

    /// <summary>Whether interest bears interest. Default: no.</summary>
    public Compounding Compounding { get; init; }

    /// <summary>From when. Default: the day after the due date.</summary>
    public InterestStart Start { get; init; }

    /// <summary>What happens to a due date that is no working day. Default: nothing.</summary>
    public DueDateRoll DueDateRoll { get; init; }

    /// <summary>The calendar for <see cref="DueDateRoll"/>.</summary>
    public string? Calendar { get; init; }

    /// <summary>Whether it is owed only where a clause of the contract provides it.</summary>
    public bool NeedsClause { get; init; }
}

/// <summary>A fixed sum by size of the debt.</summary>
/// <param name="Amount">The sum.</param>
/// <param name="AtLeast">For debts of at least this; null for no such bound.</param>
/// <param name="Above">For debts above this; null for no such bound.</param>
public sealed record FixedSumTier(decimal Amount, decimal? AtLeast = null, decimal? Above = null);

/// <summary>A fixed sum for each late invoice.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record FixedSumRule
{
    /// <summary>The currency of the sum.</summary>
    public required string Currency { get; init; }

    /// <summary>The currency of the bounds; null where there is one tier only.</summary>
    public string? DebtCurrency { get; init; }

    /// <summary>The tiers, smallest debt first; the last that fits counts.</summary>
    public required IReadOnlyList<FixedSumTier> Tiers { get; init; }

    /// <summary>The sum is owed by who becomes late on this day or after it; null from ever.</summary>
    public LocalDate? AppliesFrom { get; init; }
}

/// <summary>A band of a cost scale.</summary>
/// <param name="Above">For amounts above this.</param>
/// <param name="Flat">The cost at the bound.</param>
/// <param name="Percent">Percent of the part above the bound.</param>
public sealed record CostBand(decimal Above, decimal Flat, decimal Percent);

/// <summary>The scale of statutory collection costs.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record CostScale
{
    /// <summary>The name.</summary>
    public required string Id { get; init; }

    /// <summary>Where it comes from.</summary>
    public required string Source { get; init; }

    /// <summary>The currency of claim and costs.</summary>
    public required string Currency { get; init; }

    /// <summary>The bands, smallest first; the last that fits counts.</summary>
    public required IReadOnlyList<CostBand> Bands { get; init; }

    /// <summary>The least that is owed; null for no such bound.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>The most that is owed; null for no such bound.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>Whether it is owed only where a clause of the contract provides it.</summary>
    public bool NeedsClause { get; init; }

    /// <summary>The costs for a principal, to the minor unit; zero for none or less.</summary>
    /// <param name="principal">The principal, of several claims in one letter together.</param>
    /// <exception cref="ArgumentException">The principal is in another currency.</exception>
    public Money Of(Money principal)
    {
        if (principal.Currency.Code != Currency)
        {
            throw new ArgumentException("The scale is of another currency.", nameof(principal));
        }

        if (!principal.IsPositive)
        {
            return Money.Zero(principal.Currency);
        }

        var band = Bands.Last(b => principal.Amount > b.Above);
        var costs = band.Flat + ((principal.Amount - band.Above) * band.Percent / 100m);
        costs = Math.Min(Maximum ?? decimal.MaxValue, Math.Max(Minimum ?? 0m, costs));
        return new Money(costs, principal.Currency).RoundToMinorUnits();
    }
}

/// <summary>How a message on one channel is taken to arrive.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record DeliveryRule
{
    /// <summary>The channel.</summary>
    public required string Channel { get; init; }

    /// <summary>The how-manieth counted day after sending it is taken to arrive; 0 is the day of sending.</summary>
    public required int CountedDays { get; init; }

    /// <summary>Days of the week that do not count.</summary>
    public IReadOnlyList<IsoDayOfWeek> NotCounted
    {
        get;
        // The generated reader of JSON hands over null where a file says nothing.
        init => field = value ?? [];
    } = [];

    /// <summary>Whether public holidays do not count; then a calendar is needed.</summary>
    public bool SkipsHolidays { get; init; }

    /// <summary>Whether the law counts from sending, so that proof of receipt changes nothing. Default: no, proof takes the place of what is presumed.</summary>
    public bool CountsFromSending { get; init; }

    /// <summary>Days from arrival to the first day of the term.</summary>
    public int TermStartsAfter { get; init; }
}

/// <summary>A notice that the law asks for before something may be charged.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record NoticeRule
{
    /// <summary>The name, such as <c>fourteenDayLetter</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Where it comes from.</summary>
    public required string Source { get; init; }

    /// <summary>The days of the term.</summary>
    public required int Days { get; init; }

    /// <summary>What may not be charged before the term is over: <c>interest</c>, <c>costs</c>, <c>fees</c>.</summary>
    public required IReadOnlyList<string> Before { get; init; }

    /// <summary>Whether the notice itself may cost nothing.</summary>
    public bool MustBeFree { get; init; }

    /// <summary>The calendar of the holidays.</summary>
    public string? Calendar { get; init; }

    /// <summary>How messages are taken to arrive; a channel that is not listed proves nothing.</summary>
    public required IReadOnlyList<DeliveryRule> Delivery { get; init; }
}

/// <summary>What one country's law gives a creditor against one kind of debtor, for contracts of one time.</summary>
/// <remarks>This is data with its sources, not legal advice. Immutable and safe to share between threads.</remarks>
public sealed record LatePaymentRule
{
    /// <summary>The name.</summary>
    public required string Id { get; init; }

    /// <summary>Against whom.</summary>
    public required PartyKind Party { get; init; }

    /// <summary>The law.</summary>
    public required string Source { get; init; }

    /// <summary>How sure it is.</summary>
    public required Certainty Certainty { get; init; }

    /// <summary>For contracts concluded on or after this day; null from ever.</summary>
    public LocalDate? ContractsFrom { get; init; }

    /// <summary>For contracts concluded up to this day; null without end.</summary>
    public LocalDate? ContractsUntil { get; init; }

    /// <summary>The first day on which the rule gives anything; null from ever.</summary>
    public LocalDate? AppliesFrom { get; init; }

    /// <summary>Interest; null where the law gives none without a title or clause.</summary>
    public InterestRule? Interest { get; init; }

    /// <summary>The fixed sum; null for none.</summary>
    public FixedSumRule? FixedSum { get; init; }

    /// <summary>The scale of collection costs; null for none.</summary>
    public CostScale? Costs { get; init; }

    /// <summary>The notice that must come first; null for none.</summary>
    public NoticeRule? Notice { get; init; }
}

/// <summary>The rules of one country.</summary>
/// <param name="Country">ISO 3166 alpha-2, or a part of a country such as <c>CA-QC</c>.</param>
/// <param name="DataAsOf">When they were last looked over.</param>
/// <param name="Rules">The rules.</param>
public sealed record CountryRules(string Country, LocalDate DataAsOf, IReadOnlyList<LatePaymentRule> Rules);
