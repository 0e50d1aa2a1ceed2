using System.Runtime.InteropServices;
using NodaTime;
using Receivables.Sdk.Matching.Similarity;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Matching;

/// <summary>Reads what a transaction says about documents and payer. One for each thread.</summary>
internal sealed class EvidenceReader(LedgerIndex index)
{
    private const int MostNames = 8;
    private const int ClearlyAlike = 850;
    private const int ClearlyLess = 150;
    private const int LeastMeant = 5 * Bits.One;
    private const int WordMore = 3 * Bits.One;
    private const int Remembered = 1024;
    private readonly List<PartyHit> _parties = [];
    // Payers come back; those that nobody knows most of all.
    private readonly (string? Name, int Meant)[] _meant = new (string?, int)[Math.Min(Remembered, 16 + index.Directory.Names.Count)];
    private readonly NumberFinder _finder = new(index);
    private readonly NameSearch _names = new(index.Directory.Names);

    /// <summary>Goes on with another view of the same ledger.</summary>
    internal void Use(LedgerIndex view)
    {
        index = view;
        _finder.Use(view);
    }

    /// <summary>How alike a payer's name and the likest of a customer's are, 0 to 1000.</summary>
    internal int Likeness(string name, int customer) => Compare(name, customer).Likeness;

    /// <summary>Reads a transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="fallbackDate">The day where the transaction has none.</param>
    /// <param name="shownOwner">Whose account another payment of the run has shown the payer's to be; negative where none has.</param>
    /// <param name="shownBy">The id of that payment.</param>
    internal PaymentEvidence? Read(BankTransaction transaction, LocalDate fallbackDate, int shownOwner = -1, string? shownBy = null)
    {
        if (!Amounts.TryGet(transaction.Amount, out var amount))
        {
            return null;
        }

        _finder.Clear(transaction.Counterparty?.AccountText);
        if (transaction.StructuredReference is { } reference)
        {
            _finder.ReadReference(reference);
        }

        if (transaction.Details is { } details)
        {
            foreach (var document in details.Documents)
            {
                _finder.ReadReference(document.Number);
            }
        }

        ReadText(transaction.Remittance, TextField.Remittance);
        var (unresolved, unread) = (_finder.Unresolved, _finder.Unread);
        ReadText(transaction.EndToEndId, TextField.EndToEndId);
        ReadText(transaction.CustomerReference, TextField.CustomerReference);
        int[] owners = shownOwner >= 0 ? [shownOwner] : transaction.Counterparty?.AccountText is { } account ? index.Directory.ByAccount(account) : [];
        var hits = Best(_finder.Hits);
        var parties = Parties(transaction, owners, hits);
        if (transaction.Remittance is { Length: > 0 } remittance && PayerOfOthers(parties, hits, Math.Abs(amount)) is var root and >= 0)
        {
            var count = _finder.Hits.Count;
            var (otherwise, rest) = (_finder.Unresolved - unresolved, _finder.Unread - unread);
            _finder.ReadErrors(remittance, TextField.Remittance, root, Math.Abs(amount));
            (unresolved, unread) = (_finder.Unresolved - otherwise, _finder.Unread - rest);
            hits = _finder.Hits.Count > count ? Best(_finder.Hits) : hits;
        }

        return new PaymentEvidence
        {
            Transaction = transaction,
            Amount = Math.Abs(amount),
            Currency = transaction.Amount.Currency,
            Date = transaction.BookingDate ?? transaction.ValueDate ?? fallbackDate,
            Hits = hits,
            Parties = parties,
            Unresolved = unresolved,
            Unread = unread,
            ReadByFew = _finder.ReadByFew.Count == 0 ? [] : _finder.ReadByFew.ToArray(),
            Doubtful = _finder.Doubtful,
            Words = PaymentWords.Read(transaction.Remittance) | (PaymentWords.IsOtherPurpose(transaction.Details?.Purpose) ? PaymentWord.OtherPurpose : 0),
            AccountOwners = owners,
            AccountShownBy = shownBy,
        };
    }

