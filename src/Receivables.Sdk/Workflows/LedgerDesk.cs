using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reporting;
using Receivables.Sdk.Storage;

namespace Receivables.Sdk.Workflows;

/// <summary>What a person asks the ledger to record, and the rule of four eyes: checked against the ledger as it stands, recorded, or kept for a second person.</summary>
/// <remarks>
/// <para>A change is recorded as a whole or not at all, and only when the ledger takes it without a fault: neither one of its own events nor one that
/// stands already may become unlawful by it. Somebody else's change in between is noticed by the ledger's version, and the change is decided again.</para>
/// <para>The same idempotency key again gives the first result, as far as the change got since. Thread-safe as far as the stores are.</para>
/// </remarks>
/// <param name="ledgers">Where events are kept.</param>
/// <param name="approvals">Where changes wait for a second person.</param>
/// <param name="rule">What needs one; null is everything that <see cref="FourEyes"/> knows.</param>
/// <param name="clock">Says when events became known that do not say it themselves; null leaves them known from their own dates.</param>
public sealed class LedgerDesk(ILedgerStore ledgers, IApprovalStore approvals, FourEyes? rule = null, IClock? clock = null)
{
    private readonly ILedgerStore _ledgers = ledgers ?? throw new ArgumentNullException(nameof(ledgers));
    private readonly IApprovalStore _approvals = approvals ?? throw new ArgumentNullException(nameof(approvals));
    private readonly FourEyes _rule = rule ?? new FourEyes();

    /// <summary>Records events, or keeps them for a second person: an allocation by hand, a write-off, a waiver, a refund, a customer's new accounts, or anything else.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The id of the command.</param>
    /// <param name="maker">Who asks.</param>
    /// <param name="on">The business date.</param>
    /// <param name="events">What is to be recorded.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The ledger changed under every attempt.</exception>
    public Task<DeskResult> RecordAsync(
        LedgerId ledger, string idempotencyKey, string maker, LocalDate on, IReadOnlyList<LedgerEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        return DecideAsync(ledger, idempotencyKey, maker, on, _ => new Decision(events, []), cancellationToken);
    }

    /// <summary>Lets a change through that waits. It is judged anew on the ledger as it stands now.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="id">The change.</param>
    /// <param name="checker">Who approves; not who made it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns><see cref="DeskResult.Refused"/> with <c>noSuchChange</c>, <c>declined</c>, <c>makerIsChecker</c>, or what the ledger has against it.</returns>
    /// <exception cref="InvalidOperationException">The ledger changed under every attempt.</exception>
    public async Task<DeskResult> ApproveAsync(LedgerId ledger, string id, string checker, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentException.ThrowIfNullOrEmpty(checker);
        using var activity = Telemetry.Start("receivables.approve", ledger);
        var staged = await FindAsync(ledger, id, cancellationToken).ConfigureAwait(false);
        if (staged is null or { Stage: ApprovalStage.Declined })
        {
            return staged is null ? Refuse("noSuchChange", "No such change waits.") : Refuse("declined", "The change was turned down.");
        }

        if (staged.Stage == ApprovalStage.Approved && await _ledgers.FindCommandAsync(ledger, id, cancellationToken).ConfigureAwait(false) is { } done)
        {
            return new DeskResult.Recorded(done.Version);
        }

        if (FourEyes.Approve(staged.Change, checker) is ApprovalResult.Refused refused)
        {
            return Refuse(refused.Code, "A second person approves what one person made.");
        }

        for (var attempt = 0; attempt < Attempts.Most; attempt++)
        {
            var (events, version) = await _ledgers.ReadEventsAsync(ledger, cancellationToken).ConfigureAwait(false);
            if (await _ledgers.FindCommandAsync(ledger, id, cancellationToken).ConfigureAwait(false) is null && LedgerCheck.Problems(events, staged.Change.Events, []) is { Count: > 0 } problems)
            {
                return new DeskResult.Refused(problems);
            }

            if (await AppendAsync(ledger, id, version, staged.Change.Events, cancellationToken).ConfigureAwait(false) is { } stored)
            {
                await StageAsync(ledger, "approve-" + id, staged with { Stage = ApprovalStage.Approved, By = checker }, cancellationToken).ConfigureAwait(false);
                return new DeskResult.Recorded(stored.Version);
            }
        }

        throw Attempts.Exhausted();
    }

