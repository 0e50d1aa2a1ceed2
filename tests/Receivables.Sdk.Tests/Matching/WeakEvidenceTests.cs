using Receivables.Sdk.Matching;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit.Matching;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

/// <summary>What is made of numbers with errors, numbers cut short, differences in the amount and money that may be meant twice.</summary>
public class WeakEvidenceTests
{
    private const string JansenIban = "NL20INGB0001234567";

    private static SampleLedger Ledger() => new SampleLedger()
        .Customer("C100", "Bakkerij Jansen B.V.", JansenIban)
        .Customer("C200", "Müller Maschinenbau GmbH")
        .Customer("C300", "Hunter Douglas Industries B.V.")
        .Invoice("I1", "C100", "RE-26-04817", 1210.00m)
        .Invoice("I2", "C100", "RE-26-05930", 640.50m)
        .Invoice("I3", "C200", "RE-26-04877", 980.17m)
        .Invoice("I4", "C300", "RE-26-06124", 455.20m);

    private static MatchResult Match(SampleLedger ledger, BankTransaction transaction) => new PaymentMatcher(ledger.Snapshot).Match(transaction);

    [Theory]
    [InlineData("rekening 04187", "swapped")]
    [InlineData("rekening 0487", "four digits")]
    [InlineData("rekening 04877", "another's number in full")]
    [InlineData("re 26 04816", "one wrong, with the year")]
    public void A_number_with_an_error_is_looked_for_among_the_payers_own(string text, string why)
    {
        var ledger = Ledger();
        var result = Match(ledger, ledger.Transaction(500.00m, text, "Bakkerij Jansen", JansenIban));
        var isNamed = result.Explanation.Concat(result.Alternatives.SelectMany(a => a.Explanation)).Any(e => e.Code == EvidenceCode.NumberTypo);

        Assert.Equal(why != "four digits", isNamed);
        Assert.NotEqual(MatchDecision.Automatic, result.Decision);
    }

    [Fact]
    public void A_number_with_an_error_and_the_amount_of_the_payers_own_invoice_settle_it()
    {
        var ledger = Ledger();
        var result = Match(ledger, ledger.Transaction(1210.00m, "rekening 04187", "Bakkerij Jansen", JansenIban));

        Assert.Equal(["I1"], result.Allocations.Select(a => a.Document.Value));
        Assert.Contains(result.Explanation, e => e is { Code: EvidenceCode.NumberTypo, Detail: "04187" });
    }

    [Theory]
    [InlineData("RE-26-04871")]
    [InlineData("RE-26-04812")]
    [InlineData("RE-26-0481")]
    public void A_part_is_not_posted_unseen_where_one_error_makes_the_number_anothers(string near)
    {
        var ledger = Ledger().Invoice("I5", "C100", near, 777.00m);
        var part = Match(ledger, ledger.Transaction(500.00m, "RE-26-04817", "Bakkerij Jansen", JansenIban));
        var whole = Match(ledger, ledger.Transaction(1210.00m, "RE-26-04817", "Bakkerij Jansen", JansenIban));
        var alone = Match(Ledger(), ledger.Transaction(500.00m, "RE-26-04817", "Bakkerij Jansen", JansenIban));

        Assert.Equal([MatchDecision.Suggested, MatchDecision.Automatic, MatchDecision.Automatic], new[] { part, whole, alone }.Select(r => r.Decision));
        Assert.Contains(part.Explanation, e => e.Code == EvidenceCode.SimilarNumber);
    }

    [Theory]
    [InlineData(4999.00, MatchDecision.Suggested)]
    [InlineData(5001.00, MatchDecision.Automatic)]
    public void A_document_of_which_it_would_be_less_than_a_tenth_is_not_what_a_part_is_mistaken_for(double near, MatchDecision expected)
    {
        var ledger = Ledger().Invoice("I5", "C100", "RE-26-04871", (decimal)near);

        Assert.Equal(expected, Match(ledger, ledger.Transaction(500.00m, "RE-26-04817", "Bakkerij Jansen", JansenIban)).Decision);
    }

    [Fact]
    public void An_answer_that_its_text_names_keeps_its_confidence_and_loses_the_alternatives_that_others_took()
    {
        var ledger = Ledger().Invoice("I8", "C100", "RE-26-04871", 500.00m);
        var asked = ledger.Transaction(500.00m, "RE-26-04817", "Bakkerij Jansen", JansenIban);
        var other = ledger.Transaction(500.00m, "RE-26-04871", "Bakkerij Jansen", JansenIban);
        var alone = Match(ledger, asked);
        var results = new PaymentMatcher(ledger.Snapshot).Match([asked, other]);

        Assert.Contains(alone.Alternatives, a => Names(a.Allocations, "I8"));
        Assert.True(Names(results[1].Allocations, "I8"));
        Assert.DoesNotContain(results[0].Alternatives, a => Names(a.Allocations, "I8"));
        Assert.Equal(alone.Alternatives.Where(a => !Names(a.Allocations, "I8")).Select(a => a.Outcome), results[0].Alternatives.Select(a => a.Outcome));
        Assert.Equal((alone.Decision, alone.Confidence), (results[0].Decision, results[0].Confidence));
        Assert.Equal(alone.Allocations, results[0].Allocations);

        static bool Names(IReadOnlyList<MatchAllocation> allocations, string document) => allocations.Any(a => a.Document.Value == document);
    }

