using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Storage;

/// <summary>What is built on <see cref="ILedgerStore"/> alone.</summary>
public static class LedgerStoreExtensions
{
    /// <summary>Reads a whole ledger into a book.</summary>
    /// <param name="store">The store.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The book, and the version it was made from, on which a change can be decided.</returns>
    public static async Task<(LedgerBook Book, long Version)> ReadBookAsync(this ILedgerStore store, LedgerId ledger, CancellationToken cancellationToken = default)
    {
        var (events, version) = await store.ReadEventsAsync(ledger, cancellationToken).ConfigureAwait(false);
        return (LedgerBook.Create(events), version);
    }

    /// <summary>Asks what came of a command, without storing anything.</summary>
    /// <param name="store">The store.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The command's key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The first result; null where no command with this key was stored.</returns>
    /// <remarks>No ledger has a version below zero, so a change that expects one is answered for its key and stores nothing.</remarks>
    public static async Task<ChangeResult.Stored?> FindCommandAsync(this ILedgerStore store, LedgerId ledger, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var question = new LedgerChange { Ledger = ledger, IdempotencyKey = idempotencyKey, ExpectedVersion = -1, Events = [] };
        return await store.AppendAsync(question, cancellationToken).ConfigureAwait(false) as ChangeResult.Stored;
    }

    internal static async Task<(List<LedgerEvent> Events, long Version)> ReadEventsAsync(this ILedgerStore store, LedgerId ledger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var events = new List<LedgerEvent>();
        var version = 0L;
        await foreach (var stored in store.ReadAsync(ledger, 0, cancellationToken).ConfigureAwait(false))
        {
            events.Add(stored.Event);
            version = stored.Version;
        }

        return (events, version);
    }
}
