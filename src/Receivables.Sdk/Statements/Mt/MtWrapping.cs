using System.Collections.Immutable;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>What stands around the lines of a file that was pasted, quoted, forwarded or put into one line on its way.</summary>
internal enum MtWrap : byte
{
    /// <summary>Blanks before each line.</summary>
    Indented,

    /// <summary>The marks of a mail's quotation, or of a list or table.</summary>
    Marked,

    /// <summary>Quotation marks around each line, as spreadsheets put them.</summary>
    Quoted,

    /// <summary>The number of the line before it.</summary>
    Numbered,

    /// <summary>No line ends, or others than text files have.</summary>
    Joined,
}

/// <summary>How the lines of a file are wrapped: told by its tags, which stand behind something instead of at the start of a line.</summary>
/// <param name="Wrap">What stands around them.</param>
/// <param name="Indent">How many blanks stand before a line, at most.</param>
/// <param name="Separator">What stands in place of line ends; empty where nothing does.</param>
internal sealed record MtWrapping(MtWrap Wrap, int Indent, byte[] Separator)
{
    // A file whose fields stand at the start of its lines shows it soon.
    private const int Enough = 3;

    private static readonly ImmutableArray<string> LineEnds = ["\\r\\n", "\\n", "<br />", "<br/>", "<br>", "\v", "\f", "\u0085", "\u2028", "\u001e", "||", "|", "~", ";", "\t", " ", ""];

    /// <summary>How the lines are wrapped; null where they are not.</summary>
    /// <param name="start">The start of the file, as bytes of an ASCII superset.</param>
    internal static MtWrapping? Find(ReadOnlySpan<byte> start)
    {
        if (MtLines.HasDoubleAt(start, true) == true)
        {
            return null;
        }

        var plain = 0;
        Span<int> hits = stackalloc int[4];
        Span<int> sure = stackalloc int[4];
        hits.Clear();
        sure.Clear();
        var indent = 0;
        for (var at = 0; at < start.Length && plain < Enough;)
        {
            _ = MtLines.TryEnd(start, at, true, false, out var end, out var next);
            var line = start[at..end];
            if (IsSure(line))
            {
                plain++;
            }
            else if (MtTags.Read(line, out _) <= MtTag.Unknown)
            {
                for (var wrap = MtWrap.Indented; wrap < MtWrap.Joined; wrap++)
                {
                    var content = Strip(line, wrap, int.MaxValue, out var from);
                    if (from > 0 && MtTags.Read(content, out _) > MtTag.Unknown)
                    {
                        hits[(int)wrap]++;
                        sure[(int)wrap] += IsSure(content) ? 1 : 0;
                        indent = wrap == MtWrap.Indented ? Math.Max(indent, from) : indent;
                        break;
                    }
                }
            }

            at = Math.Max(next, at + 1);
        }

        for (var i = 0; i < hits.Length; i++)
        {
            if (sure[i] > plain && hits[i] >= 2)
            {
                return new MtWrapping((MtWrap)i, indent, []);
            }
        }

        return plain == 0 ? FindJoined(start) : null;
    }

