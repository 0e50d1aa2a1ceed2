using Receivables.Sdk.Matching;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit.Matching;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

/// <summary>Lists of numbers of which some were written with an error: the amount tells which documents were meant.</summary>
public class MisreadListTests
{
    private const string JansenIban = "NL20INGB0001234567";

    private static SampleLedger Ledger() => new SampleLedger()
        .Customer("C100", "Bakkerij Jansen B.V.", JansenIban)
        .Customer("C200", "Müller Maschinenbau GmbH")
        .Invoice("I1", "C100", "26004817", 1210.00m)
        .Invoice("I2", "C100", "26005930", 640.50m)
        .Invoice("I3", "C100", "26006124", 455.21m)
        .Invoice("I4", "C100", "26007345", 87.44m)
        .Invoice("I5", "C200", "26008877", 980.17m);

    private static MatchResult Match(SampleLedger ledger, decimal amount, string text) =>
        new PaymentMatcher(ledger.Snapshot).Match(ledger.Transaction(amount, text, "Bakkerij Jansen", JansenIban));

    private static string Documents(MatchResult result) => string.Join(' ', result.Allocations.Select(a => a.Document.Value).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("26004817, 26009530", 1850.50, "I1 I2", "swapped")]
    [InlineData("26004817, 2600530", 1850.50, "I1 I2", "missing")]
    [InlineData("26004817, 260055930", 1850.50, "I1 I2", "doubled")]
    [InlineData("26004817; 26006924; 26005930", 2305.71, "I1 I2 I3", "wrong")]
    [InlineData("26004817 26006924 25005930", 2305.71, "I1 I2 I3", "two of three wrong")]
    [InlineData("26004817 26006924 25005930 26007354", 2393.15, "I1 I2 I3 I4", "three of four wrong")]
    public void What_was_misread_in_a_list_is_what_makes_the_sum(string text, double amount, string documents, string why)
    {
        var result = Match(Ledger(), (decimal)amount, "Facturen " + text);

        Assert.Equal((documents, why), (Documents(result), why));
        Assert.Contains(result.Explanation, e => e.Code == EvidenceCode.NumberTypo);
        Assert.Equal(0m, result.Residual.Amount);
    }

    [Fact]
    public void Two_documents_that_may_be_meant_are_none()
    {
        var result = Match(Ledger().Invoice("I9", "C100", "26005939", 640.50m), 1850.50m, "Facturen 26004817, 26005933");

        Assert.NotEqual(MatchDecision.Automatic, result.Decision);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(300, false)]
    public void A_list_paid_in_part_is_not_posted_unseen_where_the_numbers_lie_close(int neighbours, bool isAutomatic)
    {
        var ledger = Ledger();
        for (var i = 0; i < neighbours; i++)
        {
            ledger.Invoice($"N{i}", "C100", $"{26004000 + (3 * i)}", 300m + (7.31m * i));
        }

        var result = Match(ledger, 1700.00m, "Facturen 26004817, 26005930");

        Assert.Equal(isAutomatic, result.Decision == MatchDecision.Automatic);
        Assert.Equal(!isAutomatic, result.Explanation.Any(e => e.Code == EvidenceCode.SimilarNumber));
    }

    [Fact]
    public void One_document_or_two_that_make_the_sum_are_none()
    {
        // 26005930 misread; or 26006124 and 26007345, both misread, which make as much.
        var result = Match(Ledger().Invoice("I9", "C100", "26006125", 640.50m - 87.44m), 1850.50m, "Facturen 26004817, 26005931, 26006126, 26007346");

        Assert.NotEqual(MatchDecision.Automatic, result.Decision);
    }

    [Fact]
    public void The_order_of_the_ledger_is_no_evidence()
    {
        var backward = new SampleLedger()
            .Customer("C200", "Müller Maschinenbau GmbH")
            .Customer("C100", "Bakkerij Jansen B.V.", JansenIban)
            .Invoice("I5", "C200", "26008877", 980.17m)
            .Invoice("I4", "C100", "26007345", 87.44m)
            .Invoice("I3", "C100", "26006124", 455.21m)
            .Invoice("I2", "C100", "26005930", 640.50m)
            .Invoice("I1", "C100", "26004817", 1210.00m);
        var (one, other) = (Match(Ledger(), 2305.71m, "26004817 26006924 25005930"), Match(backward, 2305.71m, "26004817 26006924 25005930"));

        Assert.Equal(Documents(one), Documents(other));
        Assert.Equal(one.Explanation.Select(e => (e.Code, e.Weight)), other.Explanation.Select(e => (e.Code, e.Weight)));
    }

    [Fact]
    public void Another_customers_number_is_not_made_ones_own()
    {
        var result = Match(Ledger(), 2190.17m, "Facturen 26004817, 26008878");

        Assert.DoesNotContain(result.Allocations, a => a.Document.Value == "I5");
    }

    [Fact]
    public void An_error_that_makes_anothers_number_is_seen_by_the_amount_and_waits_for_a_person()
    {
        var ledger = Ledger().Invoice("I9", "C100", "26005939", 51.17m);
        var result = Match(ledger, 1850.50m, "Facturen 26004817, 26005939");

        Assert.Equal((MatchDecision.Suggested, "I1 I2"), (result.Decision, Documents(result)));
    }

    [Theory]
    [InlineData("dank u, tel. 0201234567", true)]
    [InlineData("klantnr 4711", true)]
    [InlineData("Kd.-Nr. 4711", true)]
    [InlineData("20260210", true)]
    [InlineData("4711", false)]
    [InlineData("zie 0201234567", false)]
    public void Telephones_the_payers_own_number_and_days_name_no_document(string text, bool isNothing)
    {
        var result = Match(Ledger(), 640.50m, text);

        Assert.Equal("I2", Documents(result));
        Assert.Equal(isNothing, result.Decision == MatchDecision.Automatic);
    }
}
