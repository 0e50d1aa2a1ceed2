using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Serialization;

/// <summary>The kinds of lines of a ledger file.</summary>
internal enum LedgerRecordName
{
    Unknown,
    Ledger,
    Customer,
    Document,
    Payment,
    Allocation,
    Reversal,
    PaymentReturn,
    Refund,
    Dispute,
    Promise,
    Hold,
    Plan,
    DirectDebit,
    Handover,
    BankData,
    Reminder,
    Note,
    Delivery,
    Clearing,
    DisputeResolution,
    PromiseEnd,
    PlanEnd,
    HoldRelease,
    ReminderResult,
    Recall,
    Insolvency,
    CreditLimit,
    Merge,
    Unmerge,
}

/// <summary>Names of records as they stand in the file.</summary>
internal static class LedgerRecordNames
{
    /// <summary>What a name stands for; documents of every kind are one record, with their kind.</summary>
    internal static LedgerRecordName Find(ReadOnlySpan<byte> name, out DocumentKind kind)
    {
        kind = DocumentKind.Invoice;
        if (name.SequenceEqual("allocation"u8))
        {
            return LedgerRecordName.Allocation;
        }

        if (DocumentKindOf(name) is { } document)
        {
            kind = document;
            return LedgerRecordName.Document;
        }

        return name switch
        {
            _ when name.SequenceEqual("payment"u8) => LedgerRecordName.Payment,
            _ when name.SequenceEqual("ledger"u8) => LedgerRecordName.Ledger,
            _ when name.SequenceEqual("customer"u8) => LedgerRecordName.Customer,
            _ when name.SequenceEqual("reversal"u8) => LedgerRecordName.Reversal,
            _ when name.SequenceEqual("paymentReturn"u8) => LedgerRecordName.PaymentReturn,
            _ when name.SequenceEqual("refund"u8) => LedgerRecordName.Refund,
            _ when name.SequenceEqual("dispute"u8) => LedgerRecordName.Dispute,
            _ when name.SequenceEqual("promise"u8) => LedgerRecordName.Promise,
            _ when name.SequenceEqual("hold"u8) => LedgerRecordName.Hold,
            _ when name.SequenceEqual("plan"u8) => LedgerRecordName.Plan,
            _ when name.SequenceEqual("directDebit"u8) => LedgerRecordName.DirectDebit,
            _ when name.SequenceEqual("handover"u8) => LedgerRecordName.Handover,
            _ when name.SequenceEqual("bankData"u8) => LedgerRecordName.BankData,
            _ when name.SequenceEqual("reminder"u8) => LedgerRecordName.Reminder,
            _ when name.SequenceEqual("note"u8) => LedgerRecordName.Note,
            _ when name.SequenceEqual("delivery"u8) => LedgerRecordName.Delivery,
            _ when name.SequenceEqual("clearing"u8) => LedgerRecordName.Clearing,
            _ when name.SequenceEqual("disputeResolution"u8) => LedgerRecordName.DisputeResolution,
            _ when name.SequenceEqual("promiseEnd"u8) => LedgerRecordName.PromiseEnd,
            _ when name.SequenceEqual("planEnd"u8) => LedgerRecordName.PlanEnd,
            _ when name.SequenceEqual("holdRelease"u8) => LedgerRecordName.HoldRelease,
            _ when name.SequenceEqual("reminderResult"u8) => LedgerRecordName.ReminderResult,
            _ when name.SequenceEqual("recall"u8) => LedgerRecordName.Recall,
            _ when name.SequenceEqual("insolvency"u8) => LedgerRecordName.Insolvency,
            _ when name.SequenceEqual("creditLimit"u8) => LedgerRecordName.CreditLimit,
            _ when name.SequenceEqual("merge"u8) => LedgerRecordName.Merge,
            _ when name.SequenceEqual("unmerge"u8) => LedgerRecordName.Unmerge,
            _ => LedgerRecordName.Unknown,
        };
    }

    /// <summary>The record that a kind of document is written as.</summary>
    internal static string Of(DocumentKind kind) => kind switch
    {
        DocumentKind.Invoice => "invoice",
        DocumentKind.CreditNote => "creditNote",
        DocumentKind.DebitNote => "debitNote",
        DocumentKind.DepositRequest => "depositRequest",
        DocumentKind.OpeningBalance => "openingBalance",
        DocumentKind.InterestClaim => "interestClaim",
        DocumentKind.FeeClaim => "feeClaim",
        DocumentKind.Recovery => "recovery",
        _ => "payment",
    };

    /// <summary>The name of an outcome as it stands in the file.</summary>
    internal static string OfOutcome<T>(T outcome)
        where T : struct, Enum => outcome.ToString().ToLowerInvariant();

    /// <summary>The name of a kind of allocation as it stands in the file.</summary>
    internal static string Of(AllocationKind kind) => kind switch
    {
        AllocationKind.Payment => "payment",
        AllocationKind.Credit => "credit",
        AllocationKind.Discount => "discount",
        AllocationKind.WriteOff => "writeOff",
        AllocationKind.Fee => "fee",
        _ => "fx",
    };

    /// <summary>The kind of allocation of a name; null for none.</summary>
    internal static AllocationKind? AllocationKindOf(string name) => name switch
    {
        "payment" => AllocationKind.Payment,
        "credit" => AllocationKind.Credit,
        "discount" => AllocationKind.Discount,
        "writeOff" => AllocationKind.WriteOff,
        "fee" => AllocationKind.Fee,
        "fx" => AllocationKind.Fx,
        _ => null,
    };

    private static DocumentKind? DocumentKindOf(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("invoice"u8) => DocumentKind.Invoice,
        _ when name.SequenceEqual("creditNote"u8) => DocumentKind.CreditNote,
        _ when name.SequenceEqual("debitNote"u8) => DocumentKind.DebitNote,
        _ when name.SequenceEqual("depositRequest"u8) => DocumentKind.DepositRequest,
        _ when name.SequenceEqual("openingBalance"u8) => DocumentKind.OpeningBalance,
        _ when name.SequenceEqual("interestClaim"u8) => DocumentKind.InterestClaim,
        _ when name.SequenceEqual("feeClaim"u8) => DocumentKind.FeeClaim,
        _ when name.SequenceEqual("recovery"u8) => DocumentKind.Recovery,
        _ => null,
    };
}
