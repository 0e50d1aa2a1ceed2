using System.Buffers;

namespace Receivables.Sdk.Statements;

/// <summary>ABN AMRO's classic texts, in columns of 32 characters: an account in dots or <c>GIRO</c> with a name behind it, <c>BEA</c> and <c>GEA</c> for cards.</summary>
internal static class ColumnText
{
    private static readonly SearchValues<char> DottedNumber = SearchValues.Create("0123456789.");

    /// <summary>Reads a text in columns.</summary>
    /// <returns>Whether it is one.</returns>
    internal static bool TryRead(ReadOnlySpan<char> text, Narrative into)
    {
        if (text.StartsWith("GIRO ", StringComparison.Ordinal))
        {
            var rest = text[5..].TrimStart();
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits < 3)
            {
                return false;
            }

            into.SetAccount(rest[..digits]);
            into.Name = TextBlanks.Collapse(FirstColumn(rest[digits..].TrimStart()));
        }
        else if (text.StartsWith("BEA ", StringComparison.Ordinal) || text.StartsWith("GEA ", StringComparison.Ordinal))
        {
            into.BookingText = into.Pool.Get(text[..3]);
            into.Name = CardMerchant(text);
        }
        else
        {
            var end = text.IndexOf(' ');
            var account = end < 0 ? text : text[..end];
            if (account.Length is < 9 or > 14 || account.Count('.') is < 2 or > 4 || account.ContainsAnyExcept(DottedNumber))
            {
                return false;
            }

            into.SetAccount(account);
            into.Name = end < 0 ? null : TextBlanks.Collapse(FirstColumn(text[end..].TrimStart()));
        }

        into.Remittance = TextBlanks.Collapse(text);
        return true;
    }

    // A column ends with the blanks that fill it.
    private static ReadOnlySpan<char> FirstColumn(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf("  ", StringComparison.Ordinal);
        return end < 0 ? text[..Math.Min(32, text.Length)] : text[..Math.Min(32, end)];
    }

    // Behind the date and time in the first column, up to the number of the card.
    private static string? CardMerchant(ReadOnlySpan<char> text)
    {
        var card = text.IndexOf(",PAS", StringComparison.Ordinal);
        return text.Length > 33 && card > 33 ? TextBlanks.Collapse(text[33..card]) : null;
    }
}
