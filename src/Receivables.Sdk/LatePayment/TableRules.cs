namespace Receivables.Sdk.LatePayment;

/// <summary>What a table must be, so that every claim on it has an answer: whether it came from a file or from code.</summary>
internal static class TableRules
{
    // Far beyond what any law gives, and far from where products of them would leave the range of a decimal.
    private const decimal MostPercent = 10_000m;
    private const decimal MostAmount = 1_000_000_000_000m;

    internal static void Check(ReferenceRateTable table)
    {
        DemandAll(table.Rates, table.Id);
        for (var i = 0; i < table.Rates.Count; i++)
        {
            Demand(i == 0 || table.Rates[i].From > table.Rates[i - 1].From, table.Id, "rates are not in rising order of date");
            Demand(Math.Abs(table.Rates[i].Percent) <= MostPercent, table.Id, "rate is out of range");
        }
    }

    internal static void Check(CountryRules rules)
    {
        DemandAll(rules.Rules, rules.Country);
        foreach (var rule in rules.Rules)
        {
            if (rule.Interest is { } interest)
            {
                Demand(Math.Abs(interest.Margin) <= MostPercent, rule.Id, "margin is out of range");
                Demand(interest.RoundUpTo is not (<= 0m or > MostPercent), rule.Id, "rate is rounded up to no positive number");
            }

            if (rule.FixedSum is { } sum)
            {
                Demand(Currency.TryParse(sum.Currency, out _) && (sum.DebtCurrency is null || Currency.TryParse(sum.DebtCurrency, out _)), rule.Id, "fixed sum is in no currency of ISO 4217");
                DemandAll(sum.Tiers, rule.Id);
                Demand(sum.Tiers.Count > 0 && sum.Tiers.All(t => t.Amount is >= 0m and <= MostAmount), rule.Id, "fixed sum has no tiers, or one out of range");
            }

            if (rule.Costs is { } scale)
            {
                Check(scale, rule.Id);
            }

            if (rule.Notice is { } notice)
            {
                Check(notice, rule.Id);
            }
        }
    }

    private static void Check(CostScale scale, string rule)
    {
        Demand(Currency.TryParse(scale.Currency, out _), rule, "scale of costs is in no currency of ISO 4217");
        DemandAll(scale.Bands, rule);
        Demand(scale.Bands is [{ Above: <= 0m }, ..], rule, "scale of costs does not begin at zero");
        for (var i = 0; i < scale.Bands.Count; i++)
        {
            var band = scale.Bands[i];
            Demand(i == 0 || band.Above > scale.Bands[i - 1].Above, rule, "bands are not in rising order");
            Demand(Math.Abs(band.Above) <= MostAmount && band.Flat is >= 0m and <= MostAmount && band.Percent is >= 0m and <= 100m, rule, "band is out of range");
        }
    }

    private static void Check(NoticeRule notice, string rule)
    {
        Demand(notice.Days >= 1, rule, "term of the notice is no day long");
        DemandAll(notice.Delivery, rule);
        foreach (var delivery in notice.Delivery)
        {
            Demand(delivery is { CountedDays: >= 0, TermStartsAfter: >= 0 }, rule, "days of delivery are negative");
            Demand(delivery.NotCounted.Distinct().Count() < 7, rule, "days of delivery are never counted");
        }
    }

    // A list in a file may hold null.
    private static void DemandAll<T>(IReadOnlyList<T> entries, string table)
        where T : class => Demand(!entries.Contains(null!), table, "lists have an entry that is null");

    private static void Demand(bool holds, string table, string fault)
    {
        if (!holds)
        {
            throw new FormatException($"The table {table} cannot be used: its {fault}.");
        }
    }
}
