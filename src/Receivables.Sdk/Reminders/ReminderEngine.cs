using NodaTime;
using Receivables.Sdk.Calendars;
using Receivables.Sdk.LatePayment;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>What an engine is built with beside its policy.</summary>
/// <remarks>Immutable and safe to share between threads, as far as what it is given is.</remarks>
public sealed record ReminderEngineOptions
{
    /// <summary>The calendars and the law that come with the library.</summary>
    public static ReminderEngineOptions Default { get; } = new();

    /// <summary>The calendar of a name (or of a country, where the policy says <c>recipient</c>); null for one that is not known. Default: those that come with the library.</summary>
    public Func<string, IBusinessCalendar?> Calendars { get; init; } = BusinessCalendar.Find;

    /// <summary>The time zone of a customer, for the policy's <see cref="ContactWindow"/>; null, or an answer of null, takes those of the customer's country.</summary>
    public Func<Customer, DateTimeZone?>? ZoneOf { get; init; }

    /// <summary>The law. Default: the tables that come with the library.</summary>
    public LatePaymentTables Law { get; init; } = LatePaymentTables.BuiltIn;
}

/// <summary>
/// Plans reminders: the same facts give the same plan however often it is asked, and every open instalment is either in an action or has a
/// reason why not.
/// </summary>
/// <remarks>
/// Levels, counts and cycles come from the history rows alone; nothing is remembered between calls. A level is due on its day or later, so a
/// missed run loses nothing, and one late run sends one letter, not several. The order of the rows plays no part. Thread-safe.
/// </remarks>
public sealed class ReminderEngine
{
    private readonly PolicyRevisions _revisions;
    private readonly ReminderEngineOptions _options;
    private readonly LatePaymentCalculator _law;

    /// <summary>An engine for one policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="options">Calendars and law; null for <see cref="ReminderEngineOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">The policy has problems (<see cref="ReminderPolicy.Check"/>).</exception>
    public ReminderEngine(ReminderPolicy policy, ReminderEngineOptions? options = null)
        : this([policy], options)
    {
    }

    /// <summary>An engine for the revisions of one policy. An instalment ends under the revision it began with, unless a later one moves it.</summary>
    /// <param name="revisions">The revisions: one name, rising numbers and dates.</param>
    /// <param name="options">Calendars and law; null for <see cref="ReminderEngineOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">A revision has problems, or they do not follow each other.</exception>
    public ReminderEngine(IReadOnlyList<ReminderPolicy> revisions, ReminderEngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(revisions);
        _revisions = new PolicyRevisions(revisions);
        _options = options ?? ReminderEngineOptions.Default;
        _law = new LatePaymentCalculator(_options.Law, _options.Calendars);
        foreach (var policy in revisions)
        {
            if (policy.Check(_options.Calendars) is { Count: > 0 } problems)
            {
                throw new ArgumentException("The policy has problems: " + string.Join("; ", problems.Select(p => $"{p.Code} {p.Path}: {p.Message}")), nameof(revisions));
            }
        }
    }

    /// <summary>The latest revision of the policy.</summary>
    public ReminderPolicy Policy => _revisions.All[^1];

    /// <summary>The revisions, earliest first.</summary>
    public IReadOnlyList<ReminderPolicy> Revisions => _revisions.All;

    /// <summary>The revision of a day.</summary>
    internal ReminderPolicy On(LocalDate day) => _revisions.On(day);

    /// <summary>Plans the day of the snapshot.</summary>
    /// <inheritdoc cref="Plan(LedgerSnapshot, LocalDate, ReminderFacts)"/>
    public ReminderPlan Plan(LedgerSnapshot snapshot, ReminderFacts? facts = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return Plan(snapshot, snapshot.AsOf, facts);
    }

    /// <summary>Plans a day.</summary>
    /// <param name="snapshot">Open items, customers and history: from the ledger or from a host's own tables.</param>
    /// <param name="asOf">The day; rows that lie after it are not looked at.</param>
    /// <param name="facts">What is known beside the ledger; null for nothing.</param>
    public ReminderPlan Plan(LedgerSnapshot snapshot, LocalDate asOf, ReminderFacts? facts = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new ReminderRun(_revisions, _options, _law, snapshot, facts ?? ReminderFacts.None, asOf).Plan();
    }

    /// <summary>Rehearses a range of days: each action as if carried out on its day, and nothing paid.</summary>
    /// <param name="snapshot">Where it begins.</param>
    /// <param name="from">The first day.</param>
    /// <param name="until">The last day.</param>
    /// <param name="facts">What is known beside the ledger; bank data is taken to stay as fresh as it is on the first day.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="until"/> is before <paramref name="from"/>.</exception>
    public ReminderSimulation Simulate(LedgerSnapshot snapshot, LocalDate from, LocalDate until, ReminderFacts? facts = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentOutOfRangeException.ThrowIfLessThan(until, from);
        return Rehearsal.Run(this, snapshot, from, until, facts ?? ReminderFacts.None);
    }

    /// <summary>What to record once an action was carried out. Recording it twice changes nothing: every row carries the action's id.</summary>
    /// <param name="action">The action.</param>
    /// <param name="evidence">That it was carried out.</param>
    /// <exception cref="InvalidOperationException">The action needs an approval that the evidence does not show.</exception>
    public static CommittedAction Commit(ReminderAction action, CommitEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(evidence);
        if (action.Approval != ApprovalRule.None && string.IsNullOrEmpty(evidence.ApprovedBy))
        {
            throw new InvalidOperationException("The action needs an approval.");
        }

        if (action.Approval == ApprovalRule.FourEyes && (string.IsNullOrEmpty(evidence.SentBy) || evidence.ApprovedBy == evidence.SentBy))
        {
            throw new InvalidOperationException("The action must be approved by somebody else than the one who sends it.");
        }

        var channel = evidence.Channel ?? action.Channel;
        return new CommittedAction(
            [.. action.Lines.Select(l => new SentReminder(l.Invoice, l.Instalment, l.Level, evidence.SentOn, channel, action.Id))],
            action.Kind == ReminderKind.Handover ? [.. action.Lines.Where(l => l.IsWhole).Select(l => l.Invoice).Distinct().Select(i => new Handover(i, evidence.SentOn, channel))] : [],
            action.Fees);
    }
}

/// <summary>That an action was carried out.</summary>
/// <param name="SentOn">When.</param>
/// <param name="Channel">On which channel; null for the action's first.</param>
/// <param name="SentBy">By whom; needed for four eyes.</param>
/// <param name="ApprovedBy">Who agreed; needed where the level asks for it.</param>
public sealed record CommitEvidence(LocalDate SentOn, string? Channel = null, string? SentBy = null, string? ApprovedBy = null);

/// <summary>The rows that carry an action out in the ledger.</summary>
/// <param name="Reminders">One for each line.</param>
/// <param name="Handovers">One for each invoice that a hand-over holds as a whole; its other instalments go their own way. Empty for other kinds.</param>
/// <param name="Fees">The fee that became a claim; zero for none. A host books it once, under the action's id.</param>
public sealed record CommittedAction(IReadOnlyList<SentReminder> Reminders, IReadOnlyList<Handover> Handovers, Money Fees);
