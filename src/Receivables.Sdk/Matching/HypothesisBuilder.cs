using System.Runtime.InteropServices;

namespace Receivables.Sdk.Matching;

/// <summary>Thinks of every way to explain a credit, and weighs each. Holds no state between calls but its inputs.</summary>
internal sealed partial class HypothesisBuilder(LedgerIndex index, MatchingOptions options, RunState state, PaymentEvidence payment, HypothesisPool pool)
{
    private const int MostFamilies = 12;
    private const int MostDocuments = 400;
    private const int MostPaired = 128;
    private const int MostOfAmount = 24;
    private const int ShownOfAmount = 3;
    private readonly List<Hypothesis> _found = pool.Found;
    private readonly int _day = Days.Of(payment.Date);
    private readonly int _rarity = AmountRarity(index, payment.Amount, payment.Currency);

    /// <summary>The hypotheses, likeliest first, each with its probability among all of them and none.</summary>
    internal List<Hypothesis> Build()
    {
        var families = CollectionsMarshal.AsSpan(Families());
        var most = 0;
        foreach (ref readonly var family in families)
        {
            most = Math.Max(most, family.Party);
        }

        for (var i = 0; i < families.Length && i < MostFamilies && !(state.Known is null && _found.Exists(IsSettled)); i++)
        {
            pool.Roots.Add(families[i].Root);
            BuildFamily(families[i].Root, isLikely: families[i].Party * 2 >= most);
        }

        if (!_found.Exists(IsFitting))
        {
            BuildAcrossCustomers();
            BuildByAmount();
        }

        BuildClearings();
        BuildPayouts();
        Rank();
        return _found;
    }

    /// <summary>What of recorded payments explains a credit that is no customer's payment.</summary>
    internal List<Hypothesis> BuildClearingsOnly()
    {
        BuildClearings();
        Rank();
        return _found;
    }

    // Named in full, paid to the minor unit, by the customer itself: nothing that nobody named can come near it.
    private static bool IsSettled(Hypothesis h) => h is { Named: >= HitStrength.Strong, Fit: AmountFit.Exact, IsPartySure: true, IsPartyOther: false, IsHeld: false, Outcome: not MatchOutcome.DoublePayment };

    private static bool IsFitting(Hypothesis h) => h.Fit >= AmountFit.Assumed;

    // The families that are named or seem to pay, likeliest first: by what names their documents, a document of just this amount before others, and by who pays, together.
    // Of those that only seem to pay, the ones count that come near the likeliest.
    private List<FamilyWeight> Families()
    {
        pool.Weights.Clear();
        foreach (ref readonly var hit in payment.Hits.AsSpan())
        {
            if (index.CustomerOf(hit.Item) is var customer and >= 0)
            {
                ref var family = ref Weigh(customer);
                family.Document = Math.Max(family.Document, hit.Weight + (state.Open(hit.Item) == payment.Amount ? _rarity : 0));
            }
        }

        foreach (ref readonly var party in payment.Parties.AsSpan())
        {
            if (party.Customer >= 0)
            {
                ref var family = ref Weigh(party.Customer);
                family.Party = Math.Max(family.Party, party.Weight);
            }
        }

        var weights = CollectionsMarshal.AsSpan(pool.Weights);
        for (var i = 1; i < weights.Length; i++)
        {
            var family = weights[i];
            var at = i;
            for (; at > 0 && IsLikelier(family, weights[at - 1]); at--)
            {
                weights[at] = weights[at - 1];
            }

            weights[at] = family;
        }

        return pool.Weights;
    }

    private bool IsLikelier(in FamilyWeight a, in FamilyWeight b) =>
        a.Sum != b.Sum ? a.Sum > b.Sum : index.Directory.Id(a.Root) < index.Directory.Id(b.Root);

    private ref FamilyWeight Weigh(int customer)
    {
        var root = index.Directory.Root(customer);
        foreach (ref var known in CollectionsMarshal.AsSpan(pool.Weights))
        {
            if (known.Root == root)
            {
                return ref known;
            }
        }

        pool.Weights.Add(new FamilyWeight { Root = root });
        return ref CollectionsMarshal.AsSpan(pool.Weights)[^1];
    }

