using NodaTime;
using Receivables.Sdk.Calendars;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.LatePayment;

/// <summary>Says what the law gives for a late payment: interest, fixed sum, collection costs, and what must be sent first.</summary>
/// <remarks>
/// It fails closed: a country, kind of party, rate period or holiday calendar that is not known gives a refusal with its reason, never a guess.
/// Nothing is looked up but the tables it was made with. Thread-safe.
/// </remarks>
public sealed class LatePaymentCalculator
{
    private readonly LatePaymentTables _tables;
    private readonly Func<string, IBusinessCalendar?> _calendars;

    /// <summary>A calculator over tables.</summary>
    /// <param name="tables">The tables; null for <see cref="LatePaymentTables.BuiltIn"/>.</param>
    /// <param name="calendars">The holiday calendar of a name; null takes those that come with the library. What needs one that is not known is refused.</param>
    public LatePaymentCalculator(LatePaymentTables? tables = null, Func<string, IBusinessCalendar?>? calendars = null) =>
        (_tables, _calendars) = (tables ?? LatePaymentTables.BuiltIn, calendars ?? BusinessCalendar.Find);

    /// <summary>The tables.</summary>
    public LatePaymentTables Tables => _tables;

    /// <summary>The interest of a claim that is paid, or looked at, on a day.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="until">That day; it bears no interest itself unless the claim says so.</param>
    /// <exception cref="ArgumentException">A reduction is in another currency than the principal.</exception>
    public LawAnswer<InterestSheet> Interest(LatePaymentClaim claim, LocalDate until)
    {
        CheckCurrencies(claim);
        if (Find(claim, out var rule) is { } refusal)
        {
            return new LawAnswer<InterestSheet>.Refused(refusal);
        }

        if (rule.Interest is not { } interest)
        {
            return Refuse<InterestSheet>("notProvided", "The law gives no interest without a title.", rule);
        }

        if (interest.NeedsClause && !claim.HasClause)
        {
            return Refuse<InterestSheet>("clauseMissing", "Interest is owed only where a clause provides it.", rule);
        }

        if (rule.Notice is { } notice && notice.Before.Contains("interest") && !(claim.Notice?.ChargeableFrom <= until))
        {
            return Refuse<InterestSheet>("noticeMissing", "The term of the notice that must come first is not over.", rule);
        }

        var notes = Notes(claim, rule);
        if (FirstDay(claim, interest, rule, notes, out var first) is { } missing)
        {
            return new LawAnswer<InterestSheet>.Refused(missing);
        }

        if (first < rule.AppliesFrom)
        {
            return Refuse<InterestSheet>("ruleMissing", "The rule was not in force when the claim fell due.", rule);
        }

        var end = claim.CountsPaymentDay ? Days.Add(until, 1) : until;
        return new InterestRun(_tables, rule, interest, claim, first, end).Sheet(notes);
    }

    /// <summary>The fixed sum for a late invoice.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="asOf">The day it is asked; on the due date nothing is late, and what was paid in full before the debtor became late never was.</param>
    /// <exception cref="ArgumentException">A reduction is in another currency than the principal.</exception>
    public LawAnswer<Money> FixedSum(LatePaymentClaim claim, LocalDate asOf)
    {
        CheckCurrencies(claim);
        if (Find(claim, out var rule) is { } refusal)
        {
            return new LawAnswer<Money>.Refused(refusal);
        }

        if (rule.FixedSum is not { } sum)
        {
            return Refuse<Money>("notProvided", "The law gives no fixed sum against this debtor.", rule);
        }

        LocalDate first = default;
        if (rule.Interest is { } interest && FirstDay(claim, interest, rule, [], out first) is { } missing)
        {
            return new LawAnswer<Money>.Refused(missing);
        }

        var late = LocalDate.Max(first, Days.Add(claim.Due, 1));
        if (asOf < late || asOf == claim.Due || claim.Principal.Amount <= claim.Reductions.Where(r => r.On < late).Sum(r => r.Amount.Amount))
        {
            return Refuse<Money>("notLate", "Nothing is late.", rule);
        }

        if (late < rule.AppliesFrom || late < sum.AppliesFrom)
        {
            return Refuse<Money>("ruleMissing", "The rule was not in force when the debtor became late.", rule);
        }

        if (sum.DebtCurrency is { } debt && debt != claim.Principal.Currency.Code)
        {
            return Refuse<Money>("currencyDiffers", "The sum depends on the debt in another currency.", rule);
        }

        var tier = sum.Tiers.LastOrDefault(t => !(claim.Principal.Amount < t.AtLeast) && !(claim.Principal.Amount <= t.Above));
        return tier is null
            ? Refuse<Money>("notProvided", "The law gives no fixed sum for this debt.", rule)
            : new LawAnswer<Money>.Granted(new Money(tier.Amount, Currency.Parse(sum.Currency)));
    }

