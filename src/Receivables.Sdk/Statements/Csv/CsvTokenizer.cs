using System.Runtime.CompilerServices;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Finds the records and fields of delimited text in one contiguous span: RFC 4180, with CR LF, LF or CR, any delimiter, and no quotes at all where a bank writes none.</summary>
/// <remarks>
/// <para>Blocks of sixty-four bytes are compared, several of them before the first of their records is given out. Where a quote opens inside a field or closes
/// before its end, the record is read again byte by byte: a quote closes a field only before a delimiter or a line end, any other one is text.</para>
/// <para>Use: <see cref="Reset"/> for a span that begins with a record, then <see cref="TryRead"/> until it has no more. It holds no policy and never throws.</para>
/// </remarks>
internal partial struct CsvTokenizer
{
    private const byte Lf = (byte)'\n';
    private const byte Cr = (byte)'\r';

    private readonly byte _delimiter;
    private readonly byte _quote;

    // The ends of fields; before the first of a record stands the place before the record.
    private int[] _ends = new int[InitialEnds];
    private int _first;
    private int _position;
    private int _slowUntil;
    private bool _skipsLf;

    // What was found in the blocks that were compared, and what is found next in them.
    private Row[] _rows = [];
    private int _rowCount;
    private int _row;
    private int _next;
    private int _taken;
    private int _block;
    private bool _isOdd;
    private Traits _traits;
    private Carry _carry;

    /// <summary>A tokenizer.</summary>
    /// <param name="delimiter">What stands between fields, an ASCII character.</param>
    /// <param name="quote">What stands around fields, or 0 where nothing does.</param>
    internal CsvTokenizer(byte delimiter, byte quote)
    {
        (_delimiter, _quote) = (delimiter, quote);
        Reset();
    }

    /// <summary>Where the last record starts in the span.</summary>
    internal int Start { get; private set; }

    /// <summary>Where the last record ends, before its line end.</summary>
    internal int End { get; private set; }

    /// <summary>How many fields the last record has.</summary>
    internal int Count { get; private set; }

    /// <summary>The line of the last record, from 1.</summary>
    internal int Line { get; private set; } = 1;

    /// <summary>The line behind the last record.</summary>
    internal int NextLine { get; private set; } = 1;

    /// <summary>Whether a quoted field of the last record holds a quote that is not doubled.</summary>
    internal bool HasLooseQuote { get; private set; }

    /// <summary>Whether a quote of the last record was never closed: it was read as text, to the end of its line.</summary>
    internal bool HasUnclosedQuote { get; private set; }

    /// <summary>Whether a field of the last record may hold quotes, doubled ones or others; false is sure.</summary>
    internal bool MayHoldQuotes { get; private set; }

    /// <summary>Whether a field of the last record may hold line ends; false is sure.</summary>
    internal bool MayHoldLineEnds { get; private set; }

    /// <summary>How many fields records are known to have; 0 when that is not known. It tells a field of several lines from a quote that was never closed.</summary>
    internal int ExpectedCount { get; set; }

    /// <summary>How many bytes of the span are done with.</summary>
    internal readonly int Consumed => _position;

    /// <summary>The ends of the fields of the last record in the span: a field starts one behind the end of the one before.</summary>
    internal readonly ReadOnlySpan<int> Ends => _ends.AsSpan(_first, Count);

    /// <summary>The same behind the place before the record: a field lies between two of them.</summary>
    internal readonly ReadOnlySpan<int> Bounds => _ends.AsSpan(_first - 1, Count + 1);

    /// <summary>How many bytes stand on both sides of every field of the last record: 1 where all of them are in quotes, 0 where none is; -1 where they differ, or blanks stand there, too.</summary>
    internal int Margin { get; private set; }

    /// <summary>Begins a new span, whose first byte begins a record.</summary>
    internal void Reset()
    {
        _position = 0;
        _slowUntil = 0;
        Restart(0);
    }

    /// <summary>Reads the next record.</summary>
    /// <param name="span">The same span with each call since <see cref="Reset"/>.</param>
    /// <param name="isLast">Whether nothing follows the span.</param>
    /// <returns>Whether there is one; false where the rest of the span is no whole record.</returns>
    internal bool TryRead(ReadOnlySpan<byte> span, bool isLast)
    {
        while (true)
        {
            if (_skipsLf && _position < span.Length)
            {
                _position += span[_position] == Lf ? 1 : 0;
                _skipsLf = false;
            }

            if (_position >= span.Length)
            {
                return false;
            }

            Start = _position;
            Line = NextLine;
            HasLooseQuote = HasUnclosedQuote = false;
            if (_slowUntil > 0 && _position >= _slowUntil)
            {
                // What was compared before is of no use behind records that were read again.
                _slowUntil = 0;
                Restart(_position);
            }

            if (!(_slowUntil > 0 ? ReadSlowly(span, isLast) : ReadFast(span, isLast)))
            {
                return false;
            }

            // An empty line is no record.
            if (End > Start)
            {
                return true;
            }
        }
    }

    private bool ReadFast(ReadOnlySpan<byte> span, bool isLast)
    {
        while (_row == _rowCount)
        {
            if (!Compare(span))
            {
                return ReadRest(span, isLast);
            }
        }

        ref readonly var row = ref _rows[_row++];
        _first = _next;
        _next = row.Ends;
        _ends[_first - 1] = Start - 1;
        Count = _next - _first;
        EndAt(span, _ends[_next - 1], row.Traits);
        return true;
    }

