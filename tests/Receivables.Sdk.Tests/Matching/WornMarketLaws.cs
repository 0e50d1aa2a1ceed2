using FsCheck.Fluent;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Matching;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

public class WornMarketLaws
{
    private static readonly FsCheck.Gen<(MarketParameters Parameters, double Share)> Markets =
        from seed in Gen.Choose(1, 1_000_000)
        from difficulty in Gen.Choose(0, 2)
        from items in Gen.Choose(10, 120)
        from share in Gen.Elements(0.02, 0.1, 0.4)
        select (new MarketParameters { Seed = (ulong)seed, Difficulty = (Difficulty)difficulty, Items = items, Payments = 60, RareKinds = 0.3, Languages = [0, 1, 2, 3, 4, 5, 6] }, share);

    // A host's tables have holes: an answer comes all the same, and what is given out is there.
    [Fact]
    public void Whatever_is_missing_every_transaction_has_an_answer_that_adds_up() => Law.ForAll(
        Markets,
        x =>
        {
            var market = WornMarket.Wear(PaymentMaker.Make(x.Parameters), new Dice(x.Parameters.Seed), x.Share);
            var matcher = new PaymentMatcher(market.Ledger, new MatchingOptions { Threads = 1 });

            var results = matcher.Match(market.Transactions);

            // Those without an id are all others, those of one id are one.
            Assert.Equal(market.Transactions.Where((t, i) => t.Id == default || market.Transactions.Take(i).All(before => before.Id != t.Id)).Select(t => t.Id), results.Select(r => r.Transaction.Id));
            var open = market.Ledger.OpenItems.Concat(market.Ledger.SettledItems).Concat(market.Ledger.Payments.Select(p => p.Item)).DistinctBy(i => i.Id).ToDictionary(i => i.Id, i => i.Open.Amount);
            foreach (var allocation in results.SelectMany(r => r.Allocations))
            {
                Assert.True(allocation.Amount.IsPositive);
                open[allocation.Document] -= allocation.Amount.Amount;
            }

            Assert.DoesNotContain(open.Values, left => left < 0m);
            var postable = results.Where(r => r.Transaction.Id != default && (r.Transaction.BookingDate ?? r.Transaction.ValueDate) is not null).ToList();
            var events = PaymentPosting.Plan(postable.Select(PostableMatch.From), market.Ledger, acceptSuggested: true, confirmedBy: "clerk").Events;
            Assert.Equal(events, PaymentPosting.Plan(postable.Select(Kept), market.Ledger, acceptSuggested: true, confirmedBy: "clerk").Events);
            var index = new MatchingIndex(market.Ledger with { OpenItems = [], Customers = [] });
            foreach (var customer in market.Ledger.Customers.DistinctBy(c => c.Id))
            {
                index.Put(customer);
            }

            foreach (var item in market.Ledger.OpenItems.DistinctBy(i => i.Id))
            {
                index.Put(item);
            }

            Assert.Equal(results.Select(r => (r.Transaction.Id, r.Decision)), index.Matcher.Match(market.Transactions).Select(r => (r.Transaction.Id, r.Decision)));
            foreach (var transaction in market.Transactions)
            {
                var explained = matcher.Explain(transaction);
                Assert.All(explained.Candidates, c => Assert.All(c.Explanation, e => Assert.NotNull(e.Detail)));
                Assert.All(explained.Result.Alternatives, a => Assert.NotNull(a.Differences));
            }
        },
        cases: 150);

    [Theory]
    [InlineData(600, "PO 4471234", 1)]
    [InlineData(2600, "PO-4471234 PO-4471299", 2)]
    public void Documents_that_have_no_number_but_the_orders_are_paid_in_part(decimal amount, string text, int documents)
    {
        var ledger = new SampleLedger().Customer("C", "Jansen Houthandel BV")
            .Invoice("I", "C", "", 1000m, more: i => i with { Number = null, OrderNumber = "PO-4471234" })
            .Invoice("J", "C", "", 2000m, more: i => i with { Number = null, OrderNumber = "PO-4471299" });

        var result = new PaymentMatcher(ledger.Snapshot).Match(ledger.Transaction(amount, text, "Jansen Houthandel BV"));

        Assert.Equal(documents, result.Explanation.Count(e => e.Code == EvidenceCode.OrderNumber));
    }

    [Fact]
    public void A_document_of_nobody_may_have_the_number_of_a_customers()
    {
        var ledger = new SampleLedger().Customer("C", "Jansen Houthandel BV").Invoice("I", "C", "20260017", 1000m)
            .Invoice("J", "C", "20260017", 1000m, more: i => i with { Customer = null });

        var result = new PaymentMatcher(ledger.Snapshot).Match(ledger.Transaction(1000m, "factuur 20260017", "Jansen Houthandel BV"));

        Assert.Equal("I", Assert.Single(result.Allocations).Document.Value);
    }

    // Written and read again.
    private static PostableMatch Kept(MatchResult result)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new System.Text.Json.Utf8JsonWriter(buffer))
        {
            MatchResultJson.Write(writer, result);
        }

        Assert.True(PostableMatch.TryRead(buffer.WrittenMemory, out var kept));
        Assert.Equal(PostableMatch.From(result).Allocations.Select(a => (a.Document, a.Amount, a.Paid)), kept.Allocations.Select(a => (a.Document, a.Amount, a.Paid)));
        return kept;
    }

    // The last document is less than what the bank kept, or has no discount of its own.
    [Theory]
    [InlineData(99.80, "charges 0.50", 0, "I 99.80 Payment, I 0.20 Fee, J 0.30 Fee")]
    [InlineData(98.29, "", 2, "I 97.99 Payment, I 2.01 Discount, J 0.30 Payment")]
    public void What_is_missing_of_several_documents_is_taken_off_those_that_have_it(decimal amount, string words, int discount, string expected)
    {
        var ledger = new SampleLedger().Customer("C", "Jansen Houthandel BV")
            .Invoice("I", "C", "20260017", 100m, due: "2026-02-10", more: i => i with { CashDiscounts = discount == 0 ? [] : [new CashDiscount(new Percentage(discount), i.Due)] })
            .Invoice("J", "C", "20260018", 0.30m, due: "2026-02-11");
        var options = new MatchingOptions { FeeTolerance = new Dictionary<Currency, decimal> { [Currency.EUR] = 15m } };

        var result = new PaymentMatcher(ledger.Snapshot, options).Match(ledger.Transaction(amount, "20260017 20260018 " + words, "Jansen Houthandel BV", date: "2026-02-01"));

        Assert.Equal(expected, string.Join(", ", result.Allocations.Select(a => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{a.Document.Value} {a.Amount.Amount} {a.Kind}"))));
    }
}
