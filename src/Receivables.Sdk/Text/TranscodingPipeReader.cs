using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Receivables.Sdk.Text;

/// <summary>Shows a pipe in another encoding as UTF-8. Bytes that are no character become U+FFFD, and are counted.</summary>
/// <remarks>Not thread-safe, as pipe readers are. Completing it leaves the inner reader to its owner.</remarks>
internal sealed class TranscodingPipeReader : RewritingPipeReader
{
    private readonly Decoder? _decoder;
    private readonly TextDecoder? _page;
    private readonly char[] _chars = new char[16 * 1024];

    /// <summary>A view on a pipe.</summary>
    /// <param name="inner">The pipe, behind its byte order mark.</param>
    /// <param name="encoding">What it is written in.</param>
    internal TranscodingPipeReader(PipeReader inner, TextEncoding encoding)
        : base(inner)
    {
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

    /// <inheritdoc/>
    protected override void Rewrite(in ReadOnlySequence<byte> read, bool isLast)
    {
        foreach (var segment in read)
        {
            Append(segment.Span, false);
        }

        if (isLast)
        {
            Append([], true);
        }
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
        var room = Reserve(text.Length * 3);
        var written = Encoding.UTF8.GetBytes(text, room);
        if (text.Contains('\uFFFD'))
        {
            if (UndecodableCount == 0)
            {
                FirstUndecodable = Written + room[..written].IndexOf("\uFFFD"u8);
            }

            UndecodableCount += text.Count('\uFFFD');
        }

        Commit(written);
    }
}
