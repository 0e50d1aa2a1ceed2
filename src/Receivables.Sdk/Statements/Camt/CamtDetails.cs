namespace Receivables.Sdk.Statements.Camt;

/// <summary>One detail of an entry: where its fields are, and what it moves.</summary>
internal struct CamtDetail
{
    /// <summary>The first field.</summary>
    internal int From;

    /// <summary>The mark that ends it.</summary>
    internal int To;

    /// <summary>The batch it is in, by its number in the entry; -1 for none.</summary>
    internal int Batch;

    /// <summary>Where its direction and its amounts stand, in the order in which they are tried; 0 for none.</summary>
    internal CamtDetailPlaces Places;

    /// <summary>Its signed amount in the entry's currency, before charges; null when it has none.</summary>
    internal decimal? Amount;

    /// <summary>Its charges in the entry's currency; positive is a cost.</summary>
    internal decimal Charges;
}

/// <summary>Where the fields of a detail stand that its arithmetic needs: their number in the record and one, of each kind the first.</summary>
internal struct CamtDetailPlaces
{
    internal int Direction;
    internal int Amount;
    internal int TransactionAmount;
    internal int CounterValueAmount;
    internal int InstructedAmount;
    internal bool HasCharges;

    /// <summary>Takes notice of a field.</summary>
    internal void See(CamtField field, int index)
    {
        switch (field)
        {
            case CamtField.Direction:
                Keep(ref Direction, index);
                break;
            case CamtField.Amount:
                Keep(ref Amount, index);
                break;
            case CamtField.TransactionAmount:
                Keep(ref TransactionAmount, index);
                break;
            case CamtField.CounterValueAmount:
                Keep(ref CounterValueAmount, index);
                break;
            case CamtField.InstructedAmount:
                Keep(ref InstructedAmount, index);
                break;
            case CamtField.ChargeAmount or CamtField.ChargesTotal:
                HasCharges = true;
                break;
        }
    }

    private static void Keep(ref int place, int index) => place = place == 0 ? index + 1 : place;
}

/// <summary>How the details of an entry make up its amount.</summary>
internal enum CamtSplit
{
    /// <summary>They do not: the entry stays one transaction.</summary>
    None,

    /// <summary>Their amounts alone do.</summary>
    Amounts,

    /// <summary>Their amounts less their own charges do.</summary>
    NetOfCharges,

    /// <summary>Their amounts less the charges of the whole entry do.</summary>
    NetOfEntryCharges,
}

/// <summary>The arithmetic of details and entry.</summary>
internal static class CamtDetails
{
    /// <summary>Finds the reading in which the details add up to the entry.</summary>
    /// <param name="details">The details.</param>
    /// <param name="entry">The signed amount of the entry.</param>
    /// <param name="entryCharges">The charges of the whole entry, in its currency.</param>
    internal static CamtSplit Decide(List<CamtDetail> details, decimal entry, decimal entryCharges)
    {
        decimal amounts = 0m, charges = 0m;
        foreach (var detail in details)
        {
            if (detail.Amount is not { } amount)
            {
                return CamtSplit.None;
            }

            amounts += amount;
            charges += detail.Charges;
        }

        return amounts == entry ? CamtSplit.Amounts
            : charges != 0m && amounts - charges == entry ? CamtSplit.NetOfCharges
            : entryCharges != 0m && amounts - entryCharges == entry ? CamtSplit.NetOfEntryCharges
            : CamtSplit.None;
    }

    /// <summary>The charges of a range of fields in one currency; charges in another are left to <paramref name="other"/>.</summary>
    internal static Money? Charges(CamtRecord record, int from, int to, CamtAmounts amounts, Currency currency, out Money? other)
    {
        decimal? sum = null;
        other = null;
        Money? total = null;
        Money? pending = null;
        for (var i = from; i < to; i++)
        {
            switch (record.Items[i].Field)
            {
                case CamtField.Charge:
                    Take(ref sum, ref other, pending, currency);
                    pending = null;
                    break;
                case CamtField.ChargeAmount:
                    pending = amounts.Read(record, i);
                    break;
                case CamtField.ChargeDirection when pending is { } charge:
                    pending = CamtDirection.Read(record.Bytes(record.Items[i])) == CamtDirection.Credit ? -charge : charge;
                    break;
                case CamtField.ChargesTotal:
                    total = amounts.Read(record, i);
                    break;
            }
        }

        Take(ref sum, ref other, pending, currency);
        return sum is { } s ? new Money(s, currency) : total is { } t && t.Currency == currency ? t : null;
    }

    private static void Take(ref decimal? sum, ref Money? other, Money? charge, Currency currency)
    {
        if (charge is { } money && money.Currency == currency)
        {
            sum = (sum ?? 0m) + money.Amount;
        }
        else
        {
            other ??= charge;
        }
    }
}
