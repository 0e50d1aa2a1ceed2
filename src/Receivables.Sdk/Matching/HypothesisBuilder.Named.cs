using System.Globalization;
using System.Runtime.InteropServices;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>Documents that the text names.</summary>
internal sealed partial class HypothesisBuilder
{
    private const int NearNumbers = 100;

    private void AddSingle(Family family, DocumentHit hit)
    {
        if (index.Cell(hit.Item).Currency != payment.Currency)
        {
            AddForeign(family, hit);
            return;
        }

        var open = state.Open(hit.Item);
        var h = Start(family, index.CustomerOf(hit.Item), MatchOutcome.Exact, 1);
        h.Named = hit.Strength;
        h.Add(hit.ToEvidence());
        if (Fit(h, [hit.Item], open))
        {
            h.IsHeld |= h.Fit == AmountFit.Exact && IsBeyondAll(hit);
            Finish(family, h, [hit.Item]);
        }

        AddWithCredits(family, [hit], open);
        if (payment.Amount > open && !IsListMisread(family, hit, open))
        {
            AddWithRest(family, [hit], open);
        }
    }

    // A number behind which the ledger has none for a hundred, or none with its start, but one before it, is a document's that the ledger does not have yet, as soon as one with an error.
    private bool IsBeyondAll(in DocumentHit hit)
    {
        if (hit.Code != EvidenceCode.NumberTypo)
        {
            return false;
        }

        // What was left out of the number in front is as the document has it.
        Span<char> number = stackalloc char[NumberKeys.MaxLength];
        Span<char> written = stackalloc char[NumberKeys.MaxLength];
        var (length, count) = (index.Digits(hit.Item, number), 0);
        foreach (var c in hit.Text.AsSpan(hit.Start, hit.Length))
        {
            if (char.IsDigit(c) && count < written.Length)
            {
                written[count++] = Similarity.CharacterFolding.Fold(c);
            }
        }

        if (count <= 2 || length < count)
        {
            return false;
        }

        // Of the document's own start, all but two digits, only what has that start goes on.
        var ending = ((written[count - 2] - '0') * 10) + written[count - 1] - '0';
        var after = written[..(count - 2)].SequenceEqual(number[(length - count)..(length - 2)]) ? 99 - ending : NearNumbers;
        written[..count].CopyTo(number[(length - count)..]);
        return !HasNumberNear(number[..length], 1, after) && HasNumberNear(number[..length], -1, NearNumbers);
    }

