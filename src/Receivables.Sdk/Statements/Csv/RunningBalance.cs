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
            _links++;
            Compare(stated - (_last + _after + amount), ref _ascending, ref _ascendingDifference);
            Compare(stated - (_last - _from), ref _descending, ref _descendingDifference);
        }

        _balances++;
        _rowsToLast = _rows;
        (_last, _after, _from) = (stated, 0m, amount);
    }

    /// <summary>The order, the balances and what does not hold.</summary>
    /// <param name="isDescendingByDate">Whether the dates fall: decides where the balances fit both orders or none.</param>
    internal (RowOrder Order, decimal Opening, decimal Closing, decimal? Difference) Finish(bool isDescendingByDate)
    {
        if (_balances == 0 || (_links == 0 && _rows > 1))
        {
            return default;
        }

        var isDescending = _ascending == _descending ? isDescendingByDate : _descending > _ascending;
        return isDescending
            ? (RowOrder.Descending, _last - _from, _first + _before, _descendingDifference)
            : (RowOrder.Ascending, _first - _through, _last + _after, _ascendingDifference);
    }

    private static void Compare(decimal difference, ref int hits, ref decimal? firstDifference)
    {
        if (difference == 0m)
        {
            hits++;
        }
        else
        {
            firstDifference ??= difference;
        }
    }
}
