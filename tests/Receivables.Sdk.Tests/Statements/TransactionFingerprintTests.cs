using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.Text;
using Xunit;

namespace Receivables.Sdk.Tests.Statements;

public class TransactionFingerprintTests
{
    private const string Account = "NL91ABNA0417164300";

    // Blanks and line ends in all places, beyond ASCII too, and texts longer than any buffer on the stack.
    private static Gen<string?> Texts { get; } =
        from alphabet in Gen.Elements("ab7-/ \t\r\n\u0085\u00a0\u2003\u3000\u001fé人", "abcde7-/ \n\r\t\v\f", "xyz ")
        from characters in Gen.Elements(alphabet.ToCharArray()).ListOf()
        from times in Gen.Frequency((20, Gen.Constant(1)), (1, Gen.Choose(2, 90)))
        from isNull in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select isNull ? null : string.Concat(Enumerable.Repeat(new string([.. characters]), times));

    private static Gen<BankTransaction> Transactions { get; } =
        from amount in Gen.Choose(-1_000_000, 1_000_000)
        from day in Gen.Choose(1, 28)
        from texts in Texts.ArrayOf(6)
        select new BankTransaction
        {
            Amount = new Money(amount / 100m, Currency.EUR),
            BookingDate = new LocalDate(2026, 2, day),
            Remittance = texts[0],
            BankReference = texts[1],
            EndToEndId = texts[2],
            Counterparty = texts[3] is null ? null : new Counterparty { Name = texts[3], Account = texts[4] },
            Code = texts[5] is null ? null : new BankTransactionCode { Domain = "PMNT", Family = texts[5], SubFamily = "ESCT" },
        };

    [Fact]
    public void It_is_the_hash_of_the_fields_without_blanks() => Law.ForAll(
        Transactions, t => Assert.Equal(Plainly(t), TransactionFingerprint.Compute(Account, t)));

    [Fact]
    public void What_is_counted_as_equal_has_one_fingerprint() => Law.ForAll(
        from first in Transactions
        from second in Gen.OneOf(Transactions, Gen.Constant(WithBlanks(first)), Gen.Constant(WithoutBlanks(first)))
        select (first, second),
        pair =>
        {
            var isEqual = TransactionFingerprint.Compute(Account, pair.first) == TransactionFingerprint.Compute(Account, pair.second);
            Assert.Equal(isEqual, Counted(pair.first) == Counted(pair.second));
        });

