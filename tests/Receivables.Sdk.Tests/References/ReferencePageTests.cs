using Receivables.Sdk.References;
using Xunit;

namespace Receivables.Sdk.Tests.References;

/// <summary>What docs/references.md says its snippets give.</summary>
public class ReferencePageTests
{
    [Fact]
    public void Reading_and_checking()
    {
        PaymentReference.TryParse("+++010/8068/17183+++", ReferenceType.BelgianOgm, out var reference);
        Assert.Equal("010806817183", reference.Canonical);
        Assert.Equal("+++010/8068/17183+++", reference.ToPrintString());
        var fault = PaymentReference.Check("RF17539007547034", ReferenceType.Iso11649, out _);
        Assert.Equal("checkDigits", fault.ToCode());
        Assert.Equal("fi, hr, ee", string.Join(", ", PaymentReference.ReadAll("20240015").Select(r => ReferenceScheme.Of(r.Type).Name)));
    }

    [Fact]
    public void Finding()
    {
        var text = "Betaling RF18 5390 0754 7034 en +++010/80\n68/17183+++";
        Assert.Equal(["RF18539007547034", "010806817183"], PaymentReference.FindIn(text).Select(m => m.Reference.Canonical));
    }

    [Fact]
    public void An_epc_code()
    {
        var code = new EpcQrCode
        {
            Name = "Voorbeeld B.V.",
            Iban = Iban.Parse("NL91ABNA0417164300"),
            Amount = new Money(12.30m, Currency.EUR),
            Reference = "RF18539007547034",
        };
        Assert.Equal(PaymentCodeFault.None, code.Check());
        Assert.Equal("BCD\n002\n1\nSCT\n\nVoorbeeld B.V.\nNL91ABNA0417164300\nEUR12.30\n\nRF18539007547034", code.ToText());
    }
}
