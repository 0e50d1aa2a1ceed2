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
/// <para>Of those who approve and turn down one change at once, one side prevails, and the ledger says the same. Who approves first stores on which
/// version of the ledger, and only there appends; who turns down after that does so only when the ledger has moved on without the change, where
/// nobody can append it any more.</para>
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
        for (var attempt = 0; attempt < Attempts.Most; attempt++)
        {
            var staged = await FindAsync(ledger, id, cancellationToken).ConfigureAwait(false);
            if (staged is null)
            {
                return Refuse("noSuchChange", "No such change waits.");
            }

            if (await FindRecordedAsync(ledger, staged, cancellationToken).ConfigureAwait(false) is { } done)
            {
                return new DeskResult.Recorded(done.Version);
            }

            if (staged.Stage == ApprovalStage.Declined)
            {
                return Refuse("declined", "The change was turned down.");
            }

            if (FourEyes.Approve(staged.Change, checker) is ApprovalResult.Refused refused)
            {
                return Refuse(refused.Code, "A second person approves what one person made.");
            }

            var (events, version) = await _ledgers.ReadEventsAsync(ledger, cancellationToken).ConfigureAwait(false);
            if (LedgerCheck.Problems(events, staged.Change.Events, []) is { Count: > 0 } problems
                && await _ledgers.FindCommandAsync(ledger, id, cancellationToken).ConfigureAwait(false) is null)
            {
                return new DeskResult.Refused(problems);
            }

            if (await ClaimAsync(ledger, staged, version, checker, cancellationToken).ConfigureAwait(false) is { } claim
                && await AppendAsync(ledger, id, version, staged.Change.Events, cancellationToken).ConfigureAwait(false) is { } stored)
            {
                await MoveAsync(ledger, claim, claim with { Stage = ApprovalStage.Approved }, cancellationToken).ConfigureAwait(false);
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
    /// <returns>Whether this command turned it down; false where it does not wait: it is recorded, or approved and on its way into the ledger.</returns>
    /// <exception cref="InvalidOperationException">The change moved under every attempt.</exception>
    public async Task<bool> DeclineAsync(LedgerId ledger, string id, string by, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentException.ThrowIfNullOrEmpty(by);
        using var activity = Telemetry.Start("receivables.decline", ledger);
        for (var attempt = 0; attempt < Attempts.Most; attempt++)
        {
            var staged = await FindAsync(ledger, id, cancellationToken).ConfigureAwait(false);
            if (staged is not { Stage: ApprovalStage.Waiting or ApprovalStage.Approving })
            {
                return false;
            }

            // The ledger before the command: where it has moved on from the version of the approval and does not have the change, it never gets it.
            var version = staged.LedgerVersion is null ? 0 : (await _ledgers.ReadEventsAsync(ledger, cancellationToken).ConfigureAwait(false)).Version;
            if (await FindRecordedAsync(ledger, staged, cancellationToken).ConfigureAwait(false) is not null || staged.LedgerVersion >= version)
            {
                return false;
            }

            if (await MoveAsync(ledger, staged, staged with { Stage = ApprovalStage.Declined, By = by }, cancellationToken).ConfigureAwait(false) is not null)
            {
                return true;
            }
        }

        throw Attempts.Exhausted();
    }

    /// <summary>What waits for a second person, for the action list.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<WorkItem>> WorkAsync(LedgerId ledger, CancellationToken cancellationToken = default)
    {
        var staged = await _approvals.ReadAsync(ledger, null, cancellationToken).ConfigureAwait(false);
        return [.. staged.Where(IsUndecided).Select(c => new WorkItem
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
            LedgerEvent[] waiting = [.. staged.Where(IsUndecided).SelectMany(c => c.Change.Events)];
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
                var change = new StagedChange(idempotencyKey, on, pending, ApprovalStage.Waiting, null);
                if (await MoveAsync(ledger, change, change, cancellationToken).ConfigureAwait(false) is not null)
                {
                    return new DeskResult.Waits(idempotencyKey, pending.Subjects);
                }
            }
            else if (await AppendAsync(ledger, idempotencyKey, version, decision.Events, cancellationToken).ConfigureAwait(false) is { } stored)
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

    private static bool IsUndecided(StagedChange change) => change.Stage is ApprovalStage.Waiting or ApprovalStage.Approving;

    // The change as stored when it is approved on this version of the ledger; null when somebody else moved it meanwhile.
    private async Task<StagedChange?> ClaimAsync(LedgerId ledger, StagedChange staged, long version, string checker, CancellationToken cancellationToken) =>
        staged.Stage == ApprovalStage.Approving && staged.LedgerVersion == version
            ? staged
            : await MoveAsync(ledger, staged, staged with { Stage = ApprovalStage.Approving, By = checker, LedgerVersion = version }, cancellationToken).ConfigureAwait(false);

    // What the ledger has is approved, whatever was stored of it when somebody was interrupted.
    private async Task<ChangeResult.Stored?> FindRecordedAsync(LedgerId ledger, StagedChange staged, CancellationToken cancellationToken)
    {
        var recorded = await _ledgers.FindCommandAsync(ledger, staged.Id, cancellationToken).ConfigureAwait(false);
        if (recorded is not null && IsUndecided(staged))
        {
            await MoveAsync(ledger, staged, staged with { Stage = ApprovalStage.Approved }, cancellationToken).ConfigureAwait(false);
        }

        return recorded;
    }

    // The step's key holds all that it depends on, so that only a repetition of the same step is taken for one.
    private async Task<StagedChange?> MoveAsync(LedgerId ledger, StagedChange from, StagedChange to, CancellationToken cancellationToken)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{to.Stage}:{from.Version}:{to.LedgerVersion}:{to.Id.Length}:{to.Id}:{to.By}");
        var change = new ApprovalChange { Ledger = ledger, IdempotencyKey = key, ExpectedVersion = from.Version, Change = to };
        return await _approvals.SaveAsync(change, cancellationToken).ConfigureAwait(false) is ChangeResult.Stored stored ? to with { Version = stored.Version } : null;
    }

    private async Task<ChangeResult.Stored?> AppendAsync(LedgerId ledger, string key, long version, IReadOnlyList<LedgerEvent> events, CancellationToken cancellationToken)
    {
        var change = new LedgerChange { Ledger = ledger, IdempotencyKey = key, ExpectedVersion = version, Events = events.KnownAt(clock) };
        return await _ledgers.AppendAsync(change, cancellationToken).ConfigureAwait(false) as ChangeResult.Stored;
    }

    private static DeskResult.Refused Refuse(string code, string text) => new([new DeskProblem(code, text)]);
}
