using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit.Matching;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

/// <summary>What evidence makes an answer sure, and what looks sure and is not.</summary>
public class SureEvidenceTests
{
    private const string JansenIban = "NL20INGB0001234567";
    private const string OtherIban = "NL91ABNA0417164300";

    private static SampleLedger Ledger() => new SampleLedger()
        .Customer("C100", "Bakkerij Jansen B.V.", JansenIban)
        .Customer("C200", "Müller Maschinenbau GmbH")
        .Customer("C300", "Hunter Douglas Industries B.V.")
        .Invoice("I1", "C100", "RE-26-04817", 1210.37m)
        .Invoice("I2", "C100", "RE-26-05930", 640.50m)
        .Invoice("I3", "C200", "RE-26-04877", 980.17m)
        .Invoice("I4", "C300", "RE-26-06124", 455.20m);

    private static MatchResult Match(SampleLedger ledger, BankTransaction transaction) => new PaymentMatcher(ledger.Snapshot with { OwnAccounts = [] }).Match(transaction);

    [Fact]
    public void All_that_was_recorded_on_a_day_in_one_way_is_cleared_by_its_sum_and_a_part_of_it_waits()
    {
        var ledger = Ledger().Paid("I7", "C100", "RE-26-01001", 75.13m, "P7", "2026-02-06").Paid("I8", "C200", "RE-26-01002", 310.55m, "P8", "2026-02-06").Paid("I9", "C300", "RE-26-01003", 99.99m, "P9", "2026-02-06");
        var day = Match(ledger, ledger.Transaction(485.67m, "deposit"));
        var two = Match(ledger, ledger.Transaction(385.68m, "deposit"));

        Assert.Equal((MatchOutcome.Clearing, MatchDecision.Automatic), (day.Outcome, day.Decision));
        Assert.Equal((MatchOutcome.Clearing, MatchDecision.Suggested), (two.Outcome, two.Decision));
    }

    [Fact]
    public void Of_two_that_seem_to_be_the_money_of_one_recorded_payment_none_is_posted_unseen()
    {
        var ledger = Ledger().Paid("I9", "C200", "RE-26-01001", 75.13m, "P9", "2026-02-06");
        for (var i = 0; i < 60; i++)
        {
            ledger.Invoice("J" + i, "C300", "RE-26-08" + (100 + i), 500.13m + i);
        }

        var alone = Match(ledger, ledger.Transaction(75.13m, "RE-26-01001", "Müller Maschinenbau GmbH"));
        var both = new PaymentMatcher(ledger.Snapshot).Match([
            ledger.Transaction(75.13m, "RE-26-01001", "Müller Maschinenbau GmbH", date: "2026-02-12"),
            ledger.Transaction(75.13m, "deposit", date: "2026-02-09")]);

        Assert.Equal((MatchOutcome.Clearing, MatchDecision.Automatic), (alone.Outcome, alone.Decision));
        Assert.All(both, r => Assert.NotEqual(MatchDecision.Automatic, r.Decision));
    }

    [Fact]
    public void The_same_words_once_more_from_the_same_payer_are_a_second_payment_however_short_the_number()
    {
        var ledger = new SampleLedger().Customer("C100", "Bakkerij Jansen B.V.", JansenIban).Invoice("I1", "C100", "00000568", 1635.24m).Invoice("I2", "C100", "00000571", 20.11m);
        var results = new PaymentMatcher(ledger.Snapshot).Match([
            ledger.Transaction(1635.24m, "factuur 0568", "Bakkerij Jansen", JansenIban, "2026-02-12"),
            ledger.Transaction(1635.24m, "factuur 0568", "Bakkerij Jansen", JansenIban, "2026-02-09")]);

        Assert.Equal([MatchOutcome.DoublePayment, MatchOutcome.Exact], results.Select(r => r.Outcome));
        Assert.All(results, r => Assert.Equal(MatchDecision.Automatic, r.Decision));
    }

