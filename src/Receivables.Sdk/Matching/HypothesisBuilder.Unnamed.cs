using System.Runtime.InteropServices;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>Documents that nothing names, of a customer who seems to be the payer.</summary>
internal sealed partial class HypothesisBuilder
{
    // A provider or a deposit brings the money within weeks, not before it was recorded but for a few days.
    private const int MostDaysBefore = 45;
    private const int MostDaysAfter = 3;
    private SubsetSum.Found? _sums;

    private void BuildUnnamed(Family family)
    {
        _sums = null;
        var payer = family.LikeliestPayer();
        var items = family.Items(payer, ItemRole.Debit, payment.Currency, MostDocuments);
        var total = OpenOf(CollectionsMarshal.AsSpan(items));
        var hadFit = _found.Exists(IsFitting);
        var isOneAlone = false;
        foreach (var item in items)
        {
            AddUnnamedSingle(family, item);
            isOneAlone |= state.Open(item) == payment.Amount;
        }

        if (isOneAlone && family.NamedDebits.Count == 0)
        {
            AddPair(family, payer, items);
        }

        if (items.Count >= 2)
        {
            AddUnnamedSum(family, payer, items, total);
            if (!hadFit && !_found.Exists(IsFitting))
            {
                AddSubsets(family, payer, items);
                AddUnnamedCredits(family, payer, items, total);
            }
        }

        if (family.NamedDebits.Count == 0)
        {
            if (items.Count > 0 && payment.Amount <= total)
            {
                AddOldestFirst(family, payer, items);
            }

            var h = Start(family, payer, MatchOutcome.OnAccount, 4);
            h.Residual = payment.Amount;
            Finish(family, h, []);
        }
    }

    private void AddUnnamedSingle(Family family, int item)
    {
        var open = state.Open(item);
        var minor = Amounts.MinorUnit(payment.Currency);
        if (payment.Amount - open >= minor)
        {
            return;
        }

        // Most documents are out of reach of their discounts.
        var discount = open - payment.Amount - minor <= index.Cell(item).MostDiscount ? Discount(item, late: false) : 0;
        var isInstalment = payment.Amount < open && index.Cell(item).HasInstalments && Instalments(item, payment.Amount) > 0;
        var isDiscount = discount > 0 && Math.Abs(open - discount - payment.Amount) <= minor;
        if (payment.Amount != open && !isInstalment && !isDiscount)
        {
            return;
        }

        var h = Start(family, index.CustomerOf(item), MatchOutcome.Exact, 2);
        AddEnd(h, item);
        Fit(h, [item], open);
        Finish(family, h, [item]);
    }

    // Of documents of one amount that is meant whose number ends in three digits of the text.
    private void AddEnd(Hypothesis h, int item)
    {
        if (CountEnds(item, out var start, out var length) == 1 && length == ShortestEnd && payment.Transaction.Remittance is { } text)
        {
            h.Add(new MatchEvidence(EvidenceCode.NumberTail, Bits.Digits(length) - Bits.One, text, TextField.Remittance, start, length));
        }
    }

    private void AddUnnamedSum(Family family, int payer, List<int> items, long total)
    {
        var all = CollectionsMarshal.AsSpan(items);
        if (total == payment.Amount)
        {
            AddSum(family, payer, items, all, EvidenceCode.WholeAccount, 3);
            return;
        }

        var (due, dueSum) = (pool.LendItems(), 0L);
        foreach (var item in all)
        {
            if (index.Cell(item).Due <= _day)
            {
                due.Add(item);
                dueSum += state.Open(item);
            }
        }

        if (due.Count >= 2 && due.Count < items.Count && dueSum == payment.Amount)
        {
            AddSum(family, payer, items, CollectionsMarshal.AsSpan(due), EvidenceCode.AllDue, 4);
        }

        foreach (var month in FittingMonths(items))
        {
            var chosen = pool.LendItems();
            foreach (var item in all)
            {
                if (MonthOf(item) == month)
                {
                    chosen.Add(item);
                }
            }

            AddSum(family, payer, items, CollectionsMarshal.AsSpan(chosen), EvidenceCode.StatementMonth, 4);
        }

        var sum = 0L;
        for (var i = 0; i < all.Length && sum < payment.Amount; i++)
        {
            sum += state.Open(all[i]);
            if (sum == payment.Amount && i >= 1 && i + 1 < all.Length)
            {
                AddSum(family, payer, items, all[..(i + 1)], EvidenceCode.OldestFirst, 4);
            }
        }
    }

