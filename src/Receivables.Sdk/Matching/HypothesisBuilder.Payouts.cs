using NodaTime;

namespace Receivables.Sdk.Matching;

/// <summary>Payouts of payment providers, explained by what they collected and what they charge for it.</summary>
internal sealed partial class HypothesisBuilder
{
    // Providers' public tariffs (2026) lie below this for cards and wallets: so much of the turnover, and so much for each payment.
    private const int MostFeePermille = 50;
    private const long MostFeeEach = 5_000;

    // The recorded payments of whole days of one method, whose sum is more than the money by what a provider may charge.
    private void BuildPayouts()
    {
        if (index.Payments.Uncleared.Count == 0 || !Providers.IsPayout(payment.Transaction))
        {
            return;
        }

        foreach (var method in NearByMethod())
        {
            var days = method.GroupBy(p => p.Payment.Item.Issued).OrderBy(g => g.Key).Select(g => g.ToList()).ToList();
            for (var from = 0; from < days.Count; from++)
            {
                var taken = new List<IndexedPayment>();
                var gross = 0L;
                for (var to = from; to < days.Count; to++)
                {
                    taken.AddRange(days[to]);
                    gross += days[to].Sum(p => p.Amount);
                    if (gross > payment.Amount && gross - payment.Amount <= (gross * MostFeePermille / 1000) + (taken.Count * MostFeeEach))
                    {
                        AddPayout([.. taken], gross);
                    }
                }
            }
        }
    }

    private void AddPayout(List<IndexedPayment> taken, long gross)
    {
        var charges = payment.Transaction.Details?.Charges is { } c && c.Currency == payment.Currency && Amounts.TryGet(c, out var charged) ? Math.Abs(charged) : 0;
        var isProven = charges == gross - payment.Amount;
        var h = pool.Lend();
        (h.Outcome, h.Fit) = (MatchOutcome.Payout, isProven ? AmountFit.Exact : AmountFit.Assumed);
        h.Add(EvidenceCode.Prior, -Bits.Log2((ulong)index.Payments.Uncleared.Count) - (3 * Bits.One));
        // The money lies within so small a part of the sum: a sum by chance would seldom lie so near.
        h.Add(EvidenceCode.Sum, isProven ? _rarity : 6 * Bits.One, gross, payment.Currency);
        h.Add(EvidenceCode.Fee, 0, gross - payment.Amount, payment.Currency);
        h.Clears.AddRange(taken);
        _found.Add(h);
    }
}
