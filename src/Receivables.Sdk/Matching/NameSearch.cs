using System.Numerics;
using Receivables.Sdk.Matching.Similarity;

namespace Receivables.Sdk.Matching;

/// <summary>What a word of a name is.</summary>
internal enum NameWord : byte
{
    /// <summary>A title, a particle, or nothing.</summary>
    None,

    /// <summary>A legal form.</summary>
    Form,

    /// <summary>A word that tells something.</summary>
    Word,
}

/// <summary>Searches names. One for each thread: it remembers the payers it was asked for last.</summary>
internal sealed class NameSearch(NameIndex names)
{
    // Legal forms are left out or confused often, but of two firms that differ in nothing else the one with the same form is meant.
    private const int OtherForm = 30;
    private const int OtherOrder = 70;
    private const int Remembered = 1024;
    private const int MostWords = 16;

    // How far names are fetched before they are compared.
    private const int Ahead = 8;

    private const int CommonWord = NameIndex.CommonWord;
    private const int MostCompared = 192;

    // So many names that share two common words are all dropped.
    private const int TooMany = 9 * MostCompared;

    // So like must two names be that have the same letters with other spaces.
    private const int LeastJoined = 900;

    private readonly (string? Name, NameHit[] Hits)[] _remembered = new (string?, NameHit[])[Math.Min(Remembered, 16 + names.Count)];
    private readonly int[]?[] _alikeOf = new int[]?[names.WordCount];
    private readonly Dictionary<string, int[]> _alike = new(StringComparer.Ordinal);
    private readonly List<int> _collected = [];
    private readonly int[] _shared = new int[names.Count];
    private int[] _found = new int[256];
    private int _foundCount;
    private int[] _shares = [];
    private readonly List<NameHit> _hits = [];
    private readonly AskedWord[] _asked = new AskedWord[MostWords];
    private char[] _text = new char[256];
    private string? _read;
    private int _count;
    private int _total;
    private int _length;
    private ulong _characters;
    private (int Start, int Length) _form;

    private struct AskedWord
    {
        internal int Start;
        internal int Length;
        internal int Id;
        internal int Weight;
        internal WordSketch Sketch;
    }

    /// <summary>What a folded word of a name is; a legal form that a field of fixed width cut off is one still, but does not say which.</summary>
    internal static NameWord KindOf(ReadOnlySpan<char> word, int nameLength, bool isLast)
    {
        if (word.IsEmpty || LegalForms.IsParticle(word) || (nameLength >= 26 && isLast && LegalForms.IsStartOfForm(word)))
        {
            return NameWord.None;
        }

        return LegalForms.IsForm(word) ? NameWord.Form : NameWord.Word;
    }

    /// <summary>The customers whose names are like a name, the likest first, then by customer; at most <paramref name="most"/>.</summary>
    internal ReadOnlySpan<NameHit> Search(string name, int most, int threshold = 500, bool isRemembered = true)
    {
        ref var known = ref _remembered[(uint)string.GetHashCode(name, StringComparison.Ordinal) % (uint)_remembered.Length];
        if (known.Name == name)
        {
            return known.Hits;
        }

        Read(name);
        _hits.Clear();
        if (_count > 0)
        {
            Collect();
            for (var i = 0; i < _foundCount; i++)
            {
                Fetch(i);
                Keep(Compare(_found[i]), threshold, most);
            }
        }

        if (!isRemembered)
        {
            return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_hits);
        }

