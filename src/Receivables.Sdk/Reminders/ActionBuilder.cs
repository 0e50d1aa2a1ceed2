using NodaTime;

namespace Receivables.Sdk.Reminders;

/// <summary>Puts candidates that go out together into actions, and holds those whose action is too small or comes too soon.</summary>
internal sealed class ActionBuilder(ReminderPolicy policy, LawDesk law, ReminderIndex index, ContactHours hours, LocalDate asOf, Instant? now, Action<HeldItem> hold)
{
    private readonly ActionIds _ids = new(policy.Name);

    /// <summary>Adds the actions of one customer, or of one family where parents answer for their children.</summary>
    internal void Build(CustomerWork owner, List<Candidate> candidates, List<ReminderAction> actions)
    {
        candidates.RemoveAll(IsHeldByLaw);
        candidates.Sort(InOrderOfGroup);
        var isLimited = policy.Pressure is not null;
        List<(ReminderAction Action, List<Candidate> Candidates)>? waiting = null;
        for (var i = 0; i < candidates.Count;)
        {
            var first = i;
            while (++i < candidates.Count && OrderOfGroup(candidates[first], candidates[i]) == 0)
            {
            }

            var lines = candidates.GetRange(first, i - first);
            var level = Highest(lines);
            var amount = Money.Zero(lines[0].Open.Currency);
            foreach (var line in lines)
            {
                amount += line.Open;
                isLimited |= line.Effective.QuietDays > 0;
            }

            if (IsBelow(owner, lines, level, amount))
            {
                Hold(lines, HeldReason.BelowMinimum);
            }
            else if (Build(owner, level, lines, amount) is var action && now >= action.Window?.End)
            {
                Hold(lines, HeldReason.Cadence, asOf, "The hours in which the customer may be contacted are over.");
            }
            else
            {
                (waiting ??= []).Add((action, lines));
            }
        }

        if (waiting is not null)
        {
            actions.AddRange(isLimited ? WithinQuietDays(owner, waiting) : waiting.Select(w => w.Action));
        }
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
        order = order != 0 || policy.Grouping != ReminderGrouping.Level ? order : a.Level.Level.CompareTo(b.Level.Level);
        return order != 0 || policy.Grouping != ReminderGrouping.Invoice ? order : a.Item.Id.CompareTo(b.Item.Id);
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

    // Fees never lift an action over the minimum: the amount alone is compared.
    private static bool IsBelow(CustomerWork owner, List<Candidate> lines, ReminderLevel level, Money amount)
    {
        var effective = lines[0].Customer == owner ? lines[0].Effective : owner.Effective ?? lines[0].Effective;
        return amount < (effective.MinimumAmount.In(amount.Currency) ?? Money.Zero(amount.Currency)) || amount < (level.MinimumAmount.In(amount.Currency) ?? Money.Zero(amount.Currency));
    }

    // Quiet days and the pressure limit hold within a day, too: of several actions the highest level goes out first.
    private IEnumerable<ReminderAction> WithinQuietDays(CustomerWork owner, List<(ReminderAction Action, List<Candidate> Candidates)> actions)
    {
        var allowed = int.MaxValue;
        var quiet = actions.Count == 0 ? 0 : actions.Max(a => a.Candidates.Max(c => c.Effective.QuietDays));
        if (quiet > 0)
        {
            allowed = 1;
        }

        if (policy.Pressure is { } pressure)
        {
            var recent = owner.Contacts?.Count(c => Days.Add(c.Day, pressure.Days) > asOf) ?? 0;
            allowed = Math.Min(allowed, Math.Max(0, pressure.Max - recent));
        }

        foreach (var (action, candidates) in actions.OrderByDescending(a => a.Action.Level).ThenBy(a => a.Action.KindCode, StringComparer.Ordinal).ThenBy(a => a.Action.Id))
        {
            if (ReminderIndex.IsInternal(action.Channel))
            {
                yield return action;
            }
            else if (allowed > 0)
            {
                allowed--;
                yield return action;
            }
            else
            {
                Hold(candidates, HeldReason.Cadence, Days.Add(asOf, Math.Max(1, quiet) - 1), "The customer is contacted about something else on this day.");
            }
        }
    }

    private ReminderAction Build(CustomerWork owner, ReminderLevel level, List<Candidate> candidates, Money amount)
    {
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
        var id = _ids.Of(owner.Id, currency, level.Kind, lines, entity);
        var (channel, left) = Channels(owner, level, id);
        var fee = level.Fee.In(currency) ?? zero;
        fee = fee.IsPositive && level.FeePer == FeeUnit.Invoice ? fee * lines.Select(l => l.Invoice).Distinct().Count() : fee;
        var fees = law.Fee(fee, amount, candidates, further);
        fees += level.FixedSum == StatutoryClaim.Statutory ? law.FixedSums(candidates, currency, further) : zero;
        fees += level.Costs == StatutoryClaim.Statutory ? law.Costs(candidates, currency, further) : zero;
        return new ReminderAction
        {
            Id = id,
            On = asOf,
            Customer = owner.Id,
            Level = level.Level,
            Kind = level.Kind,
            Channel = channel,
            Fallback = left,
            Entity = entity,
            Window = hours.Of(owner.Row, channel),
            Language = owner.Row?.Language ?? policy.Language,
            Template = level.TemplateOrDefault,
            Lines = lines,
            Amount = amount,
            Fees = fees,
            Interest = interest,
            AnnouncedCosts = level.Kind == ReminderKind.StatutoryNotice ? law.Announced(candidates, amount) : null,
            OpenCredits = owner.OpenCredits(currency, entity),
            Deadline = level.DeadlineDays is { } days ? Days.Add(asOf, days) : null,
            Approval = level.Approval,
            Reasons = new ActionReasons(lines, level.Kind, asOf, further),
        };
    }

    private static bool HoldsAll(Candidate c, List<Candidate> candidates) =>
        c.Item.Instalments.Count <= 1 || c.Item.Instalments.All(p => !p.Open.IsPositive || candidates.Any(o => ReferenceEquals(o.Item, c.Item) && o.Part.Number == p.Number));

    // The channels left to try: not those on which the message came back, nor those on which the customer cannot be reached. The first stays when none is left.
    private (string First, IReadOnlyList<string> Left) Channels(CustomerWork owner, ReminderLevel level, ActionId id)
    {
        if (level.Fallback.IsEmpty)
        {
            return (level.ChannelOrDefault, []);
        }

        string[] all = [level.ChannelOrDefault, .. level.Fallback];
        var left = all.Where(c => !index.IsBounced(id, c) && Reaches(owner, c)).ToList();
        return left.Count > 0 ? (left[0], left[1..]) : (level.ChannelOrDefault, []);
    }

    private static bool Reaches(CustomerWork owner, string channel) => channel switch
    {
        "email" => owner.Row is null || !string.IsNullOrWhiteSpace(owner.Row.Email),
        "sms" or "phone" => owner.Row is null || !string.IsNullOrWhiteSpace(owner.Row.Phone),
        _ => true,
    };

    private ReminderLine Line(Candidate c, ReminderLevel level, List<Candidate> together, List<CodedReason> further)
    {
        var sheet = level.Interest == StatutoryClaim.Statutory ? law.Interest(c, further) : null;
        return new ReminderLine(
            c.Item.Id, c.Part.Number, c.Customer.Id, c.Item.Number, c.Part.Due, c.Open, Period.DaysBetween(c.Part.Due, asOf), c.Level.Level, c.Cycle, sheet?.Total ?? Money.Zero(c.Open.Currency))
        {
            Sheet = sheet,
            IsWhole = HoldsAll(c, together),
            PreviousLevel = c.Reached.Level,
            PreviousSent = c.Reached.Sent,
            WaitDays = c.Reached.Sent is null ? (c.Level.WaitAfterDue ?? c.Level.WaitAfterPrevious ?? 0) + c.Effective.GraceDays + policy.BankLatencyDays
                : (c.Cycle > 1 ? c.Level.RepeatEveryDays : c.Level.WaitAfterPrevious) ?? 0,
        };
    }

    private bool IsHeldByLaw(Candidate c)
    {
        if (law.HeldUntil(c) is { } until)
        {
            Hold([c], HeldReason.LawRequires, until, "The term of the notice that the law asks for is not over.");
            return true;
        }

        if (law.IsNoticeLost(c))
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
            hold(new HeldItem(c.Item.Id, c.Part.Number, c.Customer.Id, reason, until, note));
        }
    }
}
