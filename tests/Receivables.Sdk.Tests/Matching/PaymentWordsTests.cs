using Receivables.Sdk.Matching;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

public class PaymentWordsTests
{
    [Theory]
    [InlineData("INV 4711", "None")]
    [InlineData("INV 4711 counterpart", "None")]
    [InlineData("counterpart Jones, part 1 of 2", "Part")]
    [InlineData("4711 less 2% discount, part payment", "Deduction, Part")]
    [InlineData("Anzahlung, 1. Rate", "Advance, Part")]
    [InlineData("4711 wire fee kept", "Charge")]
    [InlineData("Verrechnungsscheck 12 / Scheck 13", "Cheque")]
    [InlineData("Règlement chèque 12", "Cheque")]
    [InlineData("Salaris februari", "OtherPurpose")]
    [InlineData("salarisadministratie februari", "None")]
    [InlineData("Darlehensrückzahlung", "OtherPurpose")]
    [InlineData("ZWROT VAT 02/2026", "OtherPurpose")]
    [InlineData("Loans & Sons", "None")]
    public void A_text_says_what_its_words_begin_with_wherever_they_stand(string text, string said) =>
        Assert.Equal(said, PaymentWords.Read(text).ToString());
}
