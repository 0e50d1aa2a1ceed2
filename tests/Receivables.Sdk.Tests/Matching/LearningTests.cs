using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Matching;
using Receivables.Sdk.Validation;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

public class LearningTests
{
    private const string Iban = "DE89370400440532013000";
    private static readonly LocalDate Day = new(2026, 12, 1);

    private static SampleLedger Ledger() => new SampleLedger()
        .Customer("C1", "Albers Verhuur")
        .Customer("C2", "Pieters Holding", "NL20INGB0001234567")
        .Invoice("I1", "C1", "2026-00123", 121.00m)
        .Invoice("I2", "C1", "2026-00124", 60.50m)
        .Invoice("I3", "C1", "2026-00125", 77.70m)
        .Invoice("I4", "C2", "2026-00126", 980.17m);

    private static MatchMemory Teach(SampleLedger ledger, params (decimal Amount, string Text, string Customer)[] payments) => MatchMemory.Replay(payments.Select(p =>
    {
        var result = new PaymentMatcher(ledger.Snapshot).Match(ledger.Transaction(p.Amount, p.Text, "Zakelijk Beheer", Iban));
        var answer = new MatchAnswer(new CustomerId(p.Customer), MatchOutcome.Exact, MatchAnswer.Of(result).Parts);
        return (LearningEvent)MatchFeedback.Confirm(result, answer, ledger.Snapshot, Day, "anna");
    }));

    private static MatchResult Match(SampleLedger ledger, MatchMemory memory, BankTransaction transaction) =>
        new PaymentMatcher(ledger.Snapshot, null, new MatchKnowledge { Memory = memory }).Match(transaction);

    [Fact]
    public void An_account_confirmed_twice_is_known_and_the_answer_says_why()
    {
        var ledger = Ledger();
        var third = ledger.Transaction(77.70m, "dank", "Zakelijk Beheer", Iban);
        var once = Teach(ledger, (121.00m, "2026-00123", "C1"));
        var twice = Teach(ledger, (121.00m, "2026-00123", "C1"), (60.50m, "2026-00124", "C1"));

        Assert.DoesNotContain(Match(ledger, once, third).Explanation, e => e.Code == EvidenceCode.LearnedPayer);
        var result = Match(ledger, twice, third);
        Assert.Equal(new CustomerId("C1"), result.Customer);
        Assert.Contains(result.Explanation, e => e.Code == EvidenceCode.Account && e.Weight > 0);
        Assert.Contains(result.Explanation, e => e.Code == EvidenceCode.LearnedPayer && e.Detail == "DE89370400440532013000: 2 confirmations, the last on 2026-12-01");
        Assert.All(twice.Aliases(Day), a => Assert.True(a.IsActive));
        Assert.DoesNotContain(twice.Aliases(Day.PlusDays(740)), a => a.IsActive);

        var revoked = twice.With(new AliasRevoked { Alias = twice.Aliases(Day).First(a => a.Kind == AliasKind.Account).Id, On = Day });
        Assert.DoesNotContain(Match(ledger, revoked, third).Explanation, e => e.Code == EvidenceCode.Account);
    }

    [Fact]
    public void Contrary_words_put_an_alias_to_sleep()
    {
        var ledger = Ledger();
        var memory = Teach(ledger, (121.00m, "2026-00123", "C1"), (60.50m, "2026-00124", "C1"), (980.17m, "2026-00126", "C2"));

        Assert.DoesNotContain(memory.Aliases(Day), a => a.IsActive);
        Assert.Equal([new CustomerId("C2")], memory.Aliases(Day).Select(a => a.Customer).Distinct());

        var two = Teach(ledger, (121.00m, "2026-00123", "C1"), (60.50m, "2026-00124", "C1"));
        var result = new PaymentMatcher(ledger.Snapshot).Match(ledger.Transaction(77.70m, "2026-00125", "Zakelijk Beheer", Iban));
        var against = two.With(MatchFeedback.Reject(result, null, Day));
        Assert.DoesNotContain(against.Aliases(Day), a => a.IsActive);
    }

