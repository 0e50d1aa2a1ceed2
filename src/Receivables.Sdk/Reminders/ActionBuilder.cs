using System.Runtime.InteropServices;
using NodaTime;

namespace Receivables.Sdk.Reminders;

/// <summary>Puts candidates that go out together into actions, and holds those whose action is too small or comes too soon.</summary>
internal sealed class ActionBuilder
{
    private readonly ReminderPolicy _policy;
    private readonly LawDesk _law;
    private readonly ReminderIndex _index;
    private readonly ContactHours _hours;
    private readonly LocalDate _asOf;
    private readonly Instant? _now;
    private readonly Action<HeldItem> _hold;
    private readonly ActionIds _ids;

    // Made once: they are handed out for every customer.
    private readonly Comparison<Candidate> _order;
    private readonly Predicate<Candidate> _isHeldByLaw;

    internal ActionBuilder(ReminderPolicy policy, LawDesk law, ReminderIndex index, ContactHours hours, LocalDate asOf, Instant? now, Action<HeldItem> hold)
    {
        (_policy, _law, _index, _hours, _asOf, _now, _hold) = (policy, law, index, hours, asOf, now, hold);
        _ids = new ActionIds(policy.Name);
        (_order, _isHeldByLaw) = (InOrderOfGroup, IsHeldByLaw);
    }

    /// <summary>Adds the actions of one customer, or of one family where parents answer for their children.</summary>
    internal void Build(CustomerWork owner, List<Candidate> candidates, List<ReminderAction> actions)
    {
        candidates.RemoveAll(_isHeldByLaw);
        RowOrder.Sort(CollectionsMarshal.AsSpan(candidates), _order);
        var isLimited = _policy.Pressure is not null;
        List<Draft>? drafts = null;
        for (var i = 0; i < candidates.Count;)
        {
            var first = i;
            while (++i < candidates.Count && OrderOfGroup(candidates[first], candidates[i]) == 0)
            {
            }

            var lines = candidates.GetRange(first, i - first);
            HoldSmall(owner, lines);
            if (lines.Count == 0)
            {
                continue;
            }

            isLimited |= lines.Exists(l => l.Effective.QuietDays > 0);
            if (DraftOf(owner, lines) is var draft && _hours.Of(owner.Row, draft.Channel) is { } window && (window.Duration == Duration.Zero || _now >= window.End))
            {
                Hold(lines, HeldReason.Cadence, _asOf, window.Duration == Duration.Zero
                    ? "The clock passes over the hours in which the customer may be contacted."
                    : "The hours in which the customer may be contacted are over.");
            }
            else
            {
                (drafts ??= []).Add(draft);
            }
        }

        foreach (var draft in isLimited && drafts is not null ? WithinLimits(owner, drafts) : drafts ?? [])
        {
            actions.Add(Action(owner, draft));
        }
    }

    // What goes out together, before it is known whether it goes out today: what the law gives is worked out for what does.
    private readonly record struct Draft(ReminderLevel Level, List<Candidate> Lines, ActionId Id, string Channel, IReadOnlyList<string> Fallback);

    private Draft DraftOf(CustomerWork owner, List<Candidate> lines)
    {
        var level = Highest(lines);
        var id = _ids.Of(owner.Id, level.Kind, lines);
        var (channel, left) = Channels(owner, level, id);
        return new Draft(level, lines, id, channel, left);
    }

    private int InOrderOfGroup(Candidate a, Candidate b)
    {
        var order = OrderOfGroup(a, b);
        order = order != 0 ? order : a.Item.Id.CompareTo(b.Item.Id);
        return order != 0 ? order : a.Part.Number.CompareTo(b.Part.Number);
    }

    // What shares an action is equal here.
    private int OrderOfGroup(Candidate a, Candidate b)
    {
        var order = a.Open.Currency.CompareTo(b.Open.Currency);
        order = order != 0 ? order : string.CompareOrdinal(a.Item.Entity, b.Item.Entity);
        order = order != 0 ? order : a.Level.Kind.CompareTo(b.Level.Kind);
        order = order != 0 || _policy.Grouping != ReminderGrouping.Level ? order : a.Level.Level.CompareTo(b.Level.Level);
        return order != 0 || _policy.Grouping != ReminderGrouping.Invoice ? order : a.Item.Id.CompareTo(b.Item.Id);
    }