    private void BuildFamily(int root, bool isLikely)
    {
        var family = pool.LendFamily(index, state, payment, root);
        var debits = family.NamedDebits;
        for (var i = 0; i < debits.Count && i < 8; i++)
        {
            AddSingle(family, debits[i]);
        }

        if (debits.Count >= 2)
        {
            AddNamedSet(family, debits);
            var strong = pool.LendHits();
            foreach (var hit in debits)
            {
                if (hit.Strength != HitStrength.Weak)
                {
                    strong.Add(hit);
                }
            }

            if (strong.Count >= 2 && strong.Count < debits.Count)
            {
                AddNamedSet(family, strong);
            }
        }

        for (var i = 0; i < family.NamedSettled.Count && i < 4; i++)
        {
            AddDoublePayment(family, family.NamedSettled[i]);
        }

        if (family.Parties.Count > 0 && isLikely && (state.Known is not null || !_found.Exists(IsSettled)))
        {
            BuildUnnamed(family);
        }
    }

    private void AddDoublePayment(Family family, DocumentHit hit)
    {
        var item = index.Item(hit.Item);
        if (item.Amount.Currency != payment.Currency || !Amounts.TryGet(item.Amount, out var whole))
        {
            return;
        }

        var h = Start(family, index.CustomerOf(hit.Item), MatchOutcome.DoublePayment, 5);
        h.PaidAgain = hit.Item;
        h.Residual = payment.Amount;
        h.Named = hit.Strength;
        h.Add(hit.ToEvidence());
        h.Add(EvidenceCode.Settled, 0, item.Number ?? item.Id.Value);
        var fits = whole == payment.Amount;
        h.Fit = fits ? AmountFit.Exact : AmountFit.Loose;
        h.Add(fits ? EvidenceCode.Amount : EvidenceCode.PartialAmount, fits ? _rarity : -2 * Bits.One, fits ? whole : Math.Abs(whole - payment.Amount), payment.Currency);
        if (fits && IsSettledByRecorded(item.Id))
        {
            // This may be the very money that settled it.
            h.Add(EvidenceCode.RecordedPayment, -8 * Bits.One, whole, payment.Currency);
        }

        if (fits && HasOpenOfAmount(family, hit.Item))
        {
            // Who pays the same each month often writes the number of an earlier month.
            h.IsHeld = true;
            h.Add(EvidenceCode.AmountElsewhere, 0, whole, payment.Currency);
        }

        if (state.Taker(hit.Item) >= 0)
        {
            h.Add(EvidenceCode.CompetingPayment, 0, item.Number ?? item.Id.Value);
        }

        Finish(family, h, [hit.Item]);
    }

