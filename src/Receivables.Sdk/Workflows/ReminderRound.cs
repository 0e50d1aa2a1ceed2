using System.Security.Cryptography;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.Storage;

namespace Receivables.Sdk.Workflows;

/// <summary>A plan and the version of the ledger that it was made on.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Version">The version: what is sent by this plan is checked against what came after it.</param>
public sealed record RoundPlan(ReminderPlan Plan, long Version);

/// <summary>Plans the reminders of a day from what is stored, and records what is sent.</summary>
/// <remarks>
/// Nobody is reminded whose likely payment still waits for a person: the answers that wait in the match store are given to the engine. Planning as often
/// as one likes plans the same. However many plan and send at once, an instalment is reminded by one of them: <see cref="SendAsync"/> says to whom it
/// falls. Thread-safe as far as the stores are.
/// </remarks>
/// <param name="engine">The policy's engine.</param>
/// <param name="ledgers">Where events are kept.</param>
/// <param name="reminders">Where planned reminders are kept.</param>
/// <param name="matches">Where suggestions wait; null looks at none.</param>
/// <param name="clock">Says when it became known that a reminder was sent; null leaves it known from its own date. The day and the hour of a plan are the caller's to give.</param>
public sealed class ReminderRound(ReminderEngine engine, ILedgerStore ledgers, IReminderStore reminders, IMatchStore? matches = null, IClock? clock = null)
{
    private readonly ReminderEngine _engine = engine ?? throw new ArgumentNullException(nameof(engine));
    private readonly ILedgerStore _ledgers = ledgers ?? throw new ArgumentNullException(nameof(ledgers));
    private readonly IReminderStore _reminders = reminders ?? throw new ArgumentNullException(nameof(reminders));

    /// <summary>Plans a day and stores the plan: what needs no approval may be sent at once.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="asOf">The day.</param>
    /// <param name="facts">What is known beside the ledger; suggestions that wait are added to it.</param>
    /// <param name="cancellationToken">Gives up before anything is stored.</param>
    public async Task<RoundPlan> PlanAsync(LedgerId ledger, LocalDate asOf, ReminderFacts? facts = null, CancellationToken cancellationToken = default)
    {
        using var activity = Telemetry.Start("receivables.remind", ledger);
        var (book, version) = await _ledgers.ReadBookAsync(ledger, cancellationToken).ConfigureAwait(false);
        var known = facts ?? ReminderFacts.None;
        var snapshot = book.Snapshot(asOf);
        var waiting = await PendingAsync(ledger, snapshot, cancellationToken).ConfigureAwait(false);
        // A match may have waited since before its customer was merged into another.
        var pending = known.PendingPayments.Concat(waiting).Select(p => p with { Customer = snapshot.Surviving(p.Customer) });
        var plan = _engine.Plan(snapshot, known with { PendingPayments = [.. pending] });
        if (plan.Actions.Count > 0)
        {
            var change = new ReminderChange
            {
                Ledger = ledger,
                IdempotencyKey = "plan-" + Digest(plan.Actions),
                Reminders = [.. plan.Actions.Select(a => new StagedReminder(a, a.Approval == ApprovalRule.None ? ReminderStage.Approved : ReminderStage.Planned, null))],
            };
            await _reminders.SaveAsync(change, cancellationToken).ConfigureAwait(false);
            Telemetry.Planned.Add(plan.Actions.Count);
        }

        return new RoundPlan(plan, version);
    }

