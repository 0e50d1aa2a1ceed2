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
    private readonly Verdict[] _verdicts = new Verdict[transactions.Count];
    private readonly int[] _ranks = new int[transactions.Count];
    // Amount and text of payments that name something and whose payer is not known.
    private readonly HashSet<(long Amount, string? Text)> _unsure = [];
    private readonly Hypothesis?[] _chosen = new Hypothesis?[transactions.Count];

    internal IReadOnlyList<MatchResult> Solve()
    {
        Each(() => new EvidenceReader(index), Explain);
        var debits = new DebitMatcher(index, _state);
        foreach (var i in Order())
        {
            cancellation.ThrowIfCancellationRequested();
            if (transactions[i].Amount.IsNegative)
            {
                _results[i] = Rejected(debits.Match(_evidence[i]!));
            }
            else
            {
                Answer(i);
            }
        }

        Each(static () => 0, Write);
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

    // Nothing is shared but the index, which nobody writes, and each transaction's own places.
    private void Each<T>(Func<T> start, Action<int, int, T> act)
    {
        var threads = options.Threads == 0 ? -1 : options.Threads;
        // -1 leaves it to the scheduler: one for each processor.
        if (threads == 1 || transactions.Count <= Chunk)
        {
            act(0, transactions.Count, start());
            return;
        }

        var chunks = (transactions.Count + Chunk - 1) / Chunk;
        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, start, (chunk, _, own) =>
        {
            act(chunk * Chunk, Math.Min(transactions.Count, (chunk + 1) * Chunk), own);
            return own;
        }, static _ => { });
    }

    // What was decided one after the other is written down side by side.
    private void Write(int from, int to, int unused)
    {
        for (var i = from; i < to; i++)
        {
            _results[i] ??= Results.Create(index, options, _evidence[i]!, _hypotheses[i]!, _verdicts[i]);
        }
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
                else
                {
                    _ranks[i] = Rank(i);
                }
            }
        }
    }

    private List<Hypothesis> Explain(int i)
    {
        var builder = new HypothesisBuilder(index, options, _state, _evidence[i]!);
        return _refused[i] is null ? builder.Build() : builder.BuildClearingsOnly();
    }

    private int Rank(int i)
    {
        var top = _hypotheses[i]![0];
        var isNamed = top.Named >= HitStrength.Strong;
        return Guards.IsAutomatic(transactions[i], _hypotheses[i]!, options) ? isNamed ? 4000 : 3000 : (int)(top.Probability * 1000) + (isNamed ? 1500 : 0);
    }

    // The surest first: what may be posted unseen, then by probability; equals by date, then by id. Never by their order in the files.
    private IEnumerable<int> Order()
    {
        var claims = new List<(int Item, int Answer)>();
        var order = new List<(int Rank, int Day, int Answer)>(transactions.Count);
        for (var i = 0; i < transactions.Count; i++)
        {
            if (_results[i] is null)
            {
                order.Add((_ranks[i], transactions[i].BookingDate is { } date ? (date.Year * 400) + date.DayOfYear : int.MaxValue, i));
                if (_hypotheses[i] is [var top, ..])
                {
                    if (!top.IsPartySure && _evidence[i]!.Hits.Length > 0)
                    {
                        _unsure.Add((_evidence[i]!.Amount, transactions[i].Remittance));
                    }

                    foreach (var part in top.Parts)
                    {
                        claims.Add((part.Item, i));
                    }
                }
            }
        }

        // Of payments that one payer makes for one document the earlier pays it, even where the later says so more clearly.
        claims.Sort();
        var raised = (int[])_ranks.Clone();
        for (int from = 0, to; from < claims.Count; from = to)
        {
            for (to = from + 1; to < claims.Count && claims[to].Item == claims[from].Item; to++)
            {
            }

            for (var x = from; x < to && to - from > 1; x++)
            {
                var i = claims[x].Answer;
                for (var y = from; y < to && _hypotheses[i]![0] is { Named: not null, Probability: >= 0.5 }; y++)
                {
                    var j = claims[y].Answer;
                    raised[i] = _ranks[j] > raised[i] && IsSamePayer(i, j) ? _ranks[j] : raised[i];
                }
            }
        }

        for (var i = 0; i < order.Count; i++)
        {
            order[i] = order[i] with { Rank = raised[order[i].Answer] };
        }

        order.Sort((a, b) =>
        {
            if (a.Rank != b.Rank)
            {
                return b.Rank.CompareTo(a.Rank);
            }

            if (a.Day != b.Day)
            {
                return a.Day.CompareTo(b.Day);
            }

            var (x, y) = (transactions[a.Answer], transactions[b.Answer]);
            return x.Id != y.Id ? x.Id.CompareTo(y.Id) : x.Amount.Amount.CompareTo(y.Amount.Amount);
        });
        return order.Select(o => o.Answer);
    }

    private bool IsSamePayer(int i, int j)
    {
        var (x, y) = (transactions[i].Counterparty, transactions[j].Counterparty);
        return (x?.AccountText is { } account && account == y?.AccountText) || (x?.Name is { } name && string.Equals(name, y?.Name, StringComparison.OrdinalIgnoreCase))
            || _hypotheses[i]![0].Customer == _hypotheses[j]![0].Customer;
    }

    private void Answer(int i)
    {
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

        _hypotheses[i] = hypotheses;
        if (hypotheses is [{ Named: HitStrength.Weak, HasNumberError: true, IsPartySure: true } read, ..] && _unsure.Contains((_evidence[i]!.Amount, transactions[i].Remittance)))
        {
            // The same payment comes once more, from nobody known: which of the two is the first cannot be said.
            read.IsHeld = true;
        }

        var verdict = Results.Decide(options, _evidence[i]!, hypotheses);
        if (_refused[i] is { } refused && verdict.Decision == MatchDecision.Unmatched)
        {
            _results[i] = refused;
            return;
        }

        if (verdict.Decision is MatchDecision.Automatic or MatchDecision.Suggested)
        {
            if (most is { } limit)
            {
                verdict = verdict with { Decision = MatchDecision.Suggested, Confidence = Math.Min(limit, verdict.Confidence ?? limit) };
            }

            _state.Take(hypotheses[0], i);
            _chosen[i] = hypotheses[0];
        }

        _verdicts[i] = verdict;
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
            && _state.Taker(second.PaidAgain) is var taker and >= 0 && !(_chosen[taker]?.Named is not null && _verdicts[taker].Decision == MatchDecision.Automatic))
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
        if (taker < 0 || _chosen[taker] is not { } chosen)
        {
            return;
        }

        if (hypotheses.Count > 0 && !hypotheses[0].Terms.Exists(t => t.Code == EvidenceCode.CompetingPayment))
        {
            hypotheses[0].Add(EvidenceCode.CompetingPayment, 0, transactions[taker].Id.Value);
        }

        chosen.Add(EvidenceCode.CompetingPayment, 0, transactions[i].Id.Value);
        // A document that no text names may have been meant by the other payment alone.
        var isUncertain = (chosen.Named is null || (chosen.Named == HitStrength.Weak && (!IsSamePayer(taker, i) || _evidence[taker]!.Date > _evidence[i]!.Date))) && wanted.Parts.Count == chosen.Parts.Count && wanted.Parts.TrueForAll(chosen.Parts.Contains);
        var isRival = !IsSamePayer(taker, i) && wanted.Score + (4 * Bits.One) >= chosen.Score;
        if ((isRival || isUncertain) && _verdicts[taker].Decision == MatchDecision.Automatic)
        {
            chosen.IsHeld = true;
            _verdicts[taker] = _verdicts[taker] with { Decision = MatchDecision.Suggested, Confidence = Calibration.Confidence(chosen) };
        }
    }
}
