using System.Collections.Immutable;

namespace Receivables.Sdk.Reminders;

/// <summary>One step of a policy.</summary>
/// <remarks>
/// A level is due when every number of days it states has passed, or later; never only on the day. Where it states none, the first level
/// takes <see cref="DaysAfterDue"/> 14 and every other <see cref="DaysAfterPrevious"/> 14. Immutable and safe to share between threads.
/// </remarks>
public sealed record ReminderLevel
{
    /// <summary>The days a level waits when it does not say.</summary>
    public const int DefaultDays = 14;

    /// <summary>The number, from 1, without gaps.</summary>
    public required int Level { get; init; }

    /// <summary>What it is. Default: a reminder.</summary>
    public ReminderKind Kind { get; init; } = ReminderKind.Reminder;

    /// <summary>Days after the due date, 0 or more; the policy's grace comes on top.</summary>
    public int? DaysAfterDue { get; init; }

    /// <summary>Days before the due date, 0 or more; for a <see cref="ReminderKind.PreDueNotice"/> only.</summary>
    public int? DaysBeforeDue { get; init; }

    /// <summary>Days after the anchor (by default the day the previous level was sent), 0 or more; never less than one day after that level.</summary>
    public int? DaysAfterPrevious { get; init; }

    /// <summary>From where <see cref="DaysAfterPrevious"/> is counted. Default: the day the previous level was sent.</summary>
    public CadenceAnchor Anchor { get; init; } = CadenceAnchor.Previous;

    /// <summary>How it is sent: <c>email</c>, <c>letter</c>, <c>sms</c>, <c>phone</c>, <c>portal</c>, <c>agency</c> or the host's own word. Null is the kind's usual one.</summary>
    public string? Channel { get; init; }

    /// <summary>The channels tried in turn where the first cannot reach the customer or came back.</summary>
    public ImmutableArray<string> Fallback { get; init; } = [];

    /// <summary>The name of the text. Null is the kind's usual one.</summary>
    public string? Template { get; init; }

    /// <summary>A fee, charged as <see cref="FeePer"/> says; a claim of its own.</summary>
    public CurrencyAmounts Fee { get; init; } = CurrencyAmounts.None;

    /// <summary>How often the fee is charged. Default: once for each action.</summary>
    public FeeUnit FeePer { get; init; }

    /// <summary>Whether statutory interest is claimed. Default: no.</summary>
    public StatutoryClaim Interest { get; init; }

    /// <summary>Whether the statutory fixed sum is claimed, once for each late invoice. Default: no.</summary>
    public StatutoryClaim FixedSum { get; init; }

    /// <summary>Whether statutory collection costs are claimed. Default: no.</summary>
    public StatutoryClaim Costs { get; init; }

    /// <summary>The least amount of an action at this level; the policy's own applies too.</summary>
    public CurrencyAmounts MinimumAmount { get; init; } = CurrencyAmounts.None;

    /// <summary>Who must agree first. Default: nobody.</summary>
    public ApprovalRule Approval { get; init; }

    /// <summary>The days given to pay, printed as a date; 0 or more, null for none.</summary>
    public int? DeadlineDays { get; init; }

    /// <summary>Sends the last level again after so many days, 1 or more; null sends it once.</summary>
    public int? RepeatEveryDays { get; init; }

    /// <summary>How often the last level is sent in all, 1 or more; null is without end.</summary>
    public int? RepeatMax { get; init; }

    /// <summary>For which instalments the level is; a level whose condition does not hold is passed over. Null is for all.</summary>
    public PolicyCondition? When { get; init; }

    /// <summary>
    /// Whether the law requires the level: a move to a later revision may not pass it over, and while its message came back on every channel
    /// nothing further is sent.
    /// </summary>
    public bool Mandatory { get; init; }

    internal string ChannelOrDefault => Channel ?? ReminderWords.DefaultChannel(Kind);

    internal string TemplateOrDefault => Template ?? ReminderWords.DefaultTemplate(Kind);

    // The wait after the due date, where the level has one.
    internal int? WaitAfterDue => DaysAfterDue ?? (DaysAfterPrevious is null && Level == 1 && Kind != ReminderKind.PreDueNotice ? DefaultDays : null);

    internal int? WaitAfterPrevious => DaysAfterPrevious ?? (DaysAfterDue is null && Level > 1 && Kind != ReminderKind.PreDueNotice ? DefaultDays : null);
}
