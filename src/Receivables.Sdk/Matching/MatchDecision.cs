namespace Receivables.Sdk.Matching;

/// <summary>What is to be done with an answer.</summary>
public enum MatchDecision
{
    /// <summary>Nothing in the ledger fits an incoming payment; the alternatives show the nearest candidates.</summary>
    Unmatched,

    /// <summary>A person confirms it first.</summary>
    Suggested,

    /// <summary>Safe to post unseen, at the expected error that <see cref="MatchingOptions.AutomaticErrorTarget"/> allows.</summary>
    Automatic,

    /// <summary>No customer's payment: a debit that is no return, interest, a transfer between own accounts, a provider's net payout.</summary>
    NotReceivable,
}

/// <summary>How the money of a transaction relates to what was open.</summary>
public enum MatchOutcome
{
    /// <summary>Nothing was found.</summary>
    None,

    /// <summary>One document, paid to the minor unit.</summary>
    Exact,

    /// <summary>Less than is open of the documents paid.</summary>
    Partial,

    /// <summary>More than is open of the documents paid.</summary>
    Overpayment,

    /// <summary>The open amount less its cash discount.</summary>
    Discount,

    /// <summary>The open amount less a charge that a bank took.</summary>
    Fee,

    /// <summary>Several documents, or several kinds of allocation.</summary>
    Combined,

    /// <summary>The customer is sure, no document is.</summary>
    OnAccount,

    /// <summary>A document that is already settled was paid again.</summary>
    DoublePayment,

    /// <summary>The money of payments that the ledger recorded before it arrived.</summary>
    Clearing,

    /// <summary>A payment of the ledger carries this transaction already.</summary>
    AlreadyPosted,

    /// <summary>The bank took an earlier payment back.</summary>
    Return,

    /// <summary>Unapplied money was paid back to a customer.</summary>
    Refund,

    /// <summary>A payment provider's net payout.</summary>
    Payout,
}
