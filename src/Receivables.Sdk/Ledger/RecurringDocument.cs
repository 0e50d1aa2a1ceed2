using NodaTime;
using Receivables.Sdk.Calendars;

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

    /// <summary>Who gets it, one by one; see <see cref="Group"/> for all of a group.</summary>
    public IReadOnlyList<CustomerId> Customers { get; init; } = [];

    /// <summary>The group (<see cref="Customer.Group"/>) whose members get it, too; null for none. <see cref="ForMembers"/> names them.</summary>
    public string? Group { get; init; }

    /// <summary>What each occurrence says; customer, date of issue and what <see cref="Terms"/> bring are filled in, the number is left to whoever issues it.</summary>
    public required DocumentDraft Template { get; init; }

    /// <summary>The terms, which give each occurrence its due date, instalments and discounts. Default net 30 days.</summary>
    /// <remarks>
    /// Instalments and discounts of the template are used where the terms bring none; they move with the date of issue. Terms that count from delivery
    /// or receipt cannot be used: those days are not known when the draft is made.
    /// </remarks>
    public PaymentTerms Terms { get; init; } = PaymentTerms.Net(30);

    /// <summary>The plan for the customers that are named and those that are in its group.</summary>
    /// <param name="customers">The customers as they are on the day of issue.</param>
    public RecurringDocument ForMembers(IEnumerable<Customer> customers)
    {
        ArgumentNullException.ThrowIfNull(customers);
        return Group is not { } group ? this : this with
        {
            Customers = [.. Customers.Concat(customers.Where(c => string.Equals(c.Group, group, StringComparison.Ordinal)).Select(c => c.Id)).Distinct().Order()],
            Group = null,
        };
    }

    /// <summary>The drafts of a span of days, in order of date, then customer.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="calendar">The calendar for business days and rolls of the terms; null where they have none.</param>
    /// <exception cref="ArgumentException">The terms count from delivery or receipt, or their instalments do not go into the template's amount.</exception>
    /// <exception cref="ArgumentNullException">The terms need a calendar.</exception>
    /// <exception cref="CalendarRangeException">The calendar does not know a year.</exception>
    public IEnumerable<DocumentOccurrence> Between(LocalDate from, LocalDate to, IBusinessCalendar? calendar = null)
    {
        var anchor = Template.Issued ?? Recurrence.First;
        foreach (var occurrence in Recurrence.Between(from, to))
        {
            var draft = DraftOf(occurrence.Date, Period.DaysBetween(anchor, occurrence.Date), calendar);
            foreach (var customer in Customers.Distinct().Order())
            {
                yield return new DocumentOccurrence(IdOf(occurrence, customer), occurrence.Number, draft with { Customer = customer });
            }
        }
    }

    private DocumentDraft DraftOf(LocalDate issued, int moved, IBusinessCalendar? calendar)
    {
        var draft = (Template with { Number = null, Issued = issued }).WithTerms(Terms, calendar: calendar);
        return draft with
        {
            Instalments = Terms.Parts.Count > 0 ? draft.Instalments : [.. Template.Instalments.Select(i => i with { Due = Days.Add(i.Due, moved) })],
            CashDiscounts = Terms.Discounts.Count > 0 ? draft.CashDiscounts : [.. Template.CashDiscounts.Select(c => c with { Until = Days.Add(c.Until, moved) })],
        };
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
