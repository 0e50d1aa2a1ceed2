namespace Receivables.Sdk.Statements.Reading;

/// <summary>What was read from one file, or from one entry of an archive.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
/// <param name="Name">The name as given; an archive's entry is <c>ARCHIVE!ENTRY</c>.</param>
public sealed record StatementFile(string Name)
{
    /// <summary>The statements, in the file's order; empty when the file could not be read, or in strict mode when it has an error.</summary>
    public IReadOnlyList<BankStatement> Statements { get; init; } = [];

    /// <summary>What belongs to no statement.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Why the file, or the rest of it, could not be read; null when it was read to its end.</summary>
    public Diagnostic? Failure { get; init; }

    /// <summary>Everything the readers had to say, in order of place.</summary>
    public IEnumerable<Diagnostic> AllDiagnostics =>
        Statements.SelectMany(s => s.Diagnostics).Concat(Diagnostics).Concat(Failure is null ? [] : [Failure]).OrderBy(d => d.Location.Offset);

    /// <summary>Whether anything could not be read or does not add up.</summary>
    public bool HasErrors => Failure is not null || AllDiagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);
}
