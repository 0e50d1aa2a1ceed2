namespace Receivables.Sdk.Ledger;

/// <summary>What a part of a debt is for.</summary>
public enum DebtPart
{
    /// <summary>Costs of collection and fees.</summary>
    Costs,

    /// <summary>Interest.</summary>
    Interest,

    /// <summary>The principal.</summary>
    Principal,
}

/// <summary>By what the order of several debts is decided, where the payer did not say.</summary>
public enum DebtCriterion
{
    /// <summary>What is due before what is not.</summary>
    DueFirst,

    /// <summary>What is less secured first.</summary>
    LessSecuredFirst,

    /// <summary>What burdens the debtor most (the highest rate of interest) first.</summary>
    MostBurdensomeFirst,

    /// <summary>The oldest first.</summary>
    OldestFirst,
}

/// <summary>One thing owed, as imputation sees it.</summary>
/// <param name="Id">The document.</param>
/// <param name="Claim">The debt it belongs to: itself for a principal, the claim for its interest and costs.</param>
/// <param name="Part">What it is for.</param>
/// <param name="Open">What is open, above zero.</param>
/// <param name="Due">When it was or is due.</param>
public sealed record OwedPart(DocumentId Id, DocumentId Claim, DebtPart Part, Money Open, NodaTime.LocalDate Due)
{
    /// <summary>How well the creditor is secured; a higher number is better secured. Default 0: not at all.</summary>
    public int Security { get; init; }

    /// <summary>How much it burdens the debtor, as a yearly rate of interest. Default 0.</summary>
    public decimal Burden { get; init; }

    /// <summary>The parts that open items are: interest and fee claims with the document they belong to, everything else a principal.</summary>
    /// <param name="item">An item that is owed.</param>
    public static OwedPart Of(OpenItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var part = item.Kind switch { DocumentKind.InterestClaim => DebtPart.Interest, DocumentKind.FeeClaim => DebtPart.Costs, _ => DebtPart.Principal };
        var claim = part == DebtPart.Principal ? item.Id : item.RelatedTo ?? item.Id;
        return new OwedPart(item.Id, claim, part, item.Open, item.Parts.Min(p => p.Due));
    }
}

/// <summary>What of a payment goes to what, and why.</summary>
/// <param name="Document">The document.</param>
/// <param name="Amount">How much, above zero.</param>
/// <param name="Reason">A stable code: <c>payersChoice</c>, or the strategy's name.</param>
public sealed record ImputedAmount(DocumentId Document, Money Amount, string Reason);

/// <summary>In which order a payment goes to debts and to their parts: a law's rule as a value.</summary>
/// <remarks>
/// What the payer says comes first in every law here. Then whole debts in order of <see cref="Between"/>, and within each debt its parts in order of
/// <see cref="Within"/>. Debts that are equal in every respect share in proportion. Immutable and safe to share between threads.
/// </remarks>
/// <param name="Name">The stable name.</param>
/// <param name="Within">The order of a debt's parts.</param>
/// <param name="Between">What decides between debts, the first difference first.</param>
public sealed record ImputationStrategy(string Name, IReadOnlyList<DebtPart> Within, IReadOnlyList<DebtCriterion> Between)
{
    /// <summary>The Netherlands: Burgerlijk Wetboek 6:43 (due, most burdensome, oldest, in proportion) and 6:44 (costs, interest, principal).</summary>
    public static ImputationStrategy Netherlands => new("nl", CostsInterestPrincipal, [DebtCriterion.DueFirst, DebtCriterion.MostBurdensomeFirst, DebtCriterion.OldestFirst]);

    /// <summary>Germany: BGB § 366 (due, less secured, more burdensome, older, in proportion) and § 367 (costs, interest, principal).</summary>
    public static ImputationStrategy Germany => new(
        "de", CostsInterestPrincipal, [DebtCriterion.DueFirst, DebtCriterion.LessSecuredFirst, DebtCriterion.MostBurdensomeFirst, DebtCriterion.OldestFirst]);

    /// <summary>Germany, consumer credit: BGB § 497(3), costs, then principal, then interest.</summary>
    public static ImputationStrategy GermanyConsumerCredit => Germany with { Name = "de-consumer-credit", Within = [DebtPart.Costs, DebtPart.Principal, DebtPart.Interest] };

    /// <summary>France: Code civil 1342-10 (due, greatest interest in settling, oldest, in proportion) and 1343-1 (interest before principal; costs, of which it is silent, stand first).</summary>
    public static ImputationStrategy France => new("fr", CostsInterestPrincipal, [DebtCriterion.DueFirst, DebtCriterion.MostBurdensomeFirst, DebtCriterion.OldestFirst]);

    /// <summary>Belgium: Civil Code book 5, interest before principal (costs stand first); due, most burdensome, oldest, in proportion.</summary>
    public static ImputationStrategy Belgium => new("be", CostsInterestPrincipal, [DebtCriterion.DueFirst, DebtCriterion.MostBurdensomeFirst, DebtCriterion.OldestFirst]);

    /// <summary>China: Civil Code 560 (due, least secured, heaviest burden, earliest due, in proportion) and 561 (costs, interest, principal).</summary>
    public static ImputationStrategy China => new(
        "cn", CostsInterestPrincipal, [DebtCriterion.DueFirst, DebtCriterion.LessSecuredFirst, DebtCriterion.MostBurdensomeFirst, DebtCriterion.OldestFirst]);

