using NodaTime;
using Receivables.Sdk.Calendars;

namespace Receivables.Sdk.Ledger;

/// <summary>A line of a draft; lines are optional and play no part once the document is issued.</summary>
/// <param name="Description">What it is for.</param>
/// <param name="Amount">The amount with tax, in the document's currency; below zero for a deduction.</param>
public sealed record DraftLine(string Description, decimal Amount);

/// <summary>A document that is being written: anything may still be missing or wrong.</summary>
/// <remarks>
/// <see cref="Check"/> names all problems at once, <see cref="Issue"/> makes the event, and only of a draft without problems. The same rules stand
/// behind <c>DocumentDraftValidator</c>. Immutable and safe to share between threads.
/// </remarks>
public sealed record DocumentDraft
{
    /// <summary>What it will be; anything but a payment. Default an invoice.</summary>
    public DocumentKind Kind { get; init; }

    /// <summary>Whose it will be.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>The number to be printed on it.</summary>
    public string? Number { get; init; }

    /// <summary>The date of issue.</summary>
    public LocalDate? Issued { get; init; }

    /// <summary>When it will be due; null is on the date of issue.</summary>
    public LocalDate? Due { get; init; }

    /// <summary>The amount; null takes the sum of <see cref="Lines"/>.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The currency.</summary>
    public Currency? Currency { get; init; }

    /// <summary>The lines, if any; they add up to the amount.</summary>
    public IReadOnlyList<DraftLine> Lines { get; init; } = [];

    /// <summary>The parts with due dates of their own, if any; they add up to the amount.</summary>
    public IReadOnlyList<InstalmentTerm> Instalments { get; init; } = [];

    /// <summary>The steps of the cash discount, if any.</summary>
    public IReadOnlyList<CashDiscount> CashDiscounts { get; init; } = [];

    /// <summary>The structured payment reference.</summary>
    public string? Reference { get; init; }

    /// <summary>The customer's order number.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>The contract's number.</summary>
    public string? ContractNumber { get; init; }

    /// <summary>Further numbers that the customer may quote: of the delivery, of the project, of another system.</summary>
    public IReadOnlyList<string> OtherNumbers { get; init; } = [];

    /// <summary>The seller's company that issues it, where the ledger holds several.</summary>
    public string? Entity { get; init; }

    /// <summary>What it belongs to; a claim of interest or a fee must name its claim, a recovery the document that was written off.</summary>
    public DocumentId? RelatedTo { get; init; }

    /// <summary>The draft with due date, instalments and cash discounts as terms make them of its date of issue and amount.</summary>
    /// <remarks>Where the terms have no instalments, the draft has none; the same goes for discounts.</remarks>
    /// <param name="terms">The terms.</param>
    /// <param name="dates">The dates to count from; null counts from <see cref="Issued"/>, which must then be there.</param>
    /// <param name="calendar">The calendar for rolls and business days; null where the terms have none.</param>
    /// <exception cref="ArgumentException">
    /// A date that the terms count from is not known; or they have instalments, and the draft lacks its amount or currency, or the amounts do not go into the total.
    /// </exception>
    /// <exception cref="ArgumentNullException">The terms need a calendar.</exception>
    /// <exception cref="CalendarRangeException">The calendar does not know a year.</exception>
    public DocumentDraft WithTerms(PaymentTerms terms, TermsDates? dates = null, IBusinessCalendar? calendar = null)
    {
        ArgumentNullException.ThrowIfNull(terms);
        dates ??= new TermsDates(Issued ?? throw new ArgumentException("The draft has no date of issue to count from.", nameof(dates)));

        // Dates hang on no amount: terms without instalments do not need one.
        var total = (DocumentDraftRules.Total(this), Currency) is ({ } amount, { } currency) ? new Money(amount, currency)
            : terms.Parts.Count == 0 ? Money.Zero(Sdk.Currency.EUR)
            : throw new ArgumentException("Terms with instalments need the draft's amount and currency.", nameof(terms));
        var schedule = terms.Schedule(total, dates, calendar);
        return this with
        {
            Due = schedule.Due,
            Instalments = terms.Parts.Count == 0 ? [] : [.. schedule.Instalments.Select(i => new InstalmentTerm(i.Due, i.Amount.Amount))],
            CashDiscounts = schedule.Discounts,
        };
    }

    /// <summary>Names everything that keeps the draft from being issued.</summary>
    /// <param name="numbersInUse">The numbers of the documents that the ledger has; null leaves doubles unchecked.</param>
    /// <returns>The problems in order of field; none when the draft is lawful.</returns>
    public IReadOnlyList<DraftProblem> Check(IReadOnlySet<string>? numbersInUse = null) => DocumentDraftRules.Check(this, numbersInUse);

    /// <summary>Makes the event that issues the document.</summary>
    /// <param name="id">The id it gets.</param>
    /// <param name="numbersInUse">The numbers of the documents that the ledger has; null leaves doubles unchecked.</param>
    /// <returns>The event, or all problems.</returns>
    public DraftResult Issue(DocumentId id, IReadOnlySet<string>? numbersInUse = null)
    {
        var problems = Check(numbersInUse);
        if (problems.Count > 0)
        {
            return new DraftResult.Rejected(problems);
        }

        return new DraftResult.Issued(new DocumentIssued
        {
            Id = id,
            Kind = Kind,
            Customer = Customer!.Value,
            Number = Number,
            Issued = Issued!.Value,
            Due = Due,
            Amount = DocumentDraftRules.Total(this)!.Value,
            Currency = Currency,
            Reference = Reference,
            OrderNumber = OrderNumber,
            ContractNumber = ContractNumber,
            OtherNumbers = OtherNumbers,
            Entity = Entity,
            CashDiscounts = CashDiscounts,
            Instalments = Instalments,
            RelatedTo = RelatedTo,
        });
    }
}

/// <summary>What keeps a draft from being issued.</summary>
/// <param name="Code">The stable code, such as <c>amountMissing</c>.</param>
/// <param name="Field">The property of the draft.</param>
/// <param name="Message">English text for people.</param>
public sealed record DraftProblem(string Code, string Field, string Message);

/// <summary>What came of issuing a draft.</summary>
public abstract record DraftResult
{
    private DraftResult()
    {
    }

    /// <summary>It became a document.</summary>
    /// <param name="Event">The event.</param>
    public sealed record Issued(DocumentIssued Event) : DraftResult;

    /// <summary>It has problems, all of them.</summary>
    /// <param name="Problems">At least one.</param>
    public sealed record Rejected(IReadOnlyList<DraftProblem> Problems) : DraftResult;
}
