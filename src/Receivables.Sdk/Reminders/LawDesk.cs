using System.Runtime.InteropServices;
using NodaTime;
using Receivables.Sdk.LatePayment;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>What the law gives, takes away or asks for first, for the lines of one action.</summary>
internal sealed class LawDesk(ReminderPolicy policy, LatePaymentCalculator law, ReminderIndex index, LocalDate asOf)
{
    // Two instalments of one invoice may stand in two actions of the day; the invoice is late once.
    private readonly HashSet<DocumentId> _fixedSums = [];

    /// <summary>The last day on which the law keeps a claim back; null where it does not. It does while the term of a notice that was sent runs.</summary>
    internal LocalDate? HeldUntil(Candidate candidate)
    {
        if (!policy.EnforceLaw || candidate.Level.Kind != ReminderKind.Handover || NoticeRule(candidate) is not { } rule)
        {
            return null;
        }

        return Term(candidate, rule) is { } term && asOf < term.ChargeableFrom ? term.Last : null;
    }

    /// <summary>Whether a notice that the law requires before the candidate's level came back on every channel: nobody has received it.</summary>
    internal bool IsNoticeLost(Candidate candidate)
    {
        if (!policy.EnforceLaw || candidate.History?.Reminders is not { } sent)
        {
            return false;
        }

        var levels = candidate.Effective.Levels;
        for (var i = 0; i < levels.Count && levels[i].Level < candidate.Level.Level; i++)
        {
            if (levels[i].Mandatory && CameBack(candidate, sent, levels[i].Level))
            {
                return true;
            }
        }

        return false;
    }

    private bool CameBack(Candidate candidate, List<SentReminder> sent, int level)
    {
        var notices = sent.FindAll(r => r.Instalment == candidate.Part.Number && candidate.InForce.LevelOf(r) == level);
        return notices.Count > 0 && notices.TrueForAll(r => index.IsBounced(r.Action, r.Channel));
    }

    /// <summary>Statutory interest of a line with its sheet, or why there is none.</summary>
    internal InterestSheet? Interest(Candidate candidate, List<CodedReason> reasons)
    {
        if (!IsPrincipal(candidate))
        {
            return null;
        }

        var answer = law.Interest(Claim(candidate), asOf);
        if (answer is LawAnswer<InterestSheet>.Refused refused)
        {
            reasons.Add(Left("interestRefused", candidate, refused.Reason));
            return null;
        }

        var sheet = answer.ValueOrDefault!;
        if (sheet.IsProvisional)
        {
            reasons.Add(new CodedReason("interestProvisional", [new ReasonArgument("invoice", candidate.Item.Id.Value), new ReasonArgument("rule", sheet.Rule)], "A rule or rate behind the interest is provisional."));
        }

        return sheet;
    }

    /// <summary>The fixed sum of each late invoice that was not claimed at an earlier level.</summary>
    internal Money FixedSums(IReadOnlyList<Candidate> candidates, ActionId action, Currency currency, List<CodedReason> reasons)
    {
        var sum = Money.Zero(currency);
        foreach (var candidate in candidates.Where(IsPrincipal).DistinctBy(c => c.Item.Id))
        {
            if (WasClaimed(candidate, action, l => l.FixedSum == StatutoryClaim.Statutory))
            {
                continue;
            }

            if (WasClaimed(candidate, action, l => l.Costs == StatutoryClaim.Statutory) && law.Costs(Claim(candidate), candidate.Open, asOf) is LawAnswer<Money>.Granted)
            {
                reasons.Add(Left("fixedSumRefused", candidate, new CodedReason("inCosts", [], "The costs that were claimed before hold the fixed sum.")));
                continue;
            }

            var answer = law.FixedSum(Claim(candidate), asOf);
            if (answer is LawAnswer<Money>.Refused refused)
            {
                reasons.Add(Left("fixedSumRefused", candidate, refused.Reason));
            }
            else if (answer.ValueOrDefault.Currency != currency)
            {
                reasons.Add(Left("fixedSumRefused", candidate, new CodedReason("currencyDiffers", [], "The sum is in another currency than the action.")));
            }
            else if (_fixedSums.Add(candidate.Item.Id))
            {
                sum += answer.ValueOrDefault;
            }
        }

        return sum;
    }

    /// <summary>
    /// Collection costs on the principal of all lines together, of a customer at a time. The fixed sum is the least of the costs and not beside them
    /// (Directive 2011/7/EU art. 6; BW 6:96 lid 4): what was or is claimed of it is taken off.
    /// </summary>
    internal Money Costs(ReminderLevel level, IReadOnlyList<Candidate> candidates, ActionId action, Currency currency, List<CodedReason> reasons)
    {
        var sum = Money.Zero(currency);
        foreach (var customer in candidates.Where(IsPrincipal).GroupBy(c => c.Customer.Id).OrderBy(g => g.Key))
        {
            var principal = Money.Zero(currency);
            Candidate? last = null;
            foreach (var candidate in customer.Where(c => !WasClaimed(c, action, l => l.Costs == StatutoryClaim.Statutory)))
            {
                if (law.Costs(Claim(candidate), candidate.Open, asOf) is LawAnswer<Money>.Refused refused)
                {
                    reasons.Add(Left("costsRefused", candidate, refused.Reason));
                    continue;
                }

                (principal, last) = (principal + candidate.Open, candidate);
            }

            if (last is not null)
            {
                sum += Money.Max(Money.Zero(currency), law.Costs(Claim(last), principal, asOf).ValueOrDefault - InCosts(customer, action, level, currency) - FeesBefore(customer, action, currency));
            }
        }

        return sum;
    }

