using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements;

/// <summary>The text of an entry's fields in one piece, put together again where the bank broke it.</summary>
/// <remarks>Not thread-safe; its buffers are used again for the next entry.</remarks>
internal sealed class NarrativeLines(TextDecoder decoder)
{
    private (int Start, int End)[] _lines = new (int, int)[16];
    private int _lineCount;
    private char[] _raw = new char[1024];
    private char[] _joined = new char[1024];
    private int _rawLength;
    private int _length;

    /// <summary>The text without line ends.</summary>
    internal ReadOnlySpan<char> Joined => _joined.AsSpan(0, _length);

    /// <summary>How many lines there are.</summary>
    internal int LineCount => _lineCount;

    /// <summary>A line as the bank wrote it.</summary>
    internal ReadOnlySpan<char> Line(int index) => _raw.AsSpan(_lines[index].Start, _lines[index].End - _lines[index].Start);

    /// <summary>Drops the first line.</summary>
    internal void DropFirstLine()
    {
        _lineCount--;
        Array.Copy(_lines, 1, _lines, 0, _lineCount);
    }

    internal void Clear() => (_lineCount, _rawLength, _length) = (0, 0, 0);

    /// <summary>Adds a field's content; each field begins a line.</summary>
    internal void Add(ReadOnlySpan<byte> content, bool hasDoubleAt)
    {
        var start = _rawLength;
        Reserve(ref _raw, _rawLength + content.Length);
        if (TryWiden(content, _raw.AsSpan(_rawLength)))
        {
            _rawLength += content.Length;
            if (!hasDoubleAt)
            {
                AddLines(content, start);
                return;
            }
        }
        else
        {
            var text = decoder.Decode(content);
            text.CopyTo(_raw.AsSpan(_rawLength));
            _rawLength += text.Length;
        }

        while (true)
        {
            var rest = _raw.AsSpan(start, _rawLength - start);
            var at = hasDoubleAt ? rest.IndexOf("@@") : rest.IndexOfAny('\n', '\r');
            if (at < 0)
            {
                AddLine(start, _rawLength);
                return;
            }

            AddLine(start, start + at);
            start += at + (hasDoubleAt || (rest[at] == '\r' && at + 1 < rest.Length && rest[at + 1] == '\n') ? 2 : 1);
        }
    }

    // False where a byte is beyond ASCII. The last part overlaps the one before it, so that no byte stands alone.
    private static bool TryWiden(ReadOnlySpan<byte> content, Span<char> target)
    {
        var last = content.Length - Vector256<byte>.Count;
        if (last < 0)
        {
            return System.Text.Ascii.ToUtf16(content, target, out _) == System.Buffers.OperationStatus.Done;
        }

        ref var from = ref MemoryMarshal.GetReference(content);
        ref var to = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(target));
        var all = Vector256<byte>.Zero;
        for (var i = 0; ; i = Math.Min(i + Vector256<byte>.Count, last))
        {
            var part = Vector256.LoadUnsafe(ref from, (nuint)i);
            all |= part;
            var (lower, upper) = Vector256.Widen(part);
            lower.StoreUnsafe(ref to, (nuint)i);
            upper.StoreUnsafe(ref to, (nuint)(i + Vector256<ushort>.Count));
            if (i == last)
            {
                return all.ExtractMostSignificantBits() == 0;
            }
        }
    }

    // One character for each byte: the lines are found in the bytes.
    private void AddLines(ReadOnlySpan<byte> content, int start)
    {
        while (true)
        {
            var at = LineEnds.IndexOfEnd(content);
            if (at < 0)
            {
                AddLine(start, _rawLength);
                return;
            }

            AddLine(start, start + at);
            var next = at + (content[at] == '\r' && at + 1 < content.Length && content[at + 1] == '\n' ? 2 : 1);
            start += next;
            content = content[next..];
        }
    }

    private void AddLine(int start, int end)
    {
        if (_lineCount == _lines.Length)
        {
            Array.Resize(ref _lines, _lineCount * 2);
        }

        _lines[_lineCount++] = (start, end);
    }

    /// <summary>Puts the lines together.</summary>
    /// <param name="marker">The character that begins a field of the text and may have been cut from its number, or <c>\0</c>.</param>
    internal void Join(char marker)
    {
        if (_lineCount == 1)
        {
            var (start, end) = _lines[0];
            _length = end - start;
            Reserve(ref _joined, _length);
            _raw.AsSpan(start, _length).CopyTo(_joined);
            return;
        }

        Reserve(ref _joined, _rawLength + _lineCount);
        _length = LineJoin.Join<char>(_raw, _lines.AsSpan(0, _lineCount), marker, _joined);
    }

    private static void Reserve(ref char[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            Array.Resize(ref buffer, Math.Max(length, buffer.Length * 2));
        }
    }
}
