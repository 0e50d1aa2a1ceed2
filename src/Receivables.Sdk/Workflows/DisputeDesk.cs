using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Workflows;

/// <summary>How much of a complaint is accepted, with the credit note that gives it.</summary>
/// <param name="Amount">How much, in the invoice's currency.</param>
/// <param name="CreditNote">The id that the credit note gets.</param>
/// <param name="Number">The number that stands on it.</param>
public sealed record AcceptedPart(decimal Amount, DocumentId CreditNote, string? Number);

/// <summary>Opens disputes, accepts a part of them, and resolves them; what is accepted is credited in the same change.</summary>
/// <remarks>Credit notes are new documents: where the rule of four eyes says so, the whole change waits for a second person. Thread-safe as far as the desk is.</remarks>
/// <param name="desk">Where changes are recorded or wait for a second person.</param>
public sealed class DisputeDesk(LedgerDesk desk)
{
    private readonly LedgerDesk _desk = desk ?? throw new ArgumentNullException(nameof(desk));

    /// <summary>Opens a dispute.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The id of the command.</param>
    /// <param name="by">Who records it.</param>
    /// <param name="on">The first day of the dispute.</param>
    /// <param name="invoice">The invoice.</param>
    /// <param name="amount">How much is disputed; null for all that is open.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns><see cref="DeskResult.Refused"/> with <c>nothingOpen</c> where nothing of the invoice is open.</returns>
    /// <exception cref="InvalidOperationException">The ledger changed under every attempt.</exception>
    public Task<DeskResult> OpenAsync(
        LedgerId ledger, string idempotencyKey, string by, LocalDate on, DocumentId invoice, decimal? amount, string? reason, CancellationToken cancellationToken = default) =>
        _desk.DecideAsync(
            ledger,
            idempotencyKey,
            by,
            on,
            view => view.Snapshot.OpenItems.Any(i => i.Id == invoice && !i.IsCredit)
                ? new LedgerDesk.Decision([new DisputeOpened { Invoice = invoice, Opened = on, Amount = amount, Reason = reason }], [])
                : Refuse("nothingOpen", "Nothing of the invoice is open."),
            cancellationToken);

    /// <summary>Accepts a part of what is disputed: it is credited, and the rest stays in dispute.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The id of the command.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="on">The day.</param>
    /// <param name="invoice">The invoice.</param>
    /// <param name="accepted">What is accepted.</param>
    /// <param name="reason">What was decided.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns><see cref="DeskResult.Refused"/> with <c>notDisputed</c> or <c>beyondWhatIsDisputed</c>, or what the ledger has against it.</returns>
    /// <exception cref="InvalidOperationException">The ledger changed under every attempt.</exception>
    public Task<DeskResult> AcceptPartAsync(
        LedgerId ledger, string idempotencyKey, string by, LocalDate on, DocumentId invoice, AcceptedPart accepted, string? reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        return _desk.DecideAsync(
            ledger,
            idempotencyKey,
            by,
            on,
            view => Decide(view, invoice, accepted, on, reason, new DisputePartlyAccepted { Invoice = invoice, On = on, Accepted = accepted.Amount, Reason = reason }),
            cancellationToken);
    }

    /// <summary>Resolves the disputes of an invoice: rejected, or accepted in a part or as a whole, which is credited.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The id of the command.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="on">The day from which they no longer stand.</param>
    /// <param name="invoice">The invoice.</param>
    /// <param name="accepted">What is accepted; null for nothing.</param>
    /// <param name="reason">What was decided.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns><see cref="DeskResult.Refused"/> with <c>notDisputed</c> or <c>beyondWhatIsDisputed</c>, or what the ledger has against it.</returns>
    /// <exception cref="InvalidOperationException">The ledger changed under every attempt.</exception>
    public Task<DeskResult> ResolveAsync(
        LedgerId ledger, string idempotencyKey, string by, LocalDate on, DocumentId invoice, AcceptedPart? accepted, string? reason, CancellationToken cancellationToken = default) =>
        _desk.DecideAsync(
            ledger,
            idempotencyKey,
            by,
            on,
            view => Decide(view, invoice, accepted, on, reason, new DisputeResolved { Invoice = invoice, On = on, Accepted = accepted?.Amount, Reason = reason }),
            cancellationToken);

    private static LedgerDesk.Decision Decide(LedgerDesk.View view, DocumentId invoice, AcceptedPart? accepted, LocalDate on, string? reason, LedgerEvent outcome)
    {
        if (!view.Snapshot.Disputes.Any(d => d.Invoice == invoice && !(d.Resolved <= on)))
        {
            return Refuse("notDisputed", "The invoice is not disputed.");
        }

        if (accepted is null)
        {
            return new LedgerDesk.Decision([outcome], []);
        }

        if (view.Snapshot.OpenItems.FirstOrDefault(i => i.Id == invoice) is not { Disputed: { } disputed, Customer: { } customer } item || accepted.Amount > disputed.Amount)
        {
            return Refuse("beyondWhatIsDisputed", "More is accepted than is disputed and open.");
        }

        return new LedgerDesk.Decision(
            [
                new DocumentIssued
                {
                    Id = accepted.CreditNote,
                    Kind = DocumentKind.CreditNote,
                    Customer = customer,
                    Number = accepted.Number,
                    Issued = on,
                    Amount = accepted.Amount,
                    Currency = disputed.Currency,
                    RelatedTo = invoice,
                    Entity = item.Entity,
                },
                new AllocationMade
                {
                    Id = new AllocationId("A-" + accepted.CreditNote.Value),
                    From = accepted.CreditNote,
                    To = invoice,
                    Amount = accepted.Amount,
                    On = on,
                    Kind = AllocationKind.Credit,
                    Reason = reason,
                },
                outcome,
            ],
            []);
    }

    private static LedgerDesk.Decision Refuse(string code, string text) => new([], [new DeskProblem(code, text)]);
}
