using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Serialization;

/// <summary>Writes ledger files: JSON Lines, one event a line.</summary>
/// <remarks>
/// An amount is written with the decimals it has (<c>100.00m</c> is <c>"100.00"</c>, as <see cref="Money.FromMinorUnits"/> gives it), without the zeros at
/// the end where it has more than three; that of a document that names its currency is written with the currency's, more only where it has more.
/// What an amount without a currency has up to the third decimal is written, zeros too: in JPY it has to come without. Lines end with LF. Not thread-safe.
/// </remarks>
public sealed class LedgerFileWriter
{
    private readonly IBufferWriter<byte> _target;

    /// <summary>A writer.</summary>
    /// <param name="target">Where the lines go, such as a <see cref="System.IO.Pipelines.PipeWriter"/> or an <see cref="ArrayBufferWriter{T}"/>.</param>
    public LedgerFileWriter(IBufferWriter<byte> target)
    {
        ArgumentNullException.ThrowIfNull(target);
        _target = target;
    }

    /// <summary>One event as the line of a ledger file, without its end.</summary>
    /// <param name="item">The event.</param>
    public static string ToLine(LedgerEvent item)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        new LedgerFileWriter(buffer).Write(item);
        return Encoding.UTF8.GetString(buffer.WrittenSpan[..^1]);
    }

    /// <summary>Writes a line that was read, with the fields that its record does not know.</summary>
    /// <param name="line">The line; nothing is written for one without an event.</param>
    public void Write(LedgerFileLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.Event is { } item)
        {
            Write(item, line.UnknownFields, line.UnknownParts);
        }
    }

    /// <summary>Writes an event.</summary>
    /// <param name="item">The event.</param>
    /// <param name="unknownFields">Further JSON members with commas between them, as <see cref="LedgerFileLine.UnknownFields"/> has them.</param>
    /// <param name="unknownParts">The same for objects within the record, as <see cref="LedgerFileLine.UnknownParts"/> has them.</param>
    /// <exception cref="ArgumentException">The two limits of a <see cref="CustomerRecorded"/> are in different currencies: a line has one.</exception>
    public void Write(LedgerEvent item, string? unknownFields = null, IReadOnlyList<UnknownPart>? unknownParts = null)
    {
        ArgumentNullException.ThrowIfNull(item);
        // Text stays as people write it: only what JSON demands is escaped.
        using var json = new Utf8JsonWriter(_target, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        var record = LedgerRecord.Of(item);
        var writer = new LedgerRecordWriter(json, unknownParts ?? []).Text(LedgerField.Record, record.Name);
        record.Write(writer, item);
        writer.Instant(LedgerField.Recorded, item.RecordedAt);
        if (unknownFields is { Length: > 0 })
        {
            LedgerRecordWriter.WriteUnknown(json, unknownFields);
        }

        json.WriteEndObject();
        json.Flush();
        _target.Write("\n"u8);
    }
}
