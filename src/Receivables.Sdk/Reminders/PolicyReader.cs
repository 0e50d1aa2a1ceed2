using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>What each field of the policy file means. Values that cannot be read are told and stand at their default.</summary>
internal sealed class PolicyReader
{
    private readonly PolicyValues _values = new();

    internal List<PolicyProblem> Problems => _values.Problems;

    internal ReminderPolicy? Read(PolicyJson root)
    {
        if (!_values.IsObject(root))
        {
            return null;
        }

        var policy = new ReminderPolicy { Levels = [] };
        bool version = false, levels = false;
        foreach (var (name, value) in _values.Fields(root))
        {
            switch (name)
            {
                case "version":
                    version = true;
                    if (_values.Integer(value) is { } number && number != PolicyFile.Version)
                    {
                        _values.Tell(PolicyCodes.UnknownVersion, value, "The version of the policy file is 1.");
                    }

                    break;
                case "levels":
                    levels = true;
                    policy = policy with { Levels = Levels(value) };
                    break;
                case "profiles":
                    policy = policy with { Profiles = Overrides(value) };
                    break;
                case "groups":
                    policy = policy with { Groups = Overrides(value) };
                    break;
                case "customers":
                    policy = policy with { Customers = Overrides(value) };
                    break;
                case "entities":
                    policy = policy with { Entities = Overrides(value) };
                    break;
                case "invoices":
                    policy = policy with { Invoices = Overrides(value) };
                    break;
                default:
                    policy = Field(policy, name, value);
                    break;
            }
        }

        if (!version)
        {
            _values.Tell(PolicyCodes.Missing, PolicyJson.Child(root.Path, "version"), "The field is required.");
        }

        if (!levels)
        {
            _values.Tell(PolicyCodes.Missing, PolicyJson.Child(root.Path, "levels"), "The field is required.");
        }

        return policy;
    }

    private ReminderPolicy Field(ReminderPolicy policy, string name, PolicyJson value) => name switch
    {
        "name" => policy with { Name = _values.Text(value) ?? policy.Name },
        "revision" => policy with { Revision = _values.Integer(value) ?? 1 },
        "effectiveFrom" => policy with { EffectiveFrom = _values.Date(value) },
        "migrate" => policy with { Migrate = _values.Flag(value) },
        "levelMap" => policy with { LevelMap = LevelMap(value) },
        "grouping" => policy with { Grouping = _values.Word(value, ReminderGrouping.Customer, ("customer", ReminderGrouping.Customer), ("invoice", ReminderGrouping.Invoice), ("level", ReminderGrouping.Level), ("parent", ReminderGrouping.Parent)) },
        "graceDays" => policy with { GraceDays = _values.Integer(value) ?? 0 },
        "bankLatencyDays" => policy with { BankLatencyDays = _values.Integer(value) ?? 0 },
        "quietDays" => policy with { QuietDays = _values.Integer(value) ?? 0 },
        "minimumAmount" => policy with { MinimumAmount = _values.Amounts(value) },
        "minimumPercent" => policy with { MinimumPercent = new Percentage(_values.Decimal(value) ?? 0m) },
        "unappliedCredit" => policy with { UnappliedCredit = _values.Word(value, UnappliedCreditTreatment.Covers, ("covers", UnappliedCreditTreatment.Covers), ("ignore", UnappliedCreditTreatment.Ignore)) },
        "promise" => policy with { Promise = _values.Word(value, PromiseScope.Invoice, ("invoice", PromiseScope.Invoice), ("amount", PromiseScope.Amount)) },
        "window" => policy with { Window = Window(value) },
        "calendar" => policy with { Calendar = _values.Text(value) ?? policy.Calendar },
        "language" => policy with { Language = _values.Text(value) ?? policy.Language },
        "languages" => policy with { Languages = _values.Texts(value) },
        "freshness" => policy with { Freshness = Freshness(value) },
        "pressure" => policy with { Pressure = Pressure(value) },
        "feeCap" => policy with { FeeCap = _values.Amounts(value) },
        "planBreachDays" => policy with { PlanBreachDays = _values.Integer(value) },
        "law" => policy with { EnforceLaw = _values.Word(value, true, ("enforce", true), ("ignore", false)) },
        "clause" => policy with { HasClause = _values.Flag(value) },
        "texts" => policy with { Texts = Texts(value) },
        _ => Unknown(policy, value),
    };

    private T Unknown<T>(T unchanged, PolicyJson value)
    {
        _values.Tell(PolicyCodes.UnknownField, value, "The policy file knows no such field.");
        return unchanged;
    }

    private List<ReminderLevel> Levels(PolicyJson array)
    {
        var levels = new List<ReminderLevel>();
        foreach (var item in _values.Array(array))
        {
            var level = new ReminderLevel { Level = levels.Count + 1 };
            if (_values.IsObject(item))
            {
                foreach (var (name, value) in _values.Fields(item))
                {
                    level = Field(level, name, value);
                }
            }

            levels.Add(level);
        }

        return levels;
    }

