using System.Runtime.InteropServices;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Reads the signed amount of a row by the sign model of its profile.</summary>
internal sealed class CsvSignReader(CsvLayout layout, CsvValueReader values, DiagnosticBag diagnostics)
{
    private const int MaxSigns = 16;

    private readonly bool _hasMarks = layout.HasMarks;
    private readonly List<(byte[] Mark, int? Sign)> _signs = [];
    private readonly (ulong Word, int? Sign)[] _words = new (ulong, int?)[MaxSigns];

    /// <summary>Reads it; what cannot be read is told.</summary>
    internal CsvNumberResult Read(in CsvRow row, SourceLocation location, out decimal amount, out Currency? glued, out bool isInformation)
    {
        var result = ReadAsLaidOut(row, location, out amount, out glued, out isInformation);
        amount = values.IsOpposite ? -amount : amount;
        return result;
    }

    private CsvNumberResult ReadAsLaidOut(in CsvRow row, SourceLocation location, out decimal amount, out Currency? glued, out bool isInformation)
    {
        isInformation = false;
        if (layout.IsChosenByMark)
        {
            return ReadChosen(row, location, out amount, out glued, out isInformation);
        }

        if (layout.Amount < 0)
        {
            return ReadTwoColumns(row, location, out amount, out glued);
        }

        var result = values.ReadAmount(row[layout.Amount], out amount, out glued);
        if (result is CsvNumberResult.Invalid or CsvNumberResult.Ambiguous)
        {
            Tell(row, location, layout.Amount, result);
            return result;
        }

        if (result == CsvNumberResult.Empty)
        {
            return layout.OtherAmount < 0 ? result : ReadOther(row, location, out amount, out glued);
        }

        if (_hasMarks)
        {
            return ReadMark(row, location, ref amount, out isInformation);
        }

        if (values.IsInverted && !IsMarked(row[layout.Amount]))
        {
            amount = -amount;
        }
        else if (values.IsInverted && amount < 0m && values.HasBareAmounts)
        {
            diagnostics.Warning(
                CsvCodes.BadMark, "The amount is marked as a debit, and others are debits without a mark; it was taken for one, too.", CsvMapper.At(row, location, layout.Amount),
                values.Decoder.Decode(row[layout.Amount]));
        }

        return result;
    }

    private CsvNumberResult ReadOther(in CsvRow row, SourceLocation location, out decimal amount, out Currency? currency)
    {
        var result = values.ReadAmount(row[layout.OtherAmount], out amount, out currency);
        currency ??= layout.OtherAmountCurrency;
        if (result is CsvNumberResult.Invalid or CsvNumberResult.Ambiguous)
        {
            Tell(row, location, layout.OtherAmount, result);
        }

        amount = values.IsInverted ? -amount : amount;
        return result;
    }

    // 12.50 CR is a credit, also where amounts without a sign are debits.
    private bool IsMarked(ReadOnlySpan<byte> field) =>
        field.IndexOfAnyExceptInRange((byte)'!', (byte)'9') >= 0 && CsvNumberText.TryParse(values.Decoder.Decode(field), out var number, out _) && number.IsMarked;

    /// <summary>Reads an amount that is as plain as nearly all are; what is odd is left to <see cref="Read"/>.</summary>
    /// <returns>Whether it is plain: a booked movement of an amount that can be read in one way.</returns>
    internal bool TryReadPlainly(in CsvPlainFields row, out CsvPlainNumber amount)
    {
        if (layout.IsChosenByMark)
        {
            amount = default;
            return false;
        }

        if (layout.Amount < 0)
        {
            return TryReadTwoPlainly(row, out amount);
        }

        if (!values.TryReadPlainAmount(row.UpTo(layout.Amount, out var length), length, out amount))
        {
            return false;
        }

        if (!_hasMarks)
        {
            amount = values.IsInverted ? amount.With(!amount.IsNegative) : amount;
            return true;
        }

        var sign = SignOfPlain(row);
        if (values.IsInverted ? sign is not (1 or -1) || (sign == -1 && amount.IsNegative) : sign != -1 && (sign != 1 || amount.IsNegative))
        {
            return false;
        }

        amount = amount.With(isNegative: sign == -1);
        return true;
    }

    private bool TryReadTwoPlainly(in CsvPlainFields row, out CsvPlainNumber amount)
    {
        amount = default;
        var debit = row.UpTo(layout.Debit, out var debitLength);
        var credit = row.UpTo(layout.Credit, out var creditLength);
        if ((debitLength | creditLength) == 0 || (!values.TryReadPlainAmount(debit, debitLength, out var debited) && debitLength > 0)
            || (!values.TryReadPlainAmount(credit, creditLength, out var credited) && creditLength > 0) || (debited.Magnitude != 0 && credited.Magnitude != 0))
        {
            return false;
        }

        amount = debited.Magnitude != 0 ? debited.With(isNegative: true) : credited;
        return !values.IsInverted || debited.Magnitude != 0;
    }

    /// <summary>Whether one amount stands in the row; a debit and a credit side by side are totals.</summary>
    internal bool HasOneAmount(in CsvRow row)
    {
        var amounts = 0;
        foreach (var column in (ReadOnlySpan<int>)[layout.Amount, layout.Debit, layout.Credit])
        {
            amounts += column >= 0 && values.ReadAmount(row[column], out var amount, out _) == CsvNumberResult.Ok && amount != 0m ? 1 : 0;
        }

        return amounts == 1;
    }

