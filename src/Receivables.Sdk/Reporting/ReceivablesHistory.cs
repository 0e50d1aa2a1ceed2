using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>Something that closed a part of a document, and when.</summary>
/// <param name="Document">The document.</param>
/// <param name="On">From which date it counts.</param>
/// <param name="Amount">In the document's currency.</param>
/// <param name="Kind">What closed it.</param>
public sealed record HistoryClosing(DocumentId Document, LocalDate On, Money Amount, AllocationKind Kind);

/// <summary>When an invoice could have been issued, was issued and was sent.</summary>
/// <param name="Document">The document.</param>
/// <param name="Delivered">When the goods or service were delivered; null where not known.</param>
/// <param name="Issued">When it was issued.</param>
/// <param name="Sent">When it was sent; null where not known.</param>
public sealed record InvoicingMoments(DocumentId Document, LocalDate? Delivered, LocalDate Issued, LocalDate? Sent);

/// <summary>What was issued and how it was closed: plain rows that metrics, behaviour, loss rates and forecasts are computed from.</summary>
/// <remarks>
/// A host fills it from its own tables or has <see cref="Of"/> read it off a snapshot. Only documents that are owed count; credits show as what
/// they closed. A recovery is owed, but it is no sale, and says nothing of a habit. Order plays no part. Immutable and safe to share between threads.
/// </remarks>
public sealed record ReceivablesHistory
{
    /// <summary>The last day that the rows cover.</summary>
    public required LocalDate AsOf { get; init; }

    /// <summary>The first day from which on the rows are complete; null for the earliest date of issue.</summary>
    public LocalDate? CompleteFrom { get; init; }

    /// <summary>Every document that was owed, open or settled. What was open of it on a date is computed from <see cref="Closings"/>.</summary>
    public required IReadOnlyList<OpenItem> Documents { get; init; }

    /// <summary>Everything that closed a part of one.</summary>
    public required IReadOnlyList<HistoryClosing> Closings { get; init; }

    /// <summary>The customers, for groups and limits.</summary>
    public IReadOnlyList<Customer> Customers { get; init; } = [];

    /// <summary>Reminders sent.</summary>
    public IReadOnlyList<SentReminder> Reminders { get; init; } = [];

    /// <summary>Promises made and not taken back, those that were kept or broken too.</summary>
    public IReadOnlyList<PaymentPromise> Promises { get; init; } = [];

    /// <summary>When invoices were delivered, issued and sent, where the host knows.</summary>
    public IReadOnlyList<InvoicingMoments> Invoicing { get; init; } = [];

    /// <summary>The history that a snapshot holds: what stands at its moment. What was undone before then is not in it.</summary>
    /// <param name="snapshot">The snapshot.</param>
    public static ReceivablesHistory Of(LedgerSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new ReceivablesHistory
        {
            AsOf = snapshot.AsOf,
            Documents = [.. snapshot.OpenItems.Concat(snapshot.SettledItems).Where(i => !i.IsCredit).DistinctBy(i => i.Id)],
            Closings = [.. snapshot.Allocations.Select(a => new HistoryClosing(a.To, a.On, a.Amount, a.Kind))],
            Customers = snapshot.Customers,
            Reminders = snapshot.Reminders,
            Promises = [.. snapshot.Promises, .. snapshot.EndedPromises.Where(e => e.Outcome != AgreementOutcome.Withdrawn).Select(e => e.Promise)],
        };
    }
}
