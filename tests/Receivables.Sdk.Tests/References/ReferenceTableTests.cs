using Receivables.Sdk.References;
using Xunit;

namespace Receivables.Sdk.Tests.References;

/// <summary>Published and hand-computed values of every type.</summary>
public class ReferenceTableTests
{
    [Theory]
    [InlineData("iso11649", "RF18539007547034", "RF18539007547034", "RF18 5390 0754 7034")]
    [InlineData("iso11649", "RF185390075470Y", "RF185390075470Y", "RF18 5390 0754 70Y")]
    [InlineData("iso11649", "RF332348236", "RF332348236", "RF33 2348 236")]
    [InlineData("iso11649", " rf18 5390-0754.7034 ", "RF18539007547034", "RF18 5390 0754 7034")]
    [InlineData("be-ogm", "010806817183", "010806817183", "+++010/8068/17183+++")]
    [InlineData("be-ogm", "+++010/8068/17183+++", "010806817183", "+++010/8068/17183+++")]
    [InlineData("be-ogm", "***010/8068/17183***", "010806817183", "+++010/8068/17183+++")]
    [InlineData("be-ogm", " +++ 010 / 8068 / 17183 +++ ", "010806817183", "+++010/8068/17183+++")]
    [InlineData("be-ogm", "312401398067", "312401398067", "+++312/4013/98067+++")]
    [InlineData("be-ogm", "000000009797", "000000009797", "+++000/0000/09797+++")]
    [InlineData("ch-qrr", "210000000003139471430009017", "210000000003139471430009017", "21 00000 00003 13947 14300 09017")]
    [InlineData("ch-qrr", "20 12440 00000 46370 02019 05153", "201244000000463700201905153", "20 12440 00000 46370 02019 05153")]
    [InlineData("ch-qrr", "1878583", "000000000000000000001878583", "00 00000 00000 00000 00018 78583")]
    [InlineData("fi", "1232", "1232", "1232")]
    [InlineData("fi", "20240015", "20240015", "202 40015")]
    [InlineData("fi", "88776 65544 33221 10091", "88776655443322110091", "88776 65544 33221 10091")]
    [InlineData("fi", "0000 0000 0000 0000 0000 0012 32", "1232", "1232")]
    [InlineData("ee", "121312952", "121312952", "121312952")]
    [InlineData("ee", "1232", "1232", "1232")]
    [InlineData("ee", "20240015", "20240015", "20240015")]
    [InlineData("no-kid", "12344", "12344", "12344")]
    [InlineData("no-kid", "2345676", "2345676", "2345676")]
    [InlineData("no-kid", "602243", "602243", "602243")]
    [InlineData("no-kid", "12343", "12343", "12343")]
    [InlineData("no-kid", "12345678903", "12345678903", "12345678903")]
    [InlineData("no-kid", "2707841373001170014", "2707841373001170014", "2707841373001170014")]
    [InlineData("no-kid", "6-", "6-", "6-")]
    [InlineData("se-ocr", "20240016", "20240016", "20240016")]
    [InlineData("se-ocr", "123455", "123455", "123455")]
    [InlineData("se-ocr", "1234574", "1234574", "1234574")]
    [InlineData("dk-fik", "000000000000018", "000000000000018", "000000000000018")]
    [InlineData("dk-fik", "000000000000026", "000000000000026", "000000000000026")]
    [InlineData("dk-fik", "000000202400123", "000000202400123", "000000202400123")]
    [InlineData("dk-fik", "0000000202400123", "0000000202400123", "0000000202400123")]
    [InlineData("dk-fik", "0040404000006698", "0040404000006698", "0040404000006698")]
    [InlineData("dk-fik", "+71<000000000000018+12345678<", "+71<000000000000018+12345678<", "+71<000000000000018+12345678<")]
    [InlineData("dk-fik", "+71< 000000000000018 +1234 5678 <", "+71<000000000000018+12345678<", "+71<000000000000018+12345678<")]
    [InlineData("dk-fik", "+04<0040404000006698+12345678<", "+04<0040404000006698+12345678<", "+04<0040404000006698+12345678<")]
    [InlineData("dk-fik", "+71<000000000000018", "+71<000000000000018", "+71<000000000000018")]
    [InlineData("nl-betalingskenmerk", "5000056789012345", "5000056789012345", "5000 0567 8901 2345")]
    [InlineData("nl-betalingskenmerk", "1223 4534 6225 67", "12234534622567", "1223 4534 6225 67")]
    [InlineData("nl-betalingskenmerk", "271234567", "271234567", "2712 3456 7")]
    [InlineData("nl-betalingskenmerk", "1234567", "1234567", "1234567")]
    [InlineData("si", "SI12 1234567890120", "SI121234567890120", "SI12 1234567890120")]
    [InlineData("si", "0002024001238", "SI120002024001238", "SI12 0002024001238")]
    [InlineData("si", "si12-0000012500003", "SI120000012500003", "SI12 0000012500003")]
    [InlineData("hr", "HR01 2020-789-1", "HR012020-789-1", "HR01 2020-789-1")]
    [InlineData("hr", "20207891", "HR0120207891", "HR01 20207891")]
    [InlineData("hr", "12343", "HR0112343", "HR01 12343")]
    [InlineData("hr", "hr 01 2024001238", "HR012024001238", "HR01 2024001238")]
    [InlineData("hr", "HR00 1-22-333", "HR001-22-333", "HR00 1-22-333")]
    public void A_valid_reference_is_read_and_printed(string type, string text, string canonical, string printed)
    {
        var scheme = ReferenceScheme.Find(type)!;
        Assert.Equal(ReferenceFault.None, PaymentReference.Check(text, scheme.Type, out var reference));
        Assert.Equal((scheme.Type, canonical, printed), (reference.Type, reference.Canonical, reference.ToPrintString()));
        Assert.Equal(reference, PaymentReference.Parse(printed, scheme.Type));
    }

