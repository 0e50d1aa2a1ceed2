using System.Runtime.InteropServices;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>A customer with its open items, as one plan sees it.</summary>
internal sealed class CustomerWork(CustomerId id)
{
    internal CustomerId Id { get; } = id;

    internal Customer? Row { get; set; }

    /// <summary>What the customer owes, in order of id.</summary>
    internal ArraySegment<OpenItem> Items { get; set; } = ArraySegment<OpenItem>.Empty;

    /// <summary>How many items the customer owes.</summary>
    internal int Count { get; set; }

    internal List<OpenItem>? Credits { get; set; }

    internal List<ReminderHold>? Holds { get; set; }

    internal bool HasPendingPayment { get; set; }

    internal bool IsInsolvent { get; set; }

    /// <summary>The days on which the customer was contacted, by action or by channel; only filled where the policy asks.</summary>
    internal HashSet<(LocalDate Day, string Contact)>? Contacts { get; set; }

    internal LocalDate? LastContact { get; set; }

    internal EffectivePolicy? Effective { get; set; }

    /// <summary>The open credits in a currency; a credit of one company of the seller settles nothing of another.</summary>
    internal Money OpenCredits(Currency currency, string? entity)
    {
        var sum = Money.Zero(currency);
        foreach (var credit in CollectionsMarshal.AsSpan(Credits))
        {
            sum += credit.Open.Currency == currency && credit.Entity == entity ? credit.Open : Money.Zero(currency);
        }

        return sum;
    }
}

/// <summary>What of the history a policy looks at beside the items' own.</summary>
internal readonly record struct IndexNeeds(bool Contacts, bool ByParent, bool Allocations);

/// <summary>The rows of a snapshot by customer and by invoice. One look-up of the customer and at most one of the invoice for each item.</summary>
internal sealed class ReminderIndex
{
    private readonly Dictionary<CustomerId, CustomerWork> _customers;
    private readonly Dictionary<DocumentId, InvoiceHistory> _invoices = [];
    private readonly Dictionary<ActionId, LocalDate> _delivered = [];
    private readonly HashSet<(ActionId, string)> _bounced = [];

    internal ReminderIndex(LedgerSnapshot snapshot, ReminderFacts facts, LocalDate asOf, IndexNeeds needs)
    {
        _customers = new Dictionary<CustomerId, CustomerWork>(snapshot.Customers.Count);
        foreach (var row in snapshot.Customers)
        {
            Customer(row.Id).Row = row;
        }

        AddItems(snapshot.OpenItems);

        foreach (var hold in snapshot.Holds)
        {
            (Customer(hold.Customer).Holds ??= []).Add(hold);
        }

        foreach (var payment in facts.PendingPayments)
        {
            Customer(payment.Customer).HasPendingPayment = true;
        }

        foreach (var insolvent in facts.Insolvent)
        {
            Customer(insolvent).IsInsolvent = true;
        }

        foreach (var row in snapshot.Insolvencies)
        {
            Customer(row.Customer).IsInsolvent |= row.On <= asOf;
        }

        AddInvoiceRows(snapshot, facts, needs.Allocations);
        AddReminders(snapshot, facts, asOf);
        if (needs.Contacts)
        {
            AddContacts(snapshot, asOf, needs.ByParent);
        }
    }

    /// <summary>The customers who owe something, in order of id.</summary>
    internal CustomerWork[] Debtors { get; private set; } = [];

    /// <summary>Items of nobody known.</summary>
    internal List<OpenItem> Unowned { get; } = [];

    /// <summary>The proven day on which an action's message arrived; null without proof.</summary>
    internal LocalDate? Delivered(ActionId? action) => action is { } id && _delivered.TryGetValue(id, out var day) ? day : null;

    /// <summary>Whether an action's message came back on a channel.</summary>
    internal bool IsBounced(ActionId? action, string? channel) => _bounced.Count > 0 && action is { } id && _bounced.Contains((id, channel ?? ""));

    internal InvoiceHistory? History(DocumentId invoice) => _invoices.Count > 0 && _invoices.TryGetValue(invoice, out var history) ? history : null;

    /// <summary>The top of a customer's chain of parents; where the chain is a circle, the customer itself.</summary>
    internal CustomerWork Top(CustomerWork customer)
    {
        var top = customer;
        for (var steps = 0; top.Row?.Parent is { } parent && parent != top.Id; steps++)
        {
            if (steps > _customers.Count)
            {
                return customer;
            }

            top = Customer(parent);
        }

        return top;
    }

