using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Receivables.Sdk.Statements;

/// <summary>The hashes by which equal transactions are counted. They are in no key: only equality matters, and only within one read.</summary>
/// <remarks>Multiply and fold, in the manner of wyhash (Wang Yi, public domain). Two transactions have one hash where <see cref="TransactionFingerprint"/> has one.</remarks>
internal static class OccurrenceHash
{
    private const ulong Seed = 0xa0761d6478bd642f;
    private const ulong Odd = 0xe7037ed1a0b428db;
    private const int Stack = 256;

    // What may be written behind the last character.
    private const int Slack = 8;

    /// <summary>The hash of account, date, amount and currency.</summary>
    /// <param name="account">The hash of the account's key.</param>
    /// <param name="transaction">The transaction.</param>
    internal static ulong OfCommon(ulong account, BankTransaction transaction)
    {
        var amount = NormalizedAmount.Of(transaction.Amount.Amount);
        var day = (uint)((transaction.BookingDate ?? transaction.ValueDate)?.GetHashCode() ?? 0);
        var head = ((ulong)day << 32) | ((uint)transaction.Amount.Currency.PackedCode << 1) | (amount.IsNegative ? 1u : 0u);
        return Fold(Fold(amount.Low ^ Odd, head ^ account) ^ amount.High, Seed);
    }

    /// <summary>The hash of the whole transaction: of every field that its fingerprint has, without blanks.</summary>
    /// <param name="common">The hash of what it has in common with others of its day.</param>
    /// <param name="party">The hash of its counterparty.</param>
    /// <param name="transaction">The transaction.</param>
    internal static ulong OfAll(ulong common, ulong party, BankTransaction transaction)
    {
        var dates = ((ulong)(uint)(transaction.BookingDate?.GetHashCode() ?? 0) << 32) | (uint)(transaction.ValueDate?.GetHashCode() ?? 0);
        var hash = Fold(common ^ Odd, dates ^ (transaction.Status == TransactionStatus.Booked ? Seed : Odd));
        if (transaction.Code is { } code)
        {
            // What the code's text is made of.
            hash = code is { Swift: null, Domain: { } domain }
                ? Of(code.SubFamily, Of(code.Family, Of(domain, hash)))
                : Of(code.Swift ?? code.Gvc ?? code.Proprietary, hash);
        }

        hash = Of(transaction.BankReference, hash + 1);
        hash = Of(transaction.CustomerReference, hash + 2);
        hash = Of(transaction.EndToEndId, hash + 3);
        hash = Of(transaction.MandateId, hash + 4);
        hash = Of(transaction.StructuredReference, hash + 5);
        return Of(transaction.Remittance, Fold(hash ^ Odd, party));
    }

    /// <summary>The hash of a counterparty, as far as it is in the fingerprint; of none, and of one without account and name, it is the same.</summary>
    internal static ulong OfParty(Counterparty? party) => party is null ? Seed + 1 : Of(party.Name, Of(party.AccountText, Seed) + 1);

    /// <summary>The hash of a text without its blanks; of an empty one, and of none, it is the seed.</summary>
    internal static ulong Of(string? text, ulong seed)
    {
        if (string.IsNullOrEmpty(text))
        {
            return seed;
        }

        return MayHoldBlanks(text) ? OfSolid(text, seed) : OfCharacters(text, seed);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong OfSolid(ReadOnlySpan<char> text, ulong seed)
    {
        var solid = text.Length + Slack <= Stack ? stackalloc char[Stack] : new char[text.Length + Slack];
        var length = Bmi2.X64.IsSupported && text.Length >= Vector128<ushort>.Count ? Squeeze(text, solid) : -1;
        return OfCharacters(solid[..(length < 0 ? SqueezePlainly(text, solid) : length)], seed);
    }

    // Eight characters at a time, as long as they are ASCII; else -1.
    private static int Squeeze(ReadOnlySpan<char> text, Span<char> solid)
    {
        ref var from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref var to = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(solid));
        int length = 0, last = text.Length - Vector128<ushort>.Count;
        var beyond = Vector128<ushort>.Zero;
        for (var at = 0; at < last + Vector128<ushort>.Count; at += Vector128<ushort>.Count)
        {
            // The last step reads some characters again, and keeps none of them twice.
            var part = Vector128.LoadUnsafe(ref from, (nuint)Math.Min(at, last));
            var keep = ~(Vector128.Equals(part, Vector128.Create((ushort)' ')) | Vector128.LessThanOrEqual(part - Vector128.Create((ushort)9), Vector128.Create((ushort)4)))
                & Vector128.GreaterThanOrEqual(Vector128<ushort>.Indices, Vector128.Create((ushort)Math.Max(0, at - last)));
            beyond |= part;
            var (lower, upper) = (keep.AsUInt64().ToScalar(), keep.AsUInt64().GetElement(1));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length * 2), Bmi2.X64.ParallelBitExtract(part.AsUInt64().ToScalar(), lower));
            length += BitOperations.PopCount(lower) / 16;
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length * 2), Bmi2.X64.ParallelBitExtract(part.AsUInt64().GetElement(1), upper));
            length += BitOperations.PopCount(upper) / 16;
        }

        return Vector128.GreaterThanAny(beyond, Vector128.Create((ushort)127)) ? -1 : length;
    }

    private static int SqueezePlainly(ReadOnlySpan<char> text, Span<char> solid)
    {
        ref var to = ref MemoryMarshal.GetReference(solid);
        var length = 0;
        foreach (var c in text)
        {
            Unsafe.Add(ref to, length) = c;
            length += c < 128 ? (c != ' ') & ((uint)(c - 9) > 4) ? 1 : 0 : char.IsWhiteSpace(c) ? 0 : 1;
        }

        return length;
    }

    private static ulong OfCharacters(ReadOnlySpan<char> text, ulong seed)
    {
        ref var start = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(text));
        var length = text.Length;
        if (length <= 8)
        {
            // Two words that overlap.
            if (length >= 4)
            {
                return Fold(Word(ref start, 0) ^ seed, Word(ref start, (length - 4) * 2) ^ Odd ^ (ulong)length);
            }

            return length == 0 ? seed : Fold(((ulong)text[0] << 32 | (ulong)text[length / 2] << 16 | text[length - 1]) ^ seed, Odd ^ (ulong)length);
        }

        var last = (length - 8) * 2;
        for (var i = 0; i < last; i += 16)
        {
            seed = Fold(Word(ref start, i) ^ seed, Word(ref start, i + 8) ^ Odd);
        }

        return Fold(Word(ref start, last) ^ seed, Word(ref start, last + 8) ^ Odd ^ (ulong)length);
    }

    // Blanks, tabs and line ends, and whatever is beyond ASCII.
    private static bool MayHoldBlanks(ReadOnlySpan<char> text)
    {
        ref var start = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        if (text.Length < Vector128<ushort>.Count)
        {
            foreach (var c in text)
            {
                if (c is <= ' ' or >= (char)128)
                {
                    return true;
                }
            }

            return false;
        }

        var found = Vector128<ushort>.Zero;
        var last = text.Length - Vector128<ushort>.Count;
        for (var i = 0; i < last; i += Vector128<ushort>.Count)
        {
            found |= Suspects(Vector128.LoadUnsafe(ref start, (nuint)i));
        }

        return (found | Suspects(Vector128.LoadUnsafe(ref start, (nuint)last))) != Vector128<ushort>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Suspects(Vector128<ushort> part) =>
        Vector128.GreaterThan(part - Vector128.Create((ushort)'!'), Vector128.Create((ushort)('\u007f' - '!')));

    private static ulong Word(ref byte start, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
