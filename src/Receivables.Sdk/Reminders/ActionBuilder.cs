using System.Globalization;
using NodaTime;

namespace Receivables.Sdk.Reminders;

/// <summary>Puts candidates that go out together into actions, and holds those whose action is too small or comes too soon.</summary>
internal sealed class ActionBuilder(ReminderPolicy policy, LawDesk law, ReminderIndex index, LocalDate asOf, Action<HeldItem> hold)
{
    internal IEnumerable<ReminderAction> Build(CustomerWork owner, List<Candidate> candidates)
    {
        var actions = new List<(ReminderAction Action, List<Candidate> Candidates)>();
        foreach (var group in candidates.GroupBy(GroupOf))
        {
            var lines = group.Where(c => !IsHeldByLaw(c)).OrderBy(c => c.Item.Id).ThenBy(c => c.Part.Number).ToList();
            if (lines.Count == 0)
            {
                continue;
            }

            var level = lines.MaxBy(c => c.Level.Level)!.Level;
            var amount = lines.Aggregate(Money.Zero(group.Key.Currency), (sum, c) => sum + c.Open);
            if (IsBelow(owner, lines, level, amount))
            {
                Hold(lines, HeldReason.BelowMinimum);
            }
            else
            {
                actions.Add((Build(owner, group.Key.Currency, level, lines, amount), lines));
            }
        }

        return WithinQuietDays(owner, actions);
    }

    private (Currency Currency, ReminderKind Kind, int Level, DocumentId Invoice) GroupOf(Candidate c) => (
        c.Open.Currency,
        c.Level.Kind,
        policy.Grouping == ReminderGrouping.Level ? c.Level.Level : 0,
        policy.Grouping == ReminderGrouping.Invoice ? c.Item.Id : default);

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

    private ReminderAction Build(CustomerWork owner, Currency currency, ReminderLevel level, List<Candidate> candidates, Money amount)
    {
        var zero = Money.Zero(currency);
        var reasons = candidates.ConvertAll(Why);
        var lines = candidates.ConvertAll(c => Line(c, level, reasons) with { IsWhole = HoldsAll(c, candidates) });
        var id = ActionIds.Of(policy.Name, owner.Id, currency, level.Kind, lines);
        var channels = Channels(owner, level, id);
        var times = level.FeePer == FeeUnit.Invoice ? lines.Select(l => l.Invoice).Distinct().Count() : 1;
        var fees = law.Fee((level.Fee.In(currency) ?? zero) * times, amount, candidates, reasons);
        fees += level.FixedSum == StatutoryClaim.Statutory ? law.FixedSums(candidates, currency, reasons) : zero;
        fees += level.Costs == StatutoryClaim.Statutory ? law.Costs(candidates, currency, reasons) : zero;
        return new ReminderAction
        {
            Id = id,
            On = asOf,
            Customer = owner.Id,
            Level = level.Level,
            Kind = level.Kind,
            Channel = channels[0],
            Fallback = channels[1..],
            Language = owner.Row?.Language ?? policy.Language,
            Template = level.TemplateOrDefault,
            Lines = lines,
            Amount = amount,
            Fees = fees,
            Interest = lines.Aggregate(zero, (sum, l) => sum + l.Interest),
            AnnouncedCosts = level.Kind == ReminderKind.StatutoryNotice ? law.Announced(candidates, amount) : null,
            OpenCredits = owner.OpenCredits(currency),
            Deadline = level.DeadlineDays is { } days ? Days.Add(asOf, days) : null,
            Approval = level.Approval,
            Reasons = reasons,
        };
    }

    private static bool HoldsAll(Candidate c, List<Candidate> candidates) =>
        c.Item.Instalments.Count <= 1 || c.Item.Instalments.All(p => !p.Open.IsPositive || candidates.Any(o => ReferenceEquals(o.Item, c.Item) && o.Part.Number == p.Number));

    // The channels left to try: not those on which the message came back, nor those on which the customer cannot be reached. The first stays when none is left.
    private List<string> Channels(CustomerWork owner, ReminderLevel level, ActionId id)
    {
        string[] all = [level.ChannelOrDefault, .. level.Fallback];
        var left = all.Where(c => !index.IsBounced(id, c) && Reaches(owner, c)).ToList();
        return left.Count > 0 ? left : [level.ChannelOrDefault];
    }

    private static bool Reaches(CustomerWork owner, string channel) => channel switch
    {
        "email" => owner.Row is null || !string.IsNullOrWhiteSpace(owner.Row.Email),
        "sms" or "phone" => owner.Row is null || !string.IsNullOrWhiteSpace(owner.Row.Phone),
        _ => true,
    };

    private ReminderLine Line(Candidate c, ReminderLevel level, List<CodedReason> reasons)
    {
        var sheet = level.Interest == StatutoryClaim.Statutory ? law.Interest(c, reasons) : null;
        return new ReminderLine(
            c.Item.Id, c.Part.Number, c.Customer.Id, c.Item.Number, c.Part.Due, c.Open, Period.DaysBetween(c.Part.Due, asOf), c.Level.Level, c.Cycle, sheet?.Total ?? Money.Zero(c.Open.Currency))
        {
            Sheet = sheet,
        };
    }

    private bool IsHeldByLaw(Candidate c)
    {
        if (law.HeldUntil(c) is not { } until)
        {
            return false;
        }

        Hold([c], HeldReason.LawRequires, until, "The term of the notice that the law asks for is not over.");
        return true;
    }

    private CodedReason Why(Candidate c)
    {
        var where = $"{c.Item.Id} instalment {c.Part.Number.ToString(CultureInfo.InvariantCulture)}";
        var args = new List<ReasonArgument> { new("due", c.Part.Due) };
        if (c.Level.Kind == ReminderKind.PreDueNotice)
        {
            args.Add(new ReasonArgument("before", Period.DaysBetween(asOf, c.Part.Due)));
            return new CodedReason("preDueNotice", Named(c, args), $"{where} falls due.");
        }

        if (c.Reached.Sent is not { } sent)
        {
            var after = (c.Level.WaitAfterDue ?? c.Level.WaitAfterPrevious ?? 0) + c.Effective.GraceDays + policy.BankLatencyDays;
            args.Add(new ReasonArgument("after", after));
            return new CodedReason("firstReminderDue", Named(c, args), $"{where} was due and {after.ToString(CultureInfo.InvariantCulture)} days have passed.");
        }

        args.Add(new ReasonArgument("previousLevel", c.Reached.Level));
        args.Add(new ReasonArgument("previousSent", sent));
        args.Add(new ReasonArgument("after", (c.Cycle > 1 ? c.Level.RepeatEveryDays : c.Level.WaitAfterPrevious) ?? 0));
        return new CodedReason(c.Cycle > 1 ? "reminderRepeats" : "nextLevelDue", Named(c, args), $"{where} was reminded and is still open.");
    }

    private static List<ReasonArgument> Named(Candidate c, List<ReasonArgument> args)
    {
        args.Add(new ReasonArgument("invoice", c.Item.Id.Value));
        args.Add(new ReasonArgument("instalment", c.Part.Number));
        return args;
    }

    private void Hold(List<Candidate> candidates, HeldReason reason, LocalDate? until = null, string? note = null)
    {
        foreach (var c in candidates)
        {
            hold(new HeldItem(c.Item.Id, c.Part.Number, c.Customer.Id, reason, until, note));
        }
    }
}
