using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Receivables.Sdk.Matching.Similarity;

namespace Receivables.Sdk.Matching;

/// <summary>Which field of an item a key was made of.</summary>
internal enum KeyField : byte
{
    Number,
    Reference,
    Order,
    Contract,
    Other,
}

/// <summary>The forms of a number under which it is found.</summary>
internal enum KeyForm : byte
{
    /// <summary>Letters and digits, in order.</summary>
    Full = 1,

    /// <summary>Digits only, without leading zeros.</summary>
    Digits = 2,

    /// <summary>The last six digits.</summary>
    LastSix = 3,

    /// <summary>The last four digits.</summary>
    LastFour = 4,

    /// <summary>A structured reference: letters and digits without leading zeros.</summary>
    Reference = 5,

    /// <summary>An account number.</summary>
    Account = 6,

    /// <summary>An amount in a currency.</summary>
    Amount = 7,

    /// <summary>A document's id.</summary>
    Document = 8,

    /// <summary>A transaction's id.</summary>
    Transaction = 9,
}

/// <summary>A 64-bit hash over the characters of a key, four at a time; the same on every machine.</summary>
internal static class KeyHash
{
    private const ulong First = 0x9E3779B97F4A7C15UL;
    private const ulong Second = 0xD6E8FEB86659FD93UL;

    internal static ulong Of(KeyForm form, ReadOnlySpan<char> text)
    {
        var state = (First * ((ulong)form + 1)) ^ (ulong)text.Length;
        var bytes = MemoryMarshal.AsBytes(text);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            state = Mix(state ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        // What is left: one to three characters.
        var rest = 0UL;
        for (; bytes.Length >= sizeof(char); bytes = bytes[sizeof(char)..])
        {
            rest = (rest << 16) | BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        }

        return Finish(Mix(state ^ rest));
    }

    /// <summary>The key of an amount in ten-thousandths of a currency's unit.</summary>
    internal static ulong OfAmount(long amount, Currency currency) =>
        Finish(Mix(Mix(unchecked(First * ((ulong)KeyForm.Amount + 1)) ^ (ulong)amount) ^ currency.PackedCode));

    private static ulong Mix(ulong x) => Math.BigMul(x, Second, out var low) ^ low;

    private static ulong Finish(ulong h)
    {
        h = (h ^ (h >> 32)) * Second;
        h ^= h >> 32;
        return h == 0 ? 1 : h;
    }
}

/// <summary>Makes the keys of a number.</summary>
internal static class NumberKeys
{
    /// <summary>At most this many characters of a number are looked at.</summary>
    internal const int MaxLength = 64;

    /// <summary>Writes the letters and digits of a number, folded, and its digits alone.</summary>
    internal static (int Full, int Digits) Split(ReadOnlySpan<char> number, Span<char> full, Span<char> digits)
    {
        int n = 0, d = 0;
        foreach (var raw in number)
        {
            // Most numbers are digits; the others go the long way.
            var c = char.IsAsciiDigit(raw) ? raw : CharacterFolding.Fold(raw);
            if (n == full.Length)
            {
                break;
            }

            if (char.IsAsciiDigit(c))
            {
                full[n++] = c;
                digits[d++] = c;
            }
            else if (char.IsLetterOrDigit(c))
            {
                full[n++] = c;
            }
        }

        return (n, d);
    }

    /// <summary>A reference as it is looked up: one of digits alone without leading zeros.</summary>
    internal static ReadOnlySpan<char> ReferenceText(ReadOnlySpan<char> full) => full.ContainsAnyExceptInRange('0', '9') ? full : full.TrimStart('0');

    internal static bool IsCreditorReference(ReadOnlySpan<char> full)
    {
        if (full.Length is < 5 or > 25 || !full.StartsWith("RF"))
        {
            return false;
        }

        var remainder = 0;
        for (var i = 0; i < full.Length; i++)
        {
            var c = full[(i + 4) % full.Length];
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c))
            {
                return false;
            }

            remainder = c <= '9' ? ((remainder * 10) + c - '0') % 97 : ((remainder * 100) + c - 'A' + 10) % 97;
        }

        return remainder == 1;
    }
}
