using System.Runtime.InteropServices;
using NodaTime;
using Receivables.Sdk.Calendars;
using Receivables.Sdk.LatePayment;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>One plan: first every instalment by itself, then what goes out together.</summary>
internal sealed class ReminderRun
{
    private readonly PolicyRevisions _revisions;
    private readonly ReminderPolicy _policy;
    private readonly LocalDate _asOf;
    private readonly ReminderIndex _index;
    private readonly LawDesk _law;
    private readonly SendingDays _days;
    private readonly bool _isStale;
    private readonly Dictionary<(string? Group, string? Profile), EffectivePolicy> _effective = [];
    private readonly List<HeldItem> _held = [];
    private readonly CandidatePool _pool = new();
    private readonly List<Candidate> _parts = [];
    private readonly List<Overdue> _overdue = [];
    private LocalDate? _lookAgain;

    private readonly ContactHours _hours;
    private readonly Instant? _now;

    internal ReminderRun(PolicyRevisions revisions, ReminderEngineOptions options, LatePaymentCalculator law, LedgerSnapshot snapshot, ReminderFacts facts, LocalDate asOf)
    {
        var policy = revisions.On(asOf);
        (_revisions, _policy, _asOf) = (revisions, policy, asOf);
        _index = new ReminderIndex(snapshot, facts, asOf, new IndexNeeds(revisions.All.Any(NeedsContacts), policy.Grouping == ReminderGrouping.Parent, revisions.All.Any(NeedsAllocations)));
        _law = new LawDesk(policy, law, _index, asOf);
        _days = new SendingDays(policy.Calendar, options.Calendars);
        _hours = new ContactHours(policy.Window, options.ZoneOf, asOf);
        _now = facts.Now;
        _isStale = IsStale(policy.Freshness, facts.BankDataAsOf, snapshot, asOf);
    }

    internal ReminderPlan Plan()
    {
        foreach (var item in _index.Unowned)
        {
            foreach (var part in item.Parts)
            {
                if (part.Open.IsPositive)
                {
                    Hold(new HeldItem(item.Id, part.Number, null, HeldReason.NoPolicy, null, "Nobody knows whose it is."));
                }
            }
        }

        var actions = new List<ReminderAction>();
        var builder = new ActionBuilder(_policy, _law, _index, _hours, _asOf, _now, Hold);
        if (_policy.Grouping == ReminderGrouping.Parent)
        {
            PlanByParent(builder, actions);
        }
        else
        {
            PlanByCustomer(builder, actions);
        }

        return new ReminderPlan(_asOf, actions, _held) { LookAgain = actions.Count > 0 ? Days.Add(_asOf, 1) : _lookAgain };
    }

    // One customer after the other, in order: what is planned is in order but for the few rows of one customer, and what was needed for one is let go before the next.
    private void PlanByCustomer(ActionBuilder builder, List<ReminderAction> actions)
    {
        Sort(_held, 0, HeldOrder);
        var candidates = new List<Candidate>();
        foreach (var customer in _index.Debtors)
        {
            var (firstHeld, firstAction) = (_held.Count, actions.Count);
            candidates.Clear();
            _pool.Reset();
            Decide(customer, customer, candidates);
            builder.Build(customer, candidates, actions);
            Sort(_held, firstHeld, HeldOrder);
            Sort(actions, firstAction, ActionOrder);
        }
    }

    private void PlanByParent(ActionBuilder builder, List<ReminderAction> actions)
    {
        var families = new Dictionary<CustomerWork, List<Candidate>>();
        foreach (var customer in _index.Debtors)
        {
            var owner = _index.Top(customer);
            if (!families.TryGetValue(owner, out var candidates))
            {
                families.Add(owner, candidates = []);
            }

            Decide(customer, owner, candidates);
        }

        foreach (var (owner, candidates) in families)
        {
            builder.Build(owner, candidates, actions);
        }

        Sort(_held, 0, HeldOrder);
        Sort(actions, 0, ActionOrder);
    }

    private static void Sort<T>(List<T> rows, int from, Comparison<T> order) => RowOrder.Sort(CollectionsMarshal.AsSpan(rows)[from..], order);

    private static bool NeedsContacts(ReminderPolicy policy) =>
        policy.QuietDays > 0 || policy.Pressure is not null || policy.Overrides.Any(o => o.QuietDays > 0) || policy.AllLevels.Any(l => l.Anchor == CadenceAnchor.AnyContact);

    private static bool NeedsAllocations(ReminderPolicy policy) => policy.PlanBreachDays is not null || policy.Promise == PromiseScope.Amount || policy.AllLevels.Any(l => l.Interest == StatutoryClaim.Statutory);

