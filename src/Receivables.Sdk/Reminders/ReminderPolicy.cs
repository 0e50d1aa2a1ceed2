using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;
using Receivables.Sdk.Calendars;

namespace Receivables.Sdk.Reminders;

/// <summary>What a company of the seller, a profile, a group, a customer or an invoice does otherwise than the policy. What is null is as below.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record PolicyOverride
{
    /// <summary>The profile it builds on; its values count where this one has none.</summary>
    public string? Extends { get; init; }

    /// <summary>The levels, in place of the policy's; an empty list means that nobody is reminded.</summary>
    public IReadOnlyList<ReminderLevel>? Levels { get; init; }

    /// <summary>Days of grace.</summary>
    public int? GraceDays { get; init; }

    /// <summary>Days between two contacts.</summary>
    public int? QuietDays { get; init; }

    /// <summary>The least amount of an action.</summary>
    public CurrencyAmounts? MinimumAmount { get; init; }
}

/// <summary>How fresh bank data must be before anybody is reminded.</summary>
/// <remarks>
/// Age is counted in the bank link's own import days: those after the last day covered and before the day of the plan. Data up to Friday is
/// of age 0 on Monday where only working days are imported. Immutable and safe to share between threads.
/// </remarks>
public sealed record FreshnessRule
{
    /// <summary>The greatest age, 0 or more. Default: 1.</summary>
    public int MaxImportDays { get; init; } = 1;

    /// <summary>The days of the week on which the link imports; default Monday to Friday.</summary>
    public ImmutableArray<IsoDayOfWeek> ImportDays { get; init; } =
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    internal int Age(LocalDate until, LocalDate asOf)
    {
        // Whole weeks at once, so that very old data does not cost a loop.
        var days = Math.Max(0, Period.DaysBetween(until, asOf) - 1);
        var age = days / 7 * ImportDays.Length;
        for (var i = 1; i <= days % 7; i++)
        {
            age += ImportDays.Contains(until.PlusDays(i).DayOfWeek) ? 1 : 0;
        }

        return age;
    }
}

/// <summary>How often one customer may be contacted, over all channels and invoices.</summary>
/// <param name="Max">At most so many contacts, 1 or more.</param>
/// <param name="Days">In so many days, 1 or more.</param>
public sealed record PressureLimit(int Max, int Days);

/// <summary>Who is reminded when and how: a policy as data. See <see cref="PolicyFile"/> for its JSON.</summary>
/// <remarks>
/// Only <see cref="Levels"/> is required. <see cref="Check"/> says what is wrong with a policy; the engine refuses one with problems.
/// Immutable and safe to share between threads.
/// </remarks>
public sealed record ReminderPolicy
{
    /// <summary>The name; part of every action's id. Default: <c>default</c>.</summary>
    public string Name { get; init; } = "default";

    /// <summary>The number of this revision of the policy, from 1.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>From which day this revision holds; null is from ever.</summary>
    public LocalDate? EffectiveFrom { get; init; }

    /// <summary>Whether instalments that began under an earlier revision move to this one. Default: they end under the one they began with.</summary>
    public bool Migrate { get; init; }

    /// <summary>For a move: the level of an earlier revision (key) that counts as which level here, never a lower one. A level not listed keeps its number.</summary>
    public FrozenDictionary<int, int> LevelMap { get; init; } = FrozenDictionary<int, int>.Empty;

    /// <summary>Which instalments share one action. Default: those of a customer.</summary>
    public ReminderGrouping Grouping { get; init; }

    /// <summary>Days of grace after the due date, 0 or more. Default: 0.</summary>
    public int GraceDays { get; init; }

    /// <summary>Days a payment needs until it is seen here, 0 or more: added to every wait. Default: 0.</summary>
    public int BankLatencyDays { get; init; }

    /// <summary>Days between two contacts with one customer, 0 or more. Default: 0.</summary>
    public int QuietDays { get; init; }

    /// <summary>The least amount of an action. Default: none.</summary>
    public CurrencyAmounts MinimumAmount { get; init; } = CurrencyAmounts.None;

    /// <summary>The least part of an instalment's amount that must be open, in percent, 0 to 100. Default: 0.</summary>
    public Percentage MinimumPercent { get; init; }

    /// <summary>What open credits do. Default: they cover.</summary>
    public UnappliedCreditTreatment UnappliedCredit { get; init; }

    /// <summary>What a promise holds. Default: the whole invoice.</summary>
    public PromiseScope Promise { get; init; }

