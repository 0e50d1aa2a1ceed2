using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>How a set of rates answers.</summary>
public sealed record FxRateOptions
{
    /// <summary>The usual choices.</summary>
    public static FxRateOptions Default { get; } = new();

    /// <summary>How many days old a rate may be, 0 to 3660. Default 7: over weekends and holidays the last rate stands.</summary>
    public int MaxAgeDays { get; init; } = 7;

    /// <summary>A currency through which two others may be crossed, such as EUR for the rates of the ECB; null crosses none.</summary>
    public Currency? Pivot { get; init; }
}

/// <summary>Rates of exchange by day. There is no conversion without a rate, and no rate without its date.</summary>
/// <remarks>
/// For a day it takes the last rate on or before that day, if it is not older than <see cref="FxRateOptions.MaxAgeDays"/>; the pair as it was given, else the inverse
/// of the other direction, else crossed over the pivot (with the older of both dates). Immutable and safe to share between threads.
/// </remarks>
public sealed class FxRateSet
{
    private readonly Dictionary<(Currency From, Currency To), FxRate[]> _rates;
    private readonly FxRateOptions _options;

    /// <summary>A set.</summary>
    /// <param name="rates">The rates in any order.</param>
    /// <param name="options">The choices; null is <see cref="FxRateOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">Two rates of one pair and day differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The age is out of range.</exception>
    public FxRateSet(IEnumerable<FxRate> rates, FxRateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rates);
        _options = options ?? FxRateOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MaxAgeDays);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.MaxAgeDays, 3660);
        _rates = rates.GroupBy(r => (r.From, r.To)).ToDictionary(g => g.Key, g => g.OrderBy(r => r.Date).ToArray());
        foreach (var pair in _rates.Values)
        {
            for (var i = 1; i < pair.Length; i++)
            {
                if (pair[i].Date == pair[i - 1].Date && pair[i].Rate != pair[i - 1].Rate)
                {
                    throw new ArgumentException($"There are two rates from {pair[i].From} to {pair[i].To} for one day.", nameof(rates));
                }
            }
        }
    }

    /// <summary>The rate between two currencies for a day.</summary>
    /// <param name="from">The currency of which one unit is priced.</param>
    /// <param name="to">The currency it is priced in, another one.</param>
    /// <param name="on">The day.</param>
    /// <returns>The rate with its own date, or null when there is none that is young enough.</returns>
    public FxRate? Find(Currency from, Currency to, LocalDate on)
    {
        if (Direct(from, to, on) is { } rate)
        {
            return rate;
        }

        if (_options.Pivot is not { } pivot || pivot == from || pivot == to || Direct(from, pivot, on) is not { } first || Direct(pivot, to, on) is not { } second)
        {
            return null;
        }

        return new FxRate(from, to, LocalDate.Min(first.Date, second.Date), first.Rate * second.Rate, first.Source == second.Source ? first.Source : null);
    }

    /// <summary>An amount in another currency, at the rate of a day.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="to">The currency wanted; the amount's own gives it back unchanged.</param>
    /// <param name="on">The day.</param>
    /// <param name="mode">How a half is rounded.</param>
    /// <returns>The amount and the rate used, or null when there is no rate.</returns>
    public FxConversion? TryConvert(Money amount, Currency to, LocalDate on, MidpointRounding mode = MidpointRounding.AwayFromZero) =>
        amount.Currency == to ? new FxConversion(amount, null)
        : Find(amount.Currency, to, on) is { } rate ? new FxConversion(amount.Convert(to, rate.Rate, mode), rate)
        : null;

    private FxRate? Direct(Currency from, Currency to, LocalDate on)
    {
        var given = Last(from, to, on);
        var inverse = Last(to, from, on);
        return given is not null && (inverse is null || given.Date >= inverse.Date) ? given : inverse?.Inverse();
    }

    private FxRate? Last(Currency from, Currency to, LocalDate on)
    {
        if (!_rates.TryGetValue((from, to), out var rates))
        {
            return null;
        }

        int low = 0, high = rates.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (rates[middle].Date <= on)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low > 0 && Period.DaysBetween(rates[low - 1].Date, on) <= _options.MaxAgeDays ? rates[low - 1] : null;
    }
}
