using System.Buffers;

namespace Receivables.Sdk.Matching.Similarity;

/// <summary>How alike the names of two firms or people are, however they were abbreviated, reordered, joined or misspelt.</summary>
/// <remarks>
/// <para>Names are folded (ä, ae and a are the same; Cyrillic and Greek in Latin letters), legal forms of some sixty countries and particles are taken off, numbers in words and Roman numbers become digits, Chinese,
/// Japanese and Korean names lose place and form. The words left are paired: equal, one the start of the other, abbreviated, misspelt, several for one joined, a word for initials. What is unpaired on both sides
/// counts most against, what one side has more counts a third, since names are cut and shortened; common words count half. Another legal form costs a little.</para>
/// <para>Weights were set on public pairs, see docs/matching.md. Made once for a name and then compared with many. Immutable and safe to share between threads; the numbers are the same on every machine.</para>
/// </remarks>
public sealed class NameComparison
{
    private const int OtherForm = 60;
    private const int OtherOrder = 40;
    private const int MostMerged = 5;

    // A word of a pair costs more where the other side has one unpaired, too.
    private const int BothSides = 1150;
    private const int OneSide = 300;

    private readonly NameParts _name;

    /// <summary>Makes a name ready.</summary>
    /// <param name="name">The name; null or white space is like nothing.</param>
    public NameComparison(string? name) => _name = NameParts.Of(name);

    /// <summary>How alike another name is.</summary>
    /// <param name="other">The other name.</param>
    /// <returns>0 to 1000. From about 700 on it is rather the same than another; from about 800 on nearly surely.</returns>
    public int Likeness(string? other) => Likeness(NameParts.Of(other));

