using System.Buffers.Binary;

namespace Receivables.Sdk.Statements.Reading;

/// <summary>The packed bytes of a gzip file on their way to be unpacked, of which the last are remembered: a file that was cut unpacks without a word.</summary>
/// <remarks>RFC 1952, section 2.3: each member ends in its checksum and the length of what it holds, modulo 2^32, four bytes each.</remarks>
internal sealed class GzipSource(Stream inner) : ObservedStream(inner)
{
    private const uint MemberStart = 0x08_8B_1F;

    private ulong _last;
    private bool _hasMembers;

    /// <summary>Whether the file ends as one does that holds so many bytes.</summary>
    /// <remarks>To be asked when all was read. Of a file of several members, and of one with many zeros behind its end, it is not known: they are taken for whole.</remarks>
    internal bool EndsWith(long length)
    {
        // The end stands in the upper bytes of what came last, or below a few zeros that fill a block.
        var isEnd = _hasMembers || _last >> 32 == 0;
        for (var zeros = 0; zeros < sizeof(uint) && !isEnd; zeros++)
        {
            isEnd = _last << (8 * zeros) >> (8 * zeros) == _last && (uint)(_last >> (32 - (8 * zeros))) == (uint)length;
        }

        return isEnd;
    }

    /// <inheritdoc/>
    protected override void See(ReadOnlySpan<byte> bytes)
    {
        SeeMembers(bytes);
        if (bytes.Length >= sizeof(ulong))
        {
            _last = BinaryPrimitives.ReadUInt64LittleEndian(bytes[^sizeof(ulong)..]);
            return;
        }

        foreach (var b in bytes)
        {
            _last = (_last >> 8) | ((ulong)b << 56);
        }
    }

    // Where another member may begin; within packed bytes it stands there by chance once in sixteen million.
    private void SeeMembers(ReadOnlySpan<byte> bytes)
    {
        if (_hasMembers)
        {
            return;
        }

        var across = bytes[..Math.Min(2, bytes.Length)];
        for (var i = 0; i < across.Length && Position > 0; i++)
        {
            var before = i == 0 ? (uint)(_last >> 48) : (uint)(_last >> 56) | ((uint)across[0] << 8);
            _hasMembers |= (before | ((uint)across[i] << 16)) == MemberStart && Position + i > 2;
        }

        var from = Position == 0 ? 1 : 0;
        _hasMembers |= bytes.Length > from && bytes[from..].IndexOf((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]) >= 0;
    }
}
