namespace Receivables.Sdk.Statements.Csv;

/// <summary>What a column of a CSV export holds. Profiles write the names in camel case, <c>bookingDate</c>.</summary>
public enum CsvColumnRole
{
    /// <summary>Nothing that a transaction needs and that another column does not hold already; it is passed over.</summary>
    Ignored,

    /// <summary>The booking date.</summary>
    BookingDate,

    /// <summary>The value date.</summary>
    ValueDate,

    /// <summary>The amount; signed, or with a <see cref="Mark"/> beside it.</summary>
    Amount,

    /// <summary>What was debited, where debits and credits have columns of their own.</summary>
    Debit,

    /// <summary>What was credited, where debits and credits have columns of their own.</summary>
    Credit,

    /// <summary>The mark that says whether the amount is a debit or a credit.</summary>
    Mark,

    /// <summary>The account's balance after the transaction.</summary>
    Balance,

    /// <summary>The currency of the amount.</summary>
    Currency,

    /// <summary>The account that the statement is of; rows of several accounts become several statements.</summary>
    Account,

    /// <summary>The BIC of the account's bank.</summary>
    AccountBic,

    /// <summary>The name of the account's holder.</summary>
    AccountOwner,

    /// <summary>The number of the statement that the row stands on.</summary>
    StatementNumber,

    /// <summary>The other side's name.</summary>
    CounterpartyName,

    /// <summary>The payer's name, in exports that name both sides: the counterparty of a credit.</summary>
    PayerName,

    /// <summary>The payee's name, in exports that name both sides: the counterparty of a debit.</summary>
    PayeeName,

    /// <summary>The other side's account.</summary>
    CounterpartyAccount,

    /// <summary>The national bank code that the other side's account number goes with.</summary>
    CounterpartyBankCode,

    /// <summary>The BIC of the other side's bank.</summary>
    CounterpartyBic,

    /// <summary>The other side's address.</summary>
    CounterpartyAddress,

    /// <summary>On whose behalf was paid.</summary>
    UltimateName,

    /// <summary>The text of the payment; several columns are joined in their order.</summary>
    Remittance,

    /// <summary>The bank's word for the kind of transaction.</summary>
    BookingText,

    /// <summary>The bank's code for the kind of transaction.</summary>
    TransactionCode,

    /// <summary>The structured payment reference.</summary>
    StructuredReference,

    /// <summary>The end-to-end id.</summary>
    EndToEndId,

    /// <summary>The mandate of a direct debit.</summary>
    MandateId,

    /// <summary>The creditor identifier of a direct debit.</summary>
    CreditorId,

    /// <summary>What the bank calls the transaction.</summary>
    BankReference,

    /// <summary>What the payer or we called the transaction.</summary>
    CustomerReference,

    /// <summary>The batch it was booked in.</summary>
    Batch,

    /// <summary>Why it came back.</summary>
    ReturnReason,

    /// <summary>Where it stands at the bank: booked, pending …</summary>
    Status,

    /// <summary>Charges in the currency of the amount, taken from the account beside the amount.</summary>
    Charges,

    /// <summary>The amount in the currency it was instructed in.</summary>
    OriginalAmount,

    /// <summary>The currency it was instructed in.</summary>
    OriginalCurrency,

    /// <summary>The exchange rate.</summary>
    Rate,

    /// <summary>Worth keeping, under the column's name.</summary>
    Other,

    /// <summary>The payer's account, in exports that name both sides: the counterparty's of a credit.</summary>
    PayerAccount,

    /// <summary>The payee's account, in exports that name both sides: the counterparty's of a debit.</summary>
    PayeeAccount,

    /// <summary>The amount where <see cref="Amount"/> is empty, in the currency that the column's name begins with: <c>USD$</c> beside <c>CAD$</c>.</summary>
    OtherAmount,
}
