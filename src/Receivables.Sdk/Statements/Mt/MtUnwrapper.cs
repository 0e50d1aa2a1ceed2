using System.Buffers;
using System.IO.Pipelines;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>Where a line of unwrapped bytes stands in the file.</summary>
/// <param name="Out">The place of its first byte in the unwrapped bytes.</param>
/// <param name="Source">The place of that byte in the file.</param>
/// <param name="Line">The line of the file, from 1.</param>
/// <param name="Column">Its place in that line, from 1.</param>
internal readonly record struct MtUnwrappedLine(long Out, long Source, int Line, int Column);

/// <summary>Shows the lines of a pipe without what is wrapped around them, and knows where each stood.</summary>
/// <remarks>Not thread-safe, as pipe readers are. Completing it leaves the inner reader to its owner. Memory: the longest line, and the places of the lines that are not read yet.</remarks>
internal sealed class MtUnwrapper(PipeReader inner, MtWrapping wrapping, SourceText source) : RewritingPipeReader(inner)
{
    // A line that is longer is given on as it is: the limit of records ends the read.
    private const int LongestLine = 1 << 26;

    private readonly List<MtUnwrappedLine> _lines = [];
    private readonly ArrayBufferWriter<byte> _raw = new();
    private int _rawStart;
    private int _first;
    private long _read = source.MarkLength;
    private int _line = 1;
    private int _column = 1;
    private bool _isBehindReturn;

    /// <summary>The line that holds a place of the unwrapped bytes.</summary>
    internal MtUnwrappedLine Find(long position)
    {
        int low = _first, high = _lines.Count;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = _lines[middle].Out <= position ? (middle, high) : (low, middle);
        }

        return low < _lines.Count ? _lines[low] : new MtUnwrappedLine(0, source.MarkLength, 1, 1);
    }

    /// <summary>Forgets the lines before a place.</summary>
    internal void Forget(long position)
    {
        while (_first + 1 < _lines.Count && _lines[_first + 1].Out <= position)
        {
            _first++;
        }

        if (_first > 1024)
        {
            _lines.RemoveRange(0, _first);
            _first = 0;
        }
    }

    /// <inheritdoc/>
    protected override void Rewrite(in ReadOnlySequence<byte> read, bool isLast)
    {
        foreach (var segment in read)
        {
            _raw.Write(segment.Span);
        }

        Unwrap(isLast);
    }

    private void Unwrap(bool isLast)
    {
        var raw = _raw.WrittenSpan;
        while (_rawStart < raw.Length)
        {
            var rest = raw[_rawStart..];
            var end = LineEnds.IndexOfEnd(rest);
            if (end < 0 && !isLast && rest.Length < LongestLine)
            {
                break;
            }

            var length = end < 0 ? rest.Length : end;
            Line(rest[..length], end < 0 ? default : rest.Slice(end, 1));
            _rawStart += length + (end < 0 ? 0 : 1);
        }

        var left = raw[_rawStart..].ToArray();
        _raw.ResetWrittenCount();
        _raw.Write(left);
        _rawStart = 0;
    }

    private void Line(ReadOnlySpan<byte> line, ReadOnlySpan<byte> end)
    {
        var whole = line;
        var content = wrapping.Strip(line, out var from);
        Pass(whole[..from]);
        var isJoined = wrapping.Wrap == MtWrap.Joined;
        while (isJoined)
        {
            var (length, gap) = wrapping.Split(content);
            if (length < 0)
            {
                break;
            }

            Write(content[..length]);
            Pass(content[..length]);
            Append("\n"u8);
            Pass(content.Slice(length, gap));
            content = content[(length + gap)..];
            whole = default;
        }

        Write(content);
        Pass(isJoined ? content : whole[from..]);
        Append(end);
        PassEnd(end);
    }

    private void Write(ReadOnlySpan<byte> text)
    {
        _lines.Add(new MtUnwrappedLine(Written, _read, _line, _column));
        Append(text);
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        Commit(text.Length);
    }

    // Goes over bytes of the file.
    private void Pass(ReadOnlySpan<byte> bytes)
    {
        _read += source.SourceLength(bytes);
        _column += bytes.Length;
    }

    private void PassEnd(ReadOnlySpan<byte> end)
    {
        if (end.IsEmpty)
        {
            return;
        }

        _read += source.SourceLength(end);
        _line += end[0] == '\n' && _isBehindReturn ? 0 : 1;
        _isBehindReturn = end[0] == '\r';
        _column = 1;
    }
}