    [Theory]
    [InlineData("iso11649", "RF17539007547034", ReferenceFault.CheckDigits)]
    [InlineData("iso11649", "RF18539007547304", ReferenceFault.CheckDigits)]
    [InlineData("iso11649", "RF1", ReferenceFault.Length)]
    [InlineData("iso11649", "RF181234567890123456789012", ReferenceFault.Length)]
    [InlineData("iso11649", "539007547034", ReferenceFault.Prefix)]
    [InlineData("iso11649", "RFAB539007547034", ReferenceFault.Character)]
    [InlineData("iso11649", " ", ReferenceFault.Empty)]
    [InlineData("be-ogm", "010806817180", ReferenceFault.CheckDigits)]
    [InlineData("be-ogm", "010860817183", ReferenceFault.CheckDigits)]
    [InlineData("be-ogm", "000000009700", ReferenceFault.CheckDigits)]
    [InlineData("be-ogm", "000000000000", ReferenceFault.AllZeros)]
    [InlineData("be-ogm", "01080681718", ReferenceFault.Length)]
    [InlineData("be-ogm", "0108068171834", ReferenceFault.Length)]
    [InlineData("be-ogm", "01080681718X", ReferenceFault.Character)]
    [InlineData("be-ogm", "++++010/8068/17183++++", ReferenceFault.Character)]
    [InlineData("ch-qrr", "210000000003139471430009016", ReferenceFault.CheckDigits)]
    [InlineData("ch-qrr", "210000000003139471430090017", ReferenceFault.CheckDigits)]
    [InlineData("ch-qrr", "2100000000031394714300090168", ReferenceFault.Length)]
    [InlineData("fi", "12345671", ReferenceFault.CheckDigits)]
    [InlineData("fi", "21345672", ReferenceFault.CheckDigits)]
    [InlineData("fi", "121", ReferenceFault.Length)]
    [InlineData("fi", "0000", ReferenceFault.AllZeros)]
    [InlineData("ee", "121312953", ReferenceFault.CheckDigits)]
    [InlineData("ee", "212312952", ReferenceFault.CheckDigits)]
    [InlineData("ee", "123456789012345678901", ReferenceFault.Length)]
    [InlineData("no-kid", "12345", ReferenceFault.CheckDigits)]
    [InlineData("no-kid", "2345674", ReferenceFault.CheckDigits)]
    [InlineData("no-kid", "21344", ReferenceFault.CheckDigits)]
    [InlineData("no-kid", "12345678904", ReferenceFault.CheckDigits)]
    [InlineData("no-kid", "21343", ReferenceFault.CheckDigits)]
    [InlineData("no-kid", "5-", ReferenceFault.Length)]
    [InlineData("se-ocr", "20240017", ReferenceFault.CheckDigits)]
    [InlineData("se-ocr", "123451", ReferenceFault.CheckDigits)]
    [InlineData("se-ocr", "202400199", ReferenceFault.CheckDigits)]
    [InlineData("dk-fik", "000000000000019", ReferenceFault.CheckDigits)]
    [InlineData("dk-fik", "000000204200123", ReferenceFault.CheckDigits)]
    [InlineData("dk-fik", "0000000202400124", ReferenceFault.CheckDigits)]
    [InlineData("dk-fik", "0000000204200123", ReferenceFault.CheckDigits)]
    [InlineData("dk-fik", "+71<0000000202400123+12345678<", ReferenceFault.Length)]
    [InlineData("dk-fik", "+75<000000202400123+12345678<", ReferenceFault.Length)]
    [InlineData("dk-fik", "+73<+12345678<", ReferenceFault.Card)]
    [InlineData("dk-fik", "+71<000000000000018+123456789<", ReferenceFault.Creditor)]
    [InlineData("dk-fik", "+71", ReferenceFault.Form)]
    [InlineData("nl-betalingskenmerk", "6000056789012345", ReferenceFault.CheckDigits)]
    [InlineData("nl-betalingskenmerk", "5000056789012354", ReferenceFault.CheckDigits)]
    [InlineData("nl-betalingskenmerk", "13234534622567", ReferenceFault.LengthDigit)]
    [InlineData("nl-betalingskenmerk", "12345678", ReferenceFault.Length)]
    [InlineData("nl-betalingskenmerk", "123456789012345", ReferenceFault.Length)]
    [InlineData("si", "1234567890121", ReferenceFault.CheckDigits)]
    [InlineData("si", "SI12 0002042001238", ReferenceFault.CheckDigits)]
    [InlineData("si", "0000021500003", ReferenceFault.CheckDigits)]
    [InlineData("si", "HR01 2020-789-1", ReferenceFault.Prefix)]
    [InlineData("si", "SI99", ReferenceFault.Model)]
    [InlineData("hr", "20207892", ReferenceFault.CheckDigits)]
    [InlineData("hr", "21343", ReferenceFault.CheckDigits)]
    [InlineData("hr", "2024001239", ReferenceFault.CheckDigits)]
    [InlineData("hr", "HR02 1-2", ReferenceFault.Form)]
    [InlineData("hr", "HR01 1--2", ReferenceFault.Form)]
    public void A_fault_is_named(string type, string text, ReferenceFault fault)
    {
        Assert.Equal(fault, PaymentReference.Check(text, ReferenceScheme.Find(type)!.Type, out var reference));
        Assert.Equal(default, reference);
    }

