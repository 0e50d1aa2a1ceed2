using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Json;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Serialization;

/// <summary>Where the value of a field stands in its line.</summary>
/// <param name="Start">The first byte: of a string the quote, of an object or array its bracket.</param>
/// <param name="Length">How many bytes, with quotes and brackets.</param>
/// <param name="Type">What it is.</param>
/// <param name="IsEscaped">Whether a string holds escapes.</param>
internal readonly record struct FieldSlot(int Start, int Length, JsonTokenType Type, bool IsEscaped);

/// <summary>One line of a ledger file, taken apart into fields; knows JSON and no rule of a ledger.</summary>
/// <remarks>Used again for every line, so that reading costs no objects. Not thread-safe.</remarks>
internal sealed class LedgerLine
{
    private readonly FieldSlot[] _slots = new FieldSlot[LedgerFieldNames.Count];
    private readonly List<(int NameStart, int NameLength, bool IsEscaped, int End)> _unknown = [];
    private readonly int[] _quotes = new int[256];
    private LedgerFieldSet _seen;

    /// <summary>The code of what is wrong with the line as JSON, and where; null when nothing is.</summary>
    internal (string Code, string Message, int At)? Malformed { get; private set; }

    /// <summary>The fields that the line has.</summary>
    internal LedgerFieldSet Seen => _seen;

    internal bool Has(LedgerField field) => _seen.Has(field);

    internal FieldSlot this[LedgerField field] => Has(field) ? _slots[(int)field] : default;

    /// <summary>Takes a line of valid UTF-8 apart.</summary>
    /// <returns>Whether it is an object without a key that stands twice; else <see cref="Malformed"/> says what is wrong.</returns>
    internal bool Read(ReadOnlySpan<byte> line) => ReadPlain(line) || ReadAny(line);

    // Nearly every line of a large file is one flat object of texts without escapes: its quotes alone tell where everything is. Anything else, a
    // fault too, is left to the reader of JSON.
    private bool ReadPlain(ReadOnlySpan<byte> line)
    {
        var count = FindQuotes(line);
        if (count == 0 || count % 4 != 0 || !IsOnly(line[.._quotes[0]], (byte)'{'))
        {
            return false;
        }

        _seen = default;
        _unknown.Clear();
        Malformed = null;
        for (var i = 0; i < count; i += 4)
        {
            int name = _quotes[i], nameEnd = _quotes[i + 1], value = _quotes[i + 2], valueEnd = _quotes[i + 3];
            var isLast = i + 4 == count;
            if (!IsOnly(line[(nameEnd + 1)..value], (byte)':')
                || !IsOnly(isLast ? line[(valueEnd + 1)..] : line[(valueEnd + 1).._quotes[i + 4]], isLast ? (byte)'}' : (byte)','))
            {
                return false;
            }

            var field = LedgerFieldNames.Find(line[(name + 1)..nameEnd]);
            if (field != LedgerField.None ? Has(field) : IsKnownAlready(line, name, nameEnd - name - 1, false))
            {
                return false;
            }

            if (field == LedgerField.None)
            {
                _unknown.Add((name, nameEnd - name - 1, false, valueEnd + 1));
            }
            else
            {
                _seen.Add(field);
                _slots[(int)field] = new FieldSlot(value, valueEnd + 1 - value, JsonTokenType.String, false);
            }
        }

        return true;
    }

    // One byte, and blanks around it.
    private static bool IsOnly(ReadOnlySpan<byte> text, byte mark) =>
        text.Length == 1 ? text[0] == mark : text.Trim((byte)' ') is { Length: 1 } trimmed && trimmed[0] == mark;

    // Where the quotes stand; 0 for a line that is no plain one: too short to be worth it, with an escape, a control character, or very many quotes.
    private int FindQuotes(ReadOnlySpan<byte> line)
    {
        var width = Vector256<byte>.Count;
        if (line.Length < width)
        {
            return 0;
        }

        var count = 0;
        for (var at = 0; at < line.Length; at += width)
        {
            // The last bytes are seen together with some that were seen before.
            var from = Math.Min(at, line.Length - width);
            var bytes = Vector256.Create(line.Slice(from, width));
            if ((Vector256.LessThan(bytes, Vector256.Create((byte)' ')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))) != Vector256<byte>.Zero)
            {
                return 0;
            }

            var quotes = Vector256.Equals(bytes, Vector256.Create((byte)'"')).ExtractMostSignificantBits() & (uint.MaxValue << (at - from));
            if (count + BitOperations.PopCount(quotes) > _quotes.Length)
            {
                return 0;
            }

            for (; quotes != 0; quotes &= quotes - 1)
            {
                _quotes[count++] = from + BitOperations.TrailingZeroCount(quotes);
            }
        }

