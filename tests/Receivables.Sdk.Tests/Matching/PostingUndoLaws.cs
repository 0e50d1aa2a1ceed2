using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Matching;
using Receivables.Sdk.Tests.Ledger;
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
    public void Undo_restores_the_ledger_exactly_whatever_was_posted() => Law.ForAll(
        Markets,
        parameters =>
        {
            var market = PaymentMaker.Make(parameters);
            var events = MarketEvents.Of(market);
            var before = LedgerBook.Create(events).Snapshot(AsOf);
            var matches = new PaymentMatcher(before).Match(market.Transactions);
            var posted = PaymentPosting.Plan(matches.Select(PostableMatch.From), before, acceptSuggested: true).Events;
            var after = Snapshot(events, posted);
            var transactions = matches.Select(m => m.Transaction.Id).Distinct().Where(t => PostingUndo.Plan(t, after, AsOf).Obstacle == UndoObstacle.None).ToList();
            Assert.NotEmpty(transactions);
            Assert.All(posted.OfType<PaymentReceived>(), p => Assert.Contains(p.Transaction!.Value, transactions));

            var undo = transactions.SelectMany(t => PostingUndo.Plan(t, after, AsOf).Events).ToList();
            var undone = Snapshot(events, posted, undo);
            Assert.Equal(LedgerBookLaws.Print(before), LedgerBookLaws.Print(undone));
            var again = new PaymentMatcher(undone).Match(market.Transactions);
            Assert.Equal(matches.Select(Line), again.Select(Line));
            Assert.All(transactions, t => Assert.Equal(UndoObstacle.NothingPosted, PostingUndo.Plan(t, undone, AsOf).Obstacle));

            // Not unseen; but posted once more when it is confirmed, under further ids, and undone once more.
            Assert.Empty(PaymentPosting.Plan(again.Select(PostableMatch.From), undone).Events);
            var repeated = PaymentPosting.Plan(again.Select(PostableMatch.From), undone, acceptSuggested: true).Events;
            Assert.Equal(posted.Count, repeated.Count);
            var third = Snapshot(events, posted, undo, repeated);
            Assert.Equal(Open(after), Open(third));
            Assert.Empty(PaymentPosting.Plan(again.Select(PostableMatch.From), third, acceptSuggested: true).Events);
            var last = Snapshot(events, posted, undo, repeated, transactions.SelectMany(t => PostingUndo.Plan(t, third, AsOf).Events));
            Assert.Equal(LedgerBookLaws.Print(before), LedgerBookLaws.Print(last));
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
            var taken = plans.Where((p, i) => i % 3 == 0 && p.Events.Count > 0).ToList();

            var undone = Snapshot(events, plans.SelectMany(p => p.Events), taken.SelectMany(p => PostingUndo.Plan(p.Transaction, after, AsOf).Events));

            Assert.Equal(LedgerBookLaws.Print(Snapshot(events, plans.Except(taken).SelectMany(p => p.Events))), LedgerBookLaws.Print(undone));
        },
        cases: 6);

    private static readonly LedgerEvent[] OneInvoice =
    [
        new LedgerOpened { Currency = Currency.EUR },
        new CustomerRecorded { Customer = new Customer { Id = new CustomerId("C1") } },
        new DocumentIssued { Id = new DocumentId("I1"), Kind = DocumentKind.Invoice, Customer = new CustomerId("C1"), Issued = new LocalDate(2026, 1, 1), Amount = 100m },
        new PaymentReceived { Id = new DocumentId("P-T1"), Customer = new CustomerId("C1"), Received = new LocalDate(2026, 2, 1), Amount = 90m, Transaction = new TransactionId("T1") },
        new AllocationMade { Id = new AllocationId("A-T1-1"), From = new DocumentId("P-T1"), To = new DocumentId("I1"), Amount = 60m, On = new LocalDate(2026, 2, 1), Kind = AllocationKind.Payment },
        new AllocationMade { Id = new AllocationId("A-T1-2"), To = new DocumentId("I1"), Amount = 2m, On = new LocalDate(2026, 2, 1), Kind = AllocationKind.Discount },
        new PaymentReceived { Id = new DocumentId("CARD-1"), Customer = new CustomerId("C1"), Received = new LocalDate(2026, 2, 1), Amount = 5m },
    ];

    private static UndoPlan Undo(string transaction, params LedgerEvent[] more) => PostingUndo.Plan(new TransactionId(transaction), Snapshot(OneInvoice, more), AsOf);

    [Fact]
    public void Each_kind_of_booking_is_undone_and_what_moved_on_is_undone_first()
    {
        var cleared = new PaymentCleared { Payment = new DocumentId("CARD-1"), On = new LocalDate(2026, 2, 5), Transaction = new TransactionId("T2") };
        var refund = new MoneyRefunded { From = new DocumentId("P-T1"), On = new LocalDate(2026, 2, 6), Amount = 30m, Transaction = new TransactionId("T3") };
        var returned = new PaymentReturned { Payment = new DocumentId("P-T1"), On = new LocalDate(2026, 2, 7), Transaction = new TransactionId("T4"), Reason = "AC04" };
        LedgerEvent[] all = [cleared, refund, returned];
        Assert.Equal(UndoObstacle.MovedSince, Undo("T1", all).Obstacle);
        Assert.Equal(UndoObstacle.NothingPosted, Undo("T9", all).Obstacle);
        Assert.Equal(UndoObstacle.RecordedByHost, Undo("T5", new PaymentReceived { Id = new DocumentId("HOST"), Customer = new CustomerId("C1"), Received = AsOf, Amount = 1m, Transaction = new TransactionId("T5") }).Obstacle);
        foreach (var transaction in new[] { "T2", "T3", "T4" })
        {
            var without = all.Where(e => e != (transaction == "T2" ? cleared : transaction == "T3" ? refund : returned)).ToArray();
            Assert.Equal(LedgerBookLaws.Print(Snapshot(OneInvoice, without)), LedgerBookLaws.Print(Snapshot(OneInvoice, all, Undo(transaction, all).Events)));
        }

        LedgerEvent[] undone = [.. Undo("T4", all).Events, .. Undo("T3", all).Events];
        var payment = PostingUndo.Plan(new TransactionId("T1"), Snapshot(OneInvoice, all, undone), AsOf);
        Assert.Equal(["A-T1-2"], Assert.Single(payment.Events).Allocations.Select(a => a.Value));
        Assert.Equal(100m, Snapshot(OneInvoice, all, undone, payment.Events).OpenItems.Single(i => i.Id.Value == "I1").Open.Amount);
        Assert.Contains(LedgerBook.Create([.. OneInvoice, .. all, .. payment.Events]).Faults, f => f.Code == "LED041");
        Assert.Contains(LedgerBook.Create([.. OneInvoice, .. payment.Events, .. payment.Events]).Faults, f => f.Code == "LED040");
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
