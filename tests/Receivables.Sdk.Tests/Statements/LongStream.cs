namespace Receivables.Sdk.Tests.Statements;

/// <summary>A beginning, then one letter without end: its position tells how much of it a reader took before giving up.</summary>
internal sealed class LongStream(byte[] start, long length = 100L << 20) : Stream
{
    private long _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get => _at; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var taken = (int)Math.Min(count, length - _at);
        buffer.AsSpan(offset, taken).Fill((byte)'x');
        if (_at < start.Length)
        {
            start.AsSpan((int)_at, (int)Math.Min(taken, start.Length - _at)).CopyTo(buffer.AsSpan(offset));
        }

        _at += taken;
        return taken;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