    private ReminderLevel Field(ReminderLevel level, string name, PolicyJson value) => name switch
    {
        "level" => level with { Level = _values.Integer(value) ?? level.Level },
        "kind" => level with
        {
            Kind = _values.Word(
                value,
                ReminderKind.Reminder,
                ("preDueNotice", ReminderKind.PreDueNotice),
                ("reminder", ReminderKind.Reminder),
                ("formalNotice", ReminderKind.FormalNotice),
                ("statutoryNotice", ReminderKind.StatutoryNotice),
                ("handover", ReminderKind.Handover),
                ("writeOffProposal", ReminderKind.WriteOffProposal),
                ("task", ReminderKind.Task)),
        },
        "daysAfterDue" => level with { DaysAfterDue = _values.Integer(value) },
        "daysBeforeDue" => level with { DaysBeforeDue = _values.Integer(value) },
        "daysAfterPrevious" => level with { DaysAfterPrevious = _values.Integer(value) },
        "anchor" => level with
        {
            Anchor = _values.Word(
                value,
                CadenceAnchor.Previous,
                ("due", CadenceAnchor.Due),
                ("previous", CadenceAnchor.Previous),
                ("previousDeadline", CadenceAnchor.PreviousDeadline),
                ("oldestItem", CadenceAnchor.OldestItem),
                ("anyContact", CadenceAnchor.AnyContact)),
        },
        "channel" => level with { Channel = _values.Text(value) },
        "fallback" => level with { Fallback = _values.Texts(value) },
        "template" => level with { Template = _values.Text(value) },
        "fee" => level with { Fee = _values.Amounts(value) },
        "feePer" => level with { FeePer = _values.Word(value, FeeUnit.Action, ("action", FeeUnit.Action), ("invoice", FeeUnit.Invoice)) },
        "interest" => level with { Interest = Statutory(value) },
        "fixedSum" => level with { FixedSum = Statutory(value) },
        "costs" => level with { Costs = Statutory(value) },
        "minimumAmount" => level with { MinimumAmount = _values.Amounts(value) },
        "approval" => level with { Approval = _values.Word(value, ApprovalRule.None, ("none", ApprovalRule.None), ("required", ApprovalRule.Required), ("fourEyes", ApprovalRule.FourEyes)) },
        "deadlineDays" => level with { DeadlineDays = _values.Integer(value) },
        "repeatEveryDays" => level with { RepeatEveryDays = _values.Integer(value) },
        "repeatMax" => level with { RepeatMax = _values.Integer(value) },
        "when" => level with { When = Condition(value) },
        "mandatory" => level with { Mandatory = _values.Flag(value) },
        _ => Unknown(level, value),
    };

    private StatutoryClaim Statutory(PolicyJson value) => _values.Word(value, StatutoryClaim.None, ("none", StatutoryClaim.None), ("statutory", StatutoryClaim.Statutory));

