using Receivables.Sdk.Reporting;

namespace Receivables.Sdk.Storage;

/// <summary>A period of reconciliation as a store has it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">How often it was stored, from 1.</param>
/// <param name="Period">The period.</param>
public sealed record StoredPeriod(string Id, long Version, ReconciliationPeriod Period);

/// <summary>A period of reconciliation as one value, in place of what was stored under its id.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record ReconciliationChange
{
    /// <summary>Which ledger.</summary>
    public required LedgerId Ledger { get; init; }

    /// <summary>The id of the command; the same key again gives the first result and stores nothing.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The period's id.</summary>
    public required string Id { get; init; }

    /// <summary>The version of the period on which the change was decided; 0 for one that is new.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>The period as it shall be.</summary>
    public required ReconciliationPeriod Period { get; init; }
}

/// <summary>Where a host keeps periods of reconciliation with their exceptions and sign-offs.</summary>
/// <remarks>
/// The idempotency key is looked at before the expected version, which no period has where it is below zero: so a command can be asked about. Versions count how often the period of an id was stored. Ledgers are kept apart.
/// Every member may be called from several threads.
/// </remarks>
public interface IReconciliationStore
{
    /// <summary>Stores a period.</summary>
    /// <param name="change">The period.</param>
    /// <param name="cancellationToken">Gives up before anything is stored.</param>
    ValueTask<ChangeResult> SaveAsync(ReconciliationChange change, CancellationToken cancellationToken);

    /// <summary>Reads the periods of a ledger, in order of id (ordinal).</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<StoredPeriod>> ReadAsync(LedgerId ledger, CancellationToken cancellationToken);
}