        return count;
    }

    /// <summary>Takes any line apart with the reader of JSON: what <see cref="Read"/> does, without its short way.</summary>
    internal bool ReadAny(ReadOnlySpan<byte> line)
    {
        _seen = default;
        _unknown.Clear();
        Malformed = null;
        var reader = new Utf8JsonReader(line);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                // The whole line decides between no JSON at all and JSON that is something else.
                reader.Skip();
                while (reader.Read())
                {
                }

                return Fail(LedgerCodes.NotAnObject, "The line is no JSON object.", 0);
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!ReadField(line, ref reader))
                {
                    return false;
                }
            }

            // Past the end of the object: anything but blanks throws.
            reader.Read();
            return true;
        }
        catch (JsonException e)
        {
            return Fail(LedgerCodes.NotJson, "The line is not JSON.", (int)Math.Min(line.Length, e.BytePositionInLine ?? 0));
        }
        catch (InvalidOperationException)
        {
            // A name holds half of a surrogate pair.
            return Fail(LedgerCodes.NotJson, "The line is not JSON.", (int)reader.TokenStartIndex);
        }
    }

    private bool ReadField(ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        var nameStart = (int)reader.TokenStartIndex;
        var nameLength = reader.ValueSpan.Length;
        var isEscaped = reader.ValueIsEscaped;
        var field = isEscaped ? LedgerFieldNames.Find(Encoding.UTF8.GetBytes(reader.GetString()!)) : LedgerFieldNames.Find(reader.ValueSpan);
        if (field != LedgerField.None ? Has(field) : IsKnownAlready(line, nameStart, nameLength, isEscaped))
        {
            return Fail(LedgerCodes.DuplicateKey, "A key stands twice.", nameStart);
        }

        reader.Read();
        var start = (int)reader.TokenStartIndex;
        var type = reader.TokenType;
        var isValueEscaped = reader.ValueIsEscaped;
        if (type is JsonTokenType.StartObject or JsonTokenType.StartArray && FindDuplicate(ref reader) is { } at)
        {
            return Fail(LedgerCodes.DuplicateKey, "A key stands twice.", at);
        }

        var end = (int)reader.BytesConsumed;
        if (field == LedgerField.None)
        {
            _unknown.Add((nameStart, nameLength, isEscaped, end));
            return true;
        }

        _seen.Add(field);
        _slots[(int)field] = new FieldSlot(start, end - start, type, isValueEscaped);
        return true;
    }

    // Walks an object or array to its end.
    private static int? FindDuplicate(ref Utf8JsonReader reader)
    {
        var names = new Stack<HashSet<string>?>();
        names.Push(reader.TokenType == JsonTokenType.StartObject ? [] : null);
        while (names.Count > 0 && reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    names.Push([]);
                    break;
                case JsonTokenType.StartArray:
                    names.Push(null);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    names.Pop();
                    break;
                case JsonTokenType.PropertyName when !names.Peek()!.Add(reader.GetString()!):
                    return (int)reader.TokenStartIndex;
            }
        }

        return null;
    }

    private bool IsKnownAlready(ReadOnlySpan<byte> line, int start, int length, bool isEscaped)
    {
        foreach (var known in _unknown)
        {
            if (known.IsEscaped || isEscaped
                ? string.Equals(Name(line, known.NameStart), Name(line, start), StringComparison.Ordinal)
                : line.Slice(known.NameStart + 1, known.NameLength).SequenceEqual(line.Slice(start + 1, length)))
            {
                return true;
            }
        }

        return false;
    }

    private static string Name(ReadOnlySpan<byte> line, int quote)
    {
        // A name is a string as far as its closing quote; the reader finds it.
        var reader = new Utf8JsonReader(line[quote..], isFinalBlock: false, state: default);
        reader.Read();
        return reader.GetString()!;
    }

    private bool Fail(string code, string message, int at)
    {
        Malformed = (code, message, at);
        return false;
    }

    /// <summary>The fields that a record does not know, as they stand in the line, with commas between them; null for none.</summary>
    /// <param name="line">The line.</param>
    /// <param name="known">The fields the record knows.</param>
    internal string? UnknownFields(ReadOnlySpan<byte> line, LedgerFieldSet known)
    {
        var strangers = _seen.Without(known);
        if (_unknown.Count == 0 && strangers.IsEmpty)
        {
            return null;
        }

        var parts = new List<(int Start, string Text)>();
        foreach (var (start, _, _, end) in _unknown)
        {
            parts.Add((start, Encoding.UTF8.GetString(line[start..end])));
        }

        for (var i = 0; i < LedgerFieldNames.Count; i++)
        {
            if (strangers.Has((LedgerField)i))
            {
                var slot = _slots[i];
                parts.Add((slot.Start, $"\"{LedgerFieldNames.Of((LedgerField)i)}\":{Encoding.UTF8.GetString(line.Slice(slot.Start, slot.Length))}"));
            }
        }

        return string.Join(',', parts.OrderBy(p => p.Start).Select(p => p.Text));
    }
}
