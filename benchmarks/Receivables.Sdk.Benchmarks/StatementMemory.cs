using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Mt;
using Receivables.Sdk.TestKit.Statements;

namespace Receivables.Sdk.Benchmarks;

/// <summary>What the entry-by-entry form holds while a file of 1 MB to 1 GB passes through it: the heap that is alive, looked at on the way.</summary>
/// <remarks>The file is written while it is read, and never held. A figure of memory, so no benchmark of its own.</remarks>
internal static class StatementMemory
{
    private const int Looks = 8;

    /// <summary>Reads streams of four sizes and writes the table.</summary>
    internal static async Task<int> RecordAsync(string folder)
    {
        var table = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors.")
            .AppendLine()
            .AppendLine("MT940 in the Dutch manner from a stream that is written while it is read, entry by entry, nothing kept by the caller. Most alive: the largest of eight looks at the live heap, less what was alive before.")
            .AppendLine()
            .AppendLine("| Bytes | Entries | Most alive | An entry |")
            .AppendLine("|---:|---:|---:|---:|");
        // The first read loads what stays.
        _ = await MeasureAsync(1 << 20).ConfigureAwait(false);
        foreach (var size in (long[])[1 << 20, 10 << 20, 100 << 20, 1 << 30])
        {
            var (entries, alive) = await MeasureAsync(size).ConfigureAwait(false);
            table.AppendLine(CultureInfo.InvariantCulture, $"| {size:N0} | {entries:N0} | {alive / 1048576.0:0.00} MiB | {(double)alive / entries:0.0} B |");
            Console.WriteLine($"{size} {entries} {alive}");
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "StatementMemory.md"), table.ToString()).ConfigureAwait(false);
        return 0;
    }

    private static async Task<(long Entries, long Alive)> MeasureAsync(long size)
    {
        await using var file = new WrittenStream(size);
        var pipe = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long entries = 0, alive = 0, next = size / Looks;
        await foreach (var part in new MtStatementReader().ReadPartsAsync(pipe).ConfigureAwait(false))
        {
            if (part.Transaction is not { } transaction)
            {
                continue;
            }

            entries++;
            if (transaction.Offset >= next - 4096)
            {
                next += size / Looks;
                alive = Math.Max(alive, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        await pipe.CompleteAsync().ConfigureAwait(false);
        return (entries, alive);
    }

    // Statements of thirty entries, one after the other, until the size is reached.
    private sealed class WrittenStream(long size) : Stream
    {
        private byte[] _statement = [];
        private int _at;
        private int _seed;
        private long _written;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_at == _statement.Length)
            {
                if (_written >= size)
                {
                    return 0;
                }

                var month = SampleMonth.Create(++_seed, 30, number: (_seed % 900) + 1);
                _statement = MtGenerator.Write([month], MtDialect.Dutch);
                (_at, _written) = (0, _written + _statement.Length);
            }

            var count = Math.Min(buffer.Length, _statement.Length - _at);
            _statement.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
