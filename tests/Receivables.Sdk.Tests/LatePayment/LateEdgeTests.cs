using NodaTime;
using Receivables.Sdk.LatePayment;
using Receivables.Sdk.Ledger;
using Xunit;

namespace Receivables.Sdk.Tests.LatePayment;

/// <summary>The first and the last day on which something is late.</summary>
public class LateEdgeTests
{
    private static readonly LatePaymentCalculator Calculator = new();
    private static readonly LocalDate Due = new(2024, 5, 31);

    private static LatePaymentClaim Claim(params PrincipalReduction[] reductions) =>
        new() { Country = "NL", Party = PartyKind.Business, Principal = new Money(1000m, Currency.EUR), Due = Due, Reductions = reductions };

    private static PrincipalReduction Paid(int daysLate, decimal amount = 1000m) => new(Due.PlusDays(daysLate), new Money(amount, Currency.EUR));

    // Directive 2011/7/EU, article 6: the sum is owed where interest is, and none is where all was paid in time.
    [Fact]
    public void The_fixed_sum_is_owed_by_who_paid_a_day_late_and_not_by_who_paid_in_time()
    {
        Assert.Equal("notLate", StatutoryVectors.Reason(Calculator.FixedSum(Claim(Paid(0)), Due.PlusDays(30))));
        Assert.Equal("notLate", StatutoryVectors.Reason(Calculator.FixedSum(Claim(Paid(-5, 400m), Paid(-1, 600m)), Due.PlusDays(30))));
        Assert.Equal(40m, Calculator.FixedSum(Claim(Paid(-5, 400m), Paid(1, 600m)), Due.PlusDays(30)).ValueOrDefault.Amount);
        Assert.Equal(40m, Calculator.FixedSum(Claim(Paid(1)), Due.PlusDays(30)).ValueOrDefault.Amount);
    }

    [Fact]
    public void A_reduction_in_another_currency_is_refused_whatever_its_day()
    {
        var claim = Claim(new PrincipalReduction(new LocalDate(2030, 1, 1), new Money(1m, Currency.USD)));
        Assert.Throws<ArgumentException>(() => Calculator.Interest(claim, Due.PlusDays(30)));
        Assert.Throws<ArgumentException>(() => Calculator.FixedSum(claim, Due.PlusDays(30)));
    }

    // What databases have for no date.
    [Theory]
    [InlineData("NL", PartyKind.Business)]
    [InlineData("DE", PartyKind.Business)]
    [InlineData("LU", PartyKind.Consumer)]
    [InlineData("FR", PartyKind.Consumer)]
    [InlineData("CH", PartyKind.Consumer)]
    public void What_falls_due_on_the_calendars_last_day_is_never_late(string country, PartyKind party)
    {
        var last = LocalDate.MaxIsoValue;
        var claim = Claim() with { Country = country, Party = party, Due = last, CountsPaymentDay = true, FormalNotice = last, Received = last, Contract = new LocalDate(2024, 1, 1) };
        Assert.True(Calculator.Interest(claim, last) is LawAnswer<InterestSheet>.Refused || Calculator.Interest(claim, last).ValueOrDefault!.Total.IsZero);
        Assert.IsType<LawAnswer<Money>.Refused>(Calculator.FixedSum(claim, last));
        var notice = Calculator.NoticeFor("NL", PartyKind.Consumer)!;
        Assert.Equal(last, Calculator.Term(notice, last.PlusDays(-3), "email").ValueOrDefault!.ChargeableFrom);
    }
}
