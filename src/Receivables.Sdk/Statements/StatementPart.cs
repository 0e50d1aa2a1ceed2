namespace Receivables.Sdk.Statements;

/// <summary>What a <see cref="StatementPart"/> is.</summary>
public enum StatementPartKind
{
    /// <summary>A statement begins: <see cref="StatementPart.Header"/>.</summary>
    Header,

    /// <summary>A transaction: <see cref="StatementPart.Transaction"/>.</summary>
    Transaction,

    /// <summary>The statement ends: <see cref="StatementPart.Closing"/>.</summary>
    Closing,

    /// <summary>Something about the file that belongs to no statement: <see cref="StatementPart.Diagnostic"/>.</summary>
    FileDiagnostic,
}

/// <summary>
/// One step of reading a file too big to hold: header, transactions one by one, closing with the verdict — and again for the next statement.
/// </summary>
/// <remarks>A value of two words. <c>default</c> is a header part without a header and is never given out. Immutable and safe to share between threads.</remarks>
public readonly struct StatementPart
{
    private readonly object? _content;

    private StatementPart(StatementPartKind kind, object content) => (Kind, _content) = (kind, content);

    /// <summary>What the part is.</summary>
    public StatementPartKind Kind { get; }

    /// <summary>The header, or null for another kind.</summary>
    public StatementHeader? Header => _content as StatementHeader;

    /// <summary>The transaction, or null for another kind.</summary>
    public BankTransaction? Transaction => Kind == StatementPartKind.Transaction ? (BankTransaction?)_content : null;

    /// <summary>The closing, or null for another kind.</summary>
    public StatementClosing? Closing => _content as StatementClosing;

    /// <summary>The diagnostic about the file, or null for another kind.</summary>
    public Diagnostic? Diagnostic => _content as Diagnostic;

    /// <summary>A part that begins a statement.</summary>
    public static StatementPart Of(StatementHeader header) => new(StatementPartKind.Header, header);

    /// <summary>A part that is a transaction.</summary>
    public static StatementPart Of(BankTransaction transaction) => new(StatementPartKind.Transaction, transaction);

    /// <summary>A part that ends a statement.</summary>
    public static StatementPart Of(StatementClosing closing) => new(StatementPartKind.Closing, closing);

    /// <summary>A part about the file itself.</summary>
    public static StatementPart Of(Diagnostic diagnostic) => new(StatementPartKind.FileDiagnostic, diagnostic);
}
