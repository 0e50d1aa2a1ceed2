namespace Receivables.Sdk.Ledger;

/// <summary>One pair that is set off: so much of what a party owes us against so much of what we owe it.</summary>
/// <param name="Receivable">What is owed to us.</param>
/// <param name="Payable">What we owe.</param>
/// <param name="Amount">How much, above zero.</param>
public sealed record SetOffPair(DocumentId Receivable, DocumentId Payable, Money Amount);

/// <summary>A proposal to set off what a party owes us against what we owe it. Nothing happens before both have agreed.</summary>
/// <param name="Party">The party.</param>
/// <param name="Receivable">All that is owed to us, undisputed and open, in this currency.</param>
/// <param name="Payable">All that we owe, open, in this currency.</param>
/// <param name="Pairs">What would be set off, the earliest due first on both sides.</param>
public sealed record SetOffProposal(CustomerId Party, Money Receivable, Money Payable, IReadOnlyList<SetOffPair> Pairs)
{
    /// <summary>What would remain: above zero is owed to us.</summary>
    public Money Net => Receivable - Payable;
}

/// <summary>Finds what could be set off.</summary>
public static class SetOff
{
    /// <summary>Proposals, one for each party and currency with items on both sides, in that order.</summary>
    /// <param name="receivables">What is owed to us; credit notes, payments and what is disputed are left out.</param>
    /// <param name="payables">What we owe the same parties, as open items under the same customer ids; amounts positive.</param>
    public static IReadOnlyList<SetOffProposal> Propose(IReadOnlyList<OpenItem> receivables, IReadOnlyList<OpenItem> payables)
    {
        ArgumentNullException.ThrowIfNull(receivables);
        ArgumentNullException.ThrowIfNull(payables);
        var owed = Group(receivables);
        var owing = Group(payables);
        var proposals = new List<SetOffProposal>();
        foreach (var (key, mine) in owed.OrderBy(g => g.Key.Party).ThenBy(g => g.Key.Currency))
        {
            if (owing.TryGetValue(key, out var theirs))
            {
                proposals.Add(new SetOffProposal(key.Party, Sum(mine), Sum(theirs), Pair(mine, theirs)));
            }
        }

        return proposals;
    }

    private static Dictionary<(CustomerId Party, Currency Currency), List<(OpenItem Item, Money Free)>> Group(IReadOnlyList<OpenItem> items) => items
        .Where(i => i is { Customer: not null, IsCredit: false })
        .Select(i => (Item: i, Free: i.Disputed is { } disputed ? i.Open - disputed : i.Open))
        .Where(i => i.Free.IsPositive)
        .GroupBy(i => (i.Item.Customer!.Value, i.Free.Currency))
        .ToDictionary(g => g.Key, g => g.OrderBy(i => i.Item.Parts.Min(p => p.Due)).ThenBy(i => i.Item.Id).ToList());

    private static Money Sum(List<(OpenItem Item, Money Free)> items) => items.Aggregate(Money.Zero(items[0].Free.Currency), (sum, i) => sum + i.Free);

    private static List<SetOffPair> Pair(List<(OpenItem Item, Money Free)> mine, List<(OpenItem Item, Money Free)> theirs)
    {
        var pairs = new List<SetOffPair>();
        int a = 0, b = 0;
        Money leftA = mine[0].Free, leftB = theirs[0].Free;
        while (true)
        {
            var amount = Money.Min(leftA, leftB);
            pairs.Add(new SetOffPair(mine[a].Item.Id, theirs[b].Item.Id, amount));
            leftA -= amount;
            leftB -= amount;
            if ((leftA.IsZero && ++a == mine.Count) || (leftB.IsZero && ++b == theirs.Count))
            {
                return pairs;
            }

            leftA = leftA.IsZero ? mine[a].Free : leftA;
            leftB = leftB.IsZero ? theirs[b].Free : leftB;
        }
    }
}
