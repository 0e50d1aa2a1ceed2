using FsCheck.Fluent;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Matching;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

public class MatchingIndexTests
{
    private static readonly FsCheck.Gen<(MarketParameters, int)> Changes =
        from seed in Gen.Choose(1, 1_000_000)
        from difficulty in Gen.Choose(0, 2)
        from items in Gen.Choose(30, 120)
        select (new MarketParameters { Seed = (ulong)seed, Difficulty = (Difficulty)difficulty, Items = items, Payments = 60, RareKinds = 0.3 }, seed);

    [Fact]
    public void An_index_that_was_changed_answers_as_one_made_anew() => Law.ForAll(
        Changes,
        given =>
        {
            var (parameters, seed) = given;
            var market = PaymentMaker.Make(parameters);
            var ledger = market.Ledger;
            var dice = new Random(seed);
            var index = new MatchingIndex(ledger with
            {
                OpenItems = [.. ledger.OpenItems.Where(_ => dice.Next(3) > 0)],
                Customers = [.. ledger.Customers.Where(_ => dice.Next(8) > 0)],
                Payments = [.. ledger.Payments.Where(_ => dice.Next(8) > 0)],
            });
            var truth = new Dictionary<DocumentId, OpenItem>();
            var early = index.Matcher;
            var before = Json(early, market);
            foreach (var item in ledger.OpenItems.Concat(ledger.OpenItems.Where(_ => dice.Next(3) == 0)))
            {
                // Paid in part or in full, removed, brought back.
                var changed = dice.Next(4) switch { 0 => item with { Open = item.Amount }, 1 => item with { Open = Money.Zero(item.Amount.Currency) }, _ => item };
                index.Put(changed);
                truth[item.Id] = changed;
                if (dice.Next(6) == 0)
                {
                    Assert.True(index.Remove(item.Id));
                    truth.Remove(item.Id);
                }
            }

            foreach (var customer in ledger.Customers)
            {
                index.Put(customer);
            }

            foreach (var payment in ledger.Payments)
            {
                index.Put(payment);
            }

            // Then items alone, so that the changed tables answer and not new ones.
            _ = index.Matcher;
            foreach (var item in ledger.OpenItems.Where(i => truth.ContainsKey(i.Id) && dice.Next(3) == 0))
            {
                index.Remove(item.Id);
                truth.Remove(item.Id);
                if (dice.Next(2) == 0)
                {
                    index.Put(item);
                    truth[item.Id] = item;
                }
            }

            var anew = new PaymentMatcher(ledger with
            {
                OpenItems = [.. truth.Values.Where(i => !i.Open.IsZero)],
                SettledItems = [.. ledger.SettledItems, .. truth.Values.Where(i => i.Open.IsZero)],
            });
            Assert.Equal(Json(anew, market), Json(index.Matcher, market));
            Assert.Equal(before, Json(early, market));
        },
        cases: 10);

    [Fact]
    public async Task A_matcher_taken_earlier_reads_on_while_another_thread_writes()
    {
        var market = PaymentMaker.Make(new MarketParameters { Seed = 11, Items = 200, Payments = 80 });
        var index = new MatchingIndex(market.Ledger);
        var matcher = index.Matcher;
        var before = Json(matcher, market);
        var writing = Task.Run(() =>
        {
            foreach (var item in market.Ledger.OpenItems)
            {
                index.Remove(item.Id);
                index.Put(item with { Id = new DocumentId(item.Id.Value + "-2") });
            }
        });
        var read = Enumerable.Range(0, 4).Select(_ => Task.Run(() => Json(matcher, market))).ToArray();
        await writing;

        Assert.All(await Task.WhenAll(read), r => Assert.Equal(before, r));
    }

    [Fact]
    public void A_document_of_a_new_customer_is_found()
    {
        var ledger = new SampleLedger().Customer("C1", "Albers Verhuur").Invoice("I1", "C1", "2026-00123", 100.00m);
        var index = new MatchingIndex(ledger.Snapshot);
        var later = new SampleLedger().Customer("C1", "Albers Verhuur").Customer("C2", "Pieters Bouw").Invoice("I1", "C1", "2026-00123", 100.00m).Invoice("I2", "C2", "2026-00124", 250.00m);
        index.Put(later.Snapshot.OpenItems[1]);

        var result = index.Matcher.Match(ledger.Transaction(250.00m, "2026-00124"));

        Assert.Equal("C2", result.Customer?.Value);
        Assert.False(index.Remove(new DocumentId("I3")));
    }

    private static string Json(PaymentMatcher matcher, Market market) => string.Join('\n', matcher.Match(market.Transactions).Select(MatchingLaws.Line).Order(StringComparer.Ordinal));
}
