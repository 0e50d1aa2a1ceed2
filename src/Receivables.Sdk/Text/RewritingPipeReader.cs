using System.Buffers;
using System.IO.Pipelines;

namespace Receivables.Sdk.Text;

/// <summary>A view on a pipe that shows its bytes rewritten: what was read of the inner pipe is gone there, what was made of it waits here until it is consumed.</summary>
/// <remarks>Not thread-safe, as pipe readers are. Completing it leaves the inner reader to its owner.</remarks>
internal abstract class RewritingPipeReader(PipeReader inner) : PipeReader
{
    private byte[] _bytes = new byte[64 * 1024];
    private int _start;
    private int _end;
    private int _examined;
    private bool _isCompleted;

    /// <summary>How many bytes were made so far.</summary>
    protected long Written { get; private set; }

    /// <inheritdoc/>
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (_examined >= _end && !_isCompleted)
        {
            var result = await inner.ReadAsync(cancellationToken).ConfigureAwait(false);
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
            if (!inner.TryRead(out var read))
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
    public override void CancelPendingRead() => inner.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null)
    {
        _isCompleted = true;
        _start = _end = _examined = 0;
    }

    /// <summary>Makes bytes of those that were read.</summary>
    /// <param name="read">What was read.</param>
    /// <param name="isLast">Whether nothing comes after it.</param>
    protected abstract void Rewrite(in ReadOnlySequence<byte> read, bool isLast);

    /// <summary>Room for so many bytes more.</summary>
    protected Span<byte> Reserve(int count)
    {
        if (_end + count > _bytes.Length)
        {
            var kept = _end - _start;
            var target = kept + count <= _bytes.Length ? _bytes : new byte[Math.Max(_bytes.Length * 2, kept + count)];
            Buffer.BlockCopy(_bytes, _start, target, 0, kept);
            (_bytes, _examined, _start, _end) = (target, _examined - _start, 0, kept);
        }

        return _bytes.AsSpan(_end);
    }

    /// <summary>Takes what was written into the room reserved.</summary>
    protected void Commit(int count)
    {
        _end += count;
        Written += count;
    }

    private ReadOnlySequence<byte> Buffered() => new(_bytes, _start, _end - _start);

    // Whether the read was cancelled.
    private bool Take(in ReadResult result)
    {
        var isLast = result.IsCompleted && !result.IsCanceled;
        Rewrite(result.Buffer, isLast);
        _isCompleted |= isLast;
        inner.AdvanceTo(result.Buffer.End);
        return result.IsCanceled;
    }
}
