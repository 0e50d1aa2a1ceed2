using System.Runtime.Intrinsics.X86;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Mt;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.Text;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Mt;

/// <summary>What is read in bytes is read as it is in characters, or not at all.</summary>
public class MtPlainTextTests
{
    private static readonly string[] Codes =
    [
        "/EREF/", "/CNTP/", "/REMI/", "/REMI/USTD//", "/REMI/STRD/CUR/", "/MARF/", "/CSID/", "/TRTP/", "/RTRN/", "/NAME/", "/IBAN/", "/BIC/", "/ORDP/", "/BENM/",
        "/PURP/", "/ISDT/", "/OCMT/", "/CHGS/", "/OGB/", "/VA/", "/PT/", "/PY/", "/ADDR/", "/ABCD/", "/EREF", "EREF/", "/USTD/", "//",
    ];

    private static readonly string[] Values =
    [
        "E2E-2026-67483-622", "NOTPROVIDED", "not provided", "NONREF", "NL88ABNA0193433078/ABNANL2A/Bakkerij Jansen", "NL88ABNA0193433078/ABNANL2A/Bakkerij Jansen///", "NL88ABNA0193433078",
        "ABNANL2A", "Jansen  en Zn.", " ", "", "/", " / ", "Factuur 2026-70379", "RF18539007547034 dank", "BETALINGSKENM. 1004510036716378", "USTD/x", "STRD/x", "AC04", "x", "1", "EUR12,50/tekst",
        "wie betaalt wat wanneer en waarom aan wie en hoe lang nog", "caf\u00e9",
    ];

    private static readonly string[] Fields =
    [
        "00", "10", "20", "21", "22", "23", "29", "30", "31", "32", "33", "34", "35", "38", "60", "63", "99", "1", " 20", "x",
    ];

    private static readonly string[] FieldValues =
    [
        "GUTSCHRIFT", "931", "EREF+E2E-2026-67483-622", "SVWZ+Rechnung 2026-1", "SVWZ+", "MREF+M1", "CRED+DE98ZZZ09999999999", "KREF+K", "ABWA+Erika", "IBAN+DE89370400440532013000", "BIC+COBADEFFXXX", "EREF: 4711",
        "abcdefghijklmnopqrstuvwxyz ", "abcdefghijklmnopqrstuvwxyzA", "SVWZ+abcdefghijklmnopqrstuv", "MREF+abcdefghijklmnopqrstuv", "COBADEFFXXX", "COBADEFFXXX mehr", "37040044", "/", "DE89370400440532013000",
        "Mueller GmbH", "Mueller GmbH und Soehne, Wa", "rmwasser", " Mueller", "a  b", "", " ", "000", "901", "Gl\u00e4ubiger", "a+b", "x BIC+C", "Rechnung +1",
    ];

    private static readonly Gen<string> SlashTexts =
        from parts in (from code in Gen.Elements(Codes) from value in Gen.Elements(Values) from end in Gen.Elements("", "/", "//", " ", "///") select code + value + end).ListOf()
        select string.Concat(parts);

    private static readonly Gen<string> GermanTexts =
        from separator in Gen.Elements("?", "~", "<", "^", ">")
        from gvc in Gen.Elements("166", "105", "159", "000")
        from parts in (from field in Gen.Elements(Fields) from value in Gen.Elements(FieldValues) select separator + field + value).ListOf()
        select gvc + string.Concat(parts);

    // Lines of the standard's width, of another one, of any, each with any line end.
    private static Gen<string> Wrapped(Gen<string> texts) =>
        from text in texts
        from width in Gen.Elements(65, 65, 65, 61, 60, 27, 30, 9, 1000)
        from lineEnd in Gen.Elements("\r\n", "\n", "\r", "\r\n\r\n", " \r\n")
        from isShort in Gen.Elements(false, true)
        select Wrap(text, width, isShort, lineEnd);

    private static string Wrap(string text, int width, bool isShort, string lineEnd)
    {
        var wrapped = new StringBuilder();
        for (var at = 0; at < text.Length; at += width)
        {
            var line = text.Substring(at, Math.Min(width, text.Length - at));
            wrapped.Append(at == 0 ? "" : lineEnd).Append(isShort ? line.TrimEnd(' ') : line);
        }

        return wrapped.ToString();
    }

    [Fact]
    public void Slash_codes_in_bytes_say_what_they_say_in_characters() => Law.ForAll(Wrapped(SlashTexts), text => { _ = AssertSame(text); }, 2_000);

