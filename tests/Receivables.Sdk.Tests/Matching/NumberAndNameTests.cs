using Receivables.Sdk.Matching;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit.Matching;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

/// <summary>What a number and a name say together, and what neither says of nearly the same number or name.</summary>
public class NumberAndNameTests
{
    private static MatchResult Match(SampleLedger ledger, BankTransaction transaction) => new PaymentMatcher(ledger.Snapshot).Match(transaction);

    private static bool IsPosted(MatchResult result, string document) => result.Decision == MatchDecision.Automatic && result.Allocations.Any(a => a.Document.Value == document);

    // Hundreds of documents of others, so that odds are those of a ledger.
    private static SampleLedger Ledger()
    {
        var ledger = new SampleLedger();
        for (var i = 0; i < 200; i++)
        {
            ledger.Customer($"X{i}", $"Firma Nummer{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}").Invoice($"X{i}", $"X{i}", $"{90_000_000 + (i * 23)}", 71.31m + (i * 3.07m));
        }

        return ledger;
    }

    [Theory]
    [InlineData("فاتورة ٩١٠٠٠٧١٥", true)]
    [InlineData("請求書 ９１０００７１５", true)]
    [InlineData("बिल ९१०००७१५", true)]
    [InlineData("فاتورة ٩١٠٠٣٣٤٤", false)]
    [InlineData("बिल ९१००३३४४", false)]
    public void Digits_of_any_script_are_numbers(string text, bool isPosted)
    {
        var ledger = Ledger().Customer("C", "شركة النور للتجارة").Invoice("I", "C", "91000715", 310.15m);

        Assert.Equal(isPosted, IsPosted(Match(ledger, ledger.Transaction(310.15m, text, "شركة النور للتجارة")), "I"));
    }

    [Theory]
    [InlineData("Visser, S.", true)]
    [InlineData("S. Visser", true)]
    [InlineData("P. Visser", false)]
    public void By_number_and_amount_an_initial_is_enough_of_a_name(string payer, bool isPosted)
    {
        var ledger = Ledger().Customer("C", "Sanne Visser").Invoice("I", "C", "91000715", 75m);
        for (var i = 0; i < 30; i++)
        {
            // Others owe as much, under nearly the number; and the family has many of the name.
            ledger.Customer($"V{i}", $"{"Adam Bert Cees Dirk Evert Frits Guus Hugo Ivo Jan"[(i % 9 * 5)..][..4].Trim()} Visser").Invoice($"V{i}", $"V{i}", $"{91_000_705 + i + (i < 10 ? 0 : 1)}", 75m);
        }

        Assert.Equal(isPosted, IsPosted(Match(ledger, ledger.Transaction(75m, "nota 91000715", payer)), "I"));
    }

    [Fact]
    public void Of_two_names_that_are_parts_of_the_payers_the_longer_is_meant()
    {
        var ledger = Ledger().Customer("A", "Mazowsze Usługi sp.k.").Invoice("A", "A", "91000001", 41.38m).Customer("B", "Mazowsze Nord Usługi sp.k.").Invoice("B", "B", "91000444", 410.38m);

        Assert.True(IsPosted(Match(ledger, ledger.Transaction(410.38m, null, "MAZOWSZE NORD USLUGI SP.K. FILIALE")), "B"));
        Assert.NotEqual(MatchDecision.Automatic, Match(ledger, ledger.Transaction(41.38m, null, "MAZOWSZE NORD USLUGI SP.K. FILIALE")).Decision);
    }

    [Theory]
    [InlineData("Kwiatowa Delta Obchod", false)]
    [InlineData("Kwiatowa Obchod", true)]
    public void A_part_under_nearly_the_name_of_the_numbers_customer_may_be_anothers_with_a_number_misread(string payer, bool isPosted)
    {
        var ledger = Ledger().Customer("A", "Kwiatowa Obchod").Invoice("A", "A", "202600298", 44733.51m).Customer("B", "Kwiatowa Delta Obchod").Invoice("B", "B", "202600296", 25290.56m);

        Assert.Equal(isPosted, IsPosted(Match(ledger, ledger.Transaction(15290.56m, "faktury 202600298", payer)), "A"));
    }

    [Theory]
    [InlineData("91000715", true)]
    [InlineData("terugbetaling klant 91000715", false)]
    public void A_strangers_refund_is_no_payment_of_the_document_whose_number_it_has(string text, bool isPosted)
    {
        var ledger = Ledger().Customer("C", "Sanne Visser").Invoice("I", "C", "91000715", 310.15m);

        Assert.Equal(isPosted, IsPosted(Match(ledger, ledger.Transaction(310.15m, text, "Energie Direct")), "I"));
    }

