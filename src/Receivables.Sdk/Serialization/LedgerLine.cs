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
    private ulong _seen;

    /// <summary>The code of what is wrong with the line as JSON, and where; null when nothing is.</summary>
    internal (string Code, string Message, int At)? Malformed { get; private set; }

    /// <summary>The fields that the line has, a bit each.</summary>
    internal ulong Seen => _seen;

    internal bool Has(LedgerField field) => (_seen & (1UL << (int)field)) != 0;

    internal FieldSlot this[LedgerField field] => Has(field) ? _slots[(int)field] : default;

    /// <summary>Takes a line apart.</summary>
    /// <returns>Whether it is an object without a key that stands twice; else <see cref="Malformed"/> says what is wrong.</returns>
    internal bool Read(ReadOnlySpan<byte> line)
    {
        _seen = 0;
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

        _seen |= 1UL << (int)field;
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
    /// <param name="known">The fields the record knows, a bit each.</param>
    internal string? UnknownFields(ReadOnlySpan<byte> line, ulong known)
    {
        var strangers = _seen & ~known;
        if (_unknown.Count == 0 && strangers == 0)
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
            if ((strangers & (1UL << i)) != 0)
            {
                var slot = _slots[i];
                parts.Add((slot.Start, $"\"{LedgerFieldNames.Of((LedgerField)i)}\":{Encoding.UTF8.GetString(line.Slice(slot.Start, slot.Length))}"));
            }
        }

        return string.Join(',', parts.OrderBy(p => p.Start).Select(p => p.Text));
    }
}
