namespace Receivables.Sdk.References;

/// <summary>Letters and digits taken out of a text, with where each stood and what stood before it.</summary>
internal ref struct ReferenceRun
{
    /// <summary>More than the longest reference, so that "goes on" can be seen.</summary>
    internal const int Capacity = 32;

    private const int LongestGap = 3;

    /// <summary>What stands between two characters; a line break inside a gap makes it a line break.</summary>
    internal enum Gap : byte
    {
        None,
        LineBreak,
        Blank,
        Mark,
    }

    private readonly Span<char> _characters;
    private readonly Span<int> _positions;
    private readonly Span<Gap> _gaps;

    internal ReferenceRun(Span<char> characters, Span<int> positions, Span<Gap> gaps)
    {
        _characters = characters;
        _positions = positions;
        _gaps = gaps;
    }

    internal int Count { get; private set; }

    /// <summary>The characters in upper case.</summary>
    internal readonly ReadOnlySpan<char> Characters => _characters[..Count];

    /// <summary>What stands before character <paramref name="index"/>; before the first and after the last there is always something.</summary>
    internal readonly Gap Before(int index) => index <= 0 || index >= Count ? Gap.Mark : _gaps[index];

    /// <summary>The index in the text after the first <paramref name="count"/> characters.</summary>
    internal readonly int EndOf(int count) => _positions[count - 1] + 1;

    /// <summary>Takes characters from a place on, over gaps of at most three separators.</summary>
    internal void Fill(ReadOnlySpan<char> text, int start, int max, bool letters)
    {
        Count = 0;
        var gap = Gap.None;
        var gapLength = 0;
        for (var at = start; at < text.Length && Count < max; at++)
        {
            var c = text[at];
            if (char.IsAsciiDigit(c) || (letters && char.IsAsciiLetter(c)))
            {
                _characters[Count] = c >= 'a' ? (char)(c - 32) : c;
                _positions[Count] = at;
                _gaps[Count++] = gap;
                gap = Gap.None;
                gapLength = 0;
            }
            else if (!ReferenceText.IsSeparator(c) || ++gapLength > LongestGap)
            {
                return;
            }
            else if (gap != Gap.LineBreak)
            {
                var kind = ReferenceText.IsLineBreak(c) ? Gap.LineBreak : ReferenceText.IsBlank(c) ? Gap.Blank : Gap.Mark;
                gap = kind == Gap.LineBreak || kind > gap ? kind : gap;
            }
        }
    }
}
