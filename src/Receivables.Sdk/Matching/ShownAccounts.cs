using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Receivables.Sdk.Matching;

/// <summary>
/// The accounts that a run itself shows to be a customer's: one from which a document was paid, by its number, to the minor unit and under the customer's own name.
/// Another payment from it that says less is then the customer's, too.
/// </summary>
/// <remarks>An account that pays for several customers, or under names that have nothing to do with the customer's, is a bank's, a provider's or a bookkeeper's and shows nothing.</remarks>
internal sealed class ShownAccounts
{
    // Below this two names have no word in common that means anything.
    private const int Foreign = 200;
    private readonly Dictionary<ulong, Shown> _accounts = [];

    private struct Shown
    {
        internal int Customer;
        internal int Witness;
        internal bool IsShared;
    }

    /// <summary>Whether no account was shown.</summary>
    internal bool IsEmpty => _accounts.Count == 0;

    /// <summary>Whose account a payment shows, as its likeliest explanation is posted unseen; negative for nobody's.</summary>
    internal static int Owner(LedgerIndex index, PaymentEvidence payment, Hypothesis top)
    {
        if (payment.AccountOwners.Count > 0 || payment.Transaction.Counterparty is not { AccountText.Length: > 4, Name: { } name }
            || top is not { Named: not null, Fit: AmountFit.Exact, HasNumberError: false, IsPayerDoubted: false, IsPartyOther: false, Customer: >= 0, Clears.Count: 0 })
        {
            return -1;
        }

        var (owner, root) = (-1, index.Directory.Root(top.Customer));
        foreach (ref readonly var party in payment.Parties.AsSpan())
        {
            // The account is the payer's, not of somebody that it pays for.
            if (party is { IsStrong: true, Code: EvidenceCode.Name } && string.Equals(party.Text, name, StringComparison.Ordinal))
            {
                if (index.Directory.Root(party.Customer) != root)
                {
                    return -1;
                }

                owner = owner < 0 ? party.Customer : Math.Min(owner, party.Customer);
            }
        }

        return owner;
    }

    /// <summary>Notes a payment that shows an account.</summary>
    internal void Add(LedgerIndex index, List<AskedTransaction> transactions, int payment, int owner)
    {
        var key = CustomerDirectory.AccountKey(transactions[payment].Transaction.Counterparty!.AccountText!);
        ref var shown = ref CollectionsMarshal.GetValueRefOrAddDefault(_accounts, key, out var isKnown);
        if (!isKnown)
        {
            (shown.Customer, shown.Witness) = (owner, payment);
            return;
        }

        shown.IsShared |= index.Directory.Root(shown.Customer) != index.Directory.Root(owner);
        // The first by id, so that their order changes nothing.
        shown.Customer = Math.Min(shown.Customer, owner);
        shown.Witness = transactions[payment].Id.CompareTo(transactions[shown.Witness].Id) < 0 ? payment : shown.Witness;
    }

    /// <summary>Asks a payment under what name it came from its account: another than the customer's makes the account nobody's.</summary>
    internal void Ask(LedgerIndex index, PaymentEvidence payment, EvidenceReader reader)
    {
        var payer = payment.Transaction.Counterparty;
        if (payment.AccountOwners.Count > 0 || payer?.AccountText is not { } account || string.IsNullOrWhiteSpace(payer.Name))
        {
            return;
        }

        ref var shown = ref CollectionsMarshal.GetValueRefOrNullRef(_accounts, CustomerDirectory.AccountKey(account));
        if (!Unsafe.IsNullRef(ref shown) && !shown.IsShared)
        {
            shown.IsShared = IsAnothers(index, payment, shown.Customer) || reader.Likeness(payer.Name, shown.Customer) < Foreign;
        }
    }

    /// <summary>Whose account a payment comes from, and which payment showed it; negative for nobody known.</summary>
    internal (int Customer, int Witness) Find(PaymentEvidence payment) =>
        payment.AccountOwners.Count == 0 && payment.Transaction.Counterparty?.AccountText is { } account && _accounts.TryGetValue(CustomerDirectory.AccountKey(account), out var shown) && !shown.IsShared
            ? (shown.Customer, shown.Witness) : (-1, -1);

    private static bool IsAnothers(LedgerIndex index, PaymentEvidence payment, int customer)
    {
        foreach (ref readonly var party in payment.Parties.AsSpan())
        {
            if (party is { IsStrong: true, Code: EvidenceCode.Name } && index.Directory.Root(party.Customer) != index.Directory.Root(customer))
            {
                return true;
            }
        }

        return false;
    }
}
