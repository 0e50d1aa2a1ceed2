using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>A document that recurs, for one customer or several: a rule and what each occurrence says.</summary>
/// <remarks>
/// The same plan gives the same drafts with the same ids however often it is asked, so a scheduler that runs twice issues nothing twice.
/// Immutable and safe to share between threads.
/// </remarks>
public sealed record RecurringDocument
{
    /// <summary>The plan's id; it is part of every occurrence's.</summary>
    public required string Id { get; init; }

    /// <summary>When it recurs.</summary>
    public required Recurrence Recurrence { get; init; }

    /// <summary>Who gets it: one customer, or a group.</summary>
    public required IReadOnlyList<CustomerId> Customers { get; init; }

    /// <summary>What each occurrence says; customer, dates and number are filled in. Dates of instalments and discounts move with the date of issue.</summary>
    public required DocumentDraft Template { get; init; }

    /// <summary>How many days after issue it is due, 0 or more; default 30.</summary>
    public int DueAfterDays { get; init; } = 30;

    /// <summary>The drafts of a span of days, in order of date, then customer.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    public IEnumerable<DocumentOccurrence> Between(LocalDate from, LocalDate to)
    {
        var anchor = Template.Issued ?? Recurrence.First;
        foreach (var occurrence in Recurrence.Between(from, to))
        {
            var moved = Period.Between(anchor, occurrence.Date, PeriodUnits.Days).Days;
            foreach (var customer in Customers.Distinct().Order())
            {
                var draft = Template with
                {
                    Customer = customer,
                    Issued = occurrence.Date,
                    Due = occurrence.Date.PlusDays(DueAfterDays),
                    Instalments = [.. Template.Instalments.Select(i => i with { Due = i.Due.PlusDays(moved) })],
                    CashDiscounts = [.. Template.CashDiscounts.Select(c => c with { Until = c.Until.PlusDays(moved) })],
                };
                yield return new DocumentOccurrence(IdOf(occurrence, customer), occurrence.Number, draft);
            }
        }
    }

    // The number, not the date: an occurrence keeps its id when the rule's day is mended. Lengths stand before the parts, so no two plans meet.
    private DocumentId IdOf(RecurrenceDate occurrence, CustomerId customer) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Id.Length}:{Id}/{occurrence.Number}/{customer.Value}"));
}

/// <summary>One occurrence of a recurring document, for one customer.</summary>
/// <param name="Id">The id that the document will have; the same at every run.</param>
/// <param name="Number">Which occurrence, from 1.</param>
/// <param name="Draft">The draft.</param>
public sealed record DocumentOccurrence(DocumentId Id, int Number, DocumentDraft Draft);
