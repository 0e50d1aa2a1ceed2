using System.Numerics;
using System.Text;

namespace Receivables.Sdk.Ledger;

/// <summary>Short texts as UTF-8 side by side in large blocks, each known by one number; 0 is no text.</summary>
/// <remarks>Millions of ids and numbers cost their bytes and no objects. Written by one thread while a book is built, then only read.</remarks>
internal sealed class Utf8Pool
{
    private const int BlockBits = 20;
    private const int BlockSize = 1 << BlockBits;
    // A small ledger has one small block.
    private byte[][] _blocks = [new byte[4096]];
    private int _count = 1;
    // The first byte stays unused, so that no handle is 0.
    private int _used = 1;

    /// <summary>Keeps a text of at most 1 MiB less a few bytes.</summary>
    internal int Add(ReadOnlySpan<byte> text)
    {
        // The length stands before the bytes: two bytes, or two bytes of ones and four more.
        var prefix = text.Length < ushort.MaxValue ? 2 : 6;
        var size = prefix + text.Length;
        if (_count == 1 && _used + size > _blocks[0].Length)
        {
            Array.Resize(ref _blocks[0], (int)Math.Min(BlockSize, BitOperations.RoundUpToPowerOf2((uint)(_used + size))));
        }

        if (_used + size > BlockSize)
        {
            if (_count == _blocks.Length)
            {
                Array.Resize(ref _blocks, _blocks.Length * 2);
            }

            // A text longer than a block has a block of its own.
            _blocks[_count++] = GC.AllocateUninitializedArray<byte>(Math.Max(BlockSize, size));
            _used = 0;
        }

        var block = _blocks[_count - 1];
        var at = _used;
        if (prefix == 2)
        {
            BitConverter.TryWriteBytes(block.AsSpan(at), (ushort)text.Length);
        }
        else
        {
            BitConverter.TryWriteBytes(block.AsSpan(at), ushort.MaxValue);
            BitConverter.TryWriteBytes(block.AsSpan(at + 2), text.Length);
        }

        text.CopyTo(block.AsSpan(at + prefix));
        _used = Math.Min(BlockSize, at + size);
        return checked(((_count - 1) << BlockBits) | at);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte})"/>
    internal int Add(string? text)
    {
        if (text is null)
        {
            return 0;
        }

        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> buffer = size <= 512 ? stackalloc byte[512] : new byte[size];
        return Add(buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
    }

    internal ReadOnlySpan<byte> Bytes(int handle)
    {
        if (handle == 0)
        {
            return default;
        }

        var block = _blocks[handle >>> BlockBits];
        var at = handle & (BlockSize - 1);
        int length = BitConverter.ToUInt16(block, at);
        return length < ushort.MaxValue ? block.AsSpan(at + 2, length) : block.AsSpan(at + 6, BitConverter.ToInt32(block, at + 2));
    }

    internal string? Text(int handle) => handle == 0 ? null : Encoding.UTF8.GetString(Bytes(handle));
}
