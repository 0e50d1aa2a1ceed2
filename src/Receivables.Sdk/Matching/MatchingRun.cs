using System.Runtime.InteropServices;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Matching;

/// <summary>One batch: every transaction is read and explained by itself, in parallel; then the answers are given in an order, the surest first.</summary>
/// <remarks>
/// A transaction whose explanations are all still possible when its turn comes keeps the answer that was written when it was read; so does one that loses
/// nothing but alternatives to what its text names or what is sure. The others are explained anew, in waves: those that have no customer and no payment in common side by side, the rest in the order of their turns. A wave depends on
/// nothing but that order, so the answers do not depend on the number of threads.
/// </remarks>
internal sealed class MatchingRun(LedgerIndex index, MatchingOptions options, List<AskedTransaction> transactions, RunState state, Action<int>? progress, CancellationToken cancellation)
{
    private const int Chunk = 64;

    // What is looked at ahead while others wait for their wave.
    private const int MostWaiting = 256;
    private readonly RunState _state = state;
    private int _explained;
    private readonly MatchResult?[] _results = new MatchResult?[transactions.Count];
    private readonly PaymentEvidence?[] _evidence = new PaymentEvidence?[transactions.Count];
    private readonly ClaimBook _claims = new(transactions.Count, Chunk);
    // Whose account a payment shows, and one more; 0 for nobody's.
    private readonly int[] _shown = new int[transactions.Count];
    private readonly int[] _turns = new int[transactions.Count];
    // What the gate says of a credit whose only other meaning is money of recorded payments.
    private readonly Dictionary<int, MatchResult> _refused = [];
    private readonly Verdict[] _verdicts = new Verdict[transactions.Count];
    private readonly int[] _ranks = new int[transactions.Count];
    private readonly bool[] _isChosen = new bool[transactions.Count];
    private readonly Dictionary<int, Rewritten> _rewritten = [];
    private readonly Dictionary<int, List<MatchEvidence>> _competitors = [];
    private readonly HashSet<int> _unsettled = [];
    // Amount and text of payments whose payer is not known.
    private readonly HashSet<(long Amount, string? Text)> _unsure = [];
    // Of those that nothing explains.
    private readonly HashSet<(long Amount, string? Text)> _unexplained = [];

    /// <summary>An answer that was written anew when its turn came.</summary>
    private sealed record Rewritten(MatchResult Result, Verdict Verdict, int Customer, TopClaim Top, HypothesisPart[] Parts, IndexedPayment[] Clears)
    {
        /// <summary>The answer that took what this one wanted; negative for none.</summary>
        internal int Taker { get; init; } = -1;

        /// <summary>Whether that makes the other answer unsure.</summary>
        internal bool UnsettlesTaker { get; init; }
    }

