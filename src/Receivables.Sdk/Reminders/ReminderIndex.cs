using System.Runtime.InteropServices;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>A customer with its open items, as one plan sees it.</summary>
internal sealed class CustomerWork(CustomerId id, int number)
{
    internal CustomerId Id { get; } = id;

    /// <summary>The how-manieth that the index met, from 0.</summary>
    internal int Number { get; } = number;

    internal Customer? Row { get; set; }

    /// <summary>What the customer owes, in no order.</summary>
    internal ArraySegment<OpenItem> Items { get; set; } = ArraySegment<OpenItem>.Empty;

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
    private const int Nobody = -1;

    private readonly Dictionary<CustomerId, int> _numbers;
    private readonly List<CustomerWork> _customers;
    private readonly Dictionary<DocumentId, InvoiceHistory> _invoices;
    private readonly Dictionary<ActionId, LocalDate> _delivered = [];
    private readonly HashSet<(ActionId, string)> _bounced = [];

    internal ReminderIndex(LedgerSnapshot snapshot, ReminderFacts facts, LocalDate asOf, IndexNeeds needs)
    {
        _numbers = new Dictionary<CustomerId, int>(snapshot.Customers.Count);
        _customers = new List<CustomerWork>(snapshot.Customers.Count);
        _invoices = new Dictionary<DocumentId, InvoiceHistory>(Math.Min(snapshot.Reminders.Count, snapshot.OpenItems.Count));
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
    internal List<CustomerWork> Debtors { get; private set; } = [];

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

    private CustomerWork Customer(CustomerId id) => _customers[Number(id)];

    // Customers are numbered as they come.
    private int Number(CustomerId id)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, id, out var isKnown);
        if (!isKnown)
        {
            number = _customers.Count;
            _customers.Add(new CustomerWork(id, number));
        }

        return number;
    }

    private InvoiceHistory Invoice(DocumentId id)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_invoices, id, out _);
        return slot ??= new InvoiceHistory();
    }

    // Every item goes into its customer's part of one array: a list for each customer would be as many objects again as there are customers. Items and
    // customers lie scattered in memory, and to fetch one costs more than all that is done with it: each item is fetched once here, its owner is a number.
    private void AddItems(IReadOnlyList<OpenItem> items)
    {
        var owners = new int[items.Count];
        for (var i = 0; i < owners.Length; i++)
        {
            owners[i] = OwnerOf(items[i]);
        }

        var counts = new int[_customers.Count];
        foreach (var owner in owners)
        {
            _ = owner == Nobody ? 0 : counts[owner]++;
        }

        var debtors = _customers.FindAll(c => counts[c.Number] > 0);
        RowOrder.Sort(CollectionsMarshal.AsSpan(debtors), static (a, b) => a.Id.CompareTo(b.Id));
        var next = new int[counts.Length];
        var start = 0;
        foreach (var debtor in debtors)
        {
            next[debtor.Number] = start;
            start += counts[debtor.Number];
        }

        var placed = new OpenItem[start];
        for (var i = 0; i < owners.Length; i++)
        {
            if (owners[i] != Nobody)
            {
                placed[next[owners[i]]++] = items[i];
            }
        }

        foreach (var debtor in debtors)
        {
            debtor.Items = new ArraySegment<OpenItem>(placed, next[debtor.Number] - counts[debtor.Number], counts[debtor.Number]);
        }

        Debtors = debtors;
    }

    // The number of the customer who owes an item. A credit is nobody's debt, and goes to its customer at once.
    private int OwnerOf(OpenItem item)
    {
        if (item.Customer is { } customer && !item.IsCredit)
        {
            return Number(customer);
        }

        if (item.Customer is { } creditor)
        {
            (Customer(creditor).Credits ??= []).Add(item);
        }
        else if (!item.IsCredit)
        {
            Unowned.Add(item);
        }

        return Nobody;
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

        foreach (var row in facts.Recalls.Concat(snapshot.Recalls))
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
            if (item.Customer is { } owner && _numbers.TryGetValue(owner, out var number))
            {
                owners[item.Id] = byParent ? Top(_customers[number]) : _customers[number];
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
