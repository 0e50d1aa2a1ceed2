using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>Thinks of every way to explain a credit, and weighs each. Holds no state between calls but its inputs.</summary>
internal sealed partial class HypothesisBuilder(LedgerIndex index, MatchingOptions options, RunState state, PaymentEvidence payment)
{
    private const int MostFamilies = 12;
    private const int MostDocuments = 400;
    private readonly List<Hypothesis> _found = [];
    private bool? _isReserved;
    private readonly int _rarity = AmountRarity(index, payment.Amount, payment.Currency);

    /// <summary>The hypotheses, likeliest first, each with its probability among all of them and none.</summary>
    internal List<Hypothesis> Build()
    {
        foreach (var root in Families())
        {
            BuildFamily(root);
        }

        if (!_found.Exists(h => h.Fit >= AmountFit.Assumed))
        {
            BuildByAmount();
        }

        BuildClearings();
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

    private IEnumerable<int> Families()
    {
        var weights = new Dictionary<int, int>();
        void Count(int customer, int weight)
        {
            if (customer >= 0)
            {
                var root = index.Directory.Root(customer);
                weights[root] = Math.Max(weights.GetValueOrDefault(root), weight);
            }
        }

        foreach (var hit in payment.Hits)
        {
            Count(index.CustomerOf(hit.Item), hit.Weight);
        }

        foreach (var party in payment.Parties)
        {
            Count(party.Customer, party.Weight);
        }

        return weights.OrderByDescending(w => w.Value).ThenBy(w => w.Key).Take(MostFamilies).Select(w => w.Key);
    }

    private void BuildFamily(int root)
    {
        var family = new Family(index, state, payment, root);
        var debits = family.NamedDebits;
        foreach (var hit in debits.Take(8))
        {
            AddSingle(family, hit);
        }

        if (debits.Count >= 2)
        {
            AddNamedSet(family, debits);
            var strong = debits.FindAll(h => h.Strength != HitStrength.Weak);
            if (strong.Count >= 2 && strong.Count < debits.Count)
            {
                AddNamedSet(family, strong);
            }
        }

        foreach (var hit in family.NamedSettled.Take(4))
        {
            AddDoublePayment(family, hit);
        }

        if (family.Parties.Count > 0)
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
        h.Add(fits ? EvidenceCode.Amount : EvidenceCode.PartialAmount, fits ? _rarity : -2 * Bits.One, item.Amount.ToString());
        if (state.Taker(hit.Item) >= 0)
        {
            h.Add(EvidenceCode.CompetingPayment, 0, item.Number ?? item.Id.Value);
        }

        Finish(family, h, [hit.Item]);
    }

    // Nothing names a document or a payer: an amount that hardly any document has is a candidate to show, never more.
    private void BuildByAmount()
    {
        var key = KeyHash.OfAmount(payment.Amount, payment.Currency);
        if (index.Keys.Count(key, 4) > 3)
        {
            return;
        }

        var items = new List<int>();
        for (var p = index.Keys.First(key); p >= 0; p = index.Keys.Next(p))
        {
            var item = index.Keys.Item(p);
            if (index.CustomerOf(item) >= 0 && state.Open(item) == payment.Amount)
            {
                items.Add(item);
            }
        }

        foreach (var item in items.OrderBy(i => index.Item(i).Id))
        {
            var family = new Family(index, state, payment, index.Directory.Root(index.CustomerOf(item)));
            if (family.NamedDebits.Count == 0 && family.Parties.Count == 0)
            {
                AddUnnamedSingle(family, item);
            }
        }
    }

    private Hypothesis Start(Family family, int customer, MatchOutcome outcome, int priorBits)
    {
        var h = new Hypothesis { Customer = family.Payer(customer), Outcome = outcome };
        h.Add(EvidenceCode.Prior, -Bits.Log2((ulong)Math.Max(1, index.DebitCount)) - (priorBits * Bits.One));
        return h;
    }

    // What speaks for the payer, and what the text says that the hypothesis leaves unexplained.
    private void Finish(Family family, Hypothesis h, List<int> items)
    {
        family.AddParty(h, items);
        var elsewhere = 0;
        var penalty = 0;
        foreach (var hit in payment.Hits)
        {
            if (hit.Strength != HitStrength.Weak && index.Role(hit.Item) is ItemRole.Debit or ItemRole.Settled && !items.Contains(hit.Item) && !items.Any(i => IsSameSpan(i, hit)))
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

        if (h.Named is null && h.Outcome != MatchOutcome.OnAccount && PaymentWords.IsAdvance(payment.Transaction.Remittance))
        {
            h.IsHeld = true;
            h.Add(EvidenceCode.Advance, -6 * Bits.One, payment.Transaction.Remittance);
        }

        if (h.Named is null && payment.Unread > 0 && !h.Terms.Exists(t => t.Code == EvidenceCode.Account))
        {
            // The text names something that is not in the ledger, or was misread.
            h.IsHeld = true;
        }

        if (h.Fit == AmountFit.Loose && h.Named is not null && items.Count == 1 && FitsAnother(items[0]))
        {
            // The number may be mistyped: another document of the customer has just this amount.
            h.IsHeld = true;
            h.Add(EvidenceCode.AmountElsewhere, -8 * Bits.One, Text(payment.Amount));
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

        if (IsReserved || IsHeldBack(h, items))
        {
            h.IsHeld = true;
            h.Add(EvidenceCode.Reservation, 0, payment.Transaction.Remittance);
        }

        _found.Add(h);
    }

    private bool IsReserved =>
        _isReserved ??= Reservations.NamesOtherSeller(index.Snapshot.Name, payment.Transaction.Remittance) || Reservations.NamesUntimelyCheque(payment.Transaction.Remittance, payment.Date);

    // Less than what is open: with a reason given, after the discount has ended, or so little that it looks held back, by the payer or by a bank on the way, rather than paid in part.
    private bool IsHeldBack(Hypothesis h, List<int> items)
    {
        if (items.Count == 0 || h.Outcome is not (MatchOutcome.Partial or MatchOutcome.Fee or MatchOutcome.Combined) || h.Fit == AmountFit.Exact || h.Residual > 0)
        {
            return false;
        }

        var open = items.Sum(state.Open);
        var missing = open - payment.Amount;
        var text = payment.Transaction.Remittance;
        return missing > 0
            && (PaymentWords.IsDeduction(text)
                || h.Terms.Exists(t => t.Code == EvidenceCode.LateDiscount)
                || ((missing * 10 <= open || missing <= Tolerance(options.FeeTolerance)) && !PaymentWords.IsPart(text)));
    }

    private bool FitsAnother(int item)
    {
        var key = KeyHash.OfAmount(payment.Amount, payment.Currency);
        for (var p = index.Keys.First(key); p >= 0; p = index.Keys.Next(p))
        {
            var other = index.Keys.Item(p);
            if (other != item && index.CustomerOf(other) is var owner and >= 0 && index.Directory.Root(owner) == index.Directory.Root(index.CustomerOf(item)) && state.Open(other) == payment.Amount)
            {
                return true;
            }
        }

        return false;
    }

    // The same place in the text may name several documents: taking one explains the place.
    private bool IsSameSpan(int item, DocumentHit hit)
    {
        foreach (var other in payment.Hits)
        {
            if (other.Item == item && other.Field == hit.Field && other.Start < hit.End && hit.Start < other.End)
            {
                return true;
            }
        }

        return false;
    }

    private void Rank()
    {
        if (state.Known is { } known)
        {
            _found.RemoveAll(h => !known.Weigh(index, payment, h));
        }

        _found.Sort(Compare);
        for (var i = _found.Count - 1; i > 0; i--)
        {
            if (_found.FindIndex(h => h.IsSameAs(_found[i])) < i)
            {
                _found.RemoveAt(i);
            }
        }

        if (_found.Count == 0)
        {
            return;
        }

        // Against all others, and against none of them being right.
        var top = _found[0].Score;
        var none = -(payment.HasPayerName ? 6 : 4) * Bits.One;
        var sum = Bits.Power(none - top);
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

        return a.Outcome != b.Outcome ? a.Outcome.CompareTo(b.Outcome) : a.Customer.CompareTo(b.Customer);
    }

    /// <summary>How rare an amount is: by how many documents have it open, and by how round it is.</summary>
    private static int AmountRarity(LedgerIndex index, long amount, Currency currency)
    {
        var minor = Amounts.MinorUnit(currency);
        var round = amount % (minor * 10_000) == 0 ? 7 * Bits.One : amount % (minor * 1_000) == 0 ? 9 * Bits.One : amount % (minor * 100) == 0 ? 10 * Bits.One : 13 * Bits.One;
        var documents = index.Keys.Count(KeyHash.OfAmount(amount, currency), 65);
        return Math.Min(round, Bits.Log2(index.DebitCount + 2000, documents + 1));
    }
}
