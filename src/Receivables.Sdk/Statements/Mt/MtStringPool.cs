namespace Receivables.Sdk.Statements.Mt;

/// <summary>Shares the strings that come again and again: BICs, codes, booking texts, the own account.</summary>
/// <remarks>A table of fixed size without chains: a text that falls on another's place takes it. Not thread-safe.</remarks>
internal sealed class MtStringPool
{
    private const int Size = 512;
    private const int Longest = 32;
    private readonly string?[] _strings = new string?[Size];
    private readonly BankTransactionCode?[] _codes = new BankTransactionCode?[Size];
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

        ref var place = ref _strings[Hash(text)];
        return place is { } known && text.SequenceEqual(known) ? known : place = text.ToString();
    }

    /// <summary>The text as a string; the bytes are ASCII.</summary>
    internal string GetAscii(ReadOnlySpan<byte> text)
    {
        if (text.Length > Longest)
        {
            return System.Text.Encoding.Latin1.GetString(text);
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

        var hash = (Hash(swift) + (Hash(gvc) * 3) + (Hash(proprietary) * 7)) & (Size - 1);
        ref var place = ref _codes[hash];
        return place is { } known && known.Swift == swift && known.Gvc == gvc && known.Proprietary == proprietary
            ? known
            : place = new BankTransactionCode { Swift = swift, Gvc = gvc, Proprietary = proprietary };
    }

    /// <summary>Details that hold nothing but a booking text.</summary>
    internal TransactionDetails Details(string bookingText)
    {
        ref var place = ref _details[Hash(bookingText)];
        return place is { } known && known.BookingText == bookingText ? known : place = new TransactionDetails { BookingText = bookingText };
    }

    private static int Hash(ReadOnlySpan<char> text)
    {
        var hash = (uint)text.Length;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 16777619u;
        }

        return (int)((hash ^ (hash >> 15)) & (Size - 1));
    }
}
