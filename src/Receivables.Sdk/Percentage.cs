using System.Globalization;

namespace Receivables.Sdk;

/// <summary>A percentage: <c>new Percentage(2m)</c> is two percent.</summary>
/// <remarks>Any value is allowed, negative ones too; the types that use one say what they accept. Immutable and safe to share between threads.</remarks>
/// <param name="Percent">The number before the percent sign.</param>
public readonly record struct Percentage(decimal Percent) : IComparable<Percentage>
{
    /// <summary>The value as a factor: 0.02 for two percent.</summary>
    public decimal Factor => Percent / 100m;

    /// <summary>This part of an amount, rounded to the minor unit of its currency.</summary>
    /// <param name="whole">The whole.</param>
    /// <param name="mode">How a half is rounded.</param>
    public Money Of(Money whole, MidpointRounding mode = MidpointRounding.AwayFromZero) => (whole * Factor).RoundToMinorUnits(mode);

    /// <inheritdoc/>
    public int CompareTo(Percentage other) => Percent.CompareTo(other.Percent);

    /// <summary>The number and a percent sign, <c>2.5%</c>, without any culture.</summary>
    public override string ToString() => Percent.ToString("0.############################", CultureInfo.InvariantCulture) + "%";

    /// <summary>Whether <paramref name="left"/> is the smaller one.</summary>
    public static bool operator <(Percentage left, Percentage right) => left.Percent < right.Percent;

    /// <summary>Whether <paramref name="left"/> is the larger one.</summary>
    public static bool operator >(Percentage left, Percentage right) => left.Percent > right.Percent;

    /// <summary>Whether <paramref name="left"/> is smaller or equal.</summary>
    public static bool operator <=(Percentage left, Percentage right) => left.Percent <= right.Percent;

    /// <summary>Whether <paramref name="left"/> is larger or equal.</summary>
    public static bool operator >=(Percentage left, Percentage right) => left.Percent >= right.Percent;
}
