using System.Runtime.InteropServices;
using Receivables.Sdk.Matching.Similarity;

namespace Receivables.Sdk.Matching;

/// <summary>How well a name fits a customer.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Likeness">0 to 1000.</param>
/// <param name="Weight">What the words they share are worth.</param>
/// <param name="IsWhole">Whether each has all words of the other to the letter, in any order; titles, particles and legal forms apart.</param>
internal readonly record struct NameHit(int Customer, int Likeness, int Weight, bool IsWhole = false);

/// <summary>A name of a customer, without its words.</summary>
/// <param name="Customer">Whose it is.</param>
/// <param name="FirstWord">Where its words start.</param>
/// <param name="Total">What its words are worth together.</param>
/// <param name="Length">How many characters its words have together.</param>
/// <param name="Characters">Which characters they have, as in <see cref="WordSketch"/>.</param>
/// <param name="Form">Its legal forms, written together.</param>
internal readonly record struct IndexedName(int Customer, int FirstWord, int Total, int Length, ulong Characters, string Form);

/// <summary>The names of the customers by their words, in flat arrays. Filled, sealed once, then read by many; <see cref="NameSearch"/> searches it.</summary>
internal sealed class NameIndex
{
    // A ledger of few customers says little about how rare a word is in the world: as if it had this many more.
    private const int Smoothing = 400;

