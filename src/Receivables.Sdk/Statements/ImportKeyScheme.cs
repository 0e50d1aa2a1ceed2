using System.Collections.Immutable;

namespace Receivables.Sdk.Statements;

/// <summary>How import keys are made: what counts as equal, and how ids and keys are written. Stored keys begin with the number.</summary>
/// <remarks>
/// A scheme never changes. What must be made otherwise becomes another scheme, and those before it stay in <see cref="All"/>, so that a host can ask
/// under which keys it stored a transaction. Immutable and safe to share between threads.
/// </remarks>
internal abstract class ImportKeyScheme
{
    /// <summary>The schemes that can be computed, the oldest first.</summary>
    internal static readonly ImmutableArray<ImportKeyScheme> All = [new First()];

    /// <summary>The number that keys begin with.</summary>
    internal abstract int Number { get; }

    /// <summary>The scheme of a number; null when there is none.</summary>
    internal static ImportKeyScheme? Find(int number)
    {
        foreach (var scheme in All)
        {
            if (scheme.Number == number)
            {
                return scheme;
            }
        }

        return null;
    }

    /// <summary>A hash of what all formats say of a transaction: equals of it have one format-independent key, but for the count.</summary>
    internal abstract ulong CommonHash(string accountKey, BankTransaction transaction);

    /// <summary>A hash of all that the bank says of a transaction: equals of it have one id, but for the count.</summary>
    internal abstract ulong WholeHash(string accountKey, BankTransaction transaction);

    /// <summary>The id of a transaction.</summary>
    /// <param name="accountKey">The account.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="ordinal">How many equals of the whole stood before it.</param>
    internal abstract TransactionId Id(string accountKey, BankTransaction transaction, int ordinal);

    /// <summary>Its further keys.</summary>
    /// <param name="accountKey">The account.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="commonOrdinal">How many equals of the common part stood before it.</param>
    internal abstract IReadOnlyList<ImportKey> Keys(string accountKey, BankTransaction transaction, int commonOrdinal);

    private sealed class First : ImportKeyScheme
    {
        internal override int Number => 1;

        internal override ulong CommonHash(string accountKey, BankTransaction transaction) => OccurrenceHash.OfCommon(OccurrenceHash.Of(accountKey, 1), transaction);

        internal override ulong WholeHash(string accountKey, BankTransaction transaction) =>
            OccurrenceHash.OfAll(
                CommonHash(accountKey, transaction),
                new TextHashes(OccurrenceHash.OfParty(transaction.Counterparty), OccurrenceHash.OfCode(transaction.Code), OccurrenceHash.OfRemittance(transaction.Remittance)),
                transaction);

        internal override TransactionId Id(string accountKey, BankTransaction transaction, int ordinal) => new ImportIdentity(accountKey, ordinal, 0).ToTransactionId(transaction);

        internal override IReadOnlyList<ImportKey> Keys(string accountKey, BankTransaction transaction, int commonOrdinal) => new ImportIdentity(accountKey, 0, commonOrdinal).ToKeys(transaction);
    }
}
