using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Receivables.Sdk.Statements;

/// <summary>Shares the strings that come again and again: BICs, codes, booking texts, the own account.</summary>
/// <remarks>A table of fixed size without chains: a text that falls on another's place takes it. Not thread-safe.</remarks>
internal sealed class TextPool
{
    private const int Size = 1024;
    private const int Accounts = 4096;
    private const int Longest = 40;
    private readonly string?[] _strings = new string?[Size];
    private readonly (uint Word, string? Text)[] _words = new (uint, string?)[64];
    private readonly BankTransactionCode?[] _codes = new BankTransactionCode?[Size];
    private readonly Iban[] _ibans = new Iban[Accounts];
    private readonly Counterparty?[] _parties = new Counterparty?[Accounts];
    private readonly TransactionDetails?[] _details = new TransactionDetails?[Size];

    /// <summary>The text as a string.</summary>
    internal string Get(ReadOnlySpan<char> text)
    {
        if (text.Length > Longest)
        {
            return text.ToString();
        }

        if (text.IsEmpty)
        {
            return "";
        }

        ref var place = ref _strings[Hash(text) & (Size - 1)];
        return place is { } known && text.SequenceEqual(known) ? known : place = text.ToString();
    }

    /// <summary>The text as a string; the bytes are ASCII.</summary>
    [SkipLocalsInit]
    internal string GetAscii(ReadOnlySpan<byte> text)
    {
        if (text.Length > Longest)
        {
            return System.Text.Encoding.Latin1.GetString(text);
        }

        if (text.Length == sizeof(uint))
        {
            // Types of transactions: a word is compared, not a text.
            var word = BinaryPrimitives.ReadUInt32LittleEndian(text);
            ref var known = ref _words[(word * 0x9E3779B9) >> 26];
            if (known.Text is null || known.Word != word)
            {
                known = (word, System.Text.Encoding.Latin1.GetString(text));
            }

            return known.Text;
        }

        Span<char> chars = stackalloc char[Longest];
        var length = System.Text.Encoding.Latin1.GetChars(text, chars);
        return Get(chars[..length]);
    }

    /// <summary>A code that readers share.</summary>
    internal BankTransactionCode? Code(string? swift, string? gvc, string? proprietary)
    {
        if (swift is null && gvc is null && proprietary is null)
        {
            return null;
        }

        var hash = (Sketch(swift) + (Sketch(gvc) * 3) + (Sketch(proprietary) * 7)) & (Size - 1);
        ref var place = ref _codes[hash];
        return place is { } known && known.Swift == swift && known.Gvc == gvc && known.Proprietary == proprietary
            ? known
            : place = new BankTransactionCode { Swift = swift, Gvc = gvc, Proprietary = proprietary };
    }

    /// <summary>Details that hold nothing but a booking text.</summary>
    internal TransactionDetails Details(string bookingText)
    {
        ref var place = ref _details[Hash(bookingText) & (Size - 1)];
        return place is { } known && known.BookingText == bookingText ? known : place = new TransactionDetails { BookingText = bookingText };
    }

    /// <summary>An account number as an IBAN, if it is one; customers pay again, so the check is rarely made twice.</summary>
    /// <param name="text">The number.</param>
    /// <param name="iban">The IBAN.</param>
    internal bool TryIban(ReadOnlySpan<char> text, out Iban iban)
    {
        ref var place = ref _ibans[Hash(text) & (Accounts - 1)];
        if (!place.Value.AsSpan().SequenceEqual(text) || text.IsEmpty)
        {
            if (!Iban.TryParse(text, out iban))
            {
                return false;
            }

            place = iban;
        }

        iban = place;
        return true;
    }

    /// <summary>The party that was last read from these texts, or null.</summary>
    internal Counterparty? FindParty(ReadOnlySpan<char> account, ReadOnlySpan<char> bic, ReadOnlySpan<char> name) =>
        _parties[Hash(account) & (Accounts - 1)] is { Iban: { } iban } known && account.SequenceEqual(iban.Value) && bic.SequenceEqual(known.Bic) && name.SequenceEqual(known.Name)
            ? known
            : null;

    /// <summary>A party of name, account and bank; the one that comes again is shared.</summary>
    internal Counterparty Party(string? name, Iban iban, string? bic)
    {
        ref var place = ref _parties[Hash(iban.Value) & (Accounts - 1)];
        return place is { } known && known.Iban == iban && known.Name == name && known.Bic == bic
            ? known
            : place = new Counterparty { Name = name, Iban = iban, Bic = bic };
    }

    // Enough to tell short codes apart.
    private static int Sketch(string? code) => string.IsNullOrEmpty(code) ? 0 : (code.Length * 5) + (code[0] * 31) + (code[code.Length / 2] * 17) + code[^1];

    // The length and twelve characters: from the start, the middle and the end.
    private static int Hash(ReadOnlySpan<char> text)
    {
        var hash = (ulong)text.Length;
        if (text.Length >= 4)
        {
            var words = MemoryMarshal.AsBytes(text);
            hash += BinaryPrimitives.ReadUInt64LittleEndian(words) * 0x9E3779B97F4A7C15;
            hash = BitOperations.RotateLeft(hash, 23) + (BinaryPrimitives.ReadUInt64LittleEndian(words[((text.Length - 4) / 2 * 2)..]) * 0xC2B2AE3D27D4EB4F);
            hash = BitOperations.RotateLeft(hash, 23) + (BinaryPrimitives.ReadUInt64LittleEndian(words[^8..]) * 0x165667B19E3779F9);
        }
        else
        {
            foreach (var c in text)
            {
                hash = (hash * 31) + c;
            }
        }

        return (int)((hash * 0x9E3779B97F4A7C15) >> 33);
    }
}
