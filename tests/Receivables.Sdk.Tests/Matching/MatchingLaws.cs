using System.Globalization;
using System.Text.Json;
using FsCheck.Fluent;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Matching;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

public class MatchingLaws
{
    private static readonly FsCheck.Gen<MarketParameters> Markets =
        from seed in Gen.Choose(1, 1_000_000)
        from difficulty in Gen.Choose(0, 2)
        from items in Gen.Choose(40, 200)
        from isNew in Gen.Choose(0, 1)
        select new MarketParameters
        {
            Seed = (ulong)seed,
            Difficulty = (Difficulty)difficulty,
            Items = items,
            Payments = 80,
            RareKinds = 0.2,
            Languages = isNew == 1 ? [3, 4, 5, 6] : [0, 1, 2],
            Schemes = isNew == 1 ? MarketParameters.TestingSchemes : MarketParameters.FittingSchemes,
        };

    [Fact]
    public void Nothing_is_given_out_twice() => Law.ForAll(
        Markets,
        parameters =>
        {
            var market = PaymentMaker.Make(parameters);
            var results = new PaymentMatcher(market.Ledger).Match(market.Transactions);
            var open = market.Ledger.OpenItems.ToDictionary(i => i.Id, i => i.Open.Amount);
            foreach (var allocation in results.SelectMany(r => r.Allocations))
            {
                Assert.True(allocation.Amount.IsPositive);
                open[allocation.Document] -= allocation.Amount.Amount;
                if (allocation.To is { } to)
                {
                    open[to] -= allocation.Amount.Amount;
                }
            }

            Assert.DoesNotContain(open.Values, left => left < 0m);
            var moved = results.SelectMany(r => r.Clears.Concat(r.Reverses)).ToList();
            Assert.Equal(moved.Distinct().Count(), moved.Count);
            Assert.All(results.Where(r => r.Clears.Count + r.Reverses.Count + r.Refunds.Count == 0), r => Assert.Equal(
                r.Transaction.Amount.Amount,
                r.Residual.Amount + r.Allocations.Where(a => a.Kind == AllocationKind.Payment).Sum(a => (a.Paid ?? a.Amount).Amount)));
        },
        cases: 12);

    [Fact]
    public void Order_and_threads_change_nothing() => Law.ForAll(
        Markets,
        parameters =>
        {
            var market = PaymentMaker.Make(parameters);
            var transactions = Crowded(market.Transactions);
            var ledger = market.Ledger;
            var shuffled = ledger with
            {
                Customers = [.. ledger.Customers.Reverse()],
                OpenItems = [.. ledger.OpenItems.OrderBy(i => i.Amount.Amount)],
                SettledItems = [.. ledger.SettledItems.Reverse()],
                Payments = [.. ledger.Payments.Reverse()],
            };
            var expected = Lines(new PaymentMatcher(ledger, new MatchingOptions { Threads = 1 }).Match(transactions));

            Assert.Equal(expected, Lines(new PaymentMatcher(ledger, new MatchingOptions { Threads = 2 }).Match(transactions)));
            Assert.Equal(expected, Lines(new PaymentMatcher(ledger, new MatchingOptions { Threads = 8 }).Match(transactions)));
            Assert.Equal(expected, Lines(new PaymentMatcher(shuffled).Match([.. transactions.Reverse()])));
        },
        cases: 6);

    // Of every third payment two more, alike but for the bank's reference, from nobody known: they want the same documents and have the same turn but for their ids.
    private static IReadOnlyList<BankTransaction> Crowded(IReadOnlyList<BankTransaction> transactions)
    {
        var keys = new ImportKeyScope();
        keys.Begin(new StatementHeader { Format = default, Account = new StatementAccount { Number = "3000400050" } });
        var crowd = new List<BankTransaction>(transactions);
        for (var i = 0; i < transactions.Count; i += 3)
        {
            for (var copy = 1; copy <= 2; copy++)
            {
                var transaction = new BankTransaction
                {
                    Amount = transactions[i].Amount,
                    BookingDate = transactions[i].BookingDate,
                    Remittance = transactions[i].Remittance,
                    StructuredReference = transactions[i].StructuredReference,
                    BankReference = string.Create(CultureInfo.InvariantCulture, $"C{(copy * 100_000) - i}"),
                };
                keys.Assign(transaction);
                crowd.Add(transaction);
            }
        }

        return crowd;
    }

    [Fact]
    public void More_evidence_for_a_hypothesis_never_lowers_its_weight() => Law.ForAll(
        Markets,
        parameters =>
        {
            var market = PaymentMaker.Make(parameters with { Payments = 40 });
            var matcher = new PaymentMatcher(market.Ledger);
            var customers = market.Ledger.Customers.ToDictionary(c => c.Id);
            var items = market.Ledger.OpenItems.ToDictionary(i => i.Id);
            foreach (var (transaction, truth) in market.Transactions.Zip(market.Truths))
            {
                if (truth is not { Customer: { } customer, Parts: [{ Kind: AllocationKind.Payment } part] } || Weight(matcher, transaction, truth) is not { } before)
                {
                    continue;
                }

                var payer = transaction.Counterparty ?? new Counterparty();
                // A reference beside a number that says something else is no more evidence, but other evidence.
                if (transaction.Remittance?.Any(char.IsAsciiDigit) != true)
                {
                    Better(items[part.Document].Reference ?? items[part.Document].Number, payer);
                }

                Better(transaction.StructuredReference, payer with { Name = customers[customer].Name });
                if (customers[customer].Ibans is [var iban, ..])
                {
                    Better(transaction.StructuredReference, payer with { Iban = iban });
                }

                void Better(string? reference, Counterparty counterparty)
                {
                    var more = new BankTransaction
                    {
                        Amount = transaction.Amount,
                        BookingDate = transaction.BookingDate,
                        Remittance = transaction.Remittance,
                        StructuredReference = reference,
                        Details = transaction.Details,
                        Counterparty = counterparty,
                    };
                    Assert.True(Weight(matcher, more, truth) >= before, $"{more.Remittance} | {reference} | {counterparty}");
                }
            }
        },
        cases: 8);

