using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>The text of <c>:86:</c> in one piece, in bytes: what nearly every text is, printable ASCII of no great length.</summary>
/// <remarks>Not thread-safe; its buffers are used again for the next entry.</remarks>
internal sealed class MtPlainText
{
    /// <summary>The longest text, with its line ends.</summary>
    internal const int Longest = 1024;

    /// <summary>How many words the places of a character in it may take.</summary>
    internal const int Words = (Longest / Step) + 1;

    /// <summary>What may be read and written behind a text.</summary>
    internal const int Slack = 2 * Step;

    private const int Step = 64;
    private const int MostLines = 32;

    private readonly byte[] _raw = new byte[Longest + Slack];
    private readonly byte[] _joined = new byte[Longest + Slack];
    private readonly (int Start, int End)[] _lines = new (int, int)[MostLines];
    private readonly ulong[] _places = new ulong[Words];
    private readonly ulong[] _rawPlaces = new ulong[Words];
    private readonly ulong[] _kept = new ulong[Words];
    private int _lineCount;
    private int _length;

    /// <summary>The text without line ends.</summary>
    internal ReadOnlySpan<byte> Joined => _joined.AsSpan(0, _length);

    /// <summary>Where the marker stands in it: a bit for each place. What is behind the text is none.</summary>
    internal ReadOnlySpan<ulong> Places => _lineCount == 1 ? _rawPlaces : _places;

    /// <summary>Takes the content of a field and puts its lines together.</summary>
    /// <param name="data">The bytes in sight.</param>
    /// <param name="start">Where the content starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="marker">The character that begins a field of the text.</param>
    /// <returns>Whether it is a text of this kind.</returns>
    internal bool TrySet(ReadOnlySpan<byte> data, int start, int end, char marker)
    {
        if (end - start > Longest)
        {
            return false;
        }

        // What is read at once may reach beyond the content.
        if (end + Slack > data.Length)
        {
            data[start..end].CopyTo(_raw);
            data = _raw;
            (start, end) = (0, end - start);
        }

        var raw = data[start..end];
        if (!TryFindLines(raw, marker))
        {
            return false;
        }

        if (_lineCount == 1)
        {
            Append(raw, 0, raw.Length, 0);
            _length = raw.Length;
        }
        else
        {
            Join(raw, marker);
        }

        return true;
    }

    // Lines, places, and whether there is nothing but characters that can be printed.
    private bool TryFindLines(ReadOnlySpan<byte> raw, char marker)
    {
        ref var text = ref MemoryMarshal.GetReference(raw);
        int start = 0, word = 0;
        _lineCount = 0;
        for (var at = 0; at < raw.Length; at += Step, word++)
        {
            var valid = raw.Length - at >= Step ? ulong.MaxValue : (1ul << (raw.Length - at)) - 1;
            var part = Vector512.LoadUnsafe(ref text, (nuint)at);
            var ends = (Vector512.Equals(part, Vector512.Create((byte)'\n')) | Vector512.Equals(part, Vector512.Create((byte)'\r'))).ExtractMostSignificantBits() & valid;
            var printable = Vector512.LessThanOrEqual(part - Vector512.Create((byte)' '), Vector512.Create((byte)('~' - ' '))).ExtractMostSignificantBits();
            if ((valid & ~(printable | ends)) != 0)
            {
                return false;
            }

            _rawPlaces[word] = Vector512.Equals(part, Vector512.Create((byte)marker)).ExtractMostSignificantBits() & valid;
            _kept[word] = valid & ~ends;
            for (; ends != 0; ends &= ends - 1)
            {
                var end = at + BitOperations.TrailingZeroCount(ends);
                if (end < start)
                {
                    // The LF of a CR.
                    continue;
                }

                if (!TryAddLine(start, end))
                {
                    return false;
                }

                start = end + (raw[end] == '\r' && end + 1 < raw.Length && raw[end + 1] == '\n' ? 2 : 1);
            }
        }

        _rawPlaces[word] = 0;
        return TryAddLine(start, raw.Length);
    }

    private bool TryAddLine(int start, int end)
    {
        if (_lineCount == MostLines)
        {
            return false;
        }

        _lines[_lineCount++] = (start, end);
        return true;
    }

