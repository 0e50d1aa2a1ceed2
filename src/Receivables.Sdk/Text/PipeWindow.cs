using System.Buffers;
using System.IO.Pipelines;

namespace Receivables.Sdk.Text;

/// <summary>Shows the bytes of a pipe as one contiguous span, whatever its segments are.</summary>
/// <remarks>
/// <para>A record that lies inside a segment is seen where it lies; only a record that crosses a border is copied, with as much of the next
/// segment as it takes. So the common path copies nothing, and the caller parses plain spans.</para>
/// <para>Use: parse <see cref="Span"/>, <see cref="Consume"/> what was understood, and when the rest is no whole record,
/// <see cref="FillAsync"/> for more. Spans are valid until the next <see cref="FillAsync"/>. Not thread-safe.</para>
/// </remarks>
internal sealed class PipeWindow(PipeReader reader, int stitch = 4096)
{
    // What is seen: either a part of the current segment, or the carry (an unfinished record and the bytes after it).
    private ReadOnlyMemory<byte> _view;
    private ReadOnlySequence<byte> _pending;
    private byte[] _carry = [];
    private int _carried;
    private int _borrowed;
    private bool _hasRead;
    private bool _isLast;

    /// <summary>The bytes not yet consumed, as far as they are in sight.</summary>
    internal ReadOnlySpan<byte> Span => _view.Span;

    /// <summary>The same bytes as memory.</summary>
    internal ReadOnlyMemory<byte> Memory => _view;

    /// <summary>The position in the pipe of the first byte of <see cref="Span"/>.</summary>
    internal long Offset { get; private set; }

    /// <summary>Whether <see cref="Span"/> reaches to the end of the input.</summary>
    internal bool IsAtEnd => _isLast && _pending.IsEmpty;

    /// <summary>Drops bytes from the front.</summary>
    internal void Consume(int count)
    {
        Offset += count;
        _view = _view[count..];
        // The unfinished record of the last segment is done: go on where the bytes lie.
        if (_borrowed > 0 && _view.Length <= _borrowed)
        {
            var again = _pendingBeforeBorrow.Slice(_borrowed - _view.Length);
            _borrowed = 0;
            _view = again.First;
            _pending = again.Slice(_view.Length);
            SkipEmpty();
        }
    }

    private ReadOnlySequence<byte> _pendingBeforeBorrow;

    /// <summary>Brings more bytes into sight.</summary>
    /// <returns>Whether there were any; false at the end of the input.</returns>
    internal async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!_pending.IsEmpty)
            {
                Extend();
                return true;
            }

            if (_isLast)
            {
                return false;
            }

            SaveRest();
            if (_hasRead)
            {
                reader.AdvanceTo(_buffer.End);
            }

            var result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (result.IsCanceled)
            {
                throw new OperationCanceledException("The pending read of the pipe was cancelled.");
            }

            _hasRead = true;
            _isLast = result.IsCompleted;
            _buffer = result.Buffer;
            _pending = _buffer;
        }
    }

    private ReadOnlySequence<byte> _buffer;

    /// <summary>Gives the last buffer back to the pipe.</summary>
    internal void Release()
    {
        if (_hasRead)
        {
            _hasRead = false;
            _view = default;
            _pending = default;
            reader.AdvanceTo(_buffer.End);
        }
    }

    // Nothing of the last segment is left: show the next one as it lies. Else put the rest and a piece of the next segment side by side.
    private void Extend()
    {
        if (_view.IsEmpty)
        {
            _borrowed = 0;
            _view = _pending.First;
            _pending = _pending.Slice(_view.Length);
            SkipEmpty();
            return;
        }

        if (_borrowed == 0)
        {
            Carry(_view.Span);
            _pendingBeforeBorrow = _pending;
        }
        else if (_view.Length < _carried)
        {
            // Part of the carry was consumed: move the rest to the front.
            _view.Span.CopyTo(_carry);
            _carried = _view.Length;
        }

        var take = (int)Math.Min(_pending.Length, Math.Max(stitch, _carried));
        EnsureCarry(_carried + take);
        _pending.Slice(0, take).CopyTo(_carry.AsSpan(_carried));
        _pending = _pending.Slice(take);
        _carried += take;
        _borrowed += take;
        _view = _carry.AsMemory(0, _carried);
    }

    // Before the pipe takes its buffer back, what is unfinished moves into the carry.
    private void SaveRest()
    {
        if (!_view.IsEmpty)
        {
            Carry(_view.Span);
            _view = _carry.AsMemory(0, _carried);
        }

        _borrowed = 0;
    }

    private void Carry(ReadOnlySpan<byte> rest)
    {
        var target = _carry;
        if (target.Length < rest.Length)
        {
            target = new byte[Math.Max(rest.Length * 2, stitch * 2)];
        }

        rest.CopyTo(target);
        _carry = target;
        _carried = rest.Length;
    }

    private void EnsureCarry(int size)
    {
        if (_carry.Length < size)
        {
            Array.Resize(ref _carry, Math.Max(size, _carry.Length * 2));
        }
    }

    private void SkipEmpty()
    {
        while (_view.IsEmpty && !_pending.IsEmpty)
        {
            _view = _pending.First;
            _pending = _pending.Slice(_view.Length);
        }
    }
}
