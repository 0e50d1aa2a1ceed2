using System.Text.Json;
using BenchmarkDotNet.Attributes;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Serialization;

namespace Receivables.Sdk.Benchmarks;

/// <summary>Loading a ledger file against a bare pass of <see cref="Utf8JsonReader"/>, and what is open of an item against dictionary look-ups.</summary>
[MemoryDiagnoser]
[SimpleJob(BenchmarkDotNet.Engines.RunStrategy.Monitoring, launchCount: 1, warmupCount: 1, iterationCount: 5)]
public class LedgerBenchmarks
{
    private readonly LocalDate _asOf = new(2026, 6, 30);
    private byte[] _file = [];
    private LedgerBook _book = LedgerBook.Create([]);
    private DocumentId[] _ids = [];
    private Dictionary<string, decimal> _dictionary = [];

    /// <summary>Makes the file, a million documents and a million and a half allocations; with <c>RECEIVABLES_BENCH_SCALE=tiny</c> a thousandth.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var documents = Environment.GetEnvironmentVariable("RECEIVABLES_BENCH_SCALE") == "tiny" ? 1_000 : 1_000_000;
        _file = LedgerFileSource.Create(documents);
        _book = new LedgerFileReader().ReadBook(_file).Book!;
        // In an order that no cache likes.
        _ids = [.. Enumerable.Range(0, documents / 2).Select(i => new DocumentId("I" + ((i * 7919L) % (documents / 2)).ToString("0000000", System.Globalization.CultureInfo.InvariantCulture)))];
        _dictionary = _ids.ToDictionary(i => new string(i.Value), _ => 1m);
    }

    /// <summary>Every token of every line, nothing else.</summary>
    [Benchmark(Baseline = true)]
    public int BarePass() => CountTokens(_file);

    /// <summary>The file into a judged book.</summary>
    [Benchmark]
    public int Load() => new LedgerFileReader().ReadBook(_file).Book!.DocumentCount;

    /// <summary>A thousand cold dictionary look-ups.</summary>
    [Benchmark]
    public decimal Dictionary()
    {
        var sum = 0m;
        for (var i = 0; i < 1000; i++)
        {
            sum += _dictionary[_ids[(i * 499) % _ids.Length].Value];
        }

        return sum;
    }

    /// <summary>What a thousand items have open at a date.</summary>
    [Benchmark]
    public decimal Open()
    {
        var sum = 0m;
        for (var i = 0; i < 1000; i++)
        {
            sum += _book.Open(_ids[(i * 499) % _ids.Length], _asOf).Amount;
        }

        return sum;
    }

    internal static int CountTokens(ReadOnlySpan<byte> file)
    {
        var tokens = 0;
        while (!file.IsEmpty)
        {
            var end = file.IndexOf((byte)'\n');
            var reader = new Utf8JsonReader(file[..end]);
            while (reader.Read())
            {
                tokens++;
            }

            file = file[(end + 1)..];
        }

        return tokens;
    }
}
