using System.Runtime.InteropServices;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>How the amount of a hypothesis fits.</summary>
internal enum AmountFit : byte
{
    /// <summary>The amount says nothing.</summary>
    None,

    /// <summary>More or less than is open, for no reason that is known.</summary>
    Loose,

    /// <summary>To the minor unit, but so do other sums, or a charge is assumed that nothing proves.</summary>
    Assumed,

    /// <summary>To the minor unit, or less a discount that was due.</summary>
    Exact,
}

/// <summary>A part of a hypothesis.</summary>
/// <param name="Item">The document closed; for a credit the credit note.</param>
/// <param name="Amount">How much of it, in its currency.</param>
/// <param name="Kind">What it does.</param>
/// <param name="To">For a credit the invoice it settles; else negative.</param>
internal readonly record struct HypothesisPart(int Item, long Amount, AllocationKind Kind, int To = -1);

/// <summary>One way to explain a transaction.</summary>
internal sealed class Hypothesis
{
    internal int Customer { get; set; } = -1;

    internal MatchOutcome Outcome { get; set; }

    internal List<HypothesisPart> Parts { get; } = [];

    internal List<MatchEvidence> Terms { get; } = [];

    internal List<IndexedPayment> Clears { get; } = [];

    /// <summary>The settled or claimed document that was paid again; negative for none.</summary>
    internal int PaidAgain { get; set; } = -1;

    /// <summary>The sum of the weights of its terms.</summary>
    internal int Score { get; private set; }

    /// <summary>What of the amount the parts leave, in the currency that is compared.</summary>
    internal long Residual { get; set; }

    /// <summary>The least strength with which its documents are named; null when one is not named at all.</summary>
    internal HitStrength? Named { get; set; }

    internal bool IsPartySure { get; set; }

    /// <summary>Whether an account speaks for somebody else; a name alone may be a third party's.</summary>
    internal bool IsAccountOther { get; set; }

    /// <summary>Whether the payer has a name like the customer's, but an account that is none of those known of it, or another legal form.</summary>
    internal bool IsPayerDoubted { get; set; }

    /// <summary>The heaviest number that names a document.</summary>
    internal int NumberWeight { get; private set; }

    /// <summary>What the amount adds.</summary>
    internal int AmountWeight { get; set; }

    /// <summary>What the payer's name adds.</summary>
    internal int NameWeight { get; private set; }

    /// <summary>Whether a number names a document only with an error.</summary>
    internal bool HasNumberError { get; private set; }

    /// <summary>Whether a document is named by fewer than five digits.</summary>
    internal bool HasShortNumber { get; private set; }

    /// <summary>Whether the text has numbers that name nothing.</summary>
    internal bool HasUnread { get; set; }

    /// <summary>Whether the payer's account is that of the customer or of its family.</summary>
    internal bool IsOwnAccount { get; set; }

    /// <summary>Whether the money is that of all payments that were recorded on one day in one way.</summary>
    internal bool IsWholeDay { get; set; }

    /// <summary>Whether it says once more, to the letter, what another payment said that was posted unseen.</summary>
    internal bool IsRepeat { get; set; }

    /// <summary>Whether the payer is a parent, a subsidiary or a sister of the documents' customer.</summary>
    internal bool IsOfFamily { get; private set; }

    /// <summary>How many credit notes the text names, or credit the invoices that are paid.</summary>
    internal int CreditsNamed { get; private set; }

    /// <summary>Whether credit notes are netted in.</summary>
    internal bool HasCredits => Credits > 0;