    private CustomerWork Customer(CustomerId id)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_customers, id, out _);
        return slot ??= new CustomerWork(id);
    }

    private InvoiceHistory Invoice(DocumentId id)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_invoices, id, out _);
        return slot ??= new InvoiceHistory();
    }

    // Every item goes into its customer's part of one array: a list for each customer would be as many objects again as there are customers.
    private void AddItems(IReadOnlyList<OpenItem> items)
    {
        var owners = new CustomerWork?[items.Count];
        for (var i = 0; i < owners.Length; i++)
        {
            var item = items[i];
            if (item.Customer is not { } id)
            {
                if (!item.IsCredit)
                {
                    Unowned.Add(item);
                }

                continue;
            }

            var owner = Customer(id);
            if (item.IsCredit)
            {
                (owner.Credits ??= []).Add(item);
            }
            else
            {
                owners[i] = owner;
                owner.Count++;
            }
        }

        Debtors = InOrder(_customers.Values.Where(c => c.Count > 0).ToArray(), static (a, b) => a.Id.CompareTo(b.Id));
        var sorted = new OpenItem[Debtors.Sum(c => c.Count)];
        var start = 0;
        foreach (var debtor in Debtors)
        {
            debtor.Items = new ArraySegment<OpenItem>(sorted, start, 0);
            start += debtor.Count;
        }

        for (var i = 0; i < owners.Length; i++)
        {
            if (owners[i] is { } owner)
            {
                var filled = owner.Items;
                sorted[filled.Offset + filled.Count] = items[i];
                owner.Items = new ArraySegment<OpenItem>(sorted, filled.Offset, filled.Count + 1);
            }
        }

        foreach (var debtor in Debtors)
        {
            InOrder<OpenItem>(debtor.Items, static (a, b) => a.Id.CompareTo(b.Id));
        }
    }

    // Rows mostly come in order already, and looking is cheaper than sorting.
    private static T[] InOrder<T>(T[] rows, Comparison<T> order)
    {
        InOrder<T>(rows.AsSpan(), order);
        return rows;
    }

    private static void InOrder<T>(Span<T> rows, Comparison<T> order)
    {
        for (var i = 1; i < rows.Length; i++)
        {
            if (order(rows[i - 1], rows[i]) > 0)
            {
                rows.Sort(order);
                return;
            }
        }
    }

    private void AddInvoiceRows(LedgerSnapshot snapshot, ReminderFacts facts, bool withAllocations)
    {
        foreach (var row in snapshot.Disputes)
        {
            (Invoice(row.Invoice).Disputes ??= []).Add(row);
        }

        foreach (var row in snapshot.Promises)
        {
            (Invoice(row.Invoice).Promises ??= []).Add(row);
        }

        foreach (var row in snapshot.Plans)
        {
            (Invoice(row.Invoice).Plans ??= []).Add(row);
        }

        foreach (var row in snapshot.DirectDebits)
        {
            (Invoice(row.Invoice).DirectDebits ??= []).Add(row);
        }

        foreach (var row in snapshot.Handovers)
        {
            (Invoice(row.Invoice).Handovers ??= []).Add(row);
        }

        foreach (var row in facts.RefundWindows)
        {
            (Invoice(row.Invoice).RefundWindows ??= []).Add(row);
        }

        foreach (var row in facts.Recalls)
        {
            (Invoice(row.Invoice).Recalls ??= []).Add(row);
        }

        foreach (var row in withAllocations ? snapshot.Allocations : [])
        {
            (Invoice(row.To).Allocations ??= []).Add(row);
        }
    }

    private void AddReminders(LedgerSnapshot snapshot, ReminderFacts facts, LocalDate asOf)
    {
        foreach (var delivery in facts.Deliveries)
        {
            AddDelivery(delivery, asOf);
        }

        var channels = snapshot.ReminderResults.Count == 0 ? null : snapshot.Reminders.Where(r => r.Action is not null).ToLookup(r => r.Action!.Value);
        foreach (var result in snapshot.ReminderResults)
        {
            // The ledger tells of the action; it was on its way by the channel that was tried last.
            var last = channels![result.Action].Where(r => r.Sent <= result.On).OrderBy(r => r.Sent).ThenBy(r => r.Channel, StringComparer.Ordinal).LastOrDefault();
            var status = result.Outcome == ReminderOutcome.Failed ? DeliveryStatus.Bounced : DeliveryStatus.Delivered;
            AddDelivery(new DeliveryReport(result.Action, last?.Channel ?? "", status, result.On), asOf);
        }

        foreach (var row in snapshot.Reminders)
        {
            if (row.Sent <= asOf)
            {
                (Invoice(row.Invoice).Reminders ??= new List<SentReminder>(1)).Add(row);
            }
        }
    }

    private void AddDelivery(DeliveryReport delivery, LocalDate asOf)
    {
        if (delivery.On > asOf)
        {
            return;
        }

        if (delivery.Status == DeliveryStatus.Bounced)
        {
            _bounced.Add((delivery.Action, delivery.Channel));
        }
        else if (delivery.Status is DeliveryStatus.Delivered or DeliveryStatus.Read && !(_delivered.GetValueOrDefault(delivery.Action, LocalDate.MaxIsoValue) <= delivery.On))
        {
            _delivered[delivery.Action] = delivery.On;
        }
    }

    private void AddContacts(LedgerSnapshot snapshot, LocalDate asOf, bool byParent)
    {
        var owners = new Dictionary<DocumentId, CustomerWork>(snapshot.OpenItems.Count);
        foreach (var item in snapshot.OpenItems.Concat(snapshot.SettledItems))
        {
            if (item.Customer is { } owner && _customers.TryGetValue(owner, out var customer))
            {
                owners[item.Id] = byParent ? Top(customer) : customer;
            }
        }

        foreach (var row in snapshot.Reminders)
        {
            if (row.Sent <= asOf && !IsInternal(row.Channel) && !IsBounced(row.Action, row.Channel) && owners.TryGetValue(row.Invoice, out var customer))
            {
                (customer.Contacts ??= []).Add((row.Sent, row.Action?.Value ?? row.Channel ?? ""));
                customer.LastContact = customer.LastContact is { } last ? LocalDate.Max(last, row.Sent) : row.Sent;
            }
        }
    }

    internal static bool IsInternal(string? channel) => channel is "internal" or "agency";
}
