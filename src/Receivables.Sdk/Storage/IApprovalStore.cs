using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Storage;

/// <summary>How far a change that needs a second person got.</summary>
public enum ApprovalStage
{
    /// <summary>It waits for the second person.</summary>
    Waiting,

    /// <summary>It was approved, and the ledger has its events.</summary>
    Approved,

    /// <summary>It was turned down.</summary>
    Declined,
}

/// <summary>A change of a ledger that needs a second person, with how far it got.</summary>
/// <param name="Id">Its id: the idempotency key of the command that asked for it.</param>
/// <param name="On">The business date on which it was asked for.</param>
/// <param name="Change">The change, with who made it.</param>
/// <param name="Stage">How far it got.</param>
/// <param name="By">Who approved it or turned it down; null while it waits.</param>
public sealed record StagedChange(string Id, LocalDate On, PendingChange Change, ApprovalStage Stage, string? By);

/// <summary>Steps of changes that need a second person, as one value.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record ApprovalChange
{
    /// <summary>Which ledger.</summary>
    public required LedgerId Ledger { get; init; }

    /// <summary>The id of the command; the same key again stores nothing.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The changes.</summary>
    public required IReadOnlyList<StagedChange> Changes { get; init; }
}

/// <summary>Where a host keeps changes until a second person has decided.</summary>
/// <remarks>
/// A change only moves forward, from waiting to approved or declined, so of two who decide at once only one is told that they did. The events of a
/// change are stored as lines of a ledger file (<c>LedgerFileWriter.ToLine</c>). Ledgers are kept apart. Every member may be called from several threads.
/// </remarks>
public interface IApprovalStore
{
    /// <summary>Stores steps.</summary>
    /// <param name="change">The steps.</param>
    /// <param name="cancellationToken">Gives up before anything is stored.</param>
    /// <returns>The ids of the changes that moved, in order; a repeated command gets the first answer.</returns>
    ValueTask<IReadOnlyList<string>> SaveAsync(ApprovalChange change, CancellationToken cancellationToken);

    /// <summary>Reads the changes of a ledger, in order of id (ordinal).</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="stage">Only those at this stage; null reads all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<StagedChange>> ReadAsync(LedgerId ledger, ApprovalStage? stage, CancellationToken cancellationToken);
}
