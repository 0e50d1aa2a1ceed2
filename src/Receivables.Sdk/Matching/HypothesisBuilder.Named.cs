using System.Globalization;
using System.Runtime.InteropServices;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>Documents that the text names.</summary>
internal sealed partial class HypothesisBuilder
{
    private const int NearNumbers = 100;

    // In minor units.
    private const int SmallDifference = 1000;

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

    // Decides what the amount makes of documents that are settled in the order given; false when it makes nothing.
    private bool Fit(Hypothesis h, ReadOnlySpan<int> items, long sum)
    {
        var amount = payment.Amount;
        if (amount == sum)
        {
            Pay(h, items, amount);
            h.Fit = AmountFit.Exact;
            h.Add(EvidenceCode.Amount, _rarity, sum, payment.Currency);
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
            h.IsHeld |= items.Length > 1 || payment.Unresolved + payment.Doubtful > 0 || amount > 2 * sum;
            h.Add(isRounding ? EvidenceCode.Rounding : EvidenceCode.ExcessAmount, isRounding ? _rarity - (3 * Bits.One) : -4 * Bits.One, amount - sum, payment.Currency);
            return true;
        }

        return FitDiscount(h, items, sum) || FitShort(h, items, sum);
    }

    private bool FitDiscount(Hypothesis h, ReadOnlySpan<int> items, long sum)
    {
        var amount = payment.Amount;
        var minor = Amounts.MinorUnit(payment.Currency);
        for (var late = false; ; late = true)
        {
            var total = 0L;
            foreach (var item in items)
            {
                total += Discount(item, late);
            }

            if (total > 0 && Math.Abs(sum - total - amount) <= minor * items.Length && (late ? PayWithoutDiscount(h, items, sum) : TryTakeDiscount(h, items, sum, sum - total - amount)))
            {
                return true;
            }

            if (late)
            {
                return false;
            }
        }
    }

    // The discount had ended: what was paid counts, what was held back stays open.
    private bool PayWithoutDiscount(Hypothesis h, ReadOnlySpan<int> items, long sum)
    {
        Pay(h, items, payment.Amount);
        h.Outcome = MatchOutcome.Partial;
        h.Fit = AmountFit.Assumed;
        h.Add(EvidenceCode.LateDiscount, _rarity - (4 * Bits.One), sum - payment.Amount, payment.Currency);
        return true;
    }

    private bool TryTakeDiscount(Hypothesis h, ReadOnlySpan<int> items, long sum, long rounding)
    {
        Span<long> taken = stackalloc long[items.Length];
        for (var i = items.Length - 1; i >= 0; i--)
        {
            // A cent more or less in rounding is the last's that is discounted, as far as it goes.
            var discount = Discount(items[i], late: false);
            var shift = discount == 0 ? 0 : Math.Clamp(rounding, -discount, state.Open(items[i]) - discount - 1);
            taken[i] = discount + shift;
            rounding -= shift;
        }

        if (rounding != 0)
        {
            return false;
        }

        for (var i = 0; i < items.Length; i++)
        {
            h.Parts.Add(new HypothesisPart(items[i], state.Open(items[i]) - taken[i], AllocationKind.Payment));
            if (taken[i] > 0)
            {
                h.Parts.Add(new HypothesisPart(items[i], taken[i], AllocationKind.Discount));
            }
        }

        h.Outcome = MatchOutcome.Discount;
        h.Fit = AmountFit.Exact;
        h.Add(EvidenceCode.Discount, _rarity - (2 * Bits.One), sum - payment.Amount, payment.Currency);
        return true;
    }

    private bool FitShort(Hypothesis h, ReadOnlySpan<int> items, long sum)
    {
        var amount = payment.Amount;
        var missing = sum - amount;
        var charges = payment.Transaction.Details?.Charges is { } c && c.Currency == payment.Currency && Amounts.TryGet(c, out var charged) ? Math.Abs(charged) : 0;
        var original = payment.Transaction.Details?.Original is { } o && o.Amount.Currency == payment.Currency && Amounts.TryGet(o.Amount, out var instructed) ? instructed : 0;
        var isProven = charges == missing || original == sum;
        if (missing <= Tolerance(options.AmountTolerance))
        {
            Pay(h, items, amount);
            Forgo(h, items, AllocationKind.WriteOff);
            h.Outcome = MatchOutcome.Combined;
            h.Fit = AmountFit.Assumed;
            h.Add(EvidenceCode.Rounding, _rarity - (3 * Bits.One), missing, payment.Currency);
            return true;
        }

        if (isProven || (MayBeCharge(missing) && missing * 10 <= sum && (MentionsCharges() || missing * 50 <= sum)))
        {
            var fee = Copy(h);
            Pay(fee, items, amount);
            Forgo(fee, items, AllocationKind.Fee);
            fee.Outcome = MatchOutcome.Fee;
            fee.Fit = isProven ? AmountFit.Exact : AmountFit.Assumed;
            fee.Add(EvidenceCode.Fee, isProven ? _rarity - Bits.One : MentionsCharges() ? 4 * Bits.One : 2 * Bits.One, missing, payment.Currency);
            Finish(pool.LendFamily(index, state, payment, index.Directory.Root(fee.Customer)), fee, items);
            if (isProven)
            {
                return false;
            }
        }

        Pay(h, items, amount);
        h.Outcome = MatchOutcome.Partial;
        h.Fit = AmountFit.Loose;
        h.IsHeld |= payment.Doubtful > 0 || (items.Length > 1 && payment.Unread > 0);
        var instalments = items.Length == 1 ? Instalments(items[0], amount) : 0;
        h.Add(instalments > 0 ? EvidenceCode.Instalment : EvidenceCode.PartialAmount, instalments > 0 ? _rarity - (3 * Bits.One) : -4 * Bits.One, missing, payment.Currency);
        if (instalments > 0)
        {
            h.Fit = AmountFit.Exact;
        }

        return true;
    }

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

    // Earliest first, until the money is gone.
    private void Pay(Hypothesis h, ReadOnlySpan<int> items, long amount)
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

    // What the money leaves of documents that it pays earliest first.
    private void Forgo(Hypothesis h, ReadOnlySpan<int> items, AllocationKind kind)
    {
        var money = payment.Amount;
        foreach (var item in items)
        {
            var open = state.Open(item);
            var paid = Math.Min(money, open);
            money -= paid;
            if (open > paid)
            {
                h.Parts.Add(new HypothesisPart(item, open - paid, kind));
            }
        }
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

    // What a cash discount takes off a document: the highest that still counts, or the last that had ended.
    private long Discount(int item, bool late)
    {
        if (index.Cell(item).MostDiscount == 0 || state.IsTouched(item))
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
        if (!index.Cell(item).HasInstalments)
        {
            return 0;
        }

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

    // Banks charge by tariff: without a word of it, a whole multiple of a half.
    private bool MayBeCharge(long missing) => missing <= Tolerance(options.FeeTolerance) && (MentionsCharges() || missing % (Amounts.MinorUnit(payment.Currency) * 50) == 0);

    private long Tolerance(IReadOnlyDictionary<Currency, decimal> tolerances) => tolerances.TryGetValue(payment.Currency, out var most) ? Amounts.FromDecimal(most) : 0;

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
