namespace Receivables.Sdk.Statements;

/// <summary>How an amount is read that a bank's habit leaves open.</summary>
[Flags]
internal enum AmountReading : byte
{
    /// <summary>As the format's standard says.</summary>
    Standard = 0,

    /// <summary>A reversal has the direction of what it reverses: its sign is the opposite one.</summary>
    OppositeSign = 1,

    /// <summary>An amount without a decimal sign counts minor units.</summary>
    MinorUnits = 2,
}

/// <summary>A transaction whose amount a bank's habit leaves open.</summary>
/// <param name="Doubts">What is open.</param>
/// <param name="Standard">The transaction as the standard reads it.</param>
/// <param name="Read">The transaction under a reading out of <paramref name="Doubts"/>.</param>
internal readonly record struct OpenTransaction(AmountReading Doubts, BankTransaction Standard, Func<AmountReading, BankTransaction> Read);

/// <summary>
/// Holds the transactions of a statement back from the first one on whose amount a bank's habit leaves open, until the closing balance tells how all of
/// its kind are read.
/// </summary>
/// <remarks>Another reading than the standard's is taken when that one does not add up and this one alone does.</remarks>
internal sealed class AmountReadings
{
    /// <summary>So many transactions of a statement wait; in a longer one the standard's reading stands.</summary>
    internal const int MostHeld = 10_000;

    private readonly List<OpenTransaction> _held = [];

    // What each combination of readings adds to the sum as the standard reads it.
    private readonly decimal[] _more = new decimal[4];
    private AmountReading _doubts;
    private bool _isLate;

    /// <summary>Whether transactions wait.</summary>
    internal bool IsHolding => _held.Count > 0;

    /// <summary>Whether so many wait that they must be let go.</summary>
    internal bool IsFull => _held.Count >= MostHeld;

    /// <summary>The first transaction in doubt.</summary>
    internal SourceLocation First { get; private set; }

    /// <summary>Begins a statement.</summary>
    internal void Clear()
    {
        _held.Clear();
        Array.Clear(_more);
        (_doubts, _isLate) = (AmountReading.Standard, false);
    }

    /// <summary>Takes a transaction whose amount is open; false when it is not to wait.</summary>
    internal bool TryHold(in OpenTransaction open)
    {
        if (_doubts == AmountReading.Standard)
        {
            First = new SourceLocation(open.Standard.Offset, open.Standard.Length, open.Standard.Line, 1);
        }

        _doubts |= open.Doubts;
        for (var i = 1; i < _more.Length; i++)
        {
            var reading = (AmountReading)i & open.Doubts;
            _more[i] += reading == AmountReading.Standard ? 0m : open.Read(reading).Amount.Amount - open.Standard.Amount.Amount;
        }

        if (!_isLate)
        {
            _held.Add(open);
        }

        return !_isLate;
    }

    /// <summary>Takes a transaction that stands behind one in doubt.</summary>
    internal void Hold(BankTransaction transaction) => _held.Add(new OpenTransaction(AmountReading.Standard, transaction, _ => transaction));

    /// <summary>The sum of the booked transactions that wait, as the standard reads them.</summary>
    internal decimal HeldSum => _held.Sum(h => h.Standard.Status == TransactionStatus.Booked ? h.Standard.Amount.Amount : 0m);

    /// <summary>The one reading that closes a difference; <see cref="AmountReading.Standard"/> when there is none, or more than one.</summary>
    /// <param name="difference">Closing balance less opening balance and all transactions as the standard reads them.</param>
    internal AmountReading Decide(decimal difference)
    {
        var found = AmountReading.Standard;
        for (var i = 1; i < _more.Length && difference != 0m; i++)
        {
            var reading = (AmountReading)i;
            if ((reading & ~_doubts) != 0 || _more[i] != difference)
            {
                continue;
            }

            if (found != AmountReading.Standard)
            {
                return AmountReading.Standard;
            }

            found = reading;
        }

        return found;
    }

    /// <summary>Lets go what waits, read in one way; what is in doubt after that no longer waits.</summary>
    internal BankTransaction[] Release(AmountReading reading)
    {
        BankTransaction[] released = [.. _held.Select(h => (reading & h.Doubts) == AmountReading.Standard ? h.Standard : h.Read(reading & h.Doubts))];
        _held.Clear();
        _isLate = true;
        return released;
    }
}
