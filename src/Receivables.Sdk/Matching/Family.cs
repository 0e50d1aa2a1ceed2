using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching.Similarity;

namespace Receivables.Sdk.Matching;

/// <summary>A customer with its parents and subsidiaries, as one payment sees them: what of theirs is named, and what speaks for them as payers. Lent by a <see cref="HypothesisPool"/>.</summary>
internal sealed class Family
{
    private readonly ItemsOfMember _debits = new();
    private readonly ItemsOfMember _credits = new();
    private LedgerIndex _index = null!;
    private RunState _state = null!;
    private PaymentEvidence _payment = null!;
    private int _root;

    /// <summary>What a member and those below it have open of one kind, as it was looked up last.</summary>
    private sealed class ItemsOfMember
    {
        internal int Customer = -1;
        internal Currency Currency;
        internal int Most;

        internal List<int> Items { get; } = [];
    }

    /// <summary>Begins with a family.</summary>
    internal void Use(LedgerIndex index, RunState state, PaymentEvidence payment, int root)
    {
        (_index, _state, _payment, _root) = (index, state, payment, root);
        (_debits.Customer, _credits.Customer) = (-1, -1);
        NamedDebits.Clear();
        NamedCredits.Clear();
        NamedSettled.Clear();
        Parties.Clear();
        foreach (var hit in payment.Hits)
        {
            var customer = index.CustomerOf(hit.Item);
            if (customer < 0 || index.Directory.Root(customer) != root)
            {
                continue;
            }

            switch (index.Role(hit.Item))
            {
                case ItemRole.Debit when state.Open(hit.Item) > 0:
                    NamedDebits.Add(hit);
                    break;
                case ItemRole.Credit when state.Open(hit.Item) > 0:
                    NamedCredits.Add(hit);
                    break;
                case ItemRole.Debit or ItemRole.Settled:
                    NamedSettled.Add(hit);
                    break;
            }
        }

        foreach (var party in payment.Parties)
        {
            if (index.Directory.Root(party.Customer) == root)
            {
                Parties.Add(party);
            }
        }
    }

    /// <summary>The open documents that the text names, strongest first.</summary>
    internal List<DocumentHit> NamedDebits { get; } = [];

    /// <summary>The open credit notes that the text names.</summary>
    internal List<DocumentHit> NamedCredits { get; } = [];

    /// <summary>The documents that the text names and that are settled, in the ledger or by an answer of this run.</summary>
    internal List<DocumentHit> NamedSettled { get; } = [];

    /// <summary>What speaks for a member as payer.</summary>
    internal List<PartyHit> Parties { get; } = [];

    /// <summary>Whether an item is a member's.</summary>
    internal bool Has(int item) => _index.CustomerOf(item) is var customer and >= 0 && _index.Directory.Root(customer) == _root;

