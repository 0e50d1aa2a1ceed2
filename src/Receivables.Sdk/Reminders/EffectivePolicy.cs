using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>What holds for one customer or invoice once its overrides are laid over the policy.</summary>
internal sealed record EffectivePolicy(IReadOnlyList<ReminderLevel> Levels, int GraceDays, int QuietDays, CurrencyAmounts MinimumAmount)
{
    /// <summary>Invoice before customer before group before profile before company before the policy itself, field by field.</summary>
    internal static EffectivePolicy Of(ReminderPolicy policy, CustomerId customer, Customer? row, OpenItem? item)
    {
        IReadOnlyList<ReminderLevel>? levels = null;
        int? grace = null, quiet = null;
        CurrencyAmounts? minimum = null;
        foreach (var entry in Chain(policy, customer, row, item))
        {
            levels ??= entry.Levels;
            grace ??= entry.GraceDays;
            quiet ??= entry.QuietDays;
            minimum ??= entry.MinimumAmount;
        }

        return new EffectivePolicy(levels ?? policy.Levels, grace ?? policy.GraceDays, quiet ?? policy.QuietDays, minimum ?? policy.MinimumAmount);
    }

    private static IEnumerable<PolicyOverride> Chain(ReminderPolicy policy, CustomerId customer, Customer? row, OpenItem? item)
    {
        PolicyOverride? first;
        if (item is not null && policy.Invoices.TryGetValue(item.Id.Value, out first))
        {
            foreach (var entry in WithProfiles(policy, first))
            {
                yield return entry;
            }
        }

        if (policy.Customers.TryGetValue(customer.Value, out first))
        {
            foreach (var entry in WithProfiles(policy, first))
            {
                yield return entry;
            }
        }

        if (row?.Group is { } group && policy.Groups.TryGetValue(group, out first))
        {
            foreach (var entry in WithProfiles(policy, first))
            {
                yield return entry;
            }
        }

        if (row?.Profile is { } profile && policy.Profiles.TryGetValue(profile, out first))
        {
            foreach (var entry in WithProfiles(policy, first))
            {
                yield return entry;
            }
        }

        if (item?.Entity is { } entity && policy.Entities.TryGetValue(entity, out first))
        {
            foreach (var entry in WithProfiles(policy, first))
            {
                yield return entry;
            }
        }
    }

    // The rules have seen to it that profiles do not build on each other in a circle.
    private static IEnumerable<PolicyOverride> WithProfiles(ReminderPolicy policy, PolicyOverride first)
    {
        for (var entry = first; entry is not null; entry = entry.Extends is { } next ? policy.Profiles.GetValueOrDefault(next) : null)
        {
            yield return entry;
        }
    }
}
