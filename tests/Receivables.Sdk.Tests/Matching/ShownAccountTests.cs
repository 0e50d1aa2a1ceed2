using Receivables.Sdk.Matching;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit.Matching;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

/// <summary>What one payment of a run shows of an account, and when it shows nothing.</summary>
public class ShownAccountTests
{
    private const string Account = "NL20INGB0001234567";

    private static SampleLedger Ledger() => new SampleLedger()
        .Customer("C100", "Bakkerij Jansen B.V.")
        .Customer("C200", "Müller Maschinenbau GmbH")
        .Customer("C300", "Hunter Douglas Industries B.V.")
        .Invoice("I1", "C100", "RE-26-04817", 1210.37m)
        .Invoice("I2", "C100", "RE-26-05930", 640.50m)
        .Invoice("I3", "C200", "RE-26-04877", 980.17m)
        .Invoice("I4", "C300", "RE-26-06124", 455.20m)
        .Invoice("I5", "C100", "RE-26-07555", 83.11m);

    // The first payment pays I1, the last asks for half of I2 or silently for I5; between them what the case adds.
    private static (MatchResult Part, MatchResult Silent) Match(params Func<SampleLedger, BankTransaction>[] others)
    {
        var ledger = Ledger();
        BankTransaction[] asked = [ledger.Transaction(300.13m, "RE-26-05930", null, Account), ledger.Transaction(83.11m, "bedankt", null, Account)];
        var results = new PaymentMatcher(ledger.Snapshot with { OwnAccounts = [] }).Match([.. others.Select(o => o(ledger)), .. asked]);
        return (results[^2], results[^1]);
    }

    private static BankTransaction Named(SampleLedger ledger) => ledger.Transaction(1210.37m, "RE-26-04817", "Bakkerij Jansen", Account);

    [Fact]
    public void An_account_that_paid_by_name_number_and_amount_is_the_customers()
    {
        var (part, silent) = Match(Named);

        Assert.Equal(MatchDecision.Automatic, part.Decision);
        Assert.Equal(["I2"], part.Allocations.Select(a => a.Document.Value));
        Assert.Contains(part.Explanation, e => e.Code == EvidenceCode.AccountInRun && e.Detail.Length > 0);
        Assert.Equal(["I5"], silent.Allocations.Select(a => a.Document.Value));
        Assert.Contains(silent.Explanation, e => e.Code == EvidenceCode.Account);
    }

    [Fact]
    public void Alone_it_shows_nothing()
    {
        var (part, silent) = Match();

        Assert.Equal([MatchDecision.Suggested, MatchDecision.Suggested], new[] { part.Decision, silent.Decision });
        Assert.DoesNotContain(part.Explanation.Concat(silent.Explanation), e => e.Code is EvidenceCode.AccountInRun or EvidenceCode.Account);
    }

    public static TheoryData<string, string?, decimal, string> WhatShowsNothing => new()
    {
        { "nobody's name", null, 1210.37m, "RE-26-04817" },
        { "another legal form", "Bakkerij Jansen VOF", 1210.37m, "RE-26-04817" },
        { "another amount", "Bakkerij Jansen", 1000.37m, "RE-26-04817" },
        { "a number with an error", "Bakkerij Jansen", 1210.37m, "RE-26-04187" },
        { "no number", "Bakkerij Jansen", 1210.37m, "bedankt" },
    };

    [Theory]
    [MemberData(nameof(WhatShowsNothing))]
    public void What_is_less_sure_shows_nothing(string why, string? name, decimal amount, string text)
    {
        var (part, silent) = Match(l => l.Transaction(amount, text, name, Account));

        Assert.False(part.Decision == MatchDecision.Automatic, why);
        Assert.DoesNotContain(part.Explanation.Concat(silent.Explanation), e => e.Code == EvidenceCode.AccountInRun);
    }

    [Theory]
    [InlineData(980.17, "RE-26-04877", "Müller Maschinenbau")]
    [InlineData(12.34, "boodschappen", "Müller Maschinenbau")]
    [InlineData(12.34, "boodschappen", "P. Pietersen")]
    public void An_account_that_pays_under_several_names_is_nobodys(double amount, string text, string name)
    {
        var (part, silent) = Match(Named, l => l.Transaction((decimal)amount, text, name, Account));

        Assert.NotEqual(MatchDecision.Automatic, part.Decision);
        Assert.DoesNotContain(part.Explanation.Concat(silent.Explanation), e => e.Code == EvidenceCode.AccountInRun);
    }

    [Fact]
    public void It_speaks_against_another_customer()
    {
        var ledger = Ledger();
        var other = ledger.Transaction(500.17m, "RE-26-04877", null, Account);
        var alone = new PaymentMatcher(ledger.Snapshot).Match(other);
        var together = new PaymentMatcher(ledger.Snapshot).Match([Named(ledger), other])[1];

        Assert.DoesNotContain(alone.Explanation, e => e.Code == EvidenceCode.AccountElsewhere);
        Assert.Contains(together.Explanation.Concat(together.Alternatives.SelectMany(a => a.Explanation)), e => e.Code == EvidenceCode.AccountElsewhere);
        Assert.NotEqual(MatchDecision.Automatic, together.Decision);
    }

    [Fact]
    public void The_payments_account_not_the_one_it_pays_for_is_shown()
    {
        var ledger = Ledger();
        var witness = new BankTransaction
        {
            Amount = ledger.Amount(1210.37m),
            BookingDate = SampleLedger.Date("2026-02-09"),
            Remittance = "RE-26-04817",
            Counterparty = new Counterparty { Name = "Administratiekantoor De Pen", UltimateName = "Bakkerij Jansen", Iban = Iban.Parse(Account) },
        };
        var results = new PaymentMatcher(ledger.Snapshot).Match([witness, ledger.Transaction(83.11m, "bedankt", null, Account)]);

        Assert.DoesNotContain(results[1].Explanation, e => e.Code == EvidenceCode.AccountInRun);
    }
}
