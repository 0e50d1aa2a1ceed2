using NodaTime;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Reads the balances of a statement.</summary>
internal static class CamtBalances
{
    /// <summary>Adds the balances of a record to a list.</summary>
    internal static void Read(CamtRecord record, List<StatementBalance> balances, CamtTexts texts, CamtAmounts amounts, DiagnosticBag diagnostics)
    {
        var items = record.Items;
        var start = -1;
        for (var i = 0; i <= items.Length; i++)
        {
            if (i == items.Length || items[i].Field == CamtField.Balance)
            {
                if (start >= 0 && ReadOne(record, start, i, texts, amounts, diagnostics) is { } balance)
                {
                    balances.Add(balance);
                }

                start = i;
            }
        }
    }

    private static StatementBalance? ReadOne(CamtRecord record, int from, int to, CamtTexts texts, CamtAmounts amounts, DiagnosticBag diagnostics)
    {
        var (amountAt, directionAt, kind, place) = (-1, -1, "", record.Location);
        LocalDate? date = null;
        for (var i = from; i < to; i++)
        {
            var item = record.Items[i];
            switch (item.Field)
            {
                case CamtField.BalanceType when kind.Length == 0:
                    kind = texts.Pooled(record.Bytes(item)) ?? "";
                    break;
                case CamtField.BalanceAmount when amountAt < 0:
                    amountAt = i;
                    break;
                case CamtField.BalanceDirection when directionAt < 0:
                    directionAt = i;
                    break;
                case CamtField.BalanceDate when date is null:
                    if (CamtValues.TryParseDate(record.Bytes(item), out var read))
                    {
                        date = read;
                    }
                    else
                    {
                        diagnostics.Error(CamtCodes.BadDate, "The date of a balance does not exist.", place, CamtAmounts.Slice(record.Bytes(item)));
                    }

                    break;
            }
        }

        var isWithoutDirection = directionAt < 0;
        var hasSign = amountAt >= 0 && record.Bytes(record.Items[amountAt])[0] == '-';
        if (!amounts.TryRead(record, amountAt, place, "balance", out var amount))
        {
            return null;
        }

        bool isDebit;
        if (isWithoutDirection)
        {
            diagnostics.Warning(
                CamtCodes.BalanceWithoutDirection, "A balance does not say whether it is a credit or a debit; its amount is taken with the sign it is written with.", place, kind);
            isDebit = hasSign;
        }
        else if (CamtDirection.Read(record.Bytes(record.Items[directionAt])) is { } direction)
        {
            isDebit = direction == CamtDirection.Debit;
        }
        else
        {
            diagnostics.Error(CamtCodes.NoDirection, "The direction of a balance is neither CRDT nor DBIT; the balance is left out.", place, kind);
            return null;
        }

        return new StatementBalance(date, isDebit ? -amount : amount) { Kind = kind };
    }
}

/// <summary>The direction of an amount, by its code <c>CreditDebitCode</c>.</summary>
internal static class CamtDirection
{
    internal const int Credit = 1;
    internal const int Debit = -1;

    /// <summary>Plus one for <c>CRDT</c>, minus one for <c>DBIT</c>, null for anything else.</summary>
    internal static int? Read(ReadOnlySpan<byte> code) => code.SequenceEqual("CRDT"u8) ? Credit : code.SequenceEqual("DBIT"u8) ? Debit : ReadOdd(code);

    /// <summary>Whether a direction is written as the standard says.</summary>
    internal static bool IsStandard(ReadOnlySpan<byte> code) => code.SequenceEqual("CRDT"u8) || code.SequenceEqual("DBIT"u8);

    // The same words in other forms: crdt, CREDIT, C.
    private static int? ReadOdd(ReadOnlySpan<byte> code) =>
        IsAny(code, "CRDT"u8, "CREDIT"u8, "C"u8) || IsAny(code, "CRED"u8, "CR"u8, default) ? Credit
        : IsAny(code, "DBIT"u8, "DEBIT"u8, "D"u8) || IsAny(code, "DEBT"u8, "DR"u8, default) ? Debit : null;

    private static bool IsAny(ReadOnlySpan<byte> code, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third) =>
        !code.IsEmpty && (System.Text.Ascii.EqualsIgnoreCase(code, first) || System.Text.Ascii.EqualsIgnoreCase(code, second) || System.Text.Ascii.EqualsIgnoreCase(code, third));
}
