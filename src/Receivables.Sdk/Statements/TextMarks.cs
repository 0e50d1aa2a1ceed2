using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Receivables.Sdk.Statements;

/// <summary>The places of a character in a text, one after the other.</summary>
/// <remarks>Thirty-two characters are compared at once, and each but once, however near the places are. A value on the stack.</remarks>
internal ref struct TextMarks
{
    private const int Step = 32;

    private readonly ReadOnlySpan<char> _text;
    private readonly ushort _mark;
    private readonly ushort _other;
    private uint _hits;
    private int _start;
    private int _next;

    /// <summary>The places of a character.</summary>
    internal TextMarks(ReadOnlySpan<char> text, int from, char mark)
        : this(text, from, mark, mark)
    {
    }

    /// <summary>The places of either of two characters.</summary>
    internal TextMarks(ReadOnlySpan<char> text, int from, char mark, char other)
    {
        _text = text;
        (_next, _mark, _other) = (from, mark, other);
    }

    /// <summary>The next place; -1 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Next()
    {
        while (_hits == 0)
        {
            if (_next >= _text.Length)
            {
                return -1;
            }

            Look();
        }

        var at = _start + BitOperations.TrailingZeroCount(_hits);
        _hits &= _hits - 1;
        return at;
    }

    // Where a whole step is no longer there, characters before it are looked at again and not counted.
    private void Look()
    {
        ref var text = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(_text));
        if (_text.Length >= Step)
        {
            _start = Math.Min(_next, _text.Length - Step);
            var part = Vector512.LoadUnsafe(ref text, (nuint)_start);
            var hits = Vector512.Equals(part, Vector512.Create(_mark)) | Vector512.Equals(part, Vector512.Create(_other));
            _hits = (uint)hits.ExtractMostSignificantBits() & (uint.MaxValue << (_next - _start));
            _next = _start + Step;
            return;
        }

        if (_text.Length >= Vector256<ushort>.Count)
        {
            var last = _text.Length - Vector256<ushort>.Count;
            _hits = (Hits(Vector256.LoadUnsafe(ref text)) | (Hits(Vector256.LoadUnsafe(ref text, (nuint)last)) << last)) & (uint.MaxValue << _next);
        }
        else
        {
            for (var i = _next; i < _text.Length; i++)
            {
                _hits |= _text[i] == _mark || _text[i] == _other ? 1u << i : 0;
            }
        }

        (_start, _next) = (0, _text.Length);
    }

    private readonly uint Hits(Vector256<ushort> part) =>
        (Vector256.Equals(part, Vector256.Create(_mark)) | Vector256.Equals(part, Vector256.Create(_other))).ExtractMostSignificantBits();
}
