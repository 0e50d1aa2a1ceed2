namespace Receivables.Sdk.Ledger;

/// <summary>Takes a person out of a ledger without touching a sum.</summary>
/// <remarks>
/// Personal data stands in the customer's record and in what people wrote about their documents. The ids stay, so every amount, date and reference
/// between events stays; a host whose ids are personal themselves must replace them on its own side. What the law makes you keep
/// (invoices with their numbers) stays, too.
/// </remarks>
public static class LedgerRedaction
{
    /// <summary>What stands in place of a text that was taken out.</summary>
    public const string Removed = "(removed)";

    /// <summary>The events without the personal data of a customer, and of all who were ever merged into them or they into.</summary>
    /// <param name="events">The events of the ledger.</param>
    /// <param name="customer">Whom to take out.</param>
    /// <returns>As many events, in the same order.</returns>
    public static IReadOnlyList<LedgerEvent> Redact(IReadOnlyList<LedgerEvent> events, CustomerId customer)
    {
        ArgumentNullException.ThrowIfNull(events);
        var persons = Merged(events, customer);
        var theirs = new HashSet<DocumentId>();
        var allocations = new HashSet<AllocationId>();
        foreach (var item in events)
        {
            switch (item)
            {
                case DocumentIssued e when persons.Contains(e.Customer):
                    theirs.Add(e.Id);
                    break;
                case PaymentReceived e when e.Customer is { } payer && persons.Contains(payer):
                    theirs.Add(e.Id);
                    break;
            }
        }

        foreach (var allocation in events.OfType<AllocationMade>())
        {
            if (theirs.Contains(allocation.To) || (allocation.From is { } from && theirs.Contains(from)))
            {
                allocations.Add(allocation.Id);
            }
        }

        return [.. events.Select(e => Redact(e, persons, theirs, allocations))];
    }

    private static LedgerEvent Redact(LedgerEvent item, HashSet<CustomerId> persons, HashSet<DocumentId> theirs, HashSet<AllocationId> allocations) => item switch
    {
        CustomerRecorded e when persons.Contains(e.Customer.Id) => e with { Customer = Redact(e.Customer) },
        DocumentIssued e when theirs.Contains(e.Id) => e with { OrderNumber = Text(e.OrderNumber) },
        CustomerChanged e when persons.Contains(e.Customer.Id) => e with { Customer = Redact(e.Customer) },
        NoteWritten e when theirs.Contains(e.Invoice) => e with { Text = Text(e.Text), By = Text(e.By), Reference = null },
        DisputePartlyAccepted e when theirs.Contains(e.Invoice) => e with { Reason = Text(e.Reason) },
        BookingUndone e when theirs.Contains(e.Document) => e with { Reason = Text(e.Reason) },
        DisputeOpened e when theirs.Contains(e.Invoice) => e with { Reason = Text(e.Reason) },
        DisputeResolved e when theirs.Contains(e.Invoice) => e with { Reason = Text(e.Reason) },
        HoldPlaced e when persons.Contains(e.Customer) => e with { Reason = Text(e.Reason) },
        InsolvencyDeclared e when persons.Contains(e.Customer) => e with { Reason = Text(e.Reason) },
        CustomersMerged e when persons.Contains(e.Customer) => e with { Reason = Text(e.Reason) },
        MergeUndone e when persons.Contains(e.Customer) => e with { Reason = Text(e.Reason) },
        AllocationMade e when allocations.Contains(e.Id) => e with { Reason = Text(e.Reason) },
        PaymentReturned e when theirs.Contains(e.Payment) && e.Cause == ReversalCause.Unknown => e with { Reason = Text(e.Reason) },
        AllocationReversed e when allocations.Contains(e.Allocation) => e with { Reason = Text(e.Reason) },
        _ => item,
    };

    private static HashSet<CustomerId> Merged(IReadOnlyList<LedgerEvent> events, CustomerId customer)
    {
        var persons = new HashSet<CustomerId> { customer };
        var merges = events.OfType<CustomersMerged>().ToList();
        for (var before = 0; before < persons.Count;)
        {
            before = persons.Count;
            persons.UnionWith(merges.Where(m => persons.Contains(m.Into)).Select(m => m.Customer));
            persons.UnionWith(merges.Where(m => persons.Contains(m.Customer)).Select(m => m.Into));
        }

        return persons;
    }

    private static Customer Redact(Customer customer) => customer with
    {
        Name = Text(customer.Name),
        Aliases = [],
        Ibans = [],
        BankAccounts = [],
        Email = null,
        Phone = null,
        Contacts = [],
    };

    private static string? Text(string? text) => text is null ? null : Removed;
}
