using System.Buffers.Binary;

namespace Receivables.Sdk.Statements.Reading;

/// <summary>The packed bytes of a gzip file on their way to be unpacked, of which the last are remembered: a file that was cut unpacks without a word.</summary>
/// <remarks>RFC 1952, section 2.3: each member ends in its checksum and the length of what it holds, modulo 2^32, four bytes each.</remarks>
internal sealed class GzipSource(Stream inner) : Stream
{
    private const uint MemberStart = 0x08_8B_1F;

    private long _count;
    private ulong _last;
    private bool _hasMembers;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _count; set => throw new NotSupportedException(); }

    /// <summary>Whether the file ends as one does that holds so many bytes.</summary>
    /// <remarks>Of a file of several members, and of one with zeros behind its end, it is not known: they are taken for whole.</remarks>
    internal bool EndsWith(long length)
    {
        // The end stands in the upper bytes of what came last.
        var stated = (uint)(_last >> 32);
        return _hasMembers || _last == 0 || stated == (uint)length;
    }

    public override int Read(byte[] buffer, int offset, int count) => See(buffer.AsSpan(offset, inner.Read(buffer, offset, count)));

    public override int Read(Span<byte> buffer) => See(buffer[..inner.Read(buffer)]);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return See(buffer.Span[..count]);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int See(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return 0;
        }

        SeeMembers(bytes);
        _count += bytes.Length;
        if (bytes.Length >= sizeof(ulong))
        {
            _last = BinaryPrimitives.ReadUInt64LittleEndian(bytes[^sizeof(ulong)..]);
            return bytes.Length;
        }

        foreach (var b in bytes)
        {
            _last = (_last >> 8) | ((ulong)b << 56);
        }

        return bytes.Length;
    }

    // Where another member may begin; within packed bytes it stands there by chance once in sixteen million.
    private void SeeMembers(ReadOnlySpan<byte> bytes)
    {
        if (_hasMembers)
        {
            return;
        }

        var across = bytes[..Math.Min(2, bytes.Length)];
        for (var i = 0; i < across.Length && _count > 0; i++)
        {
            var before = i == 0 ? (uint)(_last >> 48) : (uint)(_last >> 56) | ((uint)across[0] << 8);
            _hasMembers |= (before | ((uint)across[i] << 16)) == MemberStart && _count + i > 2;
        }

        var from = _count == 0 ? 1 : 0;
        _hasMembers |= bytes.Length > from && bytes[from..].IndexOf((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]) >= 0;
    }
}
