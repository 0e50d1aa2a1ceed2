using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Serialization;

/// <summary>One line of a ledger file: its event, or what is wrong with it.</summary>
/// <remarks>Blank lines are not given. Immutable and safe to share between threads.</remarks>
/// <param name="Line">The line, from 1.</param>
/// <param name="Event">The event; null when the line is left out.</param>
/// <param name="Faults">What is wrong or odd with the line by itself; what is wrong between lines, a <see cref="LedgerBook"/> tells.</param>
public sealed record LedgerFileLine(int Line, LedgerEvent? Event, IReadOnlyList<LedgerFault> Faults)
{
    /// <summary>The fields that the record does not know, as JSON members with commas between them; null for none. They survive a round trip.</summary>
    public string? UnknownFields { get; init; }

    /// <summary>The same of the objects within the record. They survive a round trip, too.</summary>
    public IReadOnlyList<UnknownPart> UnknownParts { get; init; } = [];
}

/// <summary>The fields that an object within a record does not know.</summary>
/// <param name="Field">The field that the object stands in: <c>instalments</c>, <c>cashDiscount</c> or <c>contacts</c>.</param>
/// <param name="Index">Its place in the event's list, from 0.</param>
/// <param name="Fields">JSON members with commas between them.</param>
public sealed record UnknownPart(string Field, int Index, string Fields);

/// <summary>What came of reading a ledger file.</summary>
/// <param name="Book">The ledger; null when the file was refused: its version is not known, or it has more faults than the limit.</param>
/// <param name="Faults">Everything wrong or odd, in order of line and column.</param>
public sealed record LedgerFileResult(LedgerBook? Book, IReadOnlyList<LedgerFault> Faults)
{
    /// <summary>Whether there is an error among the faults.</summary>
    public bool HasErrors => Faults.Any(f => f.Severity == LedgerFaultSeverity.Error);
}