    [Fact]
    public void German_fields_in_bytes_say_what_they_say_in_characters() => Law.ForAll(Wrapped(GermanTexts), text => { _ = AssertSame(text); }, 2_000);

    [Theory]
    [InlineData("/EREF/E2E-2026-67483-622///CNTP/NL88ABNA0193433078/ABNANL2A/Bakke\r\nrij Jansen en Zn.////REMI/USTD//Factuurnr. 2026-67483 klantnummer\r\n 66493/")]
    [InlineData("/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/Jansen/REMI/Factuur 1/EREF/NOTPROVIDED")]
    [InlineData("166?00GUTSCHRIFT?10931?20EREF+E2E-2026-67483-622?21SVWZ+RE-NR. 20\r\n26-67483 KUND?22ENNUMMER 66493?30COBADEFFXXX?31DE7137040044019343\r\n3078?32Baeckerei Mueller OHG?34000")]
    [InlineData("166~00GUTSCHRIFT~20Rechnung: 1~32Mueller GmbH und Soehne, Wa~33rmwasser~34901")]
    public void Common_texts_are_read_in_bytes(string text) => Assert.True(AssertSame(text));

    [Fact]
    public void The_text_and_its_marks_are_those_of_the_lines_put_together() => Law.ForAll(Wrapped(SlashTexts), text =>
    {
        var plain = new MtPlainText();
        var bytes = Encoding.Latin1.GetBytes(text);
        if (!plain.TrySet(bytes, 0, bytes.Length, '/'))
        {
            Assert.True(text.Length > MtPlainText.Longest || text.Any(c => c > '~') || text.Count(c => c is '\r' or '\n') >= 32);
            return;
        }

        var lines = new NarrativeLines(new TextDecoder(TextEncoding.Utf8));
        lines.Add(bytes, hasDoubleAt: false);
        lines.Join('/');
        Assert.Equal(lines.Joined.ToString(), Encoding.Latin1.GetString(plain.Joined));
        var places = new List<int>();
        for (var at = MtPlainText.Next(plain.Places, 0, lines.Joined.Length); at < lines.Joined.Length; at = MtPlainText.Next(plain.Places, at + 1, lines.Joined.Length))
        {
            places.Add(at);
        }

        Assert.Equal(Enumerable.Range(0, lines.Joined.Length).Where(i => lines.Joined[i] == '/'), places);
    }, 1_000);

    // Whether it was read in bytes. A second time: then the party is known.
    private static bool AssertSame(string text)
    {
        var decoder = new TextDecoder(TextEncoding.Utf8);
        var pool = new TextPool();
        var dialects = new MtPlainDialects(pool);
        var isRead = false;
        foreach (var slack in new[] { 0, 40, 200 })
        {
            // What stands behind the text is none of it.
            var content = Encoding.Latin1.GetBytes(text);
            byte[] data = [.. "/EREF/"u8, .. content, .. Enumerable.Repeat((byte)'/', slack)];
            var expected = new Narrative(pool);
            var lines = new NarrativeLines(decoder);
            lines.Add(content, hasDoubleAt: false);
            dialects.Read(lines, expected);
            var actual = new Narrative(pool);
            isRead = dialects.TryReadPlain(data, 6, 6 + content.Length, actual);
            Assert.Equal(Describe(isRead ? expected : new Narrative(pool)), Describe(actual));
            Assert.True(!isRead || actual.MayHoldReference || RemittanceReferences.Find(actual.Remittance) is null);
            if (actual is { Name: { } name, Iban: { } iban })
            {
                _ = pool.Party(name, iban, actual.Bic);
            }
        }

        return isRead;
    }

    [Fact]
    public void A_name_before_a_reference_is_seen_wherever_it_stands()
    {
        for (var length = 20; length < 140; length++)
        {
            for (var at = 0; at + 4 <= length; at++)
            {
                var text = Encoding.Latin1.GetBytes(new string('x', at) + "KENM" + new string('y', length - at - 4));
                Assert.Equal(length >= 24 || !Avx512BW.IsSupported, RemittanceReferences.MayHold(text));
            }
        }
    }

    private static string Describe(Narrative n) => string.Join(
        '|', n.Name, n.UltimateName, n.Address, n.Iban?.Value, n.Account, n.Bic, n.Remittance, n.StructuredReference, n.EndToEndId, n.MandateId, n.CreditorId, n.CustomerReference,
        n.ReturnReason, n.Purpose, n.BookingText, n.Gvc, n.Proprietary, n.Original, n.Charges, n.Rate, string.Join(';', n.Others ?? []));
}
