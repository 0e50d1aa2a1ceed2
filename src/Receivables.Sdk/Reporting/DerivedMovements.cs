using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>Reads movements off what a snapshot holds, for a host that keeps none.</summary>
/// <remarks>What was undone is not in a snapshot, so it is not in these movements either: they lead to the same balance by a shorter way.</remarks>
internal static class DerivedMovements
{
    internal static IReadOnlyList<AccountMovement> Of(LedgerSnapshot snapshot)
    {
        var movements = new List<AccountMovement>();
        var documents = new Dictionary<DocumentId, OpenItem>();
        foreach (var item in snapshot.OpenItems.Concat(snapshot.SettledItems).Where(i => i.Kind != DocumentKind.Payment))
        {
            if (documents.TryAdd(item.Id, item))
            {
                var kind = item.IsCredit ? MovementKind.CreditNote : item.Kind == DocumentKind.Recovery ? MovementKind.Recovery : MovementKind.Invoice;
                movements.Add(new AccountMovement(item.Customer, item.Issued, item.Id, item.Number, kind, item.IsCredit ? -item.Amount : item.Amount));
            }
        }

        foreach (var payment in snapshot.Payments)
        {
            documents.TryAdd(payment.Item.Id, payment.Item);
            movements.Add(new AccountMovement(payment.Item.Customer, payment.Item.Issued, payment.Item.Id, payment.Item.Number, MovementKind.Payment, -payment.Item.Amount));
            if (!payment.Returned.IsZero)
            {
                movements.Add(new AccountMovement(payment.Item.Customer, payment.Item.Issued, payment.Item.Id, payment.Item.Number, MovementKind.PaymentReturn, payment.Returned));
            }
        }

        foreach (var allocation in snapshot.Allocations)
        {
            AddAllocation(movements, documents, allocation);
        }

        return movements;
    }

    private static void AddAllocation(List<AccountMovement> movements, Dictionary<DocumentId, OpenItem> documents, StandingAllocation allocation)
    {
        var to = documents.GetValueOrDefault(allocation.To);
        var from = allocation.From is { } id ? documents.GetValueOrDefault(id) : null;
        var taken = allocation.Paid ?? allocation.Amount;

        // Within one account an allocation of money moves nothing: both sides counted in full already.
        if (from is not null && from.Customer == to?.Customer && taken.Currency == allocation.Amount.Currency)
        {
            return;
        }

        movements.Add(new AccountMovement(to?.Customer, allocation.On, allocation.To, to?.Number, KindOf(allocation.Kind), -allocation.Amount));
        if (from is not null)
        {
            movements.Add(new AccountMovement(from.Customer, allocation.On, from.Id, from.Number, KindOf(allocation.Kind), taken));
        }
    }

    private static MovementKind KindOf(AllocationKind kind) => kind switch
    {
        AllocationKind.Credit => MovementKind.CreditNote,
        AllocationKind.Discount => MovementKind.Discount,
        AllocationKind.WriteOff => MovementKind.WriteOff,
        AllocationKind.Fee => MovementKind.Fee,
        AllocationKind.Fx => MovementKind.Fx,
        _ => MovementKind.Payment,
    };
}
