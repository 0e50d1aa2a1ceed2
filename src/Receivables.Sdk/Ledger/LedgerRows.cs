using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>A document or payment as the book holds it, at the number of its id.</summary>
internal struct DocumentRow
{
    internal LocalDate Issued;
    internal LocalDate Due;
    internal Currency? StatedCurrency;
    internal long Known;
    internal int Customer;
    internal int Line;
    internal ushort Column;
    internal RowState State;
    private byte _kind;

    // Handles of the pool: for a payment the transaction and the method stand in their places.
    internal int Number;
    internal int Reference;

    // Set when the book is closed.
    internal Currency Currency;

    // The digits as they were written; minor units once the book is closed.
    internal long Minor;
    internal byte Scale;

    internal DocumentKind Kind
    {
        readonly get => (DocumentKind)_kind;
        init => _kind = (byte)value;
    }

    internal ScaledAmount Amount
    {
        readonly get => new(Minor, Scale);
        set => (Minor, Scale) = (value.Digits, value.Scale);
    }

    internal readonly bool IsCredit => Kind is DocumentKind.CreditNote or DocumentKind.Payment;
}

/// <summary>How far a row got.</summary>
internal enum RowState : byte
{
    /// <summary>Only referred to.</summary>
    Missing,

    /// <summary>Defined.</summary>
    Defined,

    /// <summary>Defined, and left out for a fault.</summary>
    LeftOut,
}

/// <summary>An allocation as the book holds it, at the number of its id.</summary>
internal struct AllocationRow
{
    internal LocalDate On;
    internal int From;
    internal int To;
    internal bool HasPaid;
    internal RowState State;
    internal ushort Column;
    internal int Line;
    internal long Known;
    private byte _kind;

    // The digits of both sides as they were written; minor units once the book is closed.
    internal byte Scale;
    internal byte PaidScale;

    // Where it comes from, one above the value; 0 where it is not said.
    internal byte Origin;
    internal long Minor;
    internal long PaidMinor;

    // Set when the book is closed: the day from which it counts.
    internal int Day;

    internal AllocationKind Kind
    {
        readonly get => (AllocationKind)_kind;
        init => _kind = (byte)value;
    }

    internal ScaledAmount Amount
    {
        readonly get => new(Minor, Scale);
        set => (Minor, Scale) = (value.Digits, value.Scale);
    }

    internal ScaledAmount Paid
    {
        readonly get => new(PaidMinor, PaidScale);
        set => (PaidMinor, PaidScale) = (value.Digits, value.Scale);
    }
}

/// <summary>Rows by number, in blocks that stay where they are: millions cost their own size and no copying.</summary>
internal sealed class RowList<T>
    where T : struct
{
    private const int Bits = 13;
    private const int BlockSize = 1 << Bits;

    // A small ledger has one small block.
    private T[][] _blocks = [new T[64]];
    private int _count = 1;

    internal ref T this[int index] => ref _blocks[index >>> Bits][index & (BlockSize - 1)];

    /// <summary>Makes room up to a number; -1 is none.</summary>
    internal void Fit(int index)
    {
        var block = index >> Bits;
        if (block < _count && (block > 0 || index < _blocks[0].Length))
        {
            return;
        }

        if (_blocks[0].Length < BlockSize)
        {
            Array.Resize(ref _blocks[0], Math.Min(BlockSize, Math.Max(index + 1, _blocks[0].Length * 2)));
        }

        for (; _count <= block; _count++)
        {
            if (_count == _blocks.Length)
            {
                Array.Resize(ref _blocks, _count * 2);
            }

            _blocks[_count] = new T[BlockSize];
        }
    }
}

/// <summary>What only few documents have.</summary>
internal sealed record DocumentExtras(
    string? OrderNumber,
    string? ContractNumber,
    IReadOnlyList<string> OtherNumbers,
    IReadOnlyList<CashDiscount> CashDiscounts,
    IReadOnlyList<InstalmentTerm> Instalments,
    DocumentId? RelatedTo,
    string? Entity)
{
    /// <summary>Those of a document of which nothing but the company is out of the ordinary; null where not even that is.</summary>
    internal static DocumentExtras? Of(string? entity) => entity is null ? null : new DocumentExtras(null, null, [], [], [], null, entity);
}

/// <summary>What only few allocations have.</summary>
internal sealed record AllocationExtras(decimal? Rate, string? By, string? Reason);

/// <summary>Any other event, with its line.</summary>
internal readonly record struct PlacedEvent(LedgerEvent Event, int Line, int Column);

/// <summary>Dates and instants as plain numbers that order alike.</summary>
internal static class RowTime
{
    /// <summary>Known from the start of the effective date.</summary>
    internal const long FromEffectiveDate = long.MinValue;

    internal static int DayKey(LocalDate date) => (date.Year << 9) | (date.Month << 5) | date.Day;

    internal static LocalDate Date(int dayKey) => new(dayKey >> 9, (dayKey >> 5) & 15, dayKey & 31);

    internal static long Ticks(Instant? recorded) => recorded?.ToUnixTimeTicks() ?? FromEffectiveDate;

    /// <summary>Whether a row was known at an instant.</summary>
    internal static bool IsKnown(long known, LocalDate effective, Instant at) =>
        (known == FromEffectiveDate ? effective.AtMidnight().InUtc().ToInstant() : Instant.FromUnixTimeTicks(known)) <= at;
}