    /// <summary>The collection costs that may be charged on a day, on what is still open then.</summary>
    /// <param name="claim">The claim (country, party, contract, notice and clause count).</param>
    /// <param name="openPrincipal">The principal open on that day; of several claims in one letter together.</param>
    /// <param name="asOf">The day.</param>
    public LawAnswer<Money> Costs(LatePaymentClaim claim, Money openPrincipal, LocalDate asOf)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (Find(claim, out var rule) is { } refusal)
        {
            return new LawAnswer<Money>.Refused(refusal);
        }

        if (rule.Costs is not { } scale)
        {
            return Refuse<Money>("notProvided", "The law has no scale of costs.", rule);
        }

        if (scale.NeedsClause && !claim.HasClause)
        {
            return Refuse<Money>("clauseMissing", "Costs are owed only where a clause provides them.", rule);
        }

        if (asOf <= claim.Due)
        {
            return Refuse<Money>("notLate", "Nothing is late.", rule);
        }

        if (asOf < rule.AppliesFrom)
        {
            return Refuse<Money>("ruleMissing", "The rule is not in force yet.", rule);
        }

        if (rule.Notice is { } notice && notice.Before.Contains("costs") && !(claim.Notice?.ChargeableFrom <= asOf))
        {
            return Refuse<Money>("noticeMissing", "The term of the notice that must come first is not over.", rule);
        }

