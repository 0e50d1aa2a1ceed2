using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>A document or payment as the book holds it, at the number of its id.</summary>
internal struct DocumentRow
{
    internal LocalDate Issued;
    internal LocalDate Due;
    internal Currency? StatedCurrency;
    internal ScaledAmount Amount;
    internal long Known;
    internal int Customer;
    internal int Line;
    internal ushort Column;
    internal DocumentKind Kind;
    internal RowState State;

    // Handles of the pool: for a payment the transaction and the method stand in their places.
    internal int Number;
    internal int Reference;

    // Set when the book is closed.
    internal Currency Currency;
    internal long Minor;

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
    internal ScaledAmount Amount;
    internal ScaledAmount Paid;
    internal bool HasPaid;
    internal AllocationKind Kind;
    internal RowState State;
    internal ushort Column;
    internal int Line;
    internal long Known;

    // Set when the book is closed: minor units of both sides, and the day from which it counts.
    internal long Minor;
    internal long PaidMinor;
    internal int Day;
}

/// <summary>What only few documents have.</summary>
internal sealed record DocumentExtras(
    string? OrderNumber,
    string? ContractNumber,
    IReadOnlyList<string> OtherNumbers,
    IReadOnlyList<CashDiscount> CashDiscounts,
    IReadOnlyList<InstalmentTerm> Instalments,
    DocumentId? RelatedTo);

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