    // What speaks for the right answer, in bits; null where it was not thought of.
    private static decimal? Weight(PaymentMatcher matcher, BankTransaction transaction, Truth truth) =>
        matcher.Explain(transaction).Candidates.Where(c => MatchScore.IsRight(c.Customer, c.Outcome, c.Allocations, truth)).Max(c => (decimal?)c.Explanation.Sum(e => e.Weight));

    [Fact]
    public void Automatic_answers_are_right_on_seeds_and_schemes_never_fitted()
    {
        var score = new MatchScore();
        foreach (var difficulty in new[] { Difficulty.Easy, Difficulty.Medium, Difficulty.Hard })
        {
            for (var seed = 0; seed < 2; seed++)
            {
                var market = PaymentMaker.Make(new MarketParameters
                {
                    Seed = (ulong)(900_000 + seed),
                    Difficulty = difficulty,
                    Items = 900,
                    Payments = 250,
                    Languages = [3, 4, 5, 6, 0],
                    Schemes = MarketParameters.TestingSchemes,
                });
                score.Add(market, new PaymentMatcher(market.Ledger).Match(market.Transactions));
            }
        }

        Assert.True(score.Automatic > 850);
        Assert.InRange(score.WrongAutomatic, 0, 1);
    }

    [Fact]
    public void What_was_posted_is_recognised_and_posts_nothing_more()
    {
        var market = PaymentMaker.Make(new MarketParameters { Seed = 77, Items = 150, Payments = 40, Difficulty = Difficulty.Easy });
        var events = MarketEvents.Of(market);
        var asOf = new NodaTime.LocalDate(2026, 12, 31);
        var before = LedgerBook.Create(events).Snapshot(asOf);
        var matches = new PaymentMatcher(before).Match(market.Transactions);
        var plan = PaymentPosting.Plan(matches.Select(PostableMatch.From), before);

        var book = LedgerBook.Create(events.Concat(plan.Events));
        var after = book.Snapshot(asOf);
        var again = new PaymentMatcher(after).Match(market.Transactions);
        var repeated = PaymentPosting.Plan(matches.Select(PostableMatch.From), after);

        Assert.Empty(book.Faults.Select(f => f.Code));
        Assert.Empty(repeated.Events);
        var posted = matches.Where(m => m.Decision == MatchDecision.Automatic && m.Outcome != MatchOutcome.None).Select(m => m.Transaction.Id).ToHashSet();
        Assert.NotEmpty(posted);
        Assert.Equal(posted.Order(), again.Where(m => m.Outcome == MatchOutcome.AlreadyPosted).Select(m => m.Transaction.Id).Order());
    }

    [Fact]
    public void The_json_form_of_an_answer_posts_the_same()
    {
        var market = PaymentMaker.Make(new MarketParameters { Seed = 78, Items = 150, Payments = 60 });
        foreach (var result in new PaymentMatcher(market.Ledger).Match(market.Transactions))
        {
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream))
            {
                MatchResultJson.Write(writer, result);
            }

            Assert.True(PostableMatch.TryRead(stream.ToArray(), out var read));
            var expected = PaymentPosting.Plan([PostableMatch.From(result)], market.Ledger, acceptSuggested: true).Events;
            Assert.Equal(expected, PaymentPosting.Plan([read], market.Ledger, acceptSuggested: true).Events);
        }
    }

    [CorpusFact]
    public void No_annotated_case_is_posted_wrongly()
    {
        foreach (var folder in Corpus.Files("payments").Where(f => f.EndsWith("bank_statement.json", StringComparison.Ordinal)).Select(f => Path.GetDirectoryName(f)!))
        {
            var cases = AnnotatedCases.Read(folder);
            var results = new PaymentMatcher(cases.Ledger).Match([.. cases.Transactions.Select(t => t.Transaction)]);
            Assert.Equal(cases.Transactions.Count, results.Count);
            Assert.All(results.Zip(cases.Transactions), pair =>
            {
                var (result, note) = (pair.First, pair.Second.Note);
                if (result.Decision == MatchDecision.Automatic)
                {
                    Assert.DoesNotMatch("(?i)prepayment|EDI 820|active dispute|compliance hold|wrong (legal )?entity|late .*discount|damage claim|pricing dispute|short ship|trade promo", note);
                }
            });
        }
    }

    private static SortedSet<string> Lines(IReadOnlyList<MatchResult> results)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var result in results)
        {
            lines.Add(Line(result));
        }

        return lines;
    }

    internal static string Line(MatchResult result)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            MatchResultJson.Write(writer, result);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
