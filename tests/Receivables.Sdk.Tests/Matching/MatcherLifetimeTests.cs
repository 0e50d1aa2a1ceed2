using System.Runtime.CompilerServices;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.TestKit.Matching;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

public class MatcherLifetimeTests
{
    // A host goes through thousands of ledgers in one process: what a thread worked with must not hold them.
    [Fact]
    public void Nothing_of_a_ledger_is_kept_when_its_matcher_is_gone()
    {
        var gone = Enumerable.Range(0, 4).Select(seed => MatchInEveryWay((ulong)seed)).ToList();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        // What this method's frame may still hold is at most the last.
        Assert.DoesNotContain(gone.Take(3), ledger => ledger.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference MatchInEveryWay(ulong seed)
    {
        var market = PaymentMaker.Make(new MarketParameters { Seed = seed, Items = 300, Payments = 200 });
        var matcher = new PaymentMatcher(market.Ledger, new MatchingOptions { Threads = 2 });
        Assert.Equal(market.Transactions.Count, matcher.Match(market.Transactions).Count);
        _ = matcher.Match(market.Transactions[0]);
        _ = matcher.Explain(market.Transactions[0]);
        var index = new MatchingIndex(market.Ledger);
        _ = index.Matcher.Match(market.Transactions);
        return new WeakReference(market.Ledger);
    }
}
