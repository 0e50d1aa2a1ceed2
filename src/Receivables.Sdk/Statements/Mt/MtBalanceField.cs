using NodaTime;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>The parts of a balance field: mark, date, currency, amount.</summary>
internal ref struct MtBalanceField
{
    internal LocalDate? Date;
    internal bool IsDateWrong;
    internal Currency? Currency;
    internal decimal Amount;
    internal MtAmountOddity Oddity;

    /// <summary>Reads the field.</summary>
    /// <param name="content">What stands behind the tag.</param>
    /// <param name="balance">The parts; the amount is signed.</param>
    /// <returns>Whether sign, amount and currency can be read in one way.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> content, out MtBalanceField balance)
    {
        balance = default;
        var lineEnd = content.IndexOfAny((byte)'\r', (byte)'\n', (byte)'@');
        var text = (lineEnd < 0 ? content : content[..lineEnd]).Trim((byte)' ');
        if (text.Length < 2 || (text[0] & ~0x20) is not ('C' or 'D'))
        {
            return false;
        }

        var isCredit = (text[0] & ~0x20) == 'C';
        if (text.Length > 8 && text[1] is (byte)'R' or (byte)'r' && char.IsAsciiDigit((char)text[2]))
        {
            // CR and DR instead of C and D.
            text = (byte[])[text[0], .. text[2..]];
        }

        text = text[1] == ' ' ? (byte[])[text[0], .. text[1..].TrimStart((byte)' ')] : text;
        var i = 1;
        var letters = text[i..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (letters == 8 && !MtDates.TryRead(text[1..], out _) && text[1..3] is [(byte)'2', (byte)'0'] or [(byte)'1', (byte)'9'] && MtDates.TryRead(text[3..], out _))
        {
            // A year of four digits.
            i = 3;
            letters = 6;
        }

        if (letters is < 0 or >= 6 || (letters == 0 && text.Length > 7 && !char.IsAsciiLetter((char)text[1])))
        {
            // Six characters are the date, whatever they are.
            balance.IsDateWrong = !MtDates.TryRead(text[i..], out var date);
            balance.Date = balance.IsDateWrong ? null : date;
            i += Math.Min(6, text.Length - i);
        }
        else
        {
            balance.IsDateWrong = true;
            i += letters;
        }

        text = text[i..].TrimStart((byte)' ');
        if (text.Length > 3 && char.IsAsciiLetter((char)text[0]))
        {
            if (!Receivables.Sdk.Currency.TryParse([Upper(text[0]), Upper(text[1]), Upper(text[2])], out var currency))
            {
                return false;
            }

            balance.Currency = currency;
            text = text[3..].TrimStart((byte)' ');
        }

        var hasMinus = text.StartsWith("-"u8);
        var at = hasMinus || (isCredit && text.StartsWith("+"u8)) ? 1 : 0;
        if (!MtAmount.TryRead(text, ref at, joinsBlanks: true, out decimal amount, out balance.Oddity) || (hasMinus && isCredit))
        {
            return false;
        }

        balance.Oddity |= hasMinus ? MtAmountOddity.Minus : MtAmountOddity.None;
        balance.Amount = isCredit ? amount : -amount;
        return true;
    }

    /// <summary>Whether a text is a balance of the standard's form, to its last character.</summary>
    internal static bool IsStrict(ReadOnlySpan<byte> text)
    {
        var amount = text.Length > 10 ? text[10..] : default;
        var comma = amount.IndexOf((byte)',');
        return comma > 0 && text[0] is (byte)'C' or (byte)'D' && !text[1..7].ContainsAnyExceptInRange((byte)'0', (byte)'9') && !text[7..10].ContainsAnyExceptInRange((byte)'A', (byte)'Z')
            && !amount[..comma].ContainsAnyExceptInRange((byte)'0', (byte)'9') && !amount[(comma + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static byte Upper(byte b) => b is >= (byte)'a' and <= (byte)'z' ? (byte)(b - 32) : b;
}