    // The payer who is sure, where the text names none of its documents in full: what it names may be one with an error. Negative for none.
    private int PayerOfOthers(PartyHit[] parties, DocumentHit[] hits, long amount)
    {
        var root = -1;
        foreach (var party in parties)
        {
            if (party.IsStrong && party.Code is EvidenceCode.Account or EvidenceCode.Name)
            {
                if (root >= 0 && index.Directory.Root(party.Customer) != root)
                {
                    return -1;
                }

                root = index.Directory.Root(party.Customer);
            }
        }

        foreach (var hit in hits)
        {
            // Another customer's number with its amount was meant as it stands.
            if (root >= 0 && (index.RootOf(hit.Item) == root ? hit.Strength != HitStrength.Weak || hit.Code == EvidenceCode.NumberTail : hit.Strength != HitStrength.Weak && index.Open(hit.Item) == amount))
            {
                return -1;
            }
        }

        return root;
    }

    private void ReadText(string? text, TextField field)
    {
        if (!string.IsNullOrEmpty(text))
        {
            _finder.Read(text, field);
        }
    }

    // One hit for each document: the heaviest, of equals the first by field and place.
    private DocumentHit[] Best(List<DocumentHit> hits)
    {
        if (hits.Count == 0)
        {
            return [];
        }

        if (hits.Count > 1)
        {
            Sort(hits, static (_, a, b) => a.Item != b.Item ? a.Item.CompareTo(b.Item) : Order(a, b));
            var kept = 0;
            for (var i = 1; i < hits.Count; i++)
            {
                if (hits[i].Item != hits[kept].Item)
                {
                    hits[++kept] = hits[i];
                }
            }

            hits.RemoveRange(kept + 1, hits.Count - kept - 1);
            Sort(hits, static (index, a, b) => Order(a, b) is var order and not 0 ? order : index.Item(a.Item).Id.CompareTo(index.Item(b.Item).Id));
        }

        return hits.ToArray();
    }

    private void Sort(List<DocumentHit> hits, Func<LedgerIndex, DocumentHit, DocumentHit, int> compare)
    {
        if (hits.Count > 32)
        {
            hits.Sort((a, b) => compare(index, a, b));
            return;
        }

        var span = CollectionsMarshal.AsSpan(hits);
        for (var i = 1; i < span.Length; i++)
        {
            var hit = span[i];
            var at = i;
            for (; at > 0 && compare(index, span[at - 1], hit) > 0; at--)
            {
                span[at] = span[at - 1];
            }

            span[at] = hit;
        }
    }

    private static int Order(in DocumentHit a, in DocumentHit b) =>
        a.Strength != b.Strength ? b.Strength.CompareTo(a.Strength)
        : a.Weight != b.Weight ? b.Weight.CompareTo(a.Weight)
        : a.Field != b.Field ? a.Field.CompareTo(b.Field)
        : a.Start.CompareTo(b.Start);

    private PartyHit[] Parties(BankTransaction transaction, int[] owners, DocumentHit[] hits)
    {
        var parties = _parties;
        parties.Clear();
        var counterparty = transaction.Counterparty;
        var isOne = true;
        for (var i = 1; i < owners.Length; i++)
        {
            isOne &= index.Directory.Root(owners[i]) == index.Directory.Root(owners[0]);
        }

        for (var i = 0; i < owners.Length; i++)
        {
            var weight = Math.Min(15 * Bits.One, Bits.Log2(index.Directory.Registered + 2000, owners.Length));
            parties.Add(new PartyHit(owners[i], weight, EvidenceCode.Account, isOne, counterparty!.AccountText!, TextField.CounterpartyAccount, 0, counterparty.AccountText!.Length));
        }

        var isVerified = IsPayerOfNamed(transaction, owners, hits, parties);
        if (!isVerified)
        {
            AddNames(parties, counterparty?.Name, TextField.CounterpartyName, EvidenceCode.Name);
            AddNames(parties, counterparty?.UltimateName, TextField.CounterpartyName, EvidenceCode.Name);
        }

        parties.AddRange(_finder.CustomerHits);
        if (!isVerified && !parties.Exists(p => p.IsStrong))
        {
            AddNames(parties, transaction.Remittance, TextField.Remittance, EvidenceCode.NameInText);
        }
        else if (!isVerified && !Array.Exists(hits, static h => h.Strength != HitStrength.Weak))
        {
            AddOthersInText(parties, transaction.Remittance);
        }

        return parties.Count == 0 ? [] : parties.ToArray();
    }

