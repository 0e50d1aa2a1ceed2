using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Follows the reading through the source: from a place in the bytes that the tokenizer sees to offset, line and column in the file as given.</summary>
internal sealed class CamtSource(SourceText text, ReadOnlyMemory<byte> prefix)
{
    private long _offset = text.MarkLength - text.SourceLength(prefix.Span);
    private long _lineStart;
    private int _line = 1;
    private bool _isAfterReturn;

    /// <summary>How many bytes were passed, as the tokenizer sees them.</summary>
    internal long Seen { get; private set; }

    /// <summary>The place that was reached.</summary>
    internal SourceLocation Here => new(_offset, 0, _line, (int)Math.Min(int.MaxValue, _offset - _lineStart + 1));

    /// <summary>Passes over bytes.</summary>
    internal void Advance(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        Seen += bytes.Length;
        if (!_isAfterReturn && bytes.IndexOfAny((byte)'\n', (byte)'\r') < 0)
        {
            // Most banks write a message in one line.
            _offset += text.SourceLength(bytes);
            return;
        }

        var returns = bytes.Contains((byte)'\r') || _isAfterReturn;
        var lines = returns ? CountLines(bytes) : bytes.Count((byte)'\n');
        var behindLastLine = lines == 0 && !returns ? -1 : bytes.LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        if (behindLastLine > 0)
        {
            _lineStart = _offset + text.SourceLength(bytes[..behindLastLine]);
        }

        _line += lines;
        _offset += text.SourceLength(bytes);
    }

    // CR LF, LF and CR each end one line; a CR at the end of one piece and a LF at the start of the next are one.
    private int CountLines(ReadOnlySpan<byte> bytes)
    {
        var lines = bytes.Count((byte)'\n') + bytes.Count((byte)'\r');
        if (_isAfterReturn && bytes[0] == '\n')
        {
            lines--;
        }

        _isAfterReturn = bytes[^1] == '\r';
        while (bytes.IndexOf("\r\n"u8) is >= 0 and var at)
        {
            lines--;
            bytes = bytes[(at + 2)..];
        }

        return lines;
    }
}
