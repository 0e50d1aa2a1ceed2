using Receivables.Sdk.Ledger;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Benchmarks;

/// <summary>The rules that bookkeeping packages apply: the reference, a word of the text that is a number as printed, or the one document that has the amount.</summary>
internal sealed class PackageRules
{
    private readonly Dictionary<string, OpenItem> _references = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, OpenItem> _numbers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<decimal, OpenItem?> _amounts = [];

    internal PackageRules(LedgerSnapshot ledger)
    {
        foreach (var item in ledger.OpenItems)
        {
            if (item.IsCredit)
            {
                continue;
            }

            if (item.Reference is { } reference)
            {
                _references.TryAdd(reference, item);
            }

            if (item.Number is { } number)
            {
                _numbers.TryAdd(number, item);
            }

            _amounts[item.Open.Amount] = _amounts.ContainsKey(item.Open.Amount) ? null : item;
        }
    }

    /// <summary>The document that would be paid; only where the amount agrees.</summary>
    internal OpenItem? Find(BankTransaction transaction)
    {
        if (transaction.StructuredReference is { } reference && _references.TryGetValue(reference, out var item) && item.Open == transaction.Amount)
        {
            return item;
        }

        var words = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        var text = transaction.Remittance.AsSpan();
        foreach (var word in text.SplitAny(" ,;\n"))
        {
            if (words.TryGetValue(text[word], out item))
            {
                return item.Open == transaction.Amount ? item : null;
            }
        }

        return _amounts.GetValueOrDefault(transaction.Amount.Amount);
    }
}
