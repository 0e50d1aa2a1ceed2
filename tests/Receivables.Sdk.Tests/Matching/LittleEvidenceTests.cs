using Receivables.Sdk.Matching;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit.Matching;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

/// <summary>What is shown to a person where hardly anything is known; none of it may be posted unseen.</summary>
public class LittleEvidenceTests
{
    private static MatchResult Match(SampleLedger ledger, BankTransaction transaction) => new PaymentMatcher(ledger.Snapshot).Match(transaction);

    // The answer's documents, then those of the alternatives.
    private static List<string> Shown(MatchResult result) =>
        [.. result.Allocations.Concat(result.Alternatives.SelectMany(a => a.Allocations)).Select(a => a.Document.Value).Distinct()];

    [Fact]
    public void The_payers_own_document_comes_before_those_of_many_others_that_an_error_makes_of_the_number()
    {
        var ledger = new SampleLedger().Customer("Z", "Bakkerij Zonneschijn B.V.").Invoice("I", "Z", "300000074", 310.15m);
        for (var digit = 1; digit <= 9; digit++)
        {
            ledger.Customer($"A{digit}", $"Bedrijf Nummer{(char)('a' + digit)}").Invoice($"I{digit}", $"A{digit}", $"3000007{digit}4", 100m + digit)
                .Customer($"B{digit}", $"Firma Zaak{(char)('a' + digit)}").Invoice($"J{digit}", $"B{digit}", $"3000{digit}0704", 500m + digit);
        }

        var result = Match(ledger, ledger.Transaction(310.15m, "factuur 300000704", "Bakkerij Zonneschijn"));

        Assert.Equal(["I"], result.Allocations.Select(a => a.Document.Value));
        Assert.Contains(result.Explanation, e => e.Code == EvidenceCode.NumberTypo);
    }

    [Fact]
    public void Of_many_documents_of_an_amount_those_due_nearest_are_shown()
    {
        var ledger = new SampleLedger();
        for (var i = 0; i < 10; i++)
        {
            ledger.Customer($"C{i}", $"Bedrijf Nummer{(char)('a' + i)}").Invoice($"I{i}", $"C{i}", $"2026-{i}0{i}1", 100m, issued: "2025-06-01", due: $"2025-{i + 3:00}-15");
        }

        var near = Match(ledger, ledger.Transaction(100m, "bedankt", date: "2025-07-20"));
        var unknown = Match(ledger, ledger.Transaction(101m, "bedankt", date: "2025-07-20"));

        Assert.Equal(["I3", "I4", "I5"], Shown(near).Order());
        Assert.NotEqual(MatchDecision.Automatic, near.Decision);
        Assert.Empty(Shown(unknown));
    }

    [Theory]
    [InlineData("nota 002831", true)]
    [InlineData("nota 01-0000002831", true)]
    [InlineData("nota 202871", true)]
    [InlineData("nota 2831", false)]
    public void Zeros_in_front_are_digits_of_a_number_with_an_error(string text, bool isFound)
    {
        var ledger = new SampleLedger();
        for (var i = 0; i < 20; i++)
        {
            ledger.Customer($"C{i}", $"Bedrijf Nummer{(char)('a' + i)}").Invoice($"I{i}", $"C{i}", $"SI-00{2000 + (i * 91)}", 100m + i);
        }

        ledger.Customer("C99", "Bakkerij Zonneschijn B.V.").Invoice("I99", "C99", "SI-002871", 310.15m).Invoice("I98", "C99", "SI-001111", 310.15m);
        var result = Match(ledger, ledger.Transaction(250m, text));

        Assert.Equal(isFound, Shown(result).Contains("I99"));
        Assert.NotEqual(MatchDecision.Automatic, result.Decision);
    }

    [Fact]
    public void Among_many_documents_few_that_make_the_sum_are_shown()
    {
        var ledger = new SampleLedger().Customer("C1", "Bakkerij Zonneschijn B.V.");
        for (var i = 0; i < 40; i++)
        {
            ledger.Invoice($"I{i:00}", "C1", $"2026-{10001 + (i * 37)}", 1000m + (i * i * 1.37m) + i);
        }

        var sum = ledger.Snapshot.OpenItems.Where(i => i.Id.Value is "I07" or "I22" or "I31").Sum(i => i.Open.Amount);
        var result = Match(ledger, ledger.Transaction(sum, "diverse", "Bakkerij Zonneschijn"));

        Assert.Contains(result.Alternatives.Select(a => a.Allocations).Append(result.Allocations), a => a.Select(x => x.Document.Value).Order().SequenceEqual(["I07", "I22", "I31"]));
        Assert.NotEqual(MatchDecision.Automatic, result.Decision);
    }

