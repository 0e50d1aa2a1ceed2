using System.Runtime.CompilerServices;

namespace Receivables.Sdk.Statements;

/// <summary>An exact sum of amounts: whole units while they are of one scale and fit, decimals where they do not.</summary>
/// <remarks>A mutable value: keep it in a field. Not thread-safe.</remarks>
internal struct AmountSum
{
    private decimal _settled;
    private long _units;
    private int _scale;

    /// <summary>The sum, with as many decimals as the amount with the most of them.</summary>
    internal readonly decimal Value => _settled + ToDecimal(_units, _scale);

    /// <summary>Adds an amount.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(in ExactAmount amount)
    {
        if (amount.Scale == _scale && amount.TryGetUnits(out var units) && Math.Abs(_units) <= MaxUnits)
        {
            _units += units;
        }
        else
        {
            AddAnew(amount);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddAnew(in ExactAmount amount)
    {
        if (!amount.TryGetUnits(out var units))
        {
            _settled += amount.Value;
            return;
        }

        (_settled, _units, _scale) = (Value, units, amount.Scale);
    }

    /// <summary>The greatest number of units: the sum of two of them still fits.</summary>
    internal const long MaxUnits = long.MaxValue / 4;

    /// <summary>An amount as a whole number of its last decimal.</summary>
    /// <returns>Whether it is small enough.</returns>
    internal static bool TryGetUnits(decimal amount, out long units, out int scale)
    {
        var exact = ExactAmount.Of(amount);
        scale = exact.Scale;
        return exact.TryGetUnits(out units);
    }

    /// <summary>A whole number of units as an amount.</summary>
    internal static decimal ToDecimal(long units, int scale)
    {
        var magnitude = Math.Abs(units);
        return new decimal((int)magnitude, (int)(magnitude >> 32), 0, units < 0, (byte)scale);
    }
}
