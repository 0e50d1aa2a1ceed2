namespace Receivables.Sdk.Statements.Csv;

/// <summary>The order of the rows of a file, as far as its running balance proves it.</summary>
internal enum RowOrder
{
    /// <summary>Nothing is proved.</summary>
    Unknown,

    /// <summary>The oldest first: each balance is the one before plus the row's amount.</summary>
    Ascending,

    /// <summary>The newest first: each balance is the one before minus the amount of the row before.</summary>
    Descending,
}

/// <summary>Follows the balance column row by row: proves signs, decimals and order, and gives the opening and the closing balance.</summary>
/// <remarks>Rows without a balance of their own are added up until the next one that has it.</remarks>
internal sealed class RunningBalance
{
    private decimal _first;
    private decimal _before;
    private decimal _through;
    private decimal _last;
    private decimal _after;
    private decimal _from;
    private decimal? _ascendingDifference;
    private decimal? _descendingDifference;
    private long _lastUnits;
    private long _fromUnits;
    private int _scale = -1;
    private int _links;
    private int _ascending;
    private int _descending;
    private int _balances;
    private int _rows;
    private int _rowsToFirst;
    private int _rowsToLast;

    /// <summary>How many pairs of balances could be compared.</summary>
    internal int Links => _links;

    /// <summary>Whether all pairs agree in one order at least.</summary>
    internal bool Holds => _links > 0 && (_ascending == _links || _descending == _links);

    /// <summary>How many rows lie between no two balances: no figure but those computed from their own amounts can prove them. One, in a file with a balance in each row.</summary>
    internal int UnprovedRows => _links == 0 ? _rows : _rows - (_rowsToLast - _rowsToFirst);

    /// <summary>Adds the next booked row.</summary>
    internal void Add(decimal amount, decimal? balance)
    {
        if (balance is { } known && AmountSum.TryGetUnits(known, out var knownUnits, out var knownScale) && AmountSum.TryGetUnits(amount, out var units, out var scale) && scale == knownScale)
        {
            Add(units, knownUnits, scale);
            return;
        }

        ToDecimals();
        _rows++;
        if (balance is not { } stated)
        {
            _before += _balances == 0 ? amount : 0m;
            _after += amount;
            _from += amount;
            return;
        }

        if (_balances == 0)
        {
            (_first, _through, _rowsToFirst) = (stated, _before + amount, _rows);
        }
        else
        {
            Link(stated - (_last + _after + amount), stated - (_last - _from));
        }

        _balances++;
        _rowsToLast = _rows;
        (_last, _after, _from) = (stated, 0m, amount);
    }

    /// <summary>Adds the next booked row, amount and balance in units of their last decimal: as long as all rows have both, in one scale, nothing else is computed with.</summary>
    /// <param name="amount">At most <see cref="AmountSum.MaxUnits"/>.</param>
    /// <param name="balance">At most so, too.</param>
    /// <param name="scale">The number of decimals of both.</param>
    internal void Add(long amount, long balance, int scale)
    {
        if (_balances == 0 || scale != _scale)
        {
            AddFirst(amount, balance, scale);
            return;
        }

        var ascending = balance - (_lastUnits + amount);
        var descending = balance - (_lastUnits - _fromUnits);
        _rows++;
        _links++;
        _ascending += ascending == 0 ? 1 : 0;
        _descending += descending == 0 ? 1 : 0;
        if ((ascending != 0 && _ascendingDifference is null) || (descending != 0 && _descendingDifference is null))
        {
            Tell(AmountSum.ToDecimal(ascending, scale), AmountSum.ToDecimal(descending, scale));
        }

        _balances++;
        _rowsToLast = _rows;
        (_lastUnits, _fromUnits) = (balance, amount);
    }

    // The first of rows that are computed with in units.
    private void AddFirst(long amount, long balance, int scale)
    {
        ToDecimals();
        var (exactAmount, stated) = (AmountSum.ToDecimal(amount, scale), AmountSum.ToDecimal(balance, scale));
        _rows++;
        if (_balances == 0)
        {
            (_first, _through, _rowsToFirst) = (stated, _before + exactAmount, _rows);
        }
        else
        {
            Link(stated - (_last + _after + exactAmount), stated - (_last - _from));
        }

        _balances++;
        _rowsToLast = _rows;
        (_lastUnits, _fromUnits, _scale, _after) = (balance, amount, scale, 0m);
    }

    // What was computed with in units, as decimals.
    private void ToDecimals()
    {
        if (_scale >= 0)
        {
            (_last, _from) = (AmountSum.ToDecimal(_lastUnits, _scale), AmountSum.ToDecimal(_fromUnits, _scale));
            _scale = -1;
        }
    }

    private void Link(decimal ascending, decimal descending)
    {
        _links++;
        _ascending += ascending == 0m ? 1 : 0;
        _descending += descending == 0m ? 1 : 0;
        Tell(ascending, descending);
    }

    private void Tell(decimal ascending, decimal descending)
    {
        _ascendingDifference ??= ascending == 0m ? null : ascending;
        _descendingDifference ??= descending == 0m ? null : descending;
    }

    /// <summary>The order, the balances and what does not hold.</summary>
    /// <param name="isDescendingByDate">Whether the dates fall: decides where the balances fit both orders or none.</param>
    internal (RowOrder Order, decimal Opening, decimal Closing, decimal? Difference) Finish(bool isDescendingByDate)
    {
        ToDecimals();
        if (_balances == 0 || (_links == 0 && _rows > 1))
        {
            return default;
        }

        var isDescending = _ascending == _descending ? isDescendingByDate : _descending > _ascending;
        return isDescending
            ? (RowOrder.Descending, _last - _from, _first + _before, _descendingDifference)
            : (RowOrder.Ascending, _first - _through, _last + _after, _ascendingDifference);
    }
}
