using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.LatePayment;

/// <summary>A part payment or credit that lowers the principal.</summary>
/// <param name="On">The day of payment; it bears no interest on the part paid.</param>
/// <param name="Amount">How much, above zero.</param>
public sealed record PrincipalReduction(LocalDate On, Money Amount);

/// <summary>A claim whose lateness is to be costed.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record LatePaymentClaim
{
    /// <summary>The country whose law counts, ISO 3166 alpha-2 (or <c>CA-QC</c>); null where it is not known, and then everything is refused.</summary>
    public string? Country { get; init; }

    /// <summary>What the debtor is; unknown means that everything is refused.</summary>
    public PartyKind Party { get; init; }

    /// <summary>The principal as it was on the due date, with value added tax.</summary>
    public required Money Principal { get; init; }

    /// <summary>The due date.</summary>
    public required LocalDate Due { get; init; }

    /// <summary>What lowered the principal since.</summary>
    public IReadOnlyList<PrincipalReduction> Reductions { get; init; } = [];

    /// <summary>When the contract was concluded; null takes the due date, and the result says so.</summary>
    public LocalDate? Contract { get; init; }

    /// <summary>When the invoice or the goods came, for laws that count from it.</summary>
    public LocalDate? Received { get; init; }

    /// <summary>When a formal notice was received, for laws that ask for one.</summary>
    public LocalDate? FormalNotice { get; init; }

    /// <summary>The term of the statutory notice that was sent, for laws that ask for one.</summary>
    public NoticeTerm? Notice { get; init; }

    /// <summary>Whether the contract has a clause that provides interest and costs, for laws that ask for one.</summary>
    public bool HasClause { get; init; }

    /// <summary>Whether the day of payment itself bears interest. Default: no.</summary>
    public bool CountsPaymentDay { get; init; }
}

/// <summary>The term that a statutory notice gives.</summary>
/// <param name="Rule">The notice.</param>
/// <param name="Arrival">The day it arrived or is taken to have arrived.</param>
/// <param name="First">The first day of the term.</param>
/// <param name="Last">The last day of the term.</param>
public sealed record NoticeTerm(string Rule, LocalDate Arrival, LocalDate First, LocalDate Last)
{
    /// <summary>The first day on which what the notice is for may be charged.</summary>
    public LocalDate ChargeableFrom => Days.Add(Last, 1);
}

/// <summary>What the law gives: a value, or a refusal that says why.</summary>
/// <typeparam name="T">What is given.</typeparam>
public abstract record LawAnswer<T>
{
    private LawAnswer()
    {
    }

    /// <summary>The value; <c>default</c> where it is refused.</summary>
    public T? ValueOrDefault => this is Granted granted ? granted.Value : default;

    /// <summary>It is given.</summary>
    /// <param name="Value">The value.</param>
    public sealed record Granted(T Value) : LawAnswer<T>;

    /// <summary>It is not given.</summary>
    /// <param name="Reason">Why: <c>countryUnknown</c>, <c>partyUnknown</c>, <c>ruleMissing</c>, <c>rateMissing</c>, <c>notProvided</c>, <c>clauseMissing</c>, <c>noticeMissing</c>,
    /// <c>receiptMissing</c>, <c>calendarMissing</c>, <c>currencyDiffers</c> or <c>notLate</c>.</param>
    public sealed record Refused(CodedReason Reason) : LawAnswer<T>;
}

/// <summary>One stretch of days of an interest calculation, with one principal and one rate.</summary>
/// <param name="From">The first day.</param>
/// <param name="Until">The last day.</param>
/// <param name="Days">How many days.</param>
/// <param name="Principal">What bears interest.</param>
/// <param name="Percent">The rate in percent a year (a day where the law says so).</param>
/// <param name="Certainty">How sure the rate is.</param>
/// <param name="Exact">The interest, unrounded.</param>
/// <param name="Interest">This stretch's share of the rounded total.</param>
public sealed record InterestSegment(LocalDate From, LocalDate Until, int Days, Money Principal, decimal Percent, Certainty Certainty, decimal Exact, Money Interest);

/// <summary>An interest calculation, stretch by stretch, to the cent.</summary>
/// <param name="Rule">The rule that was used.</param>
/// <param name="Source">The law.</param>
/// <param name="FirstDay">The first day of interest.</param>
/// <param name="Segments">The stretches; empty where nothing accrued.</param>
/// <param name="Total">The interest: rounded once, half away from zero.</param>
/// <param name="Notes">What was assumed, and what is provisional.</param>
public sealed record InterestSheet(string Rule, string Source, LocalDate FirstDay, IReadOnlyList<InterestSegment> Segments, Money Total, IReadOnlyList<CodedReason> Notes)
{
    /// <summary>Whether the rule or a rate is provisional.</summary>
    public bool IsProvisional => Notes.Any(n => n.Code == "provisional");
}