    private static ReminderLevel Highest(List<Candidate> lines)
    {
        var highest = lines[0].Level;
        foreach (var line in lines)
        {
            highest = line.Level.Level > highest.Level ? line.Level : highest;
        }

        return highest;
    }

    // Fees never lift an action over the minimum: the amount alone is compared. A line whose own least amount the action does not reach stays behind,
    // the greatest first; without it the others may not reach theirs.
    private void HoldSmall(CustomerWork owner, List<Candidate> lines)
    {
        while (lines.Count > 0)
        {
            var (amount, level) = (Sum(lines), Highest(lines));
            var least = Money.Zero(amount.Currency);
            foreach (var line in lines)
            {
                least = Money.Max(least, Least(owner, line, level));
            }

            if (amount >= least)
            {
                return;
            }

            HoldBelow(owner, lines, level, least);
        }
    }

    private void HoldBelow(CustomerWork owner, List<Candidate> lines, ReminderLevel level, Money least)
    {
        Hold(lines.FindAll(l => Least(owner, l, level) == least), HeldReason.BelowMinimum);
        lines.RemoveAll(l => Least(owner, l, level) == least);
    }

    private static Money Least(CustomerWork owner, Candidate line, ReminderLevel level)
    {
        var currency = line.Open.Currency;
        var effective = line.Customer == owner ? line.Effective : owner.Effective ?? line.Effective;
        return Money.Max(effective.MinimumAmount.In(currency) ?? Money.Zero(currency), level.MinimumAmount.In(currency) ?? Money.Zero(currency));
    }

    private static Money Sum(List<Candidate> lines)
    {
        var sum = Money.Zero(lines[0].Open.Currency);
        foreach (var line in lines)
        {
            sum += line.Open;
        }

        return sum;
    }

    // Quiet days and the pressure limit hold within a day, too: of several actions the highest level goes out first, then the one that is due longest. After it, lines without quiet days may still go.
    private IEnumerable<Draft> WithinLimits(CustomerWork owner, List<Draft> drafts)
    {
        const string Note = "The customer is contacted about something else on this day.";
        var (allowed, isContacted) = (int.MaxValue, false);
        if (_policy.Pressure is { } pressure)
        {
            var recent = owner.Contacts?.Count(c => Days.Add(c.Day, pressure.Days) > _asOf) ?? 0;
            allowed = Math.Max(0, pressure.Max - recent);
        }

        foreach (var draft in drafts.OrderByDescending(d => d.Level.Level).ThenBy(d => d.Lines.Min(l => l.Part.Due)).ThenBy(d => d.Id))
        {
            if (ReminderIndex.IsInternal(draft.Channel))
            {
                yield return draft;
                continue;
            }

            if (allowed == 0)
            {
                Hold(draft.Lines, HeldReason.Cadence, _asOf, Note);
                continue;
            }

            var quiet = draft.Lines.FindAll(c => isContacted && c.Effective.QuietDays > 0);
            foreach (var line in quiet)
            {
                Hold([line], HeldReason.Cadence, Days.Add(_asOf, line.Effective.QuietDays - 1), Note);
            }

            var left = quiet.Count == 0 ? draft.Lines : draft.Lines.FindAll(c => !quiet.Contains(c));
            HoldSmall(owner, left);
            if (left.Count > 0)
            {
                allowed--;
                isContacted = true;
                yield return quiet.Count == 0 ? draft : DraftOf(owner, left);
            }
        }
    }

    private ReminderAction Action(CustomerWork owner, in Draft draft)
    {
        var (level, candidates, amount) = (draft.Level, draft.Lines, Sum(draft.Lines));
        var currency = amount.Currency;
        var zero = Money.Zero(currency);
        var further = new List<CodedReason>();
        var lines = new ReminderLine[candidates.Count];
        var interest = zero;
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = Line(candidates[i], level, candidates, further);
            interest += lines[i].Interest;
        }