    // What lies behind the last line end that was found.
    private bool ReadRest(ReadOnlySpan<byte> span, bool isLast)
    {
        if (_isOdd || (isLast && _carry.Inside != 0))
        {
            _slowUntil = _isOdd ? Math.Min(_block + BlockSize, span.Length) : span.Length;
            return ReadSlowly(span, isLast);
        }

        if (!isLast)
        {
            return false;
        }

        (_first, Count) = (_next, _taken - _next);
        Append(span.Length);
        EndAt(span, span.Length, _traits | Traits.OddEdges);
        return true;
    }

    private bool ReadSlowly(ReadOnlySpan<byte> span, bool isLast)
    {
        if (!Scan(span, isLast, isLineOnly: false, out var end))
        {
            return false;
        }

        // Several lines and not the columns of a record: the quote was never closed, and the lines behind it are records of their own.
        var isSuspect = HasUnclosedQuote || (HasLooseQuote && ExpectedCount > 0 && Count != ExpectedCount);
        if (isSuspect && span[Start..end].IndexOfAny(Lf, Cr) >= 0)
        {
            HasLooseQuote = false;
            HasUnclosedQuote = true;
            _ = Scan(span, true, isLineOnly: true, out end);
        }

        EndAt(span, end, Traits.DoubledQuotes | Traits.LineEnds);
        return true;
    }

    private bool Scan(ReadOnlySpan<byte> span, bool isLast, bool isLineOnly, out int end)
    {
        (_first, Count) = (1, 0);
        var at = Start;
        while (true)
        {
            end = FieldEnd(span, at, isLast, isLineOnly);
            if (end < 0)
            {
                return false;
            }

            Append(end);
            if (end == span.Length || span[end] != _delimiter)
            {
                return true;
            }

            at = end + 1;
        }
    }

    // -1 where more bytes are needed to tell.
    private int FieldEnd(ReadOnlySpan<byte> span, int at, bool isLast, bool isLineOnly)
    {
        var quote = SkipBlanks(span, at);
        if (_quote != 0 && quote < span.Length && span[quote] == _quote)
        {
            var line = isLineOnly ? span[quote..].IndexOfAny(Lf, Cr) : -1;
            var closed = ClosedEnd(line < 0 ? span : span[..(quote + line)], quote + 1, isLast || line >= 0);
            if (closed != NeverClosed)
            {
                return closed;
            }

            HasUnclosedQuote = true;
        }

        var length = span[at..].IndexOfAny(_delimiter, Lf, Cr);
        return length >= 0 ? at + length : isLast ? span.Length : -1;
    }

    private const int NeverClosed = -2;

    private int ClosedEnd(ReadOnlySpan<byte> span, int at, bool isLast)
    {
        var start = at;
        var isLoose = false;
        while (true)
        {
            var next = span[at..].IndexOf(_quote);
            if (next < 0)
            {
                return isLast ? NeverClosed : -1;
            }

            var quote = at + next;
            var behind = quote + 1;
            if (behind < span.Length && span[behind] == _quote)
            {
                at = behind + 1;

                // Who did not double a quote of this field doubles none: the second one closes it.
                if (!isLoose || span[start..quote].IndexOfAny(Lf, Cr) >= 0)
                {
                    continue;
                }

                var end = SkipBlanks(span, at);
                if (end >= span.Length)
                {
                    return isLast ? span.Length : -1;
                }

                if (span[end] == _delimiter || span[end] is Lf or Cr)
                {
                    return end;
                }

                continue;
            }

            behind = SkipBlanks(span, behind);
            if (behind >= span.Length)
            {
                return isLast ? span.Length : -1;
            }

            if (span[behind] == _delimiter || span[behind] is Lf or Cr)
            {
                return behind;
            }

            HasLooseQuote = isLoose = true;
            at = quote + 1;
        }
    }

    private readonly int SkipBlanks(ReadOnlySpan<byte> span, int at)
    {
        while (at < span.Length && (span[at] == ' ' || (span[at] == '\t' && _delimiter != '\t')))
        {
            at++;
        }

        return at;
    }

    private void EndAt(ReadOnlySpan<byte> span, int end, Traits traits)
    {
        End = end;
        MayHoldQuotes = (traits & Traits.DoubledQuotes) != 0;
        MayHoldLineEnds = (traits & Traits.LineEnds) != 0;
        Margin = traits == Traits.Quoted ? 1 : traits == Traits.Bare ? 0 : -1;
        _position = Math.Min(end + 1, span.Length);
        _skipsLf = end < span.Length && span[end] == Cr;
        NextLine = Line + 1 + (MayHoldLineEnds ? CountLineEnds(span[Start..end]) : 0);
    }

    private static int CountLineEnds(ReadOnlySpan<byte> record)
    {
        var count = 0;
        while (record.IndexOfAny(Lf, Cr) is >= 0 and var at)
        {
            count++;
            var isPair = record[at] == Cr && at + 1 < record.Length && record[at + 1] == Lf;
            record = record[(at + (isPair ? 2 : 1))..];
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(int end)
    {
        var at = _first + Count;
        if (at == _ends.Length)
        {
            Array.Resize(ref _ends, _ends.Length * 2);
        }

        _ends[at] = end;
        Count++;
    }
}
