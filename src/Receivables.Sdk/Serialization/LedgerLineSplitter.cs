using System.IO.Pipelines;
using System.Text;
using System.Text.Unicode;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Serialization;

/// <summary>Cuts a pipe into lines and gives each that holds something to <see cref="OnLine"/>; the only part that waits for bytes.</summary>
/// <remarks>Lines end with LF, or CR LF. A line that is too long is skipped without being held. Not thread-safe.</remarks>
internal abstract class LedgerLineSplitter(PipeReader reader, LedgerFileOptions options)
{
    private readonly PipeWindow _window = new(reader);
    private int _scanned;
    private bool _isSkipping;

    /// <summary>The line now given, from 1.</summary>
    protected int LineNumber { get; private set; }

    /// <summary>Bytes of the line before the span given: the byte order mark at the start of a file.</summary>
    protected int Before { get; private set; }

    /// <summary>Whether nothing further is to be read.</summary>
    protected bool IsRefused { get; set; }

    /// <summary>A line without its end and without a byte order mark at the start of the file; it is UTF-8 and not blank.</summary>
    protected abstract void OnLine(ReadOnlySpan<byte> line);

    /// <summary>A line that is left out before anybody looks into it.</summary>
    protected abstract void OnFault(string code, string message, int column);

    /// <summary>Gives all lines that are in sight, after waiting for more bytes.</summary>
    /// <returns>Whether there may be more.</returns>
    internal async ValueTask<bool> ReadSomeAsync(CancellationToken cancellationToken)
    {
        var hasMore = await _window.FillAsync(cancellationToken).ConfigureAwait(false);
        Drain(isEnd: !hasMore);
        return hasMore && !IsRefused;
    }

    /// <summary>Gives the last buffer back to the pipe.</summary>
    internal void Release() => _window.Release();

    private void Drain(bool isEnd)
    {
        while (!IsRefused)
        {
            var span = _window.Span;
            var end = span[_scanned..].IndexOf((byte)'\n');
            if (end < 0)
            {
                if (isEnd && (span.Length > 0 || _isSkipping))
                {
                    Give(span);
                    _window.Consume(span.Length);
                }
                else if (_isSkipping || span.Length > options.MaxLineBytes + 4)
                {
                    // Longer than a line may be, with a mark before it and a CR after it.
                    _isSkipping = true;
                    _window.Consume(span.Length);
                    _scanned = 0;
                }
                else
                {
                    _scanned = span.Length;
                }

                return;
            }

            end += _scanned;
            _scanned = 0;
            Give(span[..end]);
            _window.Consume(end + 1);
        }
    }

    private void Give(ReadOnlySpan<byte> line)
    {
        LineNumber++;
        Before = 0;
        if (line.EndsWith("\r"u8))
        {
            line = line[..^1];
        }

        if (LineNumber == 1 && line.StartsWith(ByteOrderMark))
        {
            line = line[3..];
            Before = 3;
        }

        if (_isSkipping || line.Length > options.MaxLineBytes)
        {
            _isSkipping = false;
            OnFault(LedgerCodes.LineTooLong, $"The line is longer than {options.MaxLineBytes} bytes.", 1);
        }
        else if (line.IndexOfAnyExcept(" \t\r"u8) >= 0)
        {
            GiveWhole(line);
        }
    }

    private void GiveWhole(ReadOnlySpan<byte> line)
    {
        if (line.TrimStart(" \t\r"u8).StartsWith(ByteOrderMark))
        {
            OnFault(LedgerCodes.MisplacedByteOrderMark, "A byte order mark stands elsewhere than at the start of the file.", Before + 1 + line.IndexOf(ByteOrderMark));
        }
        else if (!Utf8.IsValid(line))
        {
            OnFault(LedgerCodes.NotJson, "The line is not UTF-8.", Before + 1 + FirstInvalid(line));
        }
        else
        {
            OnLine(line);
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> line)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(line[at..], out _, out var used) == System.Buffers.OperationStatus.Done)
        {
            at += used;
        }

        return at;
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];
}
