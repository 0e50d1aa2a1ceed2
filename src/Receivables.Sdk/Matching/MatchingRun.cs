using System.Runtime.InteropServices;
using NodaTime;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Matching;

/// <summary>One batch: every transaction is read and explained by itself, in parallel; then the answers are given one after the other, the surest first.</summary>
internal sealed class MatchingRun(LedgerIndex index, MatchingOptions options, HashSet<ulong> ownAccounts, List<BankTransaction> transactions, RunState state, Action<int>? progress, CancellationToken cancellation)
{
    private const int Chunk = 64;
    private readonly RunState _state = state;
    private int _explained;
    private readonly MatchResult?[] _results = new MatchResult?[transactions.Count];
    private readonly PaymentEvidence?[] _evidence = new PaymentEvidence?[transactions.Count];
    private readonly List<Hypothesis>?[] _hypotheses = new List<Hypothesis>?[transactions.Count];
    // What the gate says of a credit whose only other meaning is money of recorded payments.
    private readonly MatchResult?[] _refused = new MatchResult?[transactions.Count];
    private readonly Hypothesis?[] _chosen = new Hypothesis?[transactions.Count];

    internal IReadOnlyList<MatchResult> Solve()
    {
        Explain();
        var order = Order();
        var debits = new DebitMatcher(index, _state);
        foreach (var i in order)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_results[i] is not null)
            {
                continue;
            }

            if (transactions[i].Amount.IsNegative)
            {
                _results[i] = Rejected(debits.Match(_evidence[i]!));
                continue;
            }

