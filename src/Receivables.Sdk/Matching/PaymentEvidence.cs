using NodaTime;
using Receivables.Sdk.Matching.Similarity;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Matching;

/// <summary>What was read in one transaction, before any hypothesis.</summary>
internal sealed class PaymentEvidence
{
    private string? _payer;
    private string _legalForm = "";

    internal required BankTransaction Transaction { get; init; }

    /// <summary>The magnitude of the amount.</summary>
    internal required long Amount { get; init; }

    internal required LocalDate Date { get; init; }

    internal required DocumentHit[] Hits { get; init; }

    internal required PartyHit[] Parties { get; init; }

    internal required int Unresolved { get; init; }

    /// <summary>How many runs of three digits or more name nothing and are no dates or amounts.</summary>
    internal required int Unread { get; init; }

    /// <summary>Where the text has numbers that only short numbers, or ends of some, are like: read for the customers who have them, unread for all others.</summary>
    internal required (TextField Field, int Start, int End)[] ReadByFew { get; init; }

    /// <summary>How many runs may be an amount or a number of the ledger.</summary>
    internal required int Doubtful { get; init; }

    /// <summary>What the text says in words.</summary>
    internal required PaymentWord Words { get; init; }

    internal required Currency Currency { get; init; }

    /// <summary>The customers that the payer's account is registered for.</summary>
    internal required IReadOnlyList<int> AccountOwners { get; init; }

    /// <summary>The payment of the run that showed whose the account is; null where the ledger knows it, or nobody.</summary>
    internal string? AccountShownBy { get; init; }

    internal bool HasPayerName => !string.IsNullOrWhiteSpace(Transaction.Counterparty?.Name);

    /// <summary>The group of the legal form in a name that the transaction gives its payer; empty for none. The last one asked for is remembered: it is asked for with every explanation.</summary>
    internal string LegalFormOf(string payer)
    {
        if (!ReferenceEquals(_payer, payer))
        {
            (_payer, _legalForm) = (payer, LegalForms.GroupOf(payer));
        }

        return _legalForm;
    }

    /// <summary>What speaks for none of the explanations being right: more where a name could have spoken for one.</summary>
    internal int NoneScore => -(HasPayerName ? 6 : 4) * Bits.One;
}
