using System.Runtime.Intrinsics.X86;
using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.References;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.References;
using Xunit;

namespace Receivables.Sdk.Tests.References;

public class ReferenceSearchTests
{
    private static List<(string Found, string Canonical)> Find(string text)
    {
        var all = new List<(string, string)>();
        foreach (var match in PaymentReference.FindIn(text))
        {
            all.Add((text.Substring(match.Start, match.Length), match.Reference.Canonical));
        }

        return all;
    }

    [Theory]
    [InlineData("Invoice 2026-00123 RF18539007547034 thanks", "RF18539007547034", "RF18539007547034")]
    [InlineData("ref rf18 5390 0754 7034 2026 total", "rf18 5390 0754 7034", "RF18539007547034")]
    [InlineData("/RFB/RF18539007547034//", "RF18539007547034", "RF18539007547034")]
    [InlineData("RF1853900\n7547034", "RF1853900\n7547034", "RF18539007547034")]
    [InlineData("RF1853900 7547034 FACT", "RF1853900 7547034", "RF18539007547034")]
    [InlineData("RF1\r\n8539007547034", "RF1\r\n8539007547034", "RF18539007547034")]
    [InlineData("RF18539007547034KUNDE", "RF18539007547034", "RF18539007547034")]
    [InlineData("betaling +++010/8068/17183+++ dank", "+++010/8068/17183+++", "010806817183")]
    [InlineData("***010/8068/17183***", "***010/8068/17183***", "010806817183")]
    [InlineData("+++010/80\n68/17183+++", "+++010/80\n68/17183+++", "010806817183")]
    [InlineData("+++ 010 8068 17183 +++", "+++ 010 8068 17183 +++", "010806817183")]
    [InlineData("mededeling 010/8068/17183.", "010/8068/17183", "010806817183")]
    [InlineData("210000000003139471430009017", "210000000003139471430009017", "210000000003139471430009017")]
    [InlineData("Ref. 21 00000 00003 13947 14300 09017 Mai", "21 00000 00003 13947 14300 09017", "210000000003139471430009017")]
    [InlineData("2100000000031\n39471430009017", "2100000000031\n39471430009017", "210000000003139471430009017")]
    [InlineData("bet +71<000000000000018+12345678< tak", "+71<000000000000018+12345678<", "+71<000000000000018+12345678<")]
    [InlineData("+71<000000000000\n018+12345678<", "+71<000000000000\n018+12345678<", "+71<000000000000018+12345678<")]
    [InlineData("sklic SI12 1234567890120 hvala", "SI12 1234567890120", "SI121234567890120")]
    [InlineData("poziv HR01 2020-789-1.", "HR01 2020-789-1", "HR012020-789-1")]
    public void A_reference_is_found_in_free_text(string text, string found, string canonical) => Assert.Equal([(found, canonical)], Find(text));

    [Theory]
    [InlineData("RF17539007547034")]
    [InlineData("XRF18539007547034")]
    [InlineData("R F18539007547034")]
    [InlineData("010806817183")]
    [InlineData("+++010/8068/17184+++")]
    [InlineData("1010/8068/17183")]
    [InlineData("210000000003139471430009016")]
    [InlineData("0210000000003139471430009017")]
    [InlineData("000000000000000000000000000")]
    [InlineData("2100 000 0000 3139 4714 3000 9017")]
    [InlineData("HR12 1001 0051 8630 0016 0")]
    [InlineData("HR00 123")]
    [InlineData("+71 mio")]
    [InlineData("")]
    public void What_shows_no_form_or_fails_its_check_is_not_found(string text) => Assert.Empty(Find(text));

    [Fact]
    public void A_word_after_a_reference_is_no_part_of_it_though_its_letters_hold_the_check_digits() =>
        Assert.Equal(["RF980992009390036909"], Find("RF98 0992 0093 9003 6909 dank u").Select(m => m.Canonical));

    [Theory]
    [InlineData("R\nF18 5390 0754 7034")]
    [InlineData("r \r\nf18539007547034")]
    [InlineData("010/8068/17183")]
    public void The_quick_look_passes_what_is_found(string text) => Assert.True(Find(text).Count == 1 && ReferenceFinder.MayHold(text));

    [Fact]
    public void Several_references_are_found_in_order() => Assert.Equal(
        ["RF18539007547034", "010806817183", "210000000003139471430009017"],
        Find("RF18 5390 0754 7034; +++010/8068/17183+++/210000000003139471430009017").Select(m => m.Canonical));