    [Fact]
    public void Documents_of_customers_that_have_nothing_to_do_with_each_other_are_suggested_where_one_payment_names_them_all()
    {
        var ledger = new SampleLedger();
        for (var i = 0; i < 40; i++)
        {
            ledger.Customer($"C{i}", $"Bedrijf Nummer{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}").Invoice($"I{i}", $"C{i}", $"2026-{10001 + (i * 37)}", 100m + (i * 3.17m));
        }

        var sum = ledger.Snapshot.OpenItems.Where(i => i.Id.Value is "I7" or "I22" or "I31").Sum(i => i.Open.Amount);
        var result = Match(ledger, ledger.Transaction(sum, "2026-10260 2026-10815; 2026-11148", "Zorgverzekeraar Zilver"));
        var less = Match(ledger, ledger.Transaction(sum - 1m, "2026-10260 2026-10815; 2026-11148", "Zorgverzekeraar Zilver"));
        var plan = PaymentPosting.Plan([PostableMatch.From(result)], ledger.Snapshot, acceptSuggested: true);

        Assert.Equal((MatchDecision.Suggested, MatchOutcome.Combined), (result.Decision, result.Outcome));
        Assert.Null(result.Customer);
        Assert.Contains(result.Explanation, e => e.Code == EvidenceCode.Reservation && e.Text == "a person should look: documents of 3 customers");
        Assert.Equal([("I7", "C7"), ("I22", "C22"), ("I31", "C31")], result.Allocations.OrderBy(a => a.Amount.Amount).Select(a => (a.Document.Value, a.Customer!.Value.Value)));
        Assert.Equal(0m, result.Residual.Amount);
        Assert.Equal(4, plan.Events.Count);
        Assert.DoesNotContain(less.Alternatives.Select(a => a.Allocations).Append(less.Allocations), a => a.Count == 3);
    }

    [Theory]
    [InlineData("voor Willem El Idrissi groep 2", true)]
    [InlineData("voor Willem groep 2", false)]
    public void The_document_of_another_whose_whole_name_the_text_has_is_shown_though_the_payer_is_a_customer(string text, bool isShown)
    {
        var ledger = new SampleLedger().Customer("C1", "Els Jansen", "NL20INGB0001234567").Invoice("I1", "C1", "2026-10001", 80m)
            .Customer("C2", "Willem El Idrissi").Invoice("I2", "C2", "2026-10038", 50m);
        for (var i = 3; i < 40; i++)
        {
            ledger.Customer($"C{i}", $"Bedrijf Nummer{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}").Invoice($"I{i}", $"C{i}", $"2026-{10001 + (i * 37)}", 50m);
        }

        var result = Match(ledger, ledger.Transaction(50m, text, "Els Jansen", "NL20INGB0001234567"));

        Assert.Equal(isShown, result.Allocations.Concat(result.Alternatives.Take(2).SelectMany(a => a.Allocations)).Any(a => a.Document.Value == "I2"));
        Assert.NotEqual(MatchDecision.Automatic, result.Decision);
    }

    [Theory]
    [InlineData("RG. 761", "I2")]
    [InlineData("RG. 593", "I1")]
    public void Of_equal_documents_three_digits_tell_which_is_paid(string text, string expected)
    {
        var ledger = new SampleLedger().Customer("C1", "Bakkerij Zonneschijn B.V.").Invoice("I1", "C1", "RE-2025-00593", 441.19m).Invoice("I2", "C1", "RE-2026-00761", 441.19m);

        Assert.Equal([expected], Match(ledger, ledger.Transaction(441.19m, text, "Bakkerij Zonneschijn B.V.")).Allocations.Select(a => a.Document.Value));
    }

    [Theory]
    [InlineData("refund", 1, true)]
    [InlineData("terugbetaling", 1, true)]
    [InlineData("huur februari", 1, false)]
    [InlineData("refund", 2, false)]
    public void A_refund_to_nobody_known_is_suggested_where_one_sum_to_pay_back_has_the_amount(string text, int sums, bool isFound)
    {
        var ledger = new SampleLedger().Customer("C1", "Bakkerij Zonneschijn B.V.").Payment("P1", "C1", 88.80m, "2026-02-01", "t1", unapplied: 88.80m);
        if (sums > 1)
        {
            ledger.Customer("C2", "Firma Maan").Payment("P2", "C2", 88.80m, "2026-02-01", "t2", unapplied: 88.80m);
        }

        var result = Match(ledger, ledger.Transaction(-88.80m, text));

        Assert.Equal(isFound ? ["P1"] : [], result.Refunds.Select(r => r.From.Value));
        Assert.Equal(isFound ? MatchDecision.Suggested : MatchDecision.NotReceivable, result.Decision);
    }

    [Theory]
    [InlineData("PAY-0002")]
    [InlineData("refund PAY-0002")]
    public void A_refund_that_names_its_payment_is_no_less_sure_for_others_of_the_amount(string text)
    {
        var ledger = new SampleLedger().Customer("C1", "Bakkerij Zonneschijn B.V.").Customer("C2", "Firma Maan")
            .Payment("PAY-0001", "C1", 50m, "2026-02-01", "t1", unapplied: 50m).Payment("PAY-0002", "C2", 50m, "2026-02-01", "t2", unapplied: 50m);
        var result = Match(ledger, ledger.Transaction(-50m, text));

        Assert.Equal(["PAY-0002"], result.Refunds.Select(r => r.From.Value));
        Assert.Equal((MatchDecision.Suggested, 0.9m), (result.Decision, result.Confidence));
    }

    [Fact]
    public void A_return_that_nothing_names_is_of_the_one_payment_of_its_amount()
    {
        var ledger = new SampleLedger().Customer("C1", "Bakkerij Zonneschijn B.V.");
        for (var i = 0; i < 200; i++)
        {
            ledger.Payment($"P{i:000}", "C1", 100m + i, "2026-02-01", $"t{i}");
        }

        var result = Match(ledger, ledger.Transaction(-133m, null, details: new TransactionDetails { ReturnReason = "AC04" }));

        Assert.Equal((MatchOutcome.Return, MatchDecision.Suggested), (result.Outcome, result.Decision));
        Assert.Equal(["P033"], result.Reverses.Select(r => r.Value));
    }
}