    /// <summary>Commercial custom: the oldest due first, principal before interest and costs.</summary>
    public static ImputationStrategy Commercial => new("commercial", [DebtPart.Principal, DebtPart.Interest, DebtPart.Costs], [DebtCriterion.OldestFirst]);

    private static IReadOnlyList<DebtPart> CostsInterestPrincipal => [DebtPart.Costs, DebtPart.Interest, DebtPart.Principal];

    /// <summary>Divides a payment.</summary>
    /// <param name="payment">What was paid, zero or above, with no more decimals than its currency.</param>
    /// <param name="owed">What is owed, in the payment's currency; each document once.</param>
    /// <param name="on">The day of payment, which decides what is due.</param>
    /// <param name="payersChoice">The documents that the payer named, in the payer's order; they come first.</param>
    /// <returns>The amounts, in the order in which they were given; together never more than the payment nor than what is owed.</returns>
    /// <exception cref="ArgumentException">Something owed is in another currency, or a document stands twice.</exception>
    public IReadOnlyList<ImputedAmount> Impute(Money payment, IReadOnlyList<OwedPart> owed, NodaTime.LocalDate on, IReadOnlyList<DocumentId>? payersChoice = null)
    {
        ArgumentNullException.ThrowIfNull(owed);
        ArgumentOutOfRangeException.ThrowIfNegative(payment.Amount, nameof(payment));
        if (owed.Any(o => o.Open.Currency != payment.Currency) || owed.DistinctBy(o => o.Id).Count() != owed.Count)
        {
            throw new ArgumentException("Everything owed is in the payment's currency, and each document stands once.", nameof(owed));
        }

        var amounts = new List<ImputedAmount>();
        var left = payment;
        var chosen = new HashSet<DocumentId>();
        foreach (var choice in payersChoice ?? [])
        {
            if (owed.FirstOrDefault(o => o.Id == choice) is { } part && chosen.Add(choice))
            {
                Take(part.Id, Money.Min(left, part.Open), "payersChoice", amounts, ref left);
            }
        }

        var debts = owed.Where(o => !chosen.Contains(o.Id)).GroupBy(o => o.Claim).Select(g => new Debt(g.Key, [.. g], on)).ToList();
        foreach (var equals in InOrder(debts))
        {
            Share(equals, amounts, ref left);
        }

        return amounts;
    }

    // Debts in order, those that nothing distinguishes together.
    private List<List<Debt>> InOrder(List<Debt> debts)
    {
        debts.Sort((a, b) => Compare(a, b) is var c && c != 0 ? c : a.Claim.CompareTo(b.Claim));
        var groups = new List<List<Debt>>();
        foreach (var debt in debts)
        {
            if (groups.Count > 0 && Compare(groups[^1][0], debt) == 0)
            {
                groups[^1].Add(debt);
            }
            else
            {
                groups.Add([debt]);
            }
        }

        return groups;
    }

    private int Compare(Debt a, Debt b)
    {
        foreach (var criterion in Between)
        {
            var order = criterion switch
            {
                DebtCriterion.DueFirst => b.IsDue.CompareTo(a.IsDue),
                DebtCriterion.LessSecuredFirst => a.Security.CompareTo(b.Security),
                DebtCriterion.MostBurdensomeFirst => b.Burden.CompareTo(a.Burden),
                _ => a.Due.CompareTo(b.Due),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private void Share(List<Debt> equals, List<ImputedAmount> amounts, ref Money left)
    {
        var whole = equals.Aggregate(Money.Zero(left.Currency), (sum, d) => sum + d.Open);
        var available = Money.Min(left, whole);
        if (!available.IsPositive)
        {
            return;
        }

        var shares = equals.Count == 1
            ? [available]
            : available.Split([.. equals.Select(d => KeyValuePair.Create(d.Claim, d.Open.Amount))]);
        for (var i = 0; i < equals.Count; i++)
        {
            var share = shares[i];
            foreach (var part in equals[i].Parts.OrderBy(p => Rank(p.Part)).ThenBy(p => p.Due).ThenBy(p => p.Id))
            {
                var taken = Money.Min(share, part.Open);
                share -= taken;
                Take(part.Id, taken, Name, amounts, ref left);
            }
        }
    }

    private int Rank(DebtPart part)
    {
        for (var i = 0; i < Within.Count; i++)
        {
            if (Within[i] == part)
            {
                return i;
            }
        }

        return Within.Count;
    }

    private static void Take(DocumentId document, Money amount, string reason, List<ImputedAmount> amounts, ref Money left)
    {
        if (amount.IsPositive)
        {
            amounts.Add(new ImputedAmount(document, amount, reason));
            left -= amount;
        }
    }

    private sealed class Debt(DocumentId claim, IReadOnlyList<OwedPart> parts, NodaTime.LocalDate on)
    {
        internal DocumentId Claim { get; } = claim;

        internal IReadOnlyList<OwedPart> Parts { get; } = parts;

        internal Money Open { get; } = parts.Aggregate(Money.Zero(parts[0].Open.Currency), (sum, p) => sum + p.Open);

        internal NodaTime.LocalDate Due { get; } = parts.Min(p => p.Due);

        internal bool IsDue { get; } = parts.Min(p => p.Due) <= on;

        internal int Security { get; } = parts.Max(p => p.Security);

        internal decimal Burden { get; } = parts.Max(p => p.Burden);
    }
}
