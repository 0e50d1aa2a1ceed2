using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Finds the records and fields of delimited text in one contiguous span: RFC 4180, with CR LF, LF or CR, any delimiter, and no quotes at all where a bank writes none.</summary>
/// <remarks>
/// <para>Sixty-four bytes are compared at a time; quotes are paired with a prefix sum. Where a quote opens inside a field or closes before its end,
/// the record is read again byte by byte: a quote closes a field only before a delimiter or a line end, any other one is text.</para>
/// <para>Use: <see cref="Reset"/> for a span that begins with a record, then <see cref="TryRead"/> until it has no more. It holds no policy and never throws.</para>
/// </remarks>
internal struct CsvTokenizer
{
    private const int BlockSize = 64;
    private const byte Lf = (byte)'\n';
    private const byte Cr = (byte)'\r';

    private readonly byte _delimiter;
    private readonly byte _quote;
    private int[] _ends = new int[4 * BlockSize];
    private int _position;
    private int _block;
    private int _slowUntil;
    private ulong _structural;
    private ulong _lineEnds;
    private ulong _quoted;
    private ulong _afterStructural;
    private ulong _afterClosing;
    private bool _blockHasQuotedLineEnd;
    private bool _blockHasDoubledQuote;
    private bool _skipsLf;

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
    internal readonly ReadOnlySpan<int> Ends => _ends.AsSpan(0, Count);

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
            Count = 0;
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
        var hasQuotedLineEnd = _blockHasQuotedLineEnd;
        MayHoldQuotes = _blockHasDoubledQuote;
        while (true)
        {
            if (Start > _block)
            {
                // What lies before the record: the LF of a CR LF.
                _structural = Start - _block < BlockSize ? _structural & (ulong.MaxValue << (Start - _block)) : 0;
            }

            if (_structural != 0 && TakeEnds())
            {
                EndAt(span, _ends[Count - 1], hasQuotedLineEnd);
                return true;
            }

            var next = _block + BlockSize;
            if (next >= span.Length)
            {
                if (!isLast)
                {
                    return false;
                }

                if (_quoted != 0)
                {
                    _slowUntil = span.Length;
                    Count = 0;
                    return ReadSlowly(span, isLast);
                }

                Append(span.Length);
                EndAt(span, span.Length, hasQuotedLineEnd);
                return true;
            }

            _block = next;
            if (!Load(span))
            {
                _slowUntil = Math.Min(next + BlockSize, span.Length);
                Count = 0;
                return ReadSlowly(span, isLast);
            }

            hasQuotedLineEnd |= _blockHasQuotedLineEnd;
            MayHoldQuotes |= _blockHasDoubledQuote;
        }
    }

    // The fields that end in the block, up to the end of the record; whether that lies in it.
    private bool TakeEnds()
    {
        var line = _structural & _lineEnds;
        var taken = line == 0 ? ulong.MaxValue : line ^ (line - 1);
        var bits = _structural & taken;
        _structural &= ~taken;
        if (_ends.Length - Count < BlockSize)
        {
            Array.Resize(ref _ends, _ends.Length * 2);
        }

        // Eight are written at a time, whether there are so many or not: the count says how many are meant.
        ref var target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_ends), Count);
        Count += BitOperations.PopCount(bits);
        var block = _block;
        do
        {
            Put(ref target, 0, block, ref bits);
            Put(ref target, 1, block, ref bits);
            Put(ref target, 2, block, ref bits);
            Put(ref target, 3, block, ref bits);
            Put(ref target, 4, block, ref bits);
            Put(ref target, 5, block, ref bits);
            Put(ref target, 6, block, ref bits);
            Put(ref target, 7, block, ref bits);

            target = ref Unsafe.Add(ref target, 8);
        }
        while (bits != 0);
        return line != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref int target, int at, int block, ref ulong bits)
    {
        Unsafe.Add(ref target, at) = block + BitOperations.TrailingZeroCount(bits);
        bits &= bits - 1;
    }

    // Compares a block; false where its quotes are not those of RFC 4180.
    private bool Load(ReadOnlySpan<byte> span)
    {
        ulong delimiters, lineEnds, quotes;
        if (_block + BlockSize <= span.Length)
        {
            Compare(ref Unsafe.Add(ref MemoryMarshal.GetReference(span), _block), out delimiters, out lineEnds, out quotes);
        }
        else
        {
            Span<byte> tail = stackalloc byte[BlockSize];
            tail.Clear();
            span[_block..].CopyTo(tail);
            Compare(ref MemoryMarshal.GetReference(tail), out delimiters, out lineEnds, out quotes);
        }

        if (quotes == 0)
        {
            _structural = (delimiters | lineEnds) & ~_quoted;
            _lineEnds = lineEnds;
            _blockHasQuotedLineEnd = (lineEnds & _quoted) != 0;
            _blockHasDoubledQuote = false;
            var isFine = (_afterClosing & ~_structural) == 0;
            _afterStructural = _structural >> 63;
            _afterClosing = 0;
            return isFine;
        }

        var inside = PrefixXor(quotes) ^ _quoted;
        _quoted = (ulong)((long)inside >> 63);
        _structural = (delimiters | lineEnds) & ~inside;
        _lineEnds = lineEnds;
        _blockHasQuotedLineEnd = (lineEnds & inside) != 0;
        var opening = quotes & inside;
        var closing = quotes & ~inside;
        var behind = ((_structural | closing) << 1) | _afterStructural;
        var behindClosing = (closing << 1) | _afterClosing;
        _blockHasDoubledQuote = (behindClosing & opening) != 0;
        _afterStructural = (_structural | closing) >> 63;
        _afterClosing = closing >> 63;
        return (opening & ~behind) == 0 && (behindClosing & ~(_structural | opening)) == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Compare(ref byte block, out ulong delimiters, out ulong lineEnds, out ulong quotes)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var bytes = Vector512.LoadUnsafe(ref block);
            delimiters = Vector512.Equals(bytes, Vector512.Create(_delimiter)).ExtractMostSignificantBits();
            lineEnds = (Vector512.Equals(bytes, Vector512.Create(Lf)) | Vector512.Equals(bytes, Vector512.Create(Cr))).ExtractMostSignificantBits();
            quotes = _quote == 0 ? 0 : Vector512.Equals(bytes, Vector512.Create(_quote)).ExtractMostSignificantBits();
            return;
        }

        var low = Vector256.LoadUnsafe(ref block);
        var high = Vector256.LoadUnsafe(ref block, 32);
        delimiters = Mask(low, high, _delimiter);
        lineEnds = Mask(low, high, Lf) | Mask(low, high, Cr);
        quotes = _quote == 0 ? 0 : Mask(low, high, _quote);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(Vector256<byte> low, Vector256<byte> high, byte value) =>
        Vector256.Equals(low, Vector256.Create(value)).ExtractMostSignificantBits()
        | ((ulong)Vector256.Equals(high, Vector256.Create(value)).ExtractMostSignificantBits() << 32);

    // Bit n is set where an odd number of bits up to n are.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong PrefixXor(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
        {
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        }

        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }

    private bool ReadSlowly(ReadOnlySpan<byte> span, bool isLast)
    {
        MayHoldQuotes = true;
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

        EndAt(span, end, true);
        return true;
    }

    private bool Scan(ReadOnlySpan<byte> span, bool isLast, bool isLineOnly, out int end)
    {
        Count = 0;
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

            HasLooseQuote = true;
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

    private void EndAt(ReadOnlySpan<byte> span, int end, bool mayHaveLineEnds)
    {
        End = end;
        MayHoldLineEnds = mayHaveLineEnds;
        _position = Math.Min(end + 1, span.Length);
        _skipsLf = end < span.Length && span[end] == Cr;
        NextLine = Line + 1 + (mayHaveLineEnds ? CountLineEnds(span[Start..end]) : 0);
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

    // The next block begins at a record: no quote is open.
    private void Restart(int at)
    {
        _block = at - BlockSize;
        _structural = _quoted = _afterClosing = 0;
        _afterStructural = 1;
        _blockHasQuotedLineEnd = _blockHasDoubledQuote = false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(int end)
    {
        var count = Count;
        var ends = _ends;
        if ((uint)count < (uint)ends.Length)
        {
            ends[count] = end;
            Count = count + 1;
            return;
        }

        Array.Resize(ref _ends, ends.Length * 2);
        Append(end);
    }
}
