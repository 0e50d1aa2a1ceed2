using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Reporting;
using Receivables.Sdk.Storage;

namespace Receivables.Sdk.Workflows;

/// <summary>What came of a customer's replies to a statement of account.</summary>
/// <param name="Result">What came of the notes and disputes.</param>
/// <param name="Unknown">The documents that the customer named and the statement does not have.</param>
/// <param name="LookedFor">The payments that the matcher looks for from now on.</param>
public sealed record ReplyResult(DeskResult Result, IReadOnlyList<DocumentId> Unknown, IReadOnlyList<PaymentAnnounced> LookedFor);

/// <summary>Makes statements of account from the ledger, and takes the customers' replies into dossier, disputes and matching.</summary>
/// <remarks>The same idempotency key again records nothing more. Thread-safe as far as the stores are.</remarks>
/// <param name="ledgers">Where events are kept.</param>
/// <param name="desk">Where notes and disputes are recorded.</param>
/// <param name="learning">Where payments to look for are kept, for <see cref="CashApplication"/> with the same log; null looks for none.</param>
/// <param name="engine">How statements are made; null is the default.</param>
public sealed class StatementDesk(ILedgerStore ledgers, LedgerDesk desk, ILearningStore? learning = null, StatementEngine? engine = null)
{
    private readonly ILedgerStore _ledgers = ledgers ?? throw new ArgumentNullException(nameof(ledgers));
    private readonly LedgerDesk _desk = desk ?? throw new ArgumentNullException(nameof(desk));
    private readonly StatementEngine _engine = engine ?? new StatementEngine();

    /// <summary>A customer's statement of a period.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<StatementOfAccount> CreateAsync(LedgerId ledger, CustomerId customer, LocalDate from, LocalDate to, CancellationToken cancellationToken = default)
    {
        var (book, _) = await _ledgers.ReadBookAsync(ledger, cancellationToken).ConfigureAwait(false);
        var later = book.Snapshot(LocalDate.MaxIsoValue).Movements.Where(m => m.Date > to);
        return _engine.Create(book.Snapshot(to), customer, from, later);
    }

    /// <summary>Takes the replies to a statement: every line of them leaves a note, a difference opens a dispute, a payment that is said to be made is looked for.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The id of the command; that of the customer's message makes sure that it is taken once.</param>
    /// <param name="by">Who takes them.</param>
    /// <param name="statement">The statement that was sent.</param>
    /// <param name="replies">The replies.</param>
    /// <param name="received">When they came.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The ledger changed under every attempt.</exception>
    public async Task<ReplyResult> ReplyAsync(
        LedgerId ledger, string idempotencyKey, string by, StatementOfAccount statement, IReadOnlyList<StatementReply> replies, Instant received, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(replies);
        ArgumentException.ThrowIfNullOrEmpty(by);
        var on = received.InUtc().Date;
        var proposals = StatementReplies.Read(statement, replies, on);
        var events = proposals.Select(p => EventOf(p, by, received)).OfType<LedgerEvent>().ToList();
        var result = await _desk.RecordAsync(ledger, idempotencyKey, by, on, events, cancellationToken).ConfigureAwait(false);
        var announced = proposals.OfType<ReplyProposal.LookForPayment>()
            .Select(p => new PaymentAnnounced { On = on, By = by, Document = p.Document, Amount = p.Amount, PaidOn = p.On, Reference = p.Reference }).ToList();
        if (learning is null || announced.Count == 0 || result is DeskResult.Refused)
        {
            announced = [];
        }
        else
        {
            await learning.AddAsync(new LearningChange { Ledger = ledger, IdempotencyKey = "reply-" + idempotencyKey, Events = announced }, cancellationToken).ConfigureAwait(false);
        }

        return new ReplyResult(result, [.. proposals.OfType<ReplyProposal.Unknown>().Select(u => u.Document)], announced);
    }

    private static LedgerEvent? EventOf(ReplyProposal proposal, string by, Instant received) => proposal switch
    {
        ReplyProposal.Note n => new NoteWritten { Invoice = n.Document, At = received, By = by, Text = n.Entry.Text, Kind = NoteKind.MailIn },
        ReplyProposal.OpenDispute d => new DisputeOpened { Invoice = d.Dispute.Invoice, Opened = d.Dispute.Opened, Amount = d.Dispute.Amount?.Amount, Reason = d.Dispute.Reason },
        _ => null,
    };
}
