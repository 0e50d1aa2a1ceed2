using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.References;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.References;
using Xunit;

namespace Receivables.Sdk.Tests.References;

public class ReferenceLawTests
{
    [Fact]
    public void However_it_is_written_it_is_the_same_reference() => Law.ForAll(
        from reference in ReferenceGen.Any from text in ReferenceGen.Written(reference) select (reference, text),
        x => Assert.Equal(x.reference, PaymentReference.Parse(x.text, x.reference.Type)),
        cases: 500);

    [Fact]
    public void Canonical_text_is_read_back_unchanged() => Law.ForAll(ReferenceGen.Any, r =>
        PaymentReference.Parse(r.Canonical, r.Type) == r && PaymentReference.Parse(r.ToPrintString(), r.Type) == r, cases: 500);

    [Fact]
    public void All_readings_are_those_that_hold_type_by_type() => Law.ForAll(
        Gen.OneOf(ReferenceGen.Digits(1, 30), from r in ReferenceGen.Any from text in ReferenceGen.Written(r) select text),
        text => Assert.Equal(
            ReferenceScheme.All.Where(s => PaymentReference.TryParse(text, s.Type, out _)).Select(s => s.Type),
            PaymentReference.ReadAll(text).Select(r => r.Type)),
        cases: 300);

    [Fact]
    public void One_pair_of_check_digits_of_an_RF_reference_fits_and_no_other() => Law.ForAll(
        ReferenceGen.Digits(1, 21),
        body => Assert.Single(Enumerable.Range(0, 100), check => PaymentReference.TryParse($"RF{check:00}{body}", ReferenceType.Iso11649, out _)),
        cases: 500);

    [Fact]
    public void Any_text_is_answered_without_an_exception() => Law.ForAll(
        from type in ReferenceGen.Types
        from text in Gen.Elements("0123456789RFSIHR+*<>-/. ,\nä٣\0\ud800".ToCharArray()).ArrayOf()
        select (type, text: new string(text)),
        x =>
        {
            var fault = PaymentReference.Check(x.text, x.type, out var reference);
            Assert.Equal(fault == ReferenceFault.None, reference != default || reference.Canonical.Length > 0);
            _ = PaymentReference.TryCreate(x.type, x.text, null, out _);
            foreach (var match in PaymentReference.FindIn(x.text))
            {
                Assert.Equal(match.Reference, PaymentReference.Parse(x.text.Substring(match.Start, match.Length), match.Reference.Type));
            }

            foreach (var match in PaymentReference.FindCandidatesIn(x.text, x.type))
            {
                Assert.Equal(match.Reference, PaymentReference.Parse(x.text.Substring(match.Start, match.Length), x.type));
            }
        },
        cases: 500);

    // The plain twins: the textbook's words in the slowest way.
    private static int PlainMod97(string text) =>
        (int)(BigInteger.Parse(string.Concat(text.Select(c => char.IsAsciiDigit(c) ? c.ToString() : (c - 'A' + 10).ToString()))) % 97);

    private static int PlainLuhn(string body)
    {
        var total = body.Reverse().Select((c, i) => i % 2 == 0 ? (2 * (c - '0') / 10) + (2 * (c - '0') % 10) : c - '0').Sum();
        return Enumerable.Range(0, 10).Single(d => (total + d) % 10 == 0);
    }

    private static int PlainWeighted(string body, int[] weights) =>
        body.Reverse().Select((c, i) => (c - '0') * weights[i % weights.Length]).Sum();

    private static int PlainRecursive(string body)
    {
        int[][] rows = [.. Enumerable.Range(0, 10).Select(r => Enumerable.Range(0, 10).Select(c => new[] { 0, 9, 4, 6, 8, 2, 7, 1, 3, 5 }[(r + c) % 10]).ToArray())];
        var carry = body.Aggregate(0, (r, c) => rows[r][c - '0']);
        return new[] { 0, 9, 8, 7, 6, 5, 4, 3, 2, 1 }[carry];
    }

