using System.Buffers.Binary;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>Where in a message a reader is.</summary>
internal enum MtSection : byte
{
    /// <summary>Before, between or after messages.</summary>
    Outside,

    /// <summary>Behind <c>:20:</c>.</summary>
    Header,

    /// <summary>Behind the opening balance or an entry.</summary>
    Body,

    /// <summary>Behind the closing balance, or the sums of MT942.</summary>
    Closed,
}

/// <summary>What a record is.</summary>
internal enum MtRecordKind : byte
{
    /// <summary>A line outside of any field.</summary>
    Noise,

    /// <summary>A line that begins with a SWIFT block, <c>{1:</c>.</summary>
    Envelope,

    /// <summary>The end of a message, <c>-</c> or <c>-}</c>.</summary>
    Terminator,

    /// <summary>A field, or an entry with the fields that belong to it.</summary>
    Field,
}

/// <summary>One field: its tag, where it starts, where its content starts and ends.</summary>
internal readonly record struct MtField(MtTag Tag, int Start, int Content, int End);

/// <summary>One record: from where to where (without the line ends behind it), where the next one starts, and how many line ends lie between.</summary>
internal readonly record struct MtRecord(MtRecordKind Kind, int Start, int End, int Next, int Lines);

/// <summary>What the tokenizer remembers from record to record.</summary>
internal sealed class MtContext
{
    internal MtSection Section { get; set; }

    internal bool HasDoubleAt { get; set; }

    /// <summary>The fields of the last record; positions count from the start of the bytes that were given.</summary>
    internal List<MtField> Fields { get; } = new(16);

    /// <summary>Where lines of the last record look like fields and are text.</summary>
    internal List<int> Lookalikes { get; } = [];

    /// <summary>Where fields of the last record were found although their tags are cut, glued or damaged.</summary>
    internal List<int> Repaired { get; } = [];
}

