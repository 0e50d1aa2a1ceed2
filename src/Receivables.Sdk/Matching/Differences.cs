using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching.Similarity;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Matching;

/// <summary>Where a candidate does not agree with what the bank says, field by field: what is known of it, from which the texts are made when they are read. Immutable.</summary>
internal sealed class Differences
{
    private const int MostDocuments = 3;

    private readonly BankTransaction _transaction;
    private readonly LocalDate _date;
    private readonly DocumentSeen[] _documents;
    // What is open of the documents, where it is not what was paid.
    private readonly long? _open;
    private readonly Customer? _customer;
    private readonly bool _isNameKnown;
    private readonly bool _isAccountKnown;

    /// <summary>A document, and where the text names it.</summary>
    private readonly record struct DocumentSeen(OpenItem Document, DocumentHit? Hit);

    internal Differences(LedgerIndex index, PaymentEvidence payment, Hypothesis h)
    {
        (_transaction, _date) = (payment.Transaction, payment.Date);
        Span<int> items = h.Parts.Count < 64 ? stackalloc int[h.Parts.Count + 1] : new int[h.Parts.Count + 1];
        var count = 0;
        foreach (var part in h.Parts)
        {
            if (part.To < 0 && !items[..count].Contains(part.Item))
            {
                items[count++] = part.Item;
            }
        }

        if (count == 0 && h.PaidAgain >= 0)
        {
            items[count++] = h.PaidAgain;
        }

        _documents = count == 0 ? [] : new DocumentSeen[Math.Min(MostDocuments, count)];
        for (var i = 0; i < _documents.Length; i++)
        {
            _documents[i] = new DocumentSeen(index.Item(items[i]), HitOf(payment, items[i]));
        }

        _open = OtherAmount(index, payment, items[..count]);
        _customer = h.Customer >= 0 ? index.Directory.Customer(h.Customer) : null;
        foreach (ref readonly var party in payment.Parties.AsSpan())
        {
            _isNameKnown |= party.Customer == h.Customer && party.Code == EvidenceCode.Name && party.IsStrong;
        }

        _isAccountKnown = h.Customer < 0 || !index.Directory.HasAccounts(h.Customer) || payment.AccountOwners.Contains(h.Customer);
    }

    private static DocumentHit? HitOf(PaymentEvidence payment, int item)
    {
        foreach (ref readonly var hit in payment.Hits.AsSpan())
        {
            if (hit.Item == item)
            {
                return hit;
            }
        }

        return null;
    }

    private static long? OtherAmount(LedgerIndex index, PaymentEvidence payment, ReadOnlySpan<int> items)
    {
        var (count, open) = (0, 0L);
        foreach (var item in items)
        {
            if (index.Cell(item).Currency == payment.Currency)
            {
                (count, open) = (count + 1, open + index.Open(item));
            }
        }

        return count > 0 && open != payment.Amount ? open : null;
    }

    /// <summary>The fields that differ.</summary>
    internal IReadOnlyList<FieldDifference> Write()
    {
        var differences = new List<FieldDifference>();
        foreach (var (document, seen) in _documents)
        {
            if (seen is not { } hit || hit.Strength == HitStrength.Weak)
            {
                var bank = seen is { } its ? its.Text.Substring(its.Start, its.Length) : _transaction.StructuredReference ?? FirstNumber(_transaction.Remittance);
                if (document.Number is { } number && bank != number)
                {
                    differences.Add(new FieldDifference("number", bank, number));
                }
            }

            if (document.Open.Currency != _transaction.Amount.Currency)
            {
                differences.Add(new FieldDifference("currency", _transaction.Amount.Currency.Code, document.Open.Currency.Code));
            }

            if (document.Issued > _date)
            {
                differences.Add(new FieldDifference("date", NodaTime.Text.LocalDatePattern.Iso.Format(_date), NodaTime.Text.LocalDatePattern.Iso.Format(document.Issued)));
            }
        }

        if (_open is { } open)
        {
            differences.Add(new FieldDifference("amount", _transaction.Amount.ToAmountString(), Amounts.ToMoney(open, _transaction.Amount.Currency).ToAmountString()));
        }

        AddPayer(differences);
        return differences;
    }

    private void AddPayer(List<FieldDifference> differences)
    {
        if (_customer is null)
        {
            return;
        }

        var counterparty = _transaction.Counterparty;
        if (counterparty?.Name is { } name && _customer.Name is { } theirs && !_isNameKnown && Indel.Ratio(name, theirs) < 1000)
        {
            differences.Add(new FieldDifference("name", name, theirs));
        }

        if (counterparty?.AccountText is { } account && !_isAccountKnown)
        {
            differences.Add(new FieldDifference("account", account, _customer.Ibans.Count > 0 ? _customer.Ibans[0].Value : _customer.BankAccounts[0]));
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