    /// <summary>Turns a change down that waits.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="id">The change.</param>
    /// <param name="by">Who turns it down; its maker may, too.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether this command turned it down; false where it does not wait.</returns>
    public async Task<bool> DeclineAsync(LedgerId ledger, string id, string by, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentException.ThrowIfNullOrEmpty(by);
        var staged = await FindAsync(ledger, id, cancellationToken).ConfigureAwait(false);
        return staged is { Stage: ApprovalStage.Waiting }
            && await StageAsync(ledger, "decline-" + id, staged with { Stage = ApprovalStage.Declined, By = by }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What waits for a second person, for the action list.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<WorkItem>> WorkAsync(LedgerId ledger, CancellationToken cancellationToken = default)
    {
        var waiting = await _approvals.ReadAsync(ledger, ApprovalStage.Waiting, cancellationToken).ConfigureAwait(false);
        return [.. waiting.Select(c => new WorkItem
        {
            Kind = WorkKind.Approval,
            Key = "Approval:" + c.Id,
            Due = c.On,
            Text = string.Create(CultureInfo.InvariantCulture, $"A change of {c.Change.Events.Count} events waits for a second person: {c.Change.Subjects}."),
            Args = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty
                .Add("change", c.Id).Add("on", LocalDatePattern.Iso.Format(c.On)).Add("subjects", c.Change.Subjects.ToString()),
        })];
    }

    /// <summary>What a command comes to, seen on the ledger as it stands: the events, or why there are none.</summary>
    internal sealed record Decision(IReadOnlyList<LedgerEvent> Events, IReadOnlyList<DeskProblem> Problems);

    /// <summary>The ledger as a command sees it.</summary>
    /// <param name="Book">The ledger.</param>
    /// <param name="Snapshot">The ledger on the business date.</param>
    /// <param name="Waiting">The events that wait for a second person.</param>
    internal sealed record View(LedgerBook Book, LedgerSnapshot Snapshot, IReadOnlyList<LedgerEvent> Waiting);

    internal async Task<DeskResult> DecideAsync(
        LedgerId ledger, string idempotencyKey, string maker, LocalDate on, Func<View, Decision> decide, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(idempotencyKey);
        ArgumentException.ThrowIfNullOrEmpty(maker);
        using var activity = Telemetry.Start("receivables.record", ledger);
        for (var attempt = 0; attempt < Attempts.Most; attempt++)
        {
            // The first result before any decision: what was recorded stands in the way of itself.
            if (await _ledgers.FindCommandAsync(ledger, idempotencyKey, cancellationToken).ConfigureAwait(false) is { } first)
            {
                return new DeskResult.Recorded(first.Version);
            }

            var staged = await _approvals.ReadAsync(ledger, null, cancellationToken).ConfigureAwait(false);
            if (staged.FirstOrDefault(c => c.Id == idempotencyKey) is { } mine)
            {
                return mine.Stage == ApprovalStage.Declined ? Refuse("declined", "The change was turned down.") : new DeskResult.Waits(mine.Id, mine.Change.Subjects);
            }

            var (events, version) = await _ledgers.ReadEventsAsync(ledger, cancellationToken).ConfigureAwait(false);
            var book = LedgerBook.Create(events);
            LedgerEvent[] waiting = [.. staged.Where(c => c.Stage == ApprovalStage.Waiting).SelectMany(c => c.Change.Events)];
            var view = new View(book, book.Snapshot(on), waiting);
            var decision = decide(view) is var decided && decided.Events.Count == 0 ? decided : decided with { Events = [.. decided.Events.Select(e => ByHand(e, maker))] };
            var problems = decision.Problems.Count > 0 ? decision.Problems : LedgerCheck.Problems(events, decision.Events, waiting);
            if (problems.Count > 0)
            {
                return new DeskResult.Refused(problems);
            }

            var pending = _rule.Review(maker, decision.Events, view.Snapshot);
            if (pending.Subjects != ApprovalSubjects.None)
            {
                await StageAsync(ledger, idempotencyKey, new StagedChange(idempotencyKey, on, pending, ApprovalStage.Waiting, null), cancellationToken).ConfigureAwait(false);
                return new DeskResult.Waits(idempotencyKey, pending.Subjects);
            }

            if (await AppendAsync(ledger, idempotencyKey, version, decision.Events, cancellationToken).ConfigureAwait(false) is { } stored)
            {
                return new DeskResult.Recorded(stored.Version);
            }
        }

        throw Attempts.Exhausted();
    }

    // What comes over the desk is made by a person, whatever it says of itself.
    private static LedgerEvent ByHand(LedgerEvent item, string maker) =>
        item is AllocationMade allocation ? allocation with { Origin = AllocationOrigin.Manual, By = allocation.By ?? maker } : item;

    private async Task<StagedChange?> FindAsync(LedgerId ledger, string id, CancellationToken cancellationToken) =>
        (await _approvals.ReadAsync(ledger, null, cancellationToken).ConfigureAwait(false)).FirstOrDefault(c => c.Id == id);

    private async Task<bool> StageAsync(LedgerId ledger, string key, StagedChange change, CancellationToken cancellationToken) =>
        (await _approvals.SaveAsync(new ApprovalChange { Ledger = ledger, IdempotencyKey = key, Changes = [change] }, cancellationToken).ConfigureAwait(false)).Count > 0;

    private async Task<ChangeResult.Stored?> AppendAsync(LedgerId ledger, string key, long version, IReadOnlyList<LedgerEvent> events, CancellationToken cancellationToken)
    {
        var change = new LedgerChange { Ledger = ledger, IdempotencyKey = key, ExpectedVersion = version, Events = events.KnownAt(clock) };
        return await _ledgers.AppendAsync(change, cancellationToken).ConfigureAwait(false) as ChangeResult.Stored;
    }

    private static DeskResult.Refused Refuse(string code, string text) => new([new DeskProblem(code, text)]);
}
