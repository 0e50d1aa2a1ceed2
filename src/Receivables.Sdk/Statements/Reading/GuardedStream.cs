namespace Receivables.Sdk.Statements.Reading;

/// <summary>Counts what an archive's entry expands to, and stops it at the limits.</summary>
internal sealed class GuardedStream(Stream inner, StatementFileReaderOptions options, long packedBytes) : Stream
{
    // A small entry may well expand a lot: the ratio counts from here on.
    private const long RatioFrom = 1 << 20;
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Count(int count)
    {
        _read += count;
        if (_read > options.MaxEntryBytes)
        {
            throw Fail(ImportCodes.EntryTooLarge, "The archive's entry is larger than the limit allows.");
        }

        if (_read > RatioFrom && packedBytes > 0 && _read / packedBytes > options.MaxExpansion)
        {
            throw Fail(ImportCodes.RatioTooHigh, "The archive's entry expands by more than the limit allows.");
        }

        return count;
    }

    private StatementFormatException Fail(string code, string message) =>
        new(new Diagnostic(DiagnosticSeverity.Error, code, message, SourceLocation.Start with { Offset = _read }));
}
