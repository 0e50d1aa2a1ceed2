using System.Collections.Immutable;
using NodaTime;

namespace Receivables.Sdk.Matching;

/// <summary>What people taught the matcher of one ledger: the log of what they said, and what follows from it.</summary>
/// <remarks>
/// <para>Nothing is learnt in secret: everything is derived from the log, is listed with what it rests on (<see cref="Aliases"/>), can be revoked, and fades by the dates given, never by a clock.
/// The same log gives the same state, replayed whole or event by event. A host keeps the log (<c>ILearningStore</c>) and gives it to <see cref="PaymentMatcher"/>.</para>
/// <para>What is learnt never posts anything alone: it is evidence, and the guards on automatic answers stay.</para>
/// <para>Immutable and safe to share between threads.</para>
/// </remarks>
public sealed class MatchMemory
{
    private readonly ImmutableList<LearningEvent> _events;
    private readonly AliasBook _book;
    private readonly Dictionary<TransactionId, HashSet<MatchAnswer>> _rejected = [];
    private readonly Dictionary<TransactionId, MatchAnswer> _confirmed = [];
    private readonly HashSet<(string Payer, CustomerId Customer)> _refusedPayers = [];

    private MatchMemory(ImmutableList<LearningEvent> events, LearningOptions options)
    {
        _events = events;
        Options = options;
        _book = new AliasBook(events, options);
        foreach (var learned in events)
        {
            switch (learned)
            {
                case MatchRejected rejected:
                    (_rejected.TryGetValue(rejected.Transaction, out var answers) ? answers : _rejected[rejected.Transaction] = []).Add(rejected.Answer);
                    break;
                case MatchConfirmed confirmed:
                    // Confirmed after all.
                    _rejected.GetValueOrDefault(confirmed.Transaction)?.Remove(confirmed.Answer);
                    break;
            }
        }

        foreach (var (transaction, word) in AliasBook.LastWords(events))
        {
            _confirmed.Add(transaction, ((MatchConfirmed)events[word]).Answer);
        }

        RefusePayers();
    }

    /// <summary>Nothing learnt yet.</summary>
    public static MatchMemory Empty => new([], LearningOptions.Default);

    /// <summary>How fast is learnt and forgotten.</summary>
    public LearningOptions Options { get; }

    /// <summary>The log.</summary>
    public IReadOnlyList<LearningEvent> Events => _events;

    /// <summary>What customers announced, in the order of the log.</summary>
    public IEnumerable<PaymentAnnounced> Announced => _events.OfType<PaymentAnnounced>();

    /// <summary>The state that a log gives.</summary>
    /// <param name="events">The log, in its order.</param>
    /// <param name="options">How fast is learnt and forgotten; null takes <see cref="LearningOptions.Default"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="events"/> is null, or one of them is.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static MatchMemory Replay(IEnumerable<LearningEvent> events, LearningOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(events);
        options ??= LearningOptions.Default;
        foreach (var problem in options.Check())
        {
            throw new ArgumentException(problem.Key + ": " + problem.Value, nameof(options));
        }