    /// <summary>
    /// Records a reminder as sent, if nobody else has reminded of any of its instalments since it was planned, and no payment, credit, dispute, agreement or hold came in between. Ask before it leaves, and send it when the
    /// answer is yes: a channel that fails is asked again, since it sends once for an action's id, and a message that comes back is a <see cref="DeliveryReport"/>.
    /// </summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The id of the command: asked again with the same key, the answer is the first one's.</param>
    /// <param name="action">The reminder.</param>
    /// <param name="evidence">When, how and by whom it is sent.</param>
    /// <param name="plannedOn">The version of the plan that it is from, <see cref="RoundPlan.Version"/>.</param>
    /// <param name="cancellationToken">Gives up before anything is stored.</param>
    /// <returns>Whether it falls to this command to send it; false when another command has it, or has reminded of one of its instalments by another plan: plan again.</returns>
    /// <exception cref="InvalidOperationException">The reminder needs an approval that the evidence does not show, or the store refuses every attempt.</exception>
    public async Task<bool> SendAsync(LedgerId ledger, string idempotencyKey, ReminderAction action, CommitEvidence evidence, long plannedOn, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(idempotencyKey);
        ArgumentNullException.ThrowIfNull(action);
        var committed = ReminderEngine.Commit(action, evidence);
        IReadOnlyList<LedgerEvent> events =
        [
            .. committed.Reminders.Select(r => new ReminderSent { Invoice = r.Invoice, Instalment = r.Instalment, Level = r.Level, Sent = r.Sent, Channel = r.Channel, Action = r.Action }),
            .. committed.Handovers.Select(h => new HandedOver { Invoice = h.Invoice, On = h.On, To = h.To }),
        ];
        var change = new LedgerChange { Ledger = ledger, IdempotencyKey = "sent-" + idempotencyKey, Events = events.KnownAt(clock) };
        if (!await IsRecordedAsync(change, cancellationToken).ConfigureAwait(false)
            && !await TakeAsync(change, action, plannedOn, cancellationToken).ConfigureAwait(false)
            && !await IsRecordedAsync(change, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var moved = await _reminders.SaveAsync(
            new ReminderChange { Ledger = ledger, IdempotencyKey = idempotencyKey, Reminders = [new StagedReminder(action, ReminderStage.Sent, evidence.SentBy)] },
            cancellationToken).ConfigureAwait(false);
        Telemetry.Sent.Add(moved.Count);
        return true;
    }

    private async Task<bool> IsRecordedAsync(LedgerChange change, CancellationToken cancellationToken) =>
        await _ledgers.FindCommandAsync(change.Ledger, change.IdempotencyKey, cancellationToken).ConfigureAwait(false) is not null;

    // Whoever appends on the version on which nobody else had reminded wins. Others may write to the ledger as much as they like meanwhile: what they
    // wrote is read, and only a store that refuses a change and has nothing new to read counts as an attempt.
    private async Task<bool> TakeAsync(LedgerChange change, ReminderAction action, long plannedOn, CancellationToken cancellationToken)
    {
        var instalments = action.Lines.Select(l => (l.Invoice, l.Instalment)).ToHashSet();
        var version = plannedOn;
        for (var attempt = 0; attempt < Attempts.Most; attempt++)
        {
            await foreach (var stored in _ledgers.ReadAsync(change.Ledger, version, cancellationToken).ConfigureAwait(false))
            {
                (version, attempt) = (stored.Version, 0);
                if (stored.Event is ReminderSent sent ? instalments.Contains((sent.Invoice, sent.Instalment)) : Overtakes(stored.Event, action))
                {
                    return false;
                }
            }

            if (await _ledgers.AppendAsync(change with { ExpectedVersion = version }, cancellationToken).ConfigureAwait(false) is ChangeResult.Stored)
            {
                return true;
            }
        }

        throw Attempts.Exhausted();
    }

    // Money, or an agreement, of what the reminder asks for: whoever sends plans again.
    private static bool Overtakes(LedgerEvent item, ReminderAction action) => item switch
    {
        AllocationMade e => Asks(action, e.To),
        DisputeOpened e => Asks(action, e.Invoice),
        PromiseMade e => Asks(action, e.Invoice),
        PlanAgreed e => Asks(action, e.Invoice),
        DirectDebitAnnounced e => Asks(action, e.Invoice),
        HandedOver e => Asks(action, e.Invoice),
        PaymentReceived { Customer: { } customer } => Reaches(action, customer),
        DocumentIssued { Kind: DocumentKind.CreditNote } e => Reaches(action, e.Customer),
        HoldPlaced e => Reaches(action, e.Customer),
        InsolvencyDeclared e => Reaches(action, e.Customer),
        _ => false,
    };

    private static bool Asks(ReminderAction action, DocumentId invoice) => action.Lines.Any(l => l.Invoice == invoice);

    private static bool Reaches(ReminderAction action, CustomerId customer) => action.Customer == customer || action.Lines.Any(l => l.Customer == customer);

    // A plan may change though neither day nor ledger did: by deliveries, say, or matches that wait no longer. The same plan is one command.
    private static string Digest(IReadOnlyList<ReminderAction> actions)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var action in actions)
        {
            hash.AppendData(StoredJson.Write(action));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // What waits for a person, whatever the matcher was sure of; not what the ledger has, where it was posted and somebody was interrupted before they said so.
    private async ValueTask<IEnumerable<PendingPayment>> PendingAsync(LedgerId ledger, LedgerSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (matches is null)
        {
            return [];
        }

        var posted = snapshot.Payments.Select(p => p.Transaction).OfType<TransactionId>().ToHashSet();
        var waiting = await matches.ReadAsync(ledger, MatchReview.Waiting, cancellationToken).ConfigureAwait(false);
        return waiting
            .Where(m => m.Match is { Decision: MatchDecision.Suggested or MatchDecision.Automatic, Customer: not null } && m.Match.Transaction.Amount.IsPositive && !posted.Contains(m.Match.Transaction.Id))
            .Select(m => new PendingPayment(m.Match.Customer!.Value, m.Match.Transaction.Id));
    }
}
