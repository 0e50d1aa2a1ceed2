using System.Numerics;

namespace Receivables.Sdk.Statements;

/// <summary>Puts the lines of a text together again where the bank broke it. Characters, or bytes where a text is nothing but printable ASCII.</summary>
internal static class LineJoin
{
    /// <summary>The width of a line of <c>:86:</c> by the standard, 6 × 65x.</summary>
    private const int Width = 65;

    /// <summary>The length of <c>:86:</c>.</summary>
    private const int TagLength = 4;

    /// <summary>Puts lines together.</summary>
    /// <param name="text">The text with its line ends.</param>
    /// <param name="lines">Where its lines start and end: two at least.</param>
    /// <param name="marker">The character that begins a field of the text and may have been cut from its number, or <c>\0</c>.</param>
    /// <param name="target">Room for the text and a blank for each line.</param>
    /// <returns>How long the text is in one piece.</returns>
    internal static int Join<T>(ReadOnlySpan<T> text, ReadOnlySpan<(int Start, int End)> lines, char marker, Span<T> target)
        where T : unmanaged, IBinaryInteger<T>
    {
        var width = FixedWidth(text, lines);
        var length = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = text[lines[i].Start..lines[i].End];
            if (IsWhiteSpace(line))
            {
                continue;
            }

            if (length > 0 && !IsCut(text[lines[i - 1].Start..lines[i - 1].End], isFirst: i == 1, width, T.CreateTruncating(marker), line))
            {
                target[length++] = T.CreateTruncating(' ');
            }

            line.CopyTo(target[length..]);
            length += line.Length;
        }

        return length;
    }

    // Nearly every line begins with something else than a blank.
    private static bool IsWhiteSpace<T>(ReadOnlySpan<T> line)
        where T : unmanaged, IBinaryInteger<T>
    {
        foreach (var c in line)
        {
            if (!char.IsWhiteSpace((char)ushort.CreateTruncating(c)))
            {
                return false;
            }
        }

        return true;
    }

    // A line as long as the bank's lines are was cut there; a shorter one lost the blanks at its end, or is a line of its own.
    internal static bool IsCut<T>(ReadOnlySpan<T> line, bool isFirst, int width, T marker, ReadOnlySpan<T> rest)
        where T : unmanaged, IBinaryInteger<T>
    {
        var next = rest[0];

        // Some banks count the tag of the first line, too.
        if (line.Length == width || next == T.CreateTruncating(' ') || (isFirst && width == Width && line.Length == Width - TagLength))
        {
            return true;
        }

        return marker != T.Zero && (next == marker || (line.Length > 0 && line[^1] == marker)
            || (line.Length > 1 && line[^2] == marker && IsDigit(line[^1]) && IsDigit(next)) || (marker == T.CreateTruncating('/') && IsInCode(line, rest)));
    }

    // A slash code whose letters stand on both sides of the line end, whatever the widths of the lines.
    private static bool IsInCode<T>(ReadOnlySpan<T> line, ReadOnlySpan<T> rest)
        where T : unmanaged, IBinaryInteger<T>
    {
        var slash = T.CreateTruncating('/');
        var before = line.Length - 1 - line.LastIndexOf(slash);
        var behind = rest[..Math.Min(rest.Length, 4)].IndexOf(slash);
        if (before is < 1 or > 3 || before == line.Length || behind is < 1 or > 3 || before + behind > 4)
        {
            return false;
        }

        Span<char> key = stackalloc char[4];
        key = key[..(before + behind)];
        for (var i = 0; i < key.Length; i++)
        {
            key[i] = (char)ushort.CreateTruncating(i < before ? line[line.Length - before + i] : rest[i - before]);
        }

        return SlashCodes.IsKnown(key);
    }

    private static bool IsDigit<T>(T c)
        where T : unmanaged, IBinaryInteger<T> => char.IsAsciiDigit((char)ushort.CreateTruncating(c));

    // 65 where a line has it. Another width only when at least two lines but the last have it and none is longer.
    internal static int FixedWidth<T>(ReadOnlySpan<T> text, ReadOnlySpan<(int Start, int End)> lines)
        where T : unmanaged, IBinaryInteger<T>
    {
        int longest = 0, count = 0;
        foreach (var (start, end) in lines[..^1])
        {
            var length = end - start;
            if (length > longest)
            {
                (longest, count) = (length, 1);
            }
            else if (length == longest)
            {
                count++;
            }
        }

        var last = lines[^1].End - lines[^1].Start;
        return longest == Width ? Width : longest > 26 && longest < Width && count >= 2 && last <= longest && !HasColumns(text, lines) ? longest : -1;
    }

    // Columns that blanks fill: no line is cut at another width than the standard's.
    private static bool HasColumns<T>(ReadOnlySpan<T> text, ReadOnlySpan<(int Start, int End)> lines)
        where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<T> gap = [T.CreateTruncating(' '), T.CreateTruncating(' '), T.CreateTruncating(' ')];
        foreach (var (start, end) in lines[..^1])
        {
            if (text[start..end].IndexOf(gap) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