    // Where the text names documents of one customer in full and the payer is that customer, nobody else is looked for.
    private bool IsPayerOfNamed(BankTransaction transaction, int[] owners, DocumentHit[] hits, List<PartyHit> parties)
    {
        var (root, sum) = (-1, 0L);
        foreach (var hit in hits)
        {
            if (hit.Strength >= HitStrength.Strong && index.RootOf(hit.Item) is var its and >= 0)
            {
                if (root >= 0 && root != its)
                {
                    return false;
                }

                root = its;
                sum += index.Role(hit.Item) == ItemRole.Debit ? index.Open(hit.Item) : 0;
            }
        }

        if (root < 0)
        {
            return false;
        }

        var isFitting = Amounts.TryGet(transaction.Amount, out var amount) && sum == amount;
        return IsLike(transaction.Counterparty?.Name) || IsLike(transaction.Counterparty?.UltimateName);

        bool IsLike(string? name)
        {
            if (string.IsNullOrWhiteSpace(name))
            {
                return false;
            }

            var best = Compare(name, root);
            for (int i = 0, last = root; i < hits.Length; i++)
            {
                if (hits[i].Strength >= HitStrength.Strong && index.CustomerOf(hits[i].Item) is var customer and >= 0 && customer != last)
                {
                    last = customer;
                    var hit = Compare(name, customer);
                    best = hit.Likeness > best.Likeness ? hit : best;
                }
            }

            var isOwner = owners.Length > 0 && index.Directory.Root(owners[0]) == root;
            // By number and name together an initial is enough.
            var isMeant = !IsClose(best) && best.Weight > 0 && index.Directory.Customer(best.Customer)?.Name is { } known && WordsOfName.AreInitialed(name, known);
            var isStrong = isMeant || IsClose(best);
            if (isStrong && !(isOwner || isFitting || best.IsWhole))
            {
                // The number may be nearly another's, who has nearly this name.
                return false;
            }

            if (isStrong || (isOwner && best.Likeness >= 500))
            {
                parties.Add(new PartyHit(best.Customer, isMeant ? Math.Max(LeastMeant, Weight(best)) : Weight(best), EvidenceCode.Name, isStrong, name, TextField.CounterpartyName, 0, name.Length, best.IsWhole));
            }

            return isStrong || isOwner;
        }
    }

    // Most payers write their name as the ledger has it.
    private NameHit Compare(string name, int customer) =>
        index.Directory.Customer(customer) is { Aliases.Count: 0 } known && string.Equals(name, known.Name, StringComparison.OrdinalIgnoreCase) && _names.CompareOwn(customer) is { } own ? own : _names.Compare(name, customer);

