namespace Receivables.Sdk.Statements.Camt;

/// <summary>What the reader keeps of a message: the contents of elements, and marks where a group begins.</summary>
internal enum CamtField : byte
{
    None,

    // Group header.
    MessageId,
    MessagePage,
    MessageIsLastPage,

    // Statement, report, notification.
    StatementId,
    StatementPage,
    StatementIsLastPage,
    ElectronicNumber,
    LegalNumber,
    FromDate,
    ToDate,
    AccountIban,
    AccountOther,
    AccountCurrency,
    AccountOwner,
    AccountName,
    ServicerBic,
    StatementInformation,

    // Balances; the first is a mark.
    Balance,
    BalanceType,
    BalanceAmount,
    BalanceDirection,
    BalanceDate,

    // Transactions summary.
    TotalCount,
    TotalSum,
    CreditCount,
    CreditSum,
    DebitCount,
    DebitSum,

    // The Ccy attribute of the amount that follows.
    Currency,

    // Entry and detail.
    EntryReference,
    Reversal,
    Status,
    BookingDate,
    ValueDate,
    ServicerReference,
    Information,
    CodeDomain,
    CodeFamily,
    CodeSubFamily,
    CodeProprietary,
    CodeIssuer,

    // What the arithmetic of an entry needs stands together, from here to the end of a detail.
    Direction,
    Amount,
    InstructedAmount,
    TransactionAmount,
    CounterValueAmount,
    ExchangeRate,

    // Charges; the first is a mark.
    Charge,
    ChargeAmount,
    ChargeDirection,
    ChargesTotal,

    // Batches; the first is a mark.
    Batch,
    BatchMessageId,
    BatchPaymentId,
    BatchCount,
    BatchTotal,
    BatchDirection,

    // Details; both are marks.
    Detail,
    DetailEnd,

    // What nearly every detail has.
    EndToEndId,
    InstructionId,

    // What few details have stands together, down to the purpose.
    PaymentInformationId,
    Uetr,
    MandateId,
    SentMessageId,
    TransactionId,
    ChequeNumber,
    ClearingReference,
    OtherReferenceType,
    OtherReference,
    ReturnReason,
    ReturnInformation,
    Purpose,

    // Parties: the creditor's fields stand in the order of the debtor's.
    DebtorName,
    DebtorAddress,
    DebtorAddressMore,
    DebtorPartyId,
    DebtorIban,
    DebtorAccount,
    UltimateDebtorName,
    DebtorBic,
    CreditorName,
    CreditorAddress,
    CreditorAddressMore,
    CreditorPartyId,
    CreditorIban,
    CreditorAccount,
    UltimateCreditorName,
    CreditorBic,

    // Remittance; Structured is a mark.
    Unstructured,
    Structured,
    ReferenceType,
    Reference,
    DocumentType,
    DocumentNumber,
    DocumentDate,
    DocumentAmount,
    DocumentIsCredit,
    AdditionalRemittance,

    // Groups that change how the reader goes on.
    Message052,
    Message053,
    Message054,
    Statement,
    Entry,

    /// <summary>How many there are.</summary>
    Count,
}
