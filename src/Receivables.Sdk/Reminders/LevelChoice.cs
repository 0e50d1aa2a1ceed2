using System.Runtime.InteropServices;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>What was sent for one instalment, as far as it counts.</summary>
/// <param name="Level">The highest level; 0 for none.</param>
/// <param name="Sent">When that level was sent last.</param>
/// <param name="Times">How often that level was sent.</param>
internal readonly record struct Reached(int Level, LocalDate? Sent, int Times)
{
    internal static Reached Of(InvoiceHistory? history, int instalment, PolicyInForce policy, ReminderIndex index)
    {
        var reached = default(Reached);
        foreach (var row in CollectionsMarshal.AsSpan(history?.Reminders))
        {
            if (row.Instalment != instalment || CanFallBack(row, policy, index))
            {
                continue;
            }

            var number = policy.LevelOf(row);
            if (number > reached.Level)
            {
                reached = new Reached(number, row.Sent, 1);
            }
            else if (number == reached.Level)
            {
                reached = new Reached(number, LocalDate.Max(row.Sent, reached.Sent ?? row.Sent), reached.Times + 1);
            }
        }

        return policy.IsMoved ? NotPast(reached, history, instalment, policy) : reached;
    }

    // A move does not carry an instalment past a level that the law requires: it counts as standing before the first of those that was not sent.
    private static Reached NotPast(in Reached reached, InvoiceHistory? history, int instalment, PolicyInForce policy)
    {
        foreach (var required in policy.Effective.Levels)
        {
            if (required.Mandatory && required.Level <= reached.Level && history?.Reminders?.Exists(r => r.Instalment == instalment && policy.IsSentAs(r, required)) != true)
            {
                return new Reached(required.Level - 1, reached.Sent, 1);
            }
        }

        return reached;
    }

    // A message that came back did not use up its level while a channel is left to try.
    private static bool CanFallBack(SentReminder row, in PolicyInForce policy, ReminderIndex index) =>
        index.IsBounced(row.Action, row.Channel) && policy.LevelSent(row) is { } level
        && (!index.IsBounced(row.Action, level.ChannelOrDefault) || level.Fallback.Any(c => !index.IsBounced(row.Action, c)));
}

/// <summary>The level that comes next for one instalment, and from which day.</summary>
/// <param name="Level">The level.</param>
/// <param name="Cycle">The how-manieth time it is sent.</param>
/// <param name="DueOn">The first day on which it may be sent.</param>
internal readonly record struct LevelChoice(ReminderLevel Level, int Cycle, LocalDate DueOn)
{
    /// <summary>The next level above the one that was reached whose condition holds; the last one again where it repeats; null when there is none.</summary>
    internal static LevelChoice? Next(EffectivePolicy effective, ReminderPolicy policy, in Reached reached, in Dates dates, in ConditionSubject subject)
    {
        var levels = effective.Levels;
        ReminderLevel? previous = null;
        for (var i = 0; i < levels.Count; i++)
        {
            var level = levels[i];
            if (level.Level <= reached.Level)
            {
                previous = level;
                continue;
            }

            // Once the due date has passed, a notice before it is no longer sent; nor repeated, below.
            if ((level.Kind == ReminderKind.PreDueNotice && dates.AsOf > dates.Due) || level.When?.Holds(subject) == false)
            {
                continue;
            }

            return new LevelChoice(level, 1, FirstDay(level, previous, effective, policy, reached, dates));
        }

        if (levels.Count > 0 && levels[^1] is { RepeatEveryDays: { } days } tail && tail.Level == reached.Level && reached.Sent is { } sent && !(reached.Times >= tail.RepeatMax)
            && !(tail.Kind == ReminderKind.PreDueNotice && dates.AsOf > dates.Due))
        {
            return new LevelChoice(tail, reached.Times + 1, Days.Add(sent, days));
        }

        return null;
    }

    private static LocalDate FirstDay(ReminderLevel level, ReminderLevel? previous, EffectivePolicy effective, ReminderPolicy policy, in Reached reached, in Dates dates)
    {
        if (level.Kind == ReminderKind.PreDueNotice)
        {
            var first = dates.Due.PlusDays(-Math.Min(level.DaysBeforeDue ?? 7, 36_500));
            return reached.Sent is { } before ? LocalDate.Max(first, Days.Add(before, 1)) : first;
        }

        var endOfGrace = Days.Add(dates.Due, effective.GraceDays);
        var day = Days.Add(dates.Due, 1);
        if (level.WaitAfterDue is { } afterDue)
        {
            day = LocalDate.Max(day, Days.Add(Days.Add(endOfGrace, afterDue), policy.BankLatencyDays));
        }

        if (level.WaitAfterPrevious is { } afterPrevious)
        {
            var anchor = level.Anchor switch
            {
                CadenceAnchor.Due => endOfGrace,
                CadenceAnchor.OldestItem => Days.Add(dates.Oldest, effective.GraceDays),
                CadenceAnchor.AnyContact => dates.LastContact ?? endOfGrace,
                CadenceAnchor.PreviousDeadline => reached.Sent is { } on ? Days.Add(on, previous?.DeadlineDays ?? 0) : endOfGrace,
                _ => reached.Sent ?? endOfGrace,
            };
            day = LocalDate.Max(day, Days.Add(Days.Add(anchor, afterPrevious), policy.BankLatencyDays));
        }

        // Never two levels on one day.
        return reached.Sent is { } sent ? LocalDate.Max(day, Days.Add(sent, 1)) : day;
    }
}

/// <summary>The dates that a wait can be counted from.</summary>
internal readonly record struct Dates(LocalDate AsOf, LocalDate Due, LocalDate Oldest, LocalDate? LastContact);
