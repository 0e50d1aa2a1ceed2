using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>Money that left the account: payments that came back, and unapplied money that was paid back to a customer.</summary>
internal sealed class DebitMatcher(LedgerIndex index, RunState state)
{
    private const int MostOfAmount = 9 * Bits.One;

    internal MatchResult Match(PaymentEvidence debit)
    {
        var transaction = debit.Transaction;
        var isReturn = transaction.ReturnReason is not null || transaction.IsReversal || PaymentWords.IsReturn(transaction);
        return isReturn ? Return(debit) : Refund(debit) ?? Results.None(transaction, MatchDecision.NotReceivable);
    }

    // The payment that came back: of its amount, less what the bank charges for it, named by text, account or name; the latest of equals.
    private MatchResult Return(PaymentEvidence debit)
    {
        var transaction = debit.Transaction;
        var charges = transaction.Details?.Charges is { } c && c.Currency == debit.Currency && Amounts.TryGet(c, out var charged) ? Math.Abs(charged) : 0;
        var candidates = new List<(IndexedPayment Payment, int Score, bool IsSure, List<MatchEvidence> Terms)>();
        foreach (var amount in new[] { debit.Amount, debit.Amount - charges }.Distinct().Where(a => a > 0))
        {
            foreach (var payment in index.Payments.ByAmount(amount, debit.Currency))
            {
                if (payment.Payment.Item.Issued <= Days.Add(debit.Date, 5) && state.IsFree(payment) && !candidates.Exists(x => x.Payment == payment))
                {
                    candidates.Add(Weigh(debit, payment));
                }
            }
        }

        if (candidates.Count == 0)
        {
            AddParts(debit, candidates);
        }

        candidates.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score)
            : a.Payment.Payment.Item.Issued != b.Payment.Payment.Item.Issued ? b.Payment.Payment.Item.Issued.CompareTo(a.Payment.Payment.Item.Issued)
            : a.Payment.Id.CompareTo(b.Payment.Id));
        var reason = new MatchEvidence(EvidenceCode.ReturnReason, 4 * Bits.One, transaction.ReturnReason ?? transaction.Remittance);
        if (candidates.Count == 0 || candidates[0].Score <= 0)
        {
            return Results.None(transaction, MatchDecision.Suggested) with
            {
                Outcome = MatchOutcome.Return,
                Customer = debit.Parties.Any(p => p.IsStrong) ? index.Directory.Id(debit.Parties.First(p => p.IsStrong).Customer) : null,
                Explanation = [reason],
            };
        }

        var best = candidates[0];
        var sum = candidates.Sum(x => Bits.Power(x.Score - best.Score)) + Bits.Power(-6 * Bits.One - best.Score);
        var probability = Math.Min(0.9999m, decimal.Round((decimal)(1 / sum), 4, MidpointRounding.ToZero));
        state.Take(best.Payment);
        var isAutomatic = best.IsSure && best.Payment.Amount <= debit.Amount && probability >= 0.999m && transaction.Status == Statements.TransactionStatus.Booked && (candidates.Count == 1 || best.Score - candidates[1].Score >= 6 * Bits.One);
        return new MatchResult
        {
            Transaction = transaction,
            Decision = isAutomatic ? MatchDecision.Automatic : MatchDecision.Suggested,
            Customer = best.Payment.Payment.Item.Customer,
            Confidence = probability,
            Outcome = MatchOutcome.Return,
            // What a bank takes beyond the payment is its charge; a part of a payment leaves nothing.
            Residual = Amounts.ToMoney(-Math.Max(0, debit.Amount - best.Payment.Amount), debit.Currency),
            Reverses = [best.Payment.Id],
            Explanation = Results.Order([reason, .. best.Terms]),
        };
    }

    // A part of a payment that the text names, by itself or by what it paid.
    private void AddParts(PaymentEvidence debit, List<(IndexedPayment Payment, int Score, bool IsSure, List<MatchEvidence> Terms)> candidates)
    {
        foreach (var payment in index.Payments.All)
        {
            if (payment.Amount > debit.Amount && payment.Payment.Item.Amount.Currency == debit.Currency && payment.Payment.Item.Issued <= Days.Add(debit.Date, 5) && state.IsFree(payment)
                && (NamesPayment(debit, payment) is not null || debit.Hits.Any(h => h.Strength != HitStrength.Weak && payment.Payment.Allocations.Any(a => a.To == index.Item(h.Item).Id))))
            {
                var (_, score, isSure, terms) = Weigh(debit, payment);
                terms.Add(new MatchEvidence(EvidenceCode.PartialAmount, -4 * Bits.One, payment.Payment.Item.Amount.ToString()));
                candidates.Add((payment, score - (4 * Bits.One), isSure, terms));
            }
        }
    }

    private (IndexedPayment Payment, int Score, bool IsSure, List<MatchEvidence> Terms) Weigh(PaymentEvidence debit, IndexedPayment payment)
    {
        var terms = new List<MatchEvidence>();
        var isSure = false;
        var days = Period.DaysBetween(payment.Payment.Item.Issued, debit.Date);
        // Direct debits come back within eight weeks, unauthorised ones within thirteen months (SEPA rulebooks).
        var age = (days <= 10 ? 0 : days <= 60 ? 2 : 8) * Bits.One;
        terms.Add(new MatchEvidence(EvidenceCode.Amount, Rarity(payment) - age, payment.Payment.Item.Amount.ToString()));
        var paid = payment.Payment.Allocations.Select(a => index.Find(a.To)).ToHashSet();
        foreach (var hit in debit.Hits)
        {
            if (paid.Contains(hit.Item))
            {
                terms.Add(hit.ToEvidence());
                isSure |= hit.Strength != HitStrength.Weak;
                break;
            }
        }

        if (NamesPayment(debit, payment) is { } name)
        {
            terms.Add(name);
            isSure = true;
        }

        foreach (var party in debit.Parties)
        {
            if (payment.Customer >= 0 && index.Directory.Root(party.Customer) == index.Directory.Root(payment.Customer))
            {
                terms.Add(party.ToEvidence());
                isSure |= party.IsStrong;
            }
        }

        return (payment, terms.Sum(t => t.Units) - Bits.Log2((ulong)Math.Max(1, index.Snapshot.Payments.Count)), isSure, terms);
    }

    // By how many payments have the amount.
    private int Rarity(IndexedPayment payment) =>
        Math.Min(MostOfAmount, Bits.Log2(index.Snapshot.Payments.Count + 2000, index.Payments.ByAmount(payment.Amount, payment.Payment.Item.Amount.Currency).Count + 1));

    private static MatchEvidence? NamesPayment(PaymentEvidence debit, IndexedPayment payment)
    {
        foreach (var (text, field) in new[] { (debit.Transaction.EndToEndId, TextField.EndToEndId), (debit.Transaction.Remittance, TextField.Remittance) })
        {
            foreach (var name in new[] { payment.Id.Value, payment.Payment.Item.Number, payment.Payment.Item.Reference })
            {
                if (text is not null && name is { Length: >= 5 } && text.IndexOf(name, StringComparison.OrdinalIgnoreCase) is var at and >= 0
                    && !(at > 0 && char.IsLetterOrDigit(text[at - 1])) && !(at + name.Length < text.Length && char.IsLetterOrDigit(text[at + name.Length])))
                {
                    return new MatchEvidence(EvidenceCode.RecordedPayment, 14 * Bits.One, text, field, at, name.Length);
                }
            }
        }

        return null;
    }

    private MatchResult? Refund(PaymentEvidence debit)
    {
        // The seller says in words that it pays money back.
        var isSaid = PaymentWords.IsRefund(debit.Transaction);
        var candidates = new List<Refundable>();
        foreach (var party in debit.Parties.Where(p => p.IsStrong).DistinctBy(p => index.Directory.Root(p.Customer)))
        {
            AddRefundable(debit, candidates, party.Customer);
        }

        var isPartyKnown = candidates.Count > 0;
        if (!isPartyKnown && !debit.Parties.Any(p => p.IsStrong))
        {
            // To whom is not known: what the text names, or where it says that it is a refund the one sum of this amount.
            AddRefundable(debit, candidates, customer: null);
            candidates.RemoveAll(c => !c.IsNamed && !isSaid);
            if (!candidates.Exists(c => c.IsNamed) && candidates.Count > 1)
            {
                return null;
            }
        }

        if (candidates.Count == 0)
        {
            return null;
        }

        candidates.Sort((a, b) => a.IsNamed != b.IsNamed ? b.IsNamed.CompareTo(a.IsNamed) : a.Id.CompareTo(b.Id));
        var best = candidates[0];
        // What is named leaves the others out.
        var alike = candidates.Count(c => c.IsNamed == best.IsNamed);
        var isAlone = alike == 1;
        if (index.Find(best.Id) is var credit and >= 0)
        {
            state.Take(credit, debit.Amount, -1);
        }

        // There is but one sum of this amount to pay back.
        var isSure = isPartyKnown && (best.IsNamed || isSaid) && isAlone;
        return new MatchResult
        {
            Transaction = debit.Transaction,
            Decision = isSure && debit.Transaction.Status == Statements.TransactionStatus.Booked ? MatchDecision.Automatic : MatchDecision.Suggested,
            Customer = best.Customer,
            Confidence = isPartyKnown && (best.IsNamed || (isSaid && isAlone)) ? 0.999m : decimal.Round(0.9m / alike, 4),
            Outcome = MatchOutcome.Refund,
            Residual = Money.Zero(debit.Currency),
            Refunds = [new MatchRefund(best.Id, Amounts.ToMoney(debit.Amount, debit.Currency))],
            Explanation = [.. debit.Parties.Where(p => p.IsStrong).Select(p => p.ToEvidence()), .. debit.Hits.Where(h => index.Item(h.Item).Id == best.Id).Select(h => h.ToEvidence())],
        };
    }

    private readonly record struct Refundable(DocumentId Id, CustomerId? Customer, bool IsNamed);

    // Unapplied payments and open credit notes of just this amount: a customer's, or all payments and the credit notes that the text names.
    private void AddRefundable(PaymentEvidence debit, List<Refundable> candidates, int? customer)
    {
        foreach (var payment in index.Payments.ByUnapplied(debit.Amount, debit.Currency))
        {
            if ((customer is null || payment.Customer == customer) && state.IsFree(payment))
            {
                candidates.Add(new Refundable(payment.Id, payment.Payment.Item.Customer, NamesPayment(debit, payment) is not null));
            }
        }

        if (customer is { } known)
        {
            foreach (var item in index.ItemsOf(known))
            {
                AddCredit(item);
            }

            return;
        }

        foreach (var hit in debit.Hits)
        {
            AddCredit(hit.Item);
        }

        void AddCredit(int item)
        {
            if (index.Role(item) == ItemRole.Credit && index.Item(item).Open.Currency == debit.Currency && state.Open(item) == debit.Amount)
            {
                candidates.Add(new Refundable(index.Item(item).Id, index.Item(item).Customer, debit.Hits.Any(h => h.Item == item && h.Strength != HitStrength.Weak)));
            }
        }
    }
}
