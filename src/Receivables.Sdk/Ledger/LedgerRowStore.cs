using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>The events of a ledger in the compact form that a book is made from: rows at the numbers of their ids.</summary>
/// <remarks>Millions of documents and allocations cost a few large arrays. Filled by one thread, then only read.</remarks>
internal sealed class LedgerRowStore
{
    internal LedgerRowStore()
    {
        DocumentIds = new IdTable(Pool);
        AllocationIds = new IdTable(Pool);
        CustomerIds = new IdTable(Pool);
    }

    /// <summary>Whether zeros at the end of an amount count as decimals.</summary>
    internal bool IsAsWritten { get; init; }

    internal Utf8Pool Pool { get; } = new();

    internal IdTable DocumentIds { get; }

    internal IdTable AllocationIds { get; }

    internal IdTable CustomerIds { get; }

    internal RowList<DocumentRow> Documents { get; } = new();

    internal RowList<AllocationRow> Allocations { get; } = new();

    /// <summary>Customers at the number of their id; no event is a customer that is only referred to.</summary>
    internal RowList<PlacedEvent> Customers { get; } = new();

    internal Dictionary<int, DocumentExtras> DocumentExtras { get; } = [];

    internal Dictionary<int, AllocationExtras> AllocationExtras { get; } = [];

    /// <summary>Everything that is no document, payment, allocation or customer.</summary>
    internal List<PlacedEvent> Others { get; } = [];

    internal LedgerOpened? Opened { get; private set; }

    internal LedgerFaultList Faults { get; } = new();

    private List<(string Kind, int Id, int First, int Line)>? _duplicates;
    private int _openedLine;

    /// <summary>Adds an event.</summary>
    internal void Add(LedgerEvent item, int line, int column = 1)
    {
        switch (item)
        {
            case LedgerOpened opened:
                Add(opened, line);
                break;
            case CustomerRecorded customer:
                Add(customer, line);
                break;
            case DocumentIssued document:
                Add(document, line);
                break;
            case PaymentReceived payment:
                Add(payment, line);
                break;
            case AllocationMade allocation:
                Add(allocation, line);
                break;
            default:
                Others.Add(new PlacedEvent(item, line, column));
                break;
        }
    }

    internal void Add(LedgerOpened opened, int line)
    {
        if (Opened is null)
        {
            (Opened, _openedLine) = (opened, line);
            return;
        }

        Faults.Error(LedgerCodes.SecondLedgerRecord, $"A second ledger record; the one on line {_openedLine} stays.", line, 1, [_openedLine, line]);
    }

    internal void Add(CustomerRecorded customer, int line)
    {
        var id = CustomerIds.Intern(customer.Customer.Id.Value);
        Customers.Fit(id);
        if (Customers[id].Event is not null)
        {
            Duplicate("customer", id, Customers[id].Line, line);
            return;
        }

        Customers[id] = new PlacedEvent(customer, line, 1);
    }

    private void Add(DocumentIssued document, int line)
    {
        if (document.Kind == DocumentKind.Payment)
        {
            throw new ArgumentException("A payment is recorded by PaymentReceived.", nameof(document));
        }

        var row = new DocumentRow
        {
            Kind = document.Kind,
            Customer = CustomerIds.Intern(document.Customer.Value),
            Issued = document.Issued,
            Due = document.Due ?? document.Issued,
            StatedCurrency = document.Currency,
            Number = Pool.Add(document.Number),
            Reference = Pool.Add(document.Reference),
            Known = RowTime.Ticks(document.RecordedAt),
            Line = line,
        };
        if (TryAmount(document.Amount, line, out var amount))
        {
            row.Amount = amount;
            var extras = document.OrderNumber is null && document.ContractNumber is null && document.RelatedTo is null && document.Entity is null
                && document.OtherNumbers.Count + document.CashDiscounts.Count + document.Instalments.Count == 0
                    ? null
                    : new DocumentExtras(document.OrderNumber, document.ContractNumber, document.OtherNumbers, document.CashDiscounts, document.Instalments, document.RelatedTo, document.Entity);
            Add(DocumentIds.Intern(document.Id.Value), row, extras);
        }
    }