    // The last day that the least covered account covers.
    private static LocalDate? Covered(LedgerSnapshot snapshot) => snapshot.BankData.Count == 0 ? null : snapshot.BankData.GroupBy(b => b.Account, StringComparer.Ordinal).Min(a => a.Max(b => b.Until));

    // Data of no account at all is as stale as can be.
    internal static bool IsStale(FreshnessRule? rule, LocalDate? bankDataAsOf, LedgerSnapshot snapshot, LocalDate asOf)
    {
        if (rule is null)
        {
            return false;
        }

        var until = bankDataAsOf ?? Covered(snapshot);
        return until is not { } data || rule.Age(data, asOf) > rule.MaxImportDays;
    }

    private void Decide(CustomerWork customer, CustomerWork owner, List<Candidate> through)
    {
        customer.Effective = Effective(customer);
        _parts.Clear();
        _overdue.Clear();
        RowOrder.Sort<OpenItem>(customer.Items, static (a, b) => a.Id.CompareTo(b.Id));
        foreach (var item in customer.Items)
        {
            var history = _index.History(item.Id);
            if (history?.NextDisputeEnd(_asOf) is { } resolved)
            {
                // What is no longer disputed may lift an action over its minimum.
                LookAt(resolved);
            }

            var held = HeldAmounts.Of(item, history, _policy, _asOf);
            if (held.FirstEnd is { } end)
            {
                LookAt(Days.Add(end, 1));
            }

            if (item.Instalments.Count == 0)
            {
                Weigh(customer, owner, item, DuePart.Whole(item), history, ref held);
                continue;
            }

            foreach (var part in item.Instalments.OrderBy(p => p.Due).ThenBy(p => p.Number))
            {
                Weigh(customer, owner, item, DuePart.Of(part), history, ref held);
            }
        }

        foreach (var candidate in _parts)
        {
            var sum = Overdue.Of(_overdue, candidate.Open.Currency, candidate.Item.Entity);
            if (IsLetThrough(candidate, sum?.Oldest ?? candidate.Part.Due, sum?.Amount ?? Money.Zero(candidate.Open.Currency)))
            {
                through.Add(candidate);
            }
        }
    }

    private void Weigh(CustomerWork customer, CustomerWork owner, OpenItem item, in DuePart part, InvoiceHistory? history, ref HeldAmounts held)
    {
        if (!part.Open.IsPositive)
        {
            return;
        }

        var (undisputed, open) = held.Take(part.Open);
        if (_asOf > part.Due && history?.IsHandedOver(_asOf) != true)
        {
            Overdue.Add(_overdue, undisputed, item.Entity, part.Due);
        }

        _parts.Add(_pool.Next().Begin(customer, owner, item, part, open, undisputed.IsPositive, history, InForce(customer, item, part, history)));
    }

    // Customers without an override of their own share what holds for their group and profile.
    private EffectivePolicy Effective(CustomerWork customer)
    {
        if (_policy.Customers.ContainsKey(customer.Id.Value))
        {
            return EffectivePolicy.Of(_policy, customer.Id, customer.Row, null);
        }

        ref var shared = ref CollectionsMarshal.GetValueRefOrAddDefault(_effective, (customer.Row?.Group, customer.Row?.Profile), out _);
        return shared ??= EffectivePolicy.Of(_policy, customer.Id, customer.Row, null);
    }

    private PolicyInForce InForce(CustomerWork customer, OpenItem item, in DuePart part, InvoiceHistory? history)
    {
        var (policy, isMoved) = _revisions.For(history, part.Number, _policy);
        var isCommon = policy == _policy && !(policy.Invoices.Count > 0 && policy.Invoices.ContainsKey(item.Id.Value)) && !(policy.Entities.Count > 0 && item.Entity is not null);
        var effective = isCommon ? customer.Effective! : EffectivePolicy.Of(policy, customer.Id, customer.Row, item);
        return new PolicyInForce(effective, policy, isMoved ? Before(customer, item, part.Number, history) : null);
    }

    private Func<LocalDate, EffectivePolicy> Before(CustomerWork customer, OpenItem item, int instalment, InvoiceHistory? history) =>
        day => EffectivePolicy.Of(_revisions.For(history, instalment, _revisions.On(day)).Policy, customer.Id, customer.Row, item);