    // The fixed sums of invoices that claim one at this level or did at an earlier one.
    private Money InCosts(IEnumerable<Candidate> candidates, ActionId action, ReminderLevel level, Currency currency)
    {
        var sum = Money.Zero(currency);
        foreach (var candidate in candidates.DistinctBy(c => c.Item.Id))
        {
            var isClaimed = level.FixedSum == StatutoryClaim.Statutory || WasClaimed(candidate, action, l => l.FixedSum == StatutoryClaim.Statutory);
            sum += isClaimed && law.FixedSum(Claim(candidate), asOf) is LawAnswer<Money>.Granted { Value: var fixedSum } && fixedSum.Currency == currency ? fixedSum : Money.Zero(currency);
        }

        return sum;
    }

    /// <summary>What a statutory notice announces: the scale's costs on what is open; null where the law has no scale.</summary>
    internal Money? Announced(IReadOnlyList<Candidate> candidates, Currency currency)
    {
        var claim = Claim(candidates[0]) with { Notice = new NoticeTerm("announced", asOf, asOf, asOf.PlusDays(-1)) };
        var principal = candidates.Where(IsPrincipal).Aggregate(Money.Zero(currency), (sum, c) => sum + c.Open);
        return law.Costs(claim, principal, asOf) is LawAnswer<Money>.Granted costs ? costs.Value : null;
    }

    /// <summary>The policy's fee of a level, as far as it was not charged by a message that came back and may be charged.</summary>
    internal Money Fee(ReminderLevel level, Money amount, IReadOnlyList<Candidate> candidates, ActionId action, List<CodedReason> reasons)
    {
        var zero = Money.Zero(amount.Currency);
        if (level.Fee.In(amount.Currency) is not { IsPositive: true } fee)
        {
            return zero;
        }

        var invoices = Uncharged(candidates, action);
        return Lawful(level.FeePer == FeeUnit.Invoice ? fee * invoices : invoices > 0 ? fee : zero, level, amount, candidates, action, reasons);
    }

    private static int Uncharged(IReadOnlyList<Candidate> candidates, ActionId action) => candidates.Where(c => !WasCharged(c, action)).Select(c => c.Item.Id).Distinct().Count();

    // Whether another action reminded at this level and for this cycle before: its message came back, and the fee was charged with it.
    private static bool WasCharged(Candidate candidate, ActionId action) =>
        candidate.History?.Reminders?.Count(r => r.Instalment == candidate.Part.Number && r.Action != action && candidate.InForce.LevelOf(r) == candidate.Level.Level) >= candidate.Cycle;

    private Money Lawful(Money fee, ReminderLevel level, Money amount, IReadOnlyList<Candidate> candidates, ActionId action, List<CodedReason> reasons)
    {
        if (!policy.EnforceLaw || !fee.IsPositive)
        {
            return fee;
        }

        foreach (var candidate in candidates)
        {
            if (NoticeRule(candidate) is { } rule && rule.Before.Contains("fees") && !(Term(candidate, rule)?.ChargeableFrom <= asOf))
            {
                reasons.Add(Left("feeNotLawful", candidate, new CodedReason(rule.Id, [], "The law allows no fee before the term of its notice is over.")));
                return Money.Zero(fee.Currency);
            }
        }

        var first = candidates[0];
        if (NoticeRule(first) is null || law.Costs(Claim(first), amount, asOf) is not LawAnswer<Money>.Granted scale)
        {
            return fee;
        }

        // The scale is the most of all that collection may cost a consumer, whatever it is called (BW 6:96 lid 5; CEL art. XIX.4).
        var isUsed = level.Costs == StatutoryClaim.Statutory || candidates.Any(c => WasClaimed(c, action, l => l.Costs == StatutoryClaim.Statutory));
        var left = isUsed ? Money.Zero(fee.Currency) : Money.Max(Money.Zero(fee.Currency), scale.Value - FeesBefore(candidates, action, fee.Currency));
        if (left < fee)
        {
            reasons.Add(Left("feeCapped", first, new CodedReason("scale", [], "With the fee all costs together are above the statutory scale.")));
        }

        return Money.Min(left, fee);
    }

