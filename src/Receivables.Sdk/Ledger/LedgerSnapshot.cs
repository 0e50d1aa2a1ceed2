using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>What an allocation does.</summary>
public enum AllocationKind
{
    /// <summary>Money of a payment.</summary>
    Payment,

    /// <summary>A credit note netted in.</summary>
    Credit,

    /// <summary>A cash discount given.</summary>
    Discount,

    /// <summary>Written off.</summary>
    WriteOff,

    /// <summary>A bank charge that the payer's bank took.</summary>
    Fee,

    /// <summary>A difference of exchange rates; the only kind that may be negative.</summary>
    Fx,
}

/// <summary>An allocation that stands at the moment of the snapshot.</summary>
/// <param name="Id">Its id.</param>
/// <param name="From">The payment or credit note it takes from; null for an adjustment.</param>
/// <param name="To">The document it closes a part of.</param>
/// <param name="Amount">In the currency of <paramref name="To"/>.</param>
/// <param name="On">From which date it counts.</param>
/// <param name="Kind">What it does.</param>
public sealed record StandingAllocation(AllocationId Id, DocumentId? From, DocumentId To, Money Amount, LocalDate On, AllocationKind Kind)
{
    /// <summary>In the currency of <see cref="From"/>, where that is another one.</summary>
    public Money? Paid { get; init; }

    /// <summary>Where it comes from; null where it is not said.</summary>
    public AllocationOrigin? Origin { get; init; }

    /// <summary>Who or what made it.</summary>
    public string? By { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}

/// <summary>An allocation, or a part of one, that stands no more: it was reversed, or the bank took its payment back.</summary>
/// <param name="Allocation">The allocation as it was made, with the amount that was reopened.</param>
/// <param name="On">From which day it is open again.</param>
/// <param name="Reason">Why.</param>
public sealed record UndoneAllocation(StandingAllocation Allocation, LocalDate On, string? Reason);

/// <summary>A booking of a bank transaction that was wrong and never counted.</summary>
/// <param name="Document">The payment or credit note.</param>
/// <param name="Transaction">The bank transaction.</param>
public sealed record UndoneBooking(DocumentId Document, TransactionId Transaction)
{
    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}

/// <summary>A payment as the ledger has it, for recognising what is posted, cleared or returned.</summary>
/// <param name="Item">The payment with what of it is unapplied.</param>
/// <param name="Transaction">The bank transaction it came from; null when it was recorded before its money reached the bank.</param>
/// <param name="Method">How it was paid, as the host calls it.</param>
/// <param name="Returned">How much the bank took back; zero for none.</param>
/// <param name="Allocations">What it pays.</param>
public sealed record RecordedPayment(OpenItem Item, TransactionId? Transaction, string? Method, Money Returned, IReadOnlyList<StandingAllocation> Allocations)
{
    /// <summary>The day on which its money reached the bank, where it was recorded before; null where it came with its transaction, or has not come yet.</summary>
    public LocalDate? ClearedOn { get; init; }
}

/// <summary>Money that left a payment or credit note: the bank took it back, or it was given back to the customer.</summary>
/// <param name="Document">The payment or credit note.</param>
/// <param name="Customer">Whose it is; null for nobody's.</param>
/// <param name="On">From which day it counts.</param>
/// <param name="Amount">How much, above zero.</param>
/// <param name="IsReturn">Whether the bank took it back; otherwise it was a refund.</param>
public sealed record MoneyOut(DocumentId Document, CustomerId? Customer, LocalDate On, Money Amount, bool IsReturn)
{
    /// <summary>The bank transaction; null where it is not known.</summary>
    public TransactionId? Transaction { get; init; }

    /// <summary>Why the bank took it back.</summary>
    public string? Reason { get; init; }

    /// <summary>By which way; unknown for a refund.</summary>
    public ReversalKind Kind { get; init; }

    /// <summary>What that code says; unknown for a refund, and where there is no code or none that is known.</summary>
    public ReversalCause Cause { get; init; }
}

/// <summary>A bank transaction that took a payment back or paid unapplied money out, as the ledger has it.</summary>
/// <param name="Transaction">The bank transaction.</param>
/// <param name="Document">The payment or credit note it was booked on.</param>
/// <param name="Customer">Whose that is; null for nobody's.</param>
public sealed record BookedDebit(TransactionId Transaction, DocumentId Document, CustomerId? Customer)
{
    /// <summary>From which day it counts; null where the host does not say.</summary>
    public LocalDate? On { get; init; }
}

/// <summary>A dispute of an invoice.</summary>
/// <param name="Invoice">The invoice.</param>
/// <param name="Opened">Its first day.</param>
/// <param name="Resolved">The day from which it no longer stands; null while open.</param>
/// <param name="Amount">How much is still disputed, without what was accepted; null for all that is open.</param>
/// <param name="Reason">Why.</param>
public sealed record Dispute(DocumentId Invoice, LocalDate Opened, LocalDate? Resolved, Money? Amount, string? Reason)
{
    /// <summary>How much of it was accepted; null where that is not said.</summary>
    public Money? Accepted { get; init; }

