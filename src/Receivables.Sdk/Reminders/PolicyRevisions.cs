using System.Runtime.InteropServices;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>What holds for one instalment: the levels of its revision, and how earlier levels are counted in it.</summary>
/// <param name="Effective">What holds now.</param>
/// <param name="Policy">The revision.</param>
/// <param name="Before">What held on a day before the instalment was moved to the revision; null where it never was.</param>
internal readonly record struct PolicyInForce(EffectivePolicy Effective, ReminderPolicy Policy, Func<LocalDate, EffectivePolicy>? Before)
{
    internal bool IsMoved => Before is not null;

    /// <summary>The level that a reminder was when it was sent, which a later revision does not change; null where no level has its number.</summary>
    internal ReminderLevel? LevelSent(SentReminder row)
    {
        var levels = (IsBeforeMove(row) ? Before!(row.Sent) : Effective).Levels;
        return row.Level >= 1 && row.Level <= levels.Count ? levels[row.Level - 1] : null;
    }

    /// <summary>The level that a sent reminder counts as. What was sent before a move may count as a higher level, never as a lower one.</summary>
    internal int LevelOf(SentReminder row) => IsBeforeMove(row) && Policy.LevelMap.TryGetValue(row.Level, out var level) ? level : row.Level;

    /// <summary>Whether a sent reminder counts as a level that the law requires: what was sent before a move does only where the map names it.</summary>
    internal bool IsSentAs(SentReminder row, ReminderLevel required) =>
        LevelOf(row) == required.Level && (!IsBeforeMove(row) || Policy.LevelMap.ContainsKey(row.Level));

    private bool IsBeforeMove(SentReminder row) => IsMoved && row.Sent < Policy.EffectiveFrom;
}

/// <summary>The revisions of one policy. Which one an instalment is under follows from its first reminder; nothing is stored.</summary>
internal sealed class PolicyRevisions
{
    private readonly IReadOnlyList<ReminderPolicy> _revisions;

    internal PolicyRevisions(IReadOnlyList<ReminderPolicy> revisions)
    {
        if (revisions.Count == 0)
        {
            throw new ArgumentException("There is no policy.", nameof(revisions));
        }

        for (var i = 1; i < revisions.Count; i++)
        {
            if (revisions[i].Name != revisions[0].Name || revisions[i].Revision <= revisions[i - 1].Revision || revisions[i].EffectiveFrom is null || revisions[i].EffectiveFrom <= revisions[i - 1].EffectiveFrom)
            {
                throw new ArgumentException("Revisions have one name and rise in number and date.", nameof(revisions));
            }
        }

        _revisions = revisions;
    }

    internal IReadOnlyList<ReminderPolicy> All => _revisions;

    /// <summary>The revision of a day; before the first begins, the first.</summary>
    internal ReminderPolicy On(LocalDate day)
    {
        for (var i = _revisions.Count - 1; i > 0; i--)
        {
            if (_revisions[i].EffectiveFrom <= day)
            {
                return _revisions[i];
            }
        }

        return _revisions[0];
    }

    /// <summary>The revision that an instalment is under: the one it began with, unless a later one moves it.</summary>
    internal (ReminderPolicy Policy, bool IsMoved) For(InvoiceHistory? history, int instalment, ReminderPolicy current)
    {
        if (_revisions.Count == 1)
        {
            return (current, false);
        }

        LocalDate? first = null;
        foreach (var row in CollectionsMarshal.AsSpan(history?.Reminders))
        {
            first = row.Instalment == instalment && !(row.Sent >= first) ? row.Sent : first;
        }

        if (first is not { } began || On(began) is var policy && policy == current)
        {
            return (current, false);
        }

        for (var i = _revisions.Count - 1; i > 0; i--)
        {
            if (_revisions[i].Migrate && _revisions[i].Revision <= current.Revision && _revisions[i].Revision > On(began).Revision)
            {
                return (_revisions[i], true);
            }
        }

        return (On(began), false);
    }
}
