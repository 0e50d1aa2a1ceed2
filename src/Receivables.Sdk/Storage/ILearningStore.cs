using Receivables.Sdk.Matching;

namespace Receivables.Sdk.Storage;

/// <summary>What people said about answers, as one value.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record LearningChange
{
    /// <summary>Which ledger.</summary>
    public required LedgerId Ledger { get; init; }

    /// <summary>The id of the command; the same key again stores nothing.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The events.</summary>
    public required IReadOnlyList<LearningEvent> Events { get; init; }
}

/// <summary>Where a host keeps the log that the matcher learns from.</summary>
/// <remarks>Events are only added, and read in the order in which they were. Ledgers are kept apart. Every member may be called from several threads.</remarks>
public interface ILearningStore
{
    /// <summary>Adds events.</summary>
    /// <param name="change">The events.</param>
    /// <param name="cancellationToken">Gives up before anything is stored.</param>
    /// <returns>How many were added; a repeated command gets the first answer.</returns>
    ValueTask<int> AddAsync(LearningChange change, CancellationToken cancellationToken);

    /// <summary>Reads the log of a ledger, in its order.</summary>
    /// <param name="ledger">The ledger; one without a log gives none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<LearningEvent>> ReadAsync(LedgerId ledger, CancellationToken cancellationToken);
}
