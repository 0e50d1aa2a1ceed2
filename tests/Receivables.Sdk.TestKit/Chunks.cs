using System.Buffers;
using System.IO.Pipelines;

namespace Receivables.Sdk.TestKit;

/// <summary>Gives bytes to a reader in pieces: what is read must not depend on where they are cut.</summary>
public static class Chunks
{
    /// <summary>The piece sizes that every reader is tried with; 0 stands for the whole at once.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [1, 2, 3, 7, 64, 4096, 0];

    /// <summary>A pipe that delivers the bytes in pieces, one with each read.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="size">The size of a piece; 0 for the whole at once.</param>
    public static PipeReader Pipe(ReadOnlyMemory<byte> bytes, int size) =>
        PipeReader.Create(new PieceStream(bytes, size == 0 ? int.MaxValue : size), new StreamPipeReaderOptions(bufferSize: Math.Max(16, size), minimumReadSize: 1));

    /// <summary>A pipe that delivers the bytes in pieces of random sizes, one with each read.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="random">Where the sizes come from.</param>
    public static PipeReader Pipe(ReadOnlyMemory<byte> bytes, Statements.SampleRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);

        // Small pieces more often than large ones.
        return PipeReader.Create(new PieceStream(bytes, 0, () => 1 + random.Next(1 + random.Next(4096))), new StreamPipeReaderOptions(bufferSize: 4096, minimumReadSize: 1));
    }

    /// <summary>The bytes as a sequence of segments of one size.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="size">The size of a segment, above 0.</param>
    public static ReadOnlySequence<byte> Sequence(ReadOnlyMemory<byte> bytes, int size)
    {
        var first = new Segment(bytes[..Math.Min(size, bytes.Length)], null);
        var last = first;
        for (var at = size; at < bytes.Length; at += size)
        {
            last = new Segment(bytes.Slice(at, Math.Min(size, bytes.Length - at)), last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        internal Segment(ReadOnlyMemory<byte> memory, Segment? before)
        {
            Memory = memory;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }

    private sealed class PieceStream(ReadOnlyMemory<byte> bytes, int size, Func<int>? sizes = null) : Stream
    {
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(Math.Min(sizes?.Invoke() ?? size, buffer.Length), bytes.Length - _at);
            bytes.Span.Slice(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
