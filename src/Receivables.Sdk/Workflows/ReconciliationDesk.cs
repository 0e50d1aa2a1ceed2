using NodaTime;
using Receivables.Sdk.Reporting;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Storage;

namespace Receivables.Sdk.Workflows;

/// <summary>What came of a step of a reconciliation.</summary>
public abstract record ReconciliationResult
{
    private ReconciliationResult()
    {
    }

    /// <summary>The period as it is stored.</summary>
    /// <param name="Period">The period.</param>
    public sealed record Stored(StoredPeriod Period) : ReconciliationResult;

    /// <summary>The period cannot be signed.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record NotSigned(SignOffResult.Refused Refusal) : ReconciliationResult;

    /// <summary>The ledger has no such period, or it is signed and changes no more, or its id is taken.</summary>
    /// <param name="Code">A stable code: <c>noSuchPeriod</c>, <c>signed</c>, <c>idInUse</c>.</param>
    public sealed record Refused(string Code) : ReconciliationResult;
}

/// <summary>Reconciles a ledger period by period: compares it with the bank, with a customer's own list or with a control account, keeps the explanations, and lets it be signed off.</summary>
/// <remarks>Every step is a command: the same idempotency key again changes nothing. Thread-safe as far as the stores are.</remarks>
/// <param name="ledgers">Where events are kept.</param>
/// <param name="periods">Where periods are kept.</param>
public sealed class ReconciliationDesk(ILedgerStore ledgers, IReconciliationStore periods)
{
    private readonly ILedgerStore _ledgers = ledgers ?? throw new ArgumentNullException(nameof(ledgers));
    private readonly IReconciliationStore _periods = periods ?? throw new ArgumentNullException(nameof(periods));

