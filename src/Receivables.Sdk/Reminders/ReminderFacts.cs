using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>Money of a customer that has most likely arrived and is not applied yet, as a matching engine suggests it.</summary>
/// <param name="Customer">Whose it most likely is.</param>
/// <param name="Transaction">The bank transaction, for the one who looks at it; null where there is none.</param>
public sealed record PendingPayment(CustomerId Customer, TransactionId? Transaction = null);

/// <summary>What became of a message.</summary>
public enum DeliveryStatus
{
    /// <summary>The channel took it.</summary>
    Accepted,

    /// <summary>It reached the customer.</summary>
    Delivered,

    /// <summary>It came back.</summary>
    Bounced,

    /// <summary>It was opened.</summary>
    Read,
}

/// <summary>Evidence of what became of a message.</summary>
/// <param name="Action">The action it carried out.</param>
/// <param name="Channel">How it was sent.</param>
/// <param name="Status">What became of it.</param>
/// <param name="On">When.</param>
/// <param name="Proof">A reference to the proof, such as a tracking number or a message id.</param>
public sealed record DeliveryReport(ActionId Action, string Channel, DeliveryStatus Status, LocalDate On, string? Proof = null);

/// <summary>
/// Money that was collected and can still be taken back, or goods that can still be returned: the claim stands open in the rows, and nobody is
/// reminded of it before the window has passed.
/// </summary>
/// <param name="Invoice">The invoice.</param>
/// <param name="Until">The last day on which it can be taken back, eight weeks after the debit for an authorised SEPA core direct debit.</param>
/// <param name="Amount">How much of the invoice; null for all that is open.</param>
public sealed record RefundWindow(DocumentId Invoice, LocalDate Until, Money? Amount = null);

/// <summary>What a plan needs to know beside the ledger. Everything may be missing.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record ReminderFacts
{
    /// <summary>Nothing beside the ledger.</summary>
    public static ReminderFacts None { get; } = new();

    /// <summary>The last day that bank data covers; null takes the least covered account of the ledger's own rows.</summary>
    public LocalDate? BankDataAsOf { get; init; }

    /// <summary>Likely payments that are not applied: their customers are not reminded.</summary>
    public IReadOnlyList<PendingPayment> PendingPayments { get; init; } = [];

    /// <summary>What became of messages: one that came back did not use up its level.</summary>
    public IReadOnlyList<DeliveryReport> Deliveries { get; init; } = [];

    /// <summary>Hand-overs taken back, beside those of the ledger's own rows.</summary>
    public IReadOnlyList<HandoverRecall> Recalls { get; init; } = [];

    /// <summary>Windows in which what was collected can be taken back.</summary>
    public IReadOnlyList<RefundWindow> RefundWindows { get; init; } = [];

    /// <summary>The moment of the plan: what may only be sent in hours that are over by then waits for another day. Null looks at days only.</summary>
    public Instant? Now { get; init; }

    /// <summary>Customers in insolvency proceedings: they are held without end, as are those of the ledger's own rows.</summary>
    public IReadOnlyList<CustomerId> Insolvent { get; init; } = [];
}