    /// <summary>A word that more names share finds no candidates alone.</summary>
    internal const int CommonWord = 1000;

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];
    private readonly List<int> _counts = [];
    private readonly List<int> _wordsOf = [];
    private readonly List<IndexedName> _names = [];
    private readonly Dictionary<string, string> _formPool = new(StringComparer.Ordinal);
    private readonly List<int> _firstOfCustomer = [];
    private IndexedName[] _sealedNames = [];
    private int[] _sealedWords = [];
    private WordSketch[] _sketches = [];
    private int[] _weights = [];
    private int[] _firstPosting = [];
    private int[] _postings = [];
    private readonly Dictionary<int, ulong[]> _bits = [];
    private int[] _sorted = [];

    internal int Count { get; private set; }

    internal int WordCount => _words.Count;

    /// <summary>Adds a name of a customer; the names of one customer are added one after the other, those of the next after them.</summary>
    internal void Add(int customer, string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return;
        }

        Span<char> buffer = name.Length <= 200 ? stackalloc char[(name.Length * 2) + 2] : new char[(name.Length * 2) + 2];
        var folded = buffer[..CharacterFolding.FoldName(name, buffer)];
        Span<char> form = name.Length <= 200 ? stackalloc char[folded.Length] : new char[folded.Length];
        var (first, formLength) = (_wordsOf.Count, 0);
        foreach (var range in folded.Split(' '))
        {
            var word = folded[range];
            switch (NameSearch.KindOf(word, name.Length, range.End.Value == folded.Length))
            {
                case NameWord.Form:
                    word.CopyTo(form[formLength..]);
                    formLength += word.Length;
                    break;
                case NameWord.Word:
                    _wordsOf.Add(GetOrAdd(word));
                    break;
            }
        }

        if (_wordsOf.Count == first)
        {
            return;
        }

        var words = CollectionsMarshal.AsSpan(_wordsOf)[first..];
        for (var i = 0; i < words.Length; i++)
        {
            // Of a word that a name has twice one counts.
            _counts[words[i]] += words[..i].Contains(words[i]) ? 0 : 1;
        }

        while (_firstOfCustomer.Count <= customer)
        {
            _firstOfCustomer.Add(Count);
        }

        _names.Add(new IndexedName(customer, first, 0, 0, 0, Pooled(form[..formLength])));
        Count++;
    }

    /// <summary>Ends the filling: weights, postings and the order of the words are made.</summary>
    internal void Seal()
    {
        _names.Add(new IndexedName(-1, _wordsOf.Count, 0, 0, 0, ""));
        _firstOfCustomer.Add(Count);
        _weights = new int[_words.Count];
        _sketches = new WordSketch[_words.Count];
        _firstPosting = new int[_words.Count + 1];
        for (var w = 0; w < _words.Count; w++)
        {
            _weights[w] = Weigh(_words[w], _counts[w]);
            _sketches[w] = WordSketch.Of(_words[w]);
            _firstPosting[w + 1] = _firstPosting[w] + _counts[w];
        }

        _postings = new int[_firstPosting[^1]];
        _sealedWords = [.. _wordsOf];
        _sealedNames = [.. _names];
        var next = _firstPosting.AsSpan(0, _words.Count).ToArray();
        for (var name = 0; name < Count; name++)
        {
            var words = WordsOf(name);
            var (total, length, characters) = (0, 0, 0UL);
            for (var i = 0; i < words.Length; i++)
            {
                if (!words[..i].Contains(words[i]))
                {
                    _postings[next[words[i]]++] = name;
                }

                total += _weights[words[i]];
                length += _sketches[words[i]].Length;
                characters |= _sketches[words[i]].Characters;
            }

            _sealedNames[name] = _sealedNames[name] with { Total = total, Length = length, Characters = characters };
        }

        for (var w = 0; w < _words.Count; w++)
        {
            if (_counts[w] > CommonWord && _counts[w] >= Count / 32)
            {
                var bits = new ulong[(Count + 63) / 64];
                foreach (var name in NamesWith(w))
                {
                    bits[name / 64] |= 1UL << name;
                }

                _bits.Add(w, bits);
            }
        }

        _names.Clear();
        _names.TrimExcess();
        _wordsOf.Clear();
        _wordsOf.TrimExcess();
        _sorted = new int[_words.Count];
        for (var i = 0; i < _sorted.Length; i++)
        {
            _sorted[i] = i;
        }

        _sorted.AsSpan().Sort((a, b) => string.CompareOrdinal(_words[a], _words[b]));
    }

    /// <summary>A name by its number.</summary>
    internal ref readonly IndexedName Name(int name) => ref _sealedNames[name];

    internal ReadOnlySpan<int> WordsOf(int name) => _sealedWords.AsSpan(_sealedNames[name].FirstWord.._sealedNames[name + 1].FirstWord);

    /// <summary>Brings a name into the cache while other work is done.</summary>
    internal void Prefetch(int name) => CacheLine.Fetch(ref _sealedNames[name]);

    /// <summary>The same with its words.</summary>
    internal void PrefetchWords(int name) => CacheLine.Fetch(ref _sealedWords[_sealedNames[name].FirstWord]);

    internal ReadOnlySpan<int> NamesWith(int word) => _postings.AsSpan(_firstPosting[word].._firstPosting[word + 1]);

    /// <summary>The same as a bit for each name, for words that so many names have that the bits take less room than the list; else empty.</summary>
    internal ReadOnlySpan<ulong> BitsWith(int word) => _bits.TryGetValue(word, out var bits) ? bits : default;

    internal string Word(int word) => _words[word];

    internal WordSketch Sketch(int word) => _sketches[word];

    internal int WeightOf(int word) => _weights[word];

    /// <summary>The word's number, or a negative one.</summary>
    internal int Find(ReadOnlySpan<char> word) => _ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var id) ? id : -1;

    /// <summary>What a word is worth that this many names have.</summary>
    internal int Weigh(ReadOnlySpan<char> word, int count)
    {
        var rarity = Bits.Log2(Count + Smoothing, count + 1);
        var most = word.Length switch { 1 => Bits.One, 2 => 4 * Bits.One, _ => 12 * Bits.One };
        return Math.Min(most, LegalForms.IsCommon(word) ? Math.Min(rarity, 3 * Bits.One) : rarity);
    }

    /// <summary>The words that start as a word does, in order of their letters.</summary>
    internal ReadOnlySpan<int> StartingWith(ReadOnlySpan<char> prefix)
    {
        var first = LowerBound(prefix, isEnd: false);
        return _sorted.AsSpan(first, LowerBound(prefix, isEnd: true) - first);
    }

    /// <summary>The names of a customer: the first, and how many follow one another.</summary>
    internal (int First, int Count) NamesOf(int customer) =>
        customer + 1 < _firstOfCustomer.Count && _firstOfCustomer[customer] is var first && _sealedNames[first].Customer == customer ? (first, _firstOfCustomer[customer + 1] - first) : (0, 0);

    private int LowerBound(ReadOnlySpan<char> prefix, bool isEnd)
    {
        int low = 0, high = _sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            var word = _words[_sorted[middle]].AsSpan();
            var order = word[..Math.Min(word.Length, prefix.Length)].SequenceCompareTo(prefix);
            if (order < 0 || (isEnd && order == 0))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private int GetOrAdd(ReadOnlySpan<char> word)
    {
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_ids.GetAlternateLookup<ReadOnlySpan<char>>(), word, out var isKnown);
        if (!isKnown)
        {
            id = _words.Count;
            _words.Add(word.ToString());
            _counts.Add(0);
        }

        return id;
    }

    private string Pooled(ReadOnlySpan<char> form)
    {
        ref var pooled = ref CollectionsMarshal.GetValueRefOrAddDefault(_formPool.GetAlternateLookup<ReadOnlySpan<char>>(), form, out var isKnown);
        return isKnown ? pooled! : pooled = form.ToString();
    }
}
