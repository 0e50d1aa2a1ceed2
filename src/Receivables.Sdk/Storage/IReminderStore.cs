using Receivables.Sdk.Reminders;

namespace Receivables.Sdk.Storage;

/// <summary>How far a planned reminder got.</summary>
public enum ReminderStage
{
    /// <summary>It waits for approval.</summary>
    Planned,

    /// <summary>It may be sent.</summary>
    Approved,

    /// <summary>It was sent.</summary>
    Sent,

    /// <summary>It will not be sent.</summary>
    Cancelled,
}

/// <summary>A planned reminder with how far it got.</summary>
/// <param name="Action">The reminder.</param>
/// <param name="Stage">How far it got.</param>
/// <param name="By">Who moved it there; null for the engine.</param>
public sealed record StagedReminder(ReminderAction Action, ReminderStage Stage, string? By);

/// <summary>Steps of reminders as one value.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record ReminderChange
{
    /// <summary>Which ledger.</summary>
    public required LedgerId Ledger { get; init; }

    /// <summary>The id of the command; the same key again stores nothing.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The reminders.</summary>
    public required IReadOnlyList<StagedReminder> Reminders { get; init; }
}

/// <summary>Where a host keeps planned reminders until they are sent.</summary>
/// <remarks>
/// A reminder only moves forward (planned, approved, sent; or cancelled before it was sent), so of two workers that send the same one only one is
/// told that it did. Ledgers are kept apart. Every member may be called from several threads.
/// </remarks>
public interface IReminderStore
{
    /// <summary>Stores steps.</summary>
    /// <param name="change">The steps.</param>
    /// <param name="cancellationToken">Gives up before anything is stored.</param>
    /// <returns>The ids of the reminders that moved, in order; a repeated command gets the first answer.</returns>
    ValueTask<IReadOnlyList<ActionId>> SaveAsync(ReminderChange change, CancellationToken cancellationToken);

    /// <summary>Reads the reminders of a ledger, in order of id.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="stage">Only those at this stage; null reads all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<StagedReminder>> ReadAsync(LedgerId ledger, ReminderStage? stage, CancellationToken cancellationToken);
}
