using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Receivables.Sdk.Statements;

/// <summary>The hashes by which equal transactions are counted. They are in no key: only equality matters, and only within one read.</summary>
/// <remarks>Multiply and fold, in the manner of wyhash (Wang Yi, public domain). Two transactions have one hash where <see cref="TransactionFingerprint"/> has one.</remarks>
internal static class OccurrenceHash
{
    private const ulong Seed = 0xa0761d6478bd642f;
    private const ulong Odd = 0xe7037ed1a0b428db;
    private const ulong Wide = 0x8ebc6af09c88c6e3;
    private const int Stack = 512;
    private const int DayBits = 3;

    /// <summary>The hash of a remittance that is none.</summary>
    internal const ulong OfNothing = Seed + 2;

    /// <summary>The hash of account, date, amount and currency.</summary>
    /// <param name="account">The hash of the account's key.</param>
    /// <param name="transaction">The transaction.</param>
    internal static ulong OfCommon(ulong account, BankTransaction transaction)
    {
        var day = transaction.DayNumber;
        var head = ((ulong)day << 32) | ((uint)transaction.Currency.PackedCode << 1);
        var hash = OfAmount(transaction.Exact, head ^ account);

        // Transactions of one day come one after the other: their counts lie in one of eight parts of the table.
        return (hash >> DayBits) | ((day * Odd) & ~(ulong.MaxValue >> DayBits));
    }

    /// <summary>The hash of the whole transaction: of every field that its fingerprint has, without blanks.</summary>
    /// <param name="common">The hash of what it has in common with others of its day.</param>
    /// <param name="texts">The hashes of its counterparty, its code and its remittance.</param>
    /// <param name="transaction">The transaction.</param>
    internal static ulong OfAll(ulong common, in TextHashes texts, BankTransaction transaction)
    {
        var hash = Fold(common ^ Odd, transaction.DateNumbers ^ (transaction.Status == TransactionStatus.Booked ? Seed : Odd));
        hash = Fold(hash ^ Odd, texts.Code);
        hash = Fold(hash ^ Odd, texts.BankReference == 0 ? Of(transaction.BankReference, OfNoReference) : texts.BankReference);
        hash = Of(transaction.CustomerReference, hash + 2);
        hash = Fold(hash ^ Odd, texts.EndToEndId == 0 ? Of(transaction.EndToEndId, OfNoReference) : texts.EndToEndId);
        hash = Of(transaction.MandateId, hash + 4);
        hash = Of(transaction.StructuredReference, hash + 5);
        return Fold(Fold(hash ^ Odd, texts.Party) ^ Odd, texts.Remittance);
    }

    /// <summary>The hash of a reference that is none.</summary>
    internal const ulong OfNoReference = Seed + 3;

    /// <summary>The hash of a reference whose bytes are ASCII, as the text that they stand for has it; 0 where they are not, or cannot be hashed at once.</summary>
    internal static ulong OfReference(ReadOnlySpan<byte> reference) => OfAscii(reference, OfNoReference);

    /// <summary>The hash of a remittance; of an empty one, and of none, it is <see cref="OfNothing"/>.</summary>
    internal static ulong OfRemittance(string? remittance) => Of(remittance, OfNothing);

    /// <summary>The hash of a remittance whose bytes are ASCII, as the text that they stand for has it; 0 where they are not, or cannot be hashed at once.</summary>
    internal static ulong OfRemittance(ReadOnlySpan<byte> remittance) => OfAscii(remittance, OfNothing);

    private static ulong OfAscii(ReadOnlySpan<byte> text, ulong seed) =>
        SolidText.HasRegisters && text.Length <= SolidText.MaxOfRegisters && SolidText.TrySqueeze(text, out var solid) ? OfRegisters(solid, seed) : 0;

    /// <summary>The hash of a counterparty, as far as it is in the fingerprint; of none, and of one without account and name, it is the same.</summary>
    internal static ulong OfParty(Counterparty? party) => party is null ? Seed + 1 : Of(party.Name, Of(party.AccountText, Seed) + 1);

    /// <summary>The hash of a code that is none.</summary>
    internal const ulong OfNoCode = Seed;

    /// <summary>The hash of a code, of what its text is made of; of none, and of one without text, it is the same.</summary>
    internal static ulong OfCode(BankTransactionCode? code) => code switch
    {
        null => Seed,
        { Swift: null, Domain: { } domain } => Of(code.SubFamily, Of(code.Family, Of(domain, Seed))),
        _ => Of(code.Swift ?? code.Gvc ?? code.Proprietary, Seed),
    };

    /// <summary>The hash of a text without its blanks; of an empty one, and of none, it is the seed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Of(string? text, ulong seed) => string.IsNullOrEmpty(text) ? seed : OfText(text, seed);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong OfText(string text, ulong seed) =>
        SolidText.HasRegisters && text.Length <= SolidText.MaxOfRegisters && SolidText.TrySqueeze(text, out var solid) ? OfRegisters(solid, seed) : OfAnyText(text, seed);

