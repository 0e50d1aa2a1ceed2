using Receivables.Sdk.Matching;
using Receivables.Sdk.TestKit.Matching;

namespace Receivables.Sdk.Benchmarks;

/// <summary>The ledgers and payments that the benchmarks of matching share, made once for each size.</summary>
internal static class MatchingData
{
    private static readonly Dictionary<(int, int), Market> s_markets = [];

    internal static bool IsTiny => Environment.GetEnvironmentVariable("RECEIVABLES_BENCH_SCALE") == "tiny";

    /// <summary>A medium mix of payments against so many open invoices of 0.15 customers each, beside a fifth of settled ones with their payments.</summary>
    internal static Market Market(int items, int payments)
    {
        if (!s_markets.TryGetValue((items, payments), out var market))
        {
            market = PaymentMaker.Make(new MarketParameters { Seed = 7, Items = items, Payments = payments });
            s_markets.Add((items, payments), market);
        }

        return market;
    }

    /// <summary>What a dictionary of numbers costs when it lies in no cache: the measure of every figure here.</summary>
    internal static int ColdLookUps(Dictionary<string, int> numbers, string[] asked)
    {
        var found = 0;
        foreach (var number in asked)
        {
            found += numbers.TryGetValue(number, out var item) ? item & 1 : 0;
        }

        return found;
    }

    /// <summary>The numbers of a market's items, and as many of them as there are payments, in no order.</summary>
    internal static (Dictionary<string, int> Numbers, string[] Asked) Numbers(Market market, int count)
    {
        var items = market.Ledger.OpenItems;
        var numbers = new Dictionary<string, int>(items.Count, StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            numbers.TryAdd(items[i].Number!, i);
        }

        var dice = new Dice(3);
        return (numbers, [.. Enumerable.Range(0, count).Select(_ => new string(items[dice.Below(items.Count)].Number))]);
    }

    internal static PaymentMatcher Matcher(Market market, int threads) => new(market.Ledger, new MatchingOptions { Threads = threads });
}