/// <summary>Splits MT bytes into records. A line begins a field only when its tag is known, allowed here, and its content fits; else it is text.</summary>
/// <remarks>Never throws, decides no meaning. What it needs to see beyond a record (whether a message begins) lies within <see cref="Sight"/> bytes.</remarks>
internal readonly ref struct MtTokenizer(ReadOnlySpan<byte> data, bool isAtEnd, MtContext context)
{
    /// <summary>How far it looks ahead to tell the end of a message from a line of text.</summary>
    internal const int Sight = 2048;

    private readonly ReadOnlySpan<byte> _data = data;

    private enum Answer : byte
    {
        No,
        Yes,
        MoreBytes,
    }

    private enum LineKind : byte
    {
        Text,
        Tag,
        Envelope,
        Terminator,
        MoreBytes,
    }

    /// <summary>Reads the record that starts at a position, which is the start of a line.</summary>
    /// <returns>False when more bytes are needed.</returns>
    internal bool TryRead(int start, out MtRecord record)
    {
        record = default;
        context.Fields.Clear();
        context.Lookalikes.Clear();
        context.Repaired.Clear();
        if (StartsWith(start, EntryTag))
        {
            return TryField(start, MtTag.Entry61, start, start + 4, out record);
        }

        if (!Line(start, out var end, out var next))
        {
            return false;
        }

        switch (Classify(start, end, next, MtTag.None, out var tag, out var tagStart, out var content))
        {
            case LineKind.MoreBytes:
                return false;
            case LineKind.Envelope:
                return TryEnvelope(start, end, next, out record);
            case LineKind.Terminator:
                return TryTerminator(start, end, next, out record);
            case LineKind.Tag:
                return TryField(start, tag, tagStart, content, out record);
            default:
                record = new MtRecord(MtRecordKind.Noise, start, end, next, next > end ? 1 : 0);
                return true;
        }
    }

    private bool TryField(int start, MtTag tag, int tagStart, int content, out MtRecord record)
    {
        record = default;
        var isEntry = tag == MtTag.Entry61;
        var lines = LineEndsBetween(tagStart, content);
        int at = content, last = content, end, next;
        while (true)
        {
            if (!Line(at, out end, out next))
            {
                return false;
            }

            if (end > at && !MtLines.IsBlank(_data[at..end]))
            {
                last = end;
            }

            if (next == end)
            {
                break;
            }

            lines++;
            if (next + 4 > _data.Length && !isAtEnd)
            {
                return false;
            }

            if (next == _data.Length)
            {
                break;
            }

            if (IsPlain(next))
            {
                at = next;
                continue;
            }

            if (isEntry && StartsWith(next, TextTag))
            {
                if (FindGlued(content, last) >= 0)
                {
                    break;
                }

                context.Fields.Add(new MtField(tag, tagStart, content, last));
                (tag, tagStart, content, at, last) = (MtTag.Information86, next, next + 4, next + 4, next + 4);
                continue;
            }

            if (isEntry && IsSureEntry(next))
            {
                break;
            }

            if (!Line(next, out var lineEnd, out var lineNext))
            {
                return false;
            }

            var kind = Classify(next, lineEnd, lineNext, tag, out var nextTag, out var nextStart, out var nextContent);
            if (kind == LineKind.MoreBytes)
            {
                return false;
            }

            if (kind == LineKind.Text)
            {
                at = next;
                continue;
            }

            if (kind != LineKind.Tag || !isEntry || !IsPartOfEntry(nextTag) || FindGlued(content, last) >= 0)
            {
                break;
            }

            context.Fields.Add(new MtField(tag, tagStart, content, last));
            (tag, tagStart, content, at, last) = (nextTag, nextStart, nextContent, nextContent, nextContent);
            lines += LineEndsBetween(nextStart, nextContent);
        }

        var glued = FindGlued(content, last);
        if (glued >= 0)
        {
            // The record ends where the field begins that stands in its text.
            (last, next, lines) = (content + _data[content..glued].TrimEnd(" \t\r\n"u8).Length, glued, LineEndsBetween(start, glued));
            DropFrom(context.Lookalikes, glued);
        }

        // What was repaired at the line that ends the record is said with its own record.
        DropFrom(context.Repaired, next);

        if (glued >= 0)
        {
            context.Repaired.Add(glued);
        }

        context.Fields.Add(new MtField(tag, tagStart, content, last));
        record = new MtRecord(MtRecordKind.Field, start, last, next, lines);
        return true;
    }

    // Places are noted in order.
    private static void DropFrom(List<int> places, int from)
    {
        while (places.Count > 0 && places[^1] >= from)
        {
            places.RemoveAt(places.Count - 1);
        }
    }

    // An entry or a balance of the standard's form in the middle of a line, where a line end was lost; -1 where there is none.
    private int FindGlued(int content, int end)
    {
        var text = _data[content..end];
        for (var at = 0; ; at += 2)
        {
            var found = text[at..].IndexOf(":6"u8);
            if (found < 0)
            {
                return -1;
            }

            at += found;
            if (IsSureField(text[at..]) && text[..at].TrimEnd(" \t"u8) is [.., not ((byte)'\r' or (byte)'\n')])
            {
                return content + at;
            }
        }
    }

    private static bool IsSureField(ReadOnlySpan<byte> text) => MtTags.Read(text, out var length) switch
    {
        MtTag.Entry61 => MtStatementLine.IsStrict(text[length..]),
        MtTag.Opening60F or MtTag.Opening60M or MtTag.Closing62F or MtTag.Closing62M or MtTag.Available64 or MtTag.Forward65 =>
            text.Length > length + 11 && text[length] is (byte)'C' or (byte)'D' && !text.Slice(length + 1, 6).ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && !text.Slice(length + 7, 3).ContainsAnyExceptInRange((byte)'A', (byte)'Z') && text[length + 10] is >= (byte)'0' and <= (byte)'9',
        _ => false,
    };

    // ":61:" and ":86:", as they stand in the bytes.
    private const uint EntryTag = 0x3A31363A;
    private const uint TextTag = 0x3A36383A;

    private bool StartsWith(int at, uint tag) => at + 4 <= _data.Length && BinaryPrimitives.ReadUInt32LittleEndian(_data[at..]) == tag;

    // The tag of an entry with six digits behind it, which no text has in an entry.
    private bool IsSureEntry(int at) =>
        at + 10 <= _data.Length && StartsWith(at, EntryTag) && !_data.Slice(at + 4, 6).ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private bool TryEnvelope(int start, int end, int next, out MtRecord record)
    {
        // Fields may follow the opening of the text block on its own line.
        var line = _data[start..end];
        for (var i = 1; i + 1 < line.Length; i++)
        {
            if (line[i] == '4' && line[i + 1] == ':' && (line[i - 1] == '{' || line[i - 1] >= 0x80) && !MtLines.IsBlank(line[(i + 2)..]))
            {
                record = new MtRecord(MtRecordKind.Envelope, start, start + i + 2, start + i + 2, 0);
                return true;
            }
        }

        record = new MtRecord(MtRecordKind.Envelope, start, end, next, next > end ? 1 : 0);
        return true;
    }

    private bool TryTerminator(int start, int end, int next, out MtRecord record)
    {
        var i = SkipControls(start, end) + 1;
        if (_data[i - 1] == '-' && i < end && _data[i] > ' ' && !_data[i..end].StartsWith("XXX"u8))
        {
            i += BraceLength(i, end);
        }

        record = MtLines.IsBlank(_data[i..end]) || _data[i..end].StartsWith("XXX"u8)
            ? new MtRecord(MtRecordKind.Terminator, start, end, next, next > end ? 1 : 0)
            : new MtRecord(MtRecordKind.Terminator, start, i, i, 0);
        return true;
    }

    // What a line is for the field it follows (None: at the start of a record).
    private LineKind Classify(int start, int end, int next, MtTag current, out MtTag tag, out int tagStart, out int content)
    {
        (tag, tagStart, content) = (MtTag.None, start, start);
        var i = SkipControls(start, end);
        if (i == end)
        {
            return LineKind.Text;
        }

        var isText = MtTags.IsText(current);
        switch (_data[i])
        {
            case (byte)':':
                return ClassifyTag(i, end, next, current, out tag, out tagStart, out content);
            case (byte)'-':
                if (i + 1 < end && _data[i + 1] == ':' && MtTags.Read(_data[(i + 1)..end], out _) > MtTag.Unknown)
                {
                    var kind = ClassifyTag(i + 1, end, next, current, out tag, out tagStart, out content);
                    NoteRepair(kind, tagStart);
                    return kind;
                }

                return ClassifyDash(i, end, next, isText, current);
            case (byte)'{':
                return IsBlockStart(i + 1, end) ? LineKind.Envelope : LineKind.Text;
            case (byte)'$':
                return !isText || MtLines.IsBlank(_data[(i + 1)..end]) || IsBlockStart(i + 2, end) ? LineKind.Terminator : LineKind.Text;
            case (byte)' ':
                return ClassifyIndented(i, end, next, current, out tag, out tagStart, out content);
            case >= 0x80:
                return IsBlockStart(i + BraceLength(i, end), end) ? LineKind.Envelope : LineKind.Text;
            default:
                return IsEntryPossible(current) && IsDamagedEntryTag(i, end, out content) ? Repaired(i, MtTag.Entry61, out tag, out tagStart) : LineKind.Text;
        }
    }

    private LineKind ClassifyTag(int i, int end, int next, MtTag current, out MtTag tag, out int tagStart, out int content)
    {
        tagStart = i;
        content = i;
        tag = MtTags.Read(_data[i..end], out var length);
        var isText = MtTags.IsText(current);
        if (tag == MtTag.None && end - i <= 4 && next > end)
        {
            // A tag that a line end cuts in two.
            if (next + 4 > _data.Length && !isAtEnd)
            {
                return LineKind.MoreBytes;
            }

            Span<byte> joined = stackalloc byte[6];
            _data[i..end].CopyTo(joined);
            var more = Math.Min(6 - (end - i), _data.Length - next);
            if (MtTags.Read(_data.Slice(next, Math.Min(6, _data.Length - next)), out _) > MtTag.Unknown)
            {
                // A whole tag stands there: what looks like the first part of one is none.
                return LineKind.Text;
            }

            _data.Slice(next, more).CopyTo(joined[(end - i)..]);
            tag = MtTags.Read(joined[..(end - i + more)], out length);
            if (tag > MtTag.Unknown && length > end - i)
            {
                content = next + length - (end - i);
                context.Repaired.Add(i);
                return LineKind.Tag;
            }

            tag = MtTag.None;
        }

        if (tag > MtTag.Unknown)
        {
            content = i + length;
            if (!isText)
            {
                NoteOddTag(tag, i, length);
                return LineKind.Tag;
            }

            switch (Fits(tag, content, end, next, current))
            {
                case Answer.MoreBytes:
                    return LineKind.MoreBytes;
                case Answer.Yes:
                    if (tag == MtTag.Account25 && current == MtTag.Entry61)
                    {
                        // A bank sends the text of the entry under the tag of the account.
                        tag = MtTag.Information86;
                        context.Repaired.Add(i);
                    }

                    NoteOddTag(tag, i, length);
                    return LineKind.Tag;
                default:
                    context.Lookalikes.Add(i);
                    return LineKind.Text;
            }
        }

        if (IsEntryPossible(current) && IsDamagedEntryTag(i, end, out content))
        {
            return Repaired(i, MtTag.Entry61, out tag, out tagStart);
        }

        if (tag == MtTag.Unknown && !isText)
        {
            content = i + length;
            return LineKind.Tag;
        }

        if (tag == MtTag.Unknown)
        {
            context.Lookalikes.Add(i);
        }

        return LineKind.Text;
    }

    // An indented line begins a field where no text can go on, and in text when it can be nothing else.
    private LineKind ClassifyIndented(int i, int end, int next, MtTag current, out MtTag tag, out int tagStart, out int content)
    {
        (tag, tagStart, content) = (MtTag.None, i, i);
        while (i < end && _data[i] is (byte)' ' or (byte)'\t')
        {
            i++;
        }

        var line = _data[i..end];
        var read = MtTags.Read(line, out var length);
        if (read <= MtTag.Unknown)
        {
            return LineKind.Text;
        }

        if (MtTags.IsText(current))
        {
            var value = line[length..];
            var answer = read switch
            {
                MtTag.Entry61 => MtStatementLine.IsStrict(value) ? Answer.Yes : Answer.No,
                MtTag.Information86 => current == MtTag.Entry61 ? Answer.Yes : Answer.No,
                MtTag.NonSwift => Answer.No,
                MtTag.Opening60F or MtTag.Opening60M or MtTag.Closing62F or MtTag.Closing62M or MtTag.Available64 or MtTag.Forward65 =>
                    value.Length > 10 && value[0] is (byte)'C' or (byte)'D' && !value[1..7].ContainsAnyExceptInRange((byte)'0', (byte)'9') ? Answer.Yes : Answer.No,
                _ => Fits(read, i + length, end, next, current),
            };
            if (answer != Answer.Yes)
            {
                return answer == Answer.No ? LineKind.Text : LineKind.MoreBytes;
            }
        }

        content = i + length;
        return Repaired(i, read, out tag, out tagStart);
    }

    private bool IsEntryPossible(MtTag current) => MtTags.IsText(current) || (current == MtTag.None && context.Section == MtSection.Body);

    private LineKind Repaired(int i, MtTag known, out MtTag tag, out int tagStart)
    {
        (tag, tagStart) = (known, i);
        context.Repaired.Add(i);
        return LineKind.Tag;
    }

    // A blank in a tag, or its letter in lower case; of :86: a bank writes the blank always.
    private void NoteOddTag(MtTag tag, int at, int length)
    {
        if (length > 4 && tag != MtTag.Information86 && _data.Slice(at, length).IndexOfAnyExceptInRange((byte)'0', (byte)'Z') >= 0)
        {
            context.Repaired.Add(at);
        }
    }

    private void NoteRepair(LineKind kind, int at)
    {
        if (kind == LineKind.Tag)
        {
            context.Repaired.Add(at);
        }
    }

    // "-" ends a message, and so do "-}" and "-XXX"; within text only when a message ends there.
    private LineKind ClassifyDash(int i, int end, int next, bool isText, MtTag current)
    {
        var rest = _data[(i + 1)..end];
        var from = next;
        if (!MtLines.IsBlank(rest) && !rest.SequenceEqual("XXX"u8))
        {
            var brace = BraceLength(i + 1, end);
            var behind = i + 1 + brace;
            if (brace == 0)
            {
                return LineKind.Text;
            }

            if (!MtLines.IsBlank(_data[behind..end]))
            {
                return _data[behind] is (byte)'$' || IsBlockStart(behind + Math.Max(1, BraceLength(behind, end)), end) ? LineKind.Terminator : LineKind.Text;
            }
        }

        if (!isText || (context.Section == MtSection.Closed && current != MtTag.Entry61))
        {
            return LineKind.Terminator;
        }

        return IsMessageEnd(from) switch
        {
            Answer.Yes => LineKind.Terminator,
            Answer.No => LineKind.Text,
            _ => LineKind.MoreBytes,
        };
    }

    // Whether a field may begin here, in the middle of text.
    private Answer Fits(MtTag tag, int content, int end, int next, MtTag current)
    {
        var value = _data[content..end];
        switch (tag)
        {
            case MtTag.Information86:
                return Answer.Yes;
            case MtTag.NonSwift:
                return value.IsEmpty || char.IsAsciiDigit((char)value[0]) ? Answer.Yes : Answer.No;
            case MtTag.Entry61:
                if (CountDigits(value, 10) >= 5)
                {
                    return Answer.Yes;
                }

                return next + 4 > _data.Length && !isAtEnd ? Answer.MoreBytes
                    : _data[Math.Min(next, _data.Length)..].StartsWith(":86:"u8) ? Answer.Yes
                    : CountDigits(value, value.Length) == value.Length && next > end ? GoesOnStrictly(value, next) : Answer.No;
            case MtTag.Opening60F or MtTag.Opening60M or MtTag.Closing62F or MtTag.Closing62M or MtTag.Available64 or MtTag.Forward65:
                return CountDigits(value, 8) >= 4 || value.StartsWith("null"u8) ? Answer.Yes : Answer.No;
            case MtTag.Created13:
                return CountDigits(value, 10) >= 6 ? Answer.Yes : Answer.No;
            case MtTag.Floor34F:
                return value.Length >= 4 && Currency.TryParse(value[..3], out _) ? Answer.Yes : Answer.No;
            case MtTag.SumCredit90 or MtTag.SumDebit90:
                return CountDigits(value, 1) == 1 ? Answer.Yes : Answer.No;
            case MtTag.Reference20:
                return IsHeaderBehind(next);
            case MtTag.Account25:
                return context.Section == MtSection.Header || (current == MtTag.Entry61 && context.Fields.Count == 0 && CountDigits(value, 3) == 3) ? Answer.Yes : Answer.No;
            default:
                return context.Section == MtSection.Header ? Answer.Yes : Answer.No;
        }
    }

    // Whether an entry that is cut in its first date goes on in the next line.
    private Answer GoesOnStrictly(ReadOnlySpan<byte> value, int next) =>
        !Line(next, out var end, out _) ? Answer.MoreBytes : MtStatementLine.IsStrict((byte[])[.. value, .. _data[next..end]]) ? Answer.Yes : Answer.No;

    // Whether the line behind ":20:" goes on as the header of a message does.
    private Answer IsHeaderBehind(int from)
    {
        var limit = from + Sight;
        while (from < _data.Length && from < limit)
        {
            if (!Line(from, out var end, out var next))
            {
                break;
            }

            var i = SkipControls(from, end);
            if (!MtLines.IsBlank(_data[i..end]))
            {
                return MtTags.Read(_data[i..end].TrimStart(" \t"u8), out _) is MtTag.Related21 or MtTag.Account25 or MtTag.Number28 or MtTag.Opening60F or MtTag.Opening60M
                    or MtTag.Floor34F or MtTag.Created13 or MtTag.NonSwift
                    ? Answer.Yes : Answer.No;
            }

            from = next;
        }

        return isAtEnd || from >= limit || _data.Length >= limit ? Answer.No : Answer.MoreBytes;
    }

    // Whether what follows a terminator is the end, or another message, perhaps behind lines that are no fields.
    private Answer IsMessageEnd(int from)
    {
        var limit = from + Sight;
        while (from < _data.Length && from < limit)
        {
            if (!Line(from, out var end, out var next))
            {
                break;
            }

            var i = SkipControls(from, end);
            if (!MtLines.IsBlank(_data[i..end]))
            {
                if (_data[i] == '{' ? IsBlockStart(i + 1, end) : _data[i] >= 0x80 && IsBlockStart(i + BraceLength(i, end), end))
                {
                    return Answer.Yes;
                }

                var tag = MtTags.Read(_data[i..end], out _);
                if (tag == MtTag.Reference20)
                {
                    return Answer.Yes;
                }

                if (tag > MtTag.Unknown)
                {
                    return Answer.No;
                }
            }

            from = next;
        }

        return from >= limit || _data.Length >= limit ? Answer.No : isAtEnd ? Answer.Yes : Answer.MoreBytes;
    }

    // A tag of an entry with one byte wrong, missing or too many, before what can only be a statement line.
    private bool IsDamagedEntryTag(int i, int end, out int content)
    {
        var line = _data[i..end];
        for (var length = 3; length <= 5 && length < line.Length; length++)
        {
            if (IsNearEntryTag(line[..length]) && MtStatementLine.IsStrict(line[length..]))
            {
                content = i + length;
                return true;
            }
        }

        content = i;
        return false;
    }

    private static bool IsNearEntryTag(ReadOnlySpan<byte> prefix)
    {
        var tag = ":61:"u8;
        var same = prefix.CommonPrefixLength(tag);
        return prefix.Length switch
        {
            3 => prefix[same..].SequenceEqual(tag[(same + 1)..]),
            4 => same < 4 && prefix[(same + 1)..].SequenceEqual(tag[(same + 1)..]),
            _ => prefix[(same + 1)..].SequenceEqual(tag[same..]),
        };
    }

    private bool Line(int start, out int end, out int next) => MtLines.TryEnd(_data, start, isAtEnd, context.HasDoubleAt, out end, out next);

    private static bool IsPartOfEntry(MtTag tag) => tag is MtTag.Information86 or MtTag.NonSwift;

    // Whether a line can be nothing but text, by its first bytes.
    private bool IsPlain(int at)
    {
        var first = _data[at];
        return first is > (byte)' ' and < 0x80 and not ((byte)':' or (byte)'-' or (byte)'{' or (byte)'$' or (byte)'6')
            && !(at + 3 < _data.Length && _data[at + 1] is (byte)'6' or (byte)':' && _data[at + 2] is (byte)'1' or (byte)'6');
    }

    private int SkipControls(int start, int end)
    {
        while (start < end && (_data[start] < ' ' || (_data[start] == 0xEF && _data[start..end].StartsWith("\uFEFF"u8))))
        {
            start += _data[start] < ' ' ? 1 : 3;
        }

        return start;
    }

    // A closing or opening brace, which national variants of ISO 646 write as a letter, in one byte or as UTF-8.
    private int BraceLength(int at, int end) =>
        at >= end ? 0
        : _data[at] is (byte)'{' or (byte)'}' ? 1
        : _data[at] < 0x80 ? 0
        : _data[at] is 0xC2 or 0xC3 && at + 1 < end && _data[at + 1] is >= 0x80 and < 0xC0 ? 2 : 1;

    private bool IsBlockStart(int at, int end) => at + 1 < end && _data[at] is >= (byte)'1' and <= (byte)'5' && _data[at + 1] == ':';

    private int LineEndsBetween(int start, int content)
    {
        var count = 0;
        if (_data[start..content].IndexOfAny((byte)'\r', (byte)'\n', (byte)'@') < 0)
        {
            return 0;
        }

        while (start < content && Line(start, out var end, out var next) && next <= content && next > end)
        {
            count++;
            start = next;
        }

        return count;
    }

    private static int CountDigits(ReadOnlySpan<byte> value, int within)
    {
        var count = 0;
        for (var i = 0; i < value.Length && i < within; i++)
        {
            count += value[i] is >= (byte)'0' and <= (byte)'9' ? 1 : 0;
        }

        return count;
    }
}
