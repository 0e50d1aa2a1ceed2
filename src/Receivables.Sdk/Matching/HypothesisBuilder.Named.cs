using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>Documents that the text names.</summary>
internal sealed partial class HypothesisBuilder
{
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
            Finish(family, h, [hit.Item]);
        }

        AddWithCredits(family, [hit], open);
        if (payment.Amount > open)
        {
            AddWithRest(family, [hit], open);
        }
    }

    private void AddNamedSet(Family family, List<DocumentHit> hits)
    {
        // Of what one run may mean but for an error, or by its end, one is meant.
        var own = hits.FindAll(h => index.Cell(h.Item).Currency == payment.Currency
            && !(h.Code is EvidenceCode.NumberTypo or EvidenceCode.NumberTail && hits.Exists(o => o != h && o.Field == h.Field && o.Start < h.End && h.Start < o.End && hits.IndexOf(o) < hits.IndexOf(h))));
        if (own.Count is < 2 or > 200)
        {
            return;
        }

        var sum = own.Sum(h => state.Open(h.Item));
        var ordered = own.ConvertAll(h => h.Item);
        ordered.Sort(ByDue);
        var hypothesis = Named(family, own, MatchOutcome.Combined, 3);
        if (Fit(hypothesis, ordered, sum))
        {
            hypothesis.Outcome = MatchOutcome.Combined;
            Finish(family, hypothesis, ordered);
        }

        AddWithCredits(family, own, sum);
        if (payment.Amount > sum)
        {
            AddWithRest(family, own, sum);
        }
        else if (payment.Amount < sum && own.Count > 2)
        {
            AddNamedSubset(family, own);
        }
    }

    // Some of the documents named are what was paid, to the minor unit; the others were named by chance.
    private void AddNamedSubset(Family family, List<DocumentHit> own)
    {
        if (own.Count > options.MaxSumDocuments)
        {
            return;
        }

        var amounts = own.ConvertAll(h => state.Open(h.Item));
        var found = SubsetSum.Find(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(amounts), payment.Amount, own.Count - 1, keep: 1);
        if (found.Count != 1)
        {
            return;
        }

        var hits = own.FindAll(h => (found.Masks[0] >> own.IndexOf(h) & 1) != 0);
        var ordered = hits.ConvertAll(h => h.Item);
        ordered.Sort(ByDue);
        var hypothesis = Named(family, hits, MatchOutcome.Combined, 3);
        Pay(hypothesis, ordered, payment.Amount);
        hypothesis.Fit = AmountFit.Exact;
        hypothesis.Add(EvidenceCode.Amount, _rarity, Text(payment.Amount));
        Finish(family, hypothesis, ordered);
    }

    private Hypothesis Named(Family family, List<DocumentHit> hits, MatchOutcome outcome, int prior)
    {
        var customers = hits.Select(h => index.CustomerOf(h.Item)).Distinct().ToList();
        var customer = customers.Count == 1 ? customers[0] : Common(customers);
        var h = Start(family, customer, outcome, prior);
        h.Named = hits.Min(x => x.Strength);
        var isFirst = true;
        foreach (var hit in hits)
        {
            // Once one is named, the next is among the customer's own: it says less.
            var evidence = hit.ToEvidence();
            h.Add(isFirst ? evidence : new MatchEvidence(hit.Code, Math.Min(hit.Weight / 2, 6 * Bits.One), hit.Text, hit.Field, hit.Start, hit.Length));
            isFirst = false;
        }

        return h;
    }

    private int Common(List<int> customers)
    {
        foreach (var candidate in customers.Order())
        {
            if (customers.TrueForAll(c => index.Directory.IsAncestor(candidate, c)))
            {
                return candidate;
            }
        }

        return index.Directory.Root(customers[0]);
    }

    // Decides what the amount makes of documents that are settled in the order given; false when it makes nothing.
    private bool Fit(Hypothesis h, List<int> items, long sum)
    {
        var amount = payment.Amount;
        if (amount == sum)
        {
            Pay(h, items, amount);
            h.Fit = AmountFit.Exact;
            h.Add(EvidenceCode.Amount, _rarity, Text(sum));
            return true;
        }

        if (amount > sum)
        {
            Pay(h, items, amount);
            var isRounding = amount - sum <= Tolerance(options.AmountTolerance);
            h.Residual = amount - sum;
            h.Outcome = MatchOutcome.Overpayment;
            h.Fit = AmountFit.Loose;
            // More than twice what was open: the number was hardly meant.
            h.IsHeld |= items.Count > 1 || payment.Unresolved > 0 || amount > 2 * sum;
            h.Add(isRounding ? EvidenceCode.Rounding : EvidenceCode.ExcessAmount, isRounding ? _rarity - (3 * Bits.One) : -4 * Bits.One, Text(amount - sum));
            return true;
        }

        return FitDiscount(h, items, sum) || FitShort(h, items, sum);
    }

    private bool FitDiscount(Hypothesis h, List<int> items, long sum)
    {
        var amount = payment.Amount;
        var minor = Amounts.MinorUnit(payment.Currency);
        foreach (var late in new[] { false, true })
        {
            var discounts = items.ConvertAll(i => Discount(i, late));
            var total = discounts.Sum();
            if (total <= 0 || Math.Abs(sum - total - amount) > minor * items.Count)
            {
                continue;
            }

            if (late)
            {
                // The discount had ended: what was paid counts, what was held back stays open.
                Pay(h, items, amount);
                h.Outcome = MatchOutcome.Partial;
                h.Fit = AmountFit.Assumed;
                h.Add(EvidenceCode.LateDiscount, _rarity - (4 * Bits.One), Text(sum - amount));
                return true;
            }

            // A cent more or less in rounding is the last document's.
            discounts[^1] += sum - total - amount;
            for (var i = 0; i < items.Count; i++)
            {
                h.Parts.Add(new HypothesisPart(items[i], state.Open(items[i]) - discounts[i], AllocationKind.Payment));
                if (discounts[i] > 0)
                {
                    h.Parts.Add(new HypothesisPart(items[i], discounts[i], AllocationKind.Discount));
                }
            }

            h.Outcome = MatchOutcome.Discount;
            h.Fit = AmountFit.Exact;
            h.Add(EvidenceCode.Discount, _rarity - (2 * Bits.One), Text(sum - amount));
            return true;
        }

        return false;
    }

    private bool FitShort(Hypothesis h, List<int> items, long sum)
    {
        var amount = payment.Amount;
        var missing = sum - amount;
        var charges = payment.Transaction.Details?.Charges is { } c && c.Currency == payment.Currency && Amounts.TryGet(c, out var charged) ? Math.Abs(charged) : 0;
        var original = payment.Transaction.Details?.Original is { } o && o.Amount.Currency == payment.Currency && Amounts.TryGet(o.Amount, out var instructed) ? instructed : 0;
        var isProven = charges == missing || original == sum;
        if (missing <= Tolerance(options.AmountTolerance))
        {
            Pay(h, items, amount);
            h.Parts.Add(new HypothesisPart(items[^1], missing, AllocationKind.WriteOff));
            h.Outcome = MatchOutcome.Combined;
            h.Fit = AmountFit.Assumed;
            h.Add(EvidenceCode.Rounding, _rarity - (3 * Bits.One), Text(missing));
            return true;
        }

        if (isProven || (missing <= Tolerance(options.FeeTolerance) && missing * 10 <= sum && (MentionsCharges() || (missing * 50 <= sum && missing % (Amounts.MinorUnit(payment.Currency) * 50) == 0))))
        {
            var fee = Copy(h);
            Pay(fee, items, amount);
            fee.Parts.Add(new HypothesisPart(items[^1], missing, AllocationKind.Fee));
            fee.Outcome = MatchOutcome.Fee;
            fee.Fit = isProven ? AmountFit.Exact : AmountFit.Assumed;
            fee.Add(EvidenceCode.Fee, isProven ? _rarity - Bits.One : MentionsCharges() ? 4 * Bits.One : 2 * Bits.One, Text(missing));
            var family = new Family(index, state, payment, index.Directory.Root(fee.Customer));
            Finish(family, fee, items);
            if (isProven)
            {
                return false;
            }
        }

        Pay(h, items, amount);
        h.Outcome = MatchOutcome.Partial;
        h.Fit = AmountFit.Loose;
        h.IsHeld |= items.Count > 1 && payment.Unread > 0;
        var instalments = items.Count == 1 ? Instalments(items[0], amount) : 0;
        h.Add(instalments > 0 ? EvidenceCode.Instalment : EvidenceCode.PartialAmount, instalments > 0 ? _rarity - (3 * Bits.One) : -4 * Bits.One, Text(missing));
        if (instalments > 0)
        {
            h.Fit = AmountFit.Exact;
        }

        return true;
    }

    // Credit notes of the same customers: those that the text names, else those that explain what is missing.
    private void AddWithCredits(Family family, List<DocumentHit> hits, long sum)
    {
        var missing = sum - payment.Amount;
        if (missing <= 0)
        {
            return;
        }

        var items = hits.ConvertAll(h => h.Item);
        var credits = family.NamedCredits.ConvertAll(h => h.Item);
        var isNamed = credits.Count > 0 && credits.Sum(state.Open) == missing;
        var sets = 1;
        if (!isNamed)
        {
            var possible = CreditsOf(items);
            sets = possible.Count;
            credits = possible.Find(c => c.Sum(state.Open) == missing) ?? [];
        }

        if (credits.Count == 0)
        {
            return;
        }

        items.Sort(ByDue);
        var h = Named(family, hits, MatchOutcome.Combined, 4);
        Net(h, items, credits);
        h.Fit = AmountFit.Exact;
        // As many sets of credit notes as there are, as many chances that one makes the difference.
        h.Add(EvidenceCode.Amount, _rarity - Bits.Log2((ulong)sets), Text(payment.Amount));
        AddCredits(family, h, credits);

        Finish(family, h, items);
    }

    private void AddCredits(Family family, Hypothesis h, List<int> credits)
    {
        foreach (var credit in credits)
        {
            var hit = family.NamedCredits.Find(c => c.Item == credit);
            h.Add(EvidenceCode.CreditNetted, hit.Text is null ? 0 : Math.Min(8 * Bits.One, hit.Weight), index.Item(credit).Number ?? index.Item(credit).Id.Value);
        }
    }

    // Named documents, and what is left pays others of the same customer to the minor unit.
    private void AddWithRest(Family family, List<DocumentHit> hits, long sum)
    {
        var named = hits.ConvertAll(h => h.Item);
        var customer = index.CustomerOf(named[0]);
        var left = payment.Amount - sum;
        var (others, first, rest, restSum) = (0, -1, 0, 0L);
        foreach (var item in family.Items(customer, ItemRole.Debit, payment.Currency, MostDocuments))
        {
            if (named.Contains(item))
            {
                continue;
            }

            var open = state.Open(item);
            (rest, restSum) = (rest + 1, restSum + open);
            if (open == left)
            {
                first = others == 0 ? item : first;
                others++;
            }
        }

        if (others == 0 && !(rest >= 2 && restSum == left))
        {
            return;
        }

        List<int> found = others > 0 ? [first] : family.Items(customer, ItemRole.Debit, payment.Currency, MostDocuments).FindAll(i => !named.Contains(i));

        var items = named.Concat(found).ToList();
        items.Sort(ByDue);
        var h = Named(family, hits, MatchOutcome.Combined, 5);
        h.Named = null;
        Pay(h, items, payment.Amount);
        h.Fit = AmountFit.Assumed;
        h.Add(EvidenceCode.Sum, AmountRarity(index, left, payment.Currency) - Bits.Log2((ulong)Math.Max(1, others)), Text(payment.Amount));
        Finish(family, h, items);
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
            h.Add(EvidenceCode.PartialAmount, -4 * Bits.One, item.Open.ToString());
        }

        Finish(family, h, [hit.Item]);
    }

    // Earliest first, until the money is gone.
    private void Pay(Hypothesis h, List<int> items, long amount)
    {
        foreach (var item in items)
        {
            var part = Math.Min(amount, state.Open(item));
            if (part > 0)
            {
                h.Parts.Add(new HypothesisPart(item, part, AllocationKind.Payment));
                amount -= part;
            }
        }
    }

    // Credit notes first, on the earliest documents; then the money.
    private void Net(Hypothesis h, List<int> items, List<int> credits)
    {
        var left = items.ToDictionary(i => i, state.Open);
        foreach (var credit in credits)
        {
            var rest = state.Open(credit);
            foreach (var item in items)
            {
                var part = Math.Min(rest, left[item]);
                if (part > 0)
                {
                    h.Parts.Add(new HypothesisPart(credit, part, AllocationKind.Credit, item));
                    left[item] -= part;
                    rest -= part;
                }
            }
        }

        var money = payment.Amount;
        foreach (var item in items)
        {
            var part = Math.Min(money, left[item]);
            if (part > 0)
            {
                h.Parts.Add(new HypothesisPart(item, part, AllocationKind.Payment));
                money -= part;
            }
        }
    }

    // Each credit note, each pair, and all of them together.
    private List<List<int>> CreditsOf(List<int> items)
    {
        var sets = new List<List<int>>();
        var credits = new List<int>();
        foreach (var customer in items.Select(index.CustomerOf).Distinct().Order())
        {
            foreach (var item in index.ItemsOf(customer))
            {
                if (index.Role(item) == ItemRole.Credit && index.Cell(item).Currency == payment.Currency && state.Open(item) > 0)
                {
                    credits.Add(item);
                }
            }
        }

        if (credits.Count is 0 or > 40)
        {
            return sets;
        }

        credits.Sort(ByDue);
        sets.AddRange(credits.ConvertAll(c => new List<int> { c }));
        for (var i = 0; i < credits.Count; i++)
        {
            for (var j = i + 1; j < credits.Count; j++)
            {
                sets.Add([credits[i], credits[j]]);
            }
        }

        if (credits.Count > 2)
        {
            sets.Add(credits);
        }

        return sets;
    }

    // What a cash discount takes off a document: the highest that still counts, or the last that had ended.
    private long Discount(int item, bool late)
    {
        if (!index.Cell(item).HasDiscounts || state.IsTouched(item))
        {
            return 0;
        }

        var document = index.Item(item);

        var date = payment.Transaction.ValueDate is { } value && value < payment.Date ? value : payment.Date;
        long best = 0;
        foreach (var step in document.CashDiscounts)
        {
            var counts = Period.DaysBetween(step.Until, date) <= options.DiscountGraceDays;
            if (counts != late && Amounts.TryGet(step.Percent.Of(document.Amount), out var discount) && discount < state.Open(item))
            {
                best = Math.Max(best, discount);
            }
        }

        return best;
    }

    // How many instalments in order of due date, or which one, the amount pays; 0 for none.
    private int Instalments(int item, long amount)
    {
        var sum = 0L;
        var count = 0;
        foreach (var part in index.Item(item).Instalments.OrderBy(p => p.Due).ThenBy(p => p.Number))
        {
            if (Amounts.TryGet(part.Open, out var open) && open > 0)
            {
                sum += open;
                count++;
                if (sum == amount)
                {
                    return count;
                }
            }
        }

        return 0;
    }

    private bool MentionsCharges() => payment.Words.HasFlag(PaymentWord.Charge);

    private long Tolerance(IReadOnlyDictionary<Currency, decimal> tolerances) => tolerances.TryGetValue(payment.Currency, out var most) ? Amounts.FromDecimal(most) : 0;

    private string Text(long amount) => amount == payment.Amount ? _text ??= Amounts.ToMoney(amount, payment.Currency).ToString() : Amounts.ToMoney(amount, payment.Currency).ToString();

    private int ByDue(int a, int b) => index.CompareDue(a, b);

    private Hypothesis Copy(Hypothesis h)
    {
        var copy = pool.Lend();
        (copy.Customer, copy.Named, copy.Residual) = (h.Customer, h.Named, h.Residual);
        h.Terms.ForEach(copy.Add);
        return copy;
    }
}
