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
    public void Equal_payments_of_equal_invoices_are_neither_posted_nor_told_apart()
    {
        var ledger = Ledger().Invoice("I5", "C100", "2026-00127", 45.00m, due: "2026-02-10").Invoice("I6", "C100", "2026-00128", 45.00m, due: "2026-02-11");
        var results = new PaymentMatcher(ledger.Snapshot).Match([
            ledger.Transaction(45.00m, "abonnement", "Bakkerij Jansen", JansenIban),
            ledger.Transaction(45.00m, "abonnement", "Bakkerij Jansen", JansenIban)]);

        Assert.All(results, r => Assert.Equal(MatchDecision.Suggested, r.Decision));
        Assert.Equal(["I5", "I6"], results.SelectMany(r => r.Allocations).Select(a => a.Document.Value).Order());
        Assert.Equal(results[0].Confidence, results[1].Confidence);
    }

    [Fact]
    public void One_of_two_equal_invoices_does_not_become_sure_because_the_other_is_paid_by_number()
    {
        var ledger = Ledger().Invoice("I5", "C100", "2026-00127", 45.00m).Invoice("I6", "C100", "2026-00128", 45.00m);
        var results = new PaymentMatcher(ledger.Snapshot).Match([
            ledger.Transaction(45.00m, "abonnement", "Bakkerij Jansen", JansenIban),
            ledger.Transaction(45.00m, "2026-00128", "Bakkerij Jansen", JansenIban)]);

        Assert.Equal([MatchDecision.Suggested, MatchDecision.Automatic], results.Select(r => r.Decision));
    }

    [Fact]
    public void Recorded_payments_are_cleared_by_their_sum_even_from_an_own_account()
    {
        var ledger = Ledger().Paid("I7", "C100", "2026-00101", 75.10m, "P7", "2026-02-06").Paid("I8", "C200", "2026-00102", 310.55m, "P8", "2026-02-06").Paid("I9", "C300", "2026-00103", 99.99m, "P9", "2026-02-05");
        var all = Match(ledger, ledger.Transaction(485.64m, "SEPA batch", "Wij", "NL91ABNA0417164300"));
        var two = Match(ledger, ledger.Transaction(385.65m, "SEPA batch", "Wij", "NL91ABNA0417164300"));
        var one = Match(ledger, ledger.Transaction(310.55m, "SEPA", "Wij", "NL91ABNA0417164300"));
        var none = Match(ledger, ledger.Transaction(121.00m, "2026-00123", "Wij", "NL91ABNA0417164300"));

        Assert.All([all, two, one], r => Assert.Equal(MatchOutcome.Clearing, r.Outcome));
        Assert.Equal(["P7", "P8", "P9"], all.Clears.Select(c => c.Value).Order());
        Assert.Equal(["P7", "P8"], two.Clears.Select(c => c.Value).Order());
        Assert.Equal(["P8"], one.Clears.Select(c => c.Value));
        Assert.Equal(MatchDecision.NotReceivable, none.Decision);
    }

    [Fact]
    public void What_clears_returns_or_refunds_is_already_posted_the_second_time()
    {
        var ledger = Ledger();
        var on = SampleLedger.Date("2026-02-01");
        var customer = new CustomerId("C100");
        PaymentReceived Received(string id, decimal amount, string? transaction) => new() { Id = new DocumentId(id), Customer = customer, Received = on, Amount = amount, Transaction = transaction is null ? null : new TransactionId(transaction) };
        List<LedgerEvent> events =
        [
            new LedgerOpened { Currency = ledger.Currency },
            new CustomerRecorded { Customer = new Customer { Id = customer, Name = "Bakkerij Jansen B.V.", Ibans = [Iban.Parse(JansenIban)] } },
            Received("P-CARD", 75.10m, null), Received("P-RETURNED", 310.55m, "t1"), Received("P-REFUNDED", 88.80m, "t2"), Received("P-PART", 500.00m, "t3"),
        ];
        var cleared = ledger.Transaction(75.10m, "card", "Bakkerij Jansen", JansenIban);
        var returned = ledger.Transaction(-310.55m, "P-RETURNED", "Bakkerij Jansen", JansenIban, details: new TransactionDetails { ReturnReason = "AC04" });
        var refunded = ledger.Transaction(-88.80m, "P-REFUNDED", "Bakkerij Jansen", JansenIban);
        var before = LedgerBook.Create(events).Snapshot(ledger.Snapshot.AsOf);
        var matches = new PaymentMatcher(before).Match([cleared, returned, refunded]).Select(PostableMatch.From).ToList();
        Assert.Equal([MatchOutcome.Clearing, MatchOutcome.Return, MatchOutcome.Refund], matches.Select(m => m.Outcome));
        // A part of a payment that went back.
        matches.Add(matches[1] with { Transaction = new TransactionId("part"), Amount = ledger.Amount(-120.00m), Reverses = [new DocumentId("P-PART")] });

        var plan = PaymentPosting.Plan(matches, before, acceptSuggested: true);
        var book = LedgerBook.Create([.. events, .. plan.Events]);
        var after = book.Snapshot(ledger.Snapshot.AsOf);

        Assert.Equal(4, plan.Events.Count);
        Assert.Empty(book.Faults);
        Assert.Equal(ledger.Amount(120.00m), after.Payments.Single(p => p.Item.Id.Value == "P-PART").Returned);
        Assert.Contains(new BookedDebit(new TransactionId("part"), new DocumentId("P-PART"), customer) { On = SampleLedger.Date("2026-02-09") }, after.BookedDebits);
        Assert.All(new PaymentMatcher(after).Match([cleared, returned, refunded]), r => Assert.Equal(MatchOutcome.AlreadyPosted, r.Outcome));
        var repeated = PaymentPosting.Plan(matches, after, acceptSuggested: true);
        Assert.Empty(repeated.Events);
        Assert.Equal(4, repeated.AlreadyPosted.Count);
    }

    [Theory]
    [InlineData("2026-00123", 121.00, true)]
    [InlineData("2026-00123 Nexus Software Inc", 121.00, true)]
    [InlineData("2026-00123 Nexus Software invoice", 121.00, true)]
    [InlineData("2026-00123 Nexus Software Ltd", 121.00, false)]
    [InlineData("2026-00123 Nexus Software North", 121.00, false)]
    [InlineData("2026-00123 check 4711 dated 2026-02-05", 121.00, true)]
    [InlineData("2026-00123 check 4711 dated 2026-03-05", 121.00, false)]
    [InlineData("2026-00123 cheque 4711 dated 2025-03-05", 121.00, false)]
    [InlineData("deelbetaling 2026-00123", 70.00, true)]
    [InlineData("2026-00123 pricing dispute line 3", 70.00, false)]
    [InlineData("2026-00123 abzgl. Mängel", 70.00, false)]
    [InlineData("2026-00123", 115.00, false)]
    [InlineData("2026-00123", 106.00, false)]
    [InlineData("part payment 2026-00123", 106.00, true)]
    public void What_asks_for_a_person_is_never_posted_unseen(string text, double amount, bool isAutomatic)
    {
        var ledger = Ledger();
        var result = Match(ledger, ledger.Transaction((decimal)amount, text, "Bakkerij Jansen B.V.", JansenIban));

        Assert.Equal(isAutomatic ? MatchDecision.Automatic : MatchDecision.Suggested, result.Decision);
        Assert.Equal("I1", result.Allocations[0].Document.Value);
    }

    [Fact]
    public void Options_out_of_range_are_refused() =>
        Assert.Throws<ArgumentException>(() => new PaymentMatcher(Ledger().Snapshot, new MatchingOptions { AutomaticErrorTarget = 0m }));

    [Theory]
    [InlineData("2026-00123 - 2026-00125")]
    [InlineData("2026-00123 t/m 2026-00125")]
    [InlineData("2026-00123/24/25")]
    [InlineData("facturen 2026-00123/124/125")]
    public void A_range_and_a_short_list_name_what_they_shorten(string text)
    {
        var ledger = new SampleLedger().Customer("C100", "Bakkerij Jansen B.V.", JansenIban)
            .Invoice("I1", "C100", "2026-00123", 121.00m).Invoice("I2", "C100", "2026-00124", 60.50m).Invoice("I3", "C100", "2026-00125", 980.17m).Invoice("I4", "C100", "2026-00126", 11.00m);
        var result = Match(ledger, ledger.Transaction(1161.67m, text, "Bakkerij Jansen", JansenIban));

        Assert.Equal(["I1", "I2", "I3"], result.Allocations.Select(a => a.Document.Value).Order());
        Assert.Equal(MatchDecision.Automatic, result.Decision);
    }

    [Theory]
    [InlineData("2026-00123/10/11/12")]
    [InlineData("2026-00123/7")]
    public void An_excess_is_not_posted_unseen_while_endings_on_the_number_are_unread(string text)
    {
        var ledger = Ledger();
        var result = Match(ledger, ledger.Transaction(500.00m, text, "Bakkerij Jansen B.V.", JansenIban));

        Assert.NotEqual(MatchDecision.Automatic, result.Decision);
    }

    [Fact]
    public void A_providers_payout_is_explained_by_what_it_collected_and_its_fees()
    {
        var ledger = Ledger().Paid("I7", "C100", "2026-00101", 75.10m, "P7", "2026-02-06").Paid("I8", "C200", "2026-00102", 310.55m, "P8", "2026-02-06");
        var payout = Match(ledger, ledger.Transaction(378.94m, "payout 4711", "Stichting Mollie Payments"));
        var other = Match(ledger, ledger.Transaction(300.00m, "payout 4712", "Stichting Mollie Payments"));

        Assert.Equal((MatchOutcome.Payout, MatchDecision.Suggested), (payout.Outcome, payout.Decision));
        Assert.Equal(["P7", "P8"], payout.Clears.Select(c => c.Value).Order());
        Assert.Contains(payout.Explanation, e => e.Code == EvidenceCode.Fee && e.Detail.Contains("6.71", StringComparison.Ordinal));
        Assert.Equal((MatchOutcome.Payout, MatchDecision.NotReceivable), (other.Outcome, other.Decision));
    }

    [Fact]
    public void A_part_of_a_payment_that_comes_back_names_it_and_waits_for_a_person()
    {
        var ledger = Ledger().Paid("I9", "C100", "2026-00100", 75.00m, "P9", "2026-02-01", "t9");
        var result = Match(ledger, ledger.Transaction(-30.00m, "2026-00100", "Bakkerij Jansen", JansenIban, details: new TransactionDetails { ReturnReason = "AC04" }));

        Assert.Equal((MatchOutcome.Return, MatchDecision.Suggested), (result.Outcome, result.Decision));
        Assert.Equal([new DocumentId("P9")], result.Reverses);
        Assert.True(result.Residual.IsZero);
    }
}
