using System.Globalization;
using System.Runtime.CompilerServices;
using NodaTime;
using NodaTime.Text;

namespace Receivables.Sdk.Statements;

/// <summary>What a transaction needs to know to write its import keys when they are asked for: its account and two counts. The hash is computed again.</summary>
internal readonly record struct ImportIdentity(string? AccountKey, int Ordinal, int CommonOrdinal)
{
    internal bool IsAssigned => AccountKey is not null;

    [SkipLocalsInit]
    internal TransactionId ToTransactionId(BankTransaction transaction)
    {
        var hash = TransactionFingerprint.Compute(AccountKey!, transaction);
        return new TransactionId(string.Create(
            CultureInfo.InvariantCulture, stackalloc char[64], $"{ImportKeyScope.SchemeNumber}-{(ulong)(hash >> 64):x16}{(ulong)hash:x16}-{Ordinal}"));
    }

    internal IReadOnlyList<ImportKey> ToKeys(BankTransaction transaction)
    {
        var common = new ImportKey(ImportKeyKind.FormatIndependent, string.Create(CultureInfo.InvariantCulture,
            $"{ImportKeyScope.SchemeNumber}f-{AccountKey}-{Date(transaction)}-{transaction.Amount.ToAmountString()}-{transaction.Amount.Currency}-{CommonOrdinal}"));
        return ImportKeyScope.BankKey(AccountKey!, transaction) is { } bank ? [bank, common] : [common];
    }

    private static string Date(BankTransaction transaction) =>
        (transaction.BookingDate ?? transaction.ValueDate) is { } date ? LocalDatePattern.Iso.Format(date) : "";
}
