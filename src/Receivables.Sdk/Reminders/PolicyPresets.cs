using NodaTime;

namespace Receivables.Sdk.Reminders;

/// <summary>Policies for common practice, to begin from with <c>with</c>.</summary>
/// <remarks>Each is a policy without problems. They are examples, not legal advice.</remarks>
public static class PolicyPresets
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<ReminderPolicy> All => [SmallBusiness, BusinessEurope, ConsumerNetherlands, ConsumerBelgium, Subscriptions];

    /// <summary>Two reminders, 14 and 28 days after the due date, then a call.</summary>
    public static ReminderPolicy SmallBusiness { get; } = new()
    {
        Name = "small-business",
        MinimumAmount = new CurrencyAmounts(new Money(5m, Currency.EUR)),
        Levels =
        [
            new ReminderLevel { Level = 1, DaysAfterDue = 14 },
            new ReminderLevel { Level = 2, DaysAfterPrevious = 14, Template = "firm" },
            new ReminderLevel { Level = 3, Kind = ReminderKind.Task, DaysAfterPrevious = 7 },
        ],
    };

    /// <summary>Between businesses in the European Union: two reminders, a formal notice with statutory interest and fixed sum, hand-over after approval.</summary>
    public static ReminderPolicy BusinessEurope { get; } = new()
    {
        Name = "business-europe",
        GraceDays = 3,
        Freshness = new FreshnessRule(),
        Calendar = "recipient",
        Levels =
        [
            new ReminderLevel { Level = 1, DaysAfterDue = 4, Fallback = ["letter"] },
            new ReminderLevel { Level = 2, DaysAfterPrevious = 10, Template = "firm", Fallback = ["letter"] },
            new ReminderLevel { Level = 3, Kind = ReminderKind.FormalNotice, DaysAfterPrevious = 14, Interest = StatutoryClaim.Statutory, FixedSum = StatutoryClaim.Statutory, DeadlineDays = 14 },
            new ReminderLevel { Level = 4, Kind = ReminderKind.Handover, DaysAfterPrevious = 7, Anchor = CadenceAnchor.PreviousDeadline, Approval = ApprovalRule.Required, Interest = StatutoryClaim.Statutory },
        ],
    };

    /// <summary>Consumers in the Netherlands: a reminder, the fourteen-day letter, then statutory costs and interest.</summary>
    public static ReminderPolicy ConsumerNetherlands { get; } = new()
    {
        Name = "consumer-netherlands",
        Language = "nl",
        Calendar = "NL",
        Freshness = new FreshnessRule(),
        Levels =
        [
            new ReminderLevel { Level = 1, DaysAfterDue = 7, Fallback = ["letter"] },
            new ReminderLevel { Level = 2, Kind = ReminderKind.StatutoryNotice, DaysAfterPrevious = 10, Mandatory = true },
            new ReminderLevel { Level = 3, Kind = ReminderKind.FormalNotice, DaysAfterPrevious = 21, Interest = StatutoryClaim.Statutory, Costs = StatutoryClaim.Statutory },
            new ReminderLevel { Level = 4, Kind = ReminderKind.Handover, DaysAfterPrevious = 14, Approval = ApprovalRule.Required, Interest = StatutoryClaim.Statutory },
        ],
    };

    /// <summary>Consumers in Belgium: a free first reminder with fourteen days, then what the clause of the contract and the caps allow.</summary>
    public static ReminderPolicy ConsumerBelgium { get; } = new()
    {
        Name = "consumer-belgium",
        Language = "nl",
        Calendar = "BE",
        HasClause = true,
        Freshness = new FreshnessRule(),
        Levels =
        [
            new ReminderLevel { Level = 1, Kind = ReminderKind.StatutoryNotice, DaysAfterDue = 7, Channel = "email", Fallback = ["letter"], Mandatory = true },
            new ReminderLevel { Level = 2, Kind = ReminderKind.FormalNotice, DaysAfterPrevious = 21, Interest = StatutoryClaim.Statutory, Costs = StatutoryClaim.Statutory },
            new ReminderLevel { Level = 3, Kind = ReminderKind.Handover, DaysAfterPrevious = 14, Approval = ApprovalRule.Required },
        ],
    };

    /// <summary>Subscriptions: a notice before the due date, short steps by mail, then every month.</summary>
    public static ReminderPolicy Subscriptions { get; } = new()
    {
        Name = "subscriptions",
        QuietDays = 2,
        Pressure = new PressureLimit(4, 30),
        Levels =
        [
            new ReminderLevel { Level = 1, Kind = ReminderKind.PreDueNotice, DaysBeforeDue = 3 },
            new ReminderLevel { Level = 2, DaysAfterDue = 3 },
            new ReminderLevel { Level = 3, DaysAfterPrevious = 7, Template = "firm" },
            new ReminderLevel { Level = 4, DaysAfterPrevious = 14, Template = "final", RepeatEveryDays = 30, RepeatMax = 6 },
        ],
    };
}
