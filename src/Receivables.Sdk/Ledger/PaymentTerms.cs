using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Receivables.Sdk.Calendars;

namespace Receivables.Sdk.Ledger;

/// <summary>Terms of payment: when an invoice is due, in which parts, and with which discounts for early payment.</summary>
/// <remarks>
/// <para>Terms are data: they read and write in a notation of their own (<c>net 45d eom; discount 2% 10d</c>), read common phrases, and print in
/// the customer's language. <see cref="Schedule"/> applies them to one invoice.</para>
/// <para>Equality is by notation. Immutable and safe to share between threads.</para>
/// </remarks>
public sealed record PaymentTerms
{
    // Text beyond this is no phrase on an invoice.
    private const int LongestPhrase = 500;

    private readonly ImmutableArray<TermsDiscount> _discounts = [];
    private readonly ImmutableArray<TermsPart> _parts = [];

    /// <summary>Due at once, on the date of the invoice.</summary>
    public static PaymentTerms Immediate { get; } = new();

    /// <summary>When the whole is due; not used where there are <see cref="Parts"/>.</summary>
    public TermsRule Due { get; init; } = TermsRule.Immediately;

    /// <summary>What due dates and discount dates count from.</summary>
    public TermsBasis Basis { get; init; }

    /// <summary>Whether payment comes before delivery. It is said in the text; the date is that of <see cref="Due"/>.</summary>
    public bool IsPrepaid { get; init; }

    /// <summary>Where a due or discount date goes that is no business day. Anything but <see cref="RollConvention.None"/> needs a calendar.</summary>
    public RollConvention Roll { get; init; }

    /// <summary>The discount steps.</summary>
    /// <exception cref="ArgumentException">A percentage is not above 0 and at most 100.</exception>
    public IReadOnlyList<TermsDiscount> Discounts
    {
        get => _discounts;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Any(d => d.Percent.Percent is <= 0m or > 100m))
            {
                throw new ArgumentException("A discount is above 0 and at most 100 percent.", nameof(value));
            }

            _discounts = [.. value];
        }
    }

    /// <summary>The instalments; empty for an invoice that is due as a whole.</summary>
    /// <exception cref="ArgumentException">
    /// A share is not above zero; without a part that takes the rest, percentages do not make 100 or stand beside amounts; with one, they reach 100.
    /// </exception>
    public IReadOnlyList<TermsPart> Parts
    {
        get => _parts;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            TermsSplit.Check(value);
            _parts = [.. value];
        }
    }

    /// <summary>The terms in our own notation, which <see cref="TryParse"/> reads back.</summary>
    public string Notation => TermsNotation.Write(this);

    /// <summary>Due so many days after the date of the invoice.</summary>
    /// <param name="days">0 to 3660.</param>
    public static PaymentTerms Net(int days) => new() { Due = TermsRule.InDays(days) };

    /// <summary>Reads terms: our own notation, or a common phrase in English, Dutch, French or German.</summary>
    /// <remarks>
    /// Phrases such as <c>2/10 net 30</c>, <c>30 dagen einde maand</c>, <c>fin de mois + 45 jours</c>, <c>14 Tage 2 % Skonto, 30 Tage netto</c>. A text with
    /// a word that is not known is refused, never read in part.
    /// </remarks>
    /// <param name="s">The text.</param>
    /// <param name="result">The terms, or null.</param>
    /// <returns>Whether the whole text was understood.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, [NotNullWhen(true)] out PaymentTerms? result)
    {
        result = string.IsNullOrWhiteSpace(s) ? null : TermsNotation.Read(s) ?? (s.Length <= LongestPhrase ? TermsPhrases.Read(s) : null);
        return result is not null;
    }

    /// <summary>Reads terms, or throws.</summary>
    /// <param name="s">The text.</param>
    /// <exception cref="FormatException">The text was not understood as a whole.</exception>
    public static PaymentTerms Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, out var terms) ? terms : throw new FormatException("Not terms of payment that are known.");
    }

    /// <summary>The terms in words, for a customer.</summary>
    /// <param name="language">BCP 47: <c>nl</c>, <c>fr</c>, <c>de</c>, <c>en</c>, <c>es</c>, <c>zh</c>, with or without region; any other gives English.</param>
    public string Describe(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return TermsDescription.Of(this, TermsLanguage.Of(language));
    }

    /// <summary>The due date of the whole: that of the last instalment.</summary>
    /// <inheritdoc cref="Schedule" path="/param[@name='dates']|/param[@name='calendar']|/exception"/>
    public LocalDate DueDate(TermsDates dates, IBusinessCalendar? calendar = null)
    {
        ArgumentNullException.ThrowIfNull(dates);
        var baseDate = dates.Of(Basis);
        return _parts.IsEmpty ? Rolled(Due, baseDate, calendar) : _parts.Select(p => Rolled(p.Rule, baseDate, calendar)).Max();
    }

    /// <summary>Applies the terms to one invoice.</summary>
    /// <param name="total">The whole; a credit note's may be negative.</param>
    /// <param name="dates">The dates to count from.</param>
    /// <param name="calendar">The calendar for rolls and business days; null where there are none.</param>
    /// <exception cref="ArgumentException">
    /// The date that the terms count from is not known; the amounts of the parts do not go into the total, or the total has more decimals than its currency.
    /// </exception>
    /// <exception cref="ArgumentNullException">The terms need a calendar.</exception>
    /// <exception cref="CalendarRangeException">The calendar does not know a year.</exception>
    public TermsSchedule Schedule(Money total, TermsDates dates, IBusinessCalendar? calendar = null)
    {
        ArgumentNullException.ThrowIfNull(dates);
        var baseDate = dates.Of(Basis);
        IReadOnlyList<TermsPart> parts = _parts.IsEmpty ? [new TermsPart(Due)] : _parts;
        var instalments = TermsSplit.Amounts(total, parts)
            .Zip(parts, (amount, part) => (Due: Rolled(part.Rule, baseDate, calendar), Amount: amount))
            .OrderBy(i => i.Due)
            .Select((i, at) => new TermsInstalment(at + 1, i.Due, i.Amount))
            .ToArray();
        var discounts = _discounts
            .Select(d => new CashDiscount(d.Percent, Rolled(d.Rule, baseDate, calendar)))
            .OrderBy(d => d.Until)
            .ToArray();
        return new TermsSchedule(instalments[^1].Due, instalments, discounts);
    }

    /// <inheritdoc/>
    public bool Equals(PaymentTerms? other) => other is not null && string.Equals(Notation, other.Notation, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Notation.GetHashCode(StringComparison.Ordinal);

    /// <summary>The notation.</summary>
    public override string ToString() => Notation;

    private LocalDate Rolled(TermsRule rule, LocalDate baseDate, IBusinessCalendar? calendar)
    {
        var date = rule.Apply(baseDate, calendar);
        return Roll == RollConvention.None
            ? date
            : LocalDate.Max(baseDate, (calendar ?? throw new ArgumentNullException(nameof(calendar), "Terms with a roll need a calendar.")).Adjust(date, Roll));
    }
}
