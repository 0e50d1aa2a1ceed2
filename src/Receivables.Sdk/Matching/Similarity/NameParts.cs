using System.Collections.Frozen;

namespace Receivables.Sdk.Matching.Similarity;

/// <summary>A name as words: without legal forms and particles, numbers as digits, other scripts in Latin letters where there is a way.</summary>
/// <param name="Words">The words that tell who it is.</param>
/// <param name="Weights">What each is worth, at most 1000.</param>
/// <param name="Group">The group of its legal form; empty for none, or where it has several.</param>
/// <param name="Letters">The words without spaces.</param>
/// <param name="Spelled">The same with its particles.</param>
internal sealed record NameParts(string[] Words, int[] Weights, string Group, string Letters, string Spelled)
{
    private const int Common = 500;
    private const int Number = 600;
    private const int MostOnStack = 512;

    private static readonly FrozenDictionary<string, string> s_numbers = (
        "ONE 1 TWO 2 THREE 3 FOUR 4 FIVE 5 SIX 6 SEVEN 7 EIGHT 8 NINE 9 TEN 10 1ST 1 2ND 2 3RD 3 4TH 4 FIRST 1 SECOND 2 THIRD 3 FOURTH 4 "
        + "TWENTY 20 THIRTY 30 FORTY 40 FOURTY 40 FIFTY 50 SIXTY 60 SEVENTY 70 EIGHTY 80 NINETY 90 "
        + "II 2 III 3 IV 4 VI 6 VII 7 VIII 8 IX 9 XI 11 XII 12 XIII 13").Split(' ').Chunk(2).ToFrozenDictionary(p => p[0], p => p[1], StringComparer.Ordinal);

    internal static NameParts Of(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return new NameParts([], [], "", "", "");
        }

        var text = SecurityTail.Cut(name);
        var room = (text.Length * 2) + 2;
        Span<char> buffer = room <= MostOnStack ? stackalloc char[room] : new char[room];
        var all = Split(buffer[..CharacterFolding.FoldName(text, buffer)]);
        // What tells who it is comes to stand before what does not.
        var (count, spelledLength, isAsSpelled) = (0, 0, true);
        var group = "";
        var isOneForm = true;
        for (var i = 0; i < all.Length;)
        {
            if (LegalForms.At(all, i) is { } form)
            {
                isOneForm &= group.Length == 0 || group == form.Group;
                group = form.Group;
                i += form.Words;
                continue;
            }

            var word = all[i++];
            // The buffer is read no more: the words as they are spelled, without spaces, take its place.
            word.CopyTo(buffer[spelledLength..]);
            spelledLength += word.Length;
            isAsSpelled &= Add(all, ref count, word);
        }

        // A name that is all forms and particles is what it is.
        var words = count == 0 || count == all.Length ? all : all[..count];
        var weights = new int[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            weights[i] = Weigh(words[i]);
        }

        var letters = string.Concat(words);
        return new NameParts(words, weights, isOneForm ? group : "", letters, isAsSpelled || spelledLength == 0 ? letters : new string(buffer[..spelledLength]));
    }

    private static string[] Split(ReadOnlySpan<char> folded)
    {
        var count = 0;
        foreach (var range in folded.Split(' '))
        {
            count += range.End.Value > range.Start.Value ? 1 : 0;
        }

        var words = new string[count];
        count = 0;
        foreach (var range in folded.Split(' '))
        {
            if (range.End.Value > range.Start.Value)
            {
                words[count++] = folded[range].ToString();
            }
        }

        return words;
    }

    // False where the word is not taken as it is spelled.
    private static bool Add(string[] words, ref int count, string word)
    {
        if (LegalForms.IsParticle(word))
        {
            return false;
        }

        if (!s_numbers.TryGetValue(word, out var digits))
        {
            var isHan = HanName.IsHan(word);
            words[count++] = isHan ? HanName.Short(word) : word;
            return !isHan;
        }

        if (digits is [not '0'] && count > 0 && words[count - 1] is [>= '2' and <= '9', '0'] tens)
        {
            // FORTY FOUR is 44.
            words[count - 1] = tens[..1] + digits;
        }
        else
        {
            words[count++] = digits;
        }

        return false;
    }

    private static int Weigh(string word)
    {
        if (!word.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return Number;
        }

        var most = HanName.IsHan(word) ? 1000 : word.Length switch { 1 => 250, 2 => 600, 3 => 850, _ => 1000 };
        return LegalForms.IsCommon(word) || LegalForms.IsPlace(word) ? Math.Min(most, Common) : most;
    }
}
