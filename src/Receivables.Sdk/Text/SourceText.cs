using System.Buffers;
using System.IO.Pipelines;

namespace Receivables.Sdk.Text;

/// <summary>A file's bytes in an encoding that parsers understand, and the way back to places in the file.</summary>
/// <remarks>
/// Use: <see cref="PeekAsync"/> for the start, find a hint in it where the format has one, then <see cref="OpenAsync"/>. UTF-8 passes
/// through without a copy, and so do single-byte pages unless the caller wants them transcoded, too: records are found in the bytes as they are
/// and <see cref="Decoder"/> reads the fields. UTF-16 and gb18030 are always transcoded to UTF-8.
/// </remarks>
internal sealed class SourceText
{
    /// <summary>How much of a file is looked at.</summary>
    internal const int PeekLength = 64 * 1024;

    private readonly TranscodingPipeReader? _transcoder;

    private SourceText(PipeReader reader, DetectedEncoding detected, TranscodingPipeReader? transcoder)
    {
        (Reader, Encoding, MarkLength, _transcoder) = (transcoder ?? reader, detected.Encoding, detected.MarkLength, transcoder);
        Decoder = new TextDecoder(transcoder is null ? detected.Encoding : TextEncoding.Utf8);
    }

    /// <summary>The bytes behind the byte order mark: UTF-8, or a single-byte page.</summary>
    internal PipeReader Reader { get; }

    /// <summary>What the file is written in.</summary>
    internal TextEncoding Encoding { get; }

    /// <summary>The length of the byte order mark, which <see cref="Reader"/> does not show.</summary>
    internal int MarkLength { get; }

    /// <summary>Reads the text of one field of <see cref="Reader"/>.</summary>
    internal TextDecoder Decoder { get; }

    /// <summary>Whether <see cref="Reader"/> shows other bytes than the file's.</summary>
    internal bool IsTranscoded => _transcoder is not null;

    /// <summary>How many characters so far could not be read and stand there as U+FFFD.</summary>
    internal long UndecodableCount => _transcoder?.UndecodableCount ?? 0;

    /// <summary>The place in <see cref="Reader"/> of the first of them; -1 when there is none.</summary>
    internal long FirstUndecodable => _transcoder?.FirstUndecodable ?? -1;

    /// <summary>How many bytes of the file stand behind bytes of <see cref="Reader"/>.</summary>
    internal long SourceLength(ReadOnlySpan<byte> bytes) => IsTranscoded ? Encoding.SourceLength(bytes) : bytes.Length;

    /// <summary>The start of a file as <see cref="Reader"/> would show it: behind the mark, and as UTF-8 where the encoding is wider.</summary>
    internal static ReadOnlySpan<byte> Readable(ReadOnlySpan<byte> start, DetectedEncoding detected)
    {
        var bytes = start[Math.Min(start.Length, detected.MarkLength)..];
        return detected.Encoding.IsAsciiSuperset ? bytes : System.Text.Encoding.UTF8.GetBytes(detected.Encoding.ToEncoding().GetString(bytes));
    }

    /// <summary>The start of a pipe, which stays unread: up to <see cref="PeekLength"/> bytes, less only when there are no more.</summary>
    internal static async ValueTask<(byte[] Start, bool IsWhole)> PeekAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        long examined = 0;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (result.IsCanceled)
            {
                reader.AdvanceTo(buffer.Start, buffer.GetPosition(examined));
                throw new OperationCanceledException("The pending read of the pipe was cancelled.");
            }

            if (result.IsCompleted || buffer.Length >= PeekLength)
            {
                var start = buffer.Slice(0, Math.Min(PeekLength, buffer.Length)).ToArray();
                // What came last is left unexamined, so that the next read gives it at once.
                reader.AdvanceTo(buffer.Start, buffer.GetPosition(examined));
                return (start, result.IsCompleted && start.Length == buffer.Length);
            }

            examined = buffer.Length;
            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Opens a pipe whose start was peeked.</summary>
    /// <param name="reader">The pipe; its byte order mark is consumed.</param>
    /// <param name="start">Its start.</param>
    /// <param name="isWhole">Whether that is all of it.</param>
    /// <param name="hint">What the file or its profile claims.</param>
    /// <param name="transcodesSingleByte">Whether single-byte pages become UTF-8, too.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    internal static async ValueTask<SourceText> OpenAsync(
        PipeReader reader, ReadOnlyMemory<byte> start, bool isWhole, TextEncoding? hint, bool transcodesSingleByte, CancellationToken cancellationToken)
    {
        var detected = EncodingDetector.Detect(start.Span, isWhole, hint);
        var skip = (long)detected.MarkLength;
        while (skip > 0)
        {
            var result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var taken = Math.Min(skip, result.Buffer.Length);
            reader.AdvanceTo(result.Buffer.GetPosition(taken));
            skip -= taken;
        }

        var isTranscoded = !detected.Encoding.IsAsciiSuperset || (transcodesSingleByte && detected.Encoding.IsSingleByte);
        return new SourceText(reader, detected, isTranscoded ? new TranscodingPipeReader(reader, detected.Encoding) : null);
    }
}