    [Fact]
    public void A_credit_note_is_netted_with_the_invoice_that_it_credits()
    {
        var ledger = Ledger().CreditNote("N1", "C100", "CN-77120", 210.11m).CreditNote("N2", "C100", "CN-77121", 210.11m);
        var transaction = ledger.Transaction(1000.26m, "RE-26-04817", "Bakkerij Jansen", JansenIban);
        var either = new PaymentMatcher(ledger.Snapshot).Match(transaction);
        var related = ledger.Snapshot with { OpenItems = [.. ledger.Snapshot.OpenItems.Select(i => i.Id.Value == "N2" ? i with { RelatedTo = new DocumentId("I1") } : i)] };
        var its = new PaymentMatcher(related).Match(transaction);

        Assert.NotEqual(MatchDecision.Automatic, either.Decision);
        Assert.Equal(["N2", "I1"], its.Allocations.Select(a => a.Document.Value));
        Assert.Contains(its.Explanation, e => e is { Code: EvidenceCode.CreditNetted, Units: > 0, Detail: "CN-77121" });
    }

    [Fact]
    public void A_list_of_endings_goes_on_over_a_hundred()
    {
        var ledger = Ledger().Invoice("I5", "C100", "RE-26-05999", 33.10m).Invoice("I6", "C100", "RE-26-06000", 12.07m).Invoice("I7", "C100", "RE-26-06001", 8.90m);
        var result = Match(ledger, ledger.Transaction(54.07m, "RE-26-05999/00/01", "Bakkerij Jansen", JansenIban));

        Assert.Equal(["I5", "I6", "I7"], result.Allocations.Select(a => a.Document.Value).Order());
        Assert.Equal(MatchDecision.Automatic, result.Decision);
    }

    [Theory]
    [InlineData("huur februari", MatchDecision.Automatic)]
    [InlineData("Miete Januar", MatchDecision.Automatic)]
    [InlineData("loyer de décembre 2025", MatchDecision.Automatic)]
    [InlineData("huur mei", MatchDecision.Suggested)]
    [InlineData("Miete März", MatchDecision.Suggested)]
    [InlineData("rekening Lieke", MatchDecision.Suggested)]
    [InlineData("rekening Jansen", MatchDecision.Automatic)]
    [InlineData("borgsom", MatchDecision.Suggested)]
    public void What_a_text_says_in_words_of_month_or_person_speaks_against_what_nothing_names(string text, MatchDecision expected)
    {
        var ledger = new SampleLedger().Customer("C100", "Anna Jansen", JansenIban).Customer("C200", "Lieke Jansen").Customer("C300", "Zwanenburg Kwekerijen N.V.")
            .Invoice("I1", "C100", "26.0817", 640.57m, "2026-01-28", "2026-02-05").Invoice("I2", "C200", "26.0775", 640.57m, "2026-01-28", "2026-02-05");
        for (var i = 0; i < 60; i++)
        {
            ledger.Invoice("J" + i, "C300", "26.1" + (100 + i), 500.13m + i);
        }

        var result = Match(ledger, ledger.Transaction(640.57m, text, "A. Jansen", JansenIban));

        Assert.Equal(["I1"], result.Allocations.Select(a => a.Document.Value));
        Assert.Equal(expected, result.Decision);
    }

    [Fact]
    public void A_list_of_endings_is_complete_where_two_of_them_read_together_are_the_end_of_a_number_of_the_list()
    {
        var ledger = Ledger();
        for (var n = 36; n <= 40; n++)
        {
            ledger.Invoice("L" + n, "C100", "3000038" + n, 100.13m + n);
        }

        var result = Match(ledger, ledger.Transaction(690.65m, "facturen 300003836/37/38/39/40", "Bakkerij Jansen", JansenIban));

        Assert.Equal(["L36", "L37", "L38", "L39", "L40"], result.Allocations.Select(a => a.Document.Value).Order());
        Assert.Equal(MatchDecision.Automatic, result.Decision);
    }

