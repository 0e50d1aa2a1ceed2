using NodaTime;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>What all transactions of an entry share.</summary>
internal readonly record struct CamtEntryFacts
{
    /// <summary>The entry's signed amount.</summary>
    internal required Money Amount { get; init; }

    internal required TransactionStatus Status { get; init; }

    internal required bool IsReversal { get; init; }

    internal required LocalDate? BookingDate { get; init; }

    internal required bool IsBookingDateFromValueDate { get; init; }

    internal required LocalDate? ValueDate { get; init; }

    /// <summary>The number of the entry in its statement, from 1.</summary>
    internal required int Number { get; init; }

    /// <summary>The account of the statement.</summary>
    internal required StatementAccount OwnAccount { get; init; }
}

/// <summary>A part of an entry's source: where it starts and ends in the entry, and its line.</summary>
internal readonly record struct CamtSlice(CamtRecord Record, int Start, int End, int Line)
{
    internal long Offset => Record.Location.Offset + Start;

    internal int Length => End - Start;

    internal string? Raw => Record.Raw?.Slice(Start, End);
}
