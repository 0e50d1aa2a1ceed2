using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Storage;

/// <summary>A change of a ledger as one value: all of it is stored, or nothing.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record LedgerChange
{
    /// <summary>Which ledger.</summary>
    public required LedgerId Ledger { get; init; }

    /// <summary>The id of the command, made by whoever asks; the same key again gives the first result and stores nothing.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The version on which the change was decided; null stores it whatever the version.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>The events to append, in order.</summary>
    public required IReadOnlyList<LedgerEvent> Events { get; init; }
}

/// <summary>What came of a change.</summary>
public abstract record ChangeResult
{
    private ChangeResult()
    {
    }

    /// <summary>It is stored. A repeated command gets the first command's version.</summary>
    /// <param name="Version">The version after it.</param>
    public sealed record Stored(long Version) : ChangeResult;

    /// <summary>Somebody else was faster: nothing is stored. Read, decide again, and ask again.</summary>
    /// <param name="Version">The version now.</param>
    public sealed record Conflict(long Version) : ChangeResult;
}

/// <summary>An event as a store has it.</summary>
/// <param name="Version">Its place in its ledger, from 1.</param>
/// <param name="Event">The event.</param>
public readonly record struct StoredEvent(long Version, LedgerEvent Event);