    /// <summary>What was decided when a part was accepted or it was resolved, the last word of several.</summary>
    public string? Decision { get; init; }
}

/// <summary>A promise to pay.</summary>
/// <param name="Invoice">The invoice.</param>
/// <param name="Made">When it was made.</param>
/// <param name="Until">The last day to keep it.</param>
/// <param name="Amount">How much is promised; null for all that is open.</param>
public sealed record PaymentPromise(DocumentId Invoice, LocalDate Made, LocalDate Until, Money? Amount);

/// <summary>A promise that stands no more.</summary>
/// <param name="Promise">The promise.</param>
/// <param name="On">From which day.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record EndedPromise(PaymentPromise Promise, LocalDate On, AgreementOutcome Outcome);

/// <summary>A hold on a customer: no reminders.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The last day; null while it lasts.</param>
/// <param name="Reason">Why.</param>
public sealed record ReminderHold(CustomerId Customer, LocalDate From, LocalDate? Until, string? Reason);

/// <summary>A part of a payment plan.</summary>
/// <param name="Due">When it is due.</param>
/// <param name="Amount">How much.</param>
public sealed record PlanInstalment(LocalDate Due, Money Amount);

/// <summary>A payment plan for an invoice.</summary>
/// <param name="Invoice">The invoice.</param>
/// <param name="Agreed">When it was agreed.</param>
/// <param name="Instalments">Its parts, in order of date.</param>
public sealed record PaymentPlan(DocumentId Invoice, LocalDate Agreed, IReadOnlyList<PlanInstalment> Instalments);

/// <summary>A payment plan that stands no more.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="On">From which day.</param>
/// <param name="Outcome">How it ended: kept to the end, breached, or taken back.</param>
public sealed record EndedPlan(PaymentPlan Plan, LocalDate On, AgreementOutcome Outcome);

/// <summary>A direct debit that will collect an invoice.</summary>
/// <param name="Invoice">The invoice.</param>
/// <param name="CollectOn">The day of collection.</param>
public sealed record AnnouncedDirectDebit(DocumentId Invoice, LocalDate CollectOn);

/// <summary>An invoice given to a collection agency or bailiff.</summary>
/// <param name="Invoice">The invoice.</param>
/// <param name="On">From which day.</param>
/// <param name="To">To whom.</param>
public sealed record Handover(DocumentId Invoice, LocalDate On, string? To);

/// <summary>A claim that came back from the one it was handed over to.</summary>
/// <param name="Invoice">The invoice.</param>
/// <param name="On">From which day reminders may go on.</param>
public sealed record HandoverRecall(DocumentId Invoice, LocalDate On);

/// <summary>Up to when the bank data of an account is in.</summary>
/// <param name="Account">The account.</param>
/// <param name="Until">The last day covered.</param>
public sealed record BankCoverage(string Account, LocalDate Until);

/// <summary>A reminder that was sent for an instalment.</summary>
/// <param name="Invoice">The invoice.</param>
/// <param name="Instalment">The instalment, from 1.</param>
/// <param name="Level">The level.</param>
/// <param name="Sent">When.</param>
/// <param name="Channel">How.</param>
/// <param name="Action">The planned action it carried out; <see cref="LedgerSnapshot.ReminderResults"/> tell by it what became of the message.</param>
public sealed record SentReminder(DocumentId Invoice, int Instalment, int Level, LocalDate Sent, string? Channel, ActionId? Action);

/// <summary>What became of a reminder.</summary>
/// <param name="Action">The planned action that was carried out.</param>
/// <param name="On">When.</param>
/// <param name="Outcome">Whether it arrived, on the channel on which it was sent last.</param>
public sealed record ReminderResult(ActionId Action, LocalDate On, ReminderOutcome Outcome);

/// <summary>A note in an invoice's dossier.</summary>
/// <param name="Invoice">The invoice.</param>
/// <param name="At">When.</param>
/// <param name="By">By whom.</param>
/// <param name="Text">What.</param>
public sealed record DossierNote(DocumentId Invoice, Instant At, string? By, string? Text)
{
    /// <summary>What it is.</summary>
    public NoteKind Kind { get; init; }

    /// <summary>The message id of a mail, the reference of an attachment.</summary>
    public string? Reference { get; init; }
}

/// <summary>A customer's insolvency.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="On">From which day.</param>
/// <param name="Reason">What kind of proceedings, or whose word it is.</param>
public sealed record Insolvency(CustomerId Customer, LocalDate On, string? Reason);

/// <summary>How the sending of a document went.</summary>
/// <param name="Invoice">The document.</param>
/// <param name="On">When.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="Channel">How it was sent.</param>
public sealed record DocumentDelivery(DocumentId Invoice, LocalDate On, DeliveryOutcome Outcome, string? Channel);

/// <summary>Everything the engines run on, at one moment: as of a date, as known at an instant. Plain values, with no event in sight.</summary>
/// <remarks>
/// A host fills it from its own tables, or has it made from the event ledger. Lists are in order of id (ordinal) where the ledger made them;
/// the engines do not depend on the order. Only what had happened by <see cref="AsOf"/> is in it. Immutable and safe to share between threads.
/// </remarks>
public sealed record LedgerSnapshot
{
    /// <summary>The moment: everything effective on or before this date.</summary>
    public required LocalDate AsOf { get; init; }

