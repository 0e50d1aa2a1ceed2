using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.References;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.References;

public class PaymentCodeTests
{
    private static readonly EpcQrCode Epc = new()
    {
        Bic = Bic.Parse("GEBABEBB"),
        Name = "Voorbeeld B.V.",
        Iban = Iban.Parse("NL91ABNA0417164300"),
        Amount = new Money(12.3m, Currency.EUR),
        Reference = "RF18539007547034",
    };

    private static readonly SwissQrBill Swiss = new()
    {
        Account = Iban.Parse("CH4431999123000889012"),
        Creditor = new SwissQrAddress { Name = "Muster AG", Street = "Seestrasse", HouseNumber = "1", PostalCode = "8000", Town = "Zürich", Country = "CH" },
        Currency = Currency.CHF,
        Amount = 1949.75m,
        Reference = PaymentReference.Parse("210000000003139471430009017", ReferenceType.SwissQrr),
        Message = "Auftrag vom 15.06.2026",
    };

    [Fact]
    public void An_epc_code_has_the_lines_of_the_guideline() => Assert.Equal(
        "BCD\n002\n1\nSCT\nGEBABEBB\nVoorbeeld B.V.\nNL91ABNA0417164300\nEUR12.30\n\nRF18539007547034",
        Epc.ToText());

    [Fact]
    public void A_swiss_code_has_the_lines_of_the_guideline() => Assert.Equal(
        "SPC\n0200\n1\nCH4431999123000889012\nS\nMuster AG\nSeestrasse\n1\n8000\nZürich\nCH\n\n\n\n\n\n\n\n1949.75\nCHF\n\n\n\n\n\n\n\nQRR\n210000000003139471430009017\nAuftrag vom 15.06.2026\nEPD",
        Swiss.ToText());

    [Fact]
    public void What_is_written_is_read_back() => Law.ForAll(
        from version in Gen.Elements(1, 2)
        from cents in Gen.Choose(1, 1_000_000)
        from hasAmount in Gen.Elements(true, false)
        from kind in Gen.Choose(0, 2)
        from purpose in Gen.Elements(null, "GDDS", "A1")
        from information in Gen.Elements(null, "Merci", "é")
        from lineEnd in Gen.Elements("\n", "\r\n")
        select (code: Epc with
        {
            Version = version,
            Amount = hasAmount ? Money.FromMinorUnits(cents, Currency.EUR) : null,
            Reference = kind == 0 ? "RF18539007547034" : null,
            Text = kind == 1 ? "Faktuur 2026-00123 é" : null,
            Purpose = purpose,
            Information = information,
        },
        bill: Swiss with
        {
            Account = Iban.Parse(kind == 0 ? "CH4431999123000889012" : "CH5800791123000889012"),
            Reference = kind switch { 0 => Swiss.Reference, 1 => PaymentReference.Parse("RF18539007547034", ReferenceType.Iso11649), _ => null },
            Amount = hasAmount ? cents / 100m : null,
            Debtor = hasAmount ? Swiss.Creditor : null,
            BillingInformation = information,
        },
        lineEnd),
        x =>
        {
            Assert.Equal(PaymentCodeFault.None, EpcQrCode.TryParse(x.code.ToText().Replace("\n", x.lineEnd), out var code));
            Assert.Equal(x.code, code);
            Assert.Equal(PaymentCodeFault.None, SwissQrBill.TryParse(x.bill.ToText().Replace("\n", x.lineEnd), out var bill));
            Assert.Equal(x.bill.ToText(), bill!.ToText());
            Assert.Equal(x.bill.Reference, bill.Reference);
        });