    [Fact]
    public void Check_digits_agree_with_their_plain_twins() => Law.ForAll(ReferenceGen.Digits(1, 26), body =>
    {
        Assert.Equal(PlainMod97(body), CheckDigits.Mod97(body));
        Assert.Equal(PlainLuhn(body), CheckDigits.Luhn(body));
        Assert.Equal((10 - (PlainWeighted(body, [7, 3, 1]) % 10)) % 10, CheckDigits.SevenThreeOne(body));
        Assert.Equal(PlainRecursive(body), CheckDigits.Recursive10(body));
        Assert.Equal((11 - (PlainWeighted(body, [2, 3, 4, 5, 6, 7]) % 11)) % 11, CheckDigits.Norwegian11(body));
        var dutch = 11 - (PlainWeighted(body, [2, 4, 8, 5, 10, 9, 7, 3, 6, 1]) % 11);
        Assert.Equal(dutch == 10 ? 1 : dutch == 11 ? 0 : dutch, CheckDigits.Dutch11(body));
        var rising = 11 - (PlainWeighted(body, [.. Enumerable.Range(2, 30)]) % 11);
        Assert.Equal(rising > 9 ? 0 : rising, CheckDigits.Rising11(body));
    }, cases: 500);

    [Fact]
    public void International_check_digits_agree_with_their_plain_twin() => Law.ForAll(
        Gen.Elements("0123456789ABCXYZ".ToCharArray()).ArrayOf(12).Select(c => new string(c)),
        body => Assert.Equal(
            $"RF{98 - PlainMod97(body + "RF00"):00}{body}",
            PaymentReference.Create(ReferenceType.Iso11649, body).Canonical));

    [Fact]
    public void The_stated_rates_of_undetected_errors_are_those_measured()
    {
        foreach (var scheme in ReferenceScheme.All)
        {
            var (accepted, substituted, swapped) = Measure(scheme.Type);
            Assert.InRange(accepted, scheme.RandomAcceptance - 0.025, scheme.RandomAcceptance + 0.025);
            Assert.InRange(substituted, scheme.UndetectedSubstitution - 0.015, scheme.UndetectedSubstitution + 0.015);
            Assert.InRange(swapped, scheme.UndetectedTransposition - 0.02, scheme.UndetectedTransposition + 0.02);
        }
    }

    // References of middle lengths; an error may fall on any digit, the check digits too.
    private static (double Accepted, double Substituted, double Swapped) Measure(ReferenceType type)
    {
        var random = new Random(20260101);
        var length = type switch
        {
            ReferenceType.Iso11649 => 12,
            ReferenceType.BelgianOgm => 10,
            ReferenceType.SwissQrr => 26,
            ReferenceType.DanishFik => 14,
            ReferenceType.DutchBetalingskenmerk => 15,
            ReferenceType.Slovenian => 12,
            ReferenceType.Croatian => 9,
            _ => 10,
        };
        int accepted = 0, substituted = 0, swapped = 0, swaps = 0;
        const int Trials = 4000;
        for (var trial = 0; trial < Trials; trial++)
        {
            var body = string.Concat(Enumerable.Range(0, length).Select(i => (char)('0' + random.Next(i == 0 ? 1 : 0, 10))));
            var modulus = trial % 2 == 0 ? 10 : 11;
            var text = PaymentReference.Create(type, body, new() { Modulus = modulus }).Canonical;
            var first = type is ReferenceType.Iso11649 or ReferenceType.Slovenian or ReferenceType.Croatian or ReferenceType.DanishFik ? 4 : 0;
            var digits = text.ToCharArray();
            var noise = (char[])digits.Clone();
            for (var i = type == ReferenceType.Iso11649 ? 2 : first; i < noise.Length; i++)
            {
                noise[i] = (char)('0' + random.Next(10));
            }

            accepted += Holds(noise) ? 1 : 0;
            var at = random.Next(first, digits.Length - 1);
            if (!char.IsAsciiDigit(digits[at + 1]))
            {
                continue;
            }

            var wrong = (char[])digits.Clone();
            wrong[at] = (char)('0' + ((wrong[at] - '0' + random.Next(1, 10)) % 10));
            substituted += Holds(wrong) ? 1 : 0;
            if (digits[at] != digits[at + 1])
            {
                swaps++;
                (digits[at], digits[at + 1]) = (digits[at + 1], digits[at]);
                swapped += Holds(digits) ? 1 : 0;
            }
        }

        return ((double)accepted / Trials, (double)substituted / Trials, (double)swapped / swaps);

        bool Holds(char[] text) => PaymentReference.TryParse(text, type, out _);
    }
}