    [Theory]
    [InlineData("RE-26-04877", false)]
    [InlineData("dank u", true)]
    public void The_amount_of_ones_own_invoice_is_not_posted_unseen_where_the_text_names_anothers(string text, bool isAutomatic)
    {
        var ledger = Ledger();
        var result = Match(ledger, ledger.Transaction(640.50m, text, "Bakkerij Jansen", JansenIban));

        Assert.Equal(isAutomatic, result.Decision == MatchDecision.Automatic);
    }

    [Theory]
    [InlineData("RE-26-04810", MatchDecision.Suggested)]
    [InlineData("RE-26-03333", MatchDecision.Automatic)]
    public void A_part_is_not_posted_unseen_where_a_settled_document_of_nearly_that_number_has_its_amount(string settled, MatchDecision expected)
    {
        var ledger = Ledger().Paid("I5", "C100", settled, 500.00m, "P5", "2026-01-20", "T5");
        var result = Match(ledger, ledger.Transaction(500.00m, "RE-26-04817", "Bakkerij Jansen", JansenIban));

        Assert.Equal(expected, result.Decision);
    }

    [Theory]
    [InlineData(1050.13, MatchDecision.Automatic)]
    [InlineData(1197.50, MatchDecision.Suggested)]
    [InlineData(1150.13, MatchDecision.Automatic)]
    public void What_may_have_been_held_back_waits_for_a_person(double amount, MatchDecision expected)
    {
        var ledger = Ledger();
        var result = Match(ledger, ledger.Transaction((decimal)amount, "RE-26-04817", "Bakkerij Jansen", JansenIban));

        Assert.Equal(expected, result.Decision);
        Assert.Equal(expected != MatchDecision.Automatic, result.Explanation.Any(e => e.Code == EvidenceCode.Reservation));
    }

    [Fact]
    public void Of_several_the_last_may_be_paid_in_part_unseen()
    {
        var ledger = Ledger();
        var part = Match(ledger, ledger.Transaction(1700.00m, "RE-26-04817, RE-26-05930", "Bakkerij Jansen", JansenIban));
        var little = Match(ledger, ledger.Transaction(1840.00m, "RE-26-04817, RE-26-05930", "Bakkerij Jansen", JansenIban));

        Assert.Equal(["I1", "I2"], part.Allocations.Select(a => a.Document.Value));
        Assert.DoesNotContain(part.Explanation, e => e.Code == EvidenceCode.Reservation);
        Assert.Equal(MatchDecision.Suggested, little.Decision);
        Assert.Contains(little.Explanation, e => e.Code == EvidenceCode.Reservation);
    }

    [Fact]
    public void Documents_named_beside_those_that_make_the_amount_are_left_out()
    {
        var ledger = Ledger().Invoice("I5", "C100", "RE-26-07003", 33.10m);
        var result = Match(ledger, ledger.Transaction(1850.50m, "RE-26-04817, RE-26-05930, RE-26-07003", "Bakkerij Jansen", JansenIban));

        Assert.Equal(["I1", "I2"], result.Allocations.Select(a => a.Document.Value));
        Assert.Equal(MatchOutcome.Combined, result.Outcome);
    }

    [Fact]
    public void A_credit_note_that_the_text_names_is_netted_though_the_invoice_is_misread()
    {
        var ledger = Ledger().CreditNote("N1", "C100", "CN-77120", 310.40m);
        var result = Match(ledger, ledger.Transaction(899.60m, "RE-26-04187 -/- CN-77120", "Bakkerij Jansen", JansenIban));

        Assert.Equal(["N1", "I1"], result.Allocations.Select(a => a.Document.Value));
    }

    [Fact]
    public void A_payment_that_is_awaited_with_others_is_not_cleared_by_its_customers_own()
    {
        var ledger = Ledger().Paid("I8", "C100", "RE-26-03001", 75.10m, "P8", "2026-02-06").Paid("I9", "C300", "RE-26-03002", 99.99m, "P9", "2026-02-06");
        var own = Match(ledger, ledger.Transaction(75.10m, "RE-26-03001", "Bakkerij Jansen", JansenIban));
        var sum = Match(ledger, ledger.Transaction(175.09m, "card receipts"));

        Assert.NotEqual(MatchDecision.Automatic, own.Decision);
        Assert.Equal(["P8", "P9"], sum.Clears.Select(c => c.Value).Order());
    }

    [Theory]
    [InlineData("refund", MatchDecision.Automatic)]
    [InlineData("Rückerstattung", MatchDecision.Automatic)]
    [InlineData("invoice 4711", MatchDecision.Suggested)]
    public void Money_paid_back_is_sure_where_the_text_says_so(string text, MatchDecision expected)
    {
        var ledger = Ledger().Payment("P1", "C100", 310.55m, "2026-01-20", "t1");

        Assert.Equal(expected, Match(ledger, ledger.Transaction(-310.55m, text, "Bakkerij Jansen", JansenIban)).Decision);
    }

    [Fact]
    public void Of_two_sums_to_pay_back_none_is_sure()
    {
        var ledger = Ledger().Payment("P1", "C100", 310.55m, "2026-01-20", "t1").Payment("P2", "C100", 310.55m, "2026-01-21", "t2");

        Assert.Equal(MatchDecision.Suggested, Match(ledger, ledger.Transaction(-310.55m, "refund", "Bakkerij Jansen", JansenIban)).Decision);
    }

    [Fact]
    public void A_short_name_that_fits_one_customer_alone_makes_the_payer_sure()
    {
        var ledger = Ledger().Customer("C400", "International Harvester Trading B.V.").Invoice("I7", "C400", "RE-26-07001", 812.34m);
        var result = Match(ledger, ledger.Transaction(400.00m, "07001", "Int. Harvester Trading"));

        Assert.Equal("C400", result.Customer?.Value);
    }
}
