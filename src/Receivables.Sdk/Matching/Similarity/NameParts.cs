using System.Collections.Frozen;
using System.Text;

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
        var buffer = new char[(text.Length * 2) + 2];
        var all = new string(buffer, 0, CharacterFolding.FoldName(text, buffer)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var words = new List<string>(all.Length);
        var spelled = new StringBuilder(text.Length);
        var group = "";
        var isOneForm = true;
        for (var i = 0; i < all.Length;)
        {
            if (LegalForms.At(all, i) is { } form)
            {
                isOneForm &= group.Length == 0 || group == form.Group;
                group = form.Group;
                i += form.Words;
            }
            else
            {
                spelled.Append(all[i]);
                AddWord(words, all[i++]);
            }
        }

        // A name that is all forms and particles is what it is.
        if (words.Count == 0)
        {
            words.AddRange(all);
        }

        return new NameParts([.. words], [.. words.Select(Weigh)], isOneForm ? group : "", string.Concat(words), spelled.Length > 0 ? spelled.ToString() : string.Concat(words));
    }

    private static void AddWord(List<string> words, string word)
    {
        if (LegalForms.IsParticle(word))
        {
            return;
        }

        if (!s_numbers.TryGetValue(word, out var digits))
        {
            words.Add(HanName.IsHan(word) ? HanName.Short(word) : word);
        }
        else if (digits is [not '0'] && words.Count > 0 && words[^1] is [>= '2' and <= '9', '0'] tens)
        {
            // FORTY FOUR is 44.
            words[^1] = tens[..1] + digits;
        }
        else
        {
            words.Add(digits);
        }
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
