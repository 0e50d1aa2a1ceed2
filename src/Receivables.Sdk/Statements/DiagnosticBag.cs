namespace Receivables.Sdk.Statements;

/// <summary>Collects what a reader has to say, and holds strict mode and the limit on diagnostics.</summary>
internal sealed class DiagnosticBag(StatementReaderOptions options)
{
    private List<Diagnostic>? _current;
    private int _total;

    /// <summary>Whether anything was recorded since the last <see cref="Take"/>.</summary>
    internal bool IsEmpty => _current is null;

    internal void Info(string code, string message, SourceLocation location, string? slice = null) =>
        Add(new Diagnostic(DiagnosticSeverity.Info, code, message, location) { Slice = Cut(slice) });

    internal void Warning(string code, string message, SourceLocation location, string? slice = null) =>
        Add(new Diagnostic(DiagnosticSeverity.Warning, code, message, location) { Slice = Cut(slice) });

    internal void Error(string code, string message, SourceLocation location, string? slice = null) =>
        Add(new Diagnostic(DiagnosticSeverity.Error, code, message, location) { Slice = Cut(slice) });

    internal void Add(Diagnostic diagnostic)
    {
        if (options.IsStrict && diagnostic.Severity == DiagnosticSeverity.Error)
        {
            throw new StatementFormatException(diagnostic);
        }

        // What is only worth knowing is no fault; readers tell each habit of a bank once in a statement.
        if (diagnostic.Severity != DiagnosticSeverity.Info && ++_total > options.MaxDiagnostics)
        {
            throw new StatementFormatException(new Diagnostic(
                DiagnosticSeverity.Error, StatementCodes.TooManyDiagnostics, "The file has more faults than the limit on diagnostics allows.", diagnostic.Location));
        }

        (_current ??= []).Add(diagnostic);
    }

    /// <summary>What was recorded since the last call, in order of place.</summary>
    internal IReadOnlyList<Diagnostic> Take()
    {
        if (_current is not { } taken)
        {
            return [];
        }

        _current = null;
        // A stable order: what was found late (a closing balance that does not add up) may lie early.
        return [.. taken.OrderBy(d => d.Location.Offset)];
    }

    private static string? Cut(string? slice) => slice is { Length: > 64 } ? slice[..64] : slice;
}
