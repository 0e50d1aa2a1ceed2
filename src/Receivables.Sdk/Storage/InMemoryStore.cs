using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Storage;

/// <summary>All ports in memory: for tests, samples, and programs that keep their ledger in a file.</summary>
/// <remarks>One writer at a time for each ledger, readers on what was stored when they began. Safe to use from several threads.</remarks>
public sealed class InMemoryStore : ILedgerStore, IImportStore, IMatchStore, IReminderStore, ILearningStore, IApprovalStore, IReconciliationStore
{
    private readonly ConcurrentDictionary<LedgerId, LedgerState> _ledgers = new();

    /// <inheritdoc/>
    public ValueTask<ChangeResult> AppendAsync(LedgerChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        cancellationToken.ThrowIfCancellationRequested();
        var state = Of(change.Ledger);
        lock (state)
        {
            if (state.Changes.TryGetValue(change.IdempotencyKey, out var first))
            {
                return new(first);
            }

            if (change.ExpectedVersion is { } expected && expected != state.Events.Count)
            {
                return new(new ChangeResult.Conflict(state.Events.Count));
            }

            state.Events.AddRange(change.Events);
            var stored = new ChangeResult.Stored(state.Events.Count);
            state.Changes.Add(change.IdempotencyKey, stored);
            return new(stored);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredEvent> ReadAsync(LedgerId ledger, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        var state = Of(ledger);
        LedgerEvent[] events;
        lock (state)
        {
            events = [.. state.Events.Skip((int)Math.Min(after, int.MaxValue))];
        }

        foreach (var item in events)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new StoredEvent(++after, item);
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, TransactionId>> FindKnownAsync(LedgerId ledger, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        cancellationToken.ThrowIfCancellationRequested();
        var state = Of(ledger);
        var known = new Dictionary<string, TransactionId>(StringComparer.Ordinal);
        lock (state)
        {
            foreach (var key in keys)
            {
                if (state.Keys.TryGetValue(key, out var transaction))
                {
                    known[key] = transaction;
                }
            }
        }

        return new(known);
    }

    /// <inheritdoc/>
    public ValueTask<int> AddAsync(ImportChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        cancellationToken.ThrowIfCancellationRequested();
        return new(Once(change.Ledger, "import", change.IdempotencyKey, state =>
        {
            var added = new List<BankTransaction>();
            foreach (var transaction in change.Transactions)
            {
                if (!state.Keys.TryAdd(transaction.Id.Value, transaction.Id))
                {
                    continue;
                }

                added.Add(transaction);
                foreach (var key in transaction.Keys)
                {
                    state.Keys.TryAdd(key.Value, transaction.Id);
                }
            }

            state.Imports.Add(change.IdempotencyKey, added);
            return added.Count;
        }));
    }

    /// <inheritdoc/>
    ValueTask<IReadOnlyList<BankTransaction>?> IImportStore.ReadAsync(LedgerId ledger, string idempotencyKey, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var state = Of(ledger);
        lock (state)
        {
            return new(state.Imports.GetValueOrDefault(idempotencyKey));
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> SaveAsync(MatchChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        cancellationToken.ThrowIfCancellationRequested();
        return new(Once(change.Ledger, "match", change.IdempotencyKey, state =>
        {
            var saved = 0;
            foreach (var match in change.Matches)
            {
                if (!state.Matches.TryGetValue(match.Match.Transaction.Id, out var known) || known.Review is MatchReview.Waiting or MatchReview.Undone
                    || (known.Review == MatchReview.Posted && match.Review == MatchReview.Undone))
                {
                    state.Matches[match.Match.Transaction.Id] = match;
                    saved++;
                }
            }

            return saved;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReviewedMatch>> ReadAsync(LedgerId ledger, MatchReview? review, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var state = Of(ledger);
        lock (state)
        {
            return new([.. state.Matches.Values.Where(m => review is null || m.Review == review)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ActionId>> SaveAsync(ReminderChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        cancellationToken.ThrowIfCancellationRequested();
        return new(Once<IReadOnlyList<ActionId>>(change.Ledger, "reminder", change.IdempotencyKey, state =>
        {
            var moved = new List<ActionId>();
            foreach (var reminder in change.Reminders)
            {
                // Sent and cancelled are ends: nothing moves from there.
                if (!state.Reminders.TryGetValue(reminder.Action.Id, out var known) || (known.Stage < ReminderStage.Sent && reminder.Stage > known.Stage))
                {
                    state.Reminders[reminder.Action.Id] = reminder;
                    moved.Add(reminder.Action.Id);
                }
            }

            return moved;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StagedReminder>> ReadAsync(LedgerId ledger, ReminderStage? stage, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var state = Of(ledger);
        lock (state)
        {
            return new([.. state.Reminders.Values.Where(r => stage is null || r.Stage == stage)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> AddAsync(LearningChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        cancellationToken.ThrowIfCancellationRequested();
        return new(Once(change.Ledger, "learning", change.IdempotencyKey, state =>
        {
            state.Learned.AddRange(change.Events);
            return change.Events.Count;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LearningEvent>> ReadAsync(LedgerId ledger, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var state = Of(ledger);
        lock (state)
        {
            return new([.. state.Learned]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ChangeResult> SaveAsync(ApprovalChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        cancellationToken.ThrowIfCancellationRequested();
        return new(Versioned(
            change.Ledger,
            "approval",
            change.IdempotencyKey,
            change.ExpectedVersion,
            state => state.Approvals.TryGetValue(change.Change.Id, out var known) ? known.Version : 0,
            (state, version) => state.Approvals[change.Change.Id] = change.Change with { Version = version }));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StagedChange>> ReadAsync(LedgerId ledger, ApprovalStage? stage, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var state = Of(ledger);
        lock (state)
        {
            return new([.. state.Approvals.Values.Where(c => stage is null || c.Stage == stage)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ChangeResult> SaveAsync(ReconciliationChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        cancellationToken.ThrowIfCancellationRequested();
        return new(Versioned(
            change.Ledger,
            "reconciliation",
            change.IdempotencyKey,
            change.ExpectedVersion,
            state => state.Periods.TryGetValue(change.Id, out var known) ? known.Version : 0,
            (state, version) => state.Periods[change.Id] = new StoredPeriod(change.Id, version, change.Period)));
    }

    /// <inheritdoc/>
    ValueTask<IReadOnlyList<StoredPeriod>> IReconciliationStore.ReadAsync(LedgerId ledger, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var state = Of(ledger);
        lock (state)
        {
            return new([.. state.Periods.Values]);
        }
    }

    private LedgerState Of(LedgerId ledger) => _ledgers.GetOrAdd(ledger, _ => new LedgerState());

    private T Once<T>(LedgerId ledger, string port, string key, Func<LedgerState, T> change)
        where T : notnull
    {
        var state = Of(ledger);
        lock (state)
        {
            if (state.Answers.TryGetValue((port, key), out var first))
            {
                return (T)first;
            }

            var answer = change(state);
            state.Answers.Add((port, key), answer);
            return answer;
        }
    }

    // What is stored in place of a version: the key is looked at first, then the version; a conflict leaves the key free.
    private ChangeResult Versioned(LedgerId ledger, string port, string key, long expected, Func<LedgerState, long> version, Action<LedgerState, long> store)
    {
        var state = Of(ledger);
        lock (state)
        {
            if (state.Answers.TryGetValue((port, key), out var first))
            {
                return (ChangeResult)first;
            }

            if (version(state) is var now && now != expected)
            {
                return new ChangeResult.Conflict(now);
            }

            store(state, now + 1);
            var stored = new ChangeResult.Stored(now + 1);
            state.Answers.Add((port, key), stored);
            return stored;
        }
    }

    private sealed class LedgerState
    {
        internal List<LedgerEvent> Events { get; } = [];

        internal Dictionary<string, ChangeResult> Changes { get; } = new(StringComparer.Ordinal);

        internal Dictionary<(string Port, string Key), object> Answers { get; } = [];

        internal Dictionary<string, TransactionId> Keys { get; } = new(StringComparer.Ordinal);

        internal Dictionary<string, IReadOnlyList<BankTransaction>> Imports { get; } = new(StringComparer.Ordinal);

        internal SortedDictionary<TransactionId, ReviewedMatch> Matches { get; } = [];

        internal SortedDictionary<ActionId, StagedReminder> Reminders { get; } = [];

        internal List<LearningEvent> Learned { get; } = [];

        internal SortedDictionary<string, StagedChange> Approvals { get; } = new(StringComparer.Ordinal);

        internal SortedDictionary<string, StoredPeriod> Periods { get; } = new(StringComparer.Ordinal);
    }
}
