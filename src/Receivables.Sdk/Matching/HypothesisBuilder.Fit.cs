using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>What an amount makes of documents: all, less a discount or a charge, instalments, a part, an excess.</summary>
internal sealed partial class HypothesisBuilder
{
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
}
