namespace Receivables.Sdk.Statements;

/// <summary>How much a <see cref="Diagnostic"/> matters.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Worth knowing: a dialect was recognised, a value was derived from what the file itself proves.</summary>
    Info,

    /// <summary>Odd, but nothing is in doubt.</summary>
    Warning,

    /// <summary>Something could not be read, or does not add up. Strict mode throws at the first one.</summary>
    Error,
}

/// <summary>A place in a source: bytes from the start, and line and column from 1 (the column counts bytes).</summary>
/// <param name="Offset">Bytes before the place; 0 is the first byte of the file as it was given (before any transcoding).</param>
/// <param name="Length">How many bytes are meant; 0 for a point.</param>
/// <param name="Line">The line, from 1; CR LF, LF and CR each end one line.</param>
/// <param name="Column">The byte within the line, from 1.</param>
public readonly record struct SourceLocation(long Offset, int Length, int Line, int Column)
{
    /// <summary>The start of the file.</summary>
    public static SourceLocation Start => new(0, 0, 1, 1);
}

/// <summary>Something a reader has to say about its input: a stable code, the place, and English text.</summary>
/// <remarks>
/// Codes never change their meaning; <c>docs/diagnostics.md</c> has a section for each. The message holds no personal data:
/// it names fields and places, <see cref="Slice"/> holds the bytes in question. Immutable and safe to share between threads.
/// </remarks>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">The stable code, such as <c>MT94003</c>.</param>
/// <param name="Message">English text for people.</param>
/// <param name="Location">Where.</param>
public sealed record Diagnostic(DiagnosticSeverity Severity, string Code, string Message, SourceLocation Location)
{
    /// <summary>The text in question as it stands in the source, at most 64 characters; null where there is none.</summary>
    public string? Slice { get; init; }
}

/// <summary>A file cannot be read as what it claims to be, a limit was passed, or strict mode met its first error.</summary>
/// <remarks>The only exception that readers throw for what stands in a file.</remarks>
public sealed class StatementFormatException : Exception
{
    /// <summary>An exception that carries a diagnostic.</summary>
    /// <param name="diagnostic">What is wrong, and where.</param>
    public StatementFormatException(Diagnostic diagnostic)
        : base(Check(diagnostic).Message) => Diagnostic = diagnostic;

    /// <summary>What is wrong, and where.</summary>
    public Diagnostic Diagnostic { get; }

    private static Diagnostic Check(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        return diagnostic;
    }
}
