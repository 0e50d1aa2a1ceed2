using Receivables.Sdk.Matching.Similarity;

namespace Receivables.Sdk.Matching;

/// <summary>The name of the ledger's own company, made ready to see whether a text names another company of the same name. Immutable.</summary>
internal sealed class SellerName
{
    private const string Branches = "NORTH SOUTH EAST WEST CENTRAL EUROPE EUROPA INTERNATIONAL HOLDING HOLDINGS UK USA NEDERLAND NETHERLANDS DEUTSCHLAND GERMANY FRANCE ITALIA ESPANA";
    private const int Longest = 200;

    // Fewer letters name nobody.
    private const int LeastLetters = 5;

    private readonly string[] _words = [];
    // What comes before the legal form and the branch; nothing where that says too little.
    private readonly string[] _core = [];

    internal SellerName(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > Longest)
        {
            return;
        }

        var buffer = new char[(name.Length * 2) + 2];
        _words = new string(buffer, 0, CharacterFolding.FoldName(name, buffer)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] core = [.. _words.TakeWhile((w, i) => i == 0 || !(LegalForms.IsForm(w) || IsBranch(w)))];
        _core = core.Sum(w => w.Length) < LeastLetters ? [] : core;
    }

    /// <summary>Whether a text names the company with another legal form or branch than its own name has.</summary>
    internal bool IsNamedOtherwise(string? text)
    {
        if (_core.Length == 0 || string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        Span<char> buffer = text.Length <= 512 ? stackalloc char[(text.Length * 2) + 2] : new char[(text.Length * 2) + 2];
        ReadOnlySpan<char> folded = buffer[..CharacterFolding.FoldName(text, buffer)];
        for (var at = 0; at < folded.Length; at += Word(folded[at..]).Length + 1)
        {
            if (NextBehindCore(folded[at..]) is { IsEmpty: false } next && !IsOwn(next) && (IsBranch(next) || (LegalForms.IsForm(next) && !LegalForms.IsParticle(next))))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> Word(ReadOnlySpan<char> text) => text.IndexOf(' ') is var end and >= 0 ? text[..end] : text;

    // The word behind the company's name, where a text starts with it.
    private ReadOnlySpan<char> NextBehindCore(ReadOnlySpan<char> text)
    {
        foreach (var word in _core)
        {
            if (!Word(text).SequenceEqual(word) || text.Length == word.Length)
            {
                return default;
            }

            text = text[(word.Length + 1)..];
        }

        return Word(text);
    }

    private bool IsOwn(ReadOnlySpan<char> word)
    {
        foreach (var own in _words)
        {
            if (word.SequenceEqual(own))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBranch(ReadOnlySpan<char> word)
    {
        foreach (var range in Branches.AsSpan().Split(' '))
        {
            if (word.SequenceEqual(Branches.AsSpan()[range]))
            {
                return true;
            }
        }

        return false;
    }
}
