using Receivables.Sdk.Ledger;
using Receivables.Sdk.Storage;

namespace Receivables.Sdk.Tests.Workflows;

/// <summary>Lets several people work on one store at once, one call of the store at a time, in an order that is given: every interleaving can be tried, and tried again.</summary>
/// <param name="order">Who is next, as a number that is taken modulo those who want to go on; when it ends, the first of them.</param>
internal sealed class Turns(IReadOnlyList<int> order)
{
    private readonly List<(int Person, TaskCompletionSource Turn)> _waiting = [];

    /// <summary>Runs them all to their ends. Between two calls of the store nobody else moves, so nothing hangs on threads.</summary>
    internal void Run(params IReadOnlyList<Func<Task>> people)
    {
        // A test framework's own context would run continuations elsewhere.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var tasks = people.Select(p => p()).ToList();
            for (var step = 0; tasks.Any(t => !t.IsCompleted); step++)
            {
                var ready = _waiting.OrderBy(w => w.Person).ToList();
                var next = ready[step < order.Count ? order[step] % ready.Count : 0];
                _waiting.Remove(next);
                next.Turn.SetResult();
            }

            Task.WhenAll(tasks).GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>The store as one of them sees it: each call waits for its turn.</summary>
    internal PersonalStore For(int person, InMemoryStore store) => new(this, person, store);

    private Task WaitAsync(int person)
    {
        // Continuations run at once, so that when a turn is given away, its owner has come to the next call or to the end.
        var turn = new TaskCompletionSource();
        _waiting.Add((person, turn));
        return turn.Task;
    }

    internal sealed class PersonalStore(Turns turns, int person, InMemoryStore store) : ILedgerStore, IApprovalStore
    {
        public async ValueTask<ChangeResult> AppendAsync(LedgerChange change, CancellationToken cancellationToken)
        {
            await turns.WaitAsync(person);
            return await store.AppendAsync(change, cancellationToken);
        }

        public async IAsyncEnumerable<StoredEvent> ReadAsync(LedgerId ledger, long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await turns.WaitAsync(person);
            await foreach (var item in store.ReadAsync(ledger, after, cancellationToken))
            {
                yield return item;
            }
        }

        public async ValueTask<ChangeResult> SaveAsync(ApprovalChange change, CancellationToken cancellationToken)
        {
            await turns.WaitAsync(person);
            return await store.SaveAsync(change, cancellationToken);
        }

        public async ValueTask<IReadOnlyList<StagedChange>> ReadAsync(LedgerId ledger, ApprovalStage? stage, CancellationToken cancellationToken)
        {
            await turns.WaitAsync(person);
            return await store.ReadAsync(ledger, stage, cancellationToken);
        }
    }
}