    [Theory]
    [InlineData("iso11649", "539007547034", "RF18539007547034")]
    [InlineData("iso11649", "2348 236", "RF332348236")]
    [InlineData("be-ogm", "108068171", "010806817183")]
    [InlineData("be-ogm", "97", "000000009797")]
    [InlineData("ch-qrr", "187858", "000000000000000000001878583")]
    [InlineData("fi", "123", "1232")]
    [InlineData("ee", "12131295", "121312952")]
    [InlineData("no-kid", "1234", "12344")]
    [InlineData("se-ocr", "12345", "123455")]
    [InlineData("dk-fik", "1", "+71<000000000000018")]
    [InlineData("nl-betalingskenmerk", "000056789012345", "5000056789012345")]
    [InlineData("nl-betalingskenmerk", "234534622567", "12234534622567")]
    [InlineData("nl-betalingskenmerk", "1234567", "271234567")]
    [InlineData("si", "123456789012", "SI121234567890120")]
    [InlineData("si", "1250000", "SI120000012500003")]
    [InlineData("hr", "2020-789-", "HR012020-789-1")]
    [InlineData("hr", "202400123", "HR012024001238")]
    public void A_reference_is_made_of_digits(string type, string digits, string canonical) =>
        Assert.Equal(canonical, PaymentReference.Create(ReferenceScheme.Find(type)!.Type, digits).Canonical);

