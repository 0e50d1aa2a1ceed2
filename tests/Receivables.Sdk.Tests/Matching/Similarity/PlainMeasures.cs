namespace Receivables.Sdk.Tests.Matching.Similarity;

/// <summary>The measures as the textbooks give them: slow, plain, and the oracle of the fast ones.</summary>
internal static class PlainMeasures
{
    internal static int Levenshtein(string a, string b) => Distance(a, b, 1);

    internal static int Indel(string a, string b) => Distance(a, b, 2);

    private static int Distance(string a, string b, int replace)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                d[i, j] = i == 0 ? j : j == 0 ? i
                    : Math.Min(d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : replace), 1 + Math.Min(d[i - 1, j], d[i, j - 1]));
            }
        }

        return d[a.Length, b.Length];
    }

    internal static double JaroWinkler(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0)
        {
            return a.Length == b.Length ? 1 : 0;
        }

        var window = Math.Max(0, (Math.Max(a.Length, b.Length) / 2) - 1);
        var partner = Enumerable.Repeat(-1, b.Length).ToArray();
        for (var i = 0; i < a.Length; i++)
        {
            var j = Enumerable.Range(0, b.Length).FirstOrDefault(j => partner[j] < 0 && a[i] == b[j] && Math.Abs(i - j) <= window, -1);
            if (j >= 0)
            {
                partner[j] = i;
            }
        }

        var matchedB = Enumerable.Range(0, b.Length).Where(j => partner[j] >= 0).ToList();
        var matchedA = matchedB.Select(j => partner[j]).Order().ToList();
        var m = (double)matchedB.Count;
        if (m == 0)
        {
            return 0;
        }

        var swapped = matchedA.Zip(matchedB).Count(p => a[p.First] != b[p.Second]);
        var jaro = ((m / a.Length) + (m / b.Length) + ((m - (swapped / 2)) / m)) / 3.0;
        var prefix = a.Zip(b).Take(4).TakeWhile(p => p.First == p.Second).Count();
        return jaro > 0.7 ? jaro + (0.1 * prefix * (1.0 - jaro)) : jaro;
    }

    internal static int TokenSet(string a, string b)
    {
        var (x, y) = (Words(a), Words(b));
        if (x.Count == 0 || y.Count == 0)
        {
            return 0;
        }

        var common = string.Join(' ', x.Intersect(y).Order(StringComparer.Ordinal));
        var left = (common + " " + string.Join(' ', x.Except(y).Order(StringComparer.Ordinal))).Trim(' ');
        var right = (common + " " + string.Join(' ', y.Except(x).Order(StringComparer.Ordinal))).Trim(' ');
        return Math.Max(Ratio(left, right), common.Length == 0 ? 0 : Math.Max(Ratio(common, left), Ratio(common, right)));
    }

    private static HashSet<string> Words(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var word = "";
        foreach (var c in text + " ")
        {
            if (!char.IsWhiteSpace(c))
            {
                word += c;
            }
            else if (word.Length > 0)
            {
                words.Add(word);
                word = "";
            }
        }

        return words;
    }

    private static int Ratio(string a, string b) => 1000 * (a.Length + b.Length - Indel(a, b)) / (a.Length + b.Length);
}
