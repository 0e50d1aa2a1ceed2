using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NodaTime;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements;

/// <summary>The hashes that import keys stand on: the fields of a transaction, one after the other, without blanks and line ends.</summary>
/// <remarks>Scheme 1: what is written here is what stored keys were made of. It never changes; a golden test holds it.</remarks>
internal static class TransactionFingerprint
{
    private const int Initial = 512;

    /// <summary>The fingerprint that ids are made of.</summary>
    [SkipLocalsInit]
    internal static UInt128 Compute(string accountKey, BankTransaction transaction)
    {
        var writer = new FieldWriter(stackalloc char[Initial]);
        writer.Add(accountKey, transaction, NormalizedAmount.Of(transaction.Amount.Amount));
        return writer.Finish();
    }

    [SkipLocalsInit]
    internal static UInt128 ComputeBank(string accountKey, BankTransaction transaction, string reference)
    {
        var writer = new FieldWriter(stackalloc char[Initial]);
        writer.AddSolid(accountKey);
        writer.Add(transaction.Amount.Currency, NormalizedAmount.Of(transaction.Amount.Amount));
        writer.BeginTexts();
        writer.Add(reference);
        return writer.Finish();
    }

    /// <summary>What tells the statements of a file apart; it is in no key.</summary>
    [SkipLocalsInit]
    internal static UInt128 ComputeStatement(StatementHeader header, ulong firstTransaction)
    {
        var writer = new FieldWriter(stackalloc char[Initial]);
        var opening = header.Opening?.Amount ?? default;
        writer.Add(header.Opening?.Date);
        writer.Add(opening.Currency, NormalizedAmount.Of(opening.Amount));
        writer.Add(firstTransaction);
        writer.BeginTexts();
        writer.Add(header.Account.Key);
        writer.Add(header.StatementId);
        writer.Add(header.Number);
        return writer.Finish();
    }

    /// <summary>Puts fields side by side: texts without blanks, each behind a separator that no text holds, numbers as four characters.</summary>
    private ref struct FieldWriter(Span<char> initial)
    {
        // What may be read and written behind the last character.
        private const int Slack = 16;

        private Span<char> _buffer = initial;
        private char[]? _rented;
        private int _length;
        private int _texts;

        internal void Add(string accountKey, BankTransaction transaction, in NormalizedAmount amount)
        {
            AddSolid(accountKey);
            Add(transaction.BookingDate);
            Add(transaction.ValueDate);
            Add(transaction.Amount.Currency, amount);
            BeginTexts();
            Add(transaction.Status == TransactionStatus.Booked ? "B" : "P");
            Add(transaction.Code);
            Add(transaction.BankReference);
            Add(transaction.CustomerReference);
            Add(transaction.EndToEndId);
            Add(transaction.MandateId);
            Add(transaction.StructuredReference);
            Add(transaction.Counterparty?.AccountText);
            Add(transaction.Counterparty?.Name);
            Add(transaction.Remittance);
        }

        /// <summary>A text without blanks: letters and digits.</summary>
        internal void AddSolid(string text) => Add(text);

        /// <summary>Begins the texts: what was added before keeps every character.</summary>
        internal void BeginTexts() => _texts = _length;

        internal void Add(string? text)
        {
            AddPart(text);
            _buffer[_length++] = '\u001f';
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
                _buffer[_length++] = '\u001f';
            }
            else
            {
                Add(code?.ToString());
            }
        }

        internal void Add(LocalDate? date) => Add(date is { } d ? (ulong)((d.Year * 10_000) + (d.Month * 100) + d.Day) : 0UL);

        internal void Add(Currency currency, in NormalizedAmount amount)
        {
            Add(amount.Low);
            Add(amount.High | (amount.IsNegative ? 128u : 0u));
            Add(currency.PackedCode);
        }

        internal void Add(ulong value)
        {
            Reserve(4);
            _buffer[_length] = (char)(value >> 48);
            _buffer[_length + 1] = (char)(value >> 32);
            _buffer[_length + 2] = (char)(value >> 16);
            _buffer[_length + 3] = (char)value;
            _length += 4;
        }

        internal UInt128 Finish()
        {
            DropBlanks();
            var hash = Murmur128.Compute(MemoryMarshal.AsBytes(_buffer[.._length]));
            Return();
            return hash;
        }

        private void AddPart(string? part)
        {
            var length = part?.Length ?? 0;
            Reserve(length + 1);
            if (length > 0)
            {
                part!.CopyTo(_buffer[_length..]);
                _length += length;
            }
        }

        // Texts hold few blanks: sixteen characters that have none move at once.
        private void DropBlanks()
        {
            ref var start = ref MemoryMarshal.GetReference(_buffer);
            int from = _texts, to = _texts, end = _length;
            while (from < end)
            {
                var part = Vector256.LoadUnsafe(ref Unsafe.As<char, ushort>(ref start), (nuint)from);
                if (!MayHoldBlanks(part))
                {
                    var count = Math.Min(Slack, end - from);
                    if (from != to)
                    {
                        part.StoreUnsafe(ref Unsafe.As<char, ushort>(ref start), (nuint)to);
                    }

                    from += count;
                    to += count;
                    continue;
                }

                for (var stop = Math.Min(from + Slack, end); from < stop; from++)
                {
                    var c = Unsafe.Add(ref start, from);
                    Unsafe.Add(ref start, to) = c;
                    to += char.IsWhiteSpace(c) ? 0 : 1;
                }
            }

            _length = to;
        }

        // Blanks, tabs and line ends, and whatever is beyond ASCII; not the separator.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static bool MayHoldBlanks(Vector256<ushort> part) =>
            (Vector256.Equals(part, Vector256.Create((ushort)' '))
                | Vector256.LessThanOrEqual(part - Vector256.Create((ushort)9), Vector256.Create((ushort)4))
                | Vector256.GreaterThan(part, Vector256.Create((ushort)127))) != Vector256<ushort>.Zero;

        private void Reserve(int count)
        {
            if (_length + count + Slack > _buffer.Length)
            {
                Grow(count);
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void Grow(int count)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count + Slack));
            _buffer[.._length].CopyTo(larger);
            Return();
            _buffer = _rented = larger;
        }

        private void Return()
        {
            if (_rented is not null)
            {
                ArrayPool<char>.Shared.Return(_rented);
            }
        }
    }
}

/// <summary>An amount without trailing zeros, so that 1.5 and 1.50 are one.</summary>
/// <param name="Low">The lower 64 bits of the mantissa.</param>
/// <param name="High">What of it is beyond them, and in the lowest byte the scale.</param>
/// <param name="IsNegative">Its sign.</param>
internal readonly record struct NormalizedAmount(ulong Low, ulong High, bool IsNegative)
{
    internal static NormalizedAmount Of(decimal amount)
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

            return new NormalizedAmount(mantissa, (uint)scale, bits[3] < 0 && mantissa != 0);
        }

        var wide = new UInt128((uint)bits[2], mantissa);
        while (scale > 0 && wide % 10 == 0)
        {
            wide /= 10;
            scale--;
        }

        return new NormalizedAmount((ulong)wide, ((ulong)(wide >> 64) << 8) | (uint)scale, bits[3] < 0);
    }
}
