using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements;

/// <summary>Shares the strings that come again and again: BICs, codes, booking texts, the own account.</summary>
/// <remarks>A table of fixed size without chains: a text that falls on another's place takes it. Not thread-safe.</remarks>
internal sealed class TextPool
{
    private const int Size = 1024;
    private const int Accounts = 4096;
    private const int Longest = 40;
    private const int Shortest = 4;
    private const int WordBits = 8;
    private readonly string?[] _strings = new string?[Size];
    private readonly (ulong Word, string? Text)[] _words = new (ulong, string?)[1 << WordBits];
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
    internal string GetAscii(ReadOnlySpan<byte> text)
    {
        if (text.Length > Longest)
        {
            return AsciiText.ToText(text);
        }

        if (text.IsEmpty)
        {
            return "";
        }

        if (text.Length <= sizeof(ulong))
        {
            // Types, codes, BICs: a word is compared, not a text.
            var word = AsciiText.Word(text);
            ref var known = ref _words[(word * 0x9E3779B97F4A7C15) >> (64 - WordBits)];
            if (known.Text is null || known.Word != word)
            {
                known = (word, AsciiText.ToText(text));
            }

            return known.Text;
        }

        ref var place = ref _strings[Hash(text) & (Size - 1)];
        return place is { } same && AsciiText.Equal(text, same) ? same : place = AsciiText.ToText(text);
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

    /// <summary>A party that was read from these texts, or null.</summary>
    internal Counterparty? FindParty(ReadOnlySpan<char> account, ReadOnlySpan<char> bic, ReadOnlySpan<char> name)
    {
        var place = Hash(account) & (Accounts - 1);
        return IsParty(_parties[place], account, bic, name) ? _parties[place] : IsParty(_parties[place ^ 1], account, bic, name) ? _parties[place ^ 1] : null;
    }

    /// <summary>A party that was read from these texts, or null; the bytes are ASCII.</summary>
    internal Counterparty? FindParty(ReadOnlySpan<byte> account, ReadOnlySpan<byte> bic, ReadOnlySpan<byte> name)
    {
        var place = Hash(account) & (Accounts - 1);
        return IsParty(_parties[place], account, bic, name) ? _parties[place] : IsParty(_parties[place ^ 1], account, bic, name) ? _parties[place ^ 1] : null;
    }

    /// <summary>A party of name, account and bank; the one that comes again is shared.</summary>
    internal Counterparty Party(string? name, Iban iban, string? bic)
    {
        if (FindParty(iban.Value, bic, name) is { } known && known.Name == name && known.Bic == bic)
        {
            return known;
        }

        // Two places for each: the one before gives way.
        var place = Hash(iban.Value) & (Accounts - 1);
        _parties[place ^ 1] = _parties[place];
        return _parties[place] = new Counterparty { Name = name, Iban = iban, Bic = bic };
    }

    private static bool IsParty(Counterparty? party, ReadOnlySpan<char> account, ReadOnlySpan<char> bic, ReadOnlySpan<char> name) =>
        party is not null && !account.IsEmpty && account.SequenceEqual(party.IbanText) && bic.SequenceEqual(party.Bic) && name.SequenceEqual(party.Name);

    private static bool IsParty(Counterparty? party, ReadOnlySpan<byte> account, ReadOnlySpan<byte> bic, ReadOnlySpan<byte> name) =>
        party is not null && !account.IsEmpty && AsciiText.Equal(account, party.IbanText) && AsciiText.Equal(bic, party.Bic) && AsciiText.Equal(name, party.Name);

    // Enough to tell short codes apart.
    private static int Sketch(string? code) => string.IsNullOrEmpty(code) ? 0 : (code.Length * 5) + (code[0] * 31) + (code[code.Length / 2] * 17) + code[^1];

    // The length and twelve characters: from the start, the middle and the end.
    private static int Hash(ReadOnlySpan<char> text)
    {
        if (text.Length < Shortest)
        {
            var hash = 0ul;
            foreach (var c in text)
            {
                hash = (hash * 31) + c;
            }

            return Hash(text.Length, hash, 0, 0);
        }

        var words = MemoryMarshal.AsBytes(text);
        var middle = (text.Length - Shortest) / 2 * sizeof(char);
        return Hash(text.Length, BinaryPrimitives.ReadUInt64LittleEndian(words), BinaryPrimitives.ReadUInt64LittleEndian(words[middle..]), BinaryPrimitives.ReadUInt64LittleEndian(words[^8..]));
    }

    // The same of a text in bytes.
    private static int Hash(ReadOnlySpan<byte> text)
    {
        if (text.Length < Shortest)
        {
            var hash = 0ul;
            foreach (var c in text)
            {
                hash = (hash * 31) + c;
            }

            return Hash(text.Length, hash, 0, 0);
        }

        return Hash(text.Length, Wide(text), Wide(text[((text.Length - Shortest) / 2)..]), Wide(text[^Shortest..]));
    }

    private static int Hash(int length, ulong first, ulong middle, ulong last)
    {
        var hash = (ulong)length + (first * 0x9E3779B97F4A7C15);
        hash = BitOperations.RotateLeft(hash, 23) + (middle * 0xC2B2AE3D27D4EB4F);
        hash = BitOperations.RotateLeft(hash, 23) + (last * 0x165667B19E3779F9);
        return (int)((hash * 0x9E3779B97F4A7C15) >> 33);
    }

    // Four bytes as four characters.
    private static ulong Wide(ReadOnlySpan<byte> text)
    {
        ulong word = BinaryPrimitives.ReadUInt32LittleEndian(text);
        word = (word | (word << 16)) & 0x0000FFFF0000FFFF;
        return (word | (word << 8)) & 0x00FF00FF00FF00FF;
    }
}