    [Theory]
    [InlineData(11, false)]
    [InlineData(-57, true)]
    public void A_number_behind_the_last_is_of_a_document_to_come_whatever_hundred_it_lies_in(int behind, bool isPosted)
    {
        var ledger = new SampleLedger();
        for (var i = 0; i < 100; i++)
        {
            ledger.Customer($"X{i}", $"Firma Nummer{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}").Invoice($"X{i}", $"X{i}", $"2026/{500 + (i * 2):0000}", 71.31m + (i * 3.07m));
        }

        // 2026/0701 is nearly 2026/0601, 2026/0642 nearly 2026/0602.
        var written = behind > 0 ? "2026/0701" : "2026/0641";
        ledger.Customer("C", "Sanne Visser").Invoice("I", "C", "2026/0601", 75m);

        Assert.Equal(isPosted, IsPosted(Match(ledger, ledger.Transaction(75m, written, "Sanne Visser")), "I"));
    }

    [Theory]
    [InlineData(44.95, false)]
    [InlineData(44.59, true)]
    public void A_cent_that_lacks_is_no_rounding_where_another_document_has_the_amount(double other, bool isPosted)
    {
        var ledger = Ledger().Customer("C", "Sanne Visser").Invoice("I", "C", "FAC/2026/00567", 45.00m).Invoice("J", "C", "FAC/2026/00576", (decimal)other);

        Assert.Equal(isPosted, IsPosted(Match(ledger, ledger.Transaction(44.95m, "fac/2026/00567", "Sanne Visser")), "I"));
    }

    [Theory]
    [InlineData(1.09, "nota 91000715", false)]
    [InlineData(1.09, "nota 91000715 - 91000888", true)]
    [InlineData(31.09, "nota 91000715", true)]
    public void A_small_difference_is_that_of_a_credit_note_by_chance(double credit, string text, bool isPosted)
    {
        var ledger = Ledger().Customer("C", "Sanne Visser", "NL20INGB0001234567").Invoice("I", "C", "91000715", 310.15m).CreditNote("K", "C", "91000888", (decimal)credit);

        Assert.Equal(isPosted, IsPosted(Match(ledger, ledger.Transaction(310.15m - (decimal)credit, text, "Sanne Visser", "NL20INGB0001234567")), "K"));
    }

    [Theory]
    [InlineData("VK-26-01850", false)]
    [InlineData("VK-26-01877", true)]
    public void Who_pays_more_than_one_document_may_have_meant_another_that_is_as_small(string other, bool isPosted)
    {
        var ledger = Ledger().Customer("C", "Sanne Visser").Invoice("I", "C", "VK-26-01450", 80m).Invoice("J", "C", other, 81m);

        Assert.Equal(isPosted, IsPosted(Match(ledger, ledger.Transaction(125.40m, "nr. VK-26-01450", "Sanne Visser")), "I"));
    }

    [Theory]
    [InlineData("91000777", true)]
    [InlineData("91000717", false)]
    public void Of_nobody_known_a_common_amount_says_not_which_of_two_numbers_that_an_error_parts_was_meant(string other, bool isPosted)
    {
        var ledger = Ledger().Customer("C", "Sanne Visser").Invoice("I", "C", "91000715", 75m).Customer("D", "Daan Postma").Invoice("J", "D", other, 75m);

        Assert.Equal(isPosted, IsPosted(Match(ledger, ledger.Transaction(75m, "contributie 91000715")), "I"));
    }

    [Fact]
    public void Where_two_numbers_of_a_list_meet_is_none()
    {
        var ledger = Ledger().Customer("C", "Sanne Visser").Invoice("A", "C", "26.0135", 119.08m).Invoice("B", "C", "26.2603", 90m).Invoice("D", "C", "26.0301", 405m).Invoice("E", "C", "26.0326", 101.65m).Invoice("F", "C", "26.1352", 33.17m);
        var result = Match(ledger, ledger.Transaction(614.08m, "26.0135 + 26.2603 + 26.0301", "Sanne Visser"));

        Assert.Equal(["A", "B", "D"], result.Allocations.Select(a => a.Document.Value).Order());
    }

    [Fact]
    public void Zeros_that_the_ledger_writes_say_more_than_none()
    {
        var ledger = Ledger().Customer("C", "Sanne Visser").Invoice("I", "C", "00003014", 310.15m);
        decimal WeightOf(string text) => Match(ledger, ledger.Transaction(310.15m, text, "Sanne Visser")).Explanation.Single(e => e.Code == EvidenceCode.Number).Weight;

        Assert.True(WeightOf("00003014") > WeightOf("0000003014"));
        Assert.True(WeightOf("0000003014") > WeightOf("3014"));
    }
}
