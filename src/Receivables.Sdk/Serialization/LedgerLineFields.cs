using System.Buffers;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Serialization;

/// <summary>The values of one line's fields; the first value that is wrong is kept as the line's fault.</summary>
internal ref struct LedgerLineFields(LedgerLine fields, ReadOnlySpan<byte> line)
{
    private readonly ReadOnlySpan<byte> _line = line;

    /// <summary>What is wrong, and at which byte of the line; null while nothing is.</summary>
    internal (string Code, string Message, int At)? Fault { get; private set; }

    internal readonly ReadOnlySpan<byte> Line => _line;

    /// <summary>Whether a field has a value; <c>null</c> is none.</summary>
    internal readonly bool Has(LedgerField field) => fields[field] is { Type: not (JsonTokenType.None or JsonTokenType.Null) };

    /// <summary>The byte of the line where a field's value starts; 0 without one.</summary>
    internal readonly int At(LedgerField field) => fields[field].Start;

    internal void Fail(string code, string message, int at) => Fault ??= (code, message, at);

    internal void Fail(string code, string message, LedgerField field) => Fail(code, message, At(field));

    private bool Require(LedgerField field)
    {
        if (Has(field))
        {
            return true;
        }

        Fail(LedgerCodes.FieldMissing, $"The field {LedgerFieldNames.Of(field)} is missing.", At(field));
        return false;
    }

    private void WrongType(LedgerField field, string wanted) => Fail(LedgerCodes.WrongType, $"The field {LedgerFieldNames.Of(field)} is no {wanted}.", At(field));

    /// <summary>Whether a field is this text, written without escapes.</summary>
    internal readonly bool Is(LedgerField field, ReadOnlySpan<byte> text)
    {
        var slot = fields[field];
        return slot.Type == JsonTokenType.String && _line.Slice(slot.Start + 1, slot.Length - 2).SequenceEqual(text);
    }

    /// <summary>The bytes of a text; empty without one.</summary>
    /// <param name="field">The field.</param>
    /// <param name="scratch">Where escapes are resolved; at least as long as the line.</param>
    internal ReadOnlySpan<byte> Bytes(LedgerField field, byte[] scratch)
    {
        if (!Has(field))
        {
            return default;
        }

        var slot = fields[field];
        if (slot.Type != JsonTokenType.String)
        {
            WrongType(field, "text");
            return default;
        }

        if (!slot.IsEscaped)
        {
            return _line.Slice(slot.Start + 1, slot.Length - 2);
        }

        return Unescape(slot, field, scratch);
    }

    private ReadOnlySpan<byte> Unescape(FieldSlot slot, LedgerField field, byte[] scratch)
    {
        var reader = new Utf8JsonReader(_line.Slice(slot.Start, slot.Length));
        reader.Read();
        try
        {
            return scratch.AsSpan(0, reader.CopyString(scratch));
        }
        catch (InvalidOperationException)
        {
            Fail(LedgerCodes.NotJson, "The text holds half of a surrogate pair.", At(field));
            return default;
        }
    }

    /// <summary>A text, or null.</summary>
    internal string? Text(LedgerField field)
    {
        if (!Has(field))
        {
            return null;
        }

        if (!fields[field].IsEscaped)
        {
            return Encoding.UTF8.GetString(Bytes(field, []));
        }

        var scratch = ArrayPool<byte>.Shared.Rent(fields[field].Length);
        var text = Encoding.UTF8.GetString(Bytes(field, scratch));
        ArrayPool<byte>.Shared.Return(scratch);
        return text;
    }

    /// <summary>An id that must be there, and not empty.</summary>
    internal string Id(LedgerField field)
    {
        if (Require(field) && Text(field) is { Length: > 0 } text)
        {
            return text;
        }

        Fail(LedgerCodes.FieldMissing, $"The field {LedgerFieldNames.Of(field)} is empty.", At(field));
        return "?";
    }

    /// <inheritdoc cref="Id(LedgerField)"/>
    internal ReadOnlySpan<byte> Id(LedgerField field, byte[] scratch)
    {
        if (!Require(field))
        {
            return default;
        }

        var bytes = Bytes(field, scratch);
        if (bytes.IsEmpty)
        {
            Fail(LedgerCodes.FieldMissing, $"The field {LedgerFieldNames.Of(field)} is empty.", At(field));
        }

        return bytes;
    }

    /// <summary>A date, or null.</summary>
    internal LocalDate? DateOrNull(LedgerField field) => Has(field) ? Date(field) : null;

    /// <summary>A date that must be there.</summary>
    internal LocalDate Date(LedgerField field)
    {
        if (!Require(field))
        {
            return default;
        }

        var slot = fields[field];
        if (slot.Type != JsonTokenType.String)
        {
            WrongType(field, "date");
            return default;
        }

        if (!slot.IsEscaped && TryDate(_line.Slice(slot.Start + 1, slot.Length - 2), out var date))
        {
            return date;
        }

        Fail(LedgerCodes.NoSuchDate, $"The field {LedgerFieldNames.Of(field)} is no date of the calendar in the form yyyy-MM-dd.", At(field));
        return default;
    }

    /// <summary>Reads <c>yyyy-MM-dd</c> of the years 1 to 9999.</summary>
    internal static bool TryDate(ReadOnlySpan<byte> text, out LocalDate date)
    {
        date = default;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-')
        {
            return false;
        }

        int century = Two(text, 0), ofCentury = Two(text, 2), month = Two(text, 5), day = Two(text, 8);
        var year = (century * 100) + ofCentury;
        if (century < 0 || ofCentury < 0 || year == 0 || month is < 1 or > 12 || day is < 1 or > 31 || (day > 28 && day > CalendarSystem.Iso.GetDaysInMonth(year, month)))
        {
            return false;
        }

        date = new LocalDate(year, month, day);
        return true;
    }

    // Two digits, or -1.
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        int tens = text[at] - '0', ones = text[at + 1] - '0';
        return (uint)tens <= 9 && (uint)ones <= 9 ? (tens * 10) + ones : -1;
    }

    /// <summary>An instant, or null.</summary>
    internal Instant? InstantOrNull(LedgerField field)
    {
        if (!Has(field))
        {
            return null;
        }

        if (fields[field].Type != JsonTokenType.String)
        {
            WrongType(field, "instant");
            return null;
        }

        var text = Text(field)!;
        if (InstantPattern.ExtendedIso.Parse(text) is { Success: true, Value: var instant })
        {
            return instant;
        }

        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true, Value: var local })
        {
            return local.ToInstant();
        }

        Fail(LedgerCodes.NoSuchDate, $"The field {LedgerFieldNames.Of(field)} is no instant such as 2026-02-17T09:30:00Z.", At(field));
        return null;
    }

    /// <summary>An instant that must be there.</summary>
    internal Instant Instant(LedgerField field) => Require(field) ? InstantOrNull(field) ?? default : default;

    /// <summary>An amount as written that must be there.</summary>
    internal ScaledAmount Amount(LedgerField field, bool mayBeNegative = false, bool mayBeZero = false)
    {
        if (!Require(field))
        {
            return default;
        }

        var slot = fields[field];
        if (slot.Type != JsonTokenType.String || slot.IsEscaped)
        {
            Fail(LedgerCodes.NotAnAmount, $"The field {LedgerFieldNames.Of(field)} is no text that holds a decimal number.", At(field));
            return default;
        }

        if (ScaledAmount.Parse(_line.Slice(slot.Start + 1, slot.Length - 2), out var amount) is { } code)
        {
            Fail(code, $"The field {LedgerFieldNames.Of(field)} is no decimal number that a ledger keeps exactly.", At(field));
        }
        else if ((amount.Digits < 0 && !mayBeNegative) || (amount.Digits == 0 && !mayBeZero))
        {
            Fail(LedgerCodes.NotPositive, $"The field {LedgerFieldNames.Of(field)} is not above zero.", At(field));
        }

        return amount;
    }

    /// <summary>An amount as written, or null.</summary>
    internal decimal? AmountOrNull(LedgerField field, bool mayBeZero = false) => Has(field) ? Amount(field, mayBeZero: mayBeZero).ToDecimal() : null;

    /// <summary>A rate above zero, or null: a decimal number in text, with up to 28 digits.</summary>
    internal decimal? RateOrNull(LedgerField field)
    {
        if (!Has(field))
        {
            return null;
        }

        var slot = fields[field];
        var text = slot.Type == JsonTokenType.String && !slot.IsEscaped ? _line.Slice(slot.Start + 1, slot.Length - 2) : default;
        if (!text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'.', (byte)'9')
            && System.Buffers.Text.Utf8Parser.TryParse(text, out decimal rate, out var used) && used == text.Length && rate > 0m)
        {
            return rate;
        }

        Fail(LedgerCodes.NotAnAmount, $"The field {LedgerFieldNames.Of(field)} is no text that holds a decimal number above zero.", At(field));
        return null;
    }

    /// <summary>A currency, or null.</summary>
    internal Currency? CurrencyOrNull(LedgerField field)
    {
        if (!Has(field))
        {
            return null;
        }

        var slot = fields[field];
        if (slot.Type != JsonTokenType.String)
        {
            WrongType(field, "text");
            return null;
        }

        // XXX is a code of ISO 4217, and names no currency.
        if (slot.Length == 5 && Currency.TryParse(_line.Slice(slot.Start + 1, 3), out var currency) && currency != Currency.None)
        {
            return currency;
        }

        Fail(LedgerCodes.UnknownCurrency, $"The field {LedgerFieldNames.Of(field)} is no currency code of ISO 4217.", At(field));
        return null;
    }

    /// <summary>A whole number from 1, or null.</summary>
    internal int? CountOrNull(LedgerField field)
    {
        if (!Has(field))
        {
            return null;
        }

        var slot = fields[field];
        if (slot.Type == JsonTokenType.Number && System.Buffers.Text.Utf8Parser.TryParse(_line.Slice(slot.Start, slot.Length), out int value, out var used) && used == slot.Length && value > 0)
        {
            return value;
        }

        WrongType(field, "whole number from 1");
        return null;
    }

    /// <summary>A whole number from 1 that must be there.</summary>
    internal int Count(LedgerField field) => Require(field) ? CountOrNull(field) ?? 1 : 1;

    /// <summary>A list of texts; empty without one.</summary>
    internal IReadOnlyList<string> Texts(LedgerField field)
    {
        if (!Has(field))
        {
            return [];
        }

        var slot = fields[field];
        var texts = new List<string>();
        if (slot.Type == JsonTokenType.StartArray)
        {
            var reader = new Utf8JsonReader(_line.Slice(slot.Start, slot.Length));
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                if (TryText(ref reader) is not { } text)
                {
                    Fail(LedgerCodes.NotJson, "The text holds half of a surrogate pair.", slot.Start);
                    return [];
                }

                texts.Add(text);
            }

            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return texts;
            }
        }

        WrongType(field, "list of texts");
        return [];
    }

    /// <summary>The text that a reader stands on; null when it holds half of a surrogate pair.</summary>
    internal static string? TryText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The objects of a list, or the one object that stands without a list; each as a part of the line.</summary>
    internal List<(int Start, int Length)> Objects(LedgerField field, bool mayStandAlone)
    {
        var objects = new List<(int, int)>();
        if (!Has(field))
        {
            return objects;
        }

        var slot = fields[field];
        if (slot.Type == JsonTokenType.StartObject && mayStandAlone)
        {
            objects.Add((slot.Start, slot.Length));
            return objects;
        }

        if (slot.Type == JsonTokenType.StartArray)
        {
            var reader = new Utf8JsonReader(_line.Slice(slot.Start, slot.Length));
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                objects.Add((slot.Start + start, (int)reader.BytesConsumed - start));
            }

            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return objects;
            }
        }

        WrongType(field, mayStandAlone ? "object" : "list of objects");
        return [];
    }
}