            Answer(i);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(_results!)!;
    }

    /// <summary>The answer of a run of one with all that was thought of.</summary>
    internal MatchExplanation SolveAndExplain()
    {
        var result = Solve()[0];
        var hypotheses = _hypotheses[0] ?? [];
        return new MatchExplanation
        {
            Result = result,
            Candidates = _evidence[0] is { } evidence ? Results.Alternatives(index, options with { MaxAlternatives = int.MaxValue }, evidence, hypotheses, 0) : [],
            Obstacles = transactions[0].Amount.IsNegative || (hypotheses.Count == 0 && result.Decision == MatchDecision.Automatic) ? AutomaticObstacles.None : Guards.Obstacles(transactions[0], hypotheses, options),
        };
    }

    // A return or refund that a person turned down is not proposed again; that it is one may still be said.
    private MatchResult Rejected(MatchResult result) => _state.Known?.IsRejected(result) != true ? result
        : result.Outcome == MatchOutcome.Return
            ? Results.None(result.Transaction, MatchDecision.Suggested) with { Outcome = MatchOutcome.Return, Explanation = [new MatchEvidence(EvidenceCode.ConfirmedOtherwise, 0, "")] }
            : Results.None(result.Transaction, MatchDecision.NotReceivable);

    // Reads and explains each transaction against the ledger as it stands. Nothing is shared but the index, which nobody writes.
    private void Explain()
    {
        var threads = options.Threads == 0 ? -1 : options.Threads;
        // -1 leaves it to the scheduler: one for each processor.
        if (threads == 1 || transactions.Count <= Chunk)
        {
            Explain(0, transactions.Count, new EvidenceReader(index));
            return;
        }

        var chunks = (transactions.Count + Chunk - 1) / Chunk;
        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, () => new EvidenceReader(index), (chunk, _, reader) =>
        {
            Explain(chunk * Chunk, Math.Min(transactions.Count, (chunk + 1) * Chunk), reader);
            return reader;
        }, static _ => { });
    }

    private void Explain(int from, int to, EvidenceReader reader)
    {
        var gate = new TransactionGate(index, ownAccounts);
        for (var i = from; i < to; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Invoke(Interlocked.Increment(ref _explained));
            var transaction = transactions[i];
            if (gate.Known(transaction) is { } known)
            {
                _results[i] = known;
                continue;
            }

            var refusal = gate.Refuse(transaction);
            if (refusal is not null && (transaction.Status != TransactionStatus.Booked || !transaction.Amount.IsPositive || index.Payments.Uncleared.Count == 0))
            {
                _results[i] = refusal;
                continue;
            }

            var evidence = reader.Read(transaction, index.Snapshot.AsOf);
            if (evidence is null || evidence.Amount == 0)
            {
                _results[i] = refusal ?? Results.None(transaction, transaction.Amount.IsNegative ? MatchDecision.NotReceivable : MatchDecision.Unmatched);
                continue;
            }

            _evidence[i] = evidence;
            _refused[i] = refusal;
            if (!transaction.Amount.IsNegative)
            {
                _hypotheses[i] = Explain(i);
                if (_hypotheses[i]!.Count == 0)
                {
                    _results[i] = refusal;
                }
            }
        }
    }

    private List<Hypothesis> Explain(int i)
    {
        var builder = new HypothesisBuilder(index, options, _state, _evidence[i]!);
        return _refused[i] is null ? builder.Build() : builder.BuildClearingsOnly();
    }

    // The surest first: what may be posted unseen, then by probability; equals by date, then by id. Never by their order in the files.
    private List<int> Order()
    {
        var order = Enumerable.Range(0, transactions.Count).Where(i => _results[i] is null).ToList();
        var ranks = new int[transactions.Count];
        var claims = new Dictionary<int, List<int>>();
        foreach (var i in order)
        {
            var top = _hypotheses[i]?.FirstOrDefault();
            var isNamed = top?.Named >= HitStrength.Strong;
            ranks[i] = top is null ? 0
                : Guards.IsAutomatic(transactions[i], _hypotheses[i]!, options) ? isNamed ? 4000 : 3000
                : (int)(top.Probability * 1000) + (isNamed ? 1500 : 0);
            foreach (var part in top?.Parts ?? [])
            {
                ref var claim = ref CollectionsMarshal.GetValueRefOrAddDefault(claims, part.Item, out _);
                (claim ??= []).Add(i);
            }
        }

        // Of payments that one payer makes for one document the earlier pays it, even where the later says so more clearly.
        var raised = (int[])ranks.Clone();
        foreach (var claim in claims.Values.Where(c => c.Count > 1))
        {
            foreach (var i in claim)
            {
                foreach (var j in claim)
                {
                    raised[i] = Math.Max(raised[i], _hypotheses[i]![0] is { Named: not null, Probability: >= 0.5 } && IsSamePayer(i, j) ? ranks[j] : 0);
                }
            }
        }

        order.Sort((a, b) =>
        {
            if (raised[a] != raised[b])
            {
                return raised[b].CompareTo(raised[a]);
            }

            var (x, y) = (transactions[a], transactions[b]);
            var date = (x.BookingDate ?? LocalDate.MaxIsoValue).CompareTo(y.BookingDate ?? LocalDate.MaxIsoValue);
            return date != 0 ? date : x.Id != y.Id ? x.Id.CompareTo(y.Id) : x.Amount.Amount.CompareTo(y.Amount.Amount);
        });
        return order;
    }

    private bool IsSamePayer(int i, int j)
    {
        var (x, y) = (transactions[i].Counterparty, transactions[j].Counterparty);
        return (x?.AccountText is { } account && account == y?.AccountText) || (x?.Name is { } name && string.Equals(name, y?.Name, StringComparison.OrdinalIgnoreCase))
            || _hypotheses[i]![0].Customer == _hypotheses[j]![0].Customer;
    }

    private void Answer(int i)
    {
        var evidence = _evidence[i]!;
        var hypotheses = _hypotheses[i]!;
        decimal? most = null;
        // What an earlier answer took changes what is left to explain this one.
        if (!hypotheses.TrueForAll(_state.Allows))
        {
            var before = hypotheses;
            var wanted = before[0];
            hypotheses = Explain(i);
            most = MostOfEquals(i, before, hypotheses);
            if (!_state.Allows(wanted))
            {
                Compete(i, wanted, hypotheses);
                HoldChanged(wanted, hypotheses);
            }
        }

        var result = Results.Create(index, options, evidence, hypotheses);
        if (_refused[i] is { } refused && result.Decision == MatchDecision.Unmatched)
        {
            result = refused;
        }

        if (most is { } limit && result.Decision is MatchDecision.Automatic or MatchDecision.Suggested)
        {
            result = result with { Decision = MatchDecision.Suggested, Confidence = Math.Min(limit, result.Confidence ?? limit) };
        }

        if (result.Decision is MatchDecision.Automatic or MatchDecision.Suggested && hypotheses.Count > 0)
        {
            _state.Take(hypotheses[0], i);
            _chosen[i] = hypotheses[0];
        }

        _results[i] = result;
    }

    // Where two explanations fitted as well, one does not become sure because the other went to a payment that fitted both: the most that may be said of it, null for no limit.
    private decimal? MostOfEquals(int i, List<Hypothesis> before, List<Hypothesis> after)
    {
        if (after.Count == 0 || after[0].Named >= HitStrength.Strong || after[0].Outcome == MatchOutcome.DoublePayment || Guards.IsAutomatic(transactions[i], before, options))
        {
            return null;
        }

        return before.Exists(after[0].IsSameAs) ? Calibration.Confidence(before[0]) : 1m;
    }

    // What is left when others took what was wanted is posted unseen only where it is a second payment, or the same documents have room for both.
    private void HoldChanged(Hypothesis wanted, List<Hypothesis> hypotheses)
    {
        if (hypotheses.Count > 0 && hypotheses[0] is { Outcome: MatchOutcome.DoublePayment, PaidAgain: >= 0 } second
            && _state.Taker(second.PaidAgain) is var taker and >= 0 && !(_chosen[taker]?.Named >= HitStrength.Strong && _results[taker]?.Decision == MatchDecision.Automatic))
        {
            second.IsHeld = true;
            return;
        }

        if (hypotheses.Count > 0 && hypotheses[0] is { Outcome: not MatchOutcome.DoublePayment } top
            && !(top.Named >= HitStrength.Strong && wanted.Outcome == top.Outcome && wanted.Parts.Count == top.Parts.Count && wanted.Parts.TrueForAll(p => top.Parts.Exists(t => t.Item == p.Item && t.Amount == p.Amount))))
        {
            top.IsHeld = true;
        }
    }

    // Two payments for one document are named as such on both; if somebody else seems to have paid, neither is posted unseen.
    private void Compete(int i, Hypothesis wanted, List<Hypothesis> hypotheses)
    {
        var taker = wanted.Parts.Select(p => _state.Taker(p.Item)).FirstOrDefault(t => t >= 0, -1);
        if (taker < 0 || _results[taker] is not { } first)
        {
            return;
        }

        if (hypotheses.Count > 0 && !hypotheses[0].Terms.Exists(t => t.Code == EvidenceCode.CompetingPayment))
        {
            hypotheses[0].Add(EvidenceCode.CompetingPayment, 0, first.Transaction.Id.Value);
        }

        var chosen = _chosen[taker]!;
        chosen.Add(EvidenceCode.CompetingPayment, 0, transactions[i].Id.Value);
        // A document that no text names may have been meant by the other payment alone.
        var isUncertain = !(chosen.Named >= HitStrength.Strong) && wanted.Parts.Count == chosen.Parts.Count && wanted.Parts.TrueForAll(chosen.Parts.Contains);
        var isRival = !IsSamePayer(taker, i) && wanted.Score + (4 * Bits.One) >= chosen.Score;
        _results[taker] = first with
        {
            Explanation = Results.Order(chosen.Terms),
            Decision = (isRival || isUncertain) && first.Decision == MatchDecision.Automatic ? MatchDecision.Suggested : first.Decision,
        };
    }
}