    [Fact]
    public void Who_pays_for_another_customer_is_learnt()
    {
        var ledger = Ledger();
        var log = new[] { (Amount: 121.00m, Text: "2026-00123"), (Amount: 60.50m, Text: "2026-00124") }.Select(p =>
        {
            var result = new PaymentMatcher(ledger.Snapshot).Match(ledger.Transaction(p.Amount, p.Text, "Pieters Holding", "NL20INGB0001234567"));
            Assert.Equal(MatchOutcome.Exact, result.Outcome);
            return (LearningEvent)MatchFeedback.Confirm(result, null, ledger.Snapshot, Day);
        });
        var memory = MatchMemory.Replay(log);
        Assert.Contains(memory.Aliases(Day), a => a is { Kind: AliasKind.PaysFor, Key: "C2", IsActive: true } && a.Customer == new CustomerId("C1"));

        var third = Match(ledger, memory, ledger.Transaction(77.70m, "2026-00125", "Pieters Holding", "NL20INGB0001234567"));
        Assert.Equal(new CustomerId("C1"), third.Customer);
        Assert.Contains(third.Explanation, e => e is { Code: EvidenceCode.LearnedPaysFor, Detail: "C2: 2 confirmations, the last on 2026-12-01" });
    }

    [Fact]
    public void A_start_of_numbers_that_is_left_out_is_learnt_and_decides_between_equals()
    {
        var ledger = new SampleLedger().Customer("C1", "Albers Verhuur", Iban)
            .Invoice("I1", "C1", "2026-012345", 121.00m).Invoice("I2", "C1", "2026-012399", 60.50m).Invoice("I3", "C1", "2026-012777", 70.00m).Invoice("I4", "C1", "2025-012777", 70.00m);
        var log = new List<LearningEvent>();
        foreach (var (amount, text, id) in new[] { (121.00m, "012345", "I1"), (60.50m, "012399", "I2") })
        {
            var result = new PaymentMatcher(ledger.Snapshot).Match(ledger.Transaction(amount, text, "Albers Verhuur", Iban));
            Assert.Equal([new DocumentId(id)], result.Allocations.Select(a => a.Document));
            Assert.Contains(result.Explanation, e => e.Code == EvidenceCode.NumberTail);
            log.Add(MatchFeedback.Confirm(result, null, ledger.Snapshot, Day));
        }

        var memory = MatchMemory.Replay(log);
        Assert.Contains(memory.Aliases(Day), a => a is { Kind: AliasKind.Prefix, Key: "2026", IsActive: true });
        var third = Match(ledger, memory, ledger.Transaction(70.00m, "012777", "Albers Verhuur", Iban));
        Assert.Equal([new DocumentId("I3")], third.Allocations.Select(a => a.Document));
        Assert.Contains(third.Explanation, e => e.Code == EvidenceCode.LearnedHabit);
    }

    [Fact]
    public void What_a_person_confirmed_otherwise_is_never_automatic()
    {
        var ledger = Ledger();
        var transaction = ledger.Transaction(121.00m, "2026-00123", "Albers Verhuur");
        var result = new PaymentMatcher(ledger.Snapshot).Match(transaction);
        Assert.Equal(MatchDecision.Automatic, result.Decision);

        var other = new MatchAnswer(new CustomerId("C1"), MatchOutcome.Exact, [new AnswerPart(new DocumentId("I2"), ledger.Amount(60.50m), AllocationKind.Payment)]);
        var held = Match(ledger, MatchMemory.Empty.With(MatchFeedback.Confirm(result, other, ledger.Snapshot, Day)), transaction);
        Assert.NotEqual(MatchDecision.Automatic, held.Decision);
        Assert.Contains(held.Explanation, e => e.Code == EvidenceCode.ConfirmedOtherwise);

        var same = Match(ledger, MatchMemory.Empty.With(MatchFeedback.Confirm(result, null, ledger.Snapshot, Day)), transaction);
        Assert.Equal(MatchDecision.Automatic, same.Decision);
    }

