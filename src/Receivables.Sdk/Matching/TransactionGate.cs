using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Matching;

/// <summary>Answers the transactions that need no search: already posted, between own accounts, no customer's payment by the bank's own code.</summary>
internal readonly struct TransactionGate(LedgerIndex index)
{
    /// <summary>The answer to a transaction that the ledger has already.</summary>
    internal MatchResult? Known(in AskedTransaction asked) => Posted(asked) is not { } document ? null
        : Results.None(asked.Transaction, MatchDecision.Automatic) with
        {
            Outcome = MatchOutcome.AlreadyPosted,
            Customer = document.Customer,
            Payment = document.Id,
            Confidence = 1m,
            Residual = Money.Zero(asked.Transaction.Amount.Currency),
            Explanation = [new MatchEvidence(EvidenceCode.TransactionKnown, 0, document.Id.Value)],
        };

    /// <summary>Why a transaction is no customer's payment; it may still be the money of payments that were recorded before.</summary>
    internal MatchResult? Refuse(BankTransaction transaction)
    {
        if (transaction.Counterparty?.AccountText is { Length: > 4 } account && index.IsOwnAccount(account))
        {
            return Results.None(transaction, MatchDecision.NotReceivable) with { Explanation = [new MatchEvidence(EvidenceCode.OwnAccount, 0, account)] };
        }

        if (transaction.Status == TransactionStatus.Information)
        {
            return Results.None(transaction, MatchDecision.NotReceivable) with { Explanation = [new MatchEvidence(EvidenceCode.NotBooked, 0, "information")] };
        }

        return transaction.Amount.IsPositive && transaction.Counterparty?.Name is null && IsBanksOwn(transaction.Code)
            ? Results.None(transaction, MatchDecision.NotReceivable) with { Explanation = [new MatchEvidence(EvidenceCode.NotACustomer, 0, transaction.Code!.ToString())] }
            : null;
    }

    private PostedDocument? Posted(in AskedTransaction asked)
    {
        if (!index.Payments.HasTransactions)
        {
            return null;
        }

        if (asked.Id.Value is { Length: > 0 } id && index.Payments.ByTransaction(id) is { } known)
        {
            return known;
        }

        return asked.Transaction.BankKey is { } key ? index.Payments.ByTransaction(key.Value) : null;
    }

    // Interest and charges: ISO 20022 sub-families of account management, SWIFT NINT and NCHG, the German codes 805 to 814.
    private static bool IsBanksOwn(BankTransactionCode? code) => code is not null
        && (code.Swift is "NINT" or "NCHG" or "NCOM"
            || code.SubFamily is "INTR" or "CHRG" or "COMM" or "FEES"
            || code.Gvc is "805" or "806" or "807" or "808" or "809" or "810" or "811" or "812" or "813" or "814");
}
