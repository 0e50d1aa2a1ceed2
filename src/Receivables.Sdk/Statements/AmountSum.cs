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
    internal void Add(decimal amount)
    {
        if (!TryGetUnits(amount, out var units, out var scale))
        {
            _settled += amount;
            return;
        }

        if (scale != _scale || Math.Abs(_units) > MaxUnits)
        {
            (_settled, _units, _scale) = (Value, 0, scale);
        }

        _units += units;
    }

    /// <summary>The greatest number of units: the sum of two of them still fits.</summary>
    internal const long MaxUnits = long.MaxValue / 4;

    /// <summary>An amount as a whole number of its last decimal.</summary>
    /// <returns>Whether it is small enough.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryGetUnits(decimal amount, out long units, out int scale)
    {
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(amount, bits);
        units = (uint)bits[0] | ((long)bits[1] << 32);
        scale = (bits[3] >> 16) & 0xff;
        var isSmall = bits[2] == 0 && (ulong)units <= MaxUnits;
        units = bits[3] < 0 ? -units : units;
        return isSmall;
    }

    /// <summary>A whole number of units as an amount.</summary>
    internal static decimal ToDecimal(long units, int scale)
    {
        var magnitude = Math.Abs(units);
        return new decimal((int)magnitude, (int)(magnitude >> 32), 0, units < 0, (byte)scale);
    }
}