        return openPrincipal.Currency.Code != scale.Currency
            ? Refuse<Money>("currencyDiffers", "The scale is of another currency.", rule)
            : new LawAnswer<Money>.Granted(scale.Of(openPrincipal));
    }

    /// <summary>The notice that the law asks for first; null where it asks for none or is not known.</summary>
    /// <param name="country">The country.</param>
    /// <param name="party">The debtor's kind.</param>
    public NoticeRule? NoticeFor(string? country, PartyKind party) =>
        country is not null && _tables.Knows(country) ? _tables.Rule(country, party, LocalDate.MaxIsoValue)?.Notice : null;

    /// <summary>The term of a statutory notice.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="sent">The day it was sent.</param>
    /// <param name="channel">How.</param>
    /// <param name="received">The proven day of receipt; null takes what the law presumes. Where the law counts from sending it changes nothing.</param>
    public LawAnswer<NoticeTerm> Term(NoticeRule notice, LocalDate sent, string channel, LocalDate? received = null)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var delivery = notice.Delivery.FirstOrDefault(d => d.Channel == channel);
        if (delivery is null)
        {
            return new LawAnswer<NoticeTerm>.Refused(new CodedReason(
                "receiptMissing", [new ReasonArgument("notice", notice.Id), new ReasonArgument("channel", channel)], "The law presumes no receipt on this channel."));
        }

        if (((delivery.CountsFromSending ? null : received) ?? DeliveryModel.Arrival(delivery, notice.Calendar, _calendars, sent)) is not { } arrival)
        {
            return new LawAnswer<NoticeTerm>.Refused(new CodedReason(
                "calendarMissing", [new ReasonArgument("calendar", notice.Calendar ?? "")], "The holidays are not known, so the day of receipt is not."));
        }

        var first = Days.Add(arrival, delivery.TermStartsAfter);
        return new LawAnswer<NoticeTerm>.Granted(new NoticeTerm(notice.Id, arrival, first, Days.Add(first, notice.Days - 1)));
    }

    private static void CheckCurrencies(LatePaymentClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (claim.Reductions.Any(r => r.Amount.Currency != claim.Principal.Currency))
        {
            throw new ArgumentException("A reduction is in another currency than the principal.", nameof(claim));
        }
    }

    private CodedReason? Find(LatePaymentClaim claim, out LatePaymentRule rule)
    {
        rule = null!;
        if (claim.Country is not { } country || !_tables.Knows(country))
        {
            return new CodedReason("countryUnknown", [new ReasonArgument("country", claim.Country ?? "")], "The law of the country is not known here.");
        }

        if (claim.Party == PartyKind.Unknown)
        {
            return new CodedReason("partyUnknown", [], "Nobody knows whether the debtor is a business or a consumer.");
        }

        if (_tables.Rule(country, claim.Party, claim.Contract ?? claim.Due) is not { } found)
        {
            return new CodedReason("ruleMissing", [new ReasonArgument("country", country)], "There is no rule for this debtor and contract.");
        }

        rule = found;
        return null;
    }

    private static List<CodedReason> Notes(LatePaymentClaim claim, LatePaymentRule rule)
    {
        var notes = new List<CodedReason>();
        if (claim.Contract is null && (rule.ContractsFrom is not null || rule.ContractsUntil is not null))
        {
            notes.Add(new CodedReason("contractDateAssumed", [new ReasonArgument("date", claim.Due)], "The date of the contract is not known; the due date was taken."));
        }

        if (rule.Certainty == Certainty.Provisional)
        {
            notes.Add(new CodedReason("provisional", [new ReasonArgument("rule", rule.Id)], "The rule is provisional: verify it before money is claimed on it."));
        }

        return notes;
    }

    private CodedReason? FirstDay(LatePaymentClaim claim, InterestRule interest, LatePaymentRule rule, List<CodedReason> notes, out LocalDate first)
    {
        first = default;
        switch (interest.Start)
        {
            case InterestStart.AfterNotice when claim.Notice is { } term:
                first = LocalDate.Max(term.ChargeableFrom, Days.Add(claim.Due, 1));
                return null;
            case InterestStart.AfterNotice:
                return new CodedReason("noticeMissing", [new ReasonArgument("rule", rule.Id)], "Interest runs from the end of the term of a notice, and there was none.");
            case InterestStart.FormalNotice when claim.FormalNotice is { } notice:
                first = Days.Add(LocalDate.Max(notice, claim.Due), 1);
                return null;
            case InterestStart.FormalNotice:
                return new CodedReason("noticeMissing", [new ReasonArgument("rule", rule.Id)], "Interest runs from a formal notice, and there was none.");
            case InterestStart.ThirdMonthAfterReceipt when claim.Received is { } received:
                first = Days.Add(LocalDate.Max(Days.AddMonths(received, 3).With(DateAdjusters.EndOfMonth), claim.Due), 1);
                return null;
            case InterestStart.ThirdMonthAfterReceipt:
                return new CodedReason("receiptMissing", [new ReasonArgument("rule", rule.Id)], "Interest runs from receipt, and its day is not known.");
        }

        var due = claim.Due;
        if (interest.DueDateRoll == DueDateRoll.NextBusinessDay)
        {
            due = DeliveryModel.NextWorkingDay(due, interest.Calendar, _calendars, out var holidaysKnown);
            if (!holidaysKnown)
            {
                notes.Add(new CodedReason("holidaysNotChecked", [new ReasonArgument("calendar", interest.Calendar ?? "")], "Weekends were looked at, public holidays were not."));
            }
        }

        first = Days.Add(due, 1);
        return null;
    }

    private static LawAnswer<T>.Refused Refuse<T>(string code, string text, LatePaymentRule rule) => new(new CodedReason(code, [new ReasonArgument("rule", rule.Id)], text));
}
