using NodaTime;
using Receivables.Sdk.Ledger;
using Xunit;

namespace Receivables.Sdk.Tests.Ledger;

/// <summary>What docs/terms.md says its snippets give.</summary>
public class TermsPageTests
{
    [Fact]
    public void Snippets_give_what_the_page_says()
    {
        var terms = PaymentTerms.Parse("net 45d eom; discount 2% 10d");
        Assert.Equal(new LocalDate(2021, 10, 31), terms.DueDate(new TermsDates(new LocalDate(2021, 9, 13))));
        Assert.Equal(new LocalDate(2021, 11, 14), PaymentTerms.Parse("net eom 45d").DueDate(new TermsDates(new LocalDate(2021, 9, 13))));
        Assert.Equal("net 30d; discount 2% 10d", PaymentTerms.Parse("2/10 net 30").Notation);
        Assert.Equal("net 30d eom", PaymentTerms.Parse("30 dagen einde maand").Notation);
        Assert.Equal(
            "Betaling binnen 30 dagen na factuurdatum. 2% korting bij betaling binnen 10 dagen na factuurdatum.",
            PaymentTerms.Parse("2/10 net 30").Describe("nl"));
        var schedule = PaymentTerms.Parse("part 30% 0d; part rest 30d; part rest 60d")
            .Schedule(new Money(1000.01m, Currency.EUR), new TermsDates(new LocalDate(2026, 1, 1)));
        Assert.Equal(["300.00", "350.01", "350.00"], schedule.Instalments.Select(i => i.Amount.ToAmountString()));
    }
}
