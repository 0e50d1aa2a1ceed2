using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Matching;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

public class PostingUndoLaws
{
    private static readonly LocalDate AsOf = new(2026, 12, 31);

    private static readonly FsCheck.Gen<MarketParameters> Markets =
        from seed in Gen.Choose(1, 1_000_000)
        from difficulty in Gen.Choose(0, 2)
        select new MarketParameters { Seed = (ulong)seed, Difficulty = (Difficulty)difficulty, Items = 80, Payments = 40 };

    [Fact]
    public void Undo_restores_what_is_open_and_what_is_proposed() => Law.ForAll(
        Markets,
        parameters =>
        {
            var market = PaymentMaker.Make(parameters);
            var events = MarketEvents.Of(market);
            var before = LedgerBook.Create(events).Snapshot(AsOf);
            var matches = new PaymentMatcher(before).Match(market.Transactions);
            var posted = PaymentPosting.Plan(matches.Select(PostableMatch.From), before, acceptSuggested: true).Events;
            var after = Snapshot(events, posted);
            var payments = posted.OfType<PaymentReceived>().Select(p => p.Transaction!.Value).ToList();
            Assert.NotEmpty(payments);

            var undo = payments.Select(t => PostingUndo.Plan(t, after)).ToList();
            Assert.All(undo, u => Assert.Equal(UndoObstacle.None, u.Obstacle));
            var undone = Snapshot(events, posted, undo.SelectMany(u => u.Events));

            Assert.Equal(Open(before), Open(undone));
            var again = new PaymentMatcher(undone).Match(market.Transactions);
            Assert.Equal(matches.Select(Line), again.Select(Line));
            Assert.All(payments, t => Assert.Equal(UndoObstacle.NothingPosted, PostingUndo.Plan(t, undone).Obstacle));

            // Posted once more, under further ids, and undone once more.
            var repeated = PaymentPosting.Plan(again.Select(PostableMatch.From), undone, acceptSuggested: true).Events;
            var third = Snapshot(events, posted, undo.SelectMany(u => u.Events), repeated);
            Assert.Equal(Open(after), Open(third));
            Assert.Empty(PaymentPosting.Plan(again.Select(PostableMatch.From), third, acceptSuggested: true).Events);
            var last = Snapshot(events, posted, undo.SelectMany(u => u.Events), repeated, payments.SelectMany(t => PostingUndo.Plan(t, third).Events));
            Assert.Equal(Open(before), Open(last));
        },
        cases: 6);

    [Fact]
    public void What_is_undone_leaves_the_other_postings_as_they_are() => Law.ForAll(
        Markets,
        parameters =>
        {
            var market = PaymentMaker.Make(parameters);
            var events = MarketEvents.Of(market);
            var before = LedgerBook.Create(events).Snapshot(AsOf);
            var plans = new PaymentMatcher(before).Match(market.Transactions).Select(PostableMatch.From).Select(m => (m.Transaction, PaymentPosting.Plan([m], before, acceptSuggested: true).Events)).ToList();
            var after = Snapshot(events, plans.SelectMany(p => p.Events));
            var taken = plans.Where((p, i) => i % 3 == 0 && p.Events.OfType<PaymentReceived>().Any()).ToList();

            var undone = Snapshot(events, plans.SelectMany(p => p.Events), taken.SelectMany(p => PostingUndo.Plan(p.Transaction, after).Events));

            Assert.Equal(Open(Snapshot(events, plans.Except(taken).SelectMany(p => p.Events))), Open(undone));
        },
        cases: 6);

    [Fact]
    public void What_has_no_inverse_says_so()
    {
        var ledger = new SampleLedger().Customer("C1", "Albers Verhuur").Payment("CARD-1", "C1", 50m, "2026-02-01", "T1");
        Assert.Equal(UndoObstacle.NoInverse, PostingUndo.Plan(new TransactionId("T1"), ledger.Snapshot).Obstacle);
        Assert.Equal(UndoObstacle.NothingPosted, PostingUndo.Plan(new TransactionId("T2"), ledger.Snapshot).Obstacle);
    }

