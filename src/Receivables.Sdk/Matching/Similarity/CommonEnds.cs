namespace Receivables.Sdk.Matching.Similarity;

/// <summary>What two texts start and end with alike, which no distance needs to look at.</summary>
internal static class CommonEnds
{
    /// <summary>Takes the common start and then the common end off both texts.</summary>
    /// <returns>How many characters were taken off each.</returns>
    internal static int Strip(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        var prefix = a.CommonPrefixLength(b);
        a = a[prefix..];
        b = b[prefix..];
        var suffix = 0;
        while (suffix < a.Length && suffix < b.Length && a[^(suffix + 1)] == b[^(suffix + 1)])
        {
            suffix++;
        }

        a = a[..^suffix];
        b = b[..^suffix];
        return prefix + suffix;
    }
}