    /// <summary>Compares what the ledger booked of bank transactions in a period with what the bank says.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="transactions">The bank's transactions, of any dates; those of the period are compared.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ReconciliationReport> AgainstBankAsync(
        LedgerId ledger, IReadOnlyList<BankTransaction> transactions, LocalDate from, LocalDate to, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        var (book, _) = await _ledgers.ReadBookAsync(ledger, cancellationToken).ConfigureAwait(false);
        var theirs = from transaction in transactions.DistinctBy(t => t.Id)
                     let date = transaction.BookingDate ?? transaction.ValueDate
                     where date >= @from && date <= to
                     select new ReconciliationLine(transaction.Id.Value, date, transaction.Amount);
        return Reconciliation.Compare(ReconciliationLines.OfBank(book.Snapshot(to), from), theirs);
    }

    /// <summary>Compares a customer's open items with the customer's own list.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="list">What the customer says it owes, as <see cref="CustomerList.FromCsv"/> reads it.</param>
    /// <param name="asOf">The date of both.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ReconciliationReport> AgainstCustomerAsync(LedgerId ledger, CustomerId customer, CustomerList list, LocalDate asOf, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(list);
        var (book, _) = await _ledgers.ReadBookAsync(ledger, cancellationToken).ConfigureAwait(false);
        return Reconciliation.Compare(ReconciliationLines.OfCustomer(book.Snapshot(asOf), customer), list.Lines);
    }

    /// <summary>Compares the ledger's balance with a control account of the general ledger, by currency.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="controlAccount">The account's balances, one for each currency.</param>
    /// <param name="asOf">The date of both.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ReconciliationReport> AgainstControlAccountAsync(LedgerId ledger, IEnumerable<Money> controlAccount, LocalDate asOf, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(controlAccount);
        var (book, _) = await _ledgers.ReadBookAsync(ledger, cancellationToken).ConfigureAwait(false);
        return Reconciliation.CompareBalances(ReconciliationLines.Balances(book.Snapshot(asOf)), controlAccount);
    }

    /// <summary>Opens a period.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The id of the command.</param>
    /// <param name="id">The period's id.</param>
    /// <param name="period">The period, with its owner and comparison.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ReconciliationResult> OpenAsync(LedgerId ledger, string idempotencyKey, string id, ReconciliationPeriod period, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(idempotencyKey);
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(period);
        var change = new ReconciliationChange { Ledger = ledger, IdempotencyKey = idempotencyKey, Id = id, ExpectedVersion = 0, Period = period with { SignedBy = null } };
        return await _periods.SaveAsync(change, cancellationToken).ConfigureAwait(false) is ChangeResult.Stored
            ? new ReconciliationResult.Stored((await FindAsync(ledger, id, cancellationToken).ConfigureAwait(false))!)
            : new ReconciliationResult.Refused("idInUse");
    }

    /// <summary>Explains differences of a period that is open.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The id of the command.</param>
    /// <param name="id">The period's id.</param>
    /// <param name="exceptions">The explanations, each with who gives it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The period changed under every attempt.</exception>
    public Task<ReconciliationResult> ExplainAsync(
        LedgerId ledger, string idempotencyKey, string id, IReadOnlyList<ReconciliationException> exceptions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(exceptions);
        return ChangeAsync(ledger, idempotencyKey, id, period => new SignOffResult.Signed(period.Explain(exceptions)), cancellationToken);
    }

    /// <summary>Gives a period that is open a new comparison, since something was booked meanwhile.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The id of the command.</param>
    /// <param name="id">The period's id.</param>
    /// <param name="report">The comparison.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The period changed under every attempt.</exception>
    public Task<ReconciliationResult> CompareAgainAsync(
        LedgerId ledger, string idempotencyKey, string id, ReconciliationReport report, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        return ChangeAsync(ledger, idempotencyKey, id, period => new SignOffResult.Signed(period.Compared(report)), cancellationToken);
    }

    /// <summary>Signs a period. Nothing unexplained may be left, and who explained a difference does not sign alone.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The id of the command.</param>
    /// <param name="id">The period's id.</param>
    /// <param name="by">Who signs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The period changed under every attempt.</exception>
    public Task<ReconciliationResult> SignOffAsync(LedgerId ledger, string idempotencyKey, string id, string by, CancellationToken cancellationToken = default) =>
        ChangeAsync(ledger, idempotencyKey, id, period => period.SignOff(by), cancellationToken);

    private async Task<ReconciliationResult> ChangeAsync(
        LedgerId ledger, string idempotencyKey, string id, Func<ReconciliationPeriod, SignOffResult> change, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(idempotencyKey);
        ArgumentException.ThrowIfNullOrEmpty(id);
        using var activity = Telemetry.Start("receivables.reconcile", ledger);
        for (var attempt = 0; attempt < Attempts.Most; attempt++)
        {
            if (await FindAsync(ledger, id, cancellationToken).ConfigureAwait(false) is not { } stored)
            {
                return new ReconciliationResult.Refused("noSuchPeriod");
            }

            // A period that is signed changes no more; but the command that signed it may be asked again.
            var question = new ReconciliationChange { Ledger = ledger, IdempotencyKey = idempotencyKey, Id = id, ExpectedVersion = -1, Period = stored.Period };
            if (await _periods.SaveAsync(question, cancellationToken).ConfigureAwait(false) is ChangeResult.Stored)
            {
                return new ReconciliationResult.Stored(stored);
            }

            if (stored.Period.SignedBy is not null)
            {
                return new ReconciliationResult.Refused("signed");
            }

            switch (change(stored.Period))
            {
                case SignOffResult.Refused refused:
                    return new ReconciliationResult.NotSigned(refused);
                case SignOffResult.Signed changed:
                    var answer = await _periods.SaveAsync(question with { ExpectedVersion = stored.Version, Period = changed.Period }, cancellationToken).ConfigureAwait(false);
                    if (answer is ChangeResult.Stored done)
                    {
                        return new ReconciliationResult.Stored(new StoredPeriod(id, done.Version, changed.Period));
                    }

                    break;
            }
        }

        throw new InvalidOperationException("The period changed under every attempt.");
    }

    private async Task<StoredPeriod?> FindAsync(LedgerId ledger, string id, CancellationToken cancellationToken) =>
        (await _periods.ReadAsync(ledger, cancellationToken).ConfigureAwait(false)).FirstOrDefault(p => p.Id == id);
}
