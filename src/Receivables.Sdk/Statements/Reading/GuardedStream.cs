namespace Receivables.Sdk.Statements.Reading;

/// <summary>Counts what an archive's entry expands to, and stops it at the limits.</summary>
internal sealed class GuardedStream(Stream inner, StatementFileReaderOptions options, long packedBytes) : ObservedStream(inner)
{
    // A small entry may well expand a lot: the ratio counts from here on.
    private const long RatioFrom = 1 << 20;

    /// <inheritdoc/>
    protected override void See(ReadOnlySpan<byte> bytes)
    {
        var read = Position + bytes.Length;
        if (read > options.MaxEntryBytes)
        {
            throw Fail(ImportCodes.EntryTooLarge, "The archive's entry is larger than the limit allows.", read);
        }

        if (read > RatioFrom && packedBytes > 0 && read / packedBytes > options.MaxExpansion)
        {
            throw Fail(ImportCodes.RatioTooHigh, "The archive's entry expands by more than the limit allows.", read);
        }
    }

    private static StatementFormatException Fail(string code, string message, long read) =>
        new(new Diagnostic(DiagnosticSeverity.Error, code, message, SourceLocation.Start with { Offset = read }));
}
