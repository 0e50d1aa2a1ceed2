using System.Collections.Frozen;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reminders;

namespace Receivables.Sdk.TestKit.Reminders;

/// <summary>Worlds in which everything a policy can say is said by somebody, for laws that hold whatever it says.</summary>
public static partial class ReminderWorlds
{
    private static readonly string[] Channels = ["email", "letter", "sms", "phone", "portal", "own"];

    /// <summary>As <see cref="World"/>, with overrides, conditions, anchors, pressure limits, calendars, statutory claims, bounces, promises and refund windows by amount, part payments and plans in several parts.</summary>
    public static Gen<ReminderWorld> Rich { get; } =
        from world in World
        from policy in Gen.Choose(0, int.MaxValue - 1)
        from rows in Gen.Choose(0, int.MaxValue - 1).ArrayOf(6)
        select rows.Aggregate(Enriched(world, new Digits(policy)), (w, row) => Further(w, new Digits(row)));

    private static ReminderWorld Enriched(ReminderWorld world, Digits d)
    {
        var levels = Levels(world.Policy.Levels, d);
        return world with
        {
            Policy = world.Policy with
            {
                Levels = levels,
                Pressure = d.Next(3) == 0 ? new PressureLimit(1 + d.Next(3), 3 + d.Next(20)) : null,
                MinimumPercent = new Percentage(d.Next(4) == 0 ? 60m : 0m),
                PlanBreachDays = d.Next(2) == 0 ? d.Next(5) : null,
                Calendar = d.Next(4) switch { 0 => "NL", 1 => "recipient", _ => "none" },
                EnforceLaw = d.Next(4) > 0,
                HasClause = d.Next(2) == 0,
                Profiles = Overrides("strategic", levels, d),
                Groups = Overrides("G", levels, d),
                Customers = Overrides("C1", levels, d),
                Invoices = Overrides("I1", levels, d),
                Entities = Overrides("B", levels, d),
            },
            Snapshot = world.Snapshot with
            {
                Customers = [.. world.Snapshot.Customers.Select(c => c with
                {
                    Profile = d.Next(3) == 0 ? "strategic" : null,
                    Group = d.Next(3) == 0 ? "G" : null,
                    Phone = d.Next(2) == 0 ? "+31 20 000 0000" : null,
                    Country = d.Next(3) == 0 ? "BE" : c.Country,
                })],
            },
        };
    }

    private static List<ReminderLevel> Levels(IReadOnlyList<ReminderLevel> plain, Digits d)
    {
        var levels = new List<ReminderLevel>();
        foreach (var level in plain)
        {
            var isPreDue = level.Kind == ReminderKind.PreDueNotice;
            var claims = !isPreDue && d.Next(3) == 0 ? StatutoryClaim.Statutory : StatutoryClaim.None;
            levels.Add(level with
            {
                Kind = level.Kind == ReminderKind.Reminder && d.Next(4) == 0 ? ReminderKind.StatutoryNotice : level.Kind,
                DeadlineDays = d.Next(3) == 0 ? d.Next(12) : null,
                Mandatory = !isPreDue && d.Next(5) == 0,
                When = d.Next(4) == 0 ? Condition(d) : null,
                Anchor = level.DaysAfterPrevious is null ? CadenceAnchor.Previous : d.Next(5) switch
                {
                    0 => CadenceAnchor.Due,
                    1 => CadenceAnchor.OldestItem,
                    2 => CadenceAnchor.AnyContact,
                    3 when levels.Count > 0 && levels[^1].DeadlineDays is not null => CadenceAnchor.PreviousDeadline,
                    _ => CadenceAnchor.Previous,
                },
                Interest = claims,
                FixedSum = d.Next(2) == 0 ? claims : StatutoryClaim.None,
                Costs = d.Next(2) == 0 ? claims : StatutoryClaim.None,
                Channel = level.Kind == ReminderKind.Handover || d.Next(3) == 0 ? null : Channels[d.Next(Channels.Length)],
                Fallback = d.Next(3) == 0 ? ["letter"] : [],
                RepeatMax = level.RepeatEveryDays is not null && d.Next(2) == 0 ? 1 + d.Next(3) : null,
                MinimumAmount = d.Next(6) == 0 ? new CurrencyAmounts(new Money(50m, Currency.EUR)) : CurrencyAmounts.None,
            });
        }

        if (levels[^1].Kind == ReminderKind.Handover && d.Next(2) == 0)
        {
            // For what comes back.
            levels.Add(new ReminderLevel { Level = levels.Count + 1, DaysAfterPrevious = 1 + d.Next(9) });
        }

        return levels;
    }

