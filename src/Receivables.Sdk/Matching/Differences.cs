using Receivables.Sdk.Matching.Similarity;

namespace Receivables.Sdk.Matching;

/// <summary>Says field by field where a candidate does not agree with what the bank says.</summary>
internal static class Differences
{
    internal static IReadOnlyList<FieldDifference> Find(LedgerIndex index, PaymentEvidence payment, Hypothesis h)
    {
        var differences = new List<FieldDifference>();
        var transaction = payment.Transaction;
        var items = h.Parts.Where(p => p.To < 0).Select(p => p.Item).Distinct().ToList();
        if (items.Count == 0 && h.PaidAgain >= 0)
        {
            items.Add(h.PaidAgain);
        }

        foreach (var item in items.Take(3))
        {
            var document = index.Item(item);
            var hit = payment.Hits.FirstOrDefault(x => x.Item == item);
            if (hit.Text is null || hit.Strength == HitStrength.Weak)
            {
                var bank = hit.Text is not null ? hit.Text.Substring(hit.Start, hit.Length) : transaction.StructuredReference ?? FirstNumber(transaction.Remittance);
                if (document.Number is { } number && bank != number)
                {
                    differences.Add(new FieldDifference("number", bank, number));
                }
            }

            if (document.Open.Currency != transaction.Amount.Currency)
            {
                differences.Add(new FieldDifference("currency", transaction.Amount.Currency.Code, document.Open.Currency.Code));
            }

            if (document.Issued > payment.Date)
            {
                differences.Add(new FieldDifference("date", NodaTime.Text.LocalDatePattern.Iso.Format(payment.Date), NodaTime.Text.LocalDatePattern.Iso.Format(document.Issued)));
            }
        }

        AddAmount(index, payment, items, differences);
        AddPayer(index, payment, h, differences);
        return differences;
    }

    private static void AddAmount(LedgerIndex index, PaymentEvidence payment, List<int> items, List<FieldDifference> differences)
    {
        var own = items.FindAll(i => index.Item(i).Open.Currency == payment.Currency);
        var open = own.Sum(index.Open);
        if (own.Count > 0 && open != payment.Amount)
        {
            differences.Add(new FieldDifference("amount", payment.Transaction.Amount.ToAmountString(), Amounts.ToMoney(open, payment.Currency).ToAmountString()));
        }
    }

    private static void AddPayer(LedgerIndex index, PaymentEvidence payment, Hypothesis h, List<FieldDifference> differences)
    {
        if (h.Customer < 0 || index.Directory.Customer(h.Customer) is not { } customer)
        {
            return;
        }

        var counterparty = payment.Transaction.Counterparty;
        if (counterparty?.Name is { } name && customer.Name is { } theirs
            && !payment.Parties.Any(p => p.Customer == h.Customer && p.Code == EvidenceCode.Name && p.IsStrong)
            && Indel.Ratio(name, theirs) < 1000)
        {
            differences.Add(new FieldDifference("name", name, theirs));
        }

        if (counterparty?.AccountText is { } account && index.Directory.HasAccounts(h.Customer) && !payment.AccountOwners.Contains(h.Customer))
        {
            differences.Add(new FieldDifference("account", account, customer.Ibans.Count > 0 ? customer.Ibans[0].Value : customer.BankAccounts[0]));
        }
    }

    // The first word of the text that holds three digits or more.
    private static string? FirstNumber(string? text)
    {
        var rest = text.AsSpan();
        foreach (var range in rest.SplitAny(" ,;\n\r:"))
        {
            var digits = 0;
            foreach (var c in rest[range])
            {
                digits += char.IsAsciiDigit(c) ? 1 : 0;
            }

            if (digits >= 3)
            {
                return text![range];
            }
        }

        return null;
    }
}
