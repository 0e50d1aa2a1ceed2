using System.Runtime.InteropServices;
using Receivables.Sdk.Matching.Similarity;

namespace Receivables.Sdk.Matching;

/// <summary>A name as words, with what each is worth.</summary>
/// <param name="Words">The words without legal forms.</param>
/// <param name="Form">The legal forms, joined.</param>
/// <param name="Weights">What each word is worth.</param>
/// <param name="Total">What all are worth.</param>
internal readonly record struct NameTokens(string[] Words, string Form, int[] Weights, int Total)
{
    internal bool IsEmpty => Words is null || Words.Length == 0;
}

/// <summary>How well a name fits a customer.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Likeness">0 to 1000.</param>
/// <param name="Weight">What the words they share are worth.</param>
/// <param name="Total">What all words of the name asked for are worth.</param>
internal readonly record struct NameHit(int Customer, int Likeness, int Weight, int Total);

/// <summary>The names of the customers by their words. Written by one thread, read by many once writing has ended.</summary>
internal sealed class NameIndex
{
    // A ledger of few customers says little about how rare a word is in the world: as if it had this many more.
    private const int Smoothing = 400;

    // Legal forms are left out or confused often, but of two firms that differ in nothing else the one with the same form is meant.
    private const int OtherForm = 30;

    private const int OtherOrder = 70;

    private readonly Dictionary<string, List<int>> _postings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _prefixes = new(StringComparer.Ordinal);
    private readonly List<(int Customer, string[] Words, string Form)> _names = [];

    internal int Count => _names.Count;

    internal void Add(int customer, string? name)
    {
        var (words, form) = Split(name);
        if (words.Length == 0)
        {
            return;
        }

        var id = _names.Count;
        _names.Add((customer, words, form));
        foreach (var word in words.Distinct(StringComparer.Ordinal))
        {
            ref var posting = ref CollectionsMarshal.GetValueRefOrAddDefault(_postings, word, out var isKnown);
            (posting ??= []).Add(id);
            if (!isKnown && word.Length >= 3)
            {
                ref var prefix = ref CollectionsMarshal.GetValueRefOrAddDefault(_prefixes, word[..3], out _);
                (prefix ??= []).Add(word);
            }
        }
    }

    /// <summary>The words of a name without its legal forms, and these.</summary>
    internal static (string[] Words, string Form) Split(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return ([], "");
        }

        Span<char> buffer = name.Length <= 200 ? stackalloc char[(name.Length * 2) + 2] : new char[(name.Length * 2) + 2];
        var folded = buffer[..CharacterFolding.FoldName(name, buffer)];
        var words = new List<string>();
        var form = "";
        foreach (var range in folded.Split(' '))
        {
            var word = folded[range];
            // A legal form that a field of fixed width cut off is one still.
            var isCutForm = name.Length >= 26 && range.End.Value == folded.Length && LegalForms.IsStartOfForm(word);
            if (!word.IsEmpty && (LegalForms.IsForm(word) || isCutForm))
            {
                form += LegalForms.IsParticle(word) || isCutForm ? "" : word.ToString();
            }
            else if (!word.IsEmpty)
            {
                words.Add(word.ToString());
            }
        }

