namespace Receivables.Sdk.Ledger;

/// <summary>Divides a total over the parts of terms, to the minor unit.</summary>
internal static class TermsSplit
{
    /// <summary>Refuses parts that cannot make a whole.</summary>
    internal static void Check(IReadOnlyList<TermsPart> parts)
    {
        if (parts.Count > 1000 || parts.Any(p => p is null || (p.Percent is not null && p.Amount is not null) || p.Percent?.Percent is <= 0m or > 100m || p.Amount is <= 0m))
        {
            throw new ArgumentException("A part is a percentage above 0 and at most 100, an amount above 0, or the rest; there are at most 1000.", nameof(parts));
        }

        var percent = parts.Sum(p => p.Percent?.Percent ?? 0m);
        var hasPercent = parts.Any(p => p.Percent is not null);
        var hasAmount = parts.Any(p => p.Amount is not null);
        var hasRest = parts.Any(p => p.IsRest);
        if (hasRest ? percent >= 100m : hasPercent && (percent != 100m || hasAmount))
        {
            throw new ArgumentException("The percentages must make 100, or stay below it when a part takes the rest.", nameof(parts));
        }
    }

    /// <summary>The amounts in the order of the parts; they add up exactly and none has the other sign.</summary>
    internal static Money[] Amounts(Money total, IReadOnlyList<TermsPart> parts)
    {
        var whole = total.Magnitude;
        var amounts = new Money[parts.Count];
        var left = whole;

        // The percentages and what they leave are one split, so that no cent is lost among them.
        var percent = parts.Sum(p => p.Percent?.Percent ?? 0m);
        var shares = new List<KeyValuePair<int, decimal>>();
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].Percent is { } share)
            {
                shares.Add(new(i, share.Percent));
            }
        }

        shares.Add(new(parts.Count, 100m - percent));
        var split = whole.Split(shares);
        for (var i = 0; i < shares.Count - 1; i++)
        {
            amounts[shares[i].Key] = split[i];
            left -= split[i];
        }

        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].Amount is { } amount)
            {
                amounts[i] = new Money(amount, whole.Currency);
                left -= amounts[i];
            }
        }

        var rest = Enumerable.Range(0, parts.Count).Where(i => parts[i].IsRest).ToArray();
        if (left.IsNegative || (rest.Length == 0 && !left.IsZero) || amounts.Any(a => !a.HasMinorUnitScale))
        {
            throw new ArgumentException("The amounts of the parts do not go into the total.", nameof(total));
        }

        if (rest.Length > 0)
        {
            var even = left.Split([.. rest.Select(i => KeyValuePair.Create(i, 1m))]);
            for (var i = 0; i < rest.Length; i++)
            {
                amounts[rest[i]] = even[i];
            }
        }

        return total.IsNegative ? Array.ConvertAll(amounts, a => -a) : amounts;
    }
}
