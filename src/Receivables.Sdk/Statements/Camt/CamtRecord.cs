using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>What was kept of a message, a statement or an entry: fields in the order of the source, their bytes one behind the other.</summary>
/// <remarks>Reused for the next one; so an entry with many details takes only the bytes that are kept of it, and 16 more for each field.</remarks>
internal sealed class CamtRecord
{
    // In front of each text stand its field and its length: so the bytes of fields side by side say all about them.
    private const int Head = sizeof(uint);

    private byte[] _bytes = new byte[4096];
    private Item[] _items = new Item[256];
    private int _open;

    /// <summary>Where the group starts in the source, and how long it is once it has ended.</summary>
    internal SourceLocation Location { get; set; }

    /// <summary>The group's source text from its start, when it is kept.</summary>
    internal CamtRawText? Raw { get; init; }

    /// <summary>How many fields there are.</summary>
    internal int Count { get; private set; }

    /// <summary>How many bytes are kept.</summary>
    internal int Length { get; private set; }

    /// <summary>Whether a text was begun and not ended that is not empty.</summary>
    internal bool HasOpenText => _open > 0;

    /// <summary>The fields.</summary>
    internal ReadOnlySpan<Item> Items => _items.AsSpan(0, Count);

    /// <summary>The bytes of a field.</summary>
    internal ReadOnlySpan<byte> Bytes(scoped in Item item) => _bytes.AsSpan(item.Start, item.Length);

    /// <summary>The bytes of fields that stand side by side, none of them a mark: equal only where the fields and their texts are.</summary>
    internal ReadOnlySpan<byte> Block(int from, int to) => from == to ? default : _bytes.AsSpan((_items[from].Start - Head)..(_items[to - 1].Start + _items[to - 1].Length));

    /// <summary>Forgets all fields.</summary>
    internal void Clear() => (Count, Length, _open) = (0, 0, 0);

    /// <summary>Adds a field with its text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(CamtField field, ReadOnlySpan<byte> text)
    {
        var trimmed = Trim(text);
        if (trimmed.IsEmpty)
        {
            return;
        }

        Copy(trimmed, Reserve(Head + trimmed.Length + Vector256<byte>.Count)[Head..]);
        _open = 0;
        AddText(field, trimmed.Length);
    }

    /// <summary>Adds a field with its text, of which at least 32 bytes can be read, whatever its length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AddNear(CamtField field, ReadOnlySpan<byte> text)
    {
        var bytes = _bytes;
        if ((uint)(text.Length - 1) >= (uint)Vector256<byte>.Count || text[0] <= ' ' || text[^1] <= ' ' || bytes.Length - Length < Head + Vector256<byte>.Count)
        {
            Add(field, text);
            return;
        }

        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(text)).StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(bytes), (nuint)(Length + Head));
        AddText(field, text.Length);
    }

    /// <summary>Adds a mark with two numbers.</summary>
    internal void AddMark(CamtField field, int first = 0, int second = 0) => AddItem(new Item(field, first, second));

    /// <summary>Begins a text that comes in pieces; what was begun and not ended is forgotten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void BeginText() => _open = 0;

    /// <summary>Adds a piece of the text that was begun.</summary>
    internal void AppendText(ReadOnlySpan<byte> text, bool hasReferences)
    {
        var target = Reserve(Head + _open + text.Length)[(Head + _open)..];
        if (hasReferences)
        {
            _open += XmlReferences.Resolve(text, target);
            return;
        }

        text.CopyTo(target);
        _open += text.Length;
    }

    /// <summary>Adds the text that was begun as a field.</summary>
    internal void EndText(CamtField field)
    {
        if (_open > 0)
        {
            // The pieces stand where the field will stand, so the copy moves them at most over leading blanks.
            Add(field, _bytes.AsSpan(Length + Head, _open));
            _open = 0;
        }
    }

    // The text stands where it belongs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddText(CamtField field, int length)
    {
        var start = Length + Head;
        Unsafe.WriteUnaligned(ref _bytes[Length], ((uint)length << 8) | (uint)field);
        Length = start + length;
        AddItem(new Item(field, start, length));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddItem(Item item)
    {
        var items = _items;
        if ((uint)Count < (uint)items.Length)
        {
            items[Count++] = item;
            return;
        }

        Array.Resize(ref _items, Count * 2);
        _items[Count++] = item;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int length)
    {
        if (_bytes.Length - Length < length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, checked(Length + length)));
        }

        return _bytes.AsSpan(Length);
    }

    // Nearly all texts are short, and a call costs more than they do; there is room for a whole vector behind the target.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(ReadOnlySpan<byte> text, Span<byte> target)
    {
        ref var from = ref MemoryMarshal.GetReference(text);
        ref var to = ref MemoryMarshal.GetReference(target);
        if (text.Length >= Vector128<byte>.Count && text.Length <= Vector256<byte>.Count)
        {
            var tail = Vector128.LoadUnsafe(ref from, (nuint)(text.Length - Vector128<byte>.Count));
            Vector128.LoadUnsafe(ref from).StoreUnsafe(ref to);
            tail.StoreUnsafe(ref to, (nuint)(text.Length - Vector128<byte>.Count));
        }
        else if (text.Length < Vector128<byte>.Count && text.Length >= sizeof(ulong))
        {
            var tail = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, text.Length - sizeof(ulong)));
            Unsafe.WriteUnaligned(ref to, Unsafe.ReadUnaligned<ulong>(ref from));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, text.Length - sizeof(ulong)), tail);
        }
        else if (text.Length < sizeof(ulong) && text.Length >= sizeof(uint))
        {
            var tail = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref from, text.Length - sizeof(uint)));
            Unsafe.WriteUnaligned(ref to, Unsafe.ReadUnaligned<uint>(ref from));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, text.Length - sizeof(uint)), tail);
        }
        else
        {
            text.CopyTo(target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text[0] > ' ' && text[^1] > ' ' ? text : text.Trim(" \t\r\n"u8);

    /// <summary>A field: where its bytes stand. A mark has numbers of its own in their place.</summary>
    internal readonly record struct Item(CamtField Field, int Start, int Length);
}