    /// <summary>The hash of a text by way of memory: what a register cannot hold.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ulong OfAnyText(string text, ulong seed)
    {
        var size = text.Length + SolidText.Slack;
        Span<byte> solid = size <= Stack ? stackalloc byte[Stack] : new byte[size];
        var length = SolidText.Squeeze(text, solid);
        return length >= 0 ? OfBytes(ref MemoryMarshal.GetReference(solid), length, seed) : OfWideText(text, seed);
    }

    // A text with characters beyond ASCII, of which only blanks may be so: then it is the same as without them.
    private static ulong OfWideText(string text, ulong seed)
    {
        var solid = new char[text.Length];
        var length = 0;
        foreach (var c in text)
        {
            solid[length] = c;
            length += char.IsWhiteSpace(c) ? 0 : 1;
        }

        var isAscii = Ascii.IsValid(solid.AsSpan(0, length));
        var bytes = new byte[(length * sizeof(char)) + SolidText.Slack];
        if (isAscii)
        {
            _ = SolidText.SqueezePlainly(solid.AsSpan(0, length), ref bytes[0]);
            return OfBytes(ref bytes[0], length, seed);
        }

        MemoryMarshal.AsBytes(solid.AsSpan(0, length)).CopyTo(bytes);
        return OfBytes(ref bytes[0], length * sizeof(char), seed ^ Wide);
    }

    // The same of bytes in registers, which are not written before they are read again.
    private static ulong OfRegisters(in SolidRegisters solid, ulong seed)
    {
        if (solid.Length == 0)
        {
            return seed;
        }

        seed = Of(solid.First, Math.Min(solid.Length, Vector512<byte>.Count), seed ^ ((ulong)solid.Length << 32));
        return solid.Length > Vector512<byte>.Count ? Of(solid.Second, solid.Length - Vector512<byte>.Count, seed) : seed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Of(Vector512<byte> solid, int length, ulong seed)
    {
        seed = Fold(solid.GetLower().GetLower(), seed);
        seed = length > 16 ? Fold(solid.GetLower().GetUpper(), seed) : seed;
        if (length > 32)
        {
            seed = Fold(solid.GetUpper().GetLower(), seed);
            seed = length > 48 ? Fold(solid.GetUpper().GetUpper(), seed) : seed;
        }

        return seed;
    }

    private static ulong Fold(Vector128<byte> words, ulong seed) => Fold(words.AsUInt64()[0] ^ seed, words.AsUInt64()[1] ^ Odd);

    // 1.5 and 1.50 are one: with eighteen decimals they are the same whole number.
    private static ulong OfAmount(in ExactAmount amount, ulong seed)
    {
        if (amount.High != 0 || amount.Scale > MostDecimals)
        {
            return OfLongAmount(amount, seed);
        }

        var high = Math.BigMul(amount.Low, PowersOfTen[MostDecimals - amount.Scale], out var low);
        return Fold(Fold(low ^ Odd, seed ^ (amount.IsMinus && amount.Low != 0 ? 1u : 0)) ^ high, Seed);
    }

    // Few have so many digits; of these, most end in zeros.
    private static ulong OfLongAmount(in ExactAmount amount, ulong seed)
    {
        var normal = NormalizedAmount.Of(amount.Value);
        return normal.High > MostDecimals
            ? Fold(Fold(normal.Low ^ Odd, seed ^ (normal.IsNegative ? Seed : Wide)) ^ normal.High, Seed)
            : OfAmount(new ExactAmount(normal.Low, 0, (byte)normal.High, amount.IsMinus), seed);
    }

    private const int MostDecimals = 18;

    private static ReadOnlySpan<ulong> PowersOfTen =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000,
        100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    // Two words at a time; behind the last byte stand zeros.
    private static ulong OfBytes(ref byte start, int length, ulong seed)
    {
        if (length == 0)
        {
            return seed;
        }

        seed ^= (ulong)length << 32;
        for (var at = 0; at < length; at += 16)
        {
            seed = Fold(Word(ref start, at) ^ seed, Word(ref start, at + 8) ^ Odd);
        }

        return seed;
    }

    private static ulong Word(ref byte start, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}

/// <summary>The hashes of the texts of a transaction that stand in many, or that a reader had at hand when it read them.</summary>
/// <param name="Party">By <see cref="OccurrenceHash.OfParty"/>; 0 where it is not known.</param>
/// <param name="Code">By <see cref="OccurrenceHash.OfCode"/>; 0 where it is not known.</param>
/// <param name="Remittance">By <see cref="OccurrenceHash.OfRemittance(string?)"/>; 0 where it is not known.</param>
/// <param name="BankReference">By <see cref="OccurrenceHash.OfReference"/>; 0 where it is not known.</param>
/// <param name="EndToEndId">By <see cref="OccurrenceHash.OfReference"/>; 0 where it is not known.</param>
internal readonly record struct TextHashes(ulong Party, ulong Code, ulong Remittance, ulong BankReference = 0, ulong EndToEndId = 0);