    [Fact]
    public void Two_settings_are_compared_payment_by_payment()
    {
        var market = PaymentMaker.Make(new MarketParameters { Seed = 99, Items = 200, Payments = 80 });
        var loose = Run(market, new MatchingOptions { AutomaticErrorTarget = 0.01m });
        var strict = Run(market, new MatchingOptions { AutomaticErrorTarget = 0.0001m });

        var same = MatchComparison.Compare(loose, loose.Reverse());
        Assert.Equal((market.Transactions.Count, 0), (same.Count, same.Differences.Count));
        var there = MatchComparison.Compare(loose, strict);
        var back = MatchComparison.Compare(strict, loose);
        Assert.Equal((0, 0), (there.NewlyAutomatic, there.PostedOtherwise));
        Assert.True(there.NoLongerAutomatic > 0);
        Assert.Equal(there.NoLongerAutomatic, back.NewlyAutomatic);
        Assert.All(there.Differences, d => Assert.True(d.Changes.HasFlag(MatchChanges.Decision)));
        Assert.All(MatchComparison.Compare(loose, strict.Skip(1)).Differences.Where(d => d.After is null), d => Assert.Equal(MatchChanges.Presence, d.Changes));
    }

    [Fact]
    public void Every_answer_is_explained_with_all_its_rivals_and_what_holds_it()
    {
        var market = PaymentMaker.Make(new MarketParameters { Seed = 7, Items = 150, Payments = 60 });
        var matcher = new PaymentMatcher(market.Ledger);
        foreach (var transaction in market.Transactions)
        {
            var explained = matcher.Explain(transaction);
            var result = matcher.Match(transaction);
            Assert.Equal(Line(result), Line(explained.Result));
            if (explained.Candidates.Count > 0)
            {
                Assert.Equal(result.Decision == MatchDecision.Automatic, explained.Obstacles == AutomaticObstacles.None);
                Assert.True(explained.Candidates.Count >= result.Alternatives.Count);
            }
        }

        var ledger = new SampleLedger().Customer("C1", "Albers Verhuur").Invoice("I1", "C1", "2026-00123", 987.65m);
        var alone = new PaymentMatcher(ledger.Snapshot).Explain(ledger.Transaction(987.65m, "dank"));
        Assert.True(alone.Obstacles.HasFlag(AutomaticObstacles.NotProven));
        Assert.Contains(alone.Candidates[0].Differences, d => d is { Field: "number", Ledger: "2026-00123" });
        Assert.Equal(AutomaticObstacles.NoCandidate, new PaymentMatcher(ledger.Snapshot).Explain(ledger.Transaction(1.00m, "x")).Obstacles & AutomaticObstacles.NoCandidate);
    }

    private static IReadOnlyList<PostableMatch> Run(Market market, MatchingOptions options) => [.. new PaymentMatcher(market.Ledger, options).Match(market.Transactions).Select(PostableMatch.From)];

    private static LedgerSnapshot Snapshot(params IEnumerable<LedgerEvent>[] events)
    {
        var book = LedgerBook.Create(events.SelectMany(e => e));
        Assert.Empty(book.Faults.Select(f => f.Code + " " + f.Message));
        return book.Snapshot(AsOf);
    }

    private static IEnumerable<string> Open(LedgerSnapshot ledger) =>
        ledger.OpenItems.Where(i => !i.Id.Value.StartsWith("P-", StringComparison.Ordinal)).OrderBy(i => i.Id).Select(i => i.Id + " " + i.Open)
            .Concat(ledger.OpenItems.Where(i => i.Id.Value.StartsWith("P-", StringComparison.Ordinal)).Select(i => i.Open.ToString()).Order(StringComparer.Ordinal));

    private static string Line(MatchResult result)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            MatchResultJson.Write(writer, result);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
