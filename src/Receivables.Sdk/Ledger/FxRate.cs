using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>A rate of exchange with its date.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record FxRate
{
    /// <summary>A rate.</summary>
    /// <param name="from">The currency of which one unit is priced.</param>
    /// <param name="to">The currency it is priced in.</param>
    /// <param name="date">The day of the rate.</param>
    /// <param name="rate">Units of <paramref name="to"/> for one unit of <paramref name="from"/>, above zero.</param>
    /// <param name="source">Where it comes from, such as <c>ECB</c>; null when it is not known.</param>
    /// <exception cref="ArgumentException">Both currencies are the same, or none is a currency.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not above zero.</exception>
    public FxRate(Currency from, Currency to, LocalDate date, decimal rate, string? source = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        if (from == to || from == Currency.None || to == Currency.None)
        {
            throw new ArgumentException("A rate stands between two different currencies.", nameof(to));
        }

        (From, To, Date, Rate, Source) = (from, to, date, rate, source);
    }

    /// <summary>The currency of which one unit is priced.</summary>
    public Currency From { get; }

    /// <summary>The currency it is priced in.</summary>
    public Currency To { get; }

    /// <summary>The day of the rate.</summary>
    public LocalDate Date { get; }

    /// <summary>Units of <see cref="To"/> for one unit of <see cref="From"/>.</summary>
    public decimal Rate { get; }

    /// <summary>Where it comes from.</summary>
    public string? Source { get; }

    /// <summary>The same rate the other way round.</summary>
    public FxRate Inverse() => new(To, From, Date, 1m / Rate, Source);
}

/// <summary>An amount in another currency, with the rate that made it.</summary>
/// <param name="Amount">The amount, rounded to its currency's minor unit.</param>
/// <param name="Rate">The rate used, with its date; null where the currency was the same.</param>
public sealed record FxConversion(Money Amount, FxRate? Rate);
