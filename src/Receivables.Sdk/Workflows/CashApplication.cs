using System.Globalization;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Storage;

namespace Receivables.Sdk.Workflows;

/// <summary>What a run of cash application did.</summary>
/// <param name="Matches">Every answer, in the order of the transactions.</param>
/// <param name="PostedCount">How many events were appended to the ledger.</param>
public sealed record CashApplicationResult(IReadOnlyList<MatchResult> Matches, int PostedCount);

/// <summary>Matches bank transactions with a ledger and posts what is safe; what a person must see waits in the store.</summary>
/// <remarks>
/// A change that somebody else made in between is noticed by the ledger's version, and the run decides again on what stands then. Posting the
/// same transactions twice changes nothing. Thread-safe as far as the stores are.
/// </remarks>
/// <param name="ledgers">Where events are kept.</param>
/// <param name="matches">Where answers wait for a person.</param>
/// <param name="options">How to match; null is <see cref="MatchingOptions.Default"/>.</param>
/// <param name="learning">Where what people say is kept and learnt from; null learns nothing.</param>
/// <param name="clock">Says when postings became known; null leaves them known from their own dates.</param>
public sealed class CashApplication(ILedgerStore ledgers, IMatchStore matches, MatchingOptions? options = null, ILearningStore? learning = null, IClock? clock = null)
{
    private readonly ILedgerStore _ledgers = ledgers ?? throw new ArgumentNullException(nameof(ledgers));
    private readonly IMatchStore _matches = matches ?? throw new ArgumentNullException(nameof(matches));

    /// <summary>Matches transactions, posts the automatic answers and stores the others.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The id of the command; the same key again posts nothing more.</param>
    /// <param name="transactions">The transactions, with their import keys.</param>
    /// <param name="asOf">The day of the run. What is open is what the ledger leaves open, whatever the dates in it: nothing is paid twice since somebody else was a day ahead.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The ledger changed under every attempt.</exception>
    public async Task<CashApplicationResult> RunAsync(
        LedgerId ledger, string idempotencyKey, IReadOnlyList<BankTransaction> transactions, LocalDate asOf, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(idempotencyKey);
        ArgumentNullException.ThrowIfNull(transactions);
        using var activity = Telemetry.Start("receivables.match", ledger);
        var knowledge = learning is null ? null : new MatchKnowledge { Memory = MatchMemory.Replay(await learning.ReadAsync(ledger, cancellationToken).ConfigureAwait(false)) };
        for (var attempt = 0; attempt < Attempts.Most; attempt++)
        {
            // What the command posted before it is asked again is all that it posts.
            var isRepeated = await _ledgers.FindCommandAsync(ledger, idempotencyKey, cancellationToken).ConfigureAwait(false) is not null;
            var (book, version) = await _ledgers.ReadBookAsync(ledger, cancellationToken).ConfigureAwait(false);
            var snapshot = Everything(book, transactions.Aggregate(asOf, Later));
            IReadOnlyList<MatchResult> answers = transactions.Count == 0 ? [] : new PaymentMatcher(snapshot, options, knowledge).Match(transactions, cancellationToken);
            var plan = isRepeated ? new PostingPlan([], []) : PaymentPosting.Plan(answers.Select(PostableMatch.From), snapshot);
            if (plan.Events.Count == 0 || await AppendAsync(ledger, idempotencyKey, version, plan.Events, cancellationToken).ConfigureAwait(false) is not null)
            {
                var posted = await PostedAsync(ledger, version, plan, cancellationToken).ConfigureAwait(false);
                await SaveAsync(ledger, idempotencyKey, answers, posted, cancellationToken).ConfigureAwait(false);
                return new CashApplicationResult(answers, posted.Count == 0 ? 0 : plan.Events.Count);
            }
        }

        throw Attempts.Exhausted();
    }