    private bool IsLetThrough(Candidate candidate, LocalDate oldest, Money overdue)
    {
        var (customer, part, history) = (candidate.Customer, candidate.Part, candidate.History);
        if (candidate.Effective.Levels.Count == 0)
        {
            return !Hold(candidate, HeldReason.NoPolicy);
        }

        if (_asOf <= part.Due)
        {
            // Whatever holds a notice before the due date, the day after it another level comes into question.
            LookAt(Days.Add(part.Due, 1));
        }

        var reached = Reached.Of(history, part.Number, candidate.InForce, _index);
        var subject = new ConditionSubject(customer.Row, candidate.Open, Period.DaysBetween(part.Due, _asOf), _asOf);
        var choice = LevelChoice.Next(candidate.Effective, candidate.InForce.Policy, reached, new Dates(_asOf, part.Due, oldest, candidate.Owner.LastContact), subject);
        var isPreDue = choice is { Level.Kind: ReminderKind.PreDueNotice };
        if (_asOf <= part.Due && !(isPreDue && _asOf >= choice!.Value.DueOn && _asOf < part.Due))
        {
            return !Hold(candidate, HeldReason.NotOverdue, isPreDue && choice!.Value.DueOn > _asOf ? LocalDate.Min(part.Due, choice.Value.DueOn.PlusDays(-1)) : part.Due);
        }

        if (IsHeldByFacts(candidate, choice is null ? default : reached) || IsHeldByTime(candidate, reached, choice, isPreDue) || IsHeldByMoney(candidate, choice!.Value.Level, overdue))
        {
            return false;
        }

        candidate.Choose(choice.Value, reached);
        return true;
    }

    // A part of an invoice that was handed over is no hand-over of the invoice; it does not go on to a level above before it comes back.
    private bool IsPartHandedOver(Candidate candidate, in Reached reached) =>
        reached is { Level: > 0, Sent: { } sent } && candidate.Effective.Levels.Count > reached.Level && candidate.Effective.Levels[reached.Level - 1].Kind == ReminderKind.Handover && !candidate.History!.IsRecalled(sent, _asOf);

    private bool IsHeldByFacts(Candidate candidate, in Reached reached)
    {
        var (customer, history) = (candidate.Customer, candidate.History);
        if (history?.IsHandedOver(_asOf) == true || IsPartHandedOver(candidate, reached))
        {
            return Hold(candidate, HeldReason.HandedOver);
        }

        if (!candidate.IsUndisputed)
        {
            var (until, note) = history?.DisputeEnd(_asOf) ?? default;
            return Hold(candidate, HeldReason.Dispute, until, note);
        }

        if (history?.PromisedUntil(_asOf) is { } promised && (_policy.Promise == PromiseScope.Invoice || (!candidate.Open.IsPositive && history.Promised(candidate.Item, _asOf).IsPositive)))
        {
            return Hold(candidate, HeldReason.Promise, promised);
        }

        if (customer.IsInsolvent)
        {
            return Hold(candidate, HeldReason.Hold, null, "The customer is insolvent.");
        }

        if (CustomerHold(customer) is { } hold)
        {
            return Hold(candidate, HeldReason.Hold, hold.Until, hold.Reason);
        }

        if (history?.PlanUntil(candidate.Item, _asOf, _policy.PlanBreachDays) is { } plan)
        {
            return Hold(candidate, HeldReason.Plan, plan);
        }

        if (history?.DebitUntil(_asOf) is { } debit)
        {
            return Hold(candidate, HeldReason.DirectDebit, debit);
        }

        return !candidate.Open.IsPositive && Hold(candidate, HeldReason.RefundWindow, history!.Refundable(candidate.Item, _asOf).Until);
    }

    // Of several holds the one that lasts longest is told; ties by reason, so that the order of the rows plays no part.
    private ReminderHold? CustomerHold(CustomerWork customer)
    {
        ReminderHold? longest = null;
        foreach (var hold in CollectionsMarshal.AsSpan(customer.Holds))
        {
            if (hold.From > _asOf || hold.Until < _asOf)
            {
                continue;
            }

            var order = longest is null ? 1 : (hold.Until ?? LocalDate.MaxIsoValue).CompareTo(longest.Until ?? LocalDate.MaxIsoValue);
            if (order > 0 || (order == 0 && string.CompareOrdinal(hold.Reason, longest!.Reason) < 0))
            {
                longest = hold;
            }
        }

        return longest;
    }

