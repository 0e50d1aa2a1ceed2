using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests;

public class IbanTests
{
    // The examples that the IBAN registry prints.
    [Theory]
    [InlineData("AT611904300234573201")]
    [InlineData("BE68539007547034")]
    [InlineData("CH9300762011623852957")]
    [InlineData("DE89370400440532013000")]
    [InlineData("DK5000400440116243")]
    [InlineData("EE382200221020145685")]
    [InlineData("ES9121000418450200051332")]
    [InlineData("FI2112345600000785")]
    [InlineData("FR1420041010050500013M02606")]
    [InlineData("GB29NWBK60161331926819")]
    [InlineData("HR1210010051863000160")]
    [InlineData("IE29AIBK93115212345678")]
    [InlineData("IT60X0542811101000000123456")]
    [InlineData("LC55HEMM000100010012001200023015")]
    [InlineData("LU280019400644750000")]
    [InlineData("MT84MALT011000012345MTLCAST001S")]
    [InlineData("NL91ABNA0417164300")]
    [InlineData("NO9386011117947")]
    [InlineData("PL61109010140000071219812874")]
    [InlineData("PT50000201231234567890154")]
    [InlineData("SE4550000000058398257466")]
    [InlineData("SI56263300012039086")]
    [InlineData("SC18SSCB11010000000000001497USD")]
    public void The_registrys_examples_are_read(string text)
    {
        var iban = Iban.Parse(text);
        Assert.Equal((text, text[..2], text[4..]), (iban.Value, iban.CountryCode, iban.Bban));
        Assert.Equal(iban, Iban.Parse(iban.ToPrintString().ToLowerInvariant()));
        Assert.True(Iban.TryCreate(iban.CountryCode, iban.Bban, out var made));
        Assert.Equal(iban, made);
    }

    [Theory]
    [InlineData("")]
    [InlineData("NL92ABNA0417164300")]
    [InlineData("NL91ABNA041716430")]
    [InlineData("NL91ABNA04171643000")]
    [InlineData("XX91ABNA0417164300")]
    [InlineData("NL9IABNA0417164300")]
    [InlineData("NL91-ABNA-0417-1643-00")]
    [InlineData("IBAN NL91ABNA0417164300")]
    [InlineData("ＮＬ91ABNA0417164300")]
    [InlineData("NL91ABNA04171643001234567890123456789012345678901234567890")]
    public void What_is_no_iban_is_refused_without_repeating_it(string text)
    {
        Assert.False(Iban.TryParse(text, out _));
        var message = Assert.Throws<FormatException>(() => Iban.Parse(text)).Message;
        Assert.True(text.Length < 5 || !message.Contains(text));
    }

    // Of the hundred pairs of check digits three leave the rest of another one.
    [Fact]
    public void One_pair_of_check_digits_fits_and_no_other() => Law.ForAll(
        Gen.Choose(0, 9).ArrayOf(18),
        digits => Assert.Single(Enumerable.Range(0, 100), check => Iban.TryParse($"DE{check:00}{string.Concat(digits)}", out _)),
        cases: 500);

    [Fact]
    public void One_wrong_character_or_two_swapped_are_seen() => Law.ForAll(
        from digits in Gen.Choose(0, 9).ArrayOf(18)
        from at in Gen.Choose(4, 21)
        from change in Gen.Choose(1, 9)
        select (digits, at, change),
        x =>
        {
            Assert.True(Iban.TryCreate("DE", string.Concat(x.digits), out var iban));
            var wrong = iban.Value.ToCharArray();
            wrong[x.at] = (char)('0' + ((wrong[x.at] - '0' + x.change) % 10));
            Assert.False(Iban.TryParse(wrong, out _));
            var swapped = iban.Value.ToCharArray();
            (swapped[x.at], swapped[x.at - 1]) = (swapped[x.at - 1], swapped[x.at]);
            Assert.Equal(swapped[x.at] == swapped[x.at - 1], Iban.TryParse(swapped, out _));
        });

    [Fact]
    public void Any_text_is_answered_by_every_value_without_an_exception() => Law.ForAll(
        Gen.Elements("NL91ABNA0417164300 EURjpy.-+e,\0\ud800٣é".ToCharArray()).ArrayOf().Select(c => new string(c)),
        text =>
        {
            _ = Iban.TryParse(text, out _);
            _ = Bic.TryParse(text, out _);
            _ = Currency.TryParse(text, out _);
            _ = Money.TryParse(text, out _);
            _ = Iban.TryCreate(text.AsSpan(0, Math.Min(2, text.Length)), text, out _);
        },
        cases: 500);

    [Fact]
    public void Looking_at_a_currency_or_account_allocates_nothing()
    {
        Look();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Look();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static bool Look() => Currency.TryParse("EUR"u8, out _) && Currency.TryParse("KWD".AsSpan(), out _) && Iban.IsValidElectronic("NL91ABNA0417164300")
            && !Iban.TryParse("NL92ABNA0417164300".AsSpan(), out _);
    }

    [Theory]
    [InlineData("ABNANL2A", true)]
    [InlineData("gebabebb36a", true)]
    [InlineData("ABNANL2", false)]
    [InlineData("ABNA1L2A", false)]
    [InlineData("ABNANL2AXX", false)]
    [InlineData("ABNANL2A ", false)]
    public void A_bic_has_its_form(string text, bool isOne) => Assert.Equal(isOne, Bic.TryParse(text, out _));
}
