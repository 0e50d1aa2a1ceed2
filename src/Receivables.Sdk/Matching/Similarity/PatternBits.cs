using System.Runtime.CompilerServices;

namespace Receivables.Sdk.Matching.Similarity;

/// <summary>Where each character stands in a text, as bits of 64-character words: what bit-parallel measures look up.</summary>
/// <remarks>ASCII by a table that the caller provides, other characters by comparison, so that any Unicode text is exact and nothing is allocated.</remarks>
internal readonly ref struct PatternBits
{
    internal const int Row = 128;

    /// <summary>Up to how many words the table is worth its clearing.</summary>
    internal const int MostWords = 4;

    private readonly ReadOnlySpan<char> _pattern;
    private readonly ReadOnlySpan<ulong> _ascii;
    private readonly bool _isAscii;

    internal PatternBits(ReadOnlySpan<char> pattern, Span<ulong> table)
    {
        _pattern = pattern;
        Words = WordsOf(pattern.Length);
        var ascii = table[..(Words * Row)];
        _isAscii = Fill(pattern, ascii);
        _ascii = ascii;
    }

    /// <summary>With a table that <see cref="Fill"/> has filled.</summary>
    internal PatternBits(ReadOnlySpan<char> pattern, ReadOnlySpan<ulong> filled, bool isAscii)
    {
        _pattern = pattern;
        Words = WordsOf(pattern.Length);
        _ascii = filled;
        _isAscii = isAscii;
    }

    internal int Words { get; }

    internal int Length => _pattern.Length;

    internal static int WordsOf(int length) => Math.Max(1, (length + 63) / 64);

    /// <summary>Fills a table, a row of 128 for each word; says whether all of the text is ASCII.</summary>
    internal static bool Fill(ReadOnlySpan<char> pattern, Span<ulong> table)
    {
        table.Clear();
        var isAscii = true;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c < Row)
            {
                table[((i >> 6) * Row) + c] |= 1UL << i;
            }
            else
            {
                isAscii = false;
            }
        }

        return isAscii;
    }

    /// <summary>The positions of a character within a word of the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong At(int word, char c) => c < Row ? _ascii[(word * Row) + c] : _isAscii ? 0 : Scan(word, c);

    /// <summary>The positions of a character in a text of one word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong At(char c) => c < Row && c < _ascii.Length ? _ascii[c] : _isAscii ? 0 : Scan(0, c);

    private ulong Scan(int word, char c) => Positions(_pattern[(word * 64)..Math.Min(_pattern.Length, (word * 64) + 64)], c);

    internal static ulong Positions(ReadOnlySpan<char> text, char c)
    {
        var result = 0UL;
        for (var i = 0; i < text.Length; i++)
        {
            result |= text[i] == c ? 1UL << i : 0;
        }

        return result;
    }
}
