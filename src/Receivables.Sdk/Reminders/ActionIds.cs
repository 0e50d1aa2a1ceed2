using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Receivables.Sdk.Reminders;

/// <summary>The id of an action: the first half of SHA-256 over policy, customer, currency, kind and lines, each text with its length before it.</summary>
internal static class ActionIds
{
    internal static ActionId Of(string policy, CustomerId customer, Currency currency, ReminderKind kind, IReadOnlyList<ReminderLine> lines)
    {
        var bytes = new ArrayBufferWriter<byte>(64 + (lines.Count * 32));
        Add(bytes, policy);
        Add(bytes, customer.Value);
        Add(bytes, currency.Code);
        Add(bytes, ReminderWords.Of(kind));
        foreach (var line in lines)
        {
            Add(bytes, line.Invoice.Value);
            Add(bytes, line.Instalment);
            Add(bytes, line.Level);
            Add(bytes, line.Cycle);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.WrittenSpan, hash);
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