        return ([.. words], form);
    }

    internal NameTokens Weigh(string? name)
    {
        var (words, form) = Split(name);
        var weights = new int[words.Length];
        var total = 0;
        for (var i = 0; i < words.Length; i++)
        {
            total += weights[i] = WeighWord(words[i]);
        }

        return new NameTokens(words, form, weights, total);
    }

    private int WeighWord(string word)
    {
        var count = _postings.TryGetValue(word, out var posting) ? posting.Count : 0;
        var rarity = Bits.Log2(_names.Count + Smoothing, count + 1);
        var most = word.Length switch { 1 => Bits.One, 2 => 4 * Bits.One, _ => 12 * Bits.One };
        return Math.Min(most, LegalForms.IsCommon(word) ? Math.Min(rarity, 3 * Bits.One) : rarity);
    }

    /// <summary>The customers whose names are like a name, the likest first, then by customer; at most <paramref name="most"/>.</summary>
    internal List<NameHit> Search(string? name, int most, int threshold = 500)
    {
        var hits = new List<NameHit>();
        var asked = Weigh(name);
        if (asked.IsEmpty)
        {
            return hits;
        }

        var best = new Dictionary<int, NameHit>();
        foreach (var id in Candidates(asked))
        {
            var (customer, words, form) = _names[id];
            var hit = Compare(asked, words, customer);
            if (asked.Form.Length > 0 && form.Length > 0 && asked.Form != form && !form.StartsWith(asked.Form, StringComparison.Ordinal))
            {
                hit = hit with { Likeness = hit.Likeness - OtherForm };
            }

            if (hit.Likeness >= threshold && (!best.TryGetValue(customer, out var known) || known.Likeness < hit.Likeness))
            {
                best[customer] = hit;
            }
        }

        hits.AddRange(best.Values);
        hits.Sort(static (a, b) => b.Likeness != a.Likeness ? b.Likeness.CompareTo(a.Likeness) : a.Customer.CompareTo(b.Customer));
        if (hits.Count > most)
        {
            hits.RemoveRange(most, hits.Count - most);
        }

        return hits;
    }

    /// <summary>How like a name is to any of the names given for a customer.</summary>
    internal NameHit Compare(NameTokens asked, string[] words, int customer)
    {
        Span<int> weights = words.Length <= 64 ? stackalloc int[words.Length] : new int[words.Length];
        Span<bool> used = words.Length <= 64 ? stackalloc bool[words.Length] : new bool[words.Length];
        used.Clear();
        var total = 0;
        for (var i = 0; i < words.Length; i++)
        {
            total += weights[i] = WeighWord(words[i]);
        }

        var shared = 0;
        var previous = -1;
        var isOrdered = true;
        for (var i = 0; i < asked.Words.Length; i++)
        {
            int best = 0, at = -1;
            for (var j = 0; j < words.Length; j++)
            {
                if (!used[j] && TokenSimilarity.Compare(asked.Words[i], words[j]) is var q && q > best)
                {
                    (best, at) = (q, j);
                }
            }

            if (at >= 0)
            {
                used[at] = true;
                isOrdered &= at > previous;
                previous = at;
                shared += (int)((long)Math.Min(asked.Weights[i], weights[at]) * best / 1000);
            }
        }

        var likeness = (int)(2000L * shared / Math.Max(1, asked.Total + total));
        // A name that was cut, or lacks a part of the ledger's, still has all it has in common.
        var contained = (int)(1000L * shared / Math.Max(1, Math.Min(asked.Total, total)));
        likeness = Math.Max(likeness, shared >= 8 * Bits.One ? contained * 85 / 100 : contained * 60 / 100);
        likeness -= isOrdered ? 0 : OtherOrder;
        likeness = Math.Max(likeness, Joined(asked.Words, words, ref shared, total));
        return new NameHit(customer, Math.Min(1000, likeness), shared, asked.Total);
    }

    // The same letters with other spaces: HUNTERDOUGLAS and HUNTER DOUGLAS.
    private static int Joined(string[] a, string[] b, ref int shared, int total)
    {
        var left = string.Concat(a);
        var right = string.Concat(b);
        if (Math.Min(left.Length, right.Length) < 6 || Math.Abs(left.Length - right.Length) * 5 > Math.Max(left.Length, right.Length))
        {
            return 0;
        }

        var ratio = Indel.Ratio(left, right);
        if (ratio < 900)
        {
            return 0;
        }

        shared = Math.Max(shared, (int)((long)total * (ratio - 500) / 500));
        return ratio == 1000 ? 980 : ratio - 50;
    }

    private SortedSet<int> Candidates(NameTokens asked)
    {
        var found = new SortedSet<int>();
        for (var i = 0; i < asked.Words.Length; i++)
        {
            var word = asked.Words[i];
            if (_postings.TryGetValue(word, out var posting))
            {
                // A word that very many share tells nothing: the others must find the name.
                if (posting.Count <= 1000 || asked.Words.Length == 1)
                {
                    foreach (var id in posting.Count <= 20_000 ? posting : [])
                    {
                        found.Add(id);
                    }
                }
            }

            if (word.Length >= 3 && _prefixes.TryGetValue(word[..3], out var alike) && alike.Count <= 2000)
            {
                foreach (var other in alike)
                {
                    if (other != word && (TokenSimilarity.Compare(word, other) > 0 || (word.Length > other.Length && word.StartsWith(other, StringComparison.Ordinal)))
                        && _postings[other] is { Count: <= 200 } near)
                    {
                        found.UnionWith(near);
                    }
                }
            }
        }

        return found;
    }
}
