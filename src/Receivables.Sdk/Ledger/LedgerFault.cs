namespace Receivables.Sdk.Ledger;

/// <summary>How much a <see cref="LedgerFault"/> matters.</summary>
public enum LedgerFaultSeverity
{
    /// <summary>Odd; what it is about is kept unless the text says otherwise.</summary>
    Warning,

    /// <summary>Something is left out, or does not add up.</summary>
    Error,
}

/// <summary>What is wrong with an event or with the line it came from: a stable code, the lines, and English text.</summary>
/// <remarks>
/// <c>docs/diagnostics.md</c> has a section for each code. The message holds no personal data and no ids: the lines tell which records are meant.
/// Immutable and safe to share between threads.
/// </remarks>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">The stable code, such as <c>LED020</c>.</param>
/// <param name="Message">English text for people.</param>
/// <param name="Line">The line of the file, or the position among the events given, from 1.</param>
/// <param name="Column">The byte within the line, from 1; 1 for the record as a whole.</param>
public sealed record LedgerFault(LedgerFaultSeverity Severity, string Code, string Message, int Line, int Column)
{
    /// <summary>All lines that have to do with it, in rising order; just <see cref="Line"/> for most.</summary>
    public IReadOnlyList<int> Lines { get; init; } = [Line];
}