    internal IReadOnlyList<MatchResult> Solve()
    {
        Each(transactions.Count, Explain);
        ReadAgain();
        Answer();
        foreach (var (i, evidence) in _competitors)
        {
            var result = _unsettled.Contains(i) ? Results.Hold(_results[i]!, TopOf(i).Held) : _results[i]!;
            _results[i] = result with { Explanation = [.. result.Explanation, .. evidence] };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(_results!)!;
    }

    /// <summary>The answer of a run of one with all that was thought of.</summary>
    internal MatchExplanation SolveAndExplain()
    {
        var workspace = index.Lend();
        Explain(0, 1, workspace);
        Answer();
        var (transaction, result) = (transactions[0].Transaction, _results[0]!);
        var hypotheses = workspace.Hypotheses.Found;
        var explanation = new MatchExplanation
        {
            Result = result,
            Candidates = _evidence[0] is { } evidence ? Results.Alternatives(index, options with { MaxAlternatives = int.MaxValue }, evidence, hypotheses, 0) : [],
            Obstacles = transaction.Amount.IsNegative || (hypotheses.Count == 0 && result.Decision == MatchDecision.Automatic) ? AutomaticObstacles.None : Guards.Obstacles(transaction, hypotheses, options),
        };
        index.TakeBack(workspace);
        return explanation;
    }

    // A return or refund that a person turned down is not proposed again; that it is one may still be said.
    private MatchResult Rejected(MatchResult result) => _state.Known?.IsRejected(result) != true ? result
        : result.Outcome == MatchOutcome.Return
            ? Results.None(result.Transaction, MatchDecision.Suggested) with { Outcome = MatchOutcome.Return, Explanation = [new MatchEvidence(EvidenceCode.ConfirmedOtherwise, 0, "")] }
            : Results.None(result.Transaction, MatchDecision.NotReceivable);

    // Nothing is shared but the index, which nobody writes, and each transaction's own places.
    private void Each(int count, Action<int, int, MatchingWorkspace> act)
    {
        var threads = options.Threads == 0 ? -1 : options.Threads;
        // -1 leaves it to the scheduler: one for each processor.
        if (threads == 1 || count <= Chunk)
        {
            var workspace = index.Lend();
            for (var from = 0; from < count; from += Chunk)
            {
                act(from, Math.Min(count, from + Chunk), workspace);
            }

            index.TakeBack(workspace);
            return;
        }

        Parallel.For(0, (count + Chunk - 1) / Chunk, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, index.Lend, (chunk, _, workspace) =>
        {
            act(chunk * Chunk, Math.Min(count, (chunk + 1) * Chunk), workspace);
            return workspace;
        }, index.TakeBack);
    }

    private void Explain(int from, int to, MatchingWorkspace workspace)
    {
        var gate = new TransactionGate(index);
        for (var i = from; i < to; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Invoke(Interlocked.Increment(ref _explained));
            workspace.Hypotheses.TakeAllBack();
            var transaction = transactions[i].Transaction;
            if (gate.Known(transactions[i]) is { } known)
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

            var evidence = workspace.Reader.Read(transaction, index.Snapshot.AsOf);
            if (evidence is null || evidence.Amount == 0)
            {
                _results[i] = refusal ?? Results.None(transaction, transaction.Amount.IsNegative ? MatchDecision.NotReceivable : MatchDecision.Unmatched);
                continue;
            }

            _evidence[i] = evidence;
            if (refusal is not null)
            {
                lock (_refused)
                {
                    _refused.Add(i, refusal);
                }
            }

            if (!transaction.Amount.IsNegative)
            {
                ExplainCredit(i, _claims.PlaceOf(from, isAgain: false), evidence, refusal, workspace);
            }
        }

        _claims.Seal(_claims.PlaceOf(from, isAgain: false), workspace.Claims);
    }

    // What one payment shows of an account tells more of others that came from it.
    private void ReadAgain()
    {
        var accounts = new ShownAccounts();
        for (var i = 0; i < _shown.Length && _shown.Length > 1; i++)
        {
            if (_shown[i] > 0)
            {
                accounts.Add(index, transactions, i, _shown[i] - 1);
            }
        }

        if (accounts.IsEmpty)
        {
            return;
        }

        var workspace = index.Lend();
        for (var i = 0; i < _shown.Length; i++)
        {
            if (_shown[i] == 0 && _evidence[i] is { } evidence)
            {
                accounts.Ask(index, evidence, workspace.Reader);
            }
        }

        index.TakeBack(workspace);
        var again = new List<(int Payment, int Customer, int Witness)>();
        for (var i = 0; i < _shown.Length; i++)
        {
            // What is sure of this customer already gets no surer.
            if (_shown[i] == 0 && _evidence[i] is { } evidence && accounts.Find(evidence) is var (customer, witness) && customer >= 0
                && !(_claims.Count(i) > 0 && _claims.Top(i).IsAutomatic && index.Directory.Root(CustomerOf(i)) == index.Directory.Root(customer)))
            {
                again.Add((i, customer, witness));
            }
        }

        Each(again.Count, (from, to, workspace) =>
        {
            for (var x = from; x < to; x++)
            {
                cancellation.ThrowIfCancellationRequested();
                workspace.Hypotheses.TakeAllBack();
                var (i, customer, witness) = again[x];
                var evidence = workspace.Reader.Read(transactions[i].Transaction, index.Snapshot.AsOf, customer, transactions[witness].Id.Value)!;
                _evidence[i] = evidence;
                if (!evidence.Transaction.Amount.IsNegative)
                {
                    ExplainCredit(i, _claims.PlaceOf(from, isAgain: true), evidence, _refused.GetValueOrDefault(i), workspace);
                }
            }

            _claims.Seal(_claims.PlaceOf(from, isAgain: true), workspace.Claims);
        });
    }

    private void ExplainCredit(int i, int place, PaymentEvidence evidence, MatchResult? refusal, MatchingWorkspace workspace)
    {
        var hypotheses = Explain(i, refusal, _state, workspace);
        if (refusal is not null && hypotheses.Count == 0)
        {
            _results[i] = refusal;
            return;
        }

        var isAutomatic = Guards.IsAutomatic(evidence.Transaction, hypotheses, options);
        _shown[i] = isAutomatic ? ShownAccounts.Owner(index, evidence, hypotheses[0]) + 1 : 0;
        _claims.Write(index, i, place, hypotheses, evidence.NoneScore, isAutomatic, workspace.Hypotheses.Roots, workspace.Claims);
        _ranks[i] = hypotheses.Count == 0 ? 0 : Rank(hypotheses[0], isAutomatic);
        var verdict = Results.Decide(options, evidence, hypotheses);
        _verdicts[i] = verdict;
        _results[i] = refusal is not null && verdict.Decision == MatchDecision.Unmatched ? refusal : Results.Create(index, options, evidence, hypotheses, verdict);
    }

    private List<Hypothesis> Explain(int i, MatchResult? refusal, RunState state, MatchingWorkspace workspace)
    {
        workspace.Hypotheses.TakeAllBack();
        var builder = new HypothesisBuilder(index, options, state, _evidence[i]!, workspace.Hypotheses);
        return refusal is null ? builder.Build() : builder.BuildClearingsOnly();
    }

    private static int Rank(Hypothesis top, bool isAutomatic)
    {
        var isNamed = top.Named >= HitStrength.Strong;
        return isAutomatic ? isNamed ? 4000 : 3000 : (int)(top.Probability * 1000) + (isNamed ? 1500 : 0);
    }

    // The surest first: what may be posted unseen, then by probability; equals by date, then by id. Never by their order in the files.
    private List<(int Rank, int Day, int Answer)> Order()
    {
        // An item and an answer that wants it, in one number.
        var claims = new List<long>();
        var order = new List<(int Rank, int Day, int Answer)>(transactions.Count);
        for (var i = 0; i < transactions.Count; i++)
        {
            if (_evidence[i] is { } evidence && (evidence.Transaction.Amount.IsNegative || _claims.Has(i)))
            {
                order.Add((_ranks[i], evidence.Transaction.BookingDate is { } date ? (date.Year * 400) + date.DayOfYear : int.MaxValue, i));
                if (_claims.Count(i) == 0 && evidence.Transaction is { Amount.IsNegative: false, Remittance.Length: > 0 })
                {
                    _unexplained.Add((evidence.Amount, evidence.Transaction.Remittance));
                }
                else if (_claims.Count(i) > 0)
                {
                    if (!_claims.Top(i).IsPartySure)
                    {
                        _unsure.Add((evidence.Amount, evidence.Transaction.Remittance));
                    }

                    foreach (ref readonly var part in _claims.Parts(i, 0))
                    {
                        claims.Add(((long)part.Item << 32) | (uint)i);
                    }
                }
            }
        }

        SortOnce(claims);
        Raise(claims, CollectionsMarshal.AsSpan(order));
        Sort(CollectionsMarshal.AsSpan(order));
        for (var turn = 0; turn < order.Count; turn++)
        {
            _turns[order[turn].Answer] = turn;
        }

        new Contests(_claims, _state, claims, _turns).Settle(order);
        return order;
    }

    // An answer may want one document in several parts.
    private static void SortOnce(List<long> claims)
    {
        claims.Sort();
        var count = 0;
        for (var i = 0; i < claims.Count; i++)
        {
            if (count == 0 || claims[i] != claims[count - 1])
            {
                claims[count++] = claims[i];
            }
        }

        CollectionsMarshal.SetCount(claims, count);
    }

    private void Sort(Span<(int Rank, int Day, int Answer)> order)
    {
        // Rank and day in one number: few are equal in both.
        var keys = new long[order.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = ((long)(int.MaxValue - order[i].Rank) << 32) | (uint)order[i].Day;
        }

        keys.AsSpan().Sort(order);
        for (int from = 0, to; from < keys.Length; from = to)
        {
            for (to = from + 1; to < keys.Length && keys[to] == keys[from]; to++)
            {
            }

            if (to - from > 1)
            {
                order[from..to].Sort((a, b) => CompareIds(transactions[a.Answer], transactions[b.Answer]));
            }
        }
    }

    private static int CompareIds(in AskedTransaction a, in AskedTransaction b) =>
        a.Id != b.Id ? a.Id.CompareTo(b.Id) : a.Transaction.Amount.Amount.CompareTo(b.Transaction.Amount.Amount);

    // Of payments that one payer makes for one document the earlier pays it, even where the later says so more clearly.
    private void Raise(List<long> claims, Span<(int Rank, int Day, int Answer)> order)
    {
        int[]? raised = null;
        for (int from = 0, to; from < claims.Count; from = to)
        {
            for (to = from + 1; to < claims.Count && claims[to] >> 32 == claims[from] >> 32; to++)
            {
            }

            for (var x = from; x < to && to - from > 1; x++)
            {
                var i = (int)claims[x];
                for (var y = from; y < to && _claims.Top(i) is { Named: not null, Probability: >= 0.5 }; y++)
                {
                    var j = (int)claims[y];
                    raised ??= (int[])_ranks.Clone();
                    raised[i] = _ranks[j] > raised[i] && IsSamePayer(i, j) ? _ranks[j] : raised[i];
                }
            }
        }

        for (var i = 0; i < order.Length && raised is not null; i++)
        {
            order[i].Rank = raised[order[i].Answer];
        }
    }

    private bool IsSamePayer(int i, int j)
    {
        var (x, y) = (transactions[i].Transaction.Counterparty, transactions[j].Transaction.Counterparty);
        return (x?.AccountText is { } account && account == y?.AccountText) || (x?.Name is { } name && string.Equals(name, y?.Name, StringComparison.OrdinalIgnoreCase))
            || CustomerOf(i) == CustomerOf(j);
    }

    // The same amount and the same text once more, from the same payer.
    private bool IsRepeat(int first, int second)
    {
        var (x, y) = (transactions[first].Transaction, transactions[second].Transaction);
        return x.Amount == y.Amount && x.Remittance is { Length: > 0 } && string.Equals(x.Remittance, y.Remittance, StringComparison.Ordinal)
            && string.Equals(x.StructuredReference, y.StructuredReference, StringComparison.Ordinal) && IsSamePayer(first, second);
    }

    private int CustomerOf(int i) => _rewritten.TryGetValue(i, out var rewritten) ? rewritten.Customer : _claims.Get(i)[0].Customer;

    private void Answer()
    {
        if (transactions.Count == 1 && _state.IsFresh && _results[0] is not null)
        {
            // Nobody to take turns with.
            Accept(0);
            return;
        }

        var order = Order();
        var debits = new DebitMatcher(index, _state);
        var locks = new WaveLocks(index.Directory.Count);
        List<int> waiting = [], stillWaiting = [], wave = [];
        for (var next = 0; next < order.Count || waiting.Count > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            locks.Clear();
            wave.Clear();
            stillWaiting.Clear();
            foreach (var i in waiting)
            {
                Place(i, locks, wave, stillWaiting);
            }

            while (next < order.Count && stillWaiting.Count + wave.Count < MostWaiting)
            {
                var i = order[next].Answer;
                if (!transactions[i].Transaction.Amount.IsNegative)
                {
                    Place(i, locks, wave, stillWaiting);
                }
                else if (stillWaiting.Count + wave.Count == 0)
                {
                    _results[i] = Rejected(debits.Match(_evidence[i]!));
                }
                else
                {
                    // What was paid back depends on all that was answered before.
                    break;
                }

                next++;
            }

            Rewrite(wave, stillWaiting);
            (waiting, stillWaiting) = (stillWaiting, waiting);
        }
    }

    // Accepted as it was written, put into the wave, or left waiting for what an earlier one of the wave may take.
    private void Place(int i, WaveLocks locks, List<int> wave, List<int> waiting)
    {
        var wantsPayments = _claims.WantsPayments(i);
        var isFree = locks.Allow(_claims.ClaimedRoots(i), wantsPayments);
        if (isFree && !ComesAgain(i, _claims.Top(i)) && TryKeepAnswer(i))
        {
            Accept(i);
        }
        else
        {
            (isFree && locks.Allow(_claims.Roots(i), wantsPayments) ? wave : waiting).Add(i);
            locks.Add(_claims.Roots(i), wantsPayments);
        }
    }

    // Where all that it wants is still there; or what it wants most, which the text names or which is sure without: that others took what it may have wanted instead
    // makes it no surer. What fits by its amount alone may be something else by now.
    private bool TryKeepAnswer(int i)
    {
        if (_claims.Allows(i, _state))
        {
            return true;
        }

        if (!_claims.Allows(i, 0, _state) || _claims.Top(i) is { Named: null, IsAutomatic: false })
        {
            return false;
        }

        var first = _verdicts[i].Kind == AnswerKind.Hypothesis ? 1 : 0;
        _results[i] = Results.KeepAlternatives(_results[i]!, alternative => _claims.Allows(i, first + alternative, _state));
        return true;
    }

    private void Accept(int i)
    {
        if (_claims.Count(i) > 0 && _verdicts[i].Decision is (MatchDecision.Automatic or MatchDecision.Suggested))
        {
            _state.Take(_claims.Parts(i, 0), _claims.Clears(i, 0), i);
            _isChosen[i] = true;
        }
    }

    private void Rewrite(List<int> wave, List<int> waiting)
    {
        if (wave.Count == 0)
        {
            return;
        }

        var rewritten = new Rewritten[wave.Count];
        Each(wave.Count, (from, to, workspace) =>
        {
            for (var x = from; x < to; x++)
            {
                rewritten[x] = Rewrite(wave[x], workspace);
            }
        });
        var isLate = false;
        for (var x = 0; x < wave.Count; x++)
        {
            var (i, answer) = (wave[x], rewritten[x]);
            var isChosen = answer.Verdict.Decision is MatchDecision.Automatic or MatchDecision.Suggested;
            if (isChosen && x > 0 && !_state.HasRoomFor(answer.Parts, answer.Clears))
            {
                // Another of the wave took it after all.
                waiting.Add(i);
                isLate = true;
                continue;
            }

            _rewritten[i] = answer;
            _results[i] = answer.Result;
            _verdicts[i] = answer.Verdict;
            _isChosen[i] = isChosen;
            if (isChosen)
            {
                _state.Take(answer.Parts, answer.Clears, i);
            }

            if (answer.Taker >= 0)
            {
                ref var competitors = ref CollectionsMarshal.GetValueRefOrAddDefault(_competitors, answer.Taker, out _);
                (competitors ??= []).Add(new MatchEvidence(EvidenceCode.CompetingPayment, 0, transactions[i].Id.Value));
                if (answer.UnsettlesTaker && _verdicts[answer.Taker].Decision == MatchDecision.Automatic)
                {
                    _unsettled.Add(answer.Taker);
                    _verdicts[answer.Taker] = _verdicts[answer.Taker] with { Decision = MatchDecision.Suggested };
                }
            }
        }

        if (isLate)
        {
            // In the order of their turns, as all that wait.
            waiting.Sort((a, b) => _turns[a].CompareTo(_turns[b]));
        }
    }

    // What earlier answers took changes what is left to explain this one.
    private Rewritten Rewrite(int i, MatchingWorkspace workspace)
    {
        cancellation.ThrowIfCancellationRequested();
        var refusal = _refused.GetValueOrDefault(i);
        var isChanged = !_claims.Allows(i, _state);
        var hypotheses = Explain(i, refusal, isChanged ? _state : new RunState(index, _state.Known), workspace);
        var most = isChanged ? MostOfEquals(i, hypotheses) : null;
        var (taker, unsettles) = (-1, false);
        if (isChanged && !_claims.Allows(i, 0, _state))
        {
            (taker, unsettles) = Compete(i, hypotheses);
            HoldChanged(i, hypotheses);
            if (unsettles && hypotheses.Count > 0)
            {
                hypotheses[0].IsHeld = true;
            }
        }

        if (hypotheses.Count > 0)
        {
            hypotheses[0].IsHeld |= ComesAgain(i, TopClaim.Of(hypotheses[0], isAutomatic: false));
        }

        var verdict = Results.Decide(options, _evidence[i]!, hypotheses);
        if (refusal is not null && verdict.Decision == MatchDecision.Unmatched)
        {
            return new Rewritten(refusal, verdict, -1, default, [], []) { Taker = taker, UnsettlesTaker = unsettles };
        }

        var isChosen = verdict.Decision is MatchDecision.Automatic or MatchDecision.Suggested;
        if (isChosen && most is { } limit)
        {
            verdict = verdict with { Decision = MatchDecision.Suggested, Confidence = Math.Min(limit, verdict.Confidence ?? limit) };
        }

        var result = Results.Create(index, options, _evidence[i]!, hypotheses, verdict);
        var top = hypotheses.Count > 0 ? hypotheses[0] : null;
        return new Rewritten(result, verdict, top?.Customer ?? -1, top is null ? default : TopClaim.Of(top, isAutomatic: false), isChosen ? top!.Parts.ToArray() : [], isChosen ? top!.Clears.ToArray() : []) { Taker = taker, UnsettlesTaker = unsettles };
    }

    // The same payment comes once more, from nobody known: which of the two is the first cannot be said.
    private bool ComesAgain(int i, in TopClaim top)
    {
        var said = (_evidence[i]!.Amount, _evidence[i]!.Transaction.Remittance);
        return (top is { Named: not null, IsPartySure: true } && _unexplained.Contains(said))
            || (top is { Named: HitStrength.Weak, HasNumberError: true, IsPartySure: true } && _unsure.Contains(said));
    }

    // Where two explanations fitted as well, one does not become sure because the other went to a payment that fitted both: the most that may be said of it, null for no limit.
    private decimal? MostOfEquals(int i, List<Hypothesis> after)
    {
        if (after.Count == 0 || after[0].Named >= HitStrength.Strong || after[0].Outcome == MatchOutcome.DoublePayment || _claims.Top(i).IsAutomatic)
        {
            return null;
        }

        return _claims.Holds(i, after[0]) ? _claims.Top(i).Confidence : 1m;
    }

    // What is left when others took what was wanted is posted unseen only where it is a second payment, or the same documents have room for both.
    private void HoldChanged(int i, List<Hypothesis> hypotheses)
    {
        if (hypotheses.Count > 0 && hypotheses[0] is { Outcome: MatchOutcome.DoublePayment, PaidAgain: >= 0 } second && _state.Taker(second.PaidAgain) is var taker and >= 0)
        {
            var isSure = _isChosen[taker] && TopOf(taker).Named is not null && _verdicts[taker].Decision == MatchDecision.Automatic;
            second.IsHeld |= !isSure;
            second.IsRepeat = isSure && IsRepeat(taker, i);
            return;
        }

        if (hypotheses.Count > 0 && hypotheses[0] is { Outcome: not MatchOutcome.DoublePayment } top
            && !(top.Named >= HitStrength.Strong && _claims.Get(i)[0].Outcome == top.Outcome && IsSameAs(_claims.Parts(i, 0), top)))
        {
            top.IsHeld = true;
        }

        static bool IsSameAs(ReadOnlySpan<HypothesisPart> parts, Hypothesis top)
        {
            var isSame = parts.Length == top.Parts.Count;
            for (var p = 0; p < parts.Length && isSame; p++)
            {
                var part = parts[p];
                isSame = top.Parts.Exists(t => t.Item == part.Item && t.Amount == part.Amount);
            }

            return isSame;
        }
    }

    private TopClaim TopOf(int i) => _rewritten.TryGetValue(i, out var rewritten) ? rewritten.Top : _claims.Top(i);

    // Two payments for one document are named as such on both; if somebody else seems to have paid, neither is posted unseen.
    private (int Taker, bool Unsettles) Compete(int i, List<Hypothesis> hypotheses)
    {
        var wanted = _claims.Parts(i, 0);
        var taker = -1;
        for (var p = 0; p < wanted.Length && taker < 0; p++)
        {
            taker = _state.Taker(wanted[p].Item);
        }

        foreach (var payment in taker < 0 ? _claims.Clears(i, 0) : default)
        {
            taker = Math.Max(taker, _state.Taker(payment));
        }

        if (taker < 0 || !_isChosen[taker])
        {
            return (-1, false);
        }

        if (hypotheses.Count > 0 && !hypotheses[0].Terms.Exists(t => t.Code == EvidenceCode.CompetingPayment))
        {
            hypotheses[0].Add(EvidenceCode.CompetingPayment, 0, transactions[taker].Id.Value);
        }

        var top = TopOf(taker);
        var chosen = _rewritten.TryGetValue(taker, out var rewritten) ? rewritten.Parts : _claims.Parts(taker, 0);
        var isSame = wanted.Length == chosen.Length;
        for (var p = 0; p < wanted.Length && isSame; p++)
        {
            isSame = chosen.Contains(wanted[p]);
        }

        var cleared = _rewritten.TryGetValue(taker, out var anew) ? anew.Clears : _claims.Clears(taker, 0);
        isSame &= cleared.SequenceEqual(_claims.Clears(i, 0));
        // A document that no text names may have been meant by the other payment alone; and the money of a recorded payment comes but once, first.
        var isLater = _evidence[taker]!.Date > _evidence[i]!.Date;
        var isUncertain = isSame && (wanted.Length == 0 ? isLater || !IsSamePayer(taker, i) : top.Named is null || (top.Named == HitStrength.Weak && (!IsSamePayer(taker, i) || isLater)));
        var isRival = !IsSamePayer(taker, i) && _claims.Top(i).Score + (4 * Bits.One) >= top.Score;
        return (taker, isRival || isUncertain);
    }
}
