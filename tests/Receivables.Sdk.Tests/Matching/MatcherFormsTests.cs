using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit.Matching;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

/// <summary>The ways in which the matcher is asked: a batch with progress, a stream, with a host's own evidence.</summary>
public class MatcherFormsTests
{
    private static readonly Market Market = PaymentMaker.Make(new MarketParameters { Seed = 4711, Items = 150, Payments = 60 });

    [Fact]
    public async Task A_stream_in_one_batch_gives_the_answers_of_the_batch()
    {
        var matcher = new PaymentMatcher(Market.Ledger);
        var expected = matcher.Match(Market.Transactions);
        var streamed = new List<MatchResult>();
        await foreach (var result in matcher.MatchAsync(Market.Transactions.ToAsyncEnumerable(), batchSize: 5000))
        {
            streamed.Add(result);
        }

        Assert.Equal(expected.Select(r => (r.Transaction.Id, r.Decision, MatchAnswer.Of(r), r.Confidence)), streamed.Select(r => (r.Transaction.Id, r.Decision, MatchAnswer.Of(r), r.Confidence)));
    }

    [Fact]
    public async Task Batches_of_a_stream_give_nothing_out_twice_and_answer_each_transaction_once()
    {
        foreach (var size in new[] { 1, 7, 25 })
        {
            var streamed = new List<MatchResult>();
            await foreach (var result in new PaymentMatcher(Market.Ledger).MatchAsync(Market.Transactions.Concat(Market.Transactions).ToAsyncEnumerable(), size))
            {
                streamed.Add(result);
            }

            Assert.Equal(Market.Transactions.Select(t => t.Id), streamed.Select(r => r.Transaction.Id));
            var open = Market.Ledger.OpenItems.ToDictionary(i => i.Id, i => i.Open.Amount);
            foreach (var allocation in streamed.SelectMany(r => r.Allocations))
            {
                open[allocation.Document] -= allocation.Amount.Amount;
                if (allocation.To is { } to)
                {
                    open[to] -= allocation.Amount.Amount;
                }
            }

            Assert.DoesNotContain(open.Values, left => left < 0m);
        }
    }

    [Fact]
    public async Task A_stream_ends_when_it_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var matcher = new PaymentMatcher(Market.Ledger);
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in matcher.MatchAsync(Market.Transactions.ToAsyncEnumerable(), 5, cancel.Token))
            {
                await cancel.CancelAsync();
            }
        });
        Assert.Throws<OperationCanceledException>(() => matcher.Match(Market.Transactions, cancel.Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => matcher.MatchAsync(Market.Transactions.ToAsyncEnumerable(), 0));
    }

    [Fact]
    public void Progress_is_told_up_to_the_last_transaction()
    {
        var told = new Told();
        new PaymentMatcher(Market.Ledger, new MatchingOptions { Threads = 2 }).Match(Market.Transactions, told, default);
        Assert.Equal(Enumerable.Range(1, Market.Transactions.Count), told.Numbers.Order());
    }

    [Fact]
    public void A_signal_is_a_term_of_the_explanation_and_decides_between_equals()
    {
        var ledger = new SampleLedger().Customer("C1", "Albers Verhuur").Customer("C2", "Pieters Holding").Invoice("I1", "C1", "2026-00123", 100.00m).Invoice("I2", "C2", "2026-00124", 100.00m);
        var transaction = ledger.Transaction(100.00m, "dank");
        var signal = new Favours("C2", 6m);
        var result = new PaymentMatcher(ledger.Snapshot, null, new MatchKnowledge { Signals = [signal] }).Match(transaction);
        var without = new PaymentMatcher(ledger.Snapshot).Match(transaction);

        var with = new[] { MatchAnswer.Of(result) }.Concat(result.Alternatives.Select(MatchAnswer.Of)).First(a => a.Customer is not null);
        Assert.Equal(new CustomerId("C2"), with.Customer);
        Assert.Contains(result.Explanation.Concat(result.Alternatives.SelectMany(a => a.Explanation)), e => e is { Code: EvidenceCode.Signal, Weight: 6m, Detail: "announced in the portal" });
        Assert.DoesNotContain(without.Alternatives.SelectMany(a => a.Explanation), e => e.Code == EvidenceCode.Signal);
    }

    [Fact]
    public void No_signal_makes_an_amount_alone_automatic()
    {
        var ledger = new SampleLedger().Customer("C1", "Albers Verhuur").Invoice("I1", "C1", "2026-00123", 987.65m);
        var result = new PaymentMatcher(ledger.Snapshot, null, new MatchKnowledge { Signals = [new Favours("C1", 20m), new Favours("C1", 1000m)] }).Match(ledger.Transaction(987.65m, "dank"));
        Assert.NotEqual(MatchDecision.Automatic, result.Decision);
    }

    private sealed class Favours(string customer, decimal bits) : IMatchSignal
    {
        public MatchSignal? Weigh(BankTransaction transaction, MatchAnswer candidate) => candidate.Customer == new CustomerId(customer) ? new MatchSignal(bits, "announced in the portal") : null;
    }

    private sealed class Told : IProgress<int>
    {
        internal System.Collections.Concurrent.ConcurrentBag<int> Numbers { get; } = [];

        public void Report(int value) => Numbers.Add(value);
    }
}
