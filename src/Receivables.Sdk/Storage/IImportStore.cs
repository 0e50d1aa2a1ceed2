using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Storage;

/// <summary>An import of bank transactions as one value.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record ImportChange
{
    /// <summary>Which ledger.</summary>
    public required LedgerId Ledger { get; init; }

    /// <summary>The id of the command; the same key again stores nothing.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The transactions that are new; there may be none, and the command is known all the same.</summary>
    public required IReadOnlyList<BankTransaction> Transactions { get; init; }
}

/// <summary>Where a host keeps which bank transactions it has imported.</summary>
/// <remarks>Ledgers are kept apart: a key known in one is unknown in another. Every member may be called from several threads.</remarks>
public interface IImportStore
{
    /// <summary>Finds transactions that were imported before.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="keys">Ids and further keys of transactions.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The keys that are known, each with the transaction that has it.</returns>
    ValueTask<IReadOnlyDictionary<string, TransactionId>> FindKnownAsync(LedgerId ledger, IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>Stores an import.</summary>
    /// <param name="change">The import; a transaction whose id is known is passed over.</param>
    /// <param name="cancellationToken">Gives up before anything is stored.</param>
    /// <returns>How many transactions are new; a repeated command gets the first answer.</returns>
    ValueTask<int> AddAsync(ImportChange change, CancellationToken cancellationToken);

    /// <summary>Reads what an import stored, so that a worker that was interrupted finds it again.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The id of the command.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The transactions that were new then, with their ids and keys, in the order of the import; null where no import has this id.</returns>
    ValueTask<IReadOnlyList<BankTransaction>?> ReadAsync(LedgerId ledger, string idempotencyKey, CancellationToken cancellationToken);
}
