using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.Matching.Similarity;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Matching.Similarity;

public class SimilarityLaws
{
    // Few different characters, so that much is in common; some of every kind of Unicode, halves of surrogate pairs too.
    private static readonly Gen<char> Characters = Gen.Frequency(
        (12, Gen.Elements("ABCDE AB ".ToCharArray())),
        (3, Gen.Elements("äßЖ中한\u0301\uD83D\uDE00\uFFFF\u0000\u007F\u0080".ToCharArray())),
        (1, Gen.Choose(0, char.MaxValue).Select(c => (char)c)));

    private static readonly Gen<string> Texts =
        from length in Gen.Frequency((8, Gen.Choose(0, 20)), (4, Gen.Choose(21, 70)), (1, Gen.Choose(71, 300)))
        from characters in Gen.ArrayOf(Characters, length)
        select new string(characters);

    // A second text that is often the first with some edits.
    private static readonly Gen<(string A, string B)> Pairs =
        from a in Texts
        from b in Gen.Frequency((1, Texts), (2, Edited(a)))
        select (a, b);

    private static Gen<string> Edited(string text) =>
        from count in Gen.Choose(0, 5)
        from edits in Gen.ArrayOf(Gen.Choose(0, 2).SelectMany(k => Gen.Choose(0, 400).SelectMany(p => Characters.Select(c => (Kind: k, Place: p, Char: c)))), count)
        select edits.Aggregate(text, (t, e) => e.Kind switch
        {
            0 => t.Insert(e.Place % (t.Length + 1), e.Char.ToString()),
            1 when t.Length > 0 => t.Remove(e.Place % t.Length, 1),
            _ when t.Length > 0 => t.Remove(e.Place % t.Length, 1).Insert(e.Place % t.Length, e.Char.ToString()),
            _ => t,
        });

    [Fact]
    public void Distances_are_the_textbook_s() => Law.ForAll(
        Pairs.SelectMany(p => Gen.Choose(0, 12).Select(most => (p.A, p.B, Most: most))),
        x =>
        {
            var (a, b, most) = x;
            var (levenshtein, indel) = (PlainMeasures.Levenshtein(a, b), PlainMeasures.Indel(a, b));
            Assert.Equal(levenshtein, Levenshtein.Distance(a, b));
            Assert.Equal(Math.Min(levenshtein, most + 1), Levenshtein.Distance(a, b, most));
            Assert.Equal(indel, Indel.Distance(a, b));
            Assert.Equal(Math.Min(indel, most + 1), Indel.Distance(a, b, most));
            var prepared = new PreparedText(a);
            Assert.Equal(levenshtein, prepared.Levenshtein(b));
            Assert.Equal(Math.Min(levenshtein, most + 1), prepared.Levenshtein(b, most));
            Assert.Equal(indel, prepared.Indel(b));
            Assert.Equal(Math.Min(indel, most + 1), prepared.Indel(b, most));
        },
        cases: 500);

    [Fact]
    public void Similarities_are_the_textbook_s() => Law.ForAll(
        Pairs,
        x =>
        {
            var similarity = PlainMeasures.JaroWinkler(x.A, x.B);
            Assert.Equal(similarity, JaroWinkler.Similarity(x.A, x.B), 12);
            var prepared = new PreparedText(x.B);
            Assert.Equal(PlainMeasures.JaroWinkler(x.A, x.B), prepared.JaroWinkler(x.A), 12);
            var cut = prepared.JaroWinkler(x.A, 0.8);
            Assert.Equal(cut == 0.0 ? 0.0 : similarity, cut, 12);
            Assert.True(cut > 0.0 || similarity < 0.8 + 1e-12);
            Assert.Equal(PlainMeasures.TokenSet(x.A, x.B), TokenSet.Ratio(x.A, x.B));
        },
        cases: 500);

    [Fact]
    public void One_to_many_is_one_to_one_many_times() => Law.ForAll(
        from texts in Gen.ListOf(Texts, 40)
        from query in Gen.Frequency((3, Gen.Elements(texts.ToArray()).SelectMany(Edited)), (1, Texts))
        select (Texts: texts.ToList(), Query: query),
        x =>
        {
            var set = new TextSet(x.Texts);
            var distances = new int[set.Count];
            set.Levenshtein(x.Query, distances);
            Assert.Equal(set.Order.Select(i => PlainMeasures.Levenshtein(x.Query, x.Texts[i])), distances);
            set.Indel(x.Query, distances);
            Assert.Equal(set.Order.Select(i => PlainMeasures.Indel(x.Query, x.Texts[i])), distances);
            Assert.Equal(Enumerable.Range(0, x.Texts.Count), set.Order.Order());
        });

    [Fact]
    public void A_search_misses_nothing_and_finds_nothing_else() => Law.ForAll(
        from texts in Gen.ListOf(Texts, 60)
        from query in Gen.Frequency((4, Gen.Elements(texts.ToArray()).SelectMany(Edited)), (1, Texts))
        from least in Gen.Frequency((2, Gen.Constant(850)), (1, Gen.Choose(1, 1000)))
        select (Texts: texts.ToList(), Query: query, Least: least),
        x =>
        {
            var wanted =
                from i in Enumerable.Range(0, x.Texts.Count)
                let longer = Math.Max(x.Query.Length, x.Texts[i].Length)
                let distance = PlainMeasures.Levenshtein(x.Query, x.Texts[i])
                where (longer - distance) * 1000 >= x.Least * longer && (longer > 0 || x.Query.Length == 0)
                let likeness = longer == 0 ? 1000 : (longer - distance) * 1000 / longer
                orderby likeness descending, i
                select new TextHit(i, distance, likeness);
            Assert.Equal(wanted, new TextSearch(x.Texts).Find(x.Query, x.Least));
        });

    [Fact]
    public void Every_width_of_registers_gives_the_same()
    {
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ";
        var random = new Random(7);
        var texts = Enumerable.Range(0, 200).Select(_ => new string([.. Enumerable.Range(0, random.Next(0, 60)).Select(_ => alphabet[random.Next(alphabet.Length)])])).ToList();
        var set = new TextSet(texts);
        foreach (var length in new[] { 1, 7, 31, 32, 33, 64, 65 })
        {
            var query = new string([.. Enumerable.Range(0, length).Select(_ => alphabet[random.Next(8)])]);
            var distances = new int[set.Count];
            set.Levenshtein(query, distances);
            Assert.Equal(set.Order.Select(i => PlainMeasures.Levenshtein(query, texts[i])), distances);
            set.Indel(query, distances);
            Assert.Equal(set.Order.Select(i => PlainMeasures.Indel(query, texts[i])), distances);
        }
    }

    // .ci/run runs these laws again with registers switched off.
    [Fact]
    public void Registers_that_are_switched_off_are_not_used()
    {
        var isOff = Environment.GetEnvironmentVariable("DOTNET_EnableHWIntrinsic") == "0";
        var isNarrow = isOff || Environment.GetEnvironmentVariable("DOTNET_EnableAVX2") == "0";
        Assert.False(isNarrow && Lanes256.IsFast);
        Assert.False((isNarrow || Environment.GetEnvironmentVariable("DOTNET_EnableAVX512") == "0") && Lanes512.IsFast);
    }

    [Fact]
    public void Too_little_room_and_impossible_cutoffs_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new TextSet(["A", "B"]).Indel("A", new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Levenshtein.Distance("A", "B", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Indel.Distance("A", "B", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextSearch(["A"]).Find("A", 0));
        Assert.Throws<ArgumentNullException>(() => new TextSearch([null!]));
    }
}
