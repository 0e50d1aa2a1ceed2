namespace Receivables.Sdk.Statements.Camt;

/// <summary>Reads amounts with their currencies, and says what is odd about them.</summary>
internal sealed class CamtAmounts(DiagnosticBag diagnostics)
{
    private int _lastCode;
    private Currency _lastCurrency;

    /// <summary>The currency where an amount names none: the statement's.</summary>
    internal Currency? Fallback { get; set; }

    /// <summary>Reads the amount at a place of a record; false, with an error, when it is none.</summary>
    /// <param name="record">The record.</param>
    /// <param name="index">The place; -1 when the element is missing.</param>
    /// <param name="place">Where the group stands in the source.</param>
    /// <param name="what">The group's name in messages.</param>
    /// <param name="amount">The amount without its sign, which the direction gives.</param>
    internal bool TryRead(CamtRecord record, int index, SourceLocation place, string what, out Money amount)
    {
        amount = default;
        if (index < 0)
        {
            diagnostics.Error(CamtCodes.BadAmount, $"The {what} has no amount.", place);
            return false;
        }

        var text = record.Bytes(record.Items[index]);
        if (!TryParse(text, out var value))
        {
            if (!TryParseOdd(text, out value))
            {
                diagnostics.Error(CamtCodes.BadAmount, $"The amount of the {what} is not a decimal number.", place, Slice(text));
                return false;
            }

            diagnostics.Warning(CamtCodes.OddAmount, $"The amount of the {what} is not written as XML Schema says; it can be read in one way only.", place, Slice(text));
        }

        if (value < 0m)
        {
            diagnostics.Warning(CamtCodes.NegativeAmount, $"The amount of the {what} has a sign of its own; its direction alone counts.", place, Slice(text));
            value = -value;
        }

        amount = new Money(value, CurrencyAt(record, index, place, what));
        return true;
    }

    /// <summary>Reads an amount that may be missing or odd without harm; null then.</summary>
    internal Money? Read(CamtRecord record, int index)
    {
        if (index < 0 || !TryParse(record.Bytes(record.Items[index]), out var value))
        {
            return null;
        }

        return CurrencyText(record, index) is var code && TryFind(code, out var currency)
            ? new Money(Math.Abs(value), currency)
            : code.IsEmpty && Fallback is { } fallback ? new Money(Math.Abs(value), fallback) : null;
    }

    /// <summary>Reads a number that can be an amount of money.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out decimal value) =>
        CamtValues.TryParseDecimal(text, out value) && StatementAmount.IsPossible(value);

    // A decimal comma, or groups of three: 100,00, 1,250.00, 1.250,00, 1'250.00. One comma before three digits may be either.
    private static bool TryParseOdd(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0m;
        var sign = text.LastIndexOfAny((byte)',', (byte)'.');
        var first = text.IndexOfAny(",.' "u8);
        if (first < 0 || text.Length > 40 || (first == sign && (text[sign] == '.' || text.Length - sign == 4)))
        {
            return false;
        }

        // The last sign groups when it stands there before, or no decimals can stand behind it.
        var isDecimal = sign >= 0 && !text[..sign].Contains(text[sign]) && text[(sign + 1)..].IndexOfAny("' "u8) < 0;
        var whole = isDecimal ? text[..sign] : text;
        Span<byte> plain = stackalloc byte[text.Length];
        int length = 0, group = -1;
        byte grouping = 0;
        foreach (var b in whole)
        {
            if (b is (byte)',' or (byte)'.' or (byte)'\'' or (byte)' ')
            {
                if (group > 3 || (group >= 0 && group != 3 && grouping != 0) || (grouping != 0 && b != grouping) || group <= 0)
                {
                    return false;
                }

                (group, grouping) = (0, b);
                continue;
            }

            plain[length++] = b;
            group = (group < 0 ? 0 : group) + (b is (byte)'-' or (byte)'+' ? 0 : 1);
        }

        if (grouping != 0 && group != 3)
        {
            return false;
        }

        if (isDecimal)
        {
            plain[length++] = (byte)'.';
            text[(sign + 1)..].CopyTo(plain[length..]);
            length += text.Length - sign - 1;
        }

        return TryParse(plain[..length], out value);
    }

    /// <summary>Reads a currency; lower case is read as upper case.</summary>
    internal static bool TryParseCurrency(ReadOnlySpan<byte> code, out Currency currency)
    {
        if (Currency.TryParse(code, out currency))
        {
            return true;
        }

        return code.Length == 3 && Currency.TryParse([(byte)(code[0] & 0xDF), (byte)(code[1] & 0xDF), (byte)(code[2] & 0xDF)], out currency);
    }

    /// <summary>Whether an amount names a currency, and another one.</summary>
    internal bool IsForeign(CamtRecord record, int index, Currency currency) =>
        index >= 0 && CurrencyText(record, index) is { IsEmpty: false } code && TryFind(code, out var named) && named != currency;

    // Nearly all amounts of a file are in one currency: the last one is looked at first.
    private bool TryFind(ReadOnlySpan<byte> code, out Currency currency)
    {
        var packed = code.Length == 3 ? code[0] | (code[1] << 8) | (code[2] << 16) : 0;
        if (packed != 0 && packed == _lastCode)
        {
            currency = _lastCurrency;
            return true;
        }

        if (!TryParseCurrency(code, out currency))
        {
            return false;
        }

        (_lastCode, _lastCurrency) = (packed, currency);
        return true;
    }

    internal static string Slice(ReadOnlySpan<byte> text) => System.Text.Encoding.UTF8.GetString(text[..Math.Min(64, text.Length)]);

    private Currency CurrencyAt(CamtRecord record, int index, SourceLocation place, string what)
    {
        var code = CurrencyText(record, index);
        if (TryFind(code, out var currency))
        {
            return currency;
        }

        if (!code.IsEmpty)
        {
            diagnostics.Error(CamtCodes.BadCurrency, $"The currency of the {what} is none of ISO 4217.", place, Slice(code));
            return Currency.None;
        }

        if (Fallback is { } fallback)
        {
            diagnostics.Warning(CamtCodes.NoCurrency, $"The amount of the {what} names no currency; it is taken to be the statement's.", place);
            return fallback;
        }

        diagnostics.Error(CamtCodes.NoCurrency, $"The amount of the {what} names no currency, and neither does the statement.", place);
        return Currency.None;
    }

    private static ReadOnlySpan<byte> CurrencyText(CamtRecord record, int index) =>
        index > 0 && record.Items[index - 1] is { Field: CamtField.Currency } item ? record.Bytes(item) : default;
}
