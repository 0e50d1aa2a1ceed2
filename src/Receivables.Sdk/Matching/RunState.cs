using System.Runtime.InteropServices;

namespace Receivables.Sdk.Matching;

/// <summary>What the answers given so far in a run have taken.</summary>
internal sealed class RunState(LedgerIndex index, KnownEvidence? known = null)
{
    private readonly Dictionary<int, long> _taken = [];
    private readonly Dictionary<int, int> _takers = [];
    private readonly HashSet<DocumentId> _payments = [];

    /// <summary>What people taught and a host's signals; null for nothing.</summary>
    internal KnownEvidence? Known { get; } = known;

    /// <summary>What of an item is still open.</summary>
    internal long Open(int item) => index.Open(item) - _taken.GetValueOrDefault(item);

    internal bool IsTouched(int item) => _taken.ContainsKey(item);

    /// <summary>The answer that first took of an item; negative for none.</summary>
    internal int Taker(int item) => _takers.GetValueOrDefault(item, -1);

    internal bool IsFree(IndexedPayment payment) => !_payments.Contains(payment.Id);

    internal void Take(IndexedPayment payment) => _payments.Add(payment.Id);

    internal void Take(Hypothesis hypothesis, int answer)
    {
        foreach (var part in hypothesis.Parts)
        {
            Take(part.Item, part.Amount, answer);
            if (part.To >= 0)
            {
                Take(part.To, part.Amount, answer);
            }
        }

        foreach (var payment in hypothesis.Clears)
        {
            Take(payment);
        }
    }

    internal void Take(int item, long amount, int answer)
    {
        ref var taken = ref CollectionsMarshal.GetValueRefOrAddDefault(_taken, item, out _);
        taken += amount;
        _takers.TryAdd(item, answer);
    }

    /// <summary>Whether everything a hypothesis wants is still there.</summary>
    internal bool Allows(Hypothesis hypothesis)
    {
        foreach (var part in hypothesis.Parts)
        {
            if (IsTouched(part.Item) || (part.To >= 0 && IsTouched(part.To)))
            {
                return false;
            }
        }

        return hypothesis.Clears.TrueForAll(IsFree);
    }

    /// <summary>Before a further batch: what was taken stays taken, by answers that are no longer at hand.</summary>
    internal void ForgetTakers() => _takers.Clear();
}