    private void Add(PaymentReceived payment, int line)
    {
        var row = new DocumentRow
        {
            Kind = DocumentKind.Payment,
            Customer = payment.Customer is { } customer ? CustomerIds.Intern(customer.Value) : -1,
            Issued = payment.Received,
            Due = payment.Received,
            StatedCurrency = payment.Currency,
            Number = Pool.Add(payment.Transaction?.Value),
            Reference = Pool.Add(payment.Method),
            Known = RowTime.Ticks(payment.RecordedAt),
            Line = line,
        };
        if (TryAmount(payment.Amount, line, out var amount))
        {
            row.Amount = amount;
            Add(DocumentIds.Intern(payment.Id.Value), row, Ledger.DocumentExtras.Of(payment.Entity));
        }
    }

    private void Add(AllocationMade allocation, int line)
    {
        var row = new AllocationRow
        {
            From = allocation.From is { } from ? DocumentIds.Intern(from.Value) : -1,
            To = DocumentIds.Intern(allocation.To.Value),
            On = allocation.On,
            Kind = allocation.Kind,
            HasPaid = allocation.Paid is not null,
            Origin = (byte)((int?)allocation.Origin + 1 ?? 0),
            Known = RowTime.Ticks(allocation.RecordedAt),
            Line = line,
        };
        ScaledAmount paid = default;
        if (TryAmount(allocation.Amount, line, out var amount) && (allocation.Paid is not { } given || TryAmount(given, line, out paid)))
        {
            (row.Amount, row.Paid) = (amount, paid);
            var extras = allocation.Rate is null && allocation.By is null && allocation.Reason is null
                ? null
                : new AllocationExtras(allocation.Rate, allocation.By, allocation.Reason);
            Add(AllocationIds.Append(allocation.Id.Value), row, extras);
        }
    }

    /// <summary>Adds a document or payment at the number of its id.</summary>
    internal void Add(int id, in DocumentRow row, DocumentExtras? extras)
    {
        Documents.Fit(Math.Max(id, DocumentIds.Count - 1));
        if (Documents[id].State != RowState.Missing)
        {
            Duplicate("document or payment", id, Documents[id].Line, row.Line);
            return;
        }

        Documents[id] = row;
        Documents[id].State = RowState.Defined;
        if (extras is not null)
        {
            DocumentExtras.Add(id, extras);
        }
    }

    /// <summary>Adds an allocation at the number of its id; whether the id was used before is seen when the filling ends.</summary>
    internal void Add(int id, in AllocationRow row, AllocationExtras? extras)
    {
        Allocations.Fit(id);
        Allocations[id] = row;
        Allocations[id].State = RowState.Defined;
        if (extras is not null)
        {
            AllocationExtras.Add(id, extras);
        }
    }

    /// <summary>Ends the filling: every id has a row, and ids used twice are told.</summary>
    internal void Close()
    {
        Documents.Fit(DocumentIds.Count - 1);
        Customers.Fit(CustomerIds.Count - 1);
        AllocationIds.Index((id, first) =>
        {
            Allocations[id].State = RowState.LeftOut;
            Duplicate("allocation", first, Allocations[first].Line, Allocations[id].Line);
        });
        if (Opened is null)
        {
            Faults.Warning(LedgerCodes.NoLedgerRecord, "There is no ledger record: every document must name its currency.", 1, 1);
        }

        foreach (var uses in (_duplicates ?? []).GroupBy(d => (d.Kind, d.Id)))
        {
            int[] lines = [uses.First().First, .. uses.Select(u => u.Line)];
            foreach (var use in uses)
            {
                Faults.Error(LedgerCodes.IdUsedTwice, $"The id of this {use.Kind} is used on lines {string.Join(", ", lines)}; line {lines[0]} stays.", use.Line, 1, lines);
            }
        }

        _duplicates = null;
    }

    private void Duplicate(string kind, int id, int first, int line) => (_duplicates ??= []).Add((kind, id, first, line));

    private bool TryAmount(decimal value, int line, out ScaledAmount amount)
    {
        if (ScaledAmount.TryCreate(value, IsAsWritten, out amount))
        {
            return true;
        }

        Faults.Error(LedgerCodes.AmountTooLarge, "The amount is beyond what a ledger keeps exactly.", line, 1);
        return false;
    }
}
