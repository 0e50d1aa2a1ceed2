using System.IO.Pipelines;
using BenchmarkDotNet.Attributes;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Mt;
using Receivables.Sdk.TestKit.Statements;

namespace Receivables.Sdk.Benchmarks;

/// <summary>MT940 to transactions with import keys, streamed, against a scan of the same bytes for line ends.</summary>
/// <remarks>RECEIVABLES_BENCH_SCALE=tiny shrinks the data: then it runs fast and measures nothing.</remarks>
[MemoryDiagnoser]
public class MtBenchmarks
{
    private static readonly MtStatementReader Reader = new();
    private byte[] _file = [];
    private int _entries;

    /// <summary>The manner of <c>:86:</c>.</summary>
    [Params(MtDialect.Dutch, MtDialect.German)]
    public MtDialect Dialect { get; set; }

    [GlobalSetup]
    public void Write()
    {
        _entries = Environment.GetEnvironmentVariable("RECEIVABLES_BENCH_SCALE") == "tiny" ? 300 : 150_000;
        _file = MtGenerator.Write(_entries, Dialect);
    }

    [GlobalCleanup]
    public void Tell() => Console.WriteLine($"// {Dialect}: {_file.Length} bytes, {_entries} entries: divide Allocated by {_entries} for bytes an entry");

    [Benchmark(Baseline = true)]
    public int NewlineScan()
    {
        var rest = _file.AsSpan();
        var lines = 0;
        while (true)
        {
            var at = rest.IndexOf((byte)'\n');
            if (at < 0)
            {
                return lines;
            }

            lines++;
            rest = rest[(at + 1)..];
        }
    }

    [Benchmark]
    public async Task<int> Transactions()
    {
        var count = 0;
        var pipe = PipeReader.Create(new MemoryStream(_file), new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        await foreach (var part in Reader.ReadPartsAsync(pipe).ConfigureAwait(false))
        {
            count += part.Kind == StatementPartKind.Transaction ? 1 : 0;
        }

        await pipe.CompleteAsync().ConfigureAwait(false);
        return count == _entries ? count : throw new InvalidOperationException("Entries were lost.");
    }
}
