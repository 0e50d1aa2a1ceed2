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
        ArgumentNullException.ThrowIfNull(store);
        var events = new List<LedgerEvent>();
        var version = 0L;
        await foreach (var stored in store.ReadAsync(ledger, 0, cancellationToken).ConfigureAwait(false))
        {
            events.Add(stored.Event);
            version = stored.Version;
        }

        return (LedgerBook.Create(events), version);
    }
}
