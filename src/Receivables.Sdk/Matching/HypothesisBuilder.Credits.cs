using System.Runtime.InteropServices;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>Credit notes that are taken off what the text names.</summary>
internal sealed partial class HypothesisBuilder
{
    // In minor units.
    private const int SmallDifference = 1000;

    // Credit notes of the same customers: those that the text names, else those that explain what is missing.
    private void AddWithCredits(Family family, ReadOnlySpan<DocumentHit> hits, long sum)
    {
        var missing = sum - payment.Amount;
        if (missing <= 0)
        {
            return;
        }

        var list = pool.LendItems();
        foreach (ref readonly var hit in hits)
        {
            list.Add(hit.Item);
        }

        index.SortByDue(list);
        var items = CollectionsMarshal.AsSpan(list);
        var credits = pool.LendItems();
        foreach (var hit in family.NamedCredits)
        {
            credits.Add(hit.Item);
        }

        var (sets, fitting) = (1, 1);
        var isNamed = credits.Count > 0 && OpenOf(CollectionsMarshal.AsSpan(credits)) == missing;
        if (!isNamed)
        {
            credits.Clear();
            (sets, fitting) = FindCredits(hits, items, missing, credits);
        }

        if (credits.Count == 0)
        {
            return;
        }

        var h = Named(family, hits, MatchOutcome.Combined, 4);
        Net(h, items, CollectionsMarshal.AsSpan(credits));
        h.Fit = AmountFit.Exact;
        // Several credit notes, or sets of them, make the same difference; or it is so small that one does by chance.
        h.IsHeld = (fitting > 1 || (!isNamed && missing < Amounts.MinorUnit(payment.Currency) * SmallDifference)) && !AreCreditsOf(credits, items);
        // As many sets of credit notes as there are, as many chances that one makes the difference.
        h.Add(EvidenceCode.Amount, _rarity - Bits.Log2((ulong)sets), payment.Amount, payment.Currency);
        AddCredits(family, h, items, credits);
        Finish(family, h, items);
    }

    private void AddCredits(Family family, Hypothesis h, ReadOnlySpan<int> items, List<int> credits)
    {
        foreach (var credit in credits)
        {
            var weight = IsCreditOf(credit, items) ? 6 * Bits.One : 0;
            foreach (var hit in family.NamedCredits)
            {
                if (hit.Item == credit)
                {
                    weight = Math.Min(8 * Bits.One, hit.Weight);
                    break;
                }
            }

            h.Add(EvidenceCode.CreditNetted, weight, index.Item(credit).Number ?? index.Item(credit).Id.Value);
        }
    }

    // Whether the ledger says that a credit note belongs to one of some invoices.
    private bool IsCreditOf(int credit, ReadOnlySpan<int> items)
    {
        if (index.Item(credit).RelatedTo is not { } invoice)
        {
            return false;
        }

        foreach (var item in items)
        {
            if (index.Item(item).Id == invoice)
            {
                return true;
            }
        }

        return false;
    }

    private bool AreCreditsOf(List<int> credits, ReadOnlySpan<int> items)
    {
        foreach (var credit in credits)
        {
            if (!IsCreditOf(credit, items))
            {
                return false;
            }
        }

        return credits.Count > 0;
    }

    // Credit notes first, on the earliest documents; then the money.
    private void Net(Hypothesis h, ReadOnlySpan<int> items, ReadOnlySpan<int> credits)
    {
        Span<long> left = items.Length <= 256 ? stackalloc long[items.Length] : new long[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            left[i] = state.Open(items[i]);
        }

        foreach (var credit in credits)
        {
            var rest = state.Open(credit);
            for (var i = 0; i < items.Length; i++)
            {
                var part = Math.Min(rest, left[i]);
                if (part > 0)
                {
                    h.Parts.Add(new HypothesisPart(credit, part, AllocationKind.Credit, items[i]));
                    left[i] -= part;
                    rest -= part;
                }
            }
        }

        var money = payment.Amount;
        for (var i = 0; i < items.Length; i++)
        {
            var part = Math.Min(money, left[i]);
            if (part > 0)
            {
                h.Parts.Add(new HypothesisPart(items[i], part, AllocationKind.Payment));
                money -= part;
            }
        }
    }

    // Of each credit note of the customers, each pair, and all of them together the first that makes the difference, of the invoices at hand if there are such; how many there are, and how many make it.
    private (int Sets, int Fitting) FindCredits(ReadOnlySpan<DocumentHit> hits, ReadOnlySpan<int> items, long missing, List<int> found)
    {
        var credits = CreditsOf(hits);
        if (credits.Count is 0 or > 40)
        {
            return (0, 0);
        }

        var open = CollectionsMarshal.AsSpan(credits);
        var fitting = 0;
        foreach (var credit in open)
        {
            fitting += state.Open(credit) == missing && Keep(found, [credit], items) ? 1 : 0;
        }

        for (var i = 0; i < open.Length; i++)
        {
            for (var j = i + 1; j < open.Length; j++)
            {
                fitting += state.Open(open[i]) + state.Open(open[j]) == missing && Keep(found, [open[i], open[j]], items) ? 1 : 0;
            }
        }

        fitting += open.Length > 2 && OpenOf(open) == missing && Keep(found, open, items) ? 1 : 0;
        return (open.Length + (open.Length * (open.Length - 1) / 2) + (open.Length > 2 ? 1 : 0), fitting);
    }

    // The first set that fits, and before it the first of the invoices at hand.
    private bool Keep(List<int> found, ReadOnlySpan<int> set, ReadOnlySpan<int> items)
    {
        var isFirst = found.Count == 0;
        var isOfThese = !isFirst && !AreCreditsOf(found, items);
        foreach (var credit in set)
        {
            isOfThese &= IsCreditOf(credit, items);
        }

        if (isFirst || isOfThese)
        {
            found.Clear();
            found.AddRange(set);
        }

        return true;
    }

    private List<int> CreditsOf(ReadOnlySpan<DocumentHit> hits)
    {
        var (customers, credits) = (pool.LendItems(), pool.LendItems());
        foreach (ref readonly var hit in hits)
        {
            if (index.CustomerOf(hit.Item) is var customer && !customers.Contains(customer))
            {
                customers.Add(customer);
            }
        }

        foreach (var customer in customers)
        {
            foreach (var item in index.ItemsOf(customer))
            {
                ref readonly var cell = ref index.Cell(item);
                if (cell.Role == ItemRole.Credit && cell.Currency == payment.Currency && state.Open(item) > 0)
                {
                    credits.Add(item);
                }
            }
        }

        index.SortByDue(credits);
        return credits;
    }
}
