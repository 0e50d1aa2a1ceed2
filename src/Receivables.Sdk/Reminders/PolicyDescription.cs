using System.Globalization;
using System.Text;

namespace Receivables.Sdk.Reminders;

/// <summary>A policy in words and as a diagram, for the people who have to agree to it.</summary>
public static class PolicyDescription
{
    /// <summary>The policy in English, a line for each level.</summary>
    /// <param name="policy">The policy.</param>
    public static string ToText(ReminderPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Policy {policy.Name}, revision {policy.Revision}: grouped by {Word(policy.Grouping)}, {policy.GraceDays} days of grace");
        text.Append(policy.MinimumAmount.Count > 0 ? $", nothing below {policy.MinimumAmount}" : "");
        text.Append(policy.UnappliedCredit == UnappliedCreditTreatment.Covers ? ", nothing while open credits cover.\n" : ".\n");
        Levels(text, policy.Levels);
        foreach (var (name, profile) in policy.Profiles.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"Profile {name}{(profile.Extends is { } other ? ", as " + other : "")}:\n");
            Levels(text, profile.Levels ?? []);
        }

        return text.ToString();
    }

    /// <summary>The levels as a Mermaid state diagram.</summary>
    /// <param name="policy">The policy.</param>
    public static string ToMermaid(ReminderPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var text = new StringBuilder("stateDiagram-v2\n    [*] --> due\n");
        var before = "due";
        foreach (var level in policy.Levels)
        {
            var state = "level" + level.Level.ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"    {state}: {level.Level} {ReminderWords.Of(level.Kind)} ({level.ChannelOrDefault})\n");
            text.Append(CultureInfo.InvariantCulture, $"    {before} --> {state}: {Wait(level)}\n");
            text.Append(CultureInfo.InvariantCulture, $"    {state} --> paid: payment\n");
            if (level.RepeatEveryDays is { } days)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {state} --> {state}: every {days} days\n");
            }

            before = state;
        }

        return text.Append(CultureInfo.InvariantCulture, $"    {before} --> [*]\n    paid --> [*]\n").ToString();
    }

    private static void Levels(StringBuilder text, IReadOnlyList<ReminderLevel> levels)
    {
        foreach (var level in levels)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {level.Level}. {ReminderWords.Of(level.Kind)} by {level.ChannelOrDefault}, {Wait(level)}");
            text.Append(level.When is { } condition ? ", if " + condition.Describe() : "");
            text.Append(level.Fee.Count > 0 ? $", fee {level.Fee}{(level.FeePer == FeeUnit.Invoice ? " for each invoice" : "")}" : "");
            text.Append(level.Interest == StatutoryClaim.Statutory ? ", statutory interest" : "");
            text.Append(level.FixedSum == StatutoryClaim.Statutory ? ", statutory fixed sum" : "");
            text.Append(level.Costs == StatutoryClaim.Statutory ? ", statutory costs" : "");
            text.Append(level.Approval switch { ApprovalRule.Required => ", after approval", ApprovalRule.FourEyes => ", after approval by a second person", _ => "" });
            text.Append(level.RepeatEveryDays is { } days ? string.Create(CultureInfo.InvariantCulture, $", again every {days} days") : "");
            text.Append('\n');
        }
    }

    private static string Wait(ReminderLevel level)
    {
        if (level.Kind == ReminderKind.PreDueNotice)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{level.DaysBeforeDue ?? 7} days before the due date");
        }

        var anchor = level.Anchor switch
        {
            CadenceAnchor.Due => "the due date",
            CadenceAnchor.PreviousDeadline => "the deadline given before",
            CadenceAnchor.OldestItem => "the oldest due date",
            CadenceAnchor.AnyContact => "any contact",
            _ => "the previous level",
        };
        var after = level.WaitAfterPrevious is { } previous ? string.Create(CultureInfo.InvariantCulture, $"{previous} days after {anchor}") : null;
        var due = level.WaitAfterDue is { } wait ? string.Create(CultureInfo.InvariantCulture, $"{wait} days after the due date") : null;
        return after is not null && due is not null ? after + " and " + due : after ?? due ?? "at once";
    }

    private static string Word(ReminderGrouping grouping) => grouping switch
    {
        ReminderGrouping.Invoice => "invoice",
        ReminderGrouping.Level => "level",
        ReminderGrouping.Parent => "parent",
        _ => "customer",
    };
}
