using BenchmarkDotNet.Attributes;
using Receivables.Sdk.Matching.Similarity;

namespace Receivables.Sdk.Benchmarks;

/// <summary>All names at least .85 like a query among a million, against a scan of scalar Myers over the names of a fitting length.</summary>
/// <remarks>The bar is 1/60 of the scan. Each call takes the next of 100 queries. <c>RECEIVABLES_BENCH_SCALE=tiny</c> takes 2,000 names.</remarks>
[MemoryDiagnoser]
public class TextSearchBenchmarks
{
    private string[] _names = [];
    private string[] _queries = [];
    private TextSearch _search = new([]);
    private int _next;

    /// <summary>The names.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _names = BenchmarkNames.Make(Environment.GetEnvironmentVariable("RECEIVABLES_BENCH_SCALE") == "tiny" ? 2_000 : 1_000_000);
        _queries = BenchmarkNames.Queries(_names, _names.Length > 10_000 ? 100 : 2);
        _search = new TextSearch(_names);
    }

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true)]
    public int Scan()
    {
        var query = Next();
        var myers = new ScalarMyers(query);
        var hits = 0;
        foreach (var name in _names)
        {
            var longer = Math.Max(name.Length, query.Length);
            if (Math.Abs(name.Length - query.Length) * 1000 <= longer * 150 && myers.Distance(name) * 1000 <= longer * 150)
            {
                hits++;
            }
        }

        return hits;
    }

    /// <summary>The search.</summary>
    [Benchmark]
    public int Find() => _search.Find(Next(), 850).Count;

    private string Next() => _queries[_next++ % _queries.Length];
}
