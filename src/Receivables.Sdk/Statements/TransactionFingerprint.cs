using System.Buffers;
using System.Runtime.InteropServices;
using NodaTime;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements;

/// <summary>The hashes that import keys stand on: the fields of a transaction, one after the other, without blanks and line ends.</summary>
/// <remarks>Scheme 1: what is written here is what stored keys were made of. It never changes; a golden test holds it.</remarks>
internal static class TransactionFingerprint
{
    internal static UInt128 Compute(string accountKey, BankTransaction transaction)
    {
        var writer = new FieldWriter(stackalloc char[512]);
        writer.Add(accountKey);
        writer.Add(transaction.BookingDate);
        writer.Add(transaction.ValueDate);
        writer.Add(transaction.Amount);
        writer.Add(transaction.Status == TransactionStatus.Booked ? "B" : "P");
        writer.Add(transaction.Code?.ToString());
        writer.Add(transaction.BankReference);
        writer.Add(transaction.CustomerReference);
        writer.Add(transaction.EndToEndId);
        writer.Add(transaction.MandateId);
        writer.Add(transaction.StructuredReference);
        writer.Add(transaction.Counterparty?.AccountText);
        writer.Add(transaction.Counterparty?.Name);
        writer.Add(transaction.Remittance);
        return writer.Finish();
    }

    internal static UInt128 ComputeCommon(string accountKey, BankTransaction transaction)
    {
        var writer = new FieldWriter(stackalloc char[128]);
        writer.Add(accountKey);
        writer.Add(transaction.BookingDate ?? transaction.ValueDate);
        writer.Add(transaction.Amount);
        return writer.Finish();
    }

    internal static UInt128 ComputeBank(string accountKey, BankTransaction transaction, string reference)
    {
        var writer = new FieldWriter(stackalloc char[256]);
        writer.Add(accountKey);
        writer.Add(transaction.Amount);
        writer.Add(reference);
        return writer.Finish();
    }

    internal static UInt128 ComputeStatement(StatementHeader header, UInt128 firstFingerprint)
    {
        var writer = new FieldWriter(stackalloc char[256]);
        writer.Add(header.Account.Key);
        writer.Add(header.StatementId);
        writer.Add(header.Number);
        writer.Add(header.Opening?.Date);
        writer.Add(header.Opening?.Amount ?? default);
        writer.Add((ulong)firstFingerprint);
        writer.Add((ulong)(firstFingerprint >> 64));
        return writer.Finish();
    }

    private ref struct FieldWriter(Span<char> initial)
    {
        private Span<char> _buffer = initial;
        private char[]? _rented;
        private int _length;

        internal void Add(string? text)
        {
            Reserve((text?.Length ?? 0) + 1);
            foreach (var c in text.AsSpan())
            {
                if (!char.IsWhiteSpace(c))
                {
                    _buffer[_length++] = c;
                }
            }

            // No text holds a unit separator, so no two rows of fields run into the same characters.
            _buffer[_length++] = '\u001f';
        }

        internal void Add(LocalDate? date) => Add(date is { } d ? (ulong)((d.Year * 10_000) + (d.Month * 100) + d.Day) : 0UL);

        internal void Add(Money amount)
        {
            // The value without trailing zeros, so that 1.5 and 1.50 are one amount.
            var value = amount.Amount;
            var scale = value.Scale;
            var unscaled = decimal.Truncate(value);
            if (unscaled == value)
            {
                scale = 0;
                value = unscaled;
            }
            else
            {
                value /= 1.0000000000000000000000000000m;
                scale = value.Scale;
            }

            Span<int> bits = stackalloc int[4];
            decimal.GetBits(value, bits);
            Add((uint)bits[0] | ((ulong)(uint)bits[1] << 32));
            Add(((ulong)(uint)bits[2] << 8) | (uint)scale | (value < 0m ? 128u : 0u));
            Add((ulong)amount.Currency.GetHashCode());
        }

        internal void Add(ulong value)
        {
            Reserve(4);
            _buffer[_length++] = (char)(value >> 48);
            _buffer[_length++] = (char)(value >> 32);
            _buffer[_length++] = (char)(value >> 16);
            _buffer[_length++] = (char)value;
        }

        internal UInt128 Finish()
        {
            var hash = Murmur128.Compute(MemoryMarshal.AsBytes(_buffer[.._length]));
            if (_rented is not null)
            {
                ArrayPool<char>.Shared.Return(_rented);
            }

            return hash;
        }

        private void Reserve(int count)
        {
            if (_length + count <= _buffer.Length)
            {
                return;
            }

            var larger = ArrayPool<char>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
            _buffer[.._length].CopyTo(larger);
            if (_rented is not null)
            {
                ArrayPool<char>.Shared.Return(_rented);
            }

            _buffer = _rented = larger;
        }
    }
}
