using System.Numerics;

namespace Receivables.Sdk;

/// <summary>Splits an amount by weights with the largest-remainder rule (Hamilton).</summary>
/// <remarks>
/// Every share is first the part of the magnitude that its weight gives, cut down to a whole minor unit; the units left over go one each
/// to the largest remainders, ties to the smaller key, never to a weight of zero. The sign is put back at the end. So the shares add up
/// exactly, no share is a minor unit or more away from its exact value, none has the other sign, <c>split(-m) = -split(m)</c>, and the
/// order of the entries plays no part.
/// </remarks>
internal static class MoneySplit
{
    internal static IReadOnlyList<Money> ByLargestRemainder<TKey>(Money total, IReadOnlyList<KeyValuePair<TKey, decimal>> shares)
        where TKey : IComparable<TKey>
    {
        ArgumentNullException.ThrowIfNull(shares);
        if (!total.HasMinorUnitScale)
        {
            throw new ArgumentException("The amount has more decimals than its currency; round it first.", nameof(total));
        }

        var weights = new BigInteger[shares.Count];
        var sum = BigInteger.Zero;
        for (var i = 0; i < weights.Length; i++)
        {
            if (shares[i].Value < 0m)
            {
                throw new ArgumentException("A weight is negative.", nameof(shares));
            }

            weights[i] = ToInteger(shares[i].Value);
            sum += weights[i];
        }

        if (sum.IsZero)
        {
            throw new ArgumentException("There is no weight above zero.", nameof(shares));
        }

        var units = new BigInteger(decimal.Abs(total.Amount) * Money.PowerOfTen(total.Currency.MinorUnitDigits));
        var parts = new BigInteger[weights.Length];
        var remainders = new BigInteger[weights.Length];
        var left = units;
        for (var i = 0; i < weights.Length; i++)
        {
            parts[i] = BigInteger.DivRem(units * weights[i], sum, out remainders[i]);
            left -= parts[i];
        }

        foreach (var i in InOrderOfRemainder(shares, remainders).Take((int)left))
        {
            parts[i] += BigInteger.One;
        }

        var sign = total.Amount < 0m ? -1m : 1m;
        return Array.ConvertAll(parts, p => new Money(sign * (decimal)p / Money.PowerOfTen(total.Currency.MinorUnitDigits), total.Currency));
    }

    private static int[] InOrderOfRemainder<TKey>(IReadOnlyList<KeyValuePair<TKey, decimal>> shares, BigInteger[] remainders)
        where TKey : IComparable<TKey>
    {
        var order = new int[remainders.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) =>
        {
            var byRemainder = remainders[b].CompareTo(remainders[a]);
            return byRemainder != 0 ? byRemainder : CompareKeys(shares[a].Key, shares[b].Key);
        });
        for (var i = 1; i < order.Length; i++)
        {
            if (remainders[order[i]] == remainders[order[i - 1]] && CompareKeys(shares[order[i]].Key, shares[order[i - 1]].Key) == 0)
            {
                throw new ArgumentException("A key stands twice, so the split would depend on the order.", nameof(shares));
            }
        }

        return order;
    }

    // A text key is compared ordinally: no culture decides who gets the cent.
    private static int CompareKeys<TKey>(TKey a, TKey b)
        where TKey : IComparable<TKey> => a is string x && b is string y ? string.CompareOrdinal(x, y) : a.CompareTo(b);

    // All weights at the largest scale a decimal can have: 28 decimals.
    private static BigInteger ToInteger(decimal weight)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(weight, bits);
        var mantissa = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return mantissa * BigInteger.Pow(10, 28 - ((bits[3] >> 16) & 31));
    }
}
