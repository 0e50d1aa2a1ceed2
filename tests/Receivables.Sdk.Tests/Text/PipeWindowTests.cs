using System.Buffers;
using System.IO.Pipelines;
using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.Text;
using Xunit;

namespace Receivables.Sdk.Tests.Text;

public class PipeWindowTests
{
    // Reads lines the way readers do: whole records from the span, more bytes when the rest is no whole record.
    private static async Task<List<(long Offset, string Line)>> ReadLines(PipeReader pipe, int stitch)
    {
        var lines = new List<(long, string)>();
        var window = new PipeWindow(pipe, stitch);
        while (true)
        {
            var end = window.Span.IndexOf((byte)'\n');
            if (end >= 0)
            {
                lines.Add((window.Offset, System.Text.Encoding.ASCII.GetString(window.Span[..end])));
                window.Consume(end + 1);
            }
            else if (!await window.FillAsync(default))
            {
                lines.Add((window.Offset, System.Text.Encoding.ASCII.GetString(window.Span)));
                window.Release();
                return lines;
            }
        }
    }

    [Fact]
    public void The_window_shows_the_same_bytes_wherever_the_borders_fall() => Law.ForAll(
        from lengths in Gen.Choose(0, 40).ArrayOf()
        from chunk in Gen.Choose(1, 50)
        from stitch in Gen.Choose(1, 64)
        select (lengths, chunk, stitch),
        x =>
        {
            var text = string.Join('\n', x.lengths.Select((l, i) => new string((char)('a' + (i % 26)), l)));
            var bytes = System.Text.Encoding.ASCII.GetBytes(text);
            var expected = new List<(long, string)>();
            long at = 0;
            foreach (var line in text.Split('\n'))
            {
                expected.Add((at, line));
                at += line.Length + 1;
            }

            Assert.Equal(expected, ReadLines(Chunks.Pipe(bytes, x.chunk), x.stitch).GetAwaiter().GetResult());
            Assert.Equal(expected, ReadLines(PipeReader.Create(new ReadOnlySequence<byte>(bytes)), x.stitch).GetAwaiter().GetResult());
            Assert.Equal(expected, ReadLines(PipeReader.Create(new MemoryStream(bytes), new StreamPipeReaderOptions(bufferSize: x.chunk)), x.stitch).GetAwaiter().GetResult());
            Assert.Equal(expected, ReadLines(PipeReader.Create(Chunks.Sequence(bytes, x.chunk)), x.stitch).GetAwaiter().GetResult());
        },
        300);
}
