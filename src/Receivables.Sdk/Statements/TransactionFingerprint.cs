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
        writer.Add(transaction.Code);
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

    /// <summary>A hash of account, date, amount and currency, for counting only: it is in no key.</summary>
    /// <param name="accountHash">The hash of the account's key.</param>
    /// <param name="transaction">The transaction.</param>
    internal static ulong ComputeCommon(ulong accountHash, BankTransaction transaction)
    {
        var date = transaction.BookingDate ?? transaction.ValueDate;
        var day = date is { } d ? (ulong)((d.Year * 512) + (d.Month * 32) + d.Day) : 0UL;

        var (low, high, sign) = Normalized(transaction.Amount.Amount);
        var hash = Mix(accountHash ^ (day * 0x9E3779B97F4A7C15) ^ (ulong)transaction.Amount.Currency.GetHashCode());
        hash = Mix(hash ^ low);
        return Mix(hash ^ high ^ (sign ? 0x8000_0000_0000_0000UL : 0UL));
    }

    /// <summary>The hash of an account's key.</summary>
    internal static ulong ComputeAccount(string accountKey) => (ulong)Murmur128.Compute(MemoryMarshal.AsBytes(accountKey.AsSpan()));

    // The amount without trailing zeros: mantissa, what of it is beyond 64 bits with the scale, sign.
    private static (ulong Low, ulong High, bool IsNegative) Normalized(decimal amount)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(amount, bits);
        var scale = (bits[3] >> 16) & 0xff;
        var mantissa = (uint)bits[0] | ((ulong)(uint)bits[1] << 32);
        if (bits[2] == 0)
        {
            while (scale > 0 && mantissa % 10 == 0)
            {
                mantissa /= 10;
                scale--;
            }

            return (mantissa, (uint)scale, amount < 0m);
        }

        var wide = new UInt128((uint)bits[2], mantissa);
        while (scale > 0 && wide % 10 == 0)
        {
            wide /= 10;
            scale--;
        }

        return ((ulong)wide, ((ulong)(wide >> 64) << 8) | (uint)scale, amount < 0m);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 32)) * 0xd6e8feb86659fd93;
        value = (value ^ (value >> 32)) * 0xd6e8feb86659fd93;
        return value ^ (value >> 32);
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
            AddPart(text);
            Separate();
        }

        // The code's text without making a string of it.
        internal void Add(BankTransactionCode? code)
        {
            if (code is { Swift: null, Domain: { } domain })
            {
                AddPart(domain);
                AddPart(code.Family is null ? null : "/");
                AddPart(code.Family);
                AddPart(code.SubFamily is null ? null : "/");
                AddPart(code.SubFamily);
            }
            else
            {
                AddPart(code?.ToString());
            }

            Separate();
        }

        private void AddPart(string? part)
        {
            var text = part.AsSpan();
            Reserve(text.Length + 1);
            while (true)
            {
                // Most characters are neither blanks nor beyond ASCII: they are copied in runs.
                var plain = text.IndexOfAnyExceptInRange('!', '~');
                if (plain < 0)
                {
                    text.CopyTo(_buffer[_length..]);
                    _length += text.Length;
                    return;
                }

                text[..plain].CopyTo(_buffer[_length..]);
                _length += plain;
                if (!char.IsWhiteSpace(text[plain]))
                {
                    _buffer[_length++] = text[plain];
                }

                text = text[(plain + 1)..];
            }
        }

        // No text holds a unit separator, so no two rows of fields run into the same characters.
        private void Separate()
        {
            Reserve(1);
            _buffer[_length++] = '\u001f';
        }

        internal void Add(LocalDate? date) => Add(date is { } d ? (ulong)((d.Year * 10_000) + (d.Month * 100) + d.Day) : 0UL);

        internal void Add(Money amount)
        {
            // The value without trailing zeros, so that 1.5 and 1.50 are one amount.
            var (low, high, isNegative) = Normalized(amount.Amount);
            Add(low);
            Add(high | (isNegative ? 128u : 0u));
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