    /// <summary>A line without what stands around it.</summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="from">How many bytes stand before it.</param>
    internal ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line, out int from) => Strip(line, Wrap, Indent, out from);

    /// <summary>The next field that begins within a line that holds several.</summary>
    /// <param name="line">The rest of the line.</param>
    /// <returns>How long the part before it is, and how long what stands between the two; -1 where there is none.</returns>
    internal (int Length, int Gap) Split(ReadOnlySpan<byte> line)
    {
        if (Separator is not ([] or [(byte)' '] or [(byte)';'] or [(byte)'\t']))
        {
            var at = line.IndexOf(Separator);
            return (at, at < 0 ? 0 : Separator.Length);
        }

        // What may be a part of a text ends a line only before a field.
        for (var at = 1; at + 4 < line.Length; at++)
        {
            var colon = line[at..].IndexOf((byte)':');
            if (colon < 0)
            {
                break;
            }

            at += colon;
            if (line[..at].EndsWith(Separator) && (IsSure(line[at..]) || IsHeader(line[at..])))
            {
                return (at - Separator.Length, Separator.Length);
            }
        }

        return (-1, 0);
    }

    private static MtWrapping? FindJoined(ReadOnlySpan<byte> start)
    {
        var count = 0;
        var behind = new int[LineEnds.Length];
        var ends = LineEnds.Select(System.Text.Encoding.UTF8.GetBytes).ToArray();
        for (var at = 1; at < start.Length; at++)
        {
            var colon = start[at..].IndexOf(":6"u8);
            if (colon < 0)
            {
                break;
            }

            at += colon;
            if (!IsSure(start[at..]))
            {
                continue;
            }

            count++;
            for (var i = 0; i < ends.Length; i++)
            {
                if (start[..at].EndsWith(ends[i]))
                {
                    behind[i]++;
                    break;
                }
            }
        }

        // Two fields of a statement at least, or one and its header: one alone may be a sentence about it.
        var most = behind.AsSpan().IndexOf(behind.Max());
        return behind[most] == count && (count >= 2 || (count == 1 && HeadersBehind(start, ends[most]) >= 2)) ? new MtWrapping(MtWrap.Joined, 0, ends[most]) : null;
    }

    private static int HeadersBehind(ReadOnlySpan<byte> start, byte[] separator)
    {
        var count = 0;
        for (var at = 1; at < start.Length && start[at..].IndexOf((byte)':') is >= 0 and var colon; at++)
        {
            at += colon;
            count += start[..at].EndsWith(separator) && IsHeader(start[at..]) ? 1 : 0;
        }

        return count;
    }

    // An entry or a balance that can be nothing else.
    private static bool IsSure(ReadOnlySpan<byte> text)
    {
        var tag = MtTags.Read(text, out var length);
        var content = tag > MtTag.Unknown ? text[length..].TrimStart((byte)' ') : default;
        return tag switch
        {
            MtTag.Entry61 => content.Length >= 6 && !content[..6].ContainsAnyExceptInRange((byte)'0', (byte)'9'),
            MtTag.Opening60F or MtTag.Opening60M or MtTag.Closing62F or MtTag.Closing62M or MtTag.Available64 =>
                content.Length >= 7 && content[0] is (byte)'C' or (byte)'D' && !content[1..7].ContainsAnyExceptInRange((byte)'0', (byte)'9'),
            _ => false,
        };
    }

    private static bool IsHeader(ReadOnlySpan<byte> text) =>
        MtTags.Read(text, out _) is MtTag.Reference20 or MtTag.Account25 or MtTag.Number28 or MtTag.Information86 or MtTag.Floor34F or MtTag.SumCredit90 or MtTag.SumDebit90;

    private static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line, MtWrap wrap, int indent, out int from)
    {
        from = Blanks(line, 0, wrap == MtWrap.Indented ? indent : int.MaxValue);
        switch (wrap)
        {
            case MtWrap.Indented:
                return line[from..];
            case MtWrap.Marked:
                var mark = from;
                while (mark < line.Length && line[mark] is (byte)'>' or (byte)'|' or (byte)'*' or (byte)'#')
                {
                    mark++;
                    from = mark < line.Length && line[mark] is (byte)' ' or (byte)'\t' ? mark + 1 : mark;
                    mark = Blanks(line, mark, int.MaxValue);
                }

                var marked = line[from..];
                return marked.EndsWith("|"u8) ? marked[..^1].TrimEnd(" \t"u8) : marked;
            case MtWrap.Quoted:
                if (from == line.Length || line[from] is not ((byte)'"' or (byte)'\''))
                {
                    from = 0;
                    return line;
                }

                var quote = line[from++];
                var quoted = line[from..].TrimEnd(" \t;,"u8);
                return quoted.Length > 0 && quoted[^1] == quote ? quoted[..^1] : quoted;
            case MtWrap.Numbered:
                var digits = from;
                while (digits < line.Length && char.IsAsciiDigit((char)line[digits]))
                {
                    digits++;
                }

                if (digits == from || digits == line.Length || digits - from > 7)
                {
                    from = 0;
                    return line;
                }

                from = Blanks(line, line[digits] is (byte)' ' or (byte)'\t' ? digits : digits + 1, int.MaxValue);
                return line[from..];
            default:
                from = 0;
                return line;
        }
    }

    // Blanks and tabs, and blanks that do not break, as UTF-8 and as the single-byte pages have them.
    private static int Blanks(ReadOnlySpan<byte> line, int from, int most)
    {
        var at = from;
        while (at < line.Length && at - from < most)
        {
            var length = line[at] is (byte)' ' or (byte)'\t' or 0xA0 ? 1 : line[at] == 0xC2 && at + 1 < line.Length && line[at + 1] == 0xA0 ? 2 : 0;
            if (length == 0)
            {
                break;
            }

            at += length;
        }

        return at;
    }
}
