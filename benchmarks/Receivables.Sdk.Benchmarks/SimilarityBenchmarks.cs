using BenchmarkDotNet.Attributes;
using FuzzySharp;
using Receivables.Sdk.Matching.Similarity;

namespace Receivables.Sdk.Benchmarks;

/// <summary>One query of about 30 letters against 100,000 names of 10 to 40, against scalar Myers and FuzzySharp in the same run.</summary>
/// <remarks>The bars, as shares of the baseline: Levenshtein 1 prepared and 1/7 for the set, Indel 1/4 and 1/24, Jaro–Winkler 1.2, token set 6. <c>RECEIVABLES_BENCH_SCALE=tiny</c> takes 1,000 names.</remarks>
[MemoryDiagnoser]
public class SimilarityBenchmarks
{
    private string[] _names = [];
    private string _query = "";
    private PreparedText _prepared = new("");
    private TextSet _set = new([]);
    private int[] _distances = [];

    /// <summary>The names.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _names = BenchmarkNames.Make(Environment.GetEnvironmentVariable("RECEIVABLES_BENCH_SCALE") == "tiny" ? 1_000 : 100_000);
        _query = BenchmarkNames.Queries(_names, 1)[0];
        _prepared = new PreparedText(_query);
        _set = new TextSet(_names);
        _distances = new int[_names.Length];
    }

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true)]
    public int Myers64()
    {
        var myers = new ScalarMyers(_query);
        var sum = 0;
        foreach (var name in _names)
        {
            sum += myers.Distance(name);
        }

        return sum;
    }

    /// <summary>Levenshtein, the query prepared.</summary>
    [Benchmark]
    public int LevenshteinPrepared()
    {
        var sum = 0;
        foreach (var name in _names)
        {
            sum += _prepared.Levenshtein(name);
        }

        return sum;
    }

    /// <summary>Indel, the query prepared.</summary>
    [Benchmark]
    public int IndelPrepared()
    {
        var sum = 0;
        foreach (var name in _names)
        {
            sum += _prepared.Indel(name);
        }

        return sum;
    }

    /// <summary>Jaro–Winkler, the query prepared.</summary>
    [Benchmark]
    public double JaroWinklerPrepared()
    {
        var sum = 0.0;
        foreach (var name in _names)
        {
            sum += _prepared.JaroWinkler(name);
        }

        return sum;
    }

    /// <summary>Token set.</summary>
    [Benchmark]
    public int TokenSetEach()
    {
        var sum = 0;
        foreach (var name in _names)
        {
            sum += TokenSet.Ratio(_query, name);
        }

        return sum;
    }

    /// <summary>Levenshtein, the names prepared.</summary>
    [Benchmark]
    public int LevenshteinSet()
    {
        _set.Levenshtein(_query, _distances);
        return _distances[^1];
    }

    /// <summary>Indel, the names prepared.</summary>
    [Benchmark]
    public int IndelSet()
    {
        _set.Indel(_query, _distances);
        return _distances[^1];
    }

    /// <summary>FuzzySharp's Indel ratio.</summary>
    [Benchmark]
    public int FuzzySharpRatio()
    {
        var sum = 0;
        foreach (var name in _names)
        {
            sum += Fuzz.Ratio(_query, name);
        }

        return sum;
    }

    /// <summary>FuzzySharp's token set.</summary>
    [Benchmark]
    public int FuzzySharpTokenSet()
    {
        var sum = 0;
        foreach (var name in _names)
        {
            sum += Fuzz.TokenSetRatio(_query, name);
        }

        return sum;
    }
}
