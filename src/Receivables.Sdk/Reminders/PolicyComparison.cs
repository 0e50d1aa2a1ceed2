using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>What a policy would have sent in a range of days.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="Actions">Every action, in order of day.</param>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record PolicyTrial(string Policy, IReadOnlyList<ReminderAction> Actions)
{
    /// <summary>How many actions there are.</summary>
    public int Count => Actions.Count;

    /// <summary>The fees, one sum for each currency, in order of currency.</summary>
    public IReadOnlyList<Money> Fees => Sums(a => a.Fees);

    /// <summary>The interest, one sum for each currency, in order of currency.</summary>
    public IReadOnlyList<Money> Interest => Sums(a => a.Interest);

    /// <summary>How many actions there are of each level, in order of level.</summary>
    public IReadOnlyList<(int Level, int Count)> ByLevel => [.. Actions.GroupBy(a => a.Level).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()))];

    private List<Money> Sums(Func<ReminderAction, Money> amount) =>
        [.. Actions.GroupBy(a => a.Amount.Currency).OrderBy(g => g.Key).Select(g => g.Aggregate(Money.Zero(g.Key), (sum, a) => sum + amount(a)))];
}

/// <summary>A customer who is treated otherwise by two policies.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="First">The days and levels of the first policy.</param>
/// <param name="Second">The days and levels of the second policy.</param>
public sealed record PolicyDifference(CustomerId Customer, IReadOnlyList<(LocalDate On, int Level)> First, IReadOnlyList<(LocalDate On, int Level)> Second);

/// <summary>Two policies on the same ledger.</summary>
/// <param name="First">What the first sends.</param>
/// <param name="Second">What the second sends.</param>
/// <param name="Differences">Customers whose days or levels differ, in order of id.</param>
public sealed record PolicyComparison(PolicyTrial First, PolicyTrial Second, IReadOnlyList<PolicyDifference> Differences)
{
    /// <summary>Compares two policies by rehearsing both from one moment on: nothing is paid.</summary>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    /// <param name="snapshot">Where it begins.</param>
    /// <param name="until">The last day.</param>
    public static PolicyComparison Rehearse(ReminderEngine first, ReminderEngine second, LedgerSnapshot snapshot, LocalDate until)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(snapshot);
        return Of(
            new PolicyTrial(first.Policy.Name, first.Simulate(snapshot, snapshot.AsOf, until).Actions),
            new PolicyTrial(second.Policy.Name, second.Simulate(snapshot, snapshot.AsOf, until).Actions));
    }

    /// <summary>Compares two trials, such as two back-tests of the same history.</summary>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    public static PolicyComparison Of(PolicyTrial first, PolicyTrial second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var (a, b) = (first.Actions.ToLookup(x => x.Customer, x => (x.On, x.Level)), second.Actions.ToLookup(x => x.Customer, x => (x.On, x.Level)));
        var differences = first.Actions.Concat(second.Actions).Select(x => x.Customer).Distinct().Order()
            .Where(c => !a[c].SequenceEqual(b[c]))
            .Select(c => new PolicyDifference(c, [.. a[c]], [.. b[c]]));
        return new PolicyComparison(first, second, [.. differences]);
    }

    /// <summary>
    /// Runs a policy over what has happened: each day sees the ledger of that day, with its payments, and only the reminders that this policy
    /// itself would have sent.
    /// </summary>
    /// <param name="engine">The policy.</param>
    /// <param name="history">The ledger at the end of a day.</param>
    /// <param name="from">The first day.</param>
    /// <param name="until">The last day.</param>
    /// <param name="facts">What is known beside the ledger on a day; null for nothing.</param>
    /// <remarks>Customers who paid because of a real reminder are counted as if they had paid anyway: read the figures with that in mind.</remarks>
    public static PolicyTrial BackTest(ReminderEngine engine, Func<LocalDate, LedgerSnapshot> history, LocalDate from, LocalDate until, Func<LocalDate, ReminderFacts>? facts = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentOutOfRangeException.ThrowIfLessThan(until, from);
        List<ReminderAction> actions = [];
        List<SentReminder> reminders = [];
        List<Handover> handovers = [];
        foreach (var day in Enumerable.Range(0, Period.DaysBetween(from, until) + 1).Select(from.PlusDays))
        {
            var plan = engine.Plan(history(day) with { Reminders = reminders, Handovers = handovers }, day, facts?.Invoke(day));
            foreach (var action in plan.Actions)
            {
                var committed = ReminderEngine.Commit(action, new CommitEvidence(day, null, "back-test", "back-test approval"));
                actions.Add(action);
                reminders.AddRange(committed.Reminders);
                handovers.AddRange(committed.Handovers);
            }
        }

        return new PolicyTrial(engine.Policy.Name, actions);
    }
}
