namespace Receivables.Sdk.Statements.Camt;

/// <summary>The sums and counts that a statement states about its entries (<c>TxsSummry</c>); null where it states none.</summary>
internal sealed record CamtSummary
{
    internal int? Count { get; init; }

    internal decimal? Sum { get; init; }

    internal int? CreditCount { get; init; }

    internal decimal? CreditSum { get; init; }

    internal int? DebitCount { get; init; }

    internal decimal? DebitSum { get; init; }

    /// <summary>Reads the sums of a record.</summary>
    internal static CamtSummary Of(CamtFields fields) => new()
    {
        Count = CamtValues.Count(fields[CamtField.TotalCount]),
        Sum = Amount(fields[CamtField.TotalSum]),
        CreditCount = CamtValues.Count(fields[CamtField.CreditCount]),
        CreditSum = Amount(fields[CamtField.CreditSum]),
        DebitCount = CamtValues.Count(fields[CamtField.DebitCount]),
        DebitSum = Amount(fields[CamtField.DebitSum]),
    };

    /// <summary>Compares with what was counted.</summary>
    /// <param name="totals">The entries that were read.</param>
    /// <param name="currency">Their currency.</param>
    /// <returns>A check that held or failed; null when nothing is stated.</returns>
    internal (string Code, Money? Difference)? Check(CamtTotals totals, Currency currency)
    {
        if (this is { Count: null, Sum: null, CreditCount: null, CreditSum: null, DebitCount: null, DebitSum: null })
        {
            return null;
        }

        // Banks count all entries or the booked ones, and some their details; the total is without signs, or the net.
        var sum = WhySum(Sum, [totals.All.Gross, totals.Booked.Gross, totals.All.Net, totals.Booked.Net])
            ?? WhySum(CreditSum, [totals.All.Credits, totals.Booked.Credits])
            ?? WhySum(DebitSum, [totals.All.Debits, totals.Booked.Debits]);
        if (sum is { } difference)
        {
            return ("sums", new Money(difference, currency));
        }

        var count = WhyCount(Count, [totals.All.Count, totals.Booked.Count, totals.Details])
            ?? WhyCount(CreditCount, [totals.All.CreditCount, totals.Booked.CreditCount, totals.CreditDetails])
            ?? WhyCount(DebitCount, [totals.All.DebitCount, totals.Booked.DebitCount, totals.Details - totals.CreditDetails]);
        return count is { } missing ? ("counts", new Money(missing, Currency.None)) : ("sums", null);
    }

    private static decimal? WhySum(decimal? stated, ReadOnlySpan<decimal> counted)
    {
        if (stated is not { } sum)
        {
            return null;
        }

        foreach (var candidate in counted)
        {
            if (Math.Abs(candidate) == Math.Abs(sum))
            {
                return null;
            }
        }

        return Math.Abs(sum) - Math.Abs(counted[0]);
    }

    private static int? WhyCount(int? stated, ReadOnlySpan<int> counted) => stated is not { } count || counted.Contains(count) ? null : count - counted[0];

    private static decimal? Amount(ReadOnlySpan<byte> text) => CamtAmounts.TryParse(text, out var sum) ? sum : null;
}

/// <summary>What was counted of a statement's entries.</summary>
internal sealed class CamtTotals
{
    private Tally _all;
    private Tally _booked;

    /// <summary>All entries.</summary>
    internal Tally All => _all;

    /// <summary>The booked ones.</summary>
    internal Tally Booked => _booked;

    /// <summary>Their details; an entry without details counts as one.</summary>
    internal int Details { get; private set; }

    /// <summary>The details of credit entries.</summary>
    internal int CreditDetails { get; private set; }

    /// <summary>Counts an entry.</summary>
    internal void Add(decimal amount, bool isBooked, int details)
    {
        _all.Add(amount);
        Details += Math.Max(1, details);
        CreditDetails += amount < 0m ? 0 : Math.Max(1, details);
        if (isBooked)
        {
            _booked.Add(amount);
        }
    }

    /// <summary>Counts and sums.</summary>
    internal struct Tally
    {
        internal int CreditCount { get; private set; }

        internal int DebitCount { get; private set; }

        internal decimal Credits { get; private set; }

        internal decimal Debits { get; private set; }

        internal readonly int Count => CreditCount + DebitCount;

        internal readonly decimal Gross => Credits + Debits;

        internal readonly decimal Net => Credits - Debits;

        internal void Add(decimal amount)
        {
            if (amount < 0m)
            {
                DebitCount++;
                Debits -= amount;
            }
            else
            {
                CreditCount++;
                Credits += amount;
            }
        }
    }
}
