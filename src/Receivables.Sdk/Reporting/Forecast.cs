using System.Collections.Immutable;
using NodaTime;

namespace Receivables.Sdk.Reporting;

/// <summary>From what a date of payment is expected.</summary>
public enum ForecastMethod
{
    /// <summary>On the due date; what is overdue, on the first day.</summary>
    DueDate,

    /// <summary>On the due date plus the customer's own delay by amount, drawn towards its group's where it has paid little.</summary>
    Habit,

    /// <summary>On the day by which half of the money like it was paid, the unpaid counted.</summary>
    P50,

    /// <summary>On the day by which four fifths of the money like it were paid, the unpaid counted.</summary>
    P80,
}

/// <summary>Why a date was taken.</summary>
public enum ForecastBasis
{
    /// <summary>The method.</summary>
    Method,

    /// <summary>A direct debit will collect it.</summary>
    DirectDebit,

    /// <summary>A payment plan.</summary>
    Plan,

    /// <summary>A promise.</summary>
    Promise,

    /// <summary>Disputed: later than the method says.</summary>
    Disputed,
}

/// <summary>A run of days of a forecast.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
public readonly record struct ForecastPeriod(LocalDate From, LocalDate To);

/// <summary>A part of an open document with the day on which its money is expected.</summary>
/// <param name="Document">The document.</param>
/// <param name="Customer">The customer.</param>
/// <param name="Amount">How much.</param>
/// <param name="On">When; null where nothing says that it will be within what history has seen.</param>
/// <param name="Basis">Why then.</param>
public sealed record ForecastItem(DocumentId Document, CustomerId? Customer, Money Amount, LocalDate? On, ForecastBasis Basis);

/// <summary>What is expected by one method.</summary>
/// <remarks>Periods, tail and loss add up to what is open. Immutable and safe to share between threads.</remarks>
public sealed record ForecastLine
{
    /// <summary>The method.</summary>
    public required ForecastMethod Method { get; init; }

    /// <summary>What is expected in each period.</summary>
    public required ImmutableArray<Money> Amounts { get; init; }

    /// <summary>What is expected after the last period.</summary>
    public required Money Tail { get; init; }

    /// <summary>The items, in order of document, then date.</summary>
    public required ImmutableArray<ForecastItem> Items { get; init; }

    /// <summary>How wrong the method was on this ledger before; null where there is no history to try it on.</summary>
    public required BackTest? BackTest { get; init; }
}

/// <summary>How wrong a method was: it was asked on past days with what was known then, and compared with what came.</summary>
/// <param name="Days">The days on which it was asked.</param>
/// <param name="Forecast">The sum of what it expected in its periods.</param>
/// <param name="Actual">The sum of what was paid on the same documents.</param>
/// <param name="Error">The sum of differences by period, signs dropped ÷ <paramref name="Actual"/> × 100; undefined where nothing was paid.</param>
/// <param name="Bias">(forecast − actual) ÷ actual × 100: positive is too much or too early; undefined where nothing was paid.</param>
public sealed record BackTest(ImmutableArray<LocalDate> Days, Money Forecast, Money Actual, Metric Error, Metric Bias);

/// <summary>What is expected to come in, in one currency.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record CurrencyForecast
{
    /// <summary>The currency.</summary>
    public required Currency Currency { get; init; }

    /// <summary>What is open of documents owed.</summary>
    public required Money Open { get; init; }

    /// <summary>What of it is not expected to come at all, by the provision matrix of the options; zero without one.</summary>
    public required Money Loss { get; init; }

    /// <summary>Open credits, negative or zero: they are no receipts and no part of the forecast.</summary>
    public required Money Unapplied { get; init; }

    /// <summary>One line for each method.</summary>
    public required ImmutableArray<ForecastLine> Lines { get; init; }
}

/// <summary>A forecast of receipts.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
/// <param name="AsOf">The last day that is known.</param>
/// <param name="Periods">The periods, beginning on the day after.</param>
/// <param name="Currencies">One for each currency with something open.</param>
public sealed record ReceiptsForecast(LocalDate AsOf, ImmutableArray<ForecastPeriod> Periods, ImmutableArray<CurrencyForecast> Currencies);
