using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.Storage;

namespace Receivables.Sdk.Workflows;

/// <summary>Plans the reminders of a day from what is stored, and records what was sent.</summary>
/// <remarks>
/// Nobody is reminded whose likely payment still waits for a person: the suggestions in the match store are given to the engine. Planning as often
/// as one likes plans the same; a reminder is recorded as sent once. Thread-safe as far as the stores are.
/// </remarks>
/// <param name="engine">The policy's engine.</param>
/// <param name="ledgers">Where events are kept.</param>
/// <param name="reminders">Where planned reminders are kept.</param>
/// <param name="matches">Where suggestions wait; null looks at none.</param>
public sealed class ReminderRound(ReminderEngine engine, ILedgerStore ledgers, IReminderStore reminders, IMatchStore? matches = null)
{
    private readonly ReminderEngine _engine = engine ?? throw new ArgumentNullException(nameof(engine));
    private readonly ILedgerStore _ledgers = ledgers ?? throw new ArgumentNullException(nameof(ledgers));
    private readonly IReminderStore _reminders = reminders ?? throw new ArgumentNullException(nameof(reminders));

    /// <summary>Plans a day and stores the plan: what needs no approval may be sent at once.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="asOf">The day.</param>
    /// <param name="facts">What is known beside the ledger; suggestions that wait are added to it.</param>
    /// <param name="cancellationToken">Gives up before anything is stored.</param>
    public async Task<ReminderPlan> PlanAsync(LedgerId ledger, LocalDate asOf, ReminderFacts? facts = null, CancellationToken cancellationToken = default)
    {
        using var activity = Telemetry.Start("receivables.remind", ledger);
        var (book, version) = await _ledgers.ReadBookAsync(ledger, cancellationToken).ConfigureAwait(false);
        var waiting = await PendingAsync(ledger, cancellationToken).ConfigureAwait(false);
        var known = facts ?? ReminderFacts.None;
        var snapshot = book.Snapshot(asOf);
        // A match may have waited since before its customer was merged into another.
        var pending = known.PendingPayments.Concat(waiting).Select(p => p with { Customer = snapshot.Surviving(p.Customer) });
        var plan = _engine.Plan(snapshot, known with { PendingPayments = [.. pending] });
        if (plan.Actions.Count > 0)
        {
            var change = new ReminderChange
            {
                Ledger = ledger,
                IdempotencyKey = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"plan-{asOf:uuuu-MM-dd}-{version}"),
                Reminders = [.. plan.Actions.Select(a => new StagedReminder(a, a.Approval == ApprovalRule.None ? ReminderStage.Approved : ReminderStage.Planned, null))],
            };
            await _reminders.SaveAsync(change, cancellationToken).ConfigureAwait(false);
            Telemetry.Planned.Add(plan.Actions.Count);
        }

        return plan;
    }

    /// <summary>Records that a reminder was sent: its rows in the ledger, and its stage in the store.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The id of the command: asked again with the same key, the answer is the first one's.</param>
    /// <param name="action">The reminder.</param>
    /// <param name="evidence">That it was sent.</param>
    /// <param name="cancellationToken">Gives up before anything is stored.</param>
    /// <returns>Whether this command recorded it; false when another did before: of two workers that send the same reminder one is told that it did.</returns>
    /// <exception cref="InvalidOperationException">The reminder needs an approval that the evidence does not show.</exception>
    public async Task<bool> SentAsync(LedgerId ledger, string idempotencyKey, ReminderAction action, CommitEvidence evidence, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(idempotencyKey);
        ArgumentNullException.ThrowIfNull(action);
        var committed = ReminderEngine.Commit(action, evidence);
        IEnumerable<LedgerEvent> events =
        [
            .. committed.Reminders.Select(r => new ReminderSent { Invoice = r.Invoice, Instalment = r.Instalment, Level = r.Level, Sent = r.Sent, Channel = r.Channel, Action = r.Action }),
            .. committed.Handovers.Select(h => new HandedOver { Invoice = h.Invoice, On = h.On, To = h.To }),
        ];

        // The rows carry the action's id, and so does the key: the ledger takes them once, whoever sends.
        var change = new LedgerChange { Ledger = ledger, IdempotencyKey = "sent-" + action.Id.Value, Events = [.. events] };
        await _ledgers.AppendAsync(change, cancellationToken).ConfigureAwait(false);
        var moved = await _reminders.SaveAsync(
            new ReminderChange { Ledger = ledger, IdempotencyKey = idempotencyKey, Reminders = [new StagedReminder(action, ReminderStage.Sent, evidence.SentBy)] },
            cancellationToken).ConfigureAwait(false);
        Telemetry.Sent.Add(moved.Count);
        return moved.Count > 0;
    }

    private async ValueTask<IEnumerable<PendingPayment>> PendingAsync(LedgerId ledger, CancellationToken cancellationToken)
    {
        if (matches is null)
        {
            return [];
        }

        var waiting = await matches.ReadAsync(ledger, MatchReview.Waiting, cancellationToken).ConfigureAwait(false);
        return waiting.Where(m => m.Match is { Decision: MatchDecision.Suggested, Customer: not null }).Select(m => new PendingPayment(m.Match.Customer!.Value, m.Match.Transaction.Id));
    }
}
