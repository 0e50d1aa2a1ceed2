using System.Runtime.CompilerServices;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Matching;

/// <summary>Matches bank transactions with a ledger's open items.</summary>
/// <remarks>
/// Built once from a snapshot, then asked for batch after batch; a batch takes nothing away from the next. The same snapshot, options and
/// transactions give the same answers in any order and on any number of threads. Safe to share between threads.
/// </remarks>
public sealed class PaymentMatcher
{
    private readonly LedgerIndex _index;
    private readonly MatchingOptions _options;
    private readonly KnownEvidence? _known;

    /// <summary>A matcher for a ledger at one moment.</summary>
    /// <param name="snapshot">What is open, and what was paid.</param>
    /// <param name="options">How cautious and tolerant; null takes <see cref="MatchingOptions.Default"/>.</param>
    /// <param name="knowledge">What people taught and a host's own evidence; null for nothing. What was learnt counts as it stands on <see cref="LedgerSnapshot.AsOf"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="snapshot"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public PaymentMatcher(LedgerSnapshot snapshot, MatchingOptions? options = null, MatchKnowledge? knowledge = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _options = options ?? MatchingOptions.Default;
        Check(_options);
        if (knowledge is not null && new KnownEvidence(knowledge, snapshot.AsOf) is { IsEmpty: false } known)
        {
            _known = known;
            snapshot = known.Apply(snapshot);
        }

        _index = new ItemStore(snapshot).View();
    }

    internal PaymentMatcher(LedgerIndex index, MatchingOptions options, KnownEvidence? known) => (_index, _options, _known) = (index, options, known);

    /// <summary>The version of the decision model: answers of one version are comparable.</summary>
    public static string ModelVersion => "1";

    /// <summary>Matches the transactions of a run together: no document or payment is given to two of them.</summary>
    /// <remarks>Nothing is written anywhere: an answer is a proposal, and <see cref="PaymentPosting.Plan"/> shows what accepting it would append to the ledger. Every match is a dry run.</remarks>
    /// <param name="transactions">The transactions. One whose id was seen before in the run is left out.</param>
    /// <param name="cancellationToken">Ends the run between two transactions.</param>
    /// <returns>An answer for each distinct transaction, in the order given.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="transactions"/> is null, or one of them is.</exception>
    public IReadOnlyList<MatchResult> Match(IReadOnlyList<BankTransaction> transactions, CancellationToken cancellationToken = default) => Match(transactions, null, cancellationToken);

    /// <summary>Matches the transactions of a run together and tells how far it is.</summary>
    /// <inheritdoc cref="Match(IReadOnlyList{BankTransaction}, CancellationToken)"/>
    /// <param name="transactions">The transactions. One whose id was seen before in the run is left out.</param>
    /// <param name="progress">Told the number of transactions read so far, from any thread and not always in order; null tells nobody. The answers come after the last.</param>
    /// <param name="cancellationToken">Ends the run between two transactions.</param>
    public IReadOnlyList<MatchResult> Match(IReadOnlyList<BankTransaction> transactions, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        return Run(Distinct(transactions, new HashSet<string>(transactions.Count, StringComparer.Ordinal)), new RunState(_index, _known), progress, cancellationToken);
    }

    /// <summary>Matches a stream of transactions as they come, in batches: no document or payment is given to two of them.</summary>
    /// <remarks>
    /// Within a batch the surest answers come first, as in <see cref="Match(IReadOnlyList{BankTransaction}, CancellationToken)"/>; what a batch took is gone for the next. So the answers depend on where batches end, and
    /// a batch of everything is the best. Memory is kept for one batch, and for the ids and documents seen.
    /// </remarks>
    /// <param name="transactions">The transactions. One whose id was seen before is left out.</param>
    /// <param name="batchSize">How many are matched together, 1 or more. Default 1,000.</param>
    /// <param name="cancellationToken">Ends the run between two transactions.</param>
    /// <returns>An answer for each distinct transaction, in the order given.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="transactions"/> is null, or one of them is.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    public IAsyncEnumerable<MatchResult> MatchAsync(IAsyncEnumerable<BankTransaction> transactions, int batchSize = 1000, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return Stream(transactions, batchSize, cancellationToken);
    }

    /// <summary>Matches one transaction alone.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="transaction"/> is null.</exception>
    public MatchResult Match(BankTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return Run([new(transaction, transaction.Id)], new RunState(_index, _known), null, default)[0];
    }

    /// <summary>Matches one transaction alone and tells everything that was thought of: all candidates with their terms and differences, and what keeps the answer from being posted unseen.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <exception cref="ArgumentNullException"><paramref name="transaction"/> is null.</exception>
    public MatchExplanation Explain(BankTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return new MatchingRun(_index, _options, [new(transaction, transaction.Id)], new RunState(_index, _known), null, default).SolveAndExplain();
    }

    private IReadOnlyList<MatchResult> Run(List<AskedTransaction> transactions, RunState state, IProgress<int>? progress, CancellationToken cancellationToken) =>
        new MatchingRun(_index, _options, transactions, state, progress is null ? null : progress.Report, cancellationToken).Solve();

    private async IAsyncEnumerable<MatchResult> Stream(IAsyncEnumerable<BankTransaction> transactions, int batchSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var state = new RunState(_index, _known);
        var batch = new List<BankTransaction>(Math.Min(batchSize, 1000));
        await foreach (var transaction in transactions.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            batch.Add(transaction);
            if (batch.Count == batchSize)
            {
                foreach (var result in Run(Distinct(batch, seen), state, null, cancellationToken))
                {
                    yield return result;
                }

                state.ForgetTakers();
                batch.Clear();
            }
        }

        foreach (var result in Run(Distinct(batch, seen), state, null, cancellationToken))
        {
            yield return result;
        }
    }

    internal static void Check(MatchingOptions options)
    {
        foreach (var problem in options.Check())
        {
            throw new ArgumentException(problem.Key + ": " + problem.Value, nameof(options));
        }
    }

    private List<AskedTransaction> Distinct(IReadOnlyList<BankTransaction> transactions, HashSet<string> seen)
    {
        var ids = Ids(transactions);
        var distinct = new List<AskedTransaction>(transactions.Count);
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i].Value is { Length: 0 } || seen.Add(ids[i].Value))
            {
                distinct.Add(new AskedTransaction(transactions[i], ids[i]));
            }
        }

        return distinct;
    }

    // An id is a hash over the transaction's texts: the one thing that is read of all of them before the run.
    private TransactionId[] Ids(IReadOnlyList<BankTransaction> transactions)
    {
        const int Few = 1024;
        var ids = new TransactionId[transactions.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(transactions[i], nameof(transactions));
        }

        if (_options.Threads == 1 || ids.Length <= Few)
        {
            Fill(0, ids.Length);
        }
        else
        {
            Parallel.For(0, (ids.Length + Few - 1) / Few, new ParallelOptions { MaxDegreeOfParallelism = _options.Threads == 0 ? -1 : _options.Threads }, chunk => Fill(chunk * Few, Math.Min(ids.Length, (chunk + 1) * Few)));
        }

        return ids;

        void Fill(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                ids[i] = transactions[i].Id;
            }
        }
    }
}
