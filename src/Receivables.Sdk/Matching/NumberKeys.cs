using Receivables.Sdk.Ledger;
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
}

/// <summary>A running 64-bit hash over the characters of a key. The same characters give the same key, whatever stood between them.</summary>
internal struct KeyHash(KeyForm form)
{
    private ulong _state = 0x9E3779B97F4A7C15UL * ((ulong)form + 1);

    internal void Add(char c) => _state = (_state ^ c) * 0x100000001B3UL;

    internal readonly ulong Value
    {
        get
        {
            var h = _state;
            h = (h ^ (h >> 32)) * 0xD6E8FEB86659FD93UL;
            h = (h ^ (h >> 32)) * 0xD6E8FEB86659FD93UL;
            h ^= h >> 32;
            return h == 0 ? 1 : h;
        }
    }

    internal static ulong Of(KeyForm form, ReadOnlySpan<char> text)
    {
        var hash = new KeyHash(form);
        foreach (var c in text)
        {
            hash.Add(c);
        }

        return hash.Value;
    }

    /// <summary>The key of an amount in ten-thousandths of a currency's unit.</summary>
    internal static ulong OfAmount(long amount, Currency currency)
    {
        var hash = new KeyHash(KeyForm.Amount);
        hash.Add((char)currency.PackedCode);
        for (var i = 0; i < 4; i++)
        {
            hash.Add((char)(amount >> (i * 16)));
        }

        return hash.Value;
    }
}

/// <summary>A key of an item, and the field it was made of.</summary>
internal readonly record struct ItemKey(ulong Key, byte Field);

/// <summary>Makes the keys of a number.</summary>
internal static class NumberKeys
{
    /// <summary>At most this many characters of a number are looked at.</summary>
    internal const int MaxLength = 64;

    /// <summary>Adds the keys of every number by which a text may name an item.</summary>
    internal static void AddAll(OpenItem item, List<ItemKey> keys)
    {
        Add(item.Number, KeyField.Number, keys);
        Add(item.Reference, KeyField.Reference, keys);
        Add(item.OrderNumber, KeyField.Order, keys);
        Add(item.ContractNumber, KeyField.Contract, keys);
        if (item.OtherNumbers.Count > 0)
        {
            foreach (var other in item.OtherNumbers)
            {
                Add(other, KeyField.Other, keys);
            }
        }
    }

    private static void Add(string? number, KeyField field, List<ItemKey> keys)
    {
        if (string.IsNullOrEmpty(number))
        {
            return;
        }

        Span<char> full = stackalloc char[MaxLength];
        Span<char> digits = stackalloc char[MaxLength];
        var (fullLength, digitCount) = Split(number, full, digits);
        if (fullLength == 0)
        {
            return;
        }

        if (field == KeyField.Reference)
        {
            keys.Add(new ItemKey(ReferenceKey(full[..fullLength]), (byte)field));
            if (IsCreditorReference(full[..fullLength]) && full[4..fullLength].TrimStart('0') is { Length: >= 4 } body && !body.ContainsAnyExceptInRange('0', '9'))
            {
                // What a creditor reference (ISO 11649) wraps is often quoted alone: then it is a number like any other.
                keys.Add(new ItemKey(KeyHash.Of(KeyForm.Digits, body), (byte)KeyField.Other));
            }
        }

        if (fullLength != digitCount)
        {
            keys.Add(new ItemKey(KeyHash.Of(KeyForm.Full, full[..fullLength]), (byte)field));
        }

        var significant = digits[..digitCount].TrimStart('0');
        if (significant.Length >= 2)
        {
            keys.Add(new ItemKey(KeyHash.Of(KeyForm.Digits, significant), (byte)field));
        }

        // Only the ends of numbers and of other numbers are looked for.
        if (field is not (KeyField.Number or KeyField.Other))
        {
            return;
        }

        if (significant.Length > 6)
        {
            keys.Add(new ItemKey(KeyHash.Of(KeyForm.LastSix, significant[^6..]), (byte)field));
        }

        if (significant.Length > 4)
        {
            keys.Add(new ItemKey(KeyHash.Of(KeyForm.LastFour, significant[^4..]), (byte)field));
        }
    }

    /// <summary>Writes the letters and digits of a number, folded, and its digits alone.</summary>
    internal static (int Full, int Digits) Split(ReadOnlySpan<char> number, Span<char> full, Span<char> digits)
    {
        int n = 0, d = 0;
        foreach (var raw in number)
        {
            var c = CharacterFolding.Fold(raw);
            if (!char.IsLetterOrDigit(c) || n == full.Length)
            {
                continue;
            }

            full[n++] = c;
            if (char.IsAsciiDigit(c))
            {
                digits[d++] = c;
            }
        }

        return (n, d);
    }

    internal static ulong ReferenceKey(ReadOnlySpan<char> full)
    {
        var isNumber = full.IndexOfAnyExceptInRange('0', '9') < 0;
        return KeyHash.Of(KeyForm.Reference, isNumber ? full.TrimStart('0') : full);
    }

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