    [Theory]
    [InlineData("RE-26-04877", MatchDecision.Suggested)]
    [InlineData("0775", MatchDecision.Suggested)]
    [InlineData("62.0775", MatchDecision.Suggested)]
    [InlineData("bedankt", MatchDecision.Automatic)]
    public void A_number_that_is_by_chance_the_end_of_anothers_is_unread_to_the_customer_that_nothing_names(string text, MatchDecision expected)
    {
        var ledger = new SampleLedger().Customer("C100", "Bakkerij Jansen B.V.").Customer("C200", "Müller Maschinenbau GmbH")
            .Invoice("I1", "C100", "26.0817", 640.57m).Invoice("I2", "C200", "26.0775", 1033.20m).Invoice("I3", "C200", "RE-26-04877", 33.20m);
        for (var i = 0; i < 60; i++)
        {
            ledger.Invoice("J" + i, "C200", "26.1" + (100 + i), 500.13m + i);
        }

        var result = Match(ledger, ledger.Transaction(640.57m, text, "Bakkerij Jansen B.V."));

        Assert.Equal(["I1"], result.Allocations.Select(a => a.Document.Value));
        Assert.Equal(expected, result.Decision);
    }

    [Theory]
    [InlineData("kl.nr 2612853")]
    [InlineData("Klant: 2612853")]
    [InlineData("Kd.-Nr. 2612853")]
    public void The_payers_own_number_with_the_seller_is_no_number_of_a_document(string text)
    {
        var ledger = Ledger();

        Assert.Equal(MatchDecision.Automatic, Match(ledger, ledger.Transaction(1250.37m, "RE-26-04817 " + text, "Bakkerij Jansen B.V.", JansenIban)).Decision);
    }

    [Theory]
    [InlineData(24, 9, 2.5, true)]
    [InlineData(24, 9, 1, false)]
    [InlineData(16, 9, 2.5, false)]
    [InlineData(24, 10.5, 0, true)]
    public void A_number_in_full_and_a_whole_amount_settle_it_where_the_payers_name_shares_a_word(double number, double amount, double name, bool expected)
    {
        var h = new Hypothesis();
        h.Add(EvidenceCode.Number, (int)(number * Bits.One), "2026-104899");
        h.Add(EvidenceCode.Amount, (int)(amount * Bits.One));
        h.Add(EvidenceCode.Name, (int)(name * Bits.One));

        Assert.Equal(expected, Guards.IsNamedInFullAndRare(h));
    }

    [Theory]
    [InlineData(1250.37, "RE-26-04817", MatchDecision.Automatic)]
    [InlineData(1250.37, "RE-26-04817 EUR 26059.30", MatchDecision.Automatic)]
    [InlineData(1250.37, "RE-26-04817 26059.39", MatchDecision.Suggested)]
    [InlineData(700.11, "RE-26-04817 26059.39", MatchDecision.Suggested)]
    [InlineData(700.11, "RE-26-04817", MatchDecision.Automatic)]
    public void More_or_less_beside_what_may_be_another_number_waits_for_a_person(double amount, string text, MatchDecision expected)
    {
        var ledger = Ledger();

        Assert.Equal(expected, Match(ledger, ledger.Transaction((decimal)amount, text, "Bakkerij Jansen B.V.", JansenIban)).Decision);
    }

    [Theory]
    [InlineData("Müller Maschinenbau GmbH", null, MatchDecision.Automatic)]
    [InlineData("Müller Maschinenbau", null, MatchDecision.Automatic)]
    [InlineData("Müller Maschinenbau AG", null, MatchDecision.Suggested)]
    [InlineData("Bakkerij Jansen", JansenIban, MatchDecision.Automatic)]
    [InlineData("Bakkerij Jansen", null, MatchDecision.Automatic)]
    [InlineData("Bakkerij Jansen", OtherIban, MatchDecision.Suggested)]
    public void A_part_is_posted_unseen_only_where_account_and_legal_form_do_not_speak_against_the_payer(string name, string? iban, MatchDecision expected)
    {
        var ledger = Ledger();
        var isJansen = name.StartsWith("Bakkerij", StringComparison.Ordinal);
        var part = Match(ledger, ledger.Transaction(500.11m, isJansen ? "RE-26-04817" : "RE-26-04877", name, iban));
        var whole = Match(ledger, ledger.Transaction(isJansen ? 1210.37m : 980.17m, isJansen ? "RE-26-04817" : "RE-26-04877", name, iban));

        Assert.Equal(expected, part.Decision);
        Assert.Equal(MatchDecision.Automatic, whole.Decision);
        Assert.Equal(expected != MatchDecision.Automatic, part.Explanation.Any(e => e.Code is EvidenceCode.AccountNew or EvidenceCode.OtherLegalForm));
    }

