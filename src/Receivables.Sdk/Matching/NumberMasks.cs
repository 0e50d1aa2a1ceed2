using System.Runtime.InteropServices;

namespace Receivables.Sdk.Matching;

/// <summary>What the ledger's numbers look like, learnt from the numbers themselves: their length and first digits. Other runs of digits are dates, telephone numbers, parts of accounts.</summary>
internal sealed class NumberMasks
{
    private readonly Dictionary<int, int> _counts = [];

    /// <summary>Counts a number in (1) or out (-1).</summary>
    internal void Add(string? number, int by)
    {
        if (number is null)
        {
            return;
        }

        Span<char> full = stackalloc char[NumberKeys.MaxLength];
        Span<char> digits = stackalloc char[NumberKeys.MaxLength];
        var (_, count) = NumberKeys.Split(number, full, digits);
        ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, Mask(digits[..count]), out _);
        seen += by;
    }

    /// <summary>Whether some number of the ledger has this length and these first two digits.</summary>
    internal bool Fits(ReadOnlySpan<char> digits) => _counts.GetValueOrDefault(Mask(digits)) > 0;

    private static int Mask(ReadOnlySpan<char> digits)
    {
        var significant = digits.TrimStart('0');
        return (significant.Length * 100) + (significant.Length > 0 ? (significant[0] - '0') * 10 : 0) + (significant.Length > 1 ? significant[1] - '0' : 0);
    }
}
