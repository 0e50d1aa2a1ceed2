using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Matching;

/// <summary>A transaction with its id, which is dear to make.</summary>
internal readonly record struct AskedTransaction(BankTransaction Transaction, TransactionId Id);
