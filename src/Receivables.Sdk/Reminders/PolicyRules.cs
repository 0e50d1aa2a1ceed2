using System.Globalization;
using Receivables.Sdk.Calendars;

namespace Receivables.Sdk.Reminders;

/// <summary>The rules that a policy must keep, wherever it came from.</summary>
internal static class PolicyRules
{
    internal static IReadOnlyList<PolicyProblem> Check(ReminderPolicy policy, Func<string, IBusinessCalendar?> calendars)
    {
        var problems = new List<PolicyProblem>();
        void Tell(string code, string path, string message) => problems.Add(new PolicyProblem(code, path, message));

        Require(policy.Name.Length > 0, "$.name", "The name is empty.");
        Require(policy.Revision >= 1, "$.revision", "A revision is 1 or more.");
        NotNegative(policy.GraceDays, "$.graceDays");
        NotNegative(policy.BankLatencyDays, "$.bankLatencyDays");
        NotNegative(policy.QuietDays, "$.quietDays");
        NotNegative(policy.PlanBreachDays, "$.planBreachDays");
        Amounts(policy.MinimumAmount, "$.minimumAmount");
        Amounts(policy.FeeCap, "$.feeCap");
        Require(policy.MinimumPercent.Percent is >= 0m and <= 100m, "$.minimumPercent", "A percentage from 0 to 100 is expected.");
        if (policy.Calendar is not ("none" or "recipient") && calendars(policy.Calendar) is null)
        {
            Tell(PolicyCodes.UnknownWord, "$.calendar", "There is no calendar of that name.");
        }

        if (policy.Freshness is { } freshness)
        {
            NotNegative(freshness.MaxImportDays, "$.freshness.maxImportDays");
            Require(!freshness.ImportDays.IsDefaultOrEmpty, "$.freshness.importDays", "At least one day of the week is needed.");
        }

        if (policy.Pressure is { } pressure)
        {
            Require(pressure.Max >= 1, "$.pressure.max", "At least one contact must be allowed.");
            Require(pressure.Days >= 1, "$.pressure.days", "At least one day is needed.");
        }

        if (policy.Window is { } window)
        {
            Require(window.From < window.To, "$.window.to", "The hours end later than they begin.");
            if (!NodaTime.DateTimeZoneProviders.Tzdb.Ids.Contains(window.Zone))
            {
                Tell(PolicyCodes.UnknownWord, "$.window.zone", "The IANA database knows no such time zone.");
            }
        }

        foreach (var (from, to) in policy.LevelMap)
        {
            Require(from >= 1 && to >= from, "$.levelMap." + from.ToString(CultureInfo.InvariantCulture), "A level is never lowered.");
        }

        if (policy.Levels.Count == 0 && !policy.AllLevels.Any())
        {
            Tell(PolicyCodes.LevelNumbers, "$.levels", "There is no level.");
        }

        LevelRules.Check(policy, policy.Levels, "$.levels", problems);
        Overrides(policy.Profiles, "$.profiles");
        Overrides(policy.Groups, "$.groups");
        Overrides(policy.Customers, "$.customers");
        Overrides(policy.Invoices, "$.invoices");
        Overrides(policy.Entities, "$.entities");
        Extends(policy, problems);
        TextRules.Check(policy, problems);
        return [.. problems.OrderBy(p => p.Path, StringComparer.Ordinal).ThenBy(p => p.Code, StringComparer.Ordinal)];

        void Require(bool holds, string path, string message)
        {
            if (!holds)
            {
                Tell(PolicyCodes.OutOfRange, path, message);
            }
        }

        void NotNegative(int? days, string path) => Require(days is null or >= 0, path, "A number of days is 0 or more.");

        void Amounts(CurrencyAmounts? amounts, string path)
        {
            foreach (var amount in amounts ?? CurrencyAmounts.None)
            {
                LevelRules.CheckAmount(amount, path, problems);
            }
        }

        void Overrides(IReadOnlyDictionary<string, PolicyOverride> overrides, string path)
        {
            foreach (var (key, entry) in overrides)
            {
                var at = PolicyJson.Child(path, key);
                NotNegative(entry.GraceDays, at + ".graceDays");
                NotNegative(entry.QuietDays, at + ".quietDays");
                Amounts(entry.MinimumAmount, at + ".minimumAmount");
                if (entry.Levels is { } levels)
                {
                    LevelRules.Check(policy, levels, at + ".levels", problems);
                }
            }
        }
    }

    private static void Extends(ReminderPolicy policy, List<PolicyProblem> problems)
    {
        foreach (var (path, overrides) in new (string, IReadOnlyDictionary<string, PolicyOverride>)[]
        {
            ("$.profiles", policy.Profiles), ("$.groups", policy.Groups), ("$.customers", policy.Customers), ("$.invoices", policy.Invoices), ("$.entities", policy.Entities),
        })
        {
            foreach (var (key, entry) in overrides)
            {
                if (entry.Extends is not { } first)
                {
                    continue;
                }

                var at = PolicyJson.Child(path, key) + ".extends";
                if (!policy.Profiles.ContainsKey(first))
                {
                    problems.Add(new PolicyProblem(PolicyCodes.Extends, at, "There is no such profile."));
                    continue;
                }

                // From here along the chain: coming back to where it began is a circle. A circle further on is told at its own members.
                var seen = new HashSet<string>(StringComparer.Ordinal);
                for (var next = (string?)first; next is not null && seen.Add(next); next = policy.Profiles.GetValueOrDefault(next)?.Extends)
                {
                    if (path == "$.profiles" && next == key)
                    {
                        problems.Add(new PolicyProblem(PolicyCodes.Extends, at, "The profiles build on each other in a circle."));
                        break;
                    }
                }
            }
        }
    }
}
