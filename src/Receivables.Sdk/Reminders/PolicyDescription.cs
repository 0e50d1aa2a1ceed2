using System.Globalization;
using System.Text;

namespace Receivables.Sdk.Reminders;

/// <summary>A policy in words and as a diagram, for the people who have to agree to it.</summary>
public static class PolicyDescription
{
    /// <summary>The policy in English: what holds for everybody, a line for each level, and who gets what otherwise.</summary>
    /// <param name="policy">The policy.</param>
    public static string ToText(ReminderPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Policy {policy.Name}, revision {policy.Revision}: grouped by {Word(policy.Grouping)}, {policy.GraceDays} days of grace");
        foreach (var clause in Clauses(policy))
        {
            text.Append(", ").Append(clause);
        }

        text.Append(".\n");
        Levels(text, policy.Levels);
        foreach (var (what, overrides) in new[] { ("Company", policy.Entities), ("Profile", policy.Profiles), ("Group", policy.Groups), ("Customer", policy.Customers), ("Invoice", policy.Invoices) })
        {
            foreach (var (name, entry) in overrides.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"{what} {name}{(entry.Extends is { } other ? ", as profile " + other : "")}");
                text.Append(entry.GraceDays is { } grace ? Text($", {grace} days of grace") : "");
                text.Append(entry.QuietDays is { } quiet ? Text($", {quiet} days between contacts") : "");
                text.Append(entry.MinimumAmount is { Count: > 0 } least ? $", nothing below {least}" : "");
                text.Append(entry.Levels is { Count: 0 } ? ", never reminded.\n" : entry.Levels is null ? ".\n" : ":\n");
                Levels(text, entry.Levels ?? []);
            }
        }

        return text.ToString();
    }

    // What a policy says beside its levels, as far as it says anything.
    private static IEnumerable<string> Clauses(ReminderPolicy policy)
    {
        (bool Says, string Text)[] clauses =
        [
            (policy.EffectiveFrom is not null, Text($"from {policy.EffectiveFrom:uuuu-MM-dd}{(policy.Migrate ? ", for what began before, too" : "")}")),
            (policy.BankLatencyDays > 0, Text($"{policy.BankLatencyDays} more days for the bank")),
            (policy.QuietDays > 0, Text($"{policy.QuietDays} days between contacts")),
            (policy.Pressure is not null, Text($"at most {policy.Pressure?.Max} contacts in {policy.Pressure?.Days} days")),
            (policy.MinimumAmount.Count > 0, $"nothing below {policy.MinimumAmount}"),
            (policy.MinimumPercent.Percent > 0m, $"nothing of which less than {policy.MinimumPercent} is open"),
            (policy.UnappliedCredit == UnappliedCreditTreatment.Covers, "nothing while open credits cover"),
            (policy.Promise == PromiseScope.Amount, "a promise holds its amount"),
            (policy.PlanBreachDays is not null, Text($"a payment plan ends {policy.PlanBreachDays} days after a missed part")),
            (policy.Calendar != "none", policy.Calendar == "recipient" ? "on the working days of the customer's country" : $"on the working days of {policy.Calendar}"),
            (policy.Window is not null, Text($"from {policy.Window?.From:HH:mm} to {policy.Window?.To:HH:mm} by the customer's clock (else {policy.Window?.Zone})")),
            (policy.Freshness is not null, Text($"only while bank data is at most {policy.Freshness?.MaxImportDays} import days old")),
            (policy.FeeCap.Count > 0, $"fees never above {policy.FeeCap}"),
            (!policy.EnforceLaw, "without regard to what the law allows"),
            (policy.HasClause, "under contracts that provide interest and costs"),
        ];
        return clauses.Where(c => c.Says).Select(c => c.Text);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

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
            text.Append(CultureInfo.InvariantCulture, $"    {before} --> {state}: {Wait(level)}{(level.When is { } condition ? ", if " + condition.Describe() : "")}\n");
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
            text.Append(level.MinimumAmount.Count > 0 ? $", nothing below {level.MinimumAmount}" : "");
            text.Append(level.DeadlineDays is { } term ? Text($", {term} days to pay") : "");
            text.Append(level.Fallback.IsEmpty ? "" : $", else by {string.Join(", ", level.Fallback)}");
            text.Append(level.Mandatory ? ", required by law" : "");
            text.Append(level.RepeatEveryDays is { } days ? Text($", again every {days} days{(level.RepeatMax is { } max ? Text($", {max} times in all") : "")}") : "");
            text.Append('\n');
        }
    }

    private static string Wait(ReminderLevel level)
    {
        if (level.Kind == ReminderKind.PreDueNotice)
        {
            return Text($"{level.DaysBeforeDue ?? 7} days before the due date");
        }

        var anchor = level.Anchor switch
        {
            CadenceAnchor.Due => "the due date",
            CadenceAnchor.PreviousDeadline => "the deadline given before",
            CadenceAnchor.OldestItem => "the oldest due date",
            CadenceAnchor.AnyContact => "any contact",
            _ => "the previous level",
        };
        var after = level.WaitAfterPrevious is { } previous ? Text($"{previous} days after {anchor}") : null;
        var due = level.WaitAfterDue is { } wait ? Text($"{wait} days after the due date") : null;
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
