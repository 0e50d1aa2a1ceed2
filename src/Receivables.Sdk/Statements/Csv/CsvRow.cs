using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>One record: its fields as spans, without quotes and blanks around them.</summary>
/// <param name="span">The span that the tokenizer reads.</param>
/// <param name="tokenizer">The tokenizer, on the record.</param>
/// <param name="quote">The quote, or 0.</param>
/// <param name="scratch">Where fields with doubled quotes are put together; its content is gone with the next one.</param>
/// <param name="source">The way back to places in the file; null where nobody asks for them.</param>
internal readonly ref struct CsvRow(ReadOnlySpan<byte> span, in CsvTokenizer tokenizer, byte quote, CsvScratch scratch, SourceText? source = null)
{
    private const int FewBlanks = 8;

    private readonly ReadOnlySpan<byte> _span = span;
    private readonly ReadOnlySpan<int> _bounds = tokenizer.Bounds;
    private readonly ReadOnlySpan<int> _ends = tokenizer.Ends;
    private readonly int _margin = tokenizer.Margin;
    private readonly bool _mayHoldQuotes = tokenizer.MayHoldQuotes;

    /// <summary>Whether no field holds quotes or line ends: each of them is a slice of the record.</summary>
    internal bool IsSimple { get; } = !tokenizer.MayHoldQuotes && !tokenizer.MayHoldLineEnds;

    /// <summary>How many bytes stand on both sides of every field; -1 where they differ.</summary>
    internal int Margin => _margin;

    /// <summary>How many fields there are.</summary>
    internal int Count => _ends.Length;

    /// <summary>Where the record starts in the span.</summary>
    internal int Start { get; } = tokenizer.Start;

    /// <summary>Where it ends, before its line end.</summary>
    internal int End { get; } = tokenizer.End;

    /// <summary>Its bytes.</summary>
    internal ReadOnlySpan<byte> Bytes => _span[Start..End];

    /// <summary>Where a field starts in the file, counted from the start of the record.</summary>
    internal int OffsetOf(int field)
    {
        var offset = (uint)field < (uint)_ends.Length && field > 0 ? _ends[field - 1] + 1 - Start : 0;
        return source is { IsTranscoded: true } ? (int)source.SourceLength(Bytes[..offset]) : offset;
    }

    /// <summary>How long a field is in the file, without quotes and blanks around it.</summary>
    internal int LengthOf(int field) => source is { IsTranscoded: true } ? (int)source.SourceLength(this[field]) : this[field].Length;

    /// <summary>A field; empty where the record is shorter.</summary>
    internal ReadOnlySpan<byte> this[int field]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)field >= (uint)_ends.Length)
            {
                return default;
            }

            var from = field == 0 ? Start : _ends[field - 1] + 1;
            var raw = _span[from.._ends[field]];

            // The common forms first: just the quotes, or nothing to trim.
            if (raw.Length >= 2 && raw[0] == quote && raw[^1] == quote)
            {
                raw = raw[1..^1];
                return !_mayHoldQuotes && (raw.IsEmpty || (raw[0] > ' ' && raw[^1] > ' ')) ? raw : Unquote(raw);
            }

            return raw.IsEmpty || (raw[0] > ' ' && raw[0] != '=' && raw[^1] > ' ') ? raw : Bare(raw);
        }
    }

    /// <summary>The fields of a row that is <see cref="IsSimple"/>.</summary>
    /// <param name="places">Room for the places of all fields.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal CsvPlainFields PlainFields(CsvPlaces places)
    {
        if (_margin >= 0)
        {
            places.TakeEvenly(_bounds, _margin);
        }
        else
        {
            TakePlaces(places);
        }

        return new CsvPlainFields(_span, places, _ends.Length, _margin);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TakePlaces(CsvPlaces places)
    {
        ref var bytes = ref MemoryMarshal.GetReference(_span);
        var from = Start;
        for (var i = 0; i < _ends.Length; i++)
        {
            int start = from, end = _ends[i];
            from = end + 1;
            var isQuoted = end - start >= 2 && Unsafe.Add(ref bytes, start) == quote && Unsafe.Add(ref bytes, end - 1) == quote;
            start += isQuoted ? 1 : 0;
            end -= isQuoted ? 1 : 0;
            var isBare = end == start || (Unsafe.Add(ref bytes, start) > ' ' && Unsafe.Add(ref bytes, start) != '=' && Unsafe.Add(ref bytes, end - 1) > ' ');
            var place = isBare ? new CsvPlace(start, end - start) : isQuoted ? Trim(_span, start, end) : PlaceOf(i);
            (places.Starts[i], places.Lengths[i]) = (place.Start, place.Length);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private CsvPlace PlaceOf(int field)
    {
        var text = this[field];
        return text.IsEmpty ? default : new CsvPlace((int)Unsafe.ByteOffset(ref MemoryMarshal.GetReference(_span), ref MemoryMarshal.GetReference(text)), text.Length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> raw)
    {
        raw = Trim(raw);
        if (raw.Length >= 3 && raw[0] == '=' && raw[1] == quote)
        {
            // ="0123" keeps spreadsheets from reading a number.
            raw = raw[1..];
        }

        return quote != 0 && raw.Length >= 2 && raw[0] == quote && raw[^1] == quote ? Unquote(raw[1..^1]) : raw;
    }

    /// <summary>Whether the first field holds delimiters and the others are empty: the row is a whole row within quotes.</summary>
    internal bool IsOneField(byte delimiter)
    {
        for (var i = 1; i < Count; i++)
        {
            if (!this[i].IsEmpty)
            {
                return false;
            }
        }

        return this[0].Contains(delimiter);
    }

    /// <summary>Whether every field is empty.</summary>
    internal bool IsBlank
    {
        get
        {
            for (var i = 0; i < Count; i++)
            {
                if (!this[i].IsEmpty)
                {
                    return false;
                }
            }

            return true;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> inner)
    {
        inner = Trim(inner);
        var at = _mayHoldQuotes ? inner.IndexOf(quote) : -1;
        if (at < 0)
        {
            return inner;
        }

        var text = scratch.Take(inner.Length);
        var length = 0;
        for (var i = 0; i < inner.Length; i++)
        {
            text[length++] = inner[i];
            i += inner[i] == quote && i + 1 < inner.Length && inner[i + 1] == quote ? 1 : 0;
        }

        return text[..length];
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        var place = Trim(text, 0, text.Length);
        return text.Slice(place.Start, place.Length);
    }

    // Blanks, tabs, line ends, and the zeros that some banks fill fields with.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CsvPlace Trim(ReadOnlySpan<byte> span, int start, int end)
    {
        // A few are passed over one by one; some banks fill fields up to widths of a hundred and more.
        var few = Math.Max(start, end - FewBlanks);
        while (end > few && span[end - 1] <= ' ')
        {
            end--;
        }

        if (end == few)
        {
            end = start + span[start..end].LastIndexOfAnyExceptInRange((byte)0, (byte)' ') + 1;
        }

        while (start < end && span[start] <= ' ')
        {
            start++;
        }

        return new CsvPlace(start, end - start);
    }
}

/// <summary>Memory for one field at a time.</summary>
internal sealed class CsvScratch
{
    private byte[] _bytes = [];

    /// <summary>Memory of a length; what was taken before is gone.</summary>
    internal Span<byte> Take(int length)
    {
        if (_bytes.Length < length)
        {
            _bytes = new byte[Math.Max(256, length * 2)];
        }

        return _bytes.AsSpan(0, length);
    }
}