    // The mark says on which side the account is.
    private CsvNumberResult ReadChosen(in CsvRow row, SourceLocation location, out decimal amount, out Currency? glued, out bool isInformation)
    {
        (amount, glued) = (0, null);
        var sign = SignOf(row[layout.Mark]);
        isInformation = sign == 0;
        if (sign is null)
        {
            diagnostics.Error(
                CsvCodes.BadMark, "The mark does not say whether the debit or the credit of the row is the account's; the row is no transaction.",
                CsvMapper.At(row, location, layout.Mark), values.Decoder.Decode(row[layout.Mark]));
            return CsvNumberResult.Invalid;
        }

        var column = sign == 1 ? layout.Credit : layout.Debit;
        var result = values.ReadAmount(row[column], out amount, out glued);
        if (result is CsvNumberResult.Invalid or CsvNumberResult.Ambiguous)
        {
            Tell(row, location, column, result);
        }

        amount = sign == 1 ? Math.Abs(amount) : -Math.Abs(amount);
        return result;
    }

    /// <summary>Whether a row is a credit by its mark.</summary>
    internal static bool IsCredit(CsvLayout layout, string mark) => CsvWordList.Contains(layout.Profile.Marks.Credit, mark);

    private CsvNumberResult ReadTwoColumns(in CsvRow row, SourceLocation location, out decimal amount, out Currency? glued)
    {
        amount = 0;
        var debited = values.ReadAmount(row[layout.Debit], out var debit, out glued);
        var credited = values.ReadAmount(row[layout.Credit], out var credit, out var other);
        glued ??= other;
        if (debited is CsvNumberResult.Invalid or CsvNumberResult.Ambiguous)
        {
            Tell(row, location, layout.Debit, debited);
            return debited;
        }

        if (credited is CsvNumberResult.Invalid or CsvNumberResult.Ambiguous)
        {
            Tell(row, location, layout.Credit, credited);
            return credited;
        }

        if (debited == CsvNumberResult.Ok && credited == CsvNumberResult.Ok && debit != 0m && credit != 0m)
        {
            diagnostics.Error(CsvCodes.BadMark, "The row has a debit and a credit; which of them is meant is not said.", location);
            return CsvNumberResult.Invalid;
        }

        // A debit is one whether it is written with a minus or not.
        amount = debit != 0m ? -Math.Abs(debit) : values.IsInverted ? Math.Abs(credit) : credit;
        return debited == CsvNumberResult.Empty ? credited : CsvNumberResult.Ok;
    }

    private CsvNumberResult ReadMark(in CsvRow row, SourceLocation location, ref decimal amount, out bool isInformation)
    {
        var sign = SignOf(row[layout.Mark]);
        isInformation = sign == 0;

        // The magnitude goes with the mark; a minus under a credit mark is a contradiction that nothing in the row resolves, unless
        // the issuer of a card writes credits with one: then a minus under a debit mark is.
        if (sign is null || (sign == (values.IsInverted ? -1 : 1) && amount < 0m))
        {
            diagnostics.Error(
                CsvCodes.BadMark, sign is null ? "The debit or credit mark is none that the profile knows." : $"The amount is negative under a {(sign == 1 ? "credit" : "debit")} mark.",
                CsvMapper.At(row, location, layout.Mark), values.Decoder.Decode(row[layout.Mark]));
            return CsvNumberResult.Invalid;
        }

        amount = sign == -1 ? -Math.Abs(amount) : sign == 1 ? Math.Abs(amount) : amount;
        return CsvNumberResult.Ok;
    }

    // Marks are short: a word is compared, not a text.
    private int? SignOfPlain(in CsvPlainFields row)
    {
        var word = row.WordOf(layout.Mark);
        if (word == 0)
        {
            return SignOf(row[layout.Mark]);
        }

        ref var place = ref _words[(int)((word * 0x9E3779B97F4A7C15) >> 60)];
        if (place.Word != word)
        {
            place = (word, SignOf(row[layout.Mark]));
        }

        return place.Sign;
    }

    // -1 for a debit, 1 for a credit, 0 for no movement, null for none of the profile's words. A file has few different marks.
    private int? SignOf(ReadOnlySpan<byte> mark)
    {
        foreach (ref readonly var seen in CollectionsMarshal.AsSpan(_signs))
        {
            if (mark.SequenceEqual(seen.Mark))
            {
                return seen.Sign;
            }
        }

        var marks = layout.Profile.Marks;
        var text = values.Decoder.Decode(mark);
        int? sign = CsvWordList.Contains(marks.Debit, text) ? -1 : CsvWordList.Contains(marks.Credit, text) ? 1 : CsvWordList.Contains(marks.Information, text) ? 0 : null;
        if (_signs.Count < MaxSigns)
        {
            _signs.Add((mark.ToArray(), sign));
        }

        return sign;
    }

    private void Tell(in CsvRow row, SourceLocation location, int column, CsvNumberResult result)
    {
        var place = CsvMapper.At(row, location, column);
        var text = values.Decoder.Decode(row[column]);
        if (result == CsvNumberResult.Ambiguous)
        {
            diagnostics.Error(CsvCodes.AmbiguousAmount, "The amount can be read in two ways and nothing in the file says which is meant; the row is no transaction.", place, text);
        }
        else
        {
            diagnostics.Error(CsvCodes.BadAmount, "The amount cannot be read; the row is no transaction.", place, text);
        }
    }
}