    private void AddNames(List<PartyHit> parties, string? name, TextField field, EvidenceCode code)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return;
        }

        var hits = _names.Search(name, MostNames, isRemembered: code == EvidenceCode.Name);
        var meant = code == EvidenceCode.Name && hits.Length > 0 && !parties.Exists(p => p.IsStrong) ? Meant(name, hits) : -1;
        for (var i = 0; i < hits.Length; i++)
        {
            var hit = hits[i];
            var weight = Weight(hit);
            var isStrong = code == EvidenceCode.Name && (i == meant || (IsClose(hit) && !HasRival(hits, hit)));
            if (weight > 0)
            {
                weight = i == meant ? Math.Min(15 * Bits.One, hit.Weight) : weight;
                parties.Add(new PartyHit(hit.Customer, code == EvidenceCode.Name ? weight : weight / 2, code, isStrong, name, field, 0, name.Length, hit.IsWhole));
            }
        }
    }

    // The payer is sure, but people pay for others: those whose whole names the text has.
    private void AddOthersInText(List<PartyHit> parties, string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || !_names.KnowsWordOf(text))
        {
            return;
        }

        foreach (var hit in _names.Search(text, MostNames, isRemembered: false))
        {
            if (IsClose(hit) && !parties.Exists(p => index.Directory.Root(p.Customer) == index.Directory.Root(hit.Customer)))
            {
                parties.Add(new PartyHit(hit.Customer, Weight(hit), EvidenceCode.NameInText, IsStrong: false, text, TextField.Remittance, 0, text.Length));
            }
        }
    }

    private int Meant(string name, ReadOnlySpan<NameHit> hits)
    {
        ref var known = ref _meant[(uint)string.GetHashCode(name, StringComparison.Ordinal) % (uint)_meant.Length];
        if (known.Name != name)
        {
            known = (name, LookAgain(name, hits));
        }

        return known.Meant;
    }

    // Of names of which none is near enough, or several are, the one that alone is near when abbreviations, initials and joined words are taken for what they stand for; negative for none.
    private int LookAgain(string name, ReadOnlySpan<NameHit> hits)
    {
        var isSettled = false;
        foreach (var hit in hits)
        {
            isSettled |= IsClose(hit) && !HasRival(hits, hit);
        }

        if (isSettled || hits.IsEmpty)
        {
            return -1;
        }

        // Those that may be meant first: where none of them is near enough the others need not be compared.
        var asked = new NameComparison(name);
        Span<int> likeness = stackalloc int[hits.Length];
        var best = -1;
        for (var i = 0; i < hits.Length; i++)
        {
            if (hits[i].Weight >= LeastMeant)
            {
                likeness[i] = Likeness(asked, hits[i].Customer);
                best = best < 0 || likeness[i] > likeness[best] ? i : best;
            }
        }

        if (best < 0 || likeness[best] < ClearlyAlike)
        {
            return -1;
        }

        for (var i = 0; i < hits.Length; i++)
        {
            var isMeant = hits[i].Weight >= LeastMeant;
            likeness[i] = isMeant ? likeness[i] : Likeness(asked, hits[i].Customer);
            var isOther = index.Directory.Root(hits[i].Customer) != index.Directory.Root(hits[best].Customer);
            if (isOther ? likeness[i] > likeness[best] - ClearlyLess : !isMeant && likeness[i] >= likeness[best])
            {
                return -1;
            }
        }

        return best;
    }

    // Of the likest of a customer's names.
    private int Likeness(NameComparison asked, int customer)
    {
        var known = index.Directory.Customer(customer);
        var likeness = asked.Likeness(known?.Name);
        foreach (var alias in known?.Aliases ?? [])
        {
            likeness = Math.Max(likeness, asked.Likeness(alias));
        }

        return likeness;
    }

    // Like one customer and no other; the whole name may be made of commoner words than a part of it. Where each has a part of what was asked, one that has a word more is meant.
    private bool HasRival(ReadOnlySpan<NameHit> hits, NameHit hit)
    {
        foreach (var other in hits)
        {
            if (other.Likeness + (hit.Likeness >= 990 ? 25 : 60) <= hit.Likeness)
            {
                return false;
            }

            if (index.Directory.Root(other.Customer) != index.Directory.Root(hit.Customer) && (other.Likeness > hit.Likeness || other.Weight + WordMore > hit.Weight))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsClose(NameHit hit) => (hit.Likeness >= 850 && hit.Weight >= 8 * Bits.One) || (hit.Likeness >= 970 && hit.Weight >= 5 * Bits.One);

    private static int Weight(NameHit hit) => Math.Min(15 * Bits.One, hit.Weight) * Trust(hit.Likeness) / 100;

    private static int Trust(int likeness) => likeness switch { >= 850 => 100, >= 750 => 80, >= 650 => 55, >= 550 => 35, _ => 15 };
}