    [Fact]
    public void Choices_of_a_type_are_followed()
    {
        Assert.Equal("12343", PaymentReference.Create(ReferenceType.NorwegianKid, "1234", new() { Modulus = 11 }).Canonical);
        Assert.Equal("6-", PaymentReference.Create(ReferenceType.NorwegianKid, "6", new() { Modulus = 11 }).Canonical);
        Assert.Equal("1234574", PaymentReference.Create(ReferenceType.SwedishOcr, "12345", new() { LengthDigit = true }).Canonical);
        Assert.Equal("+71<000000202400123+00000042<", PaymentReference.Create(ReferenceType.DanishFik, "20240012", new() { Creditor = "42" }).Canonical);
        Assert.Equal("+75<0000000202400123", PaymentReference.Create(ReferenceType.DanishFik, "20240012", new() { Card = "75" }).Canonical);
        Assert.Equal("SI0020240012", PaymentReference.Create(ReferenceType.Slovenian, "20240012", new() { Model = 0 }).Canonical);
        // Model 03: each of the parts ends in a check digit of its own.
        Assert.Equal("HR0319-27-35", PaymentReference.Create(ReferenceType.Croatian, "1-2-3", new() { Model = 3 }).Canonical);
    }

    [Theory]
    [InlineData(ReferenceType.BelgianOgm, "12345678901", ReferenceFault.Length)]
    [InlineData(ReferenceType.BelgianOgm, "12a", ReferenceFault.Character)]
    [InlineData(ReferenceType.BelgianOgm, "", ReferenceFault.Empty)]
    [InlineData(ReferenceType.Finnish, "12", ReferenceFault.Length)]
    [InlineData(ReferenceType.Iso11649, "1234567890123456789012", ReferenceFault.Length)]
    [InlineData(ReferenceType.NorwegianKid, "1234567890123456789012345", ReferenceFault.Length)]
    [InlineData(ReferenceType.Slovenian, "1234567890123", ReferenceFault.Length)]
    [InlineData(ReferenceType.Croatian, "1-2-3-4", ReferenceFault.Length)]
    public void What_no_reference_can_be_made_of_is_told(ReferenceType type, string digits, ReferenceFault fault)
    {
        Assert.Equal(fault, PaymentReference.TryCreate(type, digits, null, out _));
        Assert.Throws<ArgumentException>(() => PaymentReference.Create(type, digits));
    }

    [Fact]
    public void Unknown_choices_are_told()
    {
        Assert.Equal(ReferenceFault.Model, PaymentReference.TryCreate(ReferenceType.Croatian, "1", new() { Model = 50 }, out _));
        Assert.Equal(ReferenceFault.Model, PaymentReference.TryCreate(ReferenceType.NorwegianKid, "1", new() { Modulus = 12 }, out _));
        Assert.Equal(ReferenceFault.Card, PaymentReference.TryCreate(ReferenceType.DanishFik, "1", new() { Card = "73" }, out _));
        Assert.Equal(ReferenceFault.Creditor, PaymentReference.TryCreate(ReferenceType.DanishFik, "1", new() { Creditor = "123456789" }, out _));
    }

    [Fact]
    public void A_finnish_reference_is_seen_inside_an_international_one()
    {
        Assert.True(PaymentReference.Create(ReferenceType.Iso11649, "1232").TryGetFinnish(out var finnish));
        Assert.Equal("1232", finnish.Canonical);
        Assert.False(PaymentReference.Create(ReferenceType.Iso11649, "1233").TryGetFinnish(out _));
    }

    [Fact]
    public void One_reference_has_one_key_however_it_is_written()
    {
        Assert.Equal("000000000000018", PaymentReference.Parse("+71<000000000000018+12345678<", ReferenceType.DanishFik).Key);
        Assert.Equal(
            PaymentReference.Parse("HR01 2020-789-1", ReferenceType.Croatian).Key,
            PaymentReference.Parse("20207891", ReferenceType.Croatian).Key);
        Assert.Equal("", default(PaymentReference).Key);
    }

    [Fact]
    public void Names_are_those_of_the_files_and_commands()
    {
        Assert.Equal(Enum.GetValues<ReferenceType>(), ReferenceScheme.All.Select(s => s.Type));
        Assert.Equal(
            ["iso11649", "be-ogm", "ch-qrr", "fi", "no-kid", "se-ocr", "dk-fik", "nl-betalingskenmerk", "si", "hr", "ee"],
            ReferenceScheme.All.Select(s => s.Name));
        Assert.Null(ReferenceScheme.Find("BE-OGM"));
        Assert.All(Enum.GetValues<ReferenceFault>(), f => Assert.NotEqual("", f.ToCode() + f.ToText()));
    }
}
