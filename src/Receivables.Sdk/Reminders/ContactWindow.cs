using System.Collections.Immutable;
using NodaTime;
using NodaTime.TimeZones;

namespace Receivables.Sdk.Reminders;

/// <summary>The hours of a day in which a customer may be contacted, by the customer's own clock.</summary>
/// <remarks>
/// The customer's time zone is the one of its country (<see cref="ReminderEngineOptions.ZoneOf"/> replaces that). In a country of several zones the
/// hours are those that lie within the window everywhere in it; where there are none, and where the country is not known, <see cref="Zone"/> counts.
/// The first moment of the window counts and its last does not. Immutable and safe to share between threads.
/// </remarks>
public sealed record ContactWindow
{
    /// <summary>The hour from which; default 08:00.</summary>
    public LocalTime From { get; init; } = new(8, 0);

    /// <summary>The hour until which, later than <see cref="From"/>; default 20:00.</summary>
    public LocalTime To { get; init; } = new(20, 0);

    /// <summary>The time zone of a customer whose own is not known, by its name in the IANA database (<c>Europe/Amsterdam</c>).</summary>
    public required string Zone { get; init; }

    /// <summary>The channels that keep to these hours; empty is all that reach a customer. Tasks of one's own and hand-overs are never bound.</summary>
    public ImmutableArray<string> Channels { get; init; } = [];

    internal bool Binds(string channel) => !ReminderIndex.IsInternal(channel) && (Channels.IsEmpty || Channels.Contains(channel));
}

/// <summary>The window of a policy on one day. Made once for a plan.</summary>
internal sealed class ContactHours(ContactWindow? window, Func<Ledger.Customer, DateTimeZone?>? zoneOf, LocalDate day)
{
    private readonly Dictionary<string, Interval> _byCountry = new(StringComparer.Ordinal);

    /// <summary>When a customer may be contacted on a channel on that day; null for the whole of it.</summary>
    internal Interval? Of(Ledger.Customer? customer, string channel)
    {
        // The calendar's last day ends within itself in the zones behind UTC: it has no hours there.
        if (window is null || !window.Binds(channel) || day == LocalDate.MaxIsoValue)
        {
            return null;
        }

        if (customer is not null && zoneOf?.Invoke(customer) is { } own)
        {
            return In(own);
        }

        var country = customer?.Country ?? "";
        if (!_byCountry.TryGetValue(country, out var hours))
        {
            hours = Everywhere(country) ?? In(DateTimeZoneProviders.Tzdb[window.Zone]);
            _byCountry.Add(country, hours);
        }

        return hours;
    }

    // Where the clocks change, the hours are those that are within the window whichever way one reads the clock.
    private Interval In(DateTimeZone zone)
    {
        var start = Moment(zone, window!.From, Resolvers.ReturnLater);
        var end = Moment(zone, window.To, Resolvers.ReturnEarlier);
        return new Interval(Instant.Min(start, end), end);
    }

    private Instant Moment(DateTimeZone zone, LocalTime time, AmbiguousTimeResolver twice) =>
        zone.ResolveLocal(day.At(time), Resolvers.CreateMappingResolver(twice, Resolvers.ReturnStartOfIntervalAfter)).ToInstant();

    // Within the window in every zone of the country; null where no moment is, or the country is not known.
    private Interval? Everywhere(string country)
    {
        Interval? common = null;
        foreach (var location in TzdbDateTimeZoneSource.Default.ZoneLocations ?? [])
        {
            if (location.CountryCode != country)
            {
                continue;
            }

            var hours = In(DateTimeZoneProviders.Tzdb[location.ZoneId]);
            var (start, end) = common is { } known ? (Instant.Max(known.Start, hours.Start), Instant.Min(known.End, hours.End)) : (hours.Start, hours.End);
            if (start >= end)
            {
                return null;
            }

            common = new Interval(start, end);
        }

        return common;
    }
}
