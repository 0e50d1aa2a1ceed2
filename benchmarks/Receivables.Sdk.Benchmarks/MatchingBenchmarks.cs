using BenchmarkDotNet.Attributes;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.TestKit.Matching;

namespace Receivables.Sdk.Benchmarks;

/// <summary>Making the index of a million open items of 150,000 customers, and changing one of them, against one cold dictionary look-up.</summary>
/// <remarks><c>RECEIVABLES_BENCH_SCALE=tiny</c> shrinks the ledger. Few iterations: each is a whole index or run.</remarks>
[MemoryDiagnoser]
[WarmupCount(1)]
[IterationCount(3)]
[InvocationCount(1)]
public class MatchingIndexBenchmarks
{
    private const int Changes = 10_000;
    private LedgerSnapshot _ledger = null!;
    private MatchingIndex _index = null!;
    private OpenItem[] _changed = [];
    private Dictionary<string, int> _numbers = [];
    private string[] _asked = [];

    /// <summary>The ledger, without settled items and payments.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var market = MatchingData.Market(MatchingData.IsTiny ? 2_000 : 1_000_000, MatchingData.IsTiny ? 200 : 100_000);
        _ledger = market.Ledger with { SettledItems = [], Payments = [] };
        _index = new MatchingIndex(_ledger);
        var dice = new Dice(5);
        _changed = [.. Enumerable.Range(0, Changes).Select(_ => _ledger.OpenItems[dice.Below(_ledger.OpenItems.Count)])];
        (_numbers, _asked) = MatchingData.Numbers(market, Changes);
    }

    /// <summary>One look-up of a number in a dictionary of all numbers.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Changes)]
    public int DictionaryLookUp() => MatchingData.ColdLookUps(_numbers, _asked);

    /// <summary>One item less and again, each seen by a matcher of its own.</summary>
    [Benchmark(OperationsPerInvoke = Changes)]
    public int RemoveAndAddOneItem()
    {
        var seen = 0;
        foreach (var item in _changed)
        {
            _index.Remove(item.Id);
            _index.Put(item);
            seen += _index.Matcher is null ? 0 : 1;
        }

        return seen;
    }

    /// <summary>The whole index.</summary>
    [Benchmark]
    public object WholeIndex() => new MatchingIndex(_ledger);
}

/// <summary>100,000 payments against 1,000,000 open items, per payment, against one cold dictionary look-up and against the rules that packages use.</summary>
[MemoryDiagnoser]
[WarmupCount(1)]
[IterationCount(2)]
[InvocationCount(1)]
public class MatchingRunBenchmarks
{
    private Market _market = null!;
    private Market _small = null!;
    private PaymentMatcher _one = null!;
    private PaymentMatcher _two = null!;
    private PaymentMatcher _ofSmall = null!;
    private PackageRules _rules = null!;
    private Dictionary<string, int> _numbers = [];
    private string[] _asked = [];

    /// <summary>How many payments a run has.</summary>
    public const int Payments = 100_000;

    /// <summary>The ledgers and their matchers.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var size = MatchingData.IsTiny ? 2_000 : 1_000_000;
        _market = MatchingData.Market(size, MatchingData.IsTiny ? 200 : Payments);
        _small = MatchingData.Market(MatchingData.IsTiny ? 500 : 10_000, MatchingData.IsTiny ? 100 : 2_000);
        _one = MatchingData.Matcher(_market, 1);
        _two = MatchingData.Matcher(_market, 2);
        _ofSmall = MatchingData.Matcher(_small, 1);
        _rules = new PackageRules(_market.Ledger);
        (_numbers, _asked) = MatchingData.Numbers(_market, Payments);
    }

    /// <summary>One look-up for each payment in a dictionary of all numbers.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Payments)]
    public int DictionaryLookUp() => MatchingData.ColdLookUps(_numbers, _asked);

    /// <summary>Reference or number as printed, then the one document of the amount.</summary>
    [Benchmark(OperationsPerInvoke = Payments)]
    public int PackageRules() => _market.Transactions.Count(t => _rules.Find(t) is not null);

    /// <summary>The whole engine on one thread.</summary>
    [Benchmark(OperationsPerInvoke = Payments)]
    public int OneThread() => _one.Match(_market.Transactions).Count;

    /// <summary>The whole engine on two threads.</summary>
    [Benchmark(OperationsPerInvoke = Payments)]
    public int TwoThreads() => _two.Match(_market.Transactions).Count;

    /// <summary>2,000 payments against 10,000 open items on one thread.</summary>
    [Benchmark(OperationsPerInvoke = 2_000)]
    public int SmallLedger() => _ofSmall.Match(_small.Transactions).Count;
}

/// <summary>A thousand ledgers of 2,000 open items with 50 payments each, every one indexed, matched and dropped.</summary>
[MemoryDiagnoser]
[WarmupCount(1)]
[IterationCount(3)]
[InvocationCount(1)]
public class MatchingLedgersBenchmarks
{
    private Market[] _markets = [];

    /// <summary>Twenty different ledgers, taken in turn.</summary>
    [GlobalSetup]
    public void Setup() => _markets = [.. Enumerable.Range(0, 20).Select(i => PaymentMaker.Make(new MarketParameters { Seed = 40 + (ulong)i, Items = MatchingData.IsTiny ? 200 : 2_000, Payments = 50 }))];

    /// <summary>All of them.</summary>
    [Benchmark]
    public int ThousandLedgers()
    {
        var automatic = 0;
        for (var i = 0; i < (MatchingData.IsTiny ? 20 : 1_000); i++)
        {
            var market = _markets[i % _markets.Length];
            automatic += new PaymentMatcher(market.Ledger).Match(market.Transactions).Count(r => r.Decision == MatchDecision.Automatic);
        }

        return automatic;
    }
}
