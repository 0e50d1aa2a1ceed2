using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>How the action list is made.</summary>
/// <remarks>The numbers are conventions of this library. Immutable and safe to share between threads.</remarks>
public sealed record ActionListOptions
{
    /// <summary>The defaults.</summary>
    public static ActionListOptions Default => new();

    /// <summary>Where "soon" and "severely" begin.</summary>
    public SignalOptions Signals { get; init; } = SignalOptions.Default;

    /// <summary>Within how many days a dispute should be answered, 1 or more; 30 by default.</summary>
    public int DisputeDays { get; init; } = 30;

    /// <summary>After how many days unapplied money is a task, 1 or more; 14 by default.</summary>
    public int UnappliedDays { get; init; } = 14;

    /// <summary>After how many days a hold is reviewed, 1 or more; 30 by default.</summary>
    public int HoldDays { get; init; } = 30;

    /// <summary>Whose task something about a customer is; null for nobody's.</summary>
    public Func<CustomerId, string?>? Owner { get; init; }
}

/// <summary>Lists what people have to do: promises broken, plans breached, disputes due, calls to make, money to apply, and what others add.</summary>
/// <remarks>Built once with its options; pure, and safe to use from several threads at once where <see cref="ActionListOptions.Owner"/> is.</remarks>
public sealed class ActionListEngine
{
    private readonly ActionListOptions _options;