    [Theory]
    [InlineData("", PaymentCodeFault.Header)]
    [InlineData("BCD\n003\n1\nSCT\n\nN\nNL91ABNA0417164300", PaymentCodeFault.Version)]
    [InlineData("BCD\n002\n9\nSCT\n\nN\nNL91ABNA0417164300", PaymentCodeFault.CharacterSet)]
    [InlineData("BCD\n001\n1\nSCT\n\nN\nNL91ABNA0417164300", PaymentCodeFault.Bic)]
    [InlineData("BCD\n002\n1\nSCT\n\nN\nNL92ABNA0417164300", PaymentCodeFault.Iban)]
    [InlineData("BCD\n002\n1\nSCT\n\n\nNL91ABNA0417164300", PaymentCodeFault.Name)]
    [InlineData("BCD\n002\n1\nSCT\n\nN\nNL91ABNA0417164300\nUSD1", PaymentCodeFault.Currency)]
    [InlineData("BCD\n002\n1\nSCT\n\nN\nNL91ABNA0417164300\nEUR1,5", PaymentCodeFault.Amount)]
    [InlineData("BCD\n002\n1\nSCT\n\nN\nNL91ABNA0417164300\nEUR0", PaymentCodeFault.Amount)]
    [InlineData("BCD\n002\n1\nSCT\n\nN\nNL91ABNA0417164300\n\n\nRF17539007547034", PaymentCodeFault.Reference)]
    [InlineData("BCD\n002\n1\nSCT\n\nN\nNL91ABNA0417164300\n\n\nX\nY", PaymentCodeFault.Text)]
    [InlineData("BCD\n002\n1\nSCT\n\nN\nNL91ABNA0417164300\n\n\n\n\n\n\nY", PaymentCodeFault.Size)]
    public void A_fault_in_an_epc_code_is_named(string text, PaymentCodeFault fault)
    {
        Assert.Equal(fault, EpcQrCode.TryParse(text, out var code));
        Assert.Null(code);
    }

    [Fact]
    public void A_fault_in_a_swiss_code_is_named()
    {
        Assert.Equal(PaymentCodeFault.Header, SwissQrBill.TryParse("SPC", out _));
        Assert.Equal(PaymentCodeFault.Reference, (Swiss with { Reference = null }).Check());
        Assert.Equal(PaymentCodeFault.Reference, (Swiss with { Account = Iban.Parse("CH5800791123000889012") }).Check());
        Assert.Equal(PaymentCodeFault.Iban, (Swiss with { Account = Iban.Parse("NL91ABNA0417164300") }).Check());
        Assert.Equal(PaymentCodeFault.Currency, (Swiss with { Currency = Currency.USD }).Check());
        Assert.Equal(PaymentCodeFault.Address, (Swiss with { Creditor = Swiss.Creditor with { Town = "" } }).Check());
        Assert.Throws<InvalidOperationException>(() => (Swiss with { Amount = -1m }).ToText());
    }

    [Fact]
    public void A_reference_that_is_written_in_groups_stands_in_the_code_without_blanks() =>
        Assert.Contains("\nRF18539007547034", (Epc with { Text = null, Reference = "RF18 5390 0754 7034" }).ToText());

    [Theory]
    [InlineData("Łódź Crédit Țara €", PaymentCodeFault.None)]
    [InlineData("株式会社", PaymentCodeFault.CharacterSet)]
    [InlineData("Zürich – Bern", PaymentCodeFault.CharacterSet)]
    [InlineData("Банк", PaymentCodeFault.CharacterSet)]
    public void A_swiss_code_takes_the_letters_of_its_guidelines_alone(string name, PaymentCodeFault fault) =>
        Assert.Equal(fault, (Swiss with { Creditor = Swiss.Creditor with { Name = name } }).Check());

    [Fact]
    public void Any_text_is_answered_without_an_exception() => Law.ForAll(
        Gen.Elements("BCD", "SPC", "0200", "002", "1", "SCT", "", "\n", "\n\n\n", "EPD", "K", "CH5800791123000889012", "CHF", "NON", "12.3").ArrayOf(40),
        parts =>
        {
            var text = string.Join('\n', parts);
            _ = EpcQrCode.TryParse(text, out _);
            _ = SwissQrBill.TryParse("SPC\n0200\n1\n" + text, out _);
        });
}