    private static readonly Gen<PaymentReference> Strong =
        from type in Gen.Elements(ReferenceType.Iso11649, ReferenceType.BelgianOgm, ReferenceType.SwissQrr, ReferenceType.DanishFik)
        from reference in ReferenceGen.Of(type).Where(r => r.Canonical.Length >= 12 && r.Canonical.Trim('0').Length > 0)
        select reference;

    [Fact]
    public void A_printed_reference_is_found_among_words() => Law.ForAll(
        from reference in Strong
        from before in Gen.Elements("", "betaling ", "/REMI/", "Rechnung 4711;", "2026: ")
        from after in Gen.Elements("", " dank u", "//", "; 12", "\nKlant")
        select (reference, before, after),
        x =>
        {
            var printed = x.reference.ToPrintString();
            Assert.Contains((printed, x.reference.Canonical), Find(x.before + printed + x.after));
            Assert.True(ReferenceFinder.MayHold(x.before + printed + x.after));
        },
        cases: 500);

    [Fact]
    public void A_line_break_inside_a_reference_does_not_hide_it() => Law.ForAll(
        from reference in Strong
        from at in Gen.Choose(1, 60)
        from lineBreak in Gen.Elements("\n", "\r\n")
        select (reference, at, lineBreak),
        x =>
        {
            // The wrapping itself is not cut: three plus signs are a line's end or beginning.
            var printed = x.reference.Type == ReferenceType.BelgianOgm ? x.reference.ToPrintString() : x.reference.Canonical;
            var margin = x.reference.Type is ReferenceType.BelgianOgm ? 3 : 1;
            var at = margin + (x.at % (printed.Length - (2 * margin)));
            if (PaymentReference.TryParse(printed[..at], x.reference.Type, out _))
            {
                // By chance the part before the break is a reference of its own, and that is what is found.
                return;
            }

            var cut = printed.Insert(at, x.lineBreak);
            Assert.Contains(x.reference.Canonical, Find("aan u " + cut + " dank").Select(m => m.Canonical));
        },
        cases: 500);

    [Fact]
    public void Candidates_are_all_digits_that_pass_whole_or_joined()
    {
        var found = new List<string>();
        foreach (var match in PaymentReference.FindCandidatesIn("betaal 1232 of 2024 0015, X1232, 1232Y", ReferenceType.Finnish))
        {
            found.Add(match.Reference.Canonical);
        }

        Assert.Equal(["1232", "20240015"], found.Where(f => f is "1232" or "20240015"));
    }

    [Fact]
    public void A_bare_reference_is_a_candidate_of_its_type() => Law.ForAll(ReferenceGen.Any.Where(r => char.IsAsciiDigit(r.Canonical[0])), r =>
    {
        var keys = new List<string>();
        foreach (var match in PaymentReference.FindCandidatesIn("kenmerk " + r.ToPrintString() + "\nbedankt", r.Type))
        {
            keys.Add(match.Reference.Canonical);
        }

        Assert.True(r.Type == ReferenceType.BelgianOgm || keys.Contains(r.Canonical));
    }, cases: 300);

    [Fact]
    public void A_search_that_finds_nothing_allocates_nothing()
    {
        var text = "Invoice 2026-00123 for ACME R12 SIXT HRS 10 +20 EUR 1234/5678 RFID 12 ***";
        Count(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Count(text);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static int Count(string text)
        {
            var count = 0;
            foreach (var _ in PaymentReference.FindIn(text))
            {
                count++;
            }

            return count;
        }
    }

    [Fact]
    public void Sixteen_characters_at_a_time_tell_what_one_at_a_time_does() => Law.ForAll(
        Gen.Elements("rfRFsihr12/+*ab \r\n-".ToCharArray()).ListOf().Select(c => new string([.. c])),
        AssertTold);

    [Fact]
    public void Digits_are_counted_once_wherever_a_step_ends() => Law.ForAll(
        from before in Gen.Choose(0, 40)
        from digits in Gen.Choose(0, 40)
        from hasSlash in Gen.Elements(true, false)
        select new string('x', before) + new string('7', digits) + (hasSlash ? "/" : ""),
        AssertTold);

    // Of bytes, line ends are not looked at one by one.
    private static void AssertTold(string text)
    {
        var mayHold = ReferenceFinder.MayHoldPlainly(text);
        Assert.Equal(mayHold, ReferenceFinder.MayHold(text));
        Assert.Equal(mayHold || !Avx512BW.IsSupported || text.AsSpan().ContainsAny('\r', '\n'), ReferenceFinder.MayHold(System.Text.Encoding.ASCII.GetBytes(text)));
    }
}