        var log = events.ToImmutableList();
        log.ForEach(e => ArgumentNullException.ThrowIfNull(e, nameof(events)));
        return new MatchMemory(log, options);
    }

    /// <summary>The state after one more event.</summary>
    /// <param name="learned">What a person said.</param>
    /// <exception cref="ArgumentNullException"><paramref name="learned"/> is null.</exception>
    public MatchMemory With(LearningEvent learned)
    {
        ArgumentNullException.ThrowIfNull(learned);
        return new MatchMemory(_events.Add(learned), Options);
    }

    /// <summary>Everything learnt, active or not yet or no longer, by kind, key and customer.</summary>
    /// <param name="asOf">The day on which it is asked: what was said later is not known yet, what was said long before has faded.</param>
    public IReadOnlyList<LearnedAlias> Aliases(LocalDate asOf) => _book.At(asOf);

    /// <summary>Whether a person turned this answer down for this transaction, and did not confirm it after.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="answer">The answer.</param>
    /// <exception cref="ArgumentNullException"><paramref name="answer"/> is null.</exception>
    public bool IsRejected(TransactionId transaction, MatchAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return _rejected.TryGetValue(transaction, out var answers) && answers.Contains(answer);
    }

    /// <summary>What a person last confirmed for a transaction; null for nothing.</summary>
    /// <param name="transaction">The transaction.</param>
    public MatchAnswer? Confirmed(TransactionId transaction) => _confirmed.GetValueOrDefault(transaction);

    /// <summary>What is proved of the true error rates of automatic and of suggested answers: exact upper limits (<see cref="ClopperPearson"/>).</summary>
    /// <param name="confidence">How sure the limits are, above 0 and below 1. Default 0.95.</param>
    /// <returns>The automatic answers, then the suggested.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is out of its range.</exception>
    public IReadOnlyList<ErrorBound> ErrorBounds(decimal confidence = 0.95m) => [Bound(MatchDecision.Automatic, confidence), Bound(MatchDecision.Suggested, confidence)];

    private ErrorBound Bound(MatchDecision decision, decimal confidence)
    {
        // The last judgement of each transaction that judged a proposal of this kind.
        var judged = new Dictionary<TransactionId, bool>();
        foreach (var learned in _events)
        {
            if (learned is MatchConfirmed confirmed && confirmed.Proposed == decision)
            {
                judged[confirmed.Transaction] = confirmed.IsAsProposed;
            }
            else if (learned is MatchRejected rejected && rejected.Proposed == decision)
            {
                judged[rejected.Transaction] = false;
            }
        }

        var wrong = judged.Values.Count(isRight => !isRight);
        var upper = (decimal)ClopperPearson.Upper(wrong, judged.Count, (double)confidence);
        return new ErrorBound(decision, judged.Count, wrong, Math.Min(1m, decimal.Ceiling(upper * 1_000_000m) / 1_000_000m), confidence);
    }

    /// <summary>Whether something was said about a transaction.</summary>
    internal bool Knows(TransactionId transaction) => _confirmed.ContainsKey(transaction) || _rejected.ContainsKey(transaction);

    /// <summary>Whether people's last word on a payer and a customer was no.</summary>
    internal bool IsRefused(string? account, string? name, CustomerId customer) =>
        _refusedPayers.Count > 0
        && ((account is not null && _refusedPayers.Contains(("A" + AliasBook.AccountKey(account), customer))) || (name is not null && _refusedPayers.Contains(("N" + AliasBook.NameKey(name), customer))));

    // No was said to a customer for a payer when an answer was turned down and none of that customer confirmed for the same transaction.
    private void RefusePayers()
    {
        foreach (var learned in _events)
        {
            if (learned is MatchRejected { Answer.Customer: { } customer } rejected
                && !(_confirmed.TryGetValue(rejected.Transaction, out var answer) && answer.Customer == customer))
            {
                foreach (var payer in Payers(rejected.Account, rejected.Name))
                {
                    _refusedPayers.Add((payer, customer));
                }
            }
            else if (learned is MatchConfirmed { Answer.Customer: { } owner } confirmed && _confirmed.TryGetValue(confirmed.Transaction, out var last) && last.Equals(confirmed.Answer))
            {
                foreach (var payer in Payers(confirmed.Account, confirmed.Name))
                {
                    _refusedPayers.Remove((payer, owner));
                }
            }
        }
    }

    private static IEnumerable<string> Payers(string? account, string? name)
    {
        if (account is not null && AliasBook.AccountKey(account) is { Length: > 4 } accountKey)
        {
            yield return "A" + accountKey;
        }

        if (name is not null && AliasBook.NameKey(name) is { Length: > 0 } nameKey)
        {
            yield return "N" + nameKey;
        }
    }
}