    // The policy's fees that consumers were charged before: those of reminders that were sent when the term of the notice was over.
    private Money FeesBefore(IEnumerable<Candidate> candidates, ActionId action, Currency currency)
    {
        var charged = new HashSet<(ActionId?, LocalDate, int, DocumentId?)>();
        var sum = Money.Zero(currency);
        foreach (var candidate in candidates)
        {
            if (candidate.History?.Reminders is not { } sent || NoticeRule(candidate) is not { } rule || Term(candidate, rule) is not { } term)
            {
                continue;
            }

            foreach (var row in sent.Where(r => r.Instalment == candidate.Part.Number && r.Action != action && r.Sent >= term.ChargeableFrom))
            {
                if (candidate.InForce.LevelSent(row) is { } level && level.Fee.In(currency) is { IsPositive: true } fee
                    && charged.Add((row.Action, row.Sent, row.Level, level.FeePer == FeeUnit.Invoice ? candidate.Item.Id : null)))
                {
                    sum += fee;
                }
            }
        }

        return sum;
    }

    private NoticeRule? NoticeRule(Candidate candidate) => candidate.Customer.Row is { } row ? law.NoticeFor(row.Country, row.Kind) : null;

    private static CodedReason Left(string code, Candidate candidate, CodedReason why) =>
        new(code, [new ReasonArgument("invoice", candidate.Item.Id.Value), new ReasonArgument("instalment", candidate.Part.Number), new ReasonArgument("because", why.Code)], why.Text);

    // The earliest notice whose term is known. A law that asks for a free first reminder takes any message without a fee.
    private NoticeTerm? Term(Candidate candidate, NoticeRule rule)
    {
        NoticeTerm? earliest = null;
        foreach (var sent in CollectionsMarshal.AsSpan(candidate.History?.Reminders))
        {
            if (sent.Instalment != candidate.Part.Number || index.IsBounced(sent.Action, sent.Channel) || candidate.InForce.LevelSent(sent) is not { } level)
            {
                continue;
            }

            var counts = level.Kind == ReminderKind.StatutoryNotice || (rule.MustBeFree && level.Fee.Count == 0 && level.Kind is ReminderKind.Reminder or ReminderKind.FormalNotice);
            if (counts && law.Term(rule, sent.Sent, sent.Channel ?? level.ChannelOrDefault, index.Delivered(sent.Action)).ValueOrDefault is { } term && (earliest is null || term.Last < earliest.Last))
            {
                earliest = term;
            }
        }

        return earliest;
    }

    // What is a claim for being late itself is no late invoice, and the law gives nothing on it.
    private static bool IsPrincipal(Candidate candidate) => candidate.Item.Kind is not (DocumentKind.InterestClaim or DocumentKind.FeeClaim or DocumentKind.Recovery);

    // The same action again, on another channel, claims what it claimed.
    private static bool WasClaimed(Candidate candidate, ActionId action, Func<ReminderLevel, bool> claims) =>
        candidate.History?.Reminders?.Exists(r => r.Action != action && candidate.InForce.LevelSent(r) is { } level && claims(level)) == true;

    private LatePaymentClaim Claim(Candidate candidate) => candidate.Claim ??= Read(candidate);

    private LatePaymentClaim Read(Candidate candidate)
    {
        var reductions = Reductions(candidate);
        LocalDate? formal = null;
        foreach (var sent in CollectionsMarshal.AsSpan(candidate.History?.Reminders))
        {
            if (sent.Instalment == candidate.Part.Number && !index.IsBounced(sent.Action, sent.Channel) && candidate.InForce.LevelSent(sent)?.Kind == ReminderKind.FormalNotice)
            {
                var received = index.Delivered(sent.Action) ?? sent.Sent;
                formal = formal is { } known ? LocalDate.Min(known, received) : received;
            }
        }

        return new LatePaymentClaim
        {
            Country = candidate.Customer.Row?.Country,
            Party = candidate.Customer.Row?.Kind ?? PartyKind.Unknown,
            Principal = reductions.Aggregate(candidate.Open, (sum, r) => sum + r.Amount),
            Due = candidate.Part.Due,
            Reductions = reductions,
            FormalNotice = formal,
            Notice = NoticeRule(candidate) is { } rule ? Term(candidate, rule) : null,
            HasClause = policy.HasClause,
        };
    }

    // What closed this instalment after it fell due: it bore interest until then. What closes an invoice goes to the instalment due earliest.
    private List<PrincipalReduction> Reductions(Candidate candidate)
    {
        if (candidate.History?.Allocations is not { } allocations)
        {
            return [];
        }

        var reductions = new List<PrincipalReduction>();
        var before = Money.Zero(candidate.Open.Currency);
        foreach (var part in candidate.Item.Parts.OrderBy(p => p.Due).ThenBy(p => p.Number))
        {
            if (part.Number == candidate.Part.Number)
            {
                break;
            }

            before += part.Amount;
        }

        var closed = Money.Zero(candidate.Open.Currency);
        foreach (var row in allocations.Where(a => a.On <= asOf && a.Amount.Currency == candidate.Open.Currency).OrderBy(a => a.On).ThenBy(a => a.Id))
        {
            var share = Within(closed + row.Amount, before, candidate.Part.Amount) - Within(closed, before, candidate.Part.Amount);
            closed += row.Amount;
            if (row.On > candidate.Part.Due && !share.IsZero)
            {
                reductions.Add(new PrincipalReduction(row.On, share));
            }
        }

        return reductions;
    }

    private static Money Within(Money closed, Money before, Money amount) => Money.Min(amount, Money.Max(Money.Zero(amount.Currency), closed - before));
}