    /// <summary>Posts an answer that a person confirmed.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="match">The answer, as it waits in the store or as the person changed it.</param>
    /// <param name="by">Who confirmed it.</param>
    /// <param name="asOf">The business date on which it was said.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// <see cref="DeskResult.Recorded"/>, also when it is asked again; or <see cref="DeskResult.Refused"/> with <c>nothingToPost</c>, <c>alreadyPosted</c>
    /// (the transaction was posted otherwise: undo that first), or what the ledger has against it, a document that was paid meanwhile, say.
    /// What is refused stays as it is in the store and is not learnt.
    /// </returns>
    /// <exception cref="InvalidOperationException">The ledger changed under every attempt.</exception>
    public async Task<DeskResult> ConfirmAsync(LedgerId ledger, MatchResult match, string by, LocalDate asOf, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(match);
        ArgumentException.ThrowIfNullOrEmpty(by);
        using var activity = Telemetry.Start("receivables.confirm", ledger);
        for (var attempt = 0; attempt < Attempts.Most; attempt++)
        {
            var (events, version) = await _ledgers.ReadEventsAsync(ledger, cancellationToken).ConfigureAwait(false);
            var snapshot = Everything(LedgerBook.Create(events), Later(asOf, match.Transaction));

            // What was undone is another command when it is confirmed once more.
            var key = string.Create(CultureInfo.InvariantCulture, $"confirm-{match.Transaction.Id.Value}~{snapshot.UndoneBookings.Count(b => b.Transaction == match.Transaction.Id)}");
            var recorded = await _ledgers.FindCommandAsync(ledger, key, cancellationToken).ConfigureAwait(false);
            if (recorded is null)
            {
                var plan = PaymentPosting.Plan([PostableMatch.From(match)], snapshot, acceptSuggested: true, by);
                if (Problems(plan, events) is { Count: > 0 } problems)
                {
                    return new DeskResult.Refused(problems);
                }

                recorded = await AppendAsync(ledger, key, version, plan.Events, cancellationToken).ConfigureAwait(false);
                Telemetry.Posted.Add(recorded is null ? 0 : plan.Events.Count);
            }

            if (recorded is not null)
            {
                await SaveAsync(ledger, key, [new ReviewedMatch(match, MatchReview.Posted, by)], cancellationToken).ConfigureAwait(false);
                await LearnAsync(ledger, key, MatchFeedback.Confirm(match, null, snapshot, asOf, by), cancellationToken).ConfigureAwait(false);
                return new DeskResult.Recorded(recorded.Version);
            }
        }

        throw Attempts.Exhausted();
    }

    /// <summary>Records that a person turned an answer down: it is not proposed again for this transaction.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="match">The answer.</param>
    /// <param name="by">Who turned it down.</param>
    /// <param name="on">The business date.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task DeclineAsync(LedgerId ledger, MatchResult match, string by, LocalDate on, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(match);
        ArgumentException.ThrowIfNullOrEmpty(by);
        var rejected = MatchFeedback.Reject(match, null, on, by);
        var key = "decline-" + match.Transaction.Id.Value + "-" + rejected.Answer;
        // With a log the transaction may be proposed otherwise; without one the match itself is closed.
        if (learning is null)
        {
            await SaveAsync(ledger, key, [new ReviewedMatch(match, MatchReview.Declined, by)], cancellationToken).ConfigureAwait(false);
        }