    [Theory]
    [InlineData(980.17, 455.21, MatchDecision.Automatic)]
    [InlineData(980.00, 455.00, MatchDecision.Suggested)]
    public void A_sum_that_nothing_names_of_a_payer_known_by_name_is_posted_only_where_it_is_no_whole_amount(double first, double second, MatchDecision expected)
    {
        var ledger = Ledger().Customer("C400", "Zwanenburg Kwekerijen N.V.").Invoice("I5", "C400", "RE-26-07001", (decimal)first).Invoice("I6", "C400", "RE-26-07002", (decimal)second);
        var result = Match(ledger, ledger.Transaction((decimal)(first + second), "facturen", "Zwanenburg Kwekerijen N.V."));

        Assert.Equal(["I5", "I6"], result.Allocations.Select(a => a.Document.Value).Order());
        Assert.Equal(expected, result.Decision);
    }

    [Fact]
    public void Two_documents_that_make_the_amount_of_a_third_keep_it_from_being_sure()
    {
        var ledger = Ledger().Invoice("I5", "C100", "RE-26-07001", 415.13m).Invoice("I6", "C100", "RE-26-07002", 225.37m);
        var result = Match(ledger, ledger.Transaction(640.50m, "facturen", "Bakkerij Jansen", JansenIban));

        Assert.Equal(["I2"], result.Allocations.Select(a => a.Document.Value));
        Assert.Contains(result.Alternatives, a => a.Allocations.Select(x => x.Document.Value).Order().SequenceEqual(["I5", "I6"]));
        Assert.NotEqual(MatchDecision.Automatic, result.Decision);
        Assert.Equal(MatchDecision.Automatic, Match(Ledger(), ledger.Transaction(640.50m, "facturen", "Bakkerij Jansen", JansenIban)).Decision);
    }

    [Fact]
    public void A_settled_document_whose_number_has_an_error_is_thought_of_as_paid_again()
    {
        var ledger = Ledger().Paid("I9", "C100", "RE-26-01001", 75.13m, "P9", "2026-01-20", "t9");
        var result = Match(ledger, ledger.Transaction(75.13m, "rekening 01011", "Bakkerij Jansen", JansenIban));

        Assert.Contains(result.Alternatives.Select(a => a.Outcome).Append(result.Outcome), o => o == MatchOutcome.DoublePayment);
        Assert.NotEqual(MatchDecision.Automatic, result.Decision);
    }

    [Theory]
    [InlineData(1150.13, 10, MatchDecision.Suggested)]
    [InlineData(1150.13, 4, MatchDecision.Automatic)]
    [InlineData(1150.13, 0, MatchDecision.Automatic)]
    [InlineData(1200.13, 0, MatchDecision.Automatic)]
    public void How_much_may_be_missing_without_a_word_is_the_hosts_choice(double amount, int percent, MatchDecision expected)
    {
        var ledger = Ledger();
        var matcher = new PaymentMatcher(ledger.Snapshot, new MatchingOptions { HeldShortfallPercent = percent });
        var result = matcher.Match(ledger.Transaction((decimal)amount, "RE-26-04817", "Bakkerij Jansen B.V.", JansenIban));

        Assert.Equal(expected, result.Decision);
        Assert.Equal(MatchOutcome.Partial, result.Outcome);
    }

    [Theory]
    [InlineData("JPY", 99560, MatchDecision.Suggested)]
    [InlineData("JPY", 97999, MatchDecision.Automatic)]
    [InlineData("EUR", 99987.63, MatchDecision.Automatic)]
    public void Where_the_host_says_nothing_of_charges_a_small_shortfall_waits(string currency, double amount, MatchDecision expected)
    {
        var ledger = new SampleLedger(currency).Customer("C100", "Bakkerij Jansen B.V.", JansenIban).Invoice("I1", "C100", "RE-26-04817", 100_000m);
        var result = Match(ledger, ledger.Transaction((decimal)amount, "RE-26-04817", "Bakkerij Jansen B.V.", JansenIban));

        Assert.Equal(expected, result.Decision);
    }
}
