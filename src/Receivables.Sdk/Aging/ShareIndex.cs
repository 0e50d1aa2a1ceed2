using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Aging;

/// <summary>What of an item is promised, in a plan, on hold or handed over at the date of a snapshot.</summary>
internal sealed class ShareIndex
{
    private readonly Dictionary<DocumentId, decimal> _promised = [];
    private readonly Dictionary<DocumentId, decimal> _inPlan = [];
    private readonly HashSet<DocumentId> _handedOver = [];
    private readonly HashSet<CustomerId> _onHold = [];

    internal static ShareIndex Of(LedgerSnapshot snapshot)
    {
        var index = new ShareIndex();
        var asOf = snapshot.AsOf;
        foreach (var promise in snapshot.Promises.Where(p => p.Made <= asOf && asOf <= p.Until))
        {
            Add(index._promised, promise.Invoice, promise.Amount);
        }

        foreach (var plan in snapshot.Plans.Where(p => p.Agreed <= asOf && p.Instalments.Any(i => asOf <= i.Due)))
        {
            foreach (var part in plan.Instalments)
            {
                Add(index._inPlan, plan.Invoice, part.Amount);
            }
        }

        index._handedOver.UnionWith(snapshot.Handovers.Where(h => h.On <= asOf).Select(h => h.Invoice));
        index._onHold.UnionWith(snapshot.Holds.Where(h => h.From <= asOf && (h.Until is not { } until || asOf <= until)).Select(h => h.Customer));
        return index;
    }

    /// <summary>Adds the shares of an item to a row; none is more than what is open.</summary>
    internal void AddTo(Span<decimal> shares, OpenItem item)
    {
        var open = item.Open.Amount;
        shares[(int)AgingShare.Promised] += _promised.TryGetValue(item.Id, out var promised) ? Math.Min(promised, open) : 0m;
        shares[(int)AgingShare.InPlan] += _inPlan.TryGetValue(item.Id, out var planned) ? Math.Min(planned, open) : 0m;
        shares[(int)AgingShare.HandedOver] += _handedOver.Contains(item.Id) ? open : 0m;
        shares[(int)AgingShare.OnHold] += item.Customer is { } customer && _onHold.Contains(customer) ? open : 0m;
    }

    // No amount stands for all that is open, which no amount exceeds.
    private static void Add(Dictionary<DocumentId, decimal> sums, DocumentId invoice, Money? amount)
    {
        var sum = sums.GetValueOrDefault(invoice);
        sums[invoice] = amount is not { } money || sum == decimal.MaxValue ? decimal.MaxValue : sum + money.Amount;
    }
}
