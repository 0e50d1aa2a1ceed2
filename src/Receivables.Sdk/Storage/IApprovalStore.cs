using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Storage;

/// <summary>How far a change that needs a second person got.</summary>
public enum ApprovalStage
{
    /// <summary>It waits for the second person.</summary>
    Waiting,

    /// <summary>It was approved and is on its way into the ledger; whoever approves it again finishes that.</summary>
    Approving,

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
public sealed record StagedChange(string Id, LocalDate On, PendingChange Change, ApprovalStage Stage, string? By)
{
    /// <summary>How often it was stored, from 1; what a store gives. Default 0: it was not.</summary>
    public long Version { get; init; }

    /// <summary>The version of the ledger on which it was approved: there it is recorded, or on none unless it is approved anew. Null while it waits.</summary>
    public long? LedgerVersion { get; init; }
}

/// <summary>A step of a change that needs a second person, as one value, in place of what was stored under its id.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record ApprovalChange
{
    /// <summary>Which ledger.</summary>
    public required LedgerId Ledger { get; init; }

    /// <summary>The id of the command; the same key again gives the first result and stores nothing.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The version of the change on which the step was decided; 0 for a change that is new.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>The change as it shall be; the version that it carries itself is not looked at.</summary>
    public required StagedChange Change { get; init; }
}

/// <summary>Where a host keeps changes until a second person has decided.</summary>
/// <remarks>
/// The idempotency key is looked at before the expected version. Versions count how often the change of an id was stored, so of two who decide at once
/// only one is told that they did, and only what they saw is decided. The events of a change are stored as lines of a ledger file
/// (<c>LedgerFileWriter.ToLine</c>). Ledgers are kept apart. Every member may be called from several threads.
/// </remarks>
public interface IApprovalStore
{
    /// <summary>Stores a step.</summary>
    /// <param name="change">The step.</param>
    /// <param name="cancellationToken">Gives up before anything is stored.</param>
    ValueTask<ChangeResult> SaveAsync(ApprovalChange change, CancellationToken cancellationToken);

    /// <summary>Reads the changes of a ledger, each with its version, in order of id (ordinal).</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="stage">Only those at this stage; null reads all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<StagedChange>> ReadAsync(LedgerId ledger, ApprovalStage? stage, CancellationToken cancellationToken);
}
