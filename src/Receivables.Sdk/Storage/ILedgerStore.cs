namespace Receivables.Sdk.Storage;

/// <summary>Where a host keeps the events of its ledgers.</summary>
/// <remarks>
/// An implementation keeps ledgers apart, never changes or removes an event, stores a change as a whole, and looks at the idempotency key before
/// the expected version: a command that is sent again after it was stored succeeds as it did, also where it expects a version that no ledger has. Versions count the events
/// of a ledger from 1.
/// Every member may be called from several threads. <c>LedgerStoreContract</c> of the test kit checks an implementation.
/// </remarks>
public interface ILedgerStore
{
    /// <summary>Stores a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Gives up before anything is stored.</param>
    ValueTask<ChangeResult> AppendAsync(LedgerChange change, CancellationToken cancellationToken);

    /// <summary>Reads the events of a ledger, in order of version; what is appended meanwhile may be missing.</summary>
    /// <param name="ledger">The ledger; one without events gives none.</param>
    /// <param name="after">Events after this version; 0 reads all.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    IAsyncEnumerable<StoredEvent> ReadAsync(LedgerId ledger, long after, CancellationToken cancellationToken);
}