    private static PolicyCondition Condition(Digits d)
    {
        PolicyCondition one = d.Next(5) switch
        {
            0 => new PolicyCondition.CustomerKindIs((PartyKind)d.Next(3)),
            1 => new PolicyCondition.CustomerHas("email"),
            2 => new PolicyCondition.OpenAtLeast(new CurrencyAmounts(new Money(60m, Currency.EUR))),
            3 => new PolicyCondition.CustomerFieldIs("country", "NL"),
            _ => new PolicyCondition.OverdueAtLeast(d.Next(60)),
        };
        return d.Next(3) switch
        {
            0 => new PolicyCondition.Not(one),
            1 => new PolicyCondition.Any([one, new PolicyCondition.OverdueAtLeast(d.Next(90))]),
            _ => one,
        };
    }

    private static FrozenDictionary<string, PolicyOverride> Overrides(string key, List<ReminderLevel> levels, Digits d)
    {
        if (d.Next(3) > 0)
        {
            return FrozenDictionary<string, PolicyOverride>.Empty;
        }

        var entry = new PolicyOverride
        {
            Levels = d.Next(4) switch { 0 => [], 1 => levels[..1], _ => null },
            GraceDays = d.Next(3) == 0 ? d.Next(9) : null,
            QuietDays = d.Next(3) == 0 ? d.Next(5) : null,
            MinimumAmount = d.Next(3) == 0 ? new CurrencyAmounts(new Money(d.Next(90), Currency.EUR)) : null,
        };
        return new Dictionary<string, PolicyOverride> { [key] = entry }.ToFrozenDictionary();
    }

    private static ReminderWorld Further(ReminderWorld w, Digits d)
    {
        var item = w.Snapshot.OpenItems[d.Next(w.Snapshot.OpenItems.Count)];
        var (from, until) = (Start.PlusDays(d.Next(110)), Start.PlusDays(40 + d.Next(110)));
        var part = Money.FromMinorUnits(d.Next(8_000) + 1, item.Open.Currency);
        var (s, f) = (w.Snapshot, w.Facts);
        switch (d.Next(7))
        {
            case 0 when until > from:
                return w with { Snapshot = s with { Promises = [.. s.Promises, new PaymentPromise(item.Id, from, until, part)] } };
            case 1:
                return w with { Facts = f with { RefundWindows = [.. f.RefundWindows, new RefundWindow(item.Id, until, d.Next(2) == 0 ? part : null)] } };
            case 2:
                return w with { Snapshot = s with { Plans = [.. s.Plans, new PaymentPlan(item.Id, from, [new PlanInstalment(from.PlusDays(d.Next(20)), part), new PlanInstalment(from.PlusDays(20 + d.Next(40)), part)])] } };
            case 3 when !item.IsCredit:
                return w with { Snapshot = s with { Allocations = [.. s.Allocations, new StandingAllocation(new AllocationId("A" + s.Allocations.Count), null, item.Id, part, from, AllocationKind.Payment)] } };
            case 4:
                var action = new ActionId("R" + s.Reminders.Count);
                var sent = new SentReminder(item.Id, 1, 1 + d.Next(3), from, Channels[d.Next(3)], action);
                return w with
                {
                    Snapshot = s with { Reminders = [.. s.Reminders, sent] },
                    Facts = d.Next(2) == 0 ? f : f with { Deliveries = [.. f.Deliveries, new DeliveryReport(action, sent.Channel!, (DeliveryStatus)d.Next(4), from.PlusDays(d.Next(9)))] },
                };
            case 5:
                return w with { Facts = f with { Recalls = [.. f.Recalls, new HandoverRecall(s.Handovers.Count > 0 ? s.Handovers[d.Next(s.Handovers.Count)].Invoice : item.Id, until)] } };
            default:
                return w with { Snapshot = s with { Disputes = [.. s.Disputes, new Dispute(item.Id, from, until > from ? until : null, part, null)] } };
        }
    }
}
