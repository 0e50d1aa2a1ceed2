using System.Runtime.InteropServices;

namespace Receivables.Sdk.Matching;

/// <summary>Lists of numbers of which some were written with an error: what the amount leaves tells which documents were meant.</summary>
internal sealed partial class HypothesisBuilder
{
    private bool IsListMisread(Family family, DocumentHit hit, long open)
    {
        if (payment.Unread == 0)
        {
            return false;
        }

        var hits = pool.LendHits();
        hits.Add(hit);
        return AddMisread(family, hits, open);
    }

    // Some numbers name documents, others do not: those of the same customer that they mean but for an error make up the amount.
    private bool AddMisread(Family family, List<DocumentHit> hits, long sum)
    {
        if (payment.Unread == 0 || string.IsNullOrEmpty(payment.Transaction.Remittance) || hits.Exists(static h => h.Strength == HitStrength.Weak))
        {
            return false;
        }

        var left = payment.Amount - sum;
        var all = pool.LendHits();
        all.AddRange(hits);
        var choices = pool.Misread.Find(index, state, payment, index.RootOf(hits[0].Item), hits, left, all);
        if (choices == 0)
        {
            return false;
        }

        var h = AddList(family, all, AmountRarity(index, left, payment.Currency) - Bits.Log2((ulong)choices));
        h.HasUnread = payment.Unread > all.Count - hits.Count;
        return true;
    }

    // All numbers name documents, whose sum is not the amount: one of them may have been made by an error of another that makes it. Which was meant a person decides.
    private void AddMisnamed(Family family, List<DocumentHit> hits, long sum)
    {
        DocumentHit? wrong = null;
        DocumentHit right = default;
        foreach (var hit in hits)
        {
            var wanted = payment.Amount - sum + state.Open(hit.Item);
            if (wanted <= 0 || hit.Field != TextField.Remittance || hit.Code != EvidenceCode.Number)
            {
                continue;
            }

            foreach (var (item, _) in index.Postings(KeyHash.OfAmount(wanted, payment.Currency)))
            {
                if (index.Role(item) == ItemRole.Debit && state.Open(item) == wanted && family.Has(item) && !CollectionsMarshal.AsSpan(hits).Names(item) && MisreadNumbers.IsNear(index, item, hit))
                {
                    if (wrong is not null)
                    {
                        return;
                    }

                    (wrong, right) = (hit, hit with { Item = item, Code = EvidenceCode.NumberTypo, Strength = HitStrength.Weak, Weight = Math.Max(0, hit.Weight - NumberErrors.Price(hit.Length)) });
                }
            }
        }

        if (wrong is { } replaced)
        {
            var weight = AmountRarity(index, state.Open(right.Item), payment.Currency) - Bits.Log2((ulong)hits.Count);
            var all = pool.LendHits();
            all.AddRange(hits);
            all.Remove(replaced);
            all.Add(right);
            AddList(family, all, weight).IsHeld = true;
        }
    }

    private Hypothesis AddList(Family family, List<DocumentHit> hits, int amountWeight)
    {
        var items = pool.LendItems();
        foreach (ref readonly var hit in CollectionsMarshal.AsSpan(hits))
        {
            items.Add(hit.Item);
        }

        index.SortByDue(items);
        var h = Named(family, CollectionsMarshal.AsSpan(hits), MatchOutcome.Combined, 3);
        Pay(h, CollectionsMarshal.AsSpan(items), payment.Amount);
        h.Fit = AmountFit.Exact;
        h.Add(EvidenceCode.Amount, amountWeight, payment.Amount, payment.Currency);
        Finish(family, h, CollectionsMarshal.AsSpan(items));
        return h;
    }
}