    private FrozenDictionary<string, PolicyOverride> Overrides(PolicyJson map)
    {
        var overrides = new Dictionary<string, PolicyOverride>(StringComparer.Ordinal);
        foreach (var (key, item) in _values.Map(map))
        {
            var entry = new PolicyOverride();
            if (_values.IsObject(item))
            {
                foreach (var (name, value) in _values.Fields(item))
                {
                    entry = name switch
                    {
                        "extends" => entry with { Extends = _values.Text(value) },
                        "levels" => entry with { Levels = Levels(value) },
                        "graceDays" => entry with { GraceDays = _values.Integer(value) },
                        "quietDays" => entry with { QuietDays = _values.Integer(value) },
                        "minimumAmount" => entry with { MinimumAmount = _values.Amounts(value) },
                        _ => Unknown(entry, value),
                    };
                }
            }

            overrides[key] = entry;
        }

        return overrides.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private FrozenDictionary<int, int> LevelMap(PolicyJson map)
    {
        var levels = new Dictionary<int, int>();
        foreach (var (key, value) in _values.Map(map))
        {
            if (!int.TryParse(key, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var from))
            {
                _values.Tell(PolicyCodes.WrongType, value, "The name of the field must be the number of a level.");
            }
            else if (_values.Integer(value) is { } to)
            {
                levels[from] = to;
            }
        }

        return levels.ToFrozenDictionary();
    }

    private FreshnessRule Freshness(PolicyJson item)
    {
        var rule = new FreshnessRule();
        foreach (var (name, value) in _values.Map(item))
        {
            rule = name switch
            {
                "maxImportDays" => rule with { MaxImportDays = _values.Integer(value) ?? rule.MaxImportDays },
                "importDays" => rule with
                {
                    ImportDays =
                    [
                        .. _values.Array(value).Select(d => _values.Word(
                            d,
                            IsoDayOfWeek.None,
                            ("mon", IsoDayOfWeek.Monday),
                            ("tue", IsoDayOfWeek.Tuesday),
                            ("wed", IsoDayOfWeek.Wednesday),
                            ("thu", IsoDayOfWeek.Thursday),
                            ("fri", IsoDayOfWeek.Friday),
                            ("sat", IsoDayOfWeek.Saturday),
                            ("sun", IsoDayOfWeek.Sunday))).Distinct(),
                    ],
                },
                _ => Unknown(rule, value),
            };
        }

        return rule;
    }

    private ContactWindow? Window(PolicyJson item)
    {
        string? zone = null;
        var window = new ContactWindow { Zone = "" };
        foreach (var (name, value) in _values.Map(item))
        {
            window = name switch
            {
                "from" => window with { From = _values.Time(value) ?? window.From },
                "to" => window with { To = _values.Time(value) ?? window.To },
                "zone" => window with { Zone = zone = _values.Text(value) ?? "" },
                "channels" => window with { Channels = _values.Texts(value) },
                _ => Unknown(window, value),
            };
        }

        if (zone is null)
        {
            _values.Tell(PolicyCodes.Missing, PolicyJson.Child(item.Path, "zone"), "The field is required.");
        }

        return string.IsNullOrEmpty(zone) ? null : window;
    }

    private PressureLimit? Pressure(PolicyJson item)
    {
        int? max = null, days = null;
        foreach (var (name, value) in _values.Map(item))
        {
            _ = name switch
            {
                "max" => max = _values.Integer(value),
                "days" => days = _values.Integer(value),
                _ => Unknown<int?>(null, value),
            };
        }

        if (max is null || days is null)
        {
            _values.Tell(PolicyCodes.Missing, item, "Both max and days are required.");
            return null;
        }

        return new PressureLimit(max.Value, days.Value);
    }

    private FrozenDictionary<string, FrozenDictionary<string, ReminderText>> Texts(PolicyJson map)
    {
        var templates = new Dictionary<string, FrozenDictionary<string, ReminderText>>(StringComparer.Ordinal);
        foreach (var (template, languages) in _values.Map(map))
        {
            var texts = new Dictionary<string, ReminderText>(StringComparer.Ordinal);
            foreach (var (language, item) in _values.Map(languages))
            {
                var text = new ReminderText("", "");
                foreach (var (name, value) in _values.Map(item))
                {
                    text = name switch
                    {
                        "subject" => text with { Subject = _values.AnyText(value) ?? "" },
                        "body" => text with { Body = _values.AnyText(value) ?? "" },
                        _ => Unknown(text, value),
                    };
                }

                texts[language] = text;
            }

            templates[template] = texts.ToFrozenDictionary(StringComparer.Ordinal);
        }

        return templates.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // An object with several fields asks for all of them.
    private PolicyCondition? Condition(PolicyJson item)
    {
        var all = ImmutableArray.CreateBuilder<PolicyCondition>();
        foreach (var (name, value) in _values.Map(item))
        {
            PolicyCondition? condition = name switch
            {
                "all" => new PolicyCondition.All(Conditions(value)),
                "any" => new PolicyCondition.Any(Conditions(value)),
                "not" => Condition(value) is { } inner ? new PolicyCondition.Not(inner) : null,
                "customerKind" => new PolicyCondition.CustomerKindIs(_values.Word(value, PartyKind.Unknown, ("business", PartyKind.Business), ("consumer", PartyKind.Consumer), ("unknown", PartyKind.Unknown))),
                "country" or "language" or "profile" or "group" => _values.Text(value) is { } text ? new PolicyCondition.CustomerFieldIs(name, text) : null,
                "hasEmail" => Reachable("email", value),
                "hasPhone" => Reachable("phone", value),
                "openAtLeast" => new PolicyCondition.OpenAtLeast(_values.Amounts(value)),
                "daysOverdueAtLeast" => _values.Integer(value) is { } days ? new PolicyCondition.OverdueAtLeast(days) : null,
                _ => Unknown<PolicyCondition?>(null, value),
            };
            if (condition is not null)
            {
                all.Add(condition);
            }
        }

        return all.Count == 1 ? all[0] : new PolicyCondition.All(all.ToImmutable());
    }

    private ImmutableArray<PolicyCondition> Conditions(PolicyJson array) => [.. _values.Array(array).Select(Condition).OfType<PolicyCondition>()];

    private PolicyCondition Reachable(string way, PolicyJson value)
    {
        var has = new PolicyCondition.CustomerHas(way);
        return value.Kind == JsonTokenType.False ? new PolicyCondition.Not(has) : _values.Flag(value) ? has : has;
    }
}