    // Whether the family has another document open, issued by now, of just the amount.
    private bool HasOpenOfAmount(Family family, int item)
    {
        var key = KeyHash.OfAmount(payment.Amount, payment.Currency);
        if (index.CountPostings(key, NumberShapes.MostPostings + 1) <= NumberShapes.MostPostings)
        {
            foreach (var (other, _) in index.Postings(key))
            {
                if (other != item && family.Has(other) && IsOpenOfAmount(other))
                {
                    return true;
                }
            }

            return false;
        }

        foreach (var member in index.Directory.Family(index.RootOf(item)))
        {
            foreach (var other in index.ItemsOf(member))
            {
                if (other != item && IsOpenOfAmount(other))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsOpenOfAmount(int item) =>
        index.Cell(item) is { Role: ItemRole.Debit } cell && cell.Currency == payment.Currency && cell.Issued <= payment.Date && state.Open(item) == payment.Amount;

    private bool IsSettledByRecorded(DocumentId item)
    {
        if (index.Payments.Uncleared.Count == 0)
        {
            return false;
        }

        foreach (var recorded in index.Payments.ByAmount(payment.Amount, payment.Currency))
        {
            if (recorded.Payment.Transaction is null && state.IsFree(recorded) && IsNear(recorded) && !index.Payments.IsOfSeveral(recorded) && recorded.Payment.Allocations.Any(a => a.To == item))
            {
                return true;
            }
        }

        return false;
    }

    // Nothing names a document or a payer: an amount that few documents have is a candidate to show, never more. Of several those due nearest to the day.
    private void BuildByAmount()
    {
        var key = KeyHash.OfAmount(payment.Amount, payment.Currency);
        if (index.CountPostings(key, MostOfAmount + 1) > MostOfAmount)
        {
            return;
        }

        var items = pool.LendItems();
        foreach (var (item, _) in index.Postings(key))
        {
            if (index.CustomerOf(item) >= 0 && state.Open(item) == payment.Amount)
            {
                items.Add(item);
            }
        }

        items.Sort((a, b) => DaysFromDue(a) is var x && DaysFromDue(b) is var y && x != y ? x.CompareTo(y) : index.Item(a).Id.CompareTo(index.Item(b).Id));
        foreach (var item in CollectionsMarshal.AsSpan(items)[..Math.Min(items.Count, ShownOfAmount)])
        {
            var family = pool.LendFamily(index, state, payment, index.Directory.Root(index.CustomerOf(item)));
            if (family.NamedDebits.Count == 0 && family.Parties.Count == 0)
            {
                AddUnnamedSingle(family, item);
            }
        }
    }

    private int DaysFromDue(int item) => Math.Abs(index.Cell(item).Due - _day);

    private Hypothesis Start(Family family, int customer, MatchOutcome outcome, int priorBits) => Start(family.Payer(customer), outcome, priorBits);

    private Hypothesis Start(int customer, MatchOutcome outcome, int priorBits)
    {
        var h = pool.Lend();
        (h.Customer, h.Outcome) = (customer, outcome);
        h.Add(EvidenceCode.Prior, -Bits.Log2((ulong)Math.Max(1, index.DebitCount)) - (priorBits * Bits.One));
        return h;
    }

    // What speaks for the payer, and what the text says that the hypothesis leaves unexplained.
    private void Finish(Family family, Hypothesis h, ReadOnlySpan<int> items)
    {
        family.AddParty(h, items);
        var alone = h.Named is null && items.Length == 1 ? items[0] : -1;
        h.HasUnread = (payment.Unread > 0 && (alone < 0 || CountEnds(alone) < payment.Unread)) || NamesOthersOnly(family, alone);
        var elsewhere = 0;
        var penalty = 0;
        foreach (ref readonly var hit in payment.Hits.AsSpan())
        {
            if (hit.Strength != HitStrength.Weak && index.Role(hit.Item) is ItemRole.Debit or ItemRole.Settled && !items.Contains(hit.Item) && !IsSameSpan(items, hit))
            {
                elsewhere++;
                penalty += (family.Has(hit.Item) ? 8 : 4) * Bits.One;
            }
        }

        if (h.Named is null && payment.Unresolved > 0)
        {
            elsewhere += payment.Unresolved;
            penalty += 4 * Bits.One * payment.Unresolved;
        }

        if (elsewhere > 0)
        {
            h.Add(EvidenceCode.NumbersElsewhere, -Math.Min(penalty, 24 * Bits.One), elsewhere.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (h.Named is null && h.Outcome != MatchOutcome.OnAccount && payment.Words.HasFlag(PaymentWord.Advance))
        {
            h.IsHeld = true;
            h.Add(EvidenceCode.Advance, -6 * Bits.One, payment.Transaction.Remittance);
        }

        if ((h.Named is null or HitStrength.Weak || h.IsPartyOther) && payment.Words.HasFlag(PaymentWord.OtherPurpose))
        {
            // Wages, a loan, a refund of tax: the amount is that of a document by chance.
            h.IsHeld = true;
            h.Add(EvidenceCode.Reservation, -6 * Bits.One, payment.Transaction.Remittance);
        }

        if (h.Named is null && (elsewhere > 0 || (h.HasUnread && (items.Length > 1 || !h.HasTerm(EvidenceCode.Account)))))
        {
            // The text names another document, something that is not in the ledger, or was misread.
            h.IsHeld = true;
            if (elsewhere == 0)
            {
                h.Add(EvidenceCode.NumbersElsewhere, 0, Math.Max(1, payment.Unread).ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        if (h.Named is null && h.Outcome != MatchOutcome.OnAccount && NamesAnother(family, items))
        {
            // The text seems to name another document of the customer.
            h.IsHeld = true;
            h.Add(EvidenceCode.NumbersElsewhere, 0, "1");
        }

        if (h.Fit is AmountFit.Loose or AmountFit.Assumed && h.Named is not null && items.Length == 1 && FitsAnother(items[0]))
        {
            // The number may be mistyped: another document of the customer has just this amount.
            h.IsHeld = true;
            h.Add(EvidenceCode.AmountElsewhere, -8 * Bits.One, payment.Amount, payment.Currency);
        }

        if (h.Fit == AmountFit.Loose && h.Named is not null && EasilyMisread(h, items) is var near and >= 0)
        {
            h.IsHeld = true;
            h.Add(EvidenceCode.SimilarNumber, -4 * Bits.One, index.Item(near).Number);
        }

        if (items.Length == 1 && h is { Named: >= HitStrength.Strong, Fit: AmountFit.Exact, IsPartySure: false, IsPartyOther: false } && !Guards.IsRare(h) && !h.HasTerm(EvidenceCode.StructuredReference) && HasNearOfAmount(items[0]))
        {
            // Nobody is known, and the number may be nearly that of another document of the amount.
            h.IsHeld = true;
            h.Add(EvidenceCode.SimilarNumber, -4 * Bits.One, index.Item(items[0]).Number);
        }

        foreach (var item in items)
        {
            var document = index.Item(item);
            if (document.Disputed is { IsZero: false })
            {
                h.IsHeld = true;
                h.Add(EvidenceCode.Disputed, 0, document.Number ?? document.Id.Value);
            }

            if (document.Issued > payment.Date && h.Named is null or HitStrength.Weak)
            {
                h.IsHeld = true;
                h.Add(EvidenceCode.IssuedLater, -2 * Bits.One, document.Number ?? document.Id.Value);
            }
        }

        Reserve(h, items);
        if (h.Named is null && h.Parts.Count == 1 && (_isShared ??= IsAmountShared()))
        {
            h.IsAmountShared = true;
        }

        _found.Add(h);
    }

    private void Rank()
    {
        if (state.Known is { } known)
        {
            _found.RemoveAll(h => !known.Weigh(index, payment, h));
        }

        Sort();
        for (var i = _found.Count - 1; i > 0; i--)
        {
            for (var j = 0; j < i; j++)
            {
                if (_found[j].IsSameAs(_found[i]))
                {
                    _found.RemoveAt(i);
                    break;
                }
            }
        }

        if (_found.Count == 0)
        {
            return;
        }

        // Against all others, and against none of them being right.
        var top = _found[0].Score;
        var sum = Bits.Power(payment.NoneScore - top);
        foreach (var h in _found)
        {
            sum += Bits.Power(h.Score - top);
        }

        foreach (var h in _found)
        {
            var mine = Bits.Power(h.Score - top);
            h.Probability = mine / sum;
            h.Odds = (int)Math.Clamp(Math.Log2(mine / Math.Max(sum - mine, double.Epsilon)) * Bits.One, -64 * Bits.One, 64 * Bits.One);
        }
    }

    private void Sort()
    {
        if (_found.Count > 32)
        {
            _found.Sort(Compare);
            return;
        }

        var found = CollectionsMarshal.AsSpan(_found);
        for (var i = 1; i < found.Length; i++)
        {
            var h = found[i];
            var at = i;
            for (; at > 0 && Compare(found[at - 1], h) > 0; at--)
            {
                found[at] = found[at - 1];
            }

            found[at] = h;
        }
    }

    private long OpenOf(ReadOnlySpan<int> items)
    {
        var sum = 0L;
        foreach (var item in items)
        {
            sum += state.Open(item);
        }

        return sum;
    }

    private int Compare(Hypothesis a, Hypothesis b)
    {
        if (a.Score != b.Score)
        {
            return b.Score.CompareTo(a.Score);
        }

        if (a.Parts.Count != b.Parts.Count)
        {
            return a.Parts.Count.CompareTo(b.Parts.Count);
        }

        for (var i = 0; i < a.Parts.Count; i++)
        {
            var (x, y) = (index.Item(a.Parts[i].Item), index.Item(b.Parts[i].Item));
            var order = x.Due != y.Due ? x.Due.CompareTo(y.Due) : x.Id.CompareTo(y.Id);
            if (order != 0)
            {
                return order;
            }
        }

        return a.Outcome != b.Outcome ? a.Outcome.CompareTo(b.Outcome) : a.Customer < 0 || b.Customer < 0 ? a.Customer.CompareTo(b.Customer) : index.Directory.Id(a.Customer).CompareTo(index.Directory.Id(b.Customer));
    }

    /// <summary>How rare an amount is: by how many documents have it open, and by how round it is.</summary>
    private static int AmountRarity(LedgerIndex index, long amount, Currency currency)
    {
        var minor = Amounts.MinorUnit(currency);
        var round = amount % (minor * 10_000) == 0 ? 7 * Bits.One : amount % (minor * 1_000) == 0 ? 9 * Bits.One : amount % (minor * 100) == 0 ? 10 * Bits.One : 13 * Bits.One;
        var documents = index.CountPostings(KeyHash.OfAmount(amount, currency), 65);
        return Math.Min(round, Bits.Log2(index.DebitCount + 2000, documents + 1));
    }
}
