using System.Collections.Immutable;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>An open item with all that a list of items shows of it.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record ItemStatus
{
    /// <summary>The item.</summary>
    public required OpenItem Item { get; init; }

    /// <summary>Its signal: the highest of <see cref="All"/>.</summary>
    public required ItemSignal Signal { get; init; }

    /// <summary>Everything that is true of it, highest first.</summary>
    public required ImmutableArray<ItemSignal> All { get; init; }

    /// <summary>The earliest due date of which something is open; the due date of the document where nothing is.</summary>
    public required LocalDate Due { get; init; }

    /// <summary>Days past <see cref="Due"/>; zero when it is due today or later, or nothing is open.</summary>
    public required int DaysOverdue { get; init; }

    /// <summary>How often it was reminded, all instalments together.</summary>
    public required int Reminders { get; init; }

    /// <summary>The highest level reached; zero for none.</summary>
    public required int Level { get; init; }

    /// <summary>When it was last reminded.</summary>
    public LocalDate? LastReminder { get; init; }
}