    /// <summary>As known at this instant; null is as known now.</summary>
    public Instant? KnownAt { get; init; }

    /// <summary>The seller's name.</summary>
    public string? Name { get; init; }

    /// <summary>The seller's country, ISO 3166 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>The ledger's own currency.</summary>
    public Currency? Currency { get; init; }

    /// <summary>The seller's own accounts.</summary>
    public IReadOnlyList<string> OwnAccounts { get; init; } = [];

    /// <summary>The customers.</summary>
    public IReadOnlyList<Customer> Customers { get; init; } = [];

    /// <summary>Documents and payments of which something is open.</summary>
    public IReadOnlyList<OpenItem> OpenItems { get; init; } = [];

    /// <summary>Documents of which nothing is open any more (payments are in <see cref="Payments"/>).</summary>
    public IReadOnlyList<OpenItem> SettledItems { get; init; } = [];

    /// <summary>All payments, applied or not.</summary>
    public IReadOnlyList<RecordedPayment> Payments { get; init; } = [];

    /// <summary>The bank transactions of returns and refunds, for recognising what is posted.</summary>
    public IReadOnlyList<BookedDebit> BookedDebits { get; init; } = [];

    /// <summary>All returns and refunds, whether their bank transactions are known or not.</summary>
    public IReadOnlyList<MoneyOut> Outflows { get; init; } = [];

    /// <summary>All allocations that stand.</summary>
    public IReadOnlyList<StandingAllocation> Allocations { get; init; } = [];

    /// <summary>Allocations, or parts of them, that were undone by then.</summary>
    public IReadOnlyList<UndoneAllocation> UndoneAllocations { get; init; } = [];

    /// <summary>Bookings of bank transactions that were undone, as known then, whatever the date; in the order in which that became known.</summary>
    public IReadOnlyList<UndoneBooking> UndoneBookings { get; init; } = [];

    /// <summary>Every change of a customer's balance up to then, for statements of account.</summary>
    public IReadOnlyList<AccountMovement> Movements { get; init; } = [];

    /// <summary>Disputes opened by then, resolved ones too.</summary>
    public IReadOnlyList<Dispute> Disputes { get; init; } = [];

    /// <summary>Promises made by then that were not ended.</summary>
    public IReadOnlyList<PaymentPromise> Promises { get; init; } = [];

    /// <summary>Promises that were ended by then.</summary>
    public IReadOnlyList<EndedPromise> EndedPromises { get; init; } = [];

    /// <summary>Holds that began by then.</summary>
    public IReadOnlyList<ReminderHold> Holds { get; init; } = [];

    /// <summary>Plans agreed by then that were not ended.</summary>
    public IReadOnlyList<PaymentPlan> Plans { get; init; } = [];

    /// <summary>Plans that were ended by then.</summary>
    public IReadOnlyList<EndedPlan> EndedPlans { get; init; } = [];

    /// <summary>Direct debits announced.</summary>
    public IReadOnlyList<AnnouncedDirectDebit> DirectDebits { get; init; } = [];

    /// <summary>Hand-overs by then that were not recalled.</summary>
    public IReadOnlyList<Handover> Handovers { get; init; } = [];

    /// <summary>Claims that had come back by then and were not handed over again since.</summary>
    public IReadOnlyList<HandoverRecall> Recalls { get; init; } = [];

    /// <summary>Reminders sent by then that were not cancelled.</summary>
    public IReadOnlyList<SentReminder> Reminders { get; init; } = [];

    /// <summary>What became of reminders by then: those that arrived and those that did not.</summary>
    public IReadOnlyList<ReminderResult> ReminderResults { get; init; } = [];

    /// <summary>How far the bank data reaches.</summary>
    public IReadOnlyList<BankCoverage> BankData { get; init; } = [];

    /// <summary>Insolvencies by then.</summary>
    public IReadOnlyList<Insolvency> Insolvencies { get; init; } = [];

    /// <summary>What was sent, arrived or came back by then.</summary>
    public IReadOnlyList<DocumentDelivery> Deliveries { get; init; } = [];

    /// <summary>Notes written by then.</summary>
    public IReadOnlyList<DossierNote> Notes { get; init; } = [];

    /// <summary>The customer that stands for an id: the one that it was merged into, or itself.</summary>
    /// <param name="customer">An id, used or merged into another.</param>
    public CustomerId Surviving(CustomerId customer)
    {
        foreach (var known in Customers)
        {
            if (known.MergedIds.Contains(customer))
            {
                return known.Id;
            }
        }

        return customer;
    }
}
