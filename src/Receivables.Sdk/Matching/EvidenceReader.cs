using NodaTime;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Matching;

/// <summary>Reads what a transaction says about documents and payer. One for each thread.</summary>
internal sealed class EvidenceReader(LedgerIndex index)
{
    private const int MostNames = 8;
    private readonly NumberFinder _finder = new(index);

    // Payers come back: the same name is searched once.
    private readonly Dictionary<string, List<NameHit>> _names = new(StringComparer.Ordinal);

    internal PaymentEvidence? Read(BankTransaction transaction, LocalDate fallbackDate)
    {
        if (!Amounts.TryGet(transaction.Amount, out var amount))
        {
            return null;
        }

        _finder.Clear();
        if (transaction.StructuredReference is { } reference)
        {
            _finder.ReadReference(reference);
        }

        foreach (var document in transaction.Details?.Documents ?? [])
        {
            _finder.ReadReference(document.Number);
        }

        ReadText(transaction.Remittance, TextField.Remittance);
        var (unresolved, unread) = (_finder.Unresolved, _finder.Unread);
        ReadText(transaction.EndToEndId, TextField.EndToEndId);
        ReadText(transaction.CustomerReference, TextField.CustomerReference);
        var owners = transaction.Counterparty?.AccountText is { } account ? index.Directory.ByAccount(account) : [];
        return new PaymentEvidence
        {
            Transaction = transaction,
            Amount = Math.Abs(amount),
            Date = transaction.BookingDate ?? transaction.ValueDate ?? fallbackDate,
            Hits = Best(_finder.Hits),
            Parties = Parties(transaction, owners),
            Unresolved = unresolved,
            Unread = unread,
            AccountOwners = owners,
        };
    }

    private void ReadText(string? text, TextField field)
    {
        if (!string.IsNullOrEmpty(text))
        {
            _finder.Read(text, field);
        }
    }

    // One hit for each document: the heaviest, of equals the first by field and place.
    private List<DocumentHit> Best(List<DocumentHit> hits)
    {
        var best = new Dictionary<int, DocumentHit>();
        foreach (var hit in hits)
        {
            if (!best.TryGetValue(hit.Item, out var known) || hit.Strength > known.Strength || (hit.Strength == known.Strength && hit.Weight > known.Weight))
            {
                best[hit.Item] = hit;
            }
        }

        return [.. best.Values.OrderByDescending(h => h.Strength).ThenByDescending(h => h.Weight).ThenBy(h => h.Field).ThenBy(h => h.Start).ThenBy(h => index.Item(h.Item).Id)];
    }

    private List<PartyHit> Parties(BankTransaction transaction, IReadOnlyList<int> owners)
    {
        var parties = new List<PartyHit>();
        var counterparty = transaction.Counterparty;
        foreach (var owner in owners)
        {
            var isOne = owners.All(o => index.Directory.Root(o) == index.Directory.Root(owner));
            var weight = Math.Min(15 * Bits.One, Bits.Log2(index.Directory.Count + 2000, owners.Count));
            parties.Add(new PartyHit(owner, weight, EvidenceCode.Account, isOne, counterparty!.AccountText!, TextField.CounterpartyAccount, 0, counterparty.AccountText!.Length));
        }

        AddNames(parties, counterparty?.Name, TextField.CounterpartyName, EvidenceCode.Name);
        AddNames(parties, counterparty?.UltimateName, TextField.CounterpartyName, EvidenceCode.Name);
        parties.AddRange(_finder.CustomerHits);
        if (!parties.Exists(p => p.IsStrong))
        {
            AddNames(parties, transaction.Remittance, TextField.Remittance, EvidenceCode.NameInText);
        }

        return parties;
    }

    private void AddNames(List<PartyHit> parties, string? name, TextField field, EvidenceCode code)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return;
        }

        if (!_names.TryGetValue(name, out var hits))
        {
            _names.Add(name, hits = index.Directory.Names.Search(name, MostNames));
        }

        for (var i = 0; i < Math.Min(MostNames, hits.Count); i++)
        {
            var hit = hits[i];
            var weight = Math.Min(15 * Bits.One, hit.Weight) * Trust(hit.Likeness) / 100;
            var next = hits.Find(h => index.Directory.Root(h.Customer) != index.Directory.Root(hit.Customer));
            // Like one customer and no other; the whole name may be made of commoner words than a part of it.
            var isStrong = code == EvidenceCode.Name && (next == default || next.Likeness + (hit.Likeness >= 990 ? 25 : 60) <= hit.Likeness)
                && ((hit.Likeness >= 850 && hit.Weight >= 8 * Bits.One) || (hit.Likeness >= 970 && hit.Weight >= 5 * Bits.One));
            if (weight > 0)
            {
                parties.Add(new PartyHit(hit.Customer, code == EvidenceCode.Name ? weight : weight / 2, code, isStrong, name, field, 0, name.Length));
            }
        }
    }

    private static int Trust(int likeness) => likeness switch { >= 850 => 100, >= 750 => 80, >= 650 => 55, >= 550 => 35, _ => 15 };
}
