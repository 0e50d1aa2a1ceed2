using System.Runtime.InteropServices;

namespace Receivables.Sdk.Matching;

/// <summary>What the answers given so far in a run have taken.</summary>
internal sealed class RunState(LedgerIndex index, KnownEvidence? known = null)
{
    private const int Many = 256;

    private readonly Dictionary<int, long> _taken = [];
    // A bit for each item, once many are taken: most of those that are asked for are not.
    private ulong[] _touched = [];
    private readonly Dictionary<int, int> _takers = [];
    private readonly Dictionary<DocumentId, int> _payments = [];

    /// <summary>What people taught and a host's signals; null for nothing.</summary>
    internal KnownEvidence? Known { get; } = known;

    /// <summary>What of an item is still open.</summary>
    internal long Open(int item) => IsTouched(item) ? index.Open(item) - _taken.GetValueOrDefault(item) : index.Open(item);

    internal bool IsTouched(int item) => _touched.Length > 0 ? (_touched[(uint)item / 64 % (uint)_touched.Length] >> item & 1) != 0 && _taken.ContainsKey(item) : _taken.Count > 0 && _taken.ContainsKey(item);

    /// <summary>The answer that first took of an item; negative for none.</summary>
    internal int Taker(int item) => _takers.GetValueOrDefault(item, -1);

    /// <summary>The answer that took a recorded payment; negative for none.</summary>
    internal int Taker(IndexedPayment payment) => _payments.GetValueOrDefault(payment.Id, -1);

    internal bool IsFree(IndexedPayment payment) => !_payments.ContainsKey(payment.Id);

    internal void Take(IndexedPayment payment, int answer = -1) => _payments.TryAdd(payment.Id, answer);

    /// <summary>Whether nothing was taken yet.</summary>
    internal bool IsFresh => _taken.Count == 0 && _payments.Count == 0;

    internal void Take(ReadOnlySpan<HypothesisPart> parts, ReadOnlySpan<IndexedPayment> clears, int answer)
    {
        foreach (ref readonly var part in parts)
        {
            Take(part.Item, part.Amount, answer);
            if (part.To >= 0)
            {
                Take(part.To, part.Amount, answer);
            }
        }

        foreach (var payment in clears)
        {
            Take(payment, answer);
        }
    }

    internal void Take(int item, long amount, int answer)
    {
        ref var taken = ref CollectionsMarshal.GetValueRefOrAddDefault(_taken, item, out _);
        taken += amount;
        _takers.TryAdd(item, answer);
        Touch(item);
    }

    private void Touch(int item)
    {
        if (_touched.Length > 0)
        {
            _touched[(uint)item / 64 % (uint)_touched.Length] |= 1UL << item;
        }
        else if (_taken.Count > Many)
        {
            _touched = new ulong[(index.Count + 63) / 64];
            foreach (var its in _taken.Keys)
            {
                Touch(its);
            }
        }
    }

    /// <summary>Whether nobody took anything of what is wanted.</summary>
    internal bool Allows(ReadOnlySpan<HypothesisPart> parts, ReadOnlySpan<IndexedPayment> clears)
    {
        foreach (ref readonly var part in parts)
        {
            if (IsTouched(part.Item) || (part.To >= 0 && IsTouched(part.To)))
            {
                return false;
            }
        }

        return AreFree(clears);
    }

    /// <summary>Whether as much as is wanted is left.</summary>
    internal bool HasRoomFor(ReadOnlySpan<HypothesisPart> parts, ReadOnlySpan<IndexedPayment> clears)
    {
        foreach (ref readonly var part in parts)
        {
            var (own, settled) = (0L, 0L);
            foreach (ref readonly var other in parts)
            {
                own += other.Item == part.Item || other.To == part.Item ? other.Amount : 0;
                settled += part.To >= 0 && (other.Item == part.To || other.To == part.To) ? other.Amount : 0;
            }

            if (own > Open(part.Item) || (part.To >= 0 && settled > Open(part.To)))
            {
                return false;
            }
        }

        return AreFree(clears);
    }

    private bool AreFree(ReadOnlySpan<IndexedPayment> clears)
    {
        foreach (var payment in clears)
        {
            if (!IsFree(payment))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Before a further batch: what was taken stays taken, by answers that are no longer at hand.</summary>
    internal void ForgetTakers()
    {
        _takers.Clear();
        foreach (var payment in _payments.Keys)
        {
            _payments[payment] = -1;
        }
    }
}