    private void AddSum(Family family, int payer, List<int> items, ReadOnlySpan<int> chosen, EvidenceCode code, int prior)
    {
        var h = Start(family, payer, MatchOutcome.Combined, prior);
        Pay(h, chosen, payment.Amount);
        var others = code == EvidenceCode.WholeAccount ? 0 : OtherSums(items);
        h.Fit = others == 0 ? AmountFit.Exact : AmountFit.Assumed;
        h.Add(code, _rarity, payment.Amount, payment.Currency);
        if (others > 0)
        {
            h.Add(EvidenceCode.OtherSums, -Bits.Log2((ulong)others + 1), others.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        Finish(family, h, chosen);
    }

    // Where one document has the amount, two others that make it, too, are the likeliest other meaning. Of several such pairs the earliest.
    private void AddPair(Family family, int payer, List<int> items)
    {
        if (items.Count is < 3 or > MostPaired)
        {
            return;
        }

        Span<long> open = stackalloc long[MostPaired];
        for (var i = 0; i < items.Count; i++)
        {
            open[i] = state.Open(items[i]);
        }

        var (first, second, pairs) = (-1, -1, 0);
        for (var i = 0; i < items.Count; i++)
        {
            for (var j = i + 1; j < items.Count; j++)
            {
                if (open[i] + open[j] == payment.Amount)
                {
                    (first, second) = pairs++ == 0 ? (i, j) : (first, second);
                }
            }
        }

        if (pairs == 0)
        {
            return;
        }

        ReadOnlySpan<int> chosen = [items[first], items[second]];
        var h = Start(family, payer, MatchOutcome.Combined, 4);
        Pay(h, chosen, payment.Amount);
        h.Fit = AmountFit.Assumed;
        h.Add(EvidenceCode.Sum, Math.Max(0, _rarity - (2 * Bits.One)), payment.Amount, payment.Currency);
        Finish(family, h, chosen);
    }

    private int MonthOf(int item) => index.Cell(item).Issued is var issued ? (issued.Year * 12) + issued.Month : 0;

    // The months whose documents, two or more but not all, make the amount; in order.
    private List<int> FittingMonths(List<int> items)
    {
        Span<(int Month, int Count, long Sum)> months = stackalloc (int, int, long)[items.Count];
        var count = 0;
        foreach (var item in items)
        {
            // In order of due date the last month comes again most.
            var (month, at) = (MonthOf(item), count - 1);
            while (at >= 0 && months[at].Month != month)
            {
                at--;
            }

            if (at < 0)
            {
                months[at = count++] = (month, 0, 0L);
            }

            months[at].Count++;
            months[at].Sum += state.Open(item);
        }

        var fitting = pool.LendItems();
        foreach (ref readonly var month in months[..count])
        {
            if (month.Count >= 2 && month.Count < items.Count && month.Sum == payment.Amount)
            {
                fitting.Add(month.Month);
            }
        }

        fitting.Sort();
        return fitting;
    }

    // How many other sums of the customer's documents make the amount; as if one where there are too many documents to search.
    private int OtherSums(List<int> items)
    {
        if (items.Count > options.MaxSumDocuments)
        {
            return 1;
        }

        Span<long> amounts = stackalloc long[items.Count];
        Fill(amounts, items);
        return Math.Max(0, SumsOf(amounts).Count - 1)
            + (_found.Exists(h => h.Parts.Count == 1 && h.Fit == AmountFit.Exact) ? 1 : 0);
    }

    // Of the payer at hand, searched once.
    private SubsetSum.Found SumsOf(ReadOnlySpan<long> amounts) => _sums ??= SubsetSum.Find(amounts, payment.Amount, options.MaxSumSize, keep: 3);

    private void Fill(Span<long> amounts, List<int> items)
    {
        for (var i = 0; i < amounts.Length; i++)
        {
            amounts[i] = state.Open(items[i]);
        }
    }

    private void AddSubsets(Family family, int payer, List<int> items)
    {
        Span<long> amounts = stackalloc long[items.Count];
        Fill(amounts, items);
        if (items.Count > options.MaxSumDocuments)
        {
            // Among so many that more than four make the amount, too, is as good as sure.
            var few = SmallSums.Find(amounts, payment.Amount, keep: 3);
            foreach (var places in few.Places)
            {
                AddSubset(family, payer, Array.ConvertAll(places, place => items[place]), few.Count + 1, few.Rarity);
            }

            return;
        }

        var found = SumsOf(amounts);
        foreach (var mask in found.Masks)
        {
            var members = pool.LendItems();
            for (var i = 0; i < items.Count; i++)
            {
                if ((mask >> i & 1) != 0)
                {
                    members.Add(items[i]);
                }
            }

            AddSubset(family, payer, CollectionsMarshal.AsSpan(members), found.Count, found.Rarity);
        }
    }

    private void AddSubset(Family family, int payer, ReadOnlySpan<int> chosen, int sums, int rarity)
    {
        var h = Start(family, payer, MatchOutcome.Combined, 4);
        Pay(h, chosen, payment.Amount);
        h.Fit = sums == 1 && rarity >= 10 * Bits.One ? AmountFit.Exact : AmountFit.Assumed;
        h.Add(EvidenceCode.Sum, Math.Clamp(rarity, 0, _rarity), payment.Amount, payment.Currency);
        if (sums > 1)
        {
            h.Add(EvidenceCode.OtherSums, -Bits.Log2((ulong)sums), (sums - 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        Finish(family, h, chosen);
    }

    // All that is open, or one document, less credit notes that explain the rest.
    private void AddUnnamedCredits(Family family, int payer, List<int> items, long total)
    {
        var credits = family.Items(payer, ItemRole.Credit, payment.Currency, 40);
        if (credits.Count == 0)
        {
            return;
        }

        if (total - OpenOf(CollectionsMarshal.AsSpan(credits)) == payment.Amount)
        {
            AddNet(family, payer, CollectionsMarshal.AsSpan(items), credits, EvidenceCode.WholeAccount, 4);
            return;
        }

        foreach (var item in items)
        {
            foreach (var credit in credits)
            {
                if (state.Open(item) - state.Open(credit) == payment.Amount)
                {
                    AddNet(family, payer, [item], [credit], EvidenceCode.Amount, 6);
                }
            }
        }
    }

    private void AddNet(Family family, int payer, ReadOnlySpan<int> chosen, List<int> netted, EvidenceCode code, int prior)
    {
        var h = Start(family, payer, MatchOutcome.Combined, prior);
        Net(h, chosen, CollectionsMarshal.AsSpan(netted));
        h.Fit = code == EvidenceCode.WholeAccount ? AmountFit.Exact : AmountFit.Assumed;
        h.Add(code, _rarity - (2 * Bits.One), payment.Amount, payment.Currency);
        AddCredits(family, h, chosen, netted);
        Finish(family, h, chosen);
    }

    // The last resort that a person may confirm: the oldest first, until the money is gone.
    private void AddOldestFirst(Family family, int payer, List<int> items)
    {
        var h = Start(family, payer, MatchOutcome.Partial, 5);
        Pay(h, CollectionsMarshal.AsSpan(items), payment.Amount);
        h.Outcome = h.Parts.Count > 1 ? MatchOutcome.Combined : MatchOutcome.Partial;
        h.Fit = AmountFit.Loose;
        // As far as the money goes.
        var paid = CollectionsMarshal.AsSpan(items)[..h.Parts.Count];
        h.Add(EvidenceCode.PartialAmount, -2 * Bits.One, Math.Abs(OpenOf(paid) - payment.Amount), payment.Currency);
        Finish(family, h, paid);
    }

    // Money of payments that the ledger recorded before it arrived: one by one, all of a day and method together, or the one sum of some that were paid in the same way.
    private void BuildClearings()
    {
        if (index.Payments.Uncleared.Count == 0)
        {
            return;
        }

        foreach (var recorded in index.Payments.ByAmount(payment.Amount, payment.Currency))
        {
            if (recorded.Payment.Transaction is null && state.IsFree(recorded) && IsNear(recorded))
            {
                AddClearing([recorded], 2, EvidenceCode.RecordedPayment, MatchOutcome.Clearing);
            }
        }

        foreach (var deposit in index.Payments.Deposits(payment.Amount, payment.Currency))
        {
            if (deposit.TrueForAll(p => state.IsFree(p) && IsNear(p)))
            {
                AddClearing(deposit, 3, EvidenceCode.Sum, MatchOutcome.Clearing, isWholeDay: true);
            }
        }

        if (!_found.Exists(h => h.Clears.Count > 0))
        {
            AddClearingSums();
        }
    }

    private void AddClearingSums()
    {
        foreach (var payments in NearByMethod())
        {
            var amounts = payments.ConvertAll(p => p.Amount);
            if (amounts.Count > options.MaxSumDocuments)
            {
                continue;
            }

            if (amounts.Sum() == payment.Amount && amounts.Count > 1)
            {
                AddClearing(payments, 3, EvidenceCode.Sum, MatchOutcome.Clearing);
                continue;
            }

            var found = SubsetSum.Find(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(amounts), payment.Amount, options.MaxSumSize, keep: 1);
            if (found.Count == 1)
            {
                AddClearing([.. payments.Where((_, i) => (found.Masks[0] >> i & 1) != 0)], 4, EvidenceCode.Sum, MatchOutcome.Clearing);
            }
        }
    }

    // The uncleared payments of the time before the transaction, of each method, in order of its name; of a method in order of id.
    private IEnumerable<List<IndexedPayment>> NearByMethod()
    {
        foreach (var method in index.Payments.UnclearedByMethod(payment.Currency))
        {
            var near = method.Near(payment.Date, MostDaysBefore, MostDaysAfter, state.IsFree);
            if (near.Count > 0)
            {
                yield return near;
            }
        }
    }

    private void AddClearing(List<IndexedPayment> payments, int prior, EvidenceCode code, MatchOutcome outcome, bool isWholeDay = false)
    {
        var customers = payments.Select(p => p.Customer).Distinct().ToList();
        var customer = customers.Count == 1 ? customers[0] : -1;
        var h = pool.Lend();
        (h.Customer, h.Outcome, h.Fit, h.IsWholeDay, h.HasUnread) = (customer, outcome, AmountFit.Exact, isWholeDay, payment.Unread + payment.ReadByFew.Length > 0);
        h.Add(EvidenceCode.Prior, -Bits.Log2((ulong)index.Payments.Uncleared.Count) - (prior * Bits.One));
        h.Add(code, _rarity, payment.Amount, payment.Currency);
        h.Clears.AddRange(payments);
        var paid = payments.SelectMany(p => p.Payment.Allocations).Select(a => index.Find(a.To)).Where(i => i >= 0).ToHashSet();
        foreach (var hit in payment.Hits)
        {
            if (paid.Contains(hit.Item))
            {
                h.Add(hit.ToEvidence());
                h.Named = hit.Strength;
                break;
            }
        }

        if (h.Named is null && Array.Exists(payment.Hits, x => x.Strength != HitStrength.Weak))
        {
            // The text names what these payments did not pay.
            h.IsHeld = true;
            h.Add(EvidenceCode.NumbersElsewhere, -8 * Bits.One, payment.Transaction.Remittance);
        }

        if (customer >= 0)
        {
            pool.LendFamily(index, state, payment, index.Directory.Root(customer)).AddParty(h, []);
        }

        if (payments.Count == 1 && index.Payments.IsOfSeveral(payments[0]) && (h.IsPartySure || h.Named is not null))
        {
            // Its money is awaited together with that of others; the customer itself seems to pay once more.
            h.IsHeld = true;
            h.Add(EvidenceCode.OtherSums, -4 * Bits.One);
        }

        _found.Add(h);
    }

    private bool IsNear(IndexedPayment recorded) => Period.DaysBetween(recorded.Payment.Item.Issued, payment.Date) is >= -MostDaysAfter and <= MostDaysBefore;
}