        known = (name, _hits.Count == 0 ? [] : _hits.ToArray());
        return known.Hits;
    }

    /// <summary>Whether some name has a word of a text.</summary>
    internal bool KnowsWordOf(string text)
    {
        Read(text);
        foreach (ref readonly var asked in _asked.AsSpan(0, _count))
        {
            if (asked.Id >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How like a name is to the likest name of one customer.</summary>
    internal NameHit Compare(string name, int customer)
    {
        Read(name);
        var best = new NameHit(customer, 0, 0);
        var (first, count) = names.NamesOf(customer);
        for (var i = first; i < first + count && _count > 0; i++)
        {
            var hit = Compare(i);
            best = hit.Likeness > best.Likeness ? hit : best;
        }

        return best;
    }

    /// <summary>What <see cref="Compare(string, int)"/> gives for a customer's only name as it stands in the ledger; null where that must be compared.</summary>
    internal NameHit? CompareOwn(int customer)
    {
        var (first, count) = names.NamesOf(customer);
        return count == 1 && names.Name(first).Total is var total and > 0 && names.WordsOf(first).Length <= MostWords ? new NameHit(customer, 1000, total, IsWhole: true) : null;
    }

    // The names that come next lie anywhere: first they are fetched, then their words.
    private void Fetch(int at)
    {
        if (at + Ahead < _foundCount)
        {
            names.Prefetch(_found[at + Ahead]);
            names.PrefetchWords(_found[at + (Ahead / 2)]);
        }
    }

    // The likest customers so far in order, each by its likest name.
    private void Keep(NameHit hit, int threshold, int most)
    {
        if (hit.Likeness < threshold || (_hits.Count == most && IsBefore(_hits[^1], hit)))
        {
            return;
        }

        var known = 0;
        while (known < _hits.Count && _hits[known].Customer != hit.Customer)
        {
            known++;
        }

        if (known < _hits.Count)
        {
            if (hit.Likeness < _hits[known].Likeness || (hit.Likeness == _hits[known].Likeness && hit.Weight <= _hits[known].Weight))
            {
                return;
            }

            _hits.RemoveAt(known);
        }

        var at = _hits.Count;
        while (at > 0 && IsBefore(hit, _hits[at - 1]))
        {
            at--;
        }

        _hits.Insert(at, hit);
        if (_hits.Count > most)
        {
            _hits.RemoveAt(most);
        }
    }

    private static bool IsBefore(in NameHit a, in NameHit b) => a.Likeness != b.Likeness ? a.Likeness > b.Likeness : a.Customer < b.Customer;

    private void Read(string name)
    {
        if (ReferenceEquals(_read, name))
        {
            return;
        }

        _read = name;
        (_count, _total, _length, _characters, _form) = (0, 0, 0, 0, default);
        if (_text.Length < (name.Length * 3) + 2)
        {
            _text = new char[(name.Length * 3) + 2];
        }

        var length = CharacterFolding.FoldName(name, _text);
        var folded = _text.AsSpan(0, length);
        var form = length;
        foreach (var range in ((ReadOnlySpan<char>)folded).Split(' '))
        {
            var word = folded[range];
            switch (KindOf(word, name.Length, range.End.Value == length))
            {
                case NameWord.Form:
                    word.CopyTo(_text.AsSpan(form));
                    form += word.Length;
                    break;
                case NameWord.Word when _count < MostWords:
                    var id = names.Find(word);
                    var weight = id >= 0 ? names.WeightOf(id) : names.Weigh(word, 0);
                    var sketch = id >= 0 ? names.Sketch(id) : WordSketch.Of(word);
                    _asked[_count++] = new AskedWord { Start = range.Start.Value, Length = word.Length, Id = id, Weight = weight, Sketch = sketch };
                    _total += weight;
                    _length += word.Length;
                    _characters |= sketch.Characters;
                    break;
            }
        }

        _form = (length, form - length);
    }

    // The names that share the most of what the words asked for are worth: rare words find them, of common words two together.
    private void Collect()
    {
        _foundCount = 0;
        for (var i = 0; i < _count; i++)
        {
            ref var word = ref _asked[i];
            if (word.Id >= 0 && names.NamesWith(word.Id) is var with && (with.Length <= CommonWord || (_count == 1 && with.Length <= 20 * CommonWord)))
            {
                Count(with, word.Weight);
            }

            foreach (var other in Alike(word))
            {
                if (other != word.Id)
                {
                    Count(names.NamesWith(other), Math.Min(word.Weight, names.WeightOf(other)) * 4 / 5);
                }
            }
        }

        if (_foundCount == 0)
        {
            CollectCommon();
        }

        var most = 0;
        foreach (var name in _found.AsSpan(0, _foundCount))
        {
            most = Math.Max(most, _shared[name]);
        }

        var least = most / 2;
        if (_foundCount > MostCompared)
        {
            // Of very many only those that share the most; all that share as much as the last of these, so that no order decides.
            Drop(least + 1);
            if (_foundCount > MostCompared)
            {
                _shares = _shares.Length < _foundCount ? new int[_found.Length] : _shares;
                var shares = _shares.AsSpan(0, _foundCount);
                for (var i = 0; i < shares.Length; i++)
                {
                    shares[i] = _shared[_found[i]];
                }

                shares.Sort();
                least = shares[^MostCompared];
                var same = shares.Length - shares.BinarySearch(least);
                least = same > 4 * MostCompared ? least + 1 : least;
            }
        }

        Drop(least);
        foreach (var name in _found.AsSpan(0, _foundCount))
        {
            _shared[name] = 0;
        }
    }

    // Those that share less.
    private void Drop(int least)
    {
        var kept = 0;
        foreach (var name in _found.AsSpan(0, _foundCount))
        {
            if (_shared[name] >= least)
            {
                _found[kept++] = name;
            }
            else
            {
                _shared[name] = 0;
            }
        }

        _foundCount = kept;
    }

    private void Count(ReadOnlySpan<int> with, int weight)
    {
        if (_found.Length < _foundCount + with.Length)
        {
            Array.Resize(ref _found, Math.Max(_foundCount + with.Length, _found.Length * 2));
        }

        weight = Math.Max(1, weight);
        var (shared, found, count) = (_shared, _found, _foundCount);
        foreach (var name in with)
        {
            // Written in any case, kept where it is new.
            found[count] = name;
            count += shared[name] == 0 ? 1 : 0;
            shared[name] += weight;
        }

        _foundCount = count;
    }

    // The two rarest of the words that very many names have, where no rare word is known: the names that have both.
    private void CollectCommon()
    {
        int a = -1, b = -1;
        for (var i = 0; i < _count; i++)
        {
            var id = _asked[i].Id;
            if (id < 0 || id == a || id == b)
            {
                continue;
            }

            if (a < 0 || names.NamesWith(id).Length < names.NamesWith(a).Length)
            {
                (a, b) = (id, a);
            }
            else if (b < 0 || names.NamesWith(id).Length < names.NamesWith(b).Length)
            {
                b = id;
            }
        }

        if (b < 0)
        {
            return;
        }

        var left = names.NamesWith(a);
        var right = names.NamesWith(b);
        var bits = names.BitsWith(b);
        if (_found.Length <= TooMany)
        {
            Array.Resize(ref _found, TooMany + 1);
        }

        for (int i = 0, j = 0; i < left.Length && _foundCount <= TooMany; i++)
        {
            var name = left[i];
            if (bits.IsEmpty)
            {
                while (j < right.Length && right[j] < name)
                {
                    j++;
                }
            }

            if (bits.IsEmpty ? j < right.Length && right[j] == name : (bits[name / 64] >> name & 1) != 0)
            {
                _found[_foundCount++] = name;
                _shared[name] = 1;
            }
        }
    }

    // The ledger's words that a word may mean: with one error, shortened or cut. Words come back, so they are remembered.
    private int[] Alike(in AskedWord asked)
    {
        if (asked.Length < 3)
        {
            return [];
        }

        var word = _text.AsSpan(asked.Start, asked.Length);
        if (asked.Id >= 0)
        {
            return _alikeOf[asked.Id] ??= FindAlike(word, asked.Sketch);
        }

        var lookup = _alike.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(word, out var known))
        {
            return known;
        }

        if (_alike.Count >= 4 * Remembered)
        {
            _alike.Clear();
        }

        return lookup[word] = FindAlike(word, asked.Sketch);
    }

    private int[] FindAlike(ReadOnlySpan<char> word, WordSketch sketch)
    {
        _collected.Clear();
        var starting = names.StartingWith(word[..3]);
        if (starting.Length <= 2 * CommonWord)
        {
            foreach (var other in starting)
            {
                if (TokenSimilarity.CanBeAlike(sketch, names.Sketch(other)) && names.NamesWith(other).Length <= CommonWord / 5 && TokenSimilarity.Compare(word, names.Word(other)) > 0)
                {
                    _collected.Add(other);
                }
            }
        }

        return _collected.Count == 0 ? [] : _collected.ToArray();
    }

    private NameHit Compare(int name)
    {
        var words = names.WordsOf(name);
        Span<bool> used = words.Length <= 64 ? stackalloc bool[words.Length] : new bool[words.Length];
        used.Clear();
        ref readonly var its = ref names.Name(name);
        var total = its.Total;
        var shared = 0;
        var previous = -1;
        var isOrdered = true;
        var equal = 0;
        foreach (ref readonly var asked in _asked.AsSpan(0, _count))
        {
            var at = Unused(words, used, asked.Id);
            var best = at >= 0 ? 1000 : 0;
            equal += at >= 0 ? 1 : 0;
            for (var j = 0; j < words.Length && best < 1000; j++)
            {
                if (used[j])
                {
                    continue;
                }

                var q = TokenSimilarity.CanBeAlike(asked.Sketch, names.Sketch(words[j])) ? TokenSimilarity.Compare(_text.AsSpan(asked.Start, asked.Length), names.Word(words[j])) : 0;
                if (q > best)
                {
                    (best, at) = (q, j);
                }
            }

            if (at >= 0)
            {
                used[at] = true;
                isOrdered &= at > previous;
                previous = at;
                shared += (int)((long)Math.Min(asked.Weight, names.WeightOf(words[at])) * best / 1000);
            }
        }

        var likeness = (int)(2000L * shared / Math.Max(1, _total + total));
        // A name that was cut, or lacks a part of the ledger's, still has all it has in common.
        var contained = (int)(1000L * shared / Math.Max(1, Math.Min(_total, total)));
        likeness = Math.Max(likeness, shared >= 8 * Bits.One ? contained * 85 / 100 : contained * 60 / 100);
        likeness -= isOrdered ? 0 : OtherOrder;
        var isWhole = equal == _count && equal == words.Length;
        if (likeness < 980)
        {
            var joined = Joined(words, its, ref shared);
            isWhole |= joined >= 980;
            likeness = Math.Max(likeness, joined);
        }

        var form = _text.AsSpan(_form.Start, _form.Length);
        var theirs = its.Form.AsSpan();
        likeness = Math.Min(1000, likeness);
        return new NameHit(its.Customer, form.Length > 0 && theirs.Length > 0 && !theirs.StartsWith(form) ? likeness - OtherForm : likeness, shared, isWhole);
    }

    private static int Unused(ReadOnlySpan<int> words, ReadOnlySpan<bool> used, int id)
    {
        for (var j = 0; j < words.Length && id >= 0; j++)
        {
            if (words[j] == id && !used[j])
            {
                return j;
            }
        }

        return -1;
    }

    // The same letters with other spaces: HUNTERDOUGLAS and HUNTER DOUGLAS.
    private int Joined(ReadOnlySpan<int> words, in IndexedName its, ref int shared)
    {
        // Each character that only one of them has must be inserted or deleted, and so must what one is longer than the other.
        var (both, apart) = (_length + its.Length, Math.Max(Math.Abs(_length - its.Length), BitOperations.PopCount(_characters ^ its.Characters)));
        if (Math.Min(_length, its.Length) < 6 || 1000 * (both - apart) / both < LeastJoined)
        {
            return 0;
        }

        Span<char> left = stackalloc char[128];
        Span<char> right = stackalloc char[128];
        int l = 0, r = 0;
        foreach (ref readonly var asked in _asked.AsSpan(0, _count))
        {
            if (l + asked.Length > left.Length)
            {
                return 0;
            }

            _text.AsSpan(asked.Start, asked.Length).CopyTo(left[l..]);
            l += asked.Length;
        }

        foreach (var word in words)
        {
            var text = names.Word(word);
            if (r + text.Length > right.Length)
            {
                return 0;
            }

            text.CopyTo(right[r..]);
            r += text.Length;
        }

        if (Math.Min(l, r) < 6 || Math.Abs(l - r) * 5 > Math.Max(l, r))
        {
            return 0;
        }

        var ratio = Indel.Ratio(left[..l], right[..r]);
        if (ratio < LeastJoined)
        {
            return 0;
        }

        shared = Math.Max(shared, (int)((long)its.Total * (ratio - 500) / 500));
        return ratio == 1000 ? 980 : ratio - 50;
    }
}