    /// <summary>How many credit notes are netted in.</summary>
    internal int Credits
    {
        get
        {
            var (count, last) = (0, -1);
            foreach (ref readonly var part in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Parts))
            {
                // Those of one credit note stand side by side.
                count += part.To >= 0 && part.Item != last ? 1 : 0;
                last = part.To >= 0 ? part.Item : -1;
            }

            return count;
        }
    }

    /// <summary>Whether the payer's name is the customer's to the letter, but for order, titles and legal forms.</summary>
    internal bool IsNameWhole { get; set; }

    /// <summary>Whether more than one document has the amount; said where nothing names the document alone.</summary>
    internal bool IsAmountShared { get; set; }

    /// <summary>How many documents are named in full.</summary>
    internal int NamedInFull { get; private set; }

    /// <summary>Whether the payer's account or name speaks for somebody else.</summary>
    internal bool IsPartyOther { get; set; }

    internal AmountFit Fit { get; set; }

    /// <summary>Whether it must never be posted unseen, whatever its probability.</summary>
    internal bool IsHeld { get; set; }

    /// <summary>The share among all hypotheses and none.</summary>
    internal double Probability { get; set; }

    /// <summary>How much likelier it is than all others and none together, in units of <see cref="Bits"/>.</summary>
    internal int Odds { get; set; }

    /// <summary>As if it had just been made.</summary>
    internal void Clear()
    {
        Parts.Clear();
        Terms.Clear();
        Clears.Clear();
        (Customer, Outcome, PaidAgain, Score, Residual, Named, Fit) = (-1, default, -1, 0, 0, null, default);
        (IsPartySure, IsAccountOther, IsPartyOther, IsHeld, IsOwnAccount) = (false, false, false, false, false);
        (HasNumberError, HasShortNumber, HasUnread, IsNameWhole, IsAmountShared) = (false, false, false, false, false);
        (IsWholeDay, IsRepeat, IsOfFamily, IsPayerDoubted, CreditsNamed) = (false, false, false, false, 0);
        (NumberWeight, AmountWeight, NameWeight) = (0, 0, 0);
        (NamedInFull, Probability, Odds) = (0, 0, 0);
    }

    internal void Add(MatchEvidence evidence)
    {
        Terms.Add(evidence);
        Score += evidence.Units;
        switch (evidence.Code)
        {
            case EvidenceCode.Number or EvidenceCode.StructuredReference or EvidenceCode.OrderNumber or EvidenceCode.ContractNumber or EvidenceCode.OtherNumber or EvidenceCode.NumberRange:
                NamedInFull++;
                HasShortNumber |= evidence.Digits < 5;
                NumberWeight = Math.Max(NumberWeight, evidence.Units);
                break;
            case EvidenceCode.NumberTail or EvidenceCode.NumberTypo:
                HasNumberError |= evidence.Code == EvidenceCode.NumberTypo;
                HasShortNumber |= evidence.Digits < 5;
                NumberWeight = Math.Max(NumberWeight, evidence.Units);
                break;
            case EvidenceCode.Amount or EvidenceCode.Discount or EvidenceCode.Sum or EvidenceCode.WholeAccount or EvidenceCode.AllDue or EvidenceCode.StatementMonth or EvidenceCode.OldestFirst or EvidenceCode.OriginalAmount:
                AmountWeight = Math.Max(AmountWeight, evidence.Units);
                break;
            case EvidenceCode.Name:
                NameWeight = Math.Max(NameWeight, evidence.Units);
                break;
            case EvidenceCode.Parent:
                IsOfFamily = true;
                break;
            case EvidenceCode.CreditNetted when evidence.Units > 0:
                CreditsNamed++;
                break;
        }
    }

    internal void Add(EvidenceCode code, int units, string? detail = null) => Add(new MatchEvidence(code, units, detail));

    internal void Add(EvidenceCode code, int units, long amount, Currency currency) => Add(new MatchEvidence(code, units, amount, currency));

    internal bool HasTerm(EvidenceCode code)
    {
        foreach (ref readonly var term in CollectionsMarshal.AsSpan(Terms))
        {
            if (term.Code == code)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it would post the same.</summary>
    internal bool IsSameAs(Hypothesis other) =>
        Customer == other.Customer && Outcome == other.Outcome && PaidAgain == other.PaidAgain && Parts.Count == other.Parts.Count
        && HasAll(Parts, other.Parts) && Clears.Count == other.Clears.Count && HasAll(Clears, other.Clears);

    private static bool HasAll<T>(List<T> wanted, List<T> of)
    {
        foreach (var x in wanted)
        {
            if (!of.Contains(x))
            {
                return false;
            }
        }

        return true;
    }
}
