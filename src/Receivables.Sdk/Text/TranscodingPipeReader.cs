using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Receivables.Sdk.Text;

/// <summary>Shows a pipe in another encoding as UTF-8. Bytes that are no character become U+FFFD, and are counted.</summary>
/// <remarks>Not thread-safe, as pipe readers are. Completing it leaves the inner reader to its owner.</remarks>
internal sealed class TranscodingPipeReader : PipeReader
{
    private readonly PipeReader _inner;
    private readonly Decoder? _decoder;
    private readonly TextDecoder? _page;
    private readonly char[] _chars = new char[16 * 1024];
    private byte[] _bytes = new byte[64 * 1024];
    private int _start;
    private int _end;
    private int _examined;
    private bool _isCompleted;

    /// <summary>A view on a pipe.</summary>
    /// <param name="inner">The pipe, behind its byte order mark.</param>
    /// <param name="encoding">What it is written in.</param>
    internal TranscodingPipeReader(PipeReader inner, TextEncoding encoding)
    {
        _inner = inner;
        if (encoding.IsSingleByte)
        {
            _page = new TextDecoder(encoding);
        }
        else
        {
            _decoder = encoding.ToEncoding().GetDecoder();
        }
    }

    /// <summary>How many characters so far could not be read and stand there as U+FFFD.</summary>
    internal long UndecodableCount { get; private set; }

    /// <summary>The place in the UTF-8 text of the first of them; -1 when there is none.</summary>
    internal long FirstUndecodable { get; private set; } = -1;

    private long _written;

    /// <inheritdoc/>
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (_examined >= _end && !_isCompleted)
        {
            var result = await _inner.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (Take(result))
            {
                return new ReadResult(Buffered(), isCanceled: true, isCompleted: false);
            }
        }

        return new ReadResult(Buffered(), isCanceled: false, _isCompleted);
    }

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        while (_examined >= _end && !_isCompleted)
        {
            if (!_inner.TryRead(out var read))
            {
                result = default;
                return false;
            }

            if (Take(read))
            {
                result = new ReadResult(Buffered(), isCanceled: true, isCompleted: false);
                return true;
            }
        }

        result = new ReadResult(Buffered(), isCanceled: false, _isCompleted);
        return true;
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var sequence = Buffered();
        _examined = _start + (int)sequence.Slice(0, examined).Length;
        _start += (int)sequence.Slice(0, consumed).Length;
    }

    /// <inheritdoc/>
    public override void CancelPendingRead() => _inner.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null)
    {
        _isCompleted = true;
        _start = _end = _examined = 0;
    }

    private ReadOnlySequence<byte> Buffered() => new(_bytes, _start, _end - _start);

    // Whether the read was cancelled.
    private bool Take(in ReadResult result)
    {
        foreach (var segment in result.Buffer)
        {
            Append(segment.Span, false);
        }

        if (result.IsCompleted && !result.IsCanceled)
        {
            Append([], true);
            _isCompleted = true;
        }

        _inner.AdvanceTo(result.Buffer.End);
        return result.IsCanceled;
    }

    private void Append(ReadOnlySpan<byte> source, bool isLast)
    {
        do
        {
            int used, count;
            if (_page is not null)
            {
                used = count = Math.Min(source.Length, _chars.Length);
                _page.DecodePage(source[..used], _chars);
            }
            else
            {
                _decoder!.Convert(source, _chars, isLast, out used, out count, out _);
            }

            source = source[used..];
            Write(_chars.AsSpan(0, count));
        }
        while (!source.IsEmpty);
    }

    private void Write(ReadOnlySpan<char> text)
    {
        Reserve(text.Length * 3);
        var written = Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_end));
        if (text.Contains('\uFFFD'))
        {
            if (UndecodableCount == 0)
            {
                FirstUndecodable = _written + _bytes.AsSpan(_end, written).IndexOf("\uFFFD"u8);
            }

            UndecodableCount += text.Count('\uFFFD');
        }

        _end += written;
        _written += written;
    }

    private void Reserve(int count)
    {
        if (_end + count <= _bytes.Length)
        {
            return;
        }

        var kept = _end - _start;
        var target = kept + count <= _bytes.Length ? _bytes : new byte[Math.Max(_bytes.Length * 2, kept + count)];
        Buffer.BlockCopy(_bytes, _start, target, 0, kept);
        (_bytes, _examined, _start, _end) = (target, _examined - _start, 0, kept);
    }
}
