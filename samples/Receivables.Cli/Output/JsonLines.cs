using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Receivables.Cli.Output;

/// <summary>Writes one JSON object a line: each is whole before its first byte goes out.</summary>
internal sealed class JsonLines(Stream output) : IAsyncDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);

    /// <summary>Writes an object, given its members.</summary>
    internal void Write(Action<Utf8JsonWriter> members) => WriteWhole(json =>
    {
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
    });

    /// <summary>Writes an object that brings its own braces.</summary>
    internal void WriteWhole(Action<Utf8JsonWriter> content)
    {
        using (var writer = new Utf8JsonWriter(_buffer, Options))
        {
            content(writer);
        }

        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount > 48 * 1024)
        {
            Flush();
        }
    }

    internal void Flush()
    {
        output.Write(_buffer.WrittenSpan);
        output.Flush();
        _buffer.ResetWrittenCount();
    }

    public ValueTask DisposeAsync()
    {
        Flush();
        return ValueTask.CompletedTask;
    }
}

/// <summary>How values of the library look in JSON: a field without a value is left out.</summary>
internal static class JsonValues
{
    internal static void Text(this Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }

    internal static void Date(this Utf8JsonWriter json, string name, LocalDate? value)
    {
        if (value is { } date)
        {
            json.WriteString(name, LocalDatePattern.Iso.Format(date));
        }
    }

    internal static void Amount(this Utf8JsonWriter json, string name, Sdk.Money? value)
    {
        if (value is { } money)
        {
            json.WriteString(name, money.ToAmountString());
        }
    }

    internal static void Array<T>(this Utf8JsonWriter json, string name, IEnumerable<T> values, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            write(value);
        }

        json.WriteEndArray();
    }

    internal static void Object(this Utf8JsonWriter json, string name, Action content)
    {
        json.WriteStartObject(name);
        content();
        json.WriteEndObject();
    }
}