        await LearnAsync(ledger, key, rejected, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Undoes what was posted for a transaction, automatically or by a person: the ledger stands as if it had never been. It is not posted again before a person confirms it.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The id of the command; the same key again undoes nothing more.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="by">Who undoes it.</param>
    /// <param name="on">The business date.</param>
    /// <param name="reason">Why; null for no word of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// <see cref="DeskResult.Recorded"/>, or <see cref="DeskResult.Refused"/> with <c>nothingPosted</c>, <c>recordedByHost</c>, <c>movedSince</c>, or what
    /// of the ledger would become unlawful: a payment, say, of what a return had reopened.
    /// </returns>
    /// <exception cref="InvalidOperationException">The ledger changed under every attempt.</exception>
    public async Task<DeskResult> UndoAsync(
        LedgerId ledger, string idempotencyKey, TransactionId transaction, string by, LocalDate on, string? reason = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(idempotencyKey);
        ArgumentException.ThrowIfNullOrEmpty(by);
        using var activity = Telemetry.Start("receivables.undo", ledger);
        for (var attempt = 0; attempt < Attempts.Most; attempt++)
        {
            if (await _ledgers.FindCommandAsync(ledger, idempotencyKey, cancellationToken).ConfigureAwait(false) is { } first)
            {
                return new DeskResult.Recorded(first.Version);
            }

            var (events, version) = await _ledgers.ReadEventsAsync(ledger, cancellationToken).ConfigureAwait(false);
            var snapshot = LedgerBook.Create(events).Snapshot(LocalDate.MaxIsoValue);
            var plan = PostingUndo.Plan(transaction, snapshot, on, reason: reason);
            if (plan.Obstacle != UndoObstacle.None)
            {
                return new DeskResult.Refused([Problem(plan.Obstacle)]);
            }

            if (LedgerCheck.Problems(events, plan.Events, []) is { Count: > 0 } problems)
            {
                return new DeskResult.Refused(problems);
            }

            if (await AppendAsync(ledger, idempotencyKey, version, plan.Events, cancellationToken).ConfigureAwait(false) is { } stored)
            {
                await TakeBackAsync(ledger, idempotencyKey, transaction, by, on, cancellationToken).ConfigureAwait(false);
                return new DeskResult.Recorded(stored.Version);
            }
        }

        throw Attempts.Exhausted();
    }

    private static IReadOnlyList<DeskProblem> Problems(PostingPlan plan, IReadOnlyList<LedgerEvent> events) =>
        plan.AlreadyPosted.Count > 0 ? [new DeskProblem("alreadyPosted", "The ledger has the transaction already; what was posted for it is undone first.")]
        : plan.Events.Count == 0 ? [new DeskProblem("nothingToPost", "The answer says nothing that could be posted.")]
        : LedgerCheck.Problems(events, plan.Events, []);

    // All that the ledger has, whatever its day: somebody may be ahead of whoever asks.
    private static LedgerSnapshot Everything(LedgerBook book, LocalDate asOf) => book.Snapshot(LocalDate.MaxIsoValue) with { AsOf = asOf };

    private static LocalDate Later(LocalDate asOf, BankTransaction transaction) =>
        (transaction.BookingDate ?? transaction.ValueDate) is { } date && date > asOf ? date : asOf;

    private static DeskProblem Problem(UndoObstacle obstacle) => obstacle switch
    {
        UndoObstacle.RecordedByHost => new DeskProblem("recordedByHost", "The payment was not posted from an answer; whoever recorded it undoes it."),
        UndoObstacle.MovedSince => new DeskProblem("movedSince", "Another transaction took money of the payment back or paid it out; that is undone first."),
        _ => new DeskProblem("nothingPosted", "Nothing stands in the ledger that was posted for the transaction."),
    };

    private async Task TakeBackAsync(LedgerId ledger, string key, TransactionId transaction, string by, LocalDate on, CancellationToken cancellationToken)
    {
        var posted = await _matches.ReadAsync(ledger, MatchReview.Posted, cancellationToken).ConfigureAwait(false);
        if (posted.FirstOrDefault(m => m.Match.Transaction.Id == transaction) is { Match: var match })
        {
            await SaveAsync(ledger, key, [new ReviewedMatch(match, MatchReview.Undone, by)], cancellationToken).ConfigureAwait(false);
            if (match.Outcome != MatchOutcome.AlreadyPosted)
            {
                await LearnAsync(ledger, key, MatchFeedback.Reject(match, null, on, by), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task LearnAsync(LedgerId ledger, string key, LearningEvent learned, CancellationToken cancellationToken)
    {
        if (learning is not null)
        {
            await learning.AddAsync(new LearningChange { Ledger = ledger, IdempotencyKey = key, Events = [learned] }, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ChangeResult.Stored?> AppendAsync(LedgerId ledger, string key, long version, IReadOnlyList<LedgerEvent> events, CancellationToken cancellationToken)
    {
        var change = new LedgerChange { Ledger = ledger, IdempotencyKey = key, ExpectedVersion = version, Events = events.KnownAt(clock) };
        return await _ledgers.AppendAsync(change, cancellationToken).ConfigureAwait(false) as ChangeResult.Stored;
    }

    // The transactions that the ledger has of a plan. None where somebody else used the command's key meanwhile: it was answered for theirs.
    private async Task<HashSet<TransactionId>> PostedAsync(LedgerId ledger, long version, PostingPlan plan, CancellationToken cancellationToken)
    {
        var planned = plan.Events.Select(PaymentPosting.TransactionOf).OfType<TransactionId>().ToHashSet();
        if (planned.Count == 0)
        {
            return planned;
        }

        var found = new HashSet<TransactionId>();
        await foreach (var stored in _ledgers.ReadAsync(ledger, version, cancellationToken).ConfigureAwait(false))
        {
            if (PaymentPosting.TransactionOf(stored.Event) is { } transaction)
            {
                found.Add(transaction);
            }
        }

        if (!planned.IsSubsetOf(found))
        {
            return [];
        }

        Telemetry.Posted.Add(plan.Events.Count);
        return planned;
    }

    private async Task SaveAsync(LedgerId ledger, string key, IReadOnlyList<MatchResult> answers, HashSet<TransactionId> posted, CancellationToken cancellationToken)
    {
        foreach (var decision in answers.GroupBy(a => a.Decision))
        {
            Telemetry.Matched.Add(decision.Count(), new KeyValuePair<string, object?>("receivables.decision", MatchCodes.Of(decision.Key)));
        }

        // What the ledger has waits for nobody, also where whoever posted it was interrupted before it was stored here.
        var reviewed = answers
            .Where(a => a.Outcome == MatchOutcome.AlreadyPosted || a.Decision is MatchDecision.Automatic or MatchDecision.Suggested or MatchDecision.Unmatched)
            .Select(a => new ReviewedMatch(a, a.Outcome == MatchOutcome.AlreadyPosted || posted.Contains(a.Transaction.Id) ? MatchReview.Posted : MatchReview.Waiting, null))
            .ToArray();
        if (reviewed.Length > 0)
        {
            await SaveAsync(ledger, key, reviewed, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SaveAsync(LedgerId ledger, string key, ReviewedMatch[] matches, CancellationToken cancellationToken) =>
        await _matches.SaveAsync(new MatchChange { Ledger = ledger, IdempotencyKey = key, Matches = matches }, cancellationToken).ConfigureAwait(false);
}
