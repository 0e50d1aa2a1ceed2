using NodaTime;
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
    private readonly HashSet<ulong> _ownAccounts;

    /// <summary>A matcher for a ledger at one moment.</summary>
    /// <param name="snapshot">What is open, and what was paid.</param>
    /// <param name="options">How cautious and tolerant; null takes <see cref="MatchingOptions.Default"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="snapshot"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public PaymentMatcher(LedgerSnapshot snapshot, MatchingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _options = options ?? MatchingOptions.Default;
        foreach (var problem in _options.Check())
        {
            throw new ArgumentException(problem.Key + ": " + problem.Value, nameof(options));
        }

        _index = new LedgerIndex(snapshot);
        _ownAccounts = [.. snapshot.OwnAccounts.Where(a => a.Length > 4).Select(CustomerDirectory.AccountKey)];
    }

    /// <summary>The version of the decision model: answers of one version are comparable.</summary>
    public static string ModelVersion => "1";

    /// <summary>Matches the transactions of a run together: no document or payment is given to two of them.</summary>
    /// <param name="transactions">The transactions. One whose id was seen before in the run is left out.</param>
    /// <param name="cancellationToken">Ends the run between two transactions.</param>
    /// <returns>An answer for each distinct transaction, in the order given.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="transactions"/> is null, or one of them is.</exception>
    public IReadOnlyList<MatchResult> Match(IReadOnlyList<BankTransaction> transactions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        var distinct = Distinct(transactions);
        return new MatchingRun(_index, _options, _ownAccounts, distinct, cancellationToken).Solve();
    }

    /// <summary>Matches one transaction alone.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="transaction"/> is null.</exception>
    public MatchResult Match(BankTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return Match([transaction])[0];
    }

    private static List<BankTransaction> Distinct(IReadOnlyList<BankTransaction> transactions)
    {
        var seen = new HashSet<string>(transactions.Count, StringComparer.Ordinal);
        var distinct = new List<BankTransaction>(transactions.Count);
        foreach (var transaction in transactions)
        {
            ArgumentNullException.ThrowIfNull(transaction, nameof(transactions));
            if (transaction.Id.Value is { Length: 0 } || seen.Add(transaction.Id.Value))
            {
                distinct.Add(transaction);
            }
        }

        return distinct;
    }
}