    // As LineJoin does. The places move with their characters: nothing is read that was written just now.
    private void Join(ReadOnlySpan<byte> raw, char marker)
    {
        var lines = _lines.AsSpan(0, _lineCount);
        var width = LineJoin.FixedWidth(raw, lines);
        _length = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            var (start, end) = lines[i];
            if (start == end || raw[start] == ' ')
            {
                // A line of blanks, perhaps.
                _length = LineJoin.Join(raw, lines, marker, _joined);
                Mark(_joined, _length, marker, _places);
                return;
            }

            if (i > 0 && !LineJoin.IsCut(raw[lines[i - 1].Start..lines[i - 1].End], isFirst: i == 1, width, (byte)marker, raw[start..end]))
            {
                // The blank takes the place of the line end.
                _joined[_length++] = (byte)' ';
                _kept[(start - 1) / Step] |= 1ul << ((start - 1) % Step);
            }

            Append(raw, start, end, _length);
            _length += end - start;
        }

        if (Bmi2.X64.IsSupported)
        {
            MovePlaces((raw.Length + Step - 1) / Step);
        }
        else
        {
            Mark(_joined, _length, marker, _places);
        }
    }

    // Up to 128 bytes by two vectors: how long a line is is not asked.
    private void Append(ReadOnlySpan<byte> raw, int start, int end, int at)
    {
        if (end - start > Slack)
        {
            raw[start..end].CopyTo(_joined.AsSpan(at));
            return;
        }

        ref var from = ref Unsafe.Add(ref MemoryMarshal.GetReference(raw), start);
        ref var to = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_joined), at);
        var second = Vector512.LoadUnsafe(ref from, Step);
        Vector512.LoadUnsafe(ref from).StoreUnsafe(ref to);
        second.StoreUnsafe(ref to, Step);
    }

    private void MovePlaces(int words)
    {
        _places.AsSpan(0, words + 1).Clear();
        var length = 0;
        for (var word = 0; word < words; word++)
        {
            var bits = Bmi2.X64.ParallelBitExtract(_rawPlaces[word], _kept[word]);
            var (at, shift) = (length / Step, length % Step);
            _places[at] |= bits << shift;
            _places[at + 1] |= shift == 0 ? 0 : bits >> (Step - shift);
            length += BitOperations.PopCount(_kept[word]);
        }
    }

    /// <summary>Where a character stands in a text: a bit for each place.</summary>
    /// <param name="text">The text, with sixty-four bytes of room behind it.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="character">The character.</param>
    /// <param name="places">Room for a word for each sixty-four characters and one more, which is zero.</param>
    internal static void Mark(byte[] text, int length, char character, Span<ulong> places) => _ = Mark(text, length, character, character, places);

    /// <summary>The same; and whether another character stands in it.</summary>
    internal static bool Mark(byte[] text, int length, char character, char other, Span<ulong> places)
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(text);
        var word = 0;
        var others = 0ul;
        for (var at = 0; at < length; at += Step)
        {
            var valid = length - at >= Step ? ulong.MaxValue : (1ul << (length - at)) - 1;
            var part = Vector512.LoadUnsafe(ref start, (nuint)at);
            places[word++] = Vector512.Equals(part, Vector512.Create((byte)character)).ExtractMostSignificantBits() & valid;
            others |= Vector512.Equals(part, Vector512.Create((byte)other)).ExtractMostSignificantBits() & valid;
        }

        places[word] = 0;
        return others != 0;
    }

    /// <summary>The first place from one on; the end where there is none before it.</summary>
    internal static int Next(ReadOnlySpan<ulong> places, int from, int end)
    {
        while (from < end)
        {
            var bits = places[from / Step] >> (from % Step);
            if (bits != 0)
            {
                return Math.Min(end, from + BitOperations.TrailingZeroCount(bits));
            }

            from = (from | (Step - 1)) + 1;
        }

        return end;
    }

    /// <summary>The text without blanks at its ends.</summary>
    internal static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        var start = 0;
        while (start < text.Length && text[start] == ' ')
        {
            start++;
        }

        return TrimEnd(text[start..]);
    }

    /// <summary>The text without blanks at its end.</summary>
    internal static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> text)
    {
        var end = text.Length;
        while (end > 0 && text[end - 1] == ' ')
        {
            end--;
        }

        return text[..end];
    }
}
