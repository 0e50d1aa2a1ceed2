using System.Globalization;
using NodaTime;
using Receivables.Sdk.LatePayment;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>Something about a policy that works and is probably not meant, or will be left out by law.</summary>
/// <param name="Code">The code, <c>POL1…</c>.</param>
/// <param name="Path">Where, as JSON path.</param>
/// <param name="Message">What, in English.</param>
public sealed record PolicyFinding(string Code, string Path, string Message);

/// <summary>Looks over a policy before it is used: levels nobody reaches, long silences, fees a law will not allow, texts that are missing.</summary>
public static class PolicyLint
{
    // Two months without a word is taken for a slip.
    private const int LongSilence = 60;

    /// <summary>Looks over a policy.</summary>
    /// <param name="policy">A policy without problems.</param>
    /// <param name="today">The day from which tables that run out are told.</param>
    /// <param name="texts">The texts; null for those that come with the library and the policy's own.</param>
    /// <param name="law">The law; null for the tables that come with the library.</param>
    /// <returns>The findings in order of path and code; none where nothing was found.</returns>
    public static IReadOnlyList<PolicyFinding> Check(ReminderPolicy policy, LocalDate today, ReminderTexts? texts = null, LatePaymentTables? law = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        texts ??= ReminderTexts.BuiltIn.With(policy);
        var calculator = new LatePaymentCalculator(law);
        var findings = new List<PolicyFinding>();
        foreach (var (path, levels) in Lists(policy))
        {
            for (var i = 0; i < levels.Count; i++)
            {
                var at = $"{path}[{i.ToString(CultureInfo.InvariantCulture)}]";
                Reach(levels, i, at, findings);
                Silence(levels[i], at, findings);
                Law(levels, i, at, calculator, findings);
                if (levels[i] is { Kind: ReminderKind.StatutoryNotice, DeadlineDays: not null })
                {
                    findings.Add(new PolicyFinding("POL108", at + ".deadlineDays", "The term of a statutory notice is the law's: a deadline of the policy's own is not printed."));
                }

                Texts(policy, levels[i], at, texts, findings);
            }
        }

        if (policy.AllLevels.Any(l => l.Interest == StatutoryClaim.Statutory))
        {
            findings.AddRange(calculator.Tables.RunningOut(today).Select(r => new PolicyFinding("POL105", "$", r.Text)));
        }

        return [.. findings.OrderBy(f => f.Path, StringComparer.Ordinal).ThenBy(f => f.Code, StringComparer.Ordinal)];
    }

    private static IEnumerable<(string Path, IReadOnlyList<ReminderLevel> Levels)> Lists(ReminderPolicy policy)
    {
        yield return ("$.levels", policy.Levels);
        foreach (var (name, overrides) in new (string, IReadOnlyDictionary<string, PolicyOverride>)[]
        {
            ("$.profiles", policy.Profiles), ("$.groups", policy.Groups), ("$.customers", policy.Customers), ("$.invoices", policy.Invoices), ("$.entities", policy.Entities),
        })
        {
            foreach (var (key, entry) in overrides)
            {
                if (entry.Levels is { } levels)
                {
                    yield return (PolicyJson.Child(name, key) + ".levels", levels);
                }
            }
        }
    }

    private static void Reach(IReadOnlyList<ReminderLevel> levels, int index, string at, List<PolicyFinding> findings)
    {
        if (levels.Take(index).Any(l => l.Kind == ReminderKind.Handover && l.When is null))
        {
            findings.Add(new PolicyFinding("POL101", at, "The level is never reached: the claim was handed over before."));
        }
        else if (levels[index].When is { } condition && NeverHolds(condition))
        {
            findings.Add(new PolicyFinding("POL101", at + ".when", "The level is never reached: its condition cannot hold."));
        }
    }

    private static bool NeverHolds(PolicyCondition condition) => condition switch
    {
        PolicyCondition.Any any => any.Conditions.All(NeverHolds),
        PolicyCondition.Not { Condition: PolicyCondition.All { Conditions.IsEmpty: true } } => true,
        PolicyCondition.All all => all.Conditions.Any(NeverHolds)
            || all.Conditions.OfType<PolicyCondition.CustomerKindIs>().Select(k => k.Kind).Distinct().Count() > 1
            || all.Conditions.OfType<PolicyCondition.CustomerFieldIs>().Distinct().GroupBy(f => f.Field).Any(g => g.Count() > 1)
            || all.Conditions.OfType<PolicyCondition.Not>().Any(n => all.Conditions.Contains(n.Condition)),
        _ => false,
    };

    private static void Silence(ReminderLevel level, string at, List<PolicyFinding> findings)
    {
        if (level.WaitAfterPrevious > LongSilence || (level.Level == 1 && level.WaitAfterDue > LongSilence))
        {
            findings.Add(new PolicyFinding("POL102", at, "More than two months pass before this level."));
        }

        if (level.DaysAfterPrevious == 0)
        {
            findings.Add(new PolicyFinding("POL106", at + ".daysAfterPrevious", "Two levels are never sent on one day: 0 counts as 1."));
        }
    }

    private static void Law(IReadOnlyList<ReminderLevel> levels, int index, string at, LatePaymentCalculator law, List<PolicyFinding> findings)
    {
        var level = levels[index];
        foreach (var country in law.Tables.Countries)
        {
            if (law.NoticeFor(country.Country, PartyKind.Consumer) is not { } notice)
            {
                continue;
            }

            var noticed = levels.Take(index).Any(l => l.Kind == ReminderKind.StatutoryNotice || (notice.MustBeFree && l.Fee.Count == 0 && l.Kind is ReminderKind.Reminder or ReminderKind.FormalNotice));
            if (level.Fee.Count > 0 && notice.Before.Contains("fees") && !noticed)
            {
                findings.Add(new PolicyFinding("POL104", at + ".fee", $"Consumers in {country.Country} may not be charged before the {notice.Id}: the fee is left out for them."));
            }

            if (level.Costs == StatutoryClaim.Statutory && notice.Before.Contains("costs") && !noticed)
            {
                findings.Add(new PolicyFinding("POL104", at + ".costs", $"Consumers in {country.Country} may not be charged before the {notice.Id}: there is no such level before this one."));
            }

            var scale = country.Rules.LastOrDefault(r => r.Party == PartyKind.Consumer)?.Costs;
            if (scale is not null && Currency.TryParse(scale.Currency, out var currency) && level.Fee.In(currency) is { } fee && fee > scale.Of(new Money(0.01m, currency)))
            {
                findings.Add(new PolicyFinding("POL103", at + ".fee", $"The fee can be above what consumers in {country.Country} may be charged; it is lowered for them."));
            }
        }
    }

    private static void Texts(ReminderPolicy policy, ReminderLevel level, string at, ReminderTexts texts, List<PolicyFinding> findings)
    {
        foreach (var language in policy.Languages.Append(policy.Language).Distinct(StringComparer.Ordinal))
        {
            if (!texts.Has(level.TemplateOrDefault, language))
            {
                findings.Add(new PolicyFinding("POL107", at + ".template", $"There is no text {level.TemplateOrDefault} in {language}; another is taken."));
            }
        }
    }
}