    // Rejected again and again, until nothing is left to propose; and never anything unseen meanwhile.
    [Fact]
    public void What_was_turned_down_is_never_proposed_again() => Law.ForAll(
        from seed in Gen.Choose(1, 1_000_000)
        from difficulty in Gen.Choose(0, 2)
        select new MarketParameters { Seed = (ulong)seed, Difficulty = (Difficulty)difficulty, Items = 60, Payments = 30 },
        parameters =>
        {
            var market = PaymentMaker.Make(parameters);
            var memory = MatchMemory.Empty;
            var turnedDown = new HashSet<(TransactionId, MatchAnswer)>();
            for (var round = 0; round < 4; round++)
            {
                var results = new PaymentMatcher(market.Ledger, null, new MatchKnowledge { Memory = MatchMemory.Replay(memory.Events) }).Match(market.Transactions);
                foreach (var result in results)
                {
                    Assert.DoesNotContain((result.Transaction.Id, MatchAnswer.Of(result)), turnedDown);
                    Assert.All(result.Alternatives, a => Assert.DoesNotContain((result.Transaction.Id, MatchAnswer.Of(a)), turnedDown));
                    if (round > 0 && turnedDown.Any(t => t.Item1 == result.Transaction.Id) && result.Outcome != MatchOutcome.AlreadyPosted && result.Confidence is not null)
                    {
                        Assert.Equal(MatchDecision.Suggested, result.Decision);
                    }

                    if (result.Decision is MatchDecision.Automatic or MatchDecision.Suggested && result.Outcome is not (MatchOutcome.AlreadyPosted or MatchOutcome.None) && result.Confidence is not null)
                    {
                        memory = memory.With(MatchFeedback.Reject(result, null, Day));
                        turnedDown.Add((result.Transaction.Id, MatchAnswer.Of(result)));
                    }
                }
            }
        },
        cases: 8);

    [Fact]
    public void Confirmations_bound_the_true_error_rate_of_each_tier()
    {
        var ledger = Ledger();
        var matcher = new PaymentMatcher(ledger.Snapshot);
        var right = matcher.Match(ledger.Transaction(121.00m, "2026-00123", "Albers Verhuur"));
        var wrong = matcher.Match(ledger.Transaction(60.50m, "2026-00124", "Albers Verhuur"));
        Assert.Equal((MatchDecision.Automatic, MatchDecision.Automatic), (right.Decision, wrong.Decision));

        Assert.Equal([1m, 1m], MatchMemory.Empty.ErrorBounds().Select(b => b.Upper));
        var memory = MatchMemory.Empty.With(MatchFeedback.Confirm(right, null, ledger.Snapshot, Day)).With(MatchFeedback.Reject(wrong, null, Day));
        var bound = memory.ErrorBounds()[0];
        Assert.Equal((2, 1, 0.5m), (bound.Judged, bound.Wrong, bound.Rate));
        // 1 wrong of 2, one-sided at 95 %: 1 − p² = 0.95… solved, √0.95.
        Assert.Equal(0.974680m, bound.Upper);
        Assert.Equal(0, memory.ErrorBounds()[1].Judged);
    }

    [Fact]
    public void Options_that_cannot_be_are_refused_all_at_once()
    {
        Assert.Equal(2, new LearningOptions { Confirmations = 0, HalfLifeDays = 0 }.Check().Count());
        Assert.Throws<ArgumentException>(() => MatchMemory.Replay([], new LearningOptions { Confirmations = 0 }));
        Assert.Equal(["Confirmations", "HalfLifeDays"], new LearningOptionsValidator().Validate(new LearningOptions { Confirmations = 0, HalfLifeDays = 0 }).Errors.Select(e => e.PropertyName));
        var wrong = new MatchingOptions { AutomaticErrorTarget = 0m, DiscountGraceDays = -1, MaxSumSize = 99 };
        Assert.Equal(["AutomaticErrorTarget", "DiscountGraceDays", "MaxSumSize"], new MatchingOptionsValidator().Validate(wrong).Errors.Select(e => e.PropertyName));
        Assert.True(new MatchingOptionsValidator().Validate(MatchingOptions.Default).IsValid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"learned\":\"confirmed\"}")]
    [InlineData("{\"learned\":\"confirmed\",\"on\":\"2026-13-01\",\"transaction\":\"T\",\"outcome\":\"exact\"}")]
    [InlineData("{\"learned\":\"confirmed\",\"on\":\"2026-12-01\",\"transaction\":\"T\",\"outcome\":\"7\"}")]
    [InlineData("{\"learned\":\"rejected\",\"on\":\"2026-12-01\",\"transaction\":\"T\",\"outcome\":\"exact\",\"parts\":[1]}")]
    [InlineData("{\"learned\":\"guessed\",\"on\":\"2026-12-01\"}")]
    public void A_line_that_is_no_event_is_said_to_be_none(string line) => Assert.False(LearningJson.TryRead(System.Text.Encoding.UTF8.GetBytes(line), out _));
}