    // Whether the ledger has one of so many numbers before or behind a number.
    private bool HasNumberNear(ReadOnlySpan<char> number, int step, int most)
    {
        Span<char> next = stackalloc char[number.Length];
        number.CopyTo(next);
        for (var tried = 0; tried < most && TryStep(next, step); tried++)
        {
            foreach (var (_, field) in index.Postings(KeyHash.Of(KeyForm.Digits, next.TrimStart('0'))))
            {
                if (field == KeyField.Number)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // The number before or behind, of as many digits; false where there is none.
    private static bool TryStep(Span<char> number, int step)
    {
        var (from, to) = step > 0 ? ('9', '0') : ('0', '9');
        for (var i = number.Length - 1; i >= 0; i--)
        {
            if (number[i] != from)
            {
                number[i] = (char)(number[i] + step);
                return true;
            }

            number[i] = to;
        }

        return false;
    }

    // Documents of several customers that have nothing to do with each other, all named in full, are paid to the minor unit: an insurer, a factor, an office pays for many. Whose account they belong to a person says.
    private void BuildAcrossCustomers()
    {
        var (hits, items, roots, sum) = (pool.LendHits(), pool.LendItems(), pool.LendItems(), 0L);
        foreach (var hit in payment.Hits)
        {
            if (hit.Strength == HitStrength.Weak || index.CustomerOf(hit.Item) < 0 || index.Role(hit.Item) != ItemRole.Debit || index.Cell(hit.Item).Currency != payment.Currency || state.Open(hit.Item) is not (> 0 and var open))
            {
                continue;
            }

            hits.Add(hit);
            items.Add(hit.Item);
            sum += open;
            if (index.RootOf(hit.Item) is var root && !roots.Contains(root))
            {
                roots.Add(root);
            }
        }

        if (roots.Count < 2 || sum != payment.Amount)
        {
            return;
        }

        pool.Roots.AddRange(roots);
        index.SortByDue(items);
        var h = Named(CollectionsMarshal.AsSpan(hits), customer: -1, MatchOutcome.Combined, 5);
        Pay(h, CollectionsMarshal.AsSpan(items), payment.Amount);
        (h.Fit, h.IsPartyOther, h.IsHeld) = (AmountFit.Exact, true, true);
        h.Add(EvidenceCode.Amount, _rarity, payment.Amount, payment.Currency);
        h.Add(EvidenceCode.Reservation, 0, $"documents of {roots.Count.ToString(CultureInfo.InvariantCulture)} customers");
        Reserve(h, CollectionsMarshal.AsSpan(items));
        _found.Add(h);
    }

    private void AddNamedSet(Family family, List<DocumentHit> hits)
    {
        var own = pool.LendHits();
        var (ordered, sum) = (pool.LendItems(), 0L);
        for (var i = 0; i < hits.Count; i++)
        {
            if (index.Cell(hits[i].Item).Currency == payment.Currency && !IsOtherMeaning(hits, i))
            {
                own.Add(hits[i]);
                ordered.Add(hits[i].Item);
                sum += state.Open(hits[i].Item);
            }
        }

        if (own.Count is < 2 or > 200)
        {
            return;
        }

        index.SortByDue(ordered);
        var hypothesis = Named(family, CollectionsMarshal.AsSpan(own), MatchOutcome.Combined, 3);
        if (Fit(hypothesis, CollectionsMarshal.AsSpan(ordered), sum))
        {
            hypothesis.Outcome = MatchOutcome.Combined;
            Finish(family, hypothesis, CollectionsMarshal.AsSpan(ordered));
        }

        AddWithCredits(family, CollectionsMarshal.AsSpan(own), sum);
        if (payment.Amount != sum && payment.Unread == 0)
        {
            AddMisnamed(family, own, sum);
        }

        if (payment.Amount > sum)
        {
            if (!AddMisread(family, own, sum))
            {
                AddWithRest(family, CollectionsMarshal.AsSpan(own), sum);
            }
        }
        else if (payment.Amount < sum && own.Count > 2)
        {
            AddNamedSubset(family, own);
        }
    }

    // Of what one run may mean but for an error, or by its end, one is meant: the first.
    private static bool IsOtherMeaning(List<DocumentHit> hits, int i)
    {
        var hit = hits[i];
        if (hit.Code is not (EvidenceCode.NumberTypo or EvidenceCode.NumberTail))
        {
            return false;
        }

        for (var o = 0; o < i; o++)
        {
            if (hits[o].Field == hit.Field && hits[o].Start < hit.End && hit.Start < hits[o].End)
            {
                return true;
            }
        }

        return false;
    }

    // Some of the documents named are what was paid, to the minor unit; the others were named by chance.
    private void AddNamedSubset(Family family, List<DocumentHit> own)
    {
        if (own.Count > options.MaxSumDocuments)
        {
            return;
        }

        Span<long> amounts = stackalloc long[own.Count];
        for (var i = 0; i < own.Count; i++)
        {
            amounts[i] = state.Open(own[i].Item);
        }

        var found = SubsetSum.Find(amounts, payment.Amount, own.Count - 1, keep: 1);
        if (found.Count != 1)
        {
            return;
        }

        var (hits, ordered) = (pool.LendHits(), pool.LendItems());
        for (var i = 0; i < own.Count; i++)
        {
            if ((found.Masks[0] >> i & 1) != 0)
            {
                hits.Add(own[i]);
                ordered.Add(own[i].Item);
            }
        }

        index.SortByDue(ordered);
        var hypothesis = Named(family, CollectionsMarshal.AsSpan(hits), MatchOutcome.Combined, 3);
        Pay(hypothesis, CollectionsMarshal.AsSpan(ordered), payment.Amount);
        hypothesis.Fit = AmountFit.Exact;
        hypothesis.Add(EvidenceCode.Amount, _rarity, payment.Amount, payment.Currency);
        Finish(family, hypothesis, CollectionsMarshal.AsSpan(ordered));
    }

    private Hypothesis Named(Family family, ReadOnlySpan<DocumentHit> hits, MatchOutcome outcome, int prior)
    {
        var customers = pool.LendItems();
        var strength = HitStrength.Exact;
        foreach (ref readonly var hit in hits)
        {
            strength = hit.Strength < strength ? hit.Strength : strength;
            if (index.CustomerOf(hit.Item) is var customer && !customers.Contains(customer))
            {
                customers.Add(customer);
            }
        }

        var h = Named(hits, family.Payer(customers.Count == 1 ? customers[0] : Common(customers)), outcome, prior);
        h.Named = strength;
        return h;
    }

    private Hypothesis Named(ReadOnlySpan<DocumentHit> hits, int customer, MatchOutcome outcome, int prior)
    {
        var h = Start(customer, outcome, prior);
        h.Named = HitStrength.Strong;
        var isFirst = true;
        foreach (ref readonly var hit in hits)
        {
            // Once one is named, the next is among the customer's own: it says less.
            h.Add(isFirst ? hit.ToEvidence() : new MatchEvidence(hit.Code, Math.Min(hit.Weight / 2, 6 * Bits.One), hit.Text, hit.Field, hit.Start, hit.Length));
            isFirst = false;
        }

        return h;
    }

    // The one of them that is above all others; the top of their family where none is.
    private int Common(List<int> customers)
    {
        var top = customers[0];
        foreach (var customer in customers)
        {
            top = index.Directory.IsAncestor(customer, top) ? customer : top;
        }

        foreach (var customer in customers)
        {
            if (!index.Directory.IsAncestor(top, customer))
            {
                return index.Directory.Root(top);
            }
        }

        return top;
    }

    // Named documents, and what is left pays others of the same customer to the minor unit.
    private void AddWithRest(Family family, ReadOnlySpan<DocumentHit> hits, long sum)
    {
        var named = pool.LendItems();
        foreach (ref readonly var hit in hits)
        {
            named.Add(hit.Item);
        }

        var open = family.Items(index.CustomerOf(named[0]), ItemRole.Debit, payment.Currency, MostDocuments);
        var left = payment.Amount - sum;
        var (others, first, rest, restSum) = (0, -1, 0, 0L);
        foreach (var item in open)
        {
            if (!named.Contains(item))
            {
                var its = state.Open(item);
                (rest, restSum) = (rest + 1, restSum + its);
                if (its == left)
                {
                    first = others == 0 ? item : first;
                    others++;
                }
            }
        }

        if (others == 0 && !(rest >= 2 && restSum == left))
        {
            return;
        }

        var items = pool.LendItems();
        items.AddRange(named);
        foreach (var item in open)
        {
            if (others > 0 ? item == first : !named.Contains(item))
            {
                items.Add(item);
            }
        }

        index.SortByDue(items);
        var h = Named(family, hits, MatchOutcome.Combined, 5);
        h.Named = null;
        Pay(h, CollectionsMarshal.AsSpan(items), payment.Amount);
        h.Fit = AmountFit.Assumed;
        h.Add(EvidenceCode.Sum, AmountRarity(index, left, payment.Currency) - Bits.Log2((ulong)Math.Max(1, others)), payment.Amount, payment.Currency);
        Finish(family, h, CollectionsMarshal.AsSpan(items));
    }

    // Another currency than the document's: the amount instructed may say how much of it was paid; else all of it is assumed.
    private void AddForeign(Family family, DocumentHit hit)
    {
        var item = index.Item(hit.Item);
        var open = state.Open(hit.Item);
        var h = Start(family, index.CustomerOf(hit.Item), MatchOutcome.Exact, 4);
        h.Named = hit.Strength;
        h.Add(hit.ToEvidence());
        if (payment.Transaction.Details?.Original is { } original && original.Amount.Currency == item.Open.Currency && Amounts.TryGet(original.Amount.Magnitude, out var instructed) && instructed <= open)
        {
            h.Parts.Add(new HypothesisPart(hit.Item, instructed, AllocationKind.Payment));
            h.Outcome = instructed == open ? MatchOutcome.Exact : MatchOutcome.Partial;
            h.Fit = instructed == open ? AmountFit.Exact : AmountFit.Loose;
            h.Add(EvidenceCode.OriginalAmount, instructed == open ? 10 * Bits.One : -2 * Bits.One, original.Amount.ToString());
        }
        else
        {
            h.Parts.Add(new HypothesisPart(hit.Item, open, AllocationKind.Payment));
            h.IsHeld = true;
            h.Fit = AmountFit.Loose;
            h.Add(EvidenceCode.PartialAmount, -4 * Bits.One, index.Open(hit.Item), item.Open.Currency);
        }

        Finish(family, h, [hit.Item]);
    }

    private Hypothesis Copy(Hypothesis h)
    {
        var copy = pool.Lend();
        (copy.Customer, copy.Named, copy.Residual) = (h.Customer, h.Named, h.Residual);
        foreach (ref readonly var term in CollectionsMarshal.AsSpan(h.Terms))
        {
            copy.Add(term);
        }

        return copy;
    }
}
