using System.Globalization;

namespace Receivables.Sdk.Reminders;

/// <summary>The rules that a list of levels must keep.</summary>
internal static class LevelRules
{
    internal static void Check(ReminderPolicy policy, IReadOnlyList<ReminderLevel> levels, string path, List<PolicyProblem> problems)
    {
        for (var i = 0; i < levels.Count; i++)
        {
            var at = $"{path}[{i.ToString(CultureInfo.InvariantCulture)}]";
            if (levels[i].Level != i + 1)
            {
                problems.Add(new PolicyProblem(PolicyCodes.LevelNumbers, at + ".level", $"Levels are numbered 1, 2, 3 … in order, without a gap: {(i + 1).ToString(CultureInfo.InvariantCulture)} is expected."));
            }

            Numbers(levels[i], at, problems);
            Together(levels, i, at, problems);
        }

        foreach (var cap in policy.FeeCap)
        {
            var sum = Money.Zero(cap.Currency);
            for (var i = 0; i < levels.Count; i++)
            {
                // The fee of a level that repeats is charged each time; without an end it goes above any cap.
                var fee = levels[i].Fee.In(cap.Currency) ?? Money.Zero(cap.Currency);
                sum += levels[i].RepeatEveryDays is null ? fee : fee * (levels[i].RepeatMax ?? 0);
                if (sum > cap || (fee.IsPositive && levels[i] is { RepeatEveryDays: not null, RepeatMax: null }))
                {
                    problems.Add(new PolicyProblem(PolicyCodes.FeeAboveCap, $"{path}[{i.ToString(CultureInfo.InvariantCulture)}].fee", levels[i] is { RepeatEveryDays: not null, RepeatMax: null }
                        ? $"The level repeats without end, and so do its fees: they go above the cap of {cap}."
                        : $"With this fee the fees come to {sum}, above the cap of {cap}."));
                    break;
                }
            }
        }
    }

    internal static void CheckAmount(Money amount, string path, List<PolicyProblem> problems)
    {
        var at = path + "." + amount.Currency.Code;
        if (amount.IsNegative)
        {
            problems.Add(new PolicyProblem(PolicyCodes.OutOfRange, at, "The amount is below zero."));
        }
        else if (!amount.HasMinorUnitScale)
        {
            problems.Add(new PolicyProblem(PolicyCodes.OutOfRange, at, "The amount has more decimals than its currency."));
        }
    }

    private static void Numbers(ReminderLevel level, string at, List<PolicyProblem> problems)
    {
        foreach (var (value, least, name) in new[]
        {
            (level.DaysAfterDue, 0, "daysAfterDue"), (level.DaysBeforeDue, 0, "daysBeforeDue"), (level.DaysAfterPrevious, 0, "daysAfterPrevious"),
            (level.DeadlineDays, 0, "deadlineDays"), (level.RepeatEveryDays, 1, "repeatEveryDays"), (level.RepeatMax, 1, "repeatMax"),
        })
        {
            if (value < least)
            {
                problems.Add(new PolicyProblem(PolicyCodes.OutOfRange, at + "." + name, $"The number is {least.ToString(CultureInfo.InvariantCulture)} or more."));
            }
        }

        foreach (var fee in level.Fee)
        {
            CheckAmount(fee, at + ".fee", problems);
        }

        foreach (var minimum in level.MinimumAmount)
        {
            CheckAmount(minimum, at + ".minimumAmount", problems);
        }
    }

    private static void Together(IReadOnlyList<ReminderLevel> levels, int index, string at, List<PolicyProblem> problems)
    {
        var level = levels[index];
        var isPreDue = level.Kind == ReminderKind.PreDueNotice;
        Forbid(level.DaysBeforeDue is not null && !isPreDue, "daysBeforeDue", "Only a preDueNotice is sent before the due date.");
        Forbid(isPreDue && level.DaysAfterDue is not null, "daysAfterDue", "A preDueNotice is sent before the due date.");
        Forbid(isPreDue && (!level.Fee.Equals(CurrencyAmounts.None) || level.Interest != StatutoryClaim.None), "kind", "Before the due date nothing may be charged.");
        Forbid(isPreDue && index > 0 && levels[index - 1].Kind != ReminderKind.PreDueNotice, "kind", "A preDueNotice can only stand before the other levels.");
        Forbid(level.RepeatEveryDays is not null && index != levels.Count - 1, "repeatEveryDays", "Only the last level can repeat.");
        Forbid(level.RepeatMax is not null && level.RepeatEveryDays is null, "repeatMax", "There is no repeatEveryDays.");
        Forbid(level.Kind == ReminderKind.Handover && level.RepeatEveryDays is not null, "repeatEveryDays", "A claim is handed over once.");
        Forbid(level.Anchor == CadenceAnchor.PreviousDeadline && (index == 0 || levels[index - 1].DeadlineDays is null), "anchor", "The previous level gives no deadline.");

        void Forbid(bool isWrong, string name, string message)
        {
            if (isWrong)
            {
                problems.Add(new PolicyProblem(PolicyCodes.Contradiction, at + "." + name, message));
            }
        }
    }
}
