using System.Collections;
using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>Every change of a customer's balance up to a moment, in order of date, kind and document; made when it is first asked for, since few reports do.</summary>
internal sealed class LedgerMovements(LedgerRowStore rows, LedgerJudgement judgement, LocalDate asOf, int[] standsFor) : IReadOnlyList<AccountMovement>
{
    private readonly int _day = RowTime.DayKey(asOf);
    private readonly Lock _lock = new();
    private List<AccountMovement>? _list;

    public int Count => List.Count;

    public AccountMovement this[int index] => List[index];

    private List<AccountMovement> List
    {
        get
        {
            lock (_lock)
            {
                return _list ??= Make();
            }
        }
    }

    public IEnumerator<AccountMovement> GetEnumerator() => List.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private List<AccountMovement> Make()
    {
        var movements = new List<AccountMovement>();
        for (var id = 0; id < judgement.Counts.Length; id++)
        {
            ref readonly var row = ref rows.Documents[id];
            if (judgement.Counts[id] && row.Issued <= asOf)
            {
                Add(movements, id, RowTime.DayKey(row.Issued), KindOf(row.Kind), row.IsCredit ? -row.Minor : row.Minor);
            }
        }

        for (var id = 0; id < judgement.Accepted.Length; id++)
        {
            if (judgement.Accepted[id] && rows.Allocations[id].Day <= _day)
            {
                AddAllocation(movements, id);
            }
        }

        foreach (var outflow in judgement.Outflows)
        {
            if (outflow.Day <= _day)
            {
                Add(movements, outflow.Document, outflow.Day, outflow.Event is PaymentReturned ? MovementKind.PaymentReturn : MovementKind.Refund, outflow.Minor);
            }
        }

        return [.. movements.OrderBy(m => m.Date).ThenBy(m => m.Kind).ThenBy(m => m.Document).ThenBy(m => m.Amount.Amount)];
    }

    // Within one account an allocation of money moves nothing: both sides counted in full already.
    private void AddAllocation(List<AccountMovement> movements, int id)
    {
        ref readonly var row = ref rows.Allocations[id];
        if (row.From >= 0 && CustomerOf(row.From) == CustomerOf(row.To) && rows.Documents[row.From].Currency == rows.Documents[row.To].Currency)
        {
            return;
        }

        Add(movements, row.To, row.Day, KindOf(row.Kind), -row.Minor);
        if (row.From >= 0)
        {
            Add(movements, row.From, row.Day, KindOf(row.Kind), row.PaidMinor);
        }

        foreach (var part in judgement.Undone.TryGetValue(id, out var undone) ? undone : [])
        {
            if (part.Day <= _day)
            {
                Add(movements, row.To, part.Day, MovementKind.Reversal, part.Minor);
                if (row.From >= 0)
                {
                    Add(movements, row.From, part.Day, MovementKind.Reversal, -part.PaidMinor);
                }
            }
        }
    }

    private void Add(List<AccountMovement> movements, int document, int day, MovementKind kind, long minor)
    {
        if (minor == 0)
        {
            return;
        }

        ref readonly var row = ref rows.Documents[document];
        movements.Add(new AccountMovement(
            row.Customer < 0 ? null : new CustomerId(rows.CustomerIds.Text(CustomerOf(document))),
            RowTime.Date(day),
            new DocumentId(rows.DocumentIds.Text(document)),
            row.Kind == DocumentKind.Payment ? null : rows.Pool.Text(row.Number),
            kind,
            Money.FromMinorUnits(minor, row.Currency)));
    }

    private int CustomerOf(int document) => rows.Documents[document].Customer is >= 0 and var customer ? standsFor[customer] : -1;

    private static MovementKind KindOf(DocumentKind kind) => kind switch
    {
        DocumentKind.CreditNote => MovementKind.CreditNote,
        DocumentKind.Payment => MovementKind.Payment,
        DocumentKind.Recovery => MovementKind.Recovery,
        _ => MovementKind.Invoice,
    };

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