    /// <summary>How alike another name is.</summary>
    /// <param name="other">The other name.</param>
    /// <returns>0 to 1000.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public int Likeness(NameComparison other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Likeness(other._name);
    }

    /// <summary>How alike two names are.</summary>
    /// <param name="a">One name.</param>
    /// <param name="b">The other.</param>
    /// <returns>0 to 1000.</returns>
    public static int Likeness(string? a, string? b) => new NameComparison(a).Likeness(b);

    private int Likeness(NameParts other)
    {
        // In one order whichever name is asked, so that both ways give the same.
        var (a, b) = string.CompareOrdinal(_name.Spelled, other.Spelled) <= 0 ? (_name, other) : (other, _name);
        if (a.Words.Length == 0 || b.Words.Length == 0)
        {
            return 0;
        }

        var penalty = a.Group.Length > 0 && b.Group.Length > 0 && a.Group != b.Group ? OtherForm : 0;
        if (a.Letters == b.Letters || a.Spelled == b.Spelled)
        {
            return 1000 - penalty;
        }

        var (shared, isOrdered) = Pair(a, b);
        var left = Math.Max(0, Sum(a.Weights) - shared);
        var right = Math.Max(0, Sum(b.Weights) - shared);
        var (less, more) = (Math.Min(left, right), Math.Max(left, right));
        var cost = ((BothSides * less) + (OneSide * (more - less))) / 1000;
        var words = (1000 * shared / Math.Max(1, shared + cost)) - (isOrdered ? 0 : OtherOrder);
        var letters = Indel.Ratio(a.Letters, b.Letters);
        var likeness = ((9 * words) + letters) / 10;
        // The same letters but for an error, with other spaces. A word for a word that is another is no error, nor is another number.
        if (less < 400 && letters >= 900 && Math.Min(a.Letters.Length, b.Letters.Length) >= 6 && HasSameDigits(a.Letters, b.Letters))
        {
            likeness = Math.Max(likeness, letters - 20);
        }

        return Math.Max(0, likeness - penalty);
    }

    // The best pair first; equals by their places, so that nothing is left to chance.
    private static (int Shared, bool IsOrdered) Pair(NameParts a, NameParts b)
    {
        var rented = ArrayPool<WordPair>.Shared.Rent(a.Words.Length * b.Words.Length * ((2 * MostMerged) - 1));
        var count = 0;
        for (var i = 0; i < a.Words.Length; i++)
        {
            for (var j = 0; j < b.Words.Length; j++)
            {
                var likeness = Math.Max(TokenSimilarity.Compare(a.Words[i], b.Words[j]), TokenSimilarity.Misspelt(a.Words[i], b.Words[j]));
                if (likeness > 0)
                {
                    rented[count++] = new WordPair(Math.Min(a.Weights[i], b.Weights[j]) * likeness / 1000, i, 1, j, 1);
                }

                AddMerged(rented, ref count, a, i, b, j, isSwapped: false);
                AddMerged(rented, ref count, b, j, a, i, isSwapped: true);
            }
        }

        var pairs = rented.AsSpan(0, count);
        pairs.Sort();
        var (chosen, shared) = (0, 0);
        for (var i = 0; i < pairs.Length; i++)
        {
            // Those chosen come to stand before the others.
            if (!OverlapsAny(pairs[..chosen], pairs[i]))
            {
                shared += pairs[i].Gain;
                pairs[chosen++] = pairs[i];
            }
        }

        pairs[..chosen].Sort(static (x, y) => x.Left.CompareTo(y.Left));
        var isOrdered = true;
        for (var i = 1; i < chosen; i++)
        {
            isOrdered &= pairs[i].Right > pairs[i - 1].Right;
        }

        ArrayPool<WordPair>.Shared.Return(rented);
        return (shared, isOrdered);
    }

    private static bool OverlapsAny(ReadOnlySpan<WordPair> chosen, in WordPair pair)
    {
        foreach (ref readonly var other in chosen)
        {
            if (pair.Overlaps(other))
            {
                return true;
            }
        }

        return false;
    }

    // One word of one name for several of the other: VANDERBILT and VAN DER BILT, IBM and what it stands for.
    private static void AddMerged(WordPair[] pairs, ref int count, NameParts one, int i, NameParts several, int j, bool isSwapped)
    {
        var word = one.Words[i];
        var length = several.Words[j].Length;
        var weight = several.Weights[j];
        for (var n = 2; n <= MostMerged && j + n <= several.Words.Length; n++)
        {
            length += several.Words[j + n - 1].Length;
            weight += several.Weights[j + n - 1];
            var likeness = length >= 4 && Math.Abs(length - word.Length) <= 1 ? LikenessOfJoined(word, several.Words.AsSpan(j, n), length) : 0;
            likeness = likeness == 0 && (n >= 3 || n == several.Words.Length) && HasInitials(word, several.Words.AsSpan(j, n)) ? n >= 3 ? 850 : 750 : likeness;
            if (likeness > 0)
            {
                var gain = likeness * (weight + one.Weights[i]) / 2000;
                pairs[count++] = isSwapped ? new WordPair(gain, j, n, i, 1) : new WordPair(gain, i, 1, j, n);
            }
        }
    }

    private static int LikenessOfJoined(string word, ReadOnlySpan<string> words, int length)
    {
        Span<char> joined = length <= 256 ? stackalloc char[length] : new char[length];
        var at = 0;
        foreach (var part in words)
        {
            part.CopyTo(joined[at..]);
            at += part.Length;
        }

        return joined.SequenceEqual(word) ? 1000 : length >= 7 && Levenshtein.Distance(joined, word, 1) <= 1 ? 900 : 0;
    }

    private static bool HasInitials(string word, ReadOnlySpan<string> words)
    {
        if (word.Length != words.Length)
        {
            return false;
        }

        for (var i = 0; i < words.Length; i++)
        {
            if (words[i][0] != word[i])
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasSameDigits(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        for (; ; a = a[1..], b = b[1..])
        {
            var (x, y) = (a.IndexOfAnyInRange('0', '9'), b.IndexOfAnyInRange('0', '9'));
            if (x < 0 || y < 0)
            {
                return x == y;
            }

            a = a[x..];
            b = b[y..];
            if (a[0] != b[0])
            {
                return false;
            }
        }
    }

    private static int Sum(int[] weights)
    {
        var sum = 0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        return sum;
    }

    /// <summary>Words of one name for words of the other.</summary>
    /// <param name="Gain">What they share.</param>
    /// <param name="Left">The first word of the one.</param>
    /// <param name="LeftCount">How many.</param>
    /// <param name="Right">The first word of the other.</param>
    /// <param name="RightCount">How many.</param>
    private readonly record struct WordPair(int Gain, int Left, int LeftCount, int Right, int RightCount) : IComparable<WordPair>
    {
        public int CompareTo(WordPair other) =>
            Gain != other.Gain ? other.Gain.CompareTo(Gain)
            : (Left, LeftCount, Right, RightCount).CompareTo((other.Left, other.LeftCount, other.Right, other.RightCount));

        internal bool Overlaps(WordPair other) =>
            (Left < other.Left + other.LeftCount && other.Left < Left + LeftCount) || (Right < other.Right + other.RightCount && other.Right < Right + RightCount);
    }
}
