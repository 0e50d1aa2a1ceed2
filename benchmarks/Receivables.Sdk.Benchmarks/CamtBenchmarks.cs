using System.Xml;
using BenchmarkDotNet.Attributes;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Camt;
using Receivables.Sdk.TestKit.Statements;

namespace Receivables.Sdk.Benchmarks;

/// <summary>camt.053 to transactions, against the framework's own reader that only reads the tokens of the same bytes.</summary>
/// <remarks>The file: camt.053.001.08 without indentation, about a hundred tags for each transaction, two of three transactions in batches of five.</remarks>
[MemoryDiagnoser]
public class CamtBenchmarks
{
    private byte[] _file = [];

    private static int Transactions => Environment.GetEnvironmentVariable("RECEIVABLES_BENCH_SCALE") == "tiny" ? 200 : 50_000;

    [GlobalSetup]
    public void Write() => _file = CamtWriter.Write(Transactions);

    [Benchmark(Baseline = true, Description = "XmlReader.Read()")]
    public int XmlTokens()
    {
        using var reader = XmlReader.Create(new MemoryStream(_file), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }

    [Benchmark(Description = "CamtStatementReader, parts streamed")]
    public async Task<decimal> Parts()
    {
        var sum = 0m;
        var pipe = System.IO.Pipelines.PipeReader.Create(new MemoryStream(_file), new System.IO.Pipelines.StreamPipeReaderOptions(bufferSize: 65536));
        await foreach (var part in new CamtStatementReader().ReadPartsAsync(pipe))
        {
            sum += part.Transaction?.Amount.Amount ?? 0m;
        }

        return sum;
    }

    [Benchmark(Description = "CamtStatementReader, statements in memory")]
    public int Statements() => new CamtStatementReader().Read(_file).Sum(s => s.Transactions.Count);
}
