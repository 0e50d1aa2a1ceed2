using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit.Matching;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

public class PaymentMatcherTests
{
    private const string JansenIban = "NL20INGB0001234567";

    private static SampleLedger Ledger() => new SampleLedger()
        .Customer("C100", "Bakkerij Jansen B.V.", JansenIban)
        .Customer("C200", "Müller Maschinenbau GmbH")
        .Customer("C300", "Hunter Douglas Industries B.V.")
        .Invoice("I1", "C100", "2026-00123", 121.00m)
        .Invoice("I2", "C100", "2026-00124", 60.50m)
        .Invoice("I3", "C200", "2026-00125", 980.17m)
        .Invoice("I4", "C300", "2026-00126", 455.20m);

    private static MatchResult Match(SampleLedger ledger, BankTransaction transaction) => new PaymentMatcher(ledger.Snapshot).Match(transaction);

    [Theory]
    [InlineData("Factuur 2026-00123")]
    [InlineData("fact. 2026 00123 bedankt")]
    [InlineData("202600123")]
    [InlineData("INV 2026/00123")]
    [InlineData("2026-0 0123")]
    public void A_number_in_any_grouping_names_its_invoice(string text)
    {
        var ledger = Ledger();
        var result = Match(ledger, ledger.Transaction(121.00m, text, "J. Jansen", JansenIban));

        Assert.Equal(MatchDecision.Automatic, result.Decision);
        Assert.Equal(MatchOutcome.Exact, result.Outcome);
        Assert.Equal([new MatchAllocation(new DocumentId("I1"), ledger.Amount(121.00m), AllocationKind.Payment)], result.Allocations);
        Assert.True(result.Residual.IsZero);
        Assert.Contains(result.Explanation, e => e.Code == EvidenceCode.Account);
    }

    [Fact]
    public void An_amount_alone_is_never_posted()
    {
        var ledger = Ledger();
        var result = Match(ledger, ledger.Transaction(980.17m, "bedankt"));

        Assert.NotEqual(MatchDecision.Automatic, result.Decision);
    }

    [Fact]
    public void A_short_number_needs_party_and_amount()
    {
        var ledger = new SampleLedger().Customer("C1", "Albers Verhuur").Customer("C2", "Pieters Holding").Invoice("I14", "C1", "14", 100.00m).Invoice("I15", "C2", "15", 250.00m);

        Assert.NotEqual(MatchDecision.Automatic, Match(ledger, ledger.Transaction(100.00m, "factuur 14")).Decision);
        Assert.NotEqual(MatchDecision.Automatic, Match(ledger, ledger.Transaction(90.00m, "14", "Albers Verhuur")).Decision);
        Assert.Empty(Match(ledger, ledger.Transaction(180.00m, "factuur 1814")).Allocations);
    }

    [Fact]
    public void A_legal_form_is_no_name()
    {
        var ledger = new SampleLedger().Customer("C1", "Nordlys ApS").Invoice("I1", "C1", "2026-00777", 500.00m);

        Assert.NotEqual(MatchDecision.Automatic, Match(ledger, ledger.Transaction(500.00m, "tak", "Vestervang ApS")).Decision);
    }

    [Fact]
    public void Two_payments_for_one_invoice_are_told_on_both()
    {
        var ledger = Ledger();
        var results = new PaymentMatcher(ledger.Snapshot).Match([
            ledger.Transaction(121.00m, "2026-00123", "Bakkerij Jansen", JansenIban, "2026-02-12"),
            ledger.Transaction(121.00m, "2026-00123", "Bakkerij Jansen", JansenIban, "2026-02-09")]);

        Assert.Equal([MatchOutcome.DoublePayment, MatchOutcome.Exact], results.Select(r => r.Outcome));
        Assert.All(results, r => Assert.Contains(r.Explanation, e => e.Code == EvidenceCode.CompetingPayment));
    }

    [Fact]
    public void A_credit_note_is_netted_in()
    {
        var ledger = Ledger().CreditNote("N1", "C100", "CN-7", 21.00m);
        var result = Match(ledger, ledger.Transaction(100.00m, "2026-00123 -/- CN-7", "Bakkerij Jansen", JansenIban));

        Assert.Equal(MatchOutcome.Combined, result.Outcome);
        Assert.Contains(new MatchAllocation(new DocumentId("N1"), ledger.Amount(21.00m), AllocationKind.Credit) { To = new DocumentId("I1") }, result.Allocations);
        Assert.Equal(100.00m, result.Allocations.Where(a => a.Kind == AllocationKind.Payment).Sum(a => a.Amount.Amount));
    }

    [Fact]
    public void A_transaction_that_a_payment_carries_is_already_posted()
    {
        var ledger = Ledger();
        var transaction = ledger.Transaction(121.00m, "2026-00123");
        ledger.Payment("P1", "C100", 121.00m, "2026-02-09", transaction.Id.Value, 0m);

        var result = Match(ledger, transaction);

        Assert.Equal(MatchOutcome.AlreadyPosted, result.Outcome);
        Assert.Equal(new DocumentId("P1"), result.Payment);
    }

    [Fact]
    public void A_returned_direct_debit_takes_back_what_it_paid()
    {
        var ledger = Ledger().Paid("I9", "C100", "2026-00100", 75.00m, "P9", "2026-02-01", "t9");
        var result = Match(ledger, ledger.Transaction(-75.00m, "2026-00100", "Bakkerij Jansen", JansenIban, details: new TransactionDetails { ReturnReason = "AC04" }));

        Assert.Equal(MatchOutcome.Return, result.Outcome);
        Assert.Equal(MatchDecision.Automatic, result.Decision);
        Assert.Equal([new DocumentId("P9")], result.Reverses);
    }

    [Fact]
    public void A_payment_recorded_before_its_money_came_is_cleared()
    {
        var ledger = Ledger().Paid("I9", "C100", "2026-00100", 75.00m, "P9", "2026-02-07");
        var result = Match(ledger, ledger.Transaction(75.00m, "2026-00100", "Bakkerij Jansen", JansenIban));

        Assert.Equal(MatchOutcome.Clearing, result.Outcome);
        Assert.Equal([new DocumentId("P9")], result.Clears);
    }

    [Fact]
    public void A_debit_and_a_transfer_between_own_accounts_are_nobodys_payment()
    {
        var ledger = Ledger();

        Assert.Equal(MatchDecision.NotReceivable, Match(ledger, ledger.Transaction(-121.00m, "huur", "Vastgoed")).Decision);
        Assert.Equal(MatchDecision.NotReceivable, Match(ledger, ledger.Transaction(121.00m, "2026-00123", "Wij", "NL91ABNA0417164300")).Decision);
    }

    [Fact]
    public void Options_out_of_range_are_refused() =>
        Assert.Throws<ArgumentException>(() => new PaymentMatcher(Ledger().Snapshot, new MatchingOptions { AutomaticErrorTarget = 0m }));
}