    /// <summary>Whether a place of a text names a document or the id of a member.</summary>
    internal bool IsNamedAt(TextField field, int start, int end)
    {
        foreach (ref readonly var hit in _payment.Hits.AsSpan())
        {
            if (hit.Field == field && hit.Start < end && start < hit.End && Has(hit.Item))
            {
                return true;
            }
        }

        foreach (var party in Parties)
        {
            if (party.Code == EvidenceCode.CustomerNumber && party.Field == field && party.Start < end && start < party.Start + party.Length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whose account is settled: the parent where it is known as the payer of a subsidiary, else the documents' own customer.</summary>
    internal int Payer(int customer)
    {
        var best = customer;
        var weight = 0;
        foreach (var party in Parties)
        {
            if (party.IsStrong && party.Code is EvidenceCode.Account or EvidenceCode.Name && _index.Directory.IsAncestor(party.Customer, customer) && party.Weight > weight + (party.Customer == customer ? -1 : 0))
            {
                (best, weight) = (party.Customer, party.Weight);
            }
        }

        return best;
    }

    /// <summary>The member that most speaks for, to look for documents that nobody named; negative for none.</summary>
    internal int LikeliestPayer()
    {
        var best = -1;
        var most = int.MinValue;
        foreach (var party in Parties)
        {
            var weight = 0;
            foreach (var other in Parties)
            {
                weight += other.Customer == party.Customer ? other.Weight : 0;
            }

            if (weight > most || (weight == most && party.Customer < best))
            {
                (best, most) = (party.Customer, weight);
            }
        }

        return best;
    }

    /// <summary>What a member and those below it have open, earliest due first. To be read only: it is looked up once.</summary>
    internal List<int> Items(int customer, ItemRole role, Currency currency, int most)
    {
        var known = role == ItemRole.Debit ? _debits : _credits;
        var items = known.Items;
        if (known.Customer == customer && known.Currency == currency && known.Most == most)
        {
            return items;
        }

        (known.Customer, known.Currency, known.Most) = (customer, currency, most);
        items.Clear();
        foreach (var member in _index.Directory.Family(customer))
        {
            AddItems(member, role, currency, most, items);
        }

        if (items.Count > most)
        {
            // Too many to search; by then the answer does not depend on which were seen.
            items.Clear();
        }
        else
        {
            _index.SortByDue(items);
        }

        return items;
    }

    private void AddItems(int customer, ItemRole role, Currency currency, int most, List<int> items)
    {
        foreach (var item in _index.ItemsOf(customer))
        {
            ref readonly var cell = ref _index.Cell(item);
            if (cell.Role == role && cell.Currency == currency && _state.Open(item) > 0)
            {
                items.Add(item);
                if (items.Count > most)
                {
                    return;
                }
            }
        }
    }

    /// <summary>Adds what speaks for and against the payer to a hypothesis about documents of this family.</summary>
    internal void AddParty(Hypothesis h, ReadOnlySpan<int> items)
    {
        var directory = _index.Directory;
        var customer = h.Customer;
        PartyHit? account = null, name = null, number = null;
        foreach (var party in Parties)
        {
            var isRelated = directory.IsAncestor(party.Customer, customer) || directory.IsAncestor(customer, party.Customer) || HasOwner(items, party.Customer, isOther: false);
            if (!isRelated)
            {
                continue;
            }

            switch (party.Code)
            {
                case EvidenceCode.Account when account is null || party.Weight > account.Value.Weight:
                    account = party;
                    break;
                case EvidenceCode.Name or EvidenceCode.NameInText when name is null || party.Weight > name.Value.Weight:
                    name = party;
                    break;
                case EvidenceCode.CustomerNumber when number is null || party.Weight > number.Value.Weight:
                    number = party;
                    break;
            }
        }

        AddOne(h, account, items);
        if (account is not null && _payment.AccountShownBy is { } witness)
        {
            h.Add(EvidenceCode.AccountInRun, 0, witness);
        }

        AddOne(h, name, items);
        AddOne(h, number, items);
        if (account is null && _payment.AccountOwners.Count > 0)
        {
            h.IsPartyOther = h.IsAccountOther = true;
            h.Add(EvidenceCode.AccountElsewhere, -6 * Bits.One, directory.Id(_payment.AccountOwners[0]).Value);
        }

        if (account is null && _payment.AccountOwners.Count == 0 && _payment.Transaction.Counterparty?.AccountText is { Length: > 0 } theirAccount && directory.HasAccounts(customer))
        {
            h.IsPayerDoubted = true;
            h.Add(EvidenceCode.AccountNew, -2 * Bits.One, theirAccount);
        }

        if (account is null && name is { IsStrong: true, Code: EvidenceCode.Name } their && HasOtherForm(their.Text, customer))
        {
            h.IsPayerDoubted = true;
            h.Add(EvidenceCode.OtherLegalForm, -2 * Bits.One, their.Text);
        }

        // A name that shares hardly a word is somebody else's.
        h.IsPartyOther |= account is null && _payment.HasPayerName && name is { IsStrong: false, Weight: < 4 * Bits.One } && !h.IsPartySure;
        if (account is null && name is null && _payment.HasPayerName && directory.Customer(customer)?.Name is { } theirs)
        {
            h.IsPartyOther = true;
            h.Add(EvidenceCode.NameDiffers, -5 * Bits.One, theirs);
        }
    }

    private void AddOne(Hypothesis h, PartyHit? hit, ReadOnlySpan<int> items)
    {
        if (hit is not { } party)
        {
            return;
        }

        h.Add(party.ToEvidence());
        h.IsPartySure |= party.IsStrong;
        h.IsOwnAccount |= party.Code == EvidenceCode.Account;
        h.IsNameWhole |= party.IsWhole;
        if (party.Customer != h.Customer || HasOwner(items, h.Customer, isOther: true))
        {
            h.Add(EvidenceCode.Parent, -Bits.One, _index.Directory.Id(party.Customer).Value);
        }
    }

    // Firms of one name but another legal form are others. What a bank cuts off at the end of its field is no legal form.
    private bool HasOtherForm(string payer, int customer)
    {
        if (payer.Length is 27 or 35 or 70 || _payment.LegalFormOf(payer) is not { Length: > 0 } group || _index.Directory.LegalFormOf(customer) is not { Length: > 0 } theirs || theirs == group)
        {
            return false;
        }

        foreach (var alias in _index.Directory.Customer(customer)!.Aliases)
        {
            if (LegalForms.GroupOf(alias) is var other && (other.Length == 0 || other == group))
            {
                return false;
            }
        }

        return true;
    }

    private bool HasOwner(ReadOnlySpan<int> items, int customer, bool isOther)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (_index.CustomerOf(items[i]) == customer != isOther)
            {
                return true;
            }
        }

        return false;
    }
}