    [Fact]
    public void Texts_are_squeezed_alike_in_every_way_that_the_machine_knows() => Law.ForAll(
        Texts.Select(t => t ?? ""),
        text =>
        {
            var target = new byte[text.Length + SolidText.Slack];
            var length = SolidText.SqueezePlainly(text, ref target[0]);
            var expected = length < 0 ? null : Encoding.ASCII.GetString(target, 0, length);
            Assert.Equal(Ascii.IsValid(text) ? Solid(text) : null, expected);
            string? Shown(int count) => count < 0 ? null : Encoding.ASCII.GetString(target, 0, count);
            ref var from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text.AsSpan()));
            Assert.Equal(expected, Shown(SolidText.Squeeze(text, target)));
            Assert.Equal(expected, Avx512Vbmi2.VL.IsSupported ? Shown(SolidText.SqueezeWide(ref from, text.Length, ref target[0])) : expected);
            Assert.Equal(expected, Bmi2.X64.IsSupported && text.Length >= 8 ? Shown(SolidText.SqueezeWords(ref from, text.Length, ref target[0])) : expected);
        });

    [Fact]
    public void A_register_hashes_a_text_as_memory_does() => Law.ForAll(
        from text in Texts
        from cut in Gen.Choose(0, 80)
        select (text ?? "")[..Math.Min(cut, text?.Length ?? 0)],
        text => Assert.Equal(text.Length == 0 ? 3 : OccurrenceHash.OfAnyText(text, 3), OccurrenceHash.Of(text, 3)));

    [Fact]
    public void Bytes_are_hashed_as_the_text_that_they_stand_for() => Law.ForAll(
        from text in Texts
        from cut in Gen.Choose(0, 200)
        select (text ?? "")[..Math.Min(cut, text?.Length ?? 0)],
        text =>
        {
            var hash = OccurrenceHash.OfRemittance(Encoding.UTF8.GetBytes(text));
            var isHashed = SolidText.HasRegisters && Ascii.IsValid(text) && text.Length <= SolidText.MaxOfRegisters;
            Assert.Equal(isHashed ? OccurrenceHash.OfRemittance(text) : 0, hash);
            Assert.Equal(isHashed ? OccurrenceHash.Of(text, OccurrenceHash.OfNoReference) : 0, OccurrenceHash.OfReference(Encoding.UTF8.GetBytes(text)));
        });

    [Fact]
    public void Hashes_that_a_reader_had_at_hand_change_nothing() => Law.ForAll(Transactions, t =>
    {
        var common = OccurrenceHash.OfCommon(7, t);
        var texts = new TextHashes(
            OccurrenceHash.OfParty(t.Counterparty), OccurrenceHash.OfCode(t.Code), OccurrenceHash.OfRemittance(t.Remittance),
            OccurrenceHash.Of(t.BankReference, OccurrenceHash.OfNoReference), OccurrenceHash.Of(t.EndToEndId, OccurrenceHash.OfNoReference));
        Assert.Equal(Counted(t), OccurrenceHash.OfAll(common, texts, t));
    });

    [Fact]
    public void Amounts_have_one_hash_where_they_are_the_same_number() => Law.ForAll(
        from mantissa in Gen.OneOf(Gen.Choose(0, 30).Select(n => (long)n), Gen.Choose(0, int.MaxValue).Select(n => n * 1_000_003L))
        from scale in Gen.Choose(0, 28)
        from zeros in Gen.Choose(0, 28)
        from more in Gen.Choose(0, 1)
        from sign in Gen.Elements(1m, -1m)
        select (mantissa, scale, zeros, more, sign),
        x =>
        {
            var one = x.sign * new decimal((int)x.mantissa, (int)(x.mantissa >> 32), 0, false, (byte)x.scale);
            var other = one + (x.more * 0.01m);
            for (var i = 0; i < x.zeros && other * 1.0m == other; i++)
            {
                other *= 1.0m;
            }

            Assert.Equal(one == other, CommonOf(one) == CommonOf(other));
        });

    private static ulong CommonOf(decimal amount) => OccurrenceHash.OfCommon(7, new BankTransaction { Amount = new Money(amount, Currency.EUR), BookingDate = new LocalDate(2026, 2, 1) });

    private static ulong Counted(BankTransaction t) => OccurrenceHash.OfAll(
        OccurrenceHash.OfCommon(7, t), new TextHashes(OccurrenceHash.OfParty(t.Counterparty), OccurrenceHash.OfCode(t.Code), OccurrenceHash.OfRemittance(t.Remittance)), t);

    private static BankTransaction WithBlanks(BankTransaction t) => new()
    {
        Amount = t.Amount,
        BookingDate = t.BookingDate,
        Remittance = t.Remittance is null ? " " : string.Join("\r\n ", t.Remittance.Chunk(5).Select(c => new string(c))),
        BankReference = t.BankReference + "  ",
        EndToEndId = t.EndToEndId,
        Counterparty = t.Counterparty ?? new Counterparty { Name = " " },
        Code = t.Code,
    };

    private static BankTransaction WithoutBlanks(BankTransaction t) => new()
    {
        Amount = t.Amount,
        BookingDate = t.BookingDate,
        Remittance = Solid(t.Remittance),
        BankReference = Solid(t.BankReference),
        EndToEndId = Solid(t.EndToEndId),
        Counterparty = t.Counterparty is { } party ? party with { Name = Solid(party.Name) } : null,
        Code = t.Code,
    };

    private static string? Solid(string? text) => text is null ? null : new string([.. text.Where(c => !char.IsWhiteSpace(c))]);

    // The plain way: field by field, character by character.
    private static UInt128 Plainly(BankTransaction t)
    {
        var text = new StringBuilder(Account).Append('\u001f');
        var amount = NormalizedAmount.Of(t.Amount.Amount);
        var date = t.BookingDate!.Value;
        foreach (var number in (ulong[])[
            (ulong)((date.Year * 10_000) + (date.Month * 100) + date.Day), 0, amount.Low, amount.High | (amount.IsNegative ? 128u : 0u), (ulong)t.Amount.Currency.GetHashCode()])
        {
            text.Append((char)(ushort)(number >> 48)).Append((char)(ushort)(number >> 32)).Append((char)(ushort)(number >> 16)).Append((char)(ushort)number);
        }

        string?[] fields = ["B", t.Code?.ToString(), t.BankReference, null, t.EndToEndId, null, null, t.Counterparty?.AccountText, t.Counterparty?.Name, t.Remittance];
        foreach (var field in fields)
        {
            text.Append([.. (field ?? "").Where(c => !char.IsWhiteSpace(c))]).Append('\u001f');
        }

        return Murmur128.Compute(MemoryMarshal.AsBytes(text.ToString().AsSpan()));
    }
}
