namespace Receivables.Sdk.Matching;

/// <summary>
/// What the ledger's numbers look like, learnt from the numbers themselves: length and first digits, for other runs of digits are dates,
/// telephone numbers, parts of accounts; and which last four digits so many have that they tell nothing.
/// </summary>
internal sealed class NumberShapes
{
    /// <summary>A key of more postings names nothing.</summary>
    internal const int MostPostings = 64;

    private const int Masks = (NumberKeys.MaxLength + 1) * 100;
    private readonly int[] _counts = new int[Masks];
    private readonly int[] _endings = new int[10_000];
    private ulong[] _bits = new ulong[(Masks + 10_000 + 63) / 64];
    private bool _isPublished;

    /// <summary>The shapes as they are now; the array does not change any more.</summary>
    internal ulong[] Publish()
    {
        _isPublished = true;
        return _bits;
    }

    /// <summary>Counts an item's numbers in (1) or out (-1).</summary>
    internal void Add(ItemForms item, int by)
    {
        if (item.Mask >= 0)
        {
            Count(ref _counts[item.Mask], 0, item.Mask, by);
        }

        foreach (var ending in item.Endings)
        {
            Count(ref _endings[ending], MostPostings, Masks + ending, by);
        }
    }

    /// <summary>Whether some number has this length and these first two digits.</summary>
    internal static bool Fits(ulong[] shapes, ReadOnlySpan<char> digits) => Has(shapes, Mask(digits));

    /// <summary>Whether very many numbers end in these four digits.</summary>
    internal static bool IsCommonEnding(ulong[] shapes, ReadOnlySpan<char> digits) => Has(shapes, Masks + Ending(digits));

    private static bool Has(ulong[] shapes, int bit) => (shapes[bit / 64] >> (bit % 64) & 1) != 0;

    // The bit says whether the count is above a limit.
    private void Count(ref int count, int limit, int bit, int by)
    {
        var before = count > limit;
        count += by;
        if (count > limit != before)
        {
            if (_isPublished)
            {
                _bits = (ulong[])_bits.Clone();
                _isPublished = false;
            }

            _bits[bit / 64] ^= 1UL << (bit % 64);
        }
    }

    /// <summary>The place of a number's length and first two digits.</summary>
    internal static int Mask(ReadOnlySpan<char> digits)
    {
        var significant = digits.TrimStart('0');
        return (Math.Min(NumberKeys.MaxLength, significant.Length) * 100) + (significant.Length > 0 ? (significant[0] - '0') * 10 : 0) + (significant.Length > 1 ? significant[1] - '0' : 0);
    }

    /// <summary>The place of a number's last four digits.</summary>
    internal static int Ending(ReadOnlySpan<char> digits) => ((digits[^4] - '0') * 1000) + ((digits[^3] - '0') * 100) + ((digits[^2] - '0') * 10) + digits[^1] - '0';
}
