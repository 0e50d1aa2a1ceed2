using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>
/// The markup from the end of one text to the start of the next, as it stood in the file before: where the same bytes stand again behind the
/// same element, they are the same tags, well-formed and closed in order, and need no second look.
/// </summary>
/// <remarks>Immutable.</remarks>
internal sealed class CamtStretch
{
    /// <summary>The longest that is kept, in bytes.</summary>
    internal const int Longest = 256;

    private readonly Vector512<byte> _head;
    private readonly ulong _headBits;
    private readonly byte[] _tail;

    /// <summary>Keeps a stretch.</summary>
    /// <param name="bytes">The markup: from the end tag of one element with text up to the start tag of the next.</param>
    internal CamtStretch(ReadOnlySpan<byte> bytes)
    {
        Length = bytes.Length;
        Span<byte> head = stackalloc byte[Vector512<byte>.Count];
        head.Clear();
        bytes[..Math.Min(bytes.Length, head.Length)].CopyTo(head);
        _head = Vector512.Create<byte>(head);
        _headBits = bytes.Length >= head.Length ? ulong.MaxValue : (1UL << bytes.Length) - 1;
        _tail = bytes.Length > head.Length ? bytes[head.Length..].ToArray() : [];
    }

    /// <summary>How many bytes it has.</summary>
    internal int Length { get; }

    /// <summary>The marks in it, with their places: where a detail begins, and behind the tag that ends one.</summary>
    internal required (CamtField Field, int At)[] Marks { get; init; }

    /// <summary>Whether there are marks or a currency in it.</summary>
    internal bool HasFields => Marks.Length > 0 || CurrencyAt >= 0;

    /// <summary>The element that begins last, whose text follows.</summary>
    internal required CamtElement Target { get; init; }

    /// <summary>Where its currency stands in the stretch; -1 when it has none.</summary>
    internal required int CurrencyAt { get; init; }

    /// <summary>How long the currency is.</summary>
    internal required int CurrencyLength { get; init; }

    /// <summary>Whether the bytes at a place are these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsAt(ReadOnlySpan<byte> data, int at)
    {
        if (data.Length - at < Vector512<byte>.Count)
        {
            return false;
        }

        var block = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(data), (nuint)at);
        return (~Vector512.Equals(block, _head).ExtractMostSignificantBits() & _headBits) == 0 && (Length <= Vector512<byte>.Count || IsTailAt(data[(at + Vector512<byte>.Count)..]));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsTailAt(ReadOnlySpan<byte> data) => data.StartsWith(_tail);
}
