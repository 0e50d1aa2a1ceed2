using System.Runtime.CompilerServices;

namespace Receivables.Sdk.Statements;

/// <summary>A decimal in the numbers that it is made of: what transactions keep, so that adding and hashing them takes no decimal apart.</summary>
/// <param name="Low">The lower 64 bits of the mantissa.</param>
/// <param name="High">The upper 32 bits of the mantissa; mostly 0.</param>
/// <param name="Scale">The number of decimals, 0 to 28.</param>
/// <param name="IsMinus">Whether its sign is a minus; that of a zero may be so.</param>
internal readonly record struct ExactAmount(ulong Low, uint High, byte Scale, bool IsMinus)
{
    /// <summary>The numbers of a decimal.</summary>
    [SkipLocalsInit]
    internal static ExactAmount Of(decimal amount)
    {
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(amount, bits);
        return new ExactAmount((uint)bits[0] | ((ulong)(uint)bits[1] << 32), (uint)bits[2], (byte)(bits[3] >> 16), bits[3] < 0);
    }

    /// <summary>The decimal, digit by digit the one that it was made of.</summary>
    internal decimal Value => new((int)Low, (int)(Low >> 32), (int)High, IsMinus, Scale);

    /// <summary>Whether it is below zero.</summary>
    internal bool IsNegative => IsMinus && (Low | High) != 0;

    /// <summary>The number of units of the last decimal, where there are not too many to add them up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryGetUnits(out long units)
    {
        units = IsMinus ? -(long)Low : (long)Low;
        return High == 0 && Low <= AmountSum.MaxUnits;
    }
}