    /// <summary>The calendar of the days on which something is sent: a name, <c>recipient</c> for that of the customer's country, or <c>none</c> (default).</summary>
    public string Calendar { get; init; } = "none";

    /// <summary>The language of a customer without one, BCP 47. Default: <c>en</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The languages that every text of <see cref="Texts"/> must have.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>The levels, in order.</summary>
    public required IReadOnlyList<ReminderLevel> Levels { get; init; }

    /// <summary>What customers of a profile get otherwise.</summary>
    public FrozenDictionary<string, PolicyOverride> Profiles { get; init; } = FrozenDictionary<string, PolicyOverride>.Empty;

    /// <summary>What customers of a group get otherwise; before the profile.</summary>
    public FrozenDictionary<string, PolicyOverride> Groups { get; init; } = FrozenDictionary<string, PolicyOverride>.Empty;

    /// <summary>What a customer gets otherwise, by id; before the group.</summary>
    public FrozenDictionary<string, PolicyOverride> Customers { get; init; } = FrozenDictionary<string, PolicyOverride>.Empty;

    /// <summary>What an invoice gets otherwise, by id; before the customer.</summary>
    public FrozenDictionary<string, PolicyOverride> Invoices { get; init; } = FrozenDictionary<string, PolicyOverride>.Empty;

    /// <summary>What the claims of one company of the seller get otherwise, by its name in <see cref="Ledger.OpenItem.Entity"/>; after all the others.</summary>
    public FrozenDictionary<string, PolicyOverride> Entities { get; init; } = FrozenDictionary<string, PolicyOverride>.Empty;

    /// <summary>The hours in which a customer may be contacted; null is the whole day.</summary>
    public ContactWindow? Window { get; init; }

    /// <summary>How fresh bank data must be; null asks for nothing.</summary>
    public FreshnessRule? Freshness { get; init; }

    /// <summary>How often a customer may be contacted; null is without limit.</summary>
    public PressureLimit? Pressure { get; init; }

    /// <summary>The most that all fees of a list of levels may come to. Default: no cap.</summary>
    public CurrencyAmounts FeeCap { get; init; } = CurrencyAmounts.None;

    /// <summary>Days after which a missed instalment of a payment plan ends the plan, 0 or more; null keeps the plan through its last date.</summary>
    public int? PlanBreachDays { get; init; }

    /// <summary>Whether fees, costs and hand-overs that the law of the customer's country does not allow yet are left out or held. Default: yes.</summary>
    public bool EnforceLaw { get; init; } = true;

    /// <summary>Whether the contracts have a clause that provides interest and costs, for laws that ask for one. Default: no.</summary>
    public bool HasClause { get; init; }

    /// <summary>Texts of the policy's own: by template, then by language.</summary>
    public FrozenDictionary<string, FrozenDictionary<string, ReminderText>> Texts { get; init; } = FrozenDictionary<string, FrozenDictionary<string, ReminderText>>.Empty;

    internal IEnumerable<PolicyOverride> Overrides => Profiles.Values.Concat(Groups.Values).Concat(Customers.Values).Concat(Invoices.Values).Concat(Entities.Values);

    internal IEnumerable<ReminderLevel> AllLevels => Levels.Concat(Overrides.SelectMany(o => o.Levels ?? []));

    /// <summary>Everything that is wrong with the policy, all at once, in order of JSON path; empty when it can be used.</summary>
    /// <param name="calendars">The calendar of a name; null takes those that come with the library.</param>
    public IReadOnlyList<PolicyProblem> Check(Func<string, IBusinessCalendar?>? calendars = null) => PolicyRules.Check(this, calendars ?? BusinessCalendar.Find);
}

/// <summary>The subject and body of a message, with placeholders such as <c>{total}</c>.</summary>
/// <param name="Subject">The subject line; empty for a channel without one.</param>
/// <param name="Body">The body. Lines between <c>{items}</c> and <c>{/items}</c> are repeated for each item.</param>
public sealed record ReminderText(string Subject, string Body);

/// <summary>Something wrong with a policy.</summary>
/// <param name="Code">The code, <c>POL…</c>.</param>
/// <param name="Path">Where, as JSON path: <c>$.levels[1].fee</c>.</param>
/// <param name="Message">What is wrong, in English.</param>
/// <param name="Line">The line in the file, from 1; 0 for a policy that came from no file.</param>
/// <param name="Column">The column in bytes, from 1; 0 for a policy that came from no file.</param>
public sealed record PolicyProblem(string Code, string Path, string Message, int Line = 0, int Column = 0);