        var entity = candidates[0].Item.Entity;
        var fees = _law.Fee(level, amount, candidates, draft.Id, further);
        fees += level.FixedSum == StatutoryClaim.Statutory ? _law.FixedSums(candidates, draft.Id, currency, further) : zero;
        fees += level.Costs == StatutoryClaim.Statutory ? _law.Costs(level, candidates, draft.Id, currency, further) : zero;
        return new ReminderAction
        {
            Id = draft.Id,
            On = _asOf,
            Customer = owner.Id,
            Level = level.Level,
            Kind = level.Kind,
            Channel = draft.Channel,
            Fallback = draft.Fallback,
            Entity = entity,
            Window = _hours.Of(owner.Row, draft.Channel),
            Language = ReminderRecipient.Of(owner.Row, draft.Channel)?.Language ?? owner.Row?.Language ?? _policy.Language,
            Template = level.TemplateOrDefault,
            Lines = lines,
            Amount = amount,
            Fees = fees,
            Interest = interest,
            AnnouncedCosts = level.Kind == ReminderKind.StatutoryNotice ? _law.Announced(candidates, currency) : null,
            OpenCredits = owner.OpenCredits(currency, entity),
            Deadline = level.DeadlineDays is { } days ? Days.Add(_asOf, days) : null,
            Approval = level.Approval,
            Reasons = new ActionReasons(lines, level.Kind, _asOf, further),
        };
    }

    private static bool HoldsAll(Candidate c, List<Candidate> candidates) =>
        c.Item.Instalments.All(p => !p.Open.IsPositive || candidates.Any(o => ReferenceEquals(o.Item, c.Item) && o.Part.Number == p.Number));

    // The channels left to try: not those on which the message came back, nor those on which the customer cannot be reached. The first stays when none is left.
    private (string First, IReadOnlyList<string> Left) Channels(CustomerWork owner, ReminderLevel level, ActionId id)
    {
        if (level.Fallback.IsEmpty)
        {
            return (level.ChannelOrDefault, []);
        }

        string[] all = [level.ChannelOrDefault, .. level.Fallback];
        var left = all.Where(c => !_index.IsBounced(id, c) && ReminderRecipient.Reaches(owner.Row, c)).ToList();
        return left.Count > 0 ? (left[0], left[1..]) : (level.ChannelOrDefault, []);
    }

    private ReminderLine Line(Candidate c, ReminderLevel level, List<Candidate> together, List<CodedReason> further)
    {
        var sheet = level.Interest == StatutoryClaim.Statutory ? _law.Interest(c, further) : null;
        return new ReminderLine(
            c.Item.Id, c.Part.Number, c.Customer.Id, c.Item.Number, c.Part.Due, c.Open, Period.DaysBetween(c.Part.Due, _asOf), c.Level.Level, c.Cycle, sheet?.Total ?? Money.Zero(c.Open.Currency))
        {
            Sheet = sheet,
            IsWhole = c.Item.Instalments.Count <= 1 || HoldsAll(c, together),
            PreviousLevel = c.Reached.Level,
            PreviousSent = c.Reached.Sent,
            WaitDays = c.Reached.Sent is null ? (c.Level.WaitAfterDue ?? c.Level.WaitAfterPrevious ?? 0) + c.Effective.GraceDays + c.InForce.Policy.BankLatencyDays
                : (c.Cycle > 1 ? c.Level.RepeatEveryDays : c.Level.WaitAfterPrevious) ?? 0,
        };
    }

    private bool IsHeldByLaw(Candidate c)
    {
        if (_law.HeldUntil(c) is { } until)
        {
            Hold([c], HeldReason.LawRequires, until, "The term of the notice that the law asks for is not over.");
            return true;
        }

        if (_law.IsNoticeLost(c))
        {
            Hold([c], HeldReason.LawRequires, null, "The notice that the law requires came back on every channel.");
            return true;
        }

        return false;
    }

    private void Hold(List<Candidate> candidates, HeldReason reason, LocalDate? until = null, string? note = null)
    {
        foreach (var c in candidates)
        {
            _hold(new HeldItem(c.Item.Id, c.Part.Number, c.Customer.Id, reason, until, note));
        }
    }
}
