using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Receivables.Sdk.Reminders;

/// <summary>The id of an action: the first half of SHA-256 over policy, customer, currency, kind, lines and, where there are several, the seller's company; each text with its length before it.</summary>
internal sealed class ActionIds(string policy)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(256);

    internal ActionId Of(CustomerId customer, ReminderKind kind, List<Candidate> lines)
    {
        _bytes.ResetWrittenCount();
        Add(_bytes, policy);
        Add(_bytes, customer.Value);
        Add(_bytes, lines[0].Open.Currency.Code);
        Add(_bytes, ReminderWords.Of(kind));
        foreach (var line in lines)
        {
            Add(_bytes, line.Item.Id.Value);
            Add(_bytes, line.Part.Number);
            Add(_bytes, line.Level.Level);
            Add(_bytes, line.Cycle);
        }

        if (lines[0].Item.Entity is { } entity)
        {
            Add(_bytes, entity);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_bytes.WrittenSpan, hash);
        return new ActionId(Convert.ToHexStringLower(hash[..16]));
    }

    private static void Add(ArrayBufferWriter<byte> bytes, int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(4), number);
        bytes.Advance(4);
    }

    private static void Add(ArrayBufferWriter<byte> bytes, string text)
    {
        var span = bytes.GetSpan(4 + Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, span[4..]);
        BinaryPrimitives.WriteInt32BigEndian(span, length);
        bytes.Advance(4 + length);
    }
}