    private bool IsHeldByTime(Candidate candidate, Reached reached, LevelChoice? choice, bool isPreDue)
    {
        if (choice is not { } next)
        {
            return Hold(candidate, HeldReason.LevelsExhausted, null, HasLevelAbove(candidate.Effective, reached.Level) ? "No level that is left is meant for it." : null);
        }

        var endOfGrace = Days.Add(candidate.Part.Due, candidate.Effective.GraceDays);
        if (!isPreDue && _asOf <= endOfGrace)
        {
            return Hold(candidate, HeldReason.InGrace, endOfGrace);
        }

        if (_asOf < next.DueOn)
        {
            return Hold(candidate, HeldReason.Cadence, next.DueOn.PlusDays(-1));
        }

        if (_days.Until(candidate.Customer.Row?.Country, _asOf) is { IsSendingDay: false } closed)
        {
            return Hold(candidate, HeldReason.Cadence, closed.Until, "Nothing is sent on this day.");
        }

        if (!ReminderIndex.IsInternal(next.Level.ChannelOrDefault) && candidate.Owner.LastContact is { } contact)
        {
            if (candidate.Effective.QuietDays > 0 && Days.Add(contact, candidate.Effective.QuietDays) is var quiet && _asOf < quiet)
            {
                return Hold(candidate, HeldReason.Cadence, quiet.PlusDays(-1), "The customer was contacted too recently.");
            }

            if (_policy.Pressure is { } pressure && Pressed(candidate.Owner, pressure) is { } free)
            {
                return Hold(candidate, HeldReason.Cadence, free.PlusDays(-1), "The customer was contacted too often.");
            }
        }

        return false;
    }

    private static bool HasLevelAbove(EffectivePolicy policy, int level) => policy.Levels.Any(l => l.Level > level && l.Kind != ReminderKind.PreDueNotice);

    // The day on which the oldest contact of a full window leaves it.
    private LocalDate? Pressed(CustomerWork customer, PressureLimit limit)
    {
        var days = customer.Contacts!.Select(c => Days.Add(c.Day, limit.Days)).Where(d => d > _asOf).Order().ToArray();
        return days.Length >= limit.Max ? days[days.Length - limit.Max] : null;
    }

    private bool IsHeldByMoney(Candidate candidate, ReminderLevel level, Money overdue)
    {
        if (_isStale && level.Kind is not (ReminderKind.Task or ReminderKind.WriteOffProposal))
        {
            return Hold(candidate, HeldReason.BankDataStale);
        }

        if (candidate.Customer.HasPendingPayment)
        {
            return Hold(candidate, HeldReason.PendingPayment);
        }

        if (_policy.UnappliedCredit == UnappliedCreditTreatment.Covers && candidate.Customer.OpenCredits(candidate.Open.Currency, candidate.Item.Entity) is { IsPositive: true } credits && credits >= overdue)
        {
            return Hold(candidate, HeldReason.UnappliedCredit);
        }

        return candidate.InForce.Policy.MinimumPercent is { Percent: > 0m } least && candidate.Open < candidate.Part.Amount * least.Factor && Hold(candidate, HeldReason.BelowMinimum);
    }

    private bool Hold(Candidate candidate, HeldReason reason, LocalDate? until = null, string? note = null)
    {
        Hold(new HeldItem(candidate.Item.Id, candidate.Part.Number, candidate.Customer.Id, reason, until == LocalDate.MaxIsoValue ? null : until, note));
        return true;
    }

    private void Hold(HeldItem held)
    {
        _held.Add(held);
        if (held.LookAgain is { } day)
        {
            LookAt(day);
        }
    }

    private void LookAt(LocalDate day) => _lookAgain = _lookAgain is { } known ? LocalDate.Min(known, day) : day;

    private static int HeldOrder(HeldItem a, HeldItem b)
    {
        var order = string.CompareOrdinal(a.Customer?.Value, b.Customer?.Value);
        order = order != 0 ? order : a.Invoice.CompareTo(b.Invoice);
        return order != 0 ? order : a.Instalment.CompareTo(b.Instalment);
    }

    private static int ActionOrder(ReminderAction a, ReminderAction b)
    {
        var order = a.Customer.CompareTo(b.Customer);
        order = order != 0 ? order : a.Amount.Currency.CompareTo(b.Amount.Currency);
        order = order != 0 ? order : string.CompareOrdinal(a.KindCode, b.KindCode);
        order = order != 0 ? order : a.Level.CompareTo(b.Level);
        order = order != 0 ? order : string.CompareOrdinal(a.Entity, b.Entity);
        order = order != 0 ? order : a.Lines[0].Invoice.CompareTo(b.Lines[0].Invoice);
        return order != 0 ? order : a.Lines[0].Instalment.CompareTo(b.Lines[0].Instalment);
    }
}