    /// <summary>An engine.</summary>
    /// <param name="options">How lists are made; <see cref="ActionListOptions.Default"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of days is below 1.</exception>
    public ActionListEngine(ActionListOptions? options = null)
    {
        _options = options ?? ActionListOptions.Default;
        if (_options.DisputeDays < 1 || _options.UnappliedDays < 1 || _options.HoldDays < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), "Numbers of days are 1 or more.");
        }
    }

    /// <summary>The list, in order of kind, then the date since which something is due, then key.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="others">What other engines and the host add, such as approvals; each key once.</param>
    public IReadOnlyList<WorkItem> Create(LedgerSnapshot snapshot, IEnumerable<WorkItem>? others = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var facts = new SnapshotFacts(snapshot, _options.Signals);
        var open = snapshot.OpenItems.Where(i => !i.IsCredit && !i.Open.IsZero).DistinctBy(i => i.Id).ToDictionary(i => i.Id);
        var timelines = DocumentTimeline.Of(ReceivablesHistory.Of(snapshot)).ToDictionary(t => t.Document.Id);
        return
        [
            .. Promises(snapshot, open, timelines).Concat(Plans(snapshot, open, timelines)).Concat(Ended(snapshot, open)).Concat(Disputes(snapshot))
                .Concat(Calls(snapshot, facts)).Concat(Unapplied(snapshot)).Concat(Holds(snapshot, open))
                .Concat(others ?? [])
                .DistinctBy(w => w.Key, StringComparer.Ordinal)
                .Select(w => w.Owner is null && w.Customer is { } customer ? w with { Owner = _options.Owner?.Invoke(customer) } : w)
                .OrderBy(w => w.Kind).ThenBy(w => w.Due).ThenBy(w => w.Key, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<WorkItem> Promises(LedgerSnapshot snapshot, Dictionary<DocumentId, OpenItem> open, Dictionary<DocumentId, DocumentTimeline> timelines) =>
        from promise in snapshot.Promises
        where promise.Until < snapshot.AsOf && open.ContainsKey(promise.Invoice) && BehaviourEngine.IsBroken(promise, timelines[promise.Invoice])
        select Work(WorkKind.PromiseBroken, open[promise.Invoice], Days.Add(promise.Until, 1), promise.Made, "A promise to pay was not kept.");

    // What was recorded as broken is a task until something newer is agreed.
    private static IEnumerable<WorkItem> Ended(LedgerSnapshot snapshot, Dictionary<DocumentId, OpenItem> open)
    {
        foreach (var (promise, on, _) in snapshot.EndedPromises.Where(e => e.Outcome == AgreementOutcome.Broken && open.ContainsKey(e.Promise.Invoice) && !HasNewer(snapshot, e.Promise.Invoice, e.On)))
        {
            yield return Work(WorkKind.PromiseBroken, open[promise.Invoice], on, promise.Made, "A promise to pay was not kept.");
        }

        foreach (var (plan, on, _) in snapshot.EndedPlans.Where(e => e.Outcome == AgreementOutcome.Broken && open.ContainsKey(e.Plan.Invoice) && !HasNewer(snapshot, e.Plan.Invoice, e.On)))
        {
            yield return Work(WorkKind.PlanBreached, open[plan.Invoice], on, plan.Agreed, "A part of a payment plan was not paid.");
        }
    }

    internal static bool HasNewer(LedgerSnapshot snapshot, DocumentId invoice, LocalDate on) =>
        snapshot.Promises.Concat(snapshot.EndedPromises.Select(e => e.Promise)).Any(p => p.Invoice == invoice && p.Made >= on)
        || snapshot.Plans.Concat(snapshot.EndedPlans.Select(e => e.Plan)).Any(p => p.Invoice == invoice && p.Agreed >= on) || snapshot.Handovers.Any(h => h.Invoice == invoice && h.On >= on);

    private static IEnumerable<WorkItem> Plans(LedgerSnapshot snapshot, Dictionary<DocumentId, OpenItem> open, Dictionary<DocumentId, DocumentTimeline> timelines)
    {
        foreach (var plan in snapshot.Plans.Where(p => p.Agreed <= snapshot.AsOf && open.ContainsKey(p.Invoice)))
        {
            var timeline = timelines[plan.Invoice];
            var before = timeline.OpenAt(Days.Add(plan.Agreed, -1));
            var planned = 0m;
            foreach (var part in plan.Instalments.Where(i => i.Due < snapshot.AsOf).OrderBy(i => i.Due))
            {
                planned += part.Amount.Amount;
                if (before - timeline.OpenAt(snapshot.AsOf) < planned)
                {
                    yield return Work(WorkKind.PlanBreached, open[plan.Invoice], Days.Add(part.Due, 1), plan.Agreed, "A part of a payment plan was not paid.");
                    break;
                }
            }
        }
    }

    private IEnumerable<WorkItem> Disputes(LedgerSnapshot snapshot) =>
        from line in DisputeRegister.Create(snapshot, _options.DisputeDays).Lines
        where line is { IsLate: true, Item: not null }
        select Work(WorkKind.DisputeDue, line.Item!, Days.Add(line.Deadline, 1), line.Dispute.Opened, "A dispute has passed its deadline.") with { Amount = line.Amount };

    private IEnumerable<WorkItem> Calls(LedgerSnapshot snapshot, SnapshotFacts facts) =>
        from item in snapshot.OpenItems
        let status = facts.StatusOf(item)
        where status.Signal == ItemSignal.SeverelyOverdue
        select Work(WorkKind.Call, item, Days.Add(status.Due, _options.Signals.SeverelyOverdueDays + 1), status.Due, "Severely overdue, and nothing is agreed: call.");

    private IEnumerable<WorkItem> Unapplied(LedgerSnapshot snapshot) =>
        from item in snapshot.OpenItems
        where item.IsCredit && !item.Open.IsZero && Period.DaysBetween(item.Issued, snapshot.AsOf) > _options.UnappliedDays
        select Work(WorkKind.UnappliedMoney, item, Days.Add(item.Issued, _options.UnappliedDays + 1), item.Issued, "Money lies unapplied.");

    private IEnumerable<WorkItem> Holds(LedgerSnapshot snapshot, Dictionary<DocumentId, OpenItem> open)
    {
        var owing = open.Values.Where(i => i.Customer is not null).Select(i => i.Customer!.Value).ToHashSet();
        return from hold in snapshot.Holds
               where owing.Contains(hold.Customer) && (hold.Until is not { } until || snapshot.AsOf <= until) && Period.DaysBetween(hold.From, snapshot.AsOf) > _options.HoldDays
               select new WorkItem
               {
                   Kind = WorkKind.HoldToReview,
                   Key = $"{WorkKind.HoldToReview}:{hold.Customer}:{Iso(hold.From)}",
                   Customer = hold.Customer,
                   Due = Days.Add(hold.From, _options.HoldDays + 1),
                   Text = "A hold has run for long.",
               };
    }

    private static WorkItem Work(WorkKind kind, OpenItem item, LocalDate due, LocalDate since, string text) => new()
    {
        Kind = kind,
        Key = $"{kind}:{item.Id}:{Iso(since)}",
        Customer = item.Customer,
        Document = item.Id,
        Due = due,
        Amount = item.Open,
        Text = text,
    };

    private static string Iso(LocalDate date) => NodaTime.Text.LocalDatePattern.Iso.Format(date);
}
